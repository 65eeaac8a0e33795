#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <new>
#include <tuple>

#include <fmt/format.h>
#include <torch/nn/modules/linear.h>

#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/hook_point.hpp>
#include <infoplane/run.hpp>
#include <infoplane/tensor_file.hpp>

#include "support/support.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace {

namespace fs = std::filesystem;

// A network of one's own, in ordinary torch code.
struct OwnNetworkImpl : torch::nn::Module {
  torch::Tensor forward(torch::Tensor x) { return out(hidden(torch::tanh(in(x)))); }
  torch::nn::Linear in{register_module("in", torch::nn::Linear(12, 4))};
  torch::nn::Linear out{register_module("out", torch::nn::Linear(4, 1))};
  HookPoint hidden{register_module("hidden", HookPoint(ActivationKind::tanh))};
};
TORCH_MODULE(OwnNetwork);

Catalogue own_catalogue() {
  Catalogue c = experiments::catalogue();
  c.models.add<NoOptions>(
      "own",
      [](const NoOptions&, const ModelContext& context) {
        return replicate([] { return torch::nn::AnyModule(OwnNetwork()); }, context.replicas);
      },
      "a module of the test's own");
  return c;
}

const std::string kConfig =
    "name: small\n"
    "replicas: 5\n"
    "dataset: twelve_bit\n"
    "model: {type: mlp, widths: [6, 3, 1]}\n"
    "training: {epochs: 6, learning_rate: 0.05, batch_size: 500}\n"
    "observe: {schedule: {type: every, every: 2}}\n"
    "estimators:\n"
    "  - {type: binning, bins: 20}\n"
    "  - {type: binning, name: coarse, bins: 3}\n";

Experiment experiment(const std::vector<std::string>& settings = {}, const std::string& config = kConfig) {
  static const Catalogue catalogue = own_catalogue();
  Node node = parse_yaml(config, "small.yaml");
  for (const std::string& setting : settings) set_value(node, setting);
  return read_experiment(node, catalogue);
}

