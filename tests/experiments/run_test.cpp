#include <infoplane/run.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <new>
#include <tuple>

#include <infoplane/figure.hpp>
#include <infoplane/run_results.hpp>
#include <infoplane/runtime.hpp>

#include "base/reason_of.hpp"
#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace fs = std::filesystem;

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

BOOST_AUTO_TEST_CASE(any_number_of_threads_and_any_part_draws_the_same_labels) {
  const std::vector<std::string> redrawn = {"dataset={type: twelve_bit, rule: tishby_stochastic}",
                                            "training.labels=redrawn"};
  const TemporaryFolder out;
  const RunResults one = read_run(run_here(experiment(redrawn), out, 1));
  std::vector<std::string> of_part = redrawn;
  of_part.insert(of_part.end(), {"first_replica=3", "replicas=2"});
  const std::vector<RunResults> others = {read_run(run_here(experiment(redrawn), out, 4)),
                                          read_run(run_here(experiment(of_part), out, 1))};
  for (const RunResults& other : others) {
    std::size_t found = 0;
    for (const TrainingRecord& row : other.training) {
      for (const TrainingRecord& expected : one.training) {
        if (std::tie(row.replica, row.epoch, row.split) != std::tie(expected.replica, expected.epoch, expected.split))
          continue;
        BOOST_TEST(row.loss == expected.loss);
        ++found;
      }
    }
    BOOST_TEST(found == other.training.size());
  }
  const RunResults drawn = read_run(run_here(experiment({redrawn[0]}), out));
  BOOST_TEST(drawn.training.back().loss != one.training.back().loss);
}

