#include <cmath>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <infoplane/error.hpp>
#include <infoplane/run_results.hpp>

#include "results/run_summary.hpp"
#include "support/run_tables.hpp"

using namespace infoplane;
using namespace infoplane::testing;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(read_run_tables)

BOOST_AUTO_TEST_CASE(a_folder_without_tables_is_named) {
  const TemporaryFolder out;
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": no such file");
  write_file(out.path() / "training.csv", "");
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": it is empty");
  fs::remove(out.path() / "training.csv");
  fs::create_directory(out.path() / "training.csv");
  BOOST_TEST(message_of<UsageError>([&] { read_run(out.path()); }) ==
             (out.path() / "training.csv").string() + ": not a regular file");
}

BOOST_AUTO_TEST_CASE(a_run_keeps_its_name_wherever_it_is_copied) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
  BOOST_TEST(read_run(folder).experiment == folder.parent_path().filename().string());
  write_file(folder / "experiment.yaml", "name: iris_tanh\n");
  BOOST_TEST(read_run(folder).experiment == "iris_tanh");
  write_file(folder / "experiment.yaml", "name: [not, a, text]\n");
  BOOST_TEST(read_run(folder).experiment == folder.parent_path().filename().string());
}

BOOST_AUTO_TEST_CASE(the_kind_of_loss_is_that_of_the_experiment) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
  BOOST_TEST((read_run(folder).loss == Loss::cross_entropy));
  write_file(folder / "experiment.yaml", "name: x\ntraining: {loss: quadratic}\n");
  BOOST_TEST((read_run(folder).loss == Loss::quadratic));
}

BOOST_AUTO_TEST_CASE(an_error_in_a_table_is_named_with_file_and_line) {
  const std::string information = kInformationHead + "0,0,L1,binning,1,1,2,1,50\n";
  const std::vector<std::array<std::string, 3>> cases = {
      {"a,b\n", information, "training.csv:1: the header must be replica,epoch,split,loss,accuracy"},
      {kTrainingHead, "replica,epoch\n",
       "information.csv:1: the header must be "
       "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits,DETAILS..."},
      {kTrainingHead + "0,0,train,1,1\n0,0,test,1\n", information, "training.csv:3: expected 5 fields, got 4"},
      {kTrainingHead + "0,0,train,1,1,\n", information, "training.csv:2: expected 5 fields, got 6"},
      {kTrainingHead + "\n", information, "training.csv:2: expected 5 fields, got 1"},
      {kTrainingHead + "0,0.5,train,1,1\n", information, "training.csv:2: epoch must be a whole number, got '0.5'"},
      {kTrainingHead + "0,0,valid,1,1\n", information, "training.csv:2: split must be train or test, got 'valid'"},
      {kTrainingHead + "0,0,train,1x,1\n", information, "training.csv:2: loss must be a number, got '1x'"},
      {kTrainingHead + "0,0,train,,1\n", information, "training.csv:2: loss must be a number, got ''"},
      {kTrainingHead, information + "0,0,L1,binning,1,1,2,1,many\n",
       "information.csv:3: bins must be a number, got 'many'"},
      {kTrainingHead + "-1,0,train,1,1\n", information, "training.csv:2: replica must be from 0 to 4294967296, got -1"},
      {kTrainingHead + "0,4294967297,train,1,1\n", information,
       "training.csv:2: epoch must be from 0 to 4294967296, got 4294967297"},
      {kTrainingHead + "0,9223372036854775808,train,1,1\n", information,
       "training.csv:2: epoch must be a whole number, got '9223372036854775808'"},
      {kTrainingHead, information + "0,0,\"L1\"x,binning,1,1,2,1,\n",
       "information.csv:3: a comma must follow a closing quote"},
  };
  for (const auto& [training, tables, expected] : cases) {
    const TemporaryFolder temporary;
    const fs::path folder = run_folder(temporary, training, tables);
    BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) == folder.string() + "/" + expected);
  }
}

BOOST_AUTO_TEST_CASE(a_number_out_of_range_is_named_with_file_line_and_column) {
  const std::string histogram = "replica,epoch,layer,unit,label,low,high,count\n0,0,L1,0,0,-1,-0.5,3\n";
  const std::string claims =
      "name,claim,says,measured,replicas,tested,holds,share_low,share_high,at_least_share,mean,mean_low,mean_high,"
      "deviation,unit,verdict,doubt,reason,evidence\n";
  const std::vector<std::array<std::string, 3>> cases = {
      {"histograms.csv", histogram + "0,0,L1,-1,0,-1,-0.5,3\n", "3: unit must be from 0 to 4294967296, got -1"},
      {"histograms.csv", histogram + "0,0,L1,9223372036854775807,0,-1,-0.5,3\n",
       "3: unit must be from 0 to 4294967296, got 9223372036854775807"},
      {"histograms.csv", histogram + "0,0,L1,0,-1,-1,-0.5,3\n", "3: label must be from 0 to 4294967296, got -1"},
      {"histograms.csv", histogram + "0,0,L1,0,0,-1,-0.5,-3\n", "3: count must be from 0 to 4294967296, got -3"},
      {"histograms.csv", histogram + "0,0,L1,0,0,nan,-0.5,3\n", "3: low must be finite, got 'nan'"},
      {"histograms.csv", histogram + "0,0,L1,0,0,-1,inf,3\n", "3: high must be finite, got 'inf'"},
      {"histograms.csv", histogram + "0,0,L1,0,0,1,0.5,3\n", "3: low must be at most high, 0.5, got 1"},
      {"histograms.csv", histogram + "0,0,L1,0,0,-1e+300,-0.5,3\n",
       "3: the bins of a histogram must be equally wide, 0.5 as the first, got 1e+300"},
      {"parameters.csv", "replica,epoch,parameter,index,value\n0,0,w,-2,1\n",
       "2: index must be from 0 to 4294967296, got -2"},
      {"truth.csv", "i_xy_bits,i_xy_error_bits,best_accuracy,best_accuracy_error\ninf,0,1,0\n",
       "2: i_xy_bits must be finite, got 'inf'"},
      {"bottleneck.csv", "beta,i_xt_bits,i_ty_bits\n1,nan,0\n", "2: i_xt_bits must be finite, got 'nan'"},
      {"claims.csv", claims + "a,b,,,3,3,4,0,1,0.5,,0,1,,,holds,,,\n", "2: holds must be at most tested, 3, got 4"},
  };
  for (const auto& [table, text, expected] : cases) {
    const TemporaryFolder temporary;
    const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
    write_file(folder / table, text);
    BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) == (folder / table).string() + ":" + expected);
  }
}