fs::path run_here(const Experiment& e, const TemporaryFolder& out, std::int64_t threads = 1) {
  static const Catalogue catalogue = own_catalogue();
  Progress silent;
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.threads = threads;
  return run(e, catalogue, options, silent);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(run)

BOOST_AUTO_TEST_CASE(leaves_a_folder_with_the_experiment_its_provenance_and_its_tables) {
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  BOOST_TEST(folder.parent_path() == out.path() / "small");
  for (const char* name : {"experiment.yaml", "provenance.json", "training.csv", "information.csv"}) {
    BOOST_TEST(fs::exists(folder / name));
  }
  BOOST_TEST(read_file(folder / "provenance.json").find("\"status\": \"finished\"") != std::string::npos);
  const std::string information = read_file(folder / "information.csv");
  BOOST_TEST(information.rfind("replica,epoch,layer,estimator,i_xt_bits,i_ty_bits", 0) == 0);
  const std::string training = read_file(folder / "training.csv");
  BOOST_TEST(training.rfind("replica,epoch,split,loss,accuracy\n0,0,train,", 0) == 0);
}

BOOST_AUTO_TEST_CASE(rows_come_by_epoch_replica_layer_and_estimator) {
  const TemporaryFolder out;
  const RunResults results = read_run(run_here(experiment(), out));
  BOOST_TEST(results.training.size() == 4u * 5 * 2);
  BOOST_REQUIRE(results.information.size() == 4u * 5 * 3 * 2);
  const std::string layers[] = {"L1", "L2", "L3"}, estimators[] = {"binning", "coarse"};
  for (std::size_t i = 0; i < results.information.size(); ++i) {
    const Record& row = results.information[i];
    BOOST_TEST(row.epoch == static_cast<std::int64_t>(i / 30) * 2);
    BOOST_TEST(row.replica == static_cast<std::int64_t>(i / 6 % 5));
    BOOST_TEST(row.layer == layers[i / 2 % 3]);
    BOOST_TEST(row.estimator == estimators[i % 2]);
  }
}

BOOST_AUTO_TEST_CASE(values_stay_within_their_caps_and_bins_are_counted) {
  const TemporaryFolder out;
  const RunResults results = read_run(run_here(experiment(), out));
  const auto bins = std::find(results.details.begin(), results.details.end(), "bins") - results.details.begin();
  for (const Record& row : results.information) {
    BOOST_TEST(row.i_xt_bits >= 0);
    BOOST_TEST(row.i_ty_bits >= 0);
    BOOST_TEST(row.i_xt_bits <= row.i_xt_cap_bits + 1e-9);
    BOOST_TEST(row.i_ty_bits <= row.i_ty_cap_bits + 1e-9);
    BOOST_TEST(row.details[bins] == (row.estimator == "coarse" ? 3 : 20));
  }
}

BOOST_AUTO_TEST_CASE(any_number_of_threads_writes_the_same_bytes) {
  for (const char* optimizer : {"sgd", "momentum", "adam"}) {
    const Experiment e = experiment({std::string("training.optimizer=") + optimizer,
                                     "model.keep_probability=[0.8, 0.9]", "training.learning_rate=0.01"});
    const TemporaryFolder out;
    const fs::path one = run_here(e, out, 1);
    for (const std::int64_t threads : {2, 3, 5, 8}) {
      const fs::path several = run_here(e, out, threads);
      BOOST_TEST(read_file(several / "information.csv") == read_file(one / "information.csv"));
      BOOST_TEST(read_file(several / "training.csv") == read_file(one / "training.csv"));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_same_seed_writes_the_same_bytes_and_another_seed_others) {
  const TemporaryFolder out;
  const std::string first = read_file(run_here(experiment(), out) / "information.csv");
  BOOST_TEST(read_file(run_here(experiment(), out) / "information.csv") == first);
  BOOST_TEST(read_file(run_here(experiment({"seed=2"}), out) / "information.csv") != first);
}

BOOST_AUTO_TEST_CASE(a_replica_of_many_equals_the_same_replica_of_few) {
  const TemporaryFolder out;
  const RunResults five = read_run(run_here(experiment(), out));
  const RunResults two = read_run(run_here(experiment({"replicas=2"}), out));
  std::size_t next = 0;
  for (const TrainingRecord& row : five.training) {
    if (row.replica >= 2) continue;
    BOOST_TEST(row.loss_nats == two.training[next].loss_nats);
    BOOST_TEST(row.accuracy == two.training[next].accuracy);
    ++next;
  }
  BOOST_TEST(next == two.training.size());
}

BOOST_AUTO_TEST_CASE(observing_more_often_does_not_change_what_is_learnt) {
  const TemporaryFolder out;
  const RunResults often = read_run(run_here(experiment({"observe.schedule.every=1"}), out));
  const RunResults rarely = read_run(run_here(experiment({"observe.schedule.every=6"}), out));
  BOOST_TEST(often.training.back().loss_nats == rarely.training.back().loss_nats);
}

BOOST_AUTO_TEST_CASE(samples_choose_the_cap) {
  const TemporaryFolder out;
  for (const auto& [samples, count] : std::vector<std::pair<std::string, double>>{{"test", 819}, {"train", 3277}, {"all", 4096}}) {
    const RunResults results = read_run(run_here(experiment({"observe.samples=" + samples}), out));
    BOOST_TEST(std::abs(results.information[0].i_xt_cap_bits - std::log2(count)) < 1e-12);
  }
}

BOOST_AUTO_TEST_CASE(a_module_of_ones_own_runs_on_any_number_of_threads) {
  const std::string config =
      "name: own\nreplicas: 3\ndataset: twelve_bit\nmodel: own\ntraining: {epochs: 2, learning_rate: 0.1}\n"
      "estimators: [binning]\n";
  const TemporaryFolder out;
  const fs::path one = run_here(experiment({}, config), out, 1), two = run_here(experiment({}, config), out, 2);
  BOOST_TEST(read_run(one).information[0].layer == "hidden");
  BOOST_TEST(read_file(one / "information.csv") == read_file(two / "information.csv"));
}

BOOST_AUTO_TEST_CASE(the_resolved_experiment_in_the_folder_runs_to_the_same_bytes) {
  const TemporaryFolder out;
  const fs::path first = run_here(experiment(), out);
  const Experiment again = experiment({}, read_file(first / "experiment.yaml"));
  BOOST_TEST(read_file(run_here(again, out) / "information.csv") == read_file(first / "information.csv"));
}

BOOST_AUTO_TEST_CASE(a_diverging_run_fails_naming_replica_epoch_and_layer_and_keeps_whole_rows) {
  for (const std::int64_t threads : {1, 2}) {
    const TemporaryFolder out;
    const std::string message = message_of<Error>([&] {
      run_here(experiment({"training.learning_rate=1e30", "model.activation=relu"}), out, threads);
    });
    const fs::path folder = *fs::directory_iterator(out.path() / "small");
    BOOST_TEST(message.rfind(folder.string() + ": replica ", 0) == 0);
    BOOST_TEST(message.find(": the loss is no longer finite, beginning in layer L") != std::string::npos);
    BOOST_TEST(read_file(folder / "provenance.json").find("\"status\": \"failed\"") != std::string::npos);
    BOOST_TEST(read_run(folder).training.size() == 10u);
  }
}

BOOST_AUTO_TEST_CASE(figures_that_name_unknown_layers_or_estimators_are_refused_before_the_run) {
  const auto refusal = [](const std::string& figure) {
    return message_of<UsageError>([&] { check(experiment({"figures=[" + figure + "]"})); });
  };
  BOOST_TEST(refusal("{type: information_plane, layers: [L9]}") ==
             "figure 'information_plane': unknown layer 'L9', did you mean 'L1'?");
  BOOST_TEST(refusal("{type: information_plane, estimator: kernels}") ==
             "figure 'information_plane': unknown estimator 'kernels'; known: binning, coarse");
}

BOOST_AUTO_TEST_CASE(figures_of_what_is_not_written_are_refused_before_the_run) {
  const auto refusal = [](const std::string& figures) {
    return message_of<UsageError>([&] { check(experiment({"figures=" + figures})); });
  };
  BOOST_TEST(refusal("[parameter_curves]") == "figure 'parameter_curves' needs observe.trace: parameters");
  BOOST_TEST(refusal("[histograms]") == "figure 'histograms' needs observe.histograms.epochs");
  BOOST_TEST(refusal("[{type: detail_curves, detail: clusters}]") ==
             "figure 'detail_curves': unknown detail 'clusters'; known: bins, words, out_of_range");
}

BOOST_AUTO_TEST_CASE(what_the_data_set_knows_is_written) {
  const TemporaryFolder out;
  const RunResults results =
      read_run(run_here(experiment({"dataset={type: twelve_bit, rule: tishby_stochastic}", "replicas=1", "training.epochs=1"}), out));
  BOOST_REQUIRE(results.truth.has_value());
  BOOST_TEST(std::abs(results.truth->i_xy_bits - 0.89948) < 1e-5);
  BOOST_TEST(results.truth->best_accuracy == 0.97745, boost::test_tools::tolerance(1e-4));
  BOOST_REQUIRE(!results.bottleneck.empty());
  BOOST_TEST(results.bottleneck.back().i_ty_bits == results.truth->i_xy_bits, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(!read_run(run_here(experiment({"training.epochs=1"}), out)).truth.has_value());
}

BOOST_AUTO_TEST_CASE(an_output_folder_that_cannot_be_made_is_refused_and_nothing_is_left) {
  const TemporaryFolder out;
  write_file(out.path() / "file", "");
  Progress silent;
  static const Catalogue catalogue = own_catalogue();
  RunOptions options;
  options.out = out.path() / "file" / "runs";
  BOOST_CHECK_THROW(infoplane::run(experiment(), catalogue, options, silent), UsageError);
  BOOST_TEST(std::distance(fs::directory_iterator(out.path()), fs::directory_iterator()) == 1);
}

BOOST_AUTO_TEST_CASE(devices_that_are_not_there_are_refused) {
  BOOST_TEST(message_of<UsageError>([] { parse_device("gpu"); }) ==
             "--device must be auto, cpu, cuda or cuda:N, got 'gpu'");
  BOOST_TEST(message_of<UsageError>([] { parse_device("cuda:x"); }) ==
             "--device must be auto, cpu, cuda or cuda:N, got 'cuda:x'");
  BOOST_TEST((parse_device("cpu") == torch::Device(torch::kCPU)));
}

BOOST_AUTO_TEST_CASE(exported_weights_are_those_that_another_run_starts_from) {
  const TemporaryFolder out;
  const fs::path first = run_here(experiment(), out, 2);
  const std::string file = (out.path() / "w.safetensors").string();
  export_weights(first, file);
  const TensorFile weights = read_tensors(file);
  BOOST_TEST(weights.tensors.size() == 6u);
  BOOST_TEST((weights.tensors.at("linear1.weight").sizes() == std::vector<std::int64_t>{5, 6, 12}));
  // The same seed splits alike, so epoch 0 of the second run repeats epoch 6 of the first; with fewer replicas too.
  for (const char* replicas : {"replicas=5", "replicas=2"}) {
    const RunResults before = read_run(first);
    const RunResults after = read_run(run_here(experiment({replicas, "initial_weights=" + file}), out, 2));
    std::size_t compared = 0;
    for (const TrainingRecord& old : before.training) {
      for (const TrainingRecord& row : after.training) {
        if (old.epoch != 6 || row.epoch != 0 || old.replica != row.replica || old.split != row.split) continue;
        BOOST_TEST(row.loss_nats == old.loss_nats);
        ++compared;
      }
    }
    BOOST_TEST(compared == (replicas == std::string("replicas=5") ? 10u : 4u));
  }
}

BOOST_AUTO_TEST_CASE(weights_of_an_ordinary_module_keep_its_names_and_replicas) {
  const TemporaryFolder out;
  const fs::path first = run_here(experiment({"model=own"}), out, 3);
  const std::string file = (out.path() / "own.safetensors").string();
  export_weights(first, file);
  const TensorFile weights = read_tensors(file);
  for (const char* replica : {"0", "1", "2", "3", "4"}) {
    BOOST_TEST(weights.tensors.count(std::string("replicas.") + replica + ".in.weight") == 1u);
  }
  const RunResults after = read_run(run_here(experiment({"model=own", "initial_weights=" + file}), out, 2));
  const RunResults before = read_run(first);
  BOOST_TEST(after.training[0].loss_nats == before.training[before.training.size() - 10].loss_nats);
}

BOOST_AUTO_TEST_CASE(traced_parameters_are_those_of_the_weights) {
  const TemporaryFolder out;
  for (const std::string model : {"model.widths=[6, 3, 1]", "model=own"}) {
    const fs::path folder = run_here(experiment({model, "observe.trace=parameters"}), out, 2);
    const std::string file = (out.path() / "w.safetensors").string();
    export_weights(folder, file);
    const NamedTensors weights = read_tensors(file).tensors;
    std::int64_t elements = 0, compared = 0;
    for (const auto& [name, tensor] : weights) elements += tensor.dim() > 0 ? tensor.numel() : 0;  // no buffer of steps
    for (const ParameterRecord& row : read_run(folder).parameters) {
      if (row.epoch != 6) continue;
      const auto stacked = weights.find(row.parameter);
      const torch::Tensor own = stacked != weights.end()
                                    ? stacked->second[row.replica]
                                    : weights.at(fmt::format("replicas.{}.{}", row.replica, row.parameter));
      BOOST_TEST(own.flatten()[row.index].item<double>() == row.value);
      ++compared;
    }
    BOOST_TEST(compared == elements);
  }
}

BOOST_AUTO_TEST_CASE(histograms_count_every_sample_of_every_unit_once) {
  const TemporaryFolder out;
  const fs::path folder =
      run_here(experiment({"observe.histograms={epochs: [0, 3], layers: [L2, L3], bins: 8}", "replicas=2"}), out, 2);
  const RunResults results = read_run(folder);
  std::map<std::tuple<std::int64_t, std::int64_t, std::string, std::int64_t>, std::int64_t> samples;
  for (const HistogramRecord& row : results.histograms) {
    samples[{row.replica, row.epoch, row.layer, row.unit}] += row.count;
    const double lowest = row.layer == "L2" ? -1 : 0, width = row.layer == "L2" ? 0.25 : 0.125;
    const double bin = (row.low - lowest) / width;
    BOOST_TEST((bin >= 0 && bin < 8 && bin == std::floor(bin) && row.high == row.low + width));
    BOOST_TEST((row.count > 0 && (row.label == 0 || row.label == 1)));
  }
  BOOST_TEST(samples.size() == 2u * 2 * (3 + 1));
  for (const auto& [unit, count] : samples) BOOST_TEST(count == 819);
  // Epoch 3 is none of the schedule's, and is observed for the histograms.
  const auto observed = [&](std::int64_t epoch) {
    return std::any_of(results.information.begin(), results.information.end(),
                       [&](const Record& row) { return row.epoch == epoch; });
  };
  BOOST_TEST(observed(3));
  BOOST_TEST(!observed(5));
}

BOOST_AUTO_TEST_CASE(histograms_of_what_is_not_there_are_refused_before_the_run) {
  const auto refusal = [](const std::string& histograms) {
    return message_of<UsageError>([&] { check(experiment({"observe.histograms=" + histograms})); });
  };
  BOOST_TEST(refusal("{epochs: [7]}") ==
             "observe.histograms.epochs lists epoch 7, but the training has epochs 0 to 6");
  BOOST_TEST(refusal("{epochs: [6], layers: [L4]}") ==
             "observe.histograms: unknown layer 'L4', did you mean 'L1'?");
}

BOOST_AUTO_TEST_CASE(initial_weights_that_do_not_fit_are_refused_with_their_file) {
  const TemporaryFolder out;
  const std::string file = (out.path() / "w.safetensors").string();
  const auto refusal = [&](const NamedTensors& tensors, const std::vector<std::string>& settings = {}) {
    write_tensors(file, {{}, tensors, false});
    std::vector<std::string> all = settings;
    all.push_back("initial_weights=" + file);
    return message_of<UsageError>([&] { check(experiment(all)); });
  };
  export_weights(run_here(experiment(), out), file);
  const NamedTensors good = read_tensors(file).tensors;
  BOOST_TEST(refusal(good) == "");
  BOOST_TEST(refusal(good, {"replicas=6"}) ==
             file + ": the tensor 'linear1.bias' of [5, 6] must have 6 replicas at least");
  BOOST_TEST(refusal(good, {"model.widths=[7, 3, 1]"}) ==
             file + ": the tensor 'linear1.bias' must be Float [1, 7], got Float [1, 6]");
  NamedTensors less = good;
  less.erase("linear2.weight");
  BOOST_TEST(refusal(less) == file + ": the tensor 'linear2.weight' is missing");
  NamedTensors more = good;
  more["linear9.weight"] = torch::ones({5, 1});
  BOOST_TEST(refusal(more) == file + ": unknown tensor 'linear9.weight'");
}

// Ends a run after so many observations, as a crash would.
class Stop : public Progress {
 public:
  explicit Stop(int observations) : left_(observations) {}
  void observed(std::int64_t, double, double) override {
    if (--left_ == 0) throw std::runtime_error("stopped");
  }

 private:
  int left_;
};

// Runs until the second observation with so many threads, then goes on with others.
fs::path stopped_and_resumed(const Experiment& e, const TemporaryFolder& out, std::int64_t before, std::int64_t after) {
  static const Catalogue catalogue = own_catalogue();
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.threads = before;
  options.checkpoint_seconds = 0;
  Stop stop(3);
  BOOST_TEST(message_of<Error>([&] { infoplane::run(e, catalogue, options, stop); }).find(": stopped") != std::string::npos);
  options.threads = after;
  options.resume = true;
  Progress silent;
  return infoplane::run(e, catalogue, options, silent);
}

BOOST_AUTO_TEST_CASE(a_resumed_run_ends_with_the_bytes_of_one_that_never_stopped) {
  const std::vector<std::vector<std::string>> cases = {
      {"training.optimizer=sgd"},
      {"training.optimizer=momentum", "model.keep_probability=[0.8, 0.9]"},
      {"training.optimizer=adam", "model.keep_probability=[0.8, 0.9]", "training.learning_rate=0.01"},
      {"training.optimizer=adam", "model=own"},
      {"estimators=[{type: kmeans, max_clusters: 6, warm_start: true}]", "replicas=3"}};
  for (const auto& settings : cases) {
    BOOST_TEST_CONTEXT(settings[0] << " " << settings.back()) {
      std::vector<std::string> traced = settings;
      traced.insert(traced.end(), {"observe.trace=parameters", "observe.histograms={epochs: [1, 4], bins: 5}"});
      const Experiment e = experiment(traced);
      const TemporaryFolder out, whole;
      const fs::path expected = run_here(e, whole, 1);
      for (const auto& [before, after] : {std::pair(1, 1), std::pair(3, 2), std::pair(2, 5)}) {
        const TemporaryFolder parts;
        const fs::path resumed = stopped_and_resumed(e, parts, before, after);
        for (const char* table : {"training.csv", "information.csv", "parameters.csv", "histograms.csv"}) {
          BOOST_TEST(read_file(resumed / table) == read_file(expected / table), table << " differs");
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(only_the_same_numbers_are_gone_on_with) {
  static const Catalogue catalogue = own_catalogue();
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  RunOptions options;
  options.out = out.path();
  options.device = "cpu";
  options.resume = true;
  Progress silent;
  const auto refusal = [&](const std::string& setting) {
    return message_of<UsageError>([&] { infoplane::run(experiment({setting}), catalogue, options, silent); });
  };
  const std::string start = folder.string() + ": ";
  BOOST_TEST(refusal("seed=2") == start + "seed is 1 there and 2 here");
  BOOST_TEST(refusal("training.learning_rate=0.06") ==
             start + "training.learning_rate is 0.05 there and 0.06 here");
  BOOST_TEST(refusal("estimators.0.bins=21") == start + "estimators[0].bins is 20 there and 21 here");
  BOOST_TEST(refusal("estimators=[binning]") == start + "estimators has 2 entries there and 1 here");
  BOOST_TEST(refusal("training.optimizer=adam") == start + "training.optimizer is 'sgd' there and 'adam' here");
  BOOST_TEST(refusal("figures=[learning_curves]") == "");
}

BOOST_AUTO_TEST_CASE(a_finished_run_is_not_repeated) {
  struct Told : Progress {
    void begin(const std::string&, std::int64_t, std::int64_t, std::int64_t) override { begun = true; }
    void finished_before(const std::string& folder) override { finished = folder; }
    bool begun = false;
    std::string finished;
  } told;
  static const Catalogue catalogue = own_catalogue();
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  const std::string before = read_file(folder / "provenance.json");
  BOOST_TEST(resume(folder, catalogue, {}, told) == folder);
  BOOST_TEST(told.finished == folder.string());
  BOOST_TEST(!told.begun);
  BOOST_TEST(read_file(folder / "provenance.json") == before);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_something_else_is_refused) {
  static const Catalogue catalogue = own_catalogue();
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  const fs::path other = run_here(experiment({"seed=2"}), out);
  write_file(folder / "provenance.json", "{}");   // not finished
  fs::copy_file(other / "checkpoint", folder / "checkpoint", fs::copy_options::overwrite_existing);
  Progress silent;
  const std::string file = (folder / "checkpoint").string();
  BOOST_TEST(message_of<UsageError>([&] { resume(folder, catalogue, {}, silent); }) ==
             file + ": it belongs to another experiment");
  std::string bytes = read_file(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_file(file, bytes);
  BOOST_TEST(message_of<UsageError>([&] { resume(folder, catalogue, {}, silent); }).rfind(file + ": ", 0) == 0u);
}

BOOST_AUTO_TEST_CASE(figures_are_not_drawn_out_of_the_folder) {
  static const Catalogue catalogue = own_catalogue();
  const TemporaryFolder out;
  const fs::path folder = run_here(experiment(), out);
  fs::create_directory(out.path() / "elsewhere");
  fs::remove_all(folder / "figures");
  fs::create_directory_symlink(out.path() / "elsewhere", folder / "figures");
  BOOST_TEST(message_of<UsageError>([&] { draw_figures(experiment().figures, folder); }) ==
             (folder / "figures").string() + ": it is a link, figures must stay in the run's folder");
  BOOST_TEST(fs::is_empty(out.path() / "elsewhere"));
}

BOOST_AUTO_TEST_CASE(what_others_word_is_told_on_one_line) {
  const auto reason = [](const std::function<void()>& call) -> std::string {
    try {
      call();
    } catch (const std::exception& error) {
      return reason_of(error);
    }
    return "";
  };
  BOOST_TEST(reason([] { throw std::bad_alloc(); }) == "not enough memory");
  BOOST_TEST(reason([] { torch::empty({std::int64_t{1} << 50}); }).rfind(
                 "not enough memory: you tried to allocate 4503599627370496 bytes", 0) == 0u);
  BOOST_TEST(reason([] { torch::ones({2}).view({3}); }) == "shape '[3]' is invalid for input of size 2");
  BOOST_TEST(reason([] { throw Error("a\nb"); }) == "a\nb");
}

BOOST_AUTO_TEST_CASE(only_the_layers_that_are_asked_for_are_estimated_and_may_be_drawn) {
  const TemporaryFolder all, some;
  const RunResults whole = read_run(run_here(experiment(), all));
  const RunResults part = read_run(run_here(experiment({"observe.layers=[L3, L1]"}), some));
  std::vector<Record> expected;
  for (const Record& record : whole.information) {
    if (record.layer == "L1" || record.layer == "L3") expected.push_back(record);
  }
  BOOST_REQUIRE(!expected.empty());
  BOOST_REQUIRE(part.information.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(part.information[i].layer == expected[i].layer);
    BOOST_TEST(part.information[i].i_xt_bits == expected[i].i_xt_bits);
  }
}

BOOST_AUTO_TEST_SUITE_END()
