#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include <infoplane/error.hpp>
#include <infoplane/experiments/catalogue.hpp>
#include <infoplane/run_results.hpp>

#include "figures/compared_planes.hpp"
#include "report/report_data.hpp"
#include "report/specs.hpp"
#include "results/run_summary.hpp"
#include "runs/run_information.hpp"
#include "runs/run_table.hpp"
#include "text/html.hpp"

using namespace infoplane;
using namespace infoplane::experiments;
namespace fs = std::filesystem;

namespace {

// A run of two replicas and three epochs, of which the fuzzed file takes one's place.
const std::map<std::string, std::string>& whole_run() {
  static const std::map<std::string, std::string> files = [] {
    std::map<std::string, std::string> run = {
        {"provenance.json", "{\"status\": \"finished\", \"wall_seconds\": 1}"},
        {"experiment.yaml", "name: x\nreplicas: 2\n"},
        {"training.csv", "replica,epoch,split,loss,accuracy\n"},
        {"information.csv",
         "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,bins,ksg_k\n"},
        {"parameters.csv", "replica,epoch,parameter,index,value\n"},
        {"histograms.csv", "replica,epoch,layer,unit,label,low,high,count\n"},
        {"truth.csv", "i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error\n0.9,0,1,0\n"},
        {"bottleneck.csv", "beta,i_xt_bits,i_ty_bits\n1,0,0\n2,1,0.5\n"},
        {"claims.csv",
         "name,claim,says,measured,replicas,tested,holds,share_low,share_high,at_least_share,mean,mean_low,mean_high,"
         "deviation,unit,verdict,doubt,reason,evidence\n"
         "final_accuracy,final_accuracy,,what,2,2,2,0.16,1,0.5,0.9,0.8,1,0.1,,undecided,few,,\n"}};
    for (const std::string epoch : {"0", "3", "10"}) {
      for (const std::string replica : {"0", "1"}) {
        const std::string head = replica + "," + epoch + ",";
        for (const std::string split : {"train", "test"}) run["training.csv"] += head + split + ",0.5,0.75\n";
        for (const std::string layer : {"L1", "L2"}) {
          for (const std::string value : {"binning", "kde.lower", "kde.upper"}) {
            run["information.csv"] += head + layer + "," + value + ",3." + epoch + ",0.5,8,1,50,\n";
          }
        }
        run["parameters.csv"] += head + "linear1.weight,0,0.25\n" + head + "linear1.weight,1,-0.25\n";
        run["histograms.csv"] += head + "L1,0,0,-1,-0.5,3\n" + head + "L1,0,1,0.5,1,4\n" + head + "L1,1,0,0,0.5,5\n";
      }
    }
    return run;
  }();
  return files;
}

const char* const kConfig =
    "name: x\ndataset: twelve_bit\nmodel: {type: mlp, widths: [3, 1]}\ntraining: {epochs: 10}\nestimators: [binning]\n"
    "figures: [information_plane, information_curves, {type: information_bounds, estimator: kde}, learning_curves,\n"
    "  parameter_curves, {type: detail_curves, detail: bins}, histograms, {type: histograms, name: by_unit, by_unit: "
    "true}]\n"
    "claims: [{claim: compression, layer: L1, at_least_bits: 1}, {claim: fitting, layer: L1, at_least_bits: 1},\n"
    "  {claim: phase_start, layer: L1, from_epoch: 0, to_epoch: 3},\n"
    "  {claim: ordered_by_depth, layers: [L1, L2], within_bits: 1}, {claim: final_accuracy, at_least: 0.5},\n"
    "  {claim: overfitting, at_least_nats: 1}, {claim: parameter_grows, parameter: linear1.weight, at_least: 1}]\n";

// Which file begins so: JSON, a table by its head, else a line of digests.
std::string file_of(const std::string& text) {
  if (text.substr(0, 1) == "{" || text.substr(0, 1) == "[") return "provenance.json";
  for (const auto& [file, whole] : whole_run()) {
    const std::string head = whole.substr(0, 14);
    if (text.compare(0, head.size(), head) == 0) return file;
  }
  if (text.compare(0, 13, "replica,epoch") == 0) return "information.csv";
  return "tables.sha256";
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

void try_to(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error&) {
  }
}

void read_all(const fs::path& folder) {
  static const Catalogue catalogue = experiments::catalogue();
  static const Experiment experiment = read_experiment(parse_yaml(kConfig, "fuzz"), catalogue);
  NamedRun run{"x", folder, summarize_run(folder)};
  run_table({run});
  run_texts({run});
  const std::vector<LayerInformation> information = read_information(folder, run.summary);
  information_table(information);
  plane_of(information, "binning", {});
  status_line(text_of(folder / "provenance.json"));
  try_to([&] {
    const RunResults results = read_run(folder);
    try_to([&] {
      const ReportData data = report_data(results);
      script_json(data.summary);
      script_json(data.replicas);
      script_json(chart_specs(data));
    });
    claims_html(results.claims);
    // A folder that cannot be made ends a figure once it has its data and its script.
    for (const auto& figure : experiment.figures) try_to([&] { figure()->draw(results, "/dev/null/no", "x"); });
    for (const auto& claim : experiment.claims) try_to([&] { claim_record("x", "x", claim()->check(results, {})); });
  });
}

}  // namespace

// A file of somebody else's run, through all that reads runs: refused in words, or read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fs::path folder = fs::temp_directory_path() / ("infoplane-fuzz-" + std::to_string(getpid())) / "x";
  static const bool made = [] {
    fs::create_directories(folder);
    for (const auto& [file, text] : whole_run()) write(folder / file, text);
    std::atexit([] { fs::remove_all(folder.parent_path()); });
    return true;
  }();
  if (!made) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size), file = file_of(text);
  write(folder / file, text);
  read_all(folder);
  const auto whole = whole_run().find(file);
  if (whole == whole_run().end()) {
    fs::remove(folder / file);
  } else {
    write(folder / file, whole->second);
  }
  return 0;
}