BOOST_AUTO_TEST_CASE(what_estimators_and_bins_honestly_give_is_read) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead + "0,0,train,inf,nan\n",
                                     kInformationHead + "0,0,L1,ksg,nan,-0.1,inf,nan,nan\n");
  const double low = 1e6, width = 1e-9 / 50;  // far finer than the numbers there are at 10^6
  std::string histogram = "replica,epoch,layer,unit,label,low,high,count\n";
  for (int bin = 0; bin < 50; ++bin)
    histogram += fmt::format("0,0,L1,0,0,{},{},1\n", low + width * bin, low + width * (bin + 1));
  for (int bin = 0; bin < 7; ++bin)
    histogram += fmt::format("0,1,L1,0,0,{},{},1\n", -1 + 2.0 / 7 * bin, -1 + 2.0 / 7 * (bin + 1));
  write_file(folder / "histograms.csv", histogram + "0,2,L1,0,0,3,3,9\n");
  BOOST_TEST(read_run(folder).histograms.size() == 58u);
}

BOOST_AUTO_TEST_CASE(a_line_without_its_end_is_left_out) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead + "0,0,train,1,1\n0,0,test,1,0.",
                                     kInformationHead + "0,0,L1,binning,1,1,2,1,50\n0,0,L2,bin");
  BOOST_TEST(read_run(folder).training.size() == 1u);
  BOOST_TEST(read_run(folder).information.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_header_without_its_end_is_refused) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, "replica,epo", kInformationHead);
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) ==
             (folder / "training.csv").string() + ": its header is truncated");
}

BOOST_AUTO_TEST_CASE(an_empty_detail_is_nan_and_tables_without_rows_are_read) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead + "0,0,L1,binning,1,1,2,1,\n");
  const RunResults results = read_run(folder);
  BOOST_TEST(results.training.empty());
  BOOST_REQUIRE(results.information.size() == 1u);
  BOOST_TEST(std::isnan(results.information[0].details[0]));
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_refused) {
  const TemporaryFolder temporary;
  const fs::path folder = run_folder(temporary, kTrainingHead, kInformationHead);
  fs::resize_file(folder / "training.csv", 1 << 30);
  const long before = peak_kilobytes();
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder); }) ==
             (folder / "training.csv").string() + ":2: longer than 16 MiB");
  BOOST_TEST(peak_kilobytes() - before < 100000);
}

BOOST_AUTO_TEST_CASE(a_second_row_of_the_same_is_refused_wherever_it_stands) {
  const TemporaryFolder folder;
  const std::string head = "replica,epoch,layer,estimator,i_xt_bits,i_ty_bits,i_xt_cap_bits,i_ty_cap_bits\n";
  const auto rows = [](const std::vector<std::string>& keys) {
    std::string text;
    for (const std::string& key : keys) text += key + ",1,1,2,2\n";
    return text;
  };
  write_file(folder.path() / "training.csv", "replica,epoch,split,loss,accuracy\n0,0,train,1,1\n0,0,test,1,1\n");
  write_file(folder.path() / "information.csv",
             head + rows({"0,9,L1,b", "0,5,L1,b", "1,5,L1,b", "0,7,L1,b", "0,7,L2,b", "0,7,L1,c"}));
  BOOST_TEST(read_run(folder.path()).information.size() == 6u);
  const std::string place = (folder.path() / "information.csv").string() + ":";
  for (const char* again : {"0,9,L1,b", "0,5,L1,b", "0,7,L1,b", "0,7,L1,c"}) {
    write_file(folder.path() / "information.csv", head + rows({"0,9,L1,b", "0,5,L1,b", "0,7,L1,b", "0,7,L1,c", again}));
    const std::string key = again;
    const std::string refusal =
        place + "6: a second row of replica 0, epoch " + key.substr(2, 1) + ", L1, " + key.substr(7);
    BOOST_TEST(message_of<UsageError>([&] { read_run(folder.path()); }) == refusal);
    BOOST_TEST(message_of<UsageError>([&] { each_information(folder.path(), [](const Record&) {}); }) == refusal);
  }
  write_file(folder.path() / "information.csv", head);
  write_file(folder.path() / "training.csv", "replica,epoch,split,loss,accuracy\n0,0,train,1,1\n0,0,train,1,1\n");
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder.path()); }) ==
             (folder.path() / "training.csv").string() + ":3: a second row of replica 0, epoch 0, train");
}

BOOST_AUTO_TEST_CASE(a_nul_in_a_row_is_refused) {
  const TemporaryFolder folder;
  write_file(folder.path() / "training.csv", std::string("replica,epoch,split,loss,accuracy\n0,0,tr\0ain,1,1\n", 49));
  BOOST_TEST(message_of<UsageError>([&] { read_run(folder.path()); }) ==
             (folder.path() / "training.csv").string() + ":2: it contains a NUL byte");
}

BOOST_AUTO_TEST_SUITE_END()
