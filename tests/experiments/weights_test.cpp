#include <fmt/format.h>

#include <infoplane/check.hpp>
#include <infoplane/export_weights.hpp>
#include <infoplane/run_results.hpp>
#include <infoplane/tensor_file.hpp>

#include "support/small_run.hpp"

using namespace infoplane;
using namespace infoplane::testing;

namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(weights)

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
        BOOST_TEST(row.loss == old.loss);
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
  BOOST_TEST(after.training[0].loss == before.training[before.training.size() - 10].loss);
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
             file + ": the tensor 'linear1.bias' of [5, 6] must have 6 replicas or more");
  BOOST_TEST(refusal(good, {"model.widths=[7, 3, 1]"}) ==
             file + ": the tensor 'linear1.bias' must be Float [1, 7], got Float [1, 6]");
  NamedTensors less = good;
  less.erase("linear2.weight");
  BOOST_TEST(refusal(less) == file + ": the tensor 'linear2.weight' is missing");
  NamedTensors more = good;
  more["linear9.weight"] = torch::ones({5, 1});
  BOOST_TEST(refusal(more) == file + ": unknown tensor 'linear9.weight'");
}

BOOST_AUTO_TEST_CASE(a_missing_replica_is_named_by_its_number_in_the_file) {
  const TemporaryFolder out;
  const std::string file = (out.path() / "own.safetensors").string();
  export_weights(run_here(experiment({"model=own"}), out), file);
  const NamedTensors good = read_tensors(file).tensors;
  const auto refusal = [&](const std::function<bool(const std::string&)>& is_gone, const std::string& replicas) {
    NamedTensors less;
    for (const auto& [name, tensor] : good) {
      if (!is_gone(name)) less[name] = tensor;
    }
    write_tensors(file, {{}, less, false});
    const Experiment own = experiment({"model=own", "replicas=" + replicas, "initial_weights=" + file});
    const std::string checked = message_of<UsageError>([&] { check(own); });
    BOOST_TEST(message_of<UsageError>([&] { run_here(own, out, 3); }) == checked);
    return checked;
  };
  const auto is_of = [](const std::string& name, const std::string& replica) {
    return name.rfind("replicas." + replica + ".", 0) == 0;
  };
  BOOST_TEST(refusal([&](const std::string& name) { return is_of(name, "1"); }, "5") ==
             file + ": replica 1 is missing, replicas 0 to 4 are needed and 0, 2 to 4 are there");
  BOOST_TEST(refusal([&](const std::string& name) { return is_of(name, "4"); }, "5") ==
             file + ": replica 4 is missing, replicas 0 to 4 are needed and 0 to 3 are there");
  BOOST_TEST(refusal([&](const std::string& name) { return is_of(name, "4"); }, "4") == "");
  BOOST_TEST(refusal([&](const std::string& name) { return name == "replicas.3.in.bias"; }, "5") ==
             file + ": the tensor 'replicas.3.in.bias' is missing");
}

BOOST_AUTO_TEST_SUITE_END()
