#include <iostream>
#include <memory>

#include <infoplane/runtime.hpp>

#include "base/interruption.hpp"
#include "commands/commands.hpp"
#include "commands/options.hpp"
#include "runs/run_folders.hpp"
#include "text/json_progress.hpp"
#include "text/progress_bar.hpp"

namespace infoplane::experiments {
namespace {

struct ResumeArguments {
  std::string folder;
  std::string progress = "bar";  ///< bar or json: see ProgressBar and JsonProgress
  RunOptions run;
};

// Resumes the run and prints its folder.
void resume_command(const ResumeArguments& arguments, const Catalogue& catalogue) {
  const std::unique_ptr<Progress> progress =
      arguments.progress == "json" ? std::unique_ptr<Progress>(new JsonProgress) : std::make_unique<ProgressBar>();
  const std::filesystem::path folder = run_folder(arguments.folder);
  std::cout << printable(resume(folder, catalogue, arguments.run, *progress).string()) << std::endl;
}

}  // namespace

void add_resume(CLI::App& app, const Catalogue& catalogue) {
  CLI::App& command = *app.add_subcommand("resume", "Resume a stopped run");
  const auto arguments = std::make_shared<ResumeArguments>();
  add_run_folder(command, arguments->folder);
  add_run_options(command, arguments->run);
  command.add_option("--progress", arguments->progress, "bar, or json: lines for a calling program")
      ->check(CLI::IsMember({"bar", "json"}))
      ->group("");
  command.footer("Example: infoplane resume runs/twelve_bit_tanh/20260131T235959Z");
  command.callback([arguments, &catalogue] {
    parse_device(arguments->run.device);
    install_signal_handlers();
    resume_command(*arguments, catalogue);
  });
}

}  // namespace infoplane::experiments