BOOST_AUTO_TEST_CASE(information_about_the_label_is_that_of_its_probabilities) {
  const TemporaryFolder out;
  const auto estimators =
      "estimators=[{type: binning, bins: 20}, {type: binning, name: drawn, bins: 20, correction: "
      "miller_madow}]";
  const RunResults results = read_run(run_here(
      experiment({"dataset={type: twelve_bit, rule: tishby_stochastic}", "observe.samples=all", estimators}), out));
  // L1 distinguishes nearly all patterns: I(T;Y) is I(X;Y), but H(Y) of labels that are drawn once.
  for (const Record& row : results.information) {
    if (row.layer != "L1") continue;
    if (row.estimator == "binning") {
      BOOST_TEST(std::abs(row.i_ty_bits - 0.89948) < 0.005);
      BOOST_TEST(std::abs(row.i_ty_cap_bits - 0.9999976) < 1e-6);
    } else {
      BOOST_TEST(row.i_ty_bits > 0.99);
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
    BOOST_TEST(row.loss == two.training[next].loss);
    BOOST_TEST(row.accuracy == two.training[next].accuracy);
    ++next;
  }
  BOOST_TEST(next == two.training.size());
}

BOOST_AUTO_TEST_CASE(a_replica_with_samples_of_its_own_equals_the_same_one_of_few_for_any_number_of_threads) {
  const auto own_samples = [](const std::string& replicas) {
    return experiment({"dataset={type: threshold, samples: 200, redraw: true}", "training.batch_size=20",
                       "observe.samples=all", "observe.trace=parameters", replicas});
  };
  const TemporaryFolder out;
  const fs::path whole = run_here(own_samples("replicas=5"), out), part = run_here(own_samples("replicas=2"), out);
  const RunResults five = read_run(whole), two = read_run(part);
  std::vector<double> of_five, of_two;
  for (const ParameterRecord& row : five.parameters) {
    if (row.replica < 2) of_five.push_back(row.value);
  }
  for (const ParameterRecord& row : two.parameters) of_two.push_back(row.value);
  BOOST_TEST(of_five == of_two);
  for (const char* table : {"information.csv", "training.csv"})
    BOOST_TEST(read_file(run_here(own_samples("replicas=5"), out, 3) / table) == read_file(whole / table));
  const auto cap = [&](std::int64_t replica) {  // H(Y) of its own labels
    const auto row = std::find_if(five.information.begin(), five.information.end(),
                                  [&](const Record& record) { return record.replica == replica; });
    return row->i_ty_cap_bits;
  };
  BOOST_TEST(cap(0) != cap(1));
}

BOOST_AUTO_TEST_CASE(the_quadratic_cost_is_what_training_lowers_and_tells) {
  const TemporaryFolder out;
  const RunResults quadratic = read_run(run_here(experiment({"training.loss=quadratic"}), out));
  BOOST_TEST((quadratic.loss == Loss::quadratic));
  const RunResults entropy = read_run(run_here(experiment(), out));
  BOOST_TEST((entropy.loss == Loss::cross_entropy));
  for (std::size_t i = 0; i < quadratic.training.size(); ++i) {
    BOOST_TEST(quadratic.training[i].loss <= 0.5);
    if (quadratic.training[i].epoch == 0) BOOST_TEST(quadratic.training[i].accuracy == entropy.training[i].accuracy);
  }
  BOOST_TEST(quadratic.training.back().loss < quadratic.training[1].loss);
  BOOST_TEST(quadratic.training.back().loss != entropy.training.back().loss);
}

BOOST_AUTO_TEST_CASE(observing_more_often_does_not_change_what_is_learnt) {
  const TemporaryFolder out;
  const RunResults often = read_run(run_here(experiment({"observe.schedule.every=1"}), out));
  const RunResults rarely = read_run(run_here(experiment({"observe.schedule.every=6"}), out));
  BOOST_TEST(often.training.back().loss == rarely.training.back().loss);
}

BOOST_AUTO_TEST_CASE(samples_choose_the_cap) {
  const TemporaryFolder out;
  for (const auto& [samples, count] :
       std::vector<std::pair<std::string, double>>{{"test", 819}, {"train", 3277}, {"all", 4096}}) {
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
    const std::string message = message_of<Error>(
        [&] { run_here(experiment({"training.learning_rate=1e30", "model.activation=relu"}), out, threads); });
    const fs::path folder = *fs::directory_iterator(out.path() / "small");
    BOOST_TEST(message.rfind(folder.string() + ": replica ", 0) == 0);
    BOOST_TEST(message.find(": the loss is no longer finite, beginning in layer L") != std::string::npos);
    BOOST_TEST(read_file(folder / "provenance.json").find("\"status\": \"failed\"") != std::string::npos);
    BOOST_TEST(read_run(folder).training.size() == 10u);
  }
}

BOOST_AUTO_TEST_CASE(what_the_data_set_knows_is_written) {
  const TemporaryFolder out;
  const RunResults results = read_run(run_here(
      experiment({"dataset={type: twelve_bit, rule: tishby_stochastic}", "replicas=1", "training.epochs=1"}), out));
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
  RunOptions options;
  options.out = out.path() / "file" / "runs";
  BOOST_CHECK_THROW(infoplane::run(experiment(), own_catalogue(), options, silent), UsageError);
  BOOST_TEST(std::distance(fs::directory_iterator(out.path()), fs::directory_iterator()) == 1);
}

BOOST_AUTO_TEST_CASE(devices_that_are_not_there_are_refused) {
  BOOST_TEST(message_of<UsageError>([] { parse_device("gpu"); }) ==
             "--device must be auto, cpu, cuda or cuda:N, got 'gpu'");
  BOOST_TEST(message_of<UsageError>([] { parse_device("cuda:x"); }) ==
             "--device must be auto, cpu, cuda or cuda:N, got 'cuda:x'");
  BOOST_TEST((parse_device("cpu") == torch::Device(torch::kCPU)));
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

BOOST_AUTO_TEST_CASE(figures_are_not_drawn_out_of_the_folder) {
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
  BOOST_TEST(reason([] {
               torch::empty({std::int64_t{1} << 50});
             }).rfind("not enough memory: you tried to allocate 4503599627370496 bytes", 0) == 0u);
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
