#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands/completion_words.hpp"
#include "text/shell.hpp"

namespace infoplane::experiments {
namespace {

std::string list(const std::vector<std::string>& words) {
  std::vector<std::string> parts;
  for (const std::string& word : words) parts.push_back(shell_quoted(word));
  return fmt::format("{}", fmt::join(parts, " "));
}

// "NAME:DOC", as _describe takes it.
std::string described(const std::string& name, const std::string& doc) {
  std::string escaped;
  for (const char c : name) escaped += c == ':' ? "\\:" : std::string(1, c);
  return escaped + ":" + doc;
}

std::string branch(const std::string& pattern, const std::vector<std::string>& words) {
  return fmt::format("    {}) words_found=({}) ;;\n", shell_quoted(pattern), list(words));
}

std::string option_branches(const CompletionWords& all) {
  std::string text;
  for (const auto& command : all.commands) {
    std::vector<std::string> options;
    for (const auto& option : command.options) options.push_back(described(option.name, option.doc));
    text += branch(command.name, options);
  }
  return text;
}

constexpr const char* kScript = R"(#compdef infoplane
# Completion for zsh: put this file as _infoplane into a folder of $fpath, or source it after compinit.
# Made by `infoplane completion zsh`.

# What `--set` may say: PATH= with any index of a list, or the value after it.
_infoplane_set() {{
  local path_typed=${{PREFIX%%=*}} index= words_found=()
  if [[ $path_typed =~ '^([a-z]+)\.([0-9]+)(.*)$' ]]; then
    index=$match[2] path_typed=$match[1].0$match[3]
  fi
  if compset -P '*='; then
    case $path_typed in
{3}    esac
    compadd -a words_found
  else
    words_found=({4})
    [[ -z $index ]] || words_found=(${{words_found/.0/.$index}})
    compadd -S = -q -a words_found
  fi
}}

_infoplane() {{
  local command= before= i words_found=()
  for ((i = 2; i < CURRENT; ++i)); do
    if [[ -n $command ]]; then
      before+=${{before:+ }}$words[i]
    elif [[ $words[i] != -* ]]; then
      command=$words[i]
    fi
  done
  if [[ -z $command ]]; then
    words_found=({5})
    [[ $PREFIX == -* ]] && words_found=('--help:tell the commands' '--version:tell the version')
    _describe command words_found
    return
  fi
  local previous=$words[CURRENT-1]
  if [[ $PREFIX == --*=* ]]; then
    previous=${{PREFIX%%=*}}
    compset -P 1 '*='
  fi
  if [[ $previous == --set ]]; then
    _infoplane_set
    return
  fi
  case "$command $previous" in
{0}    *) previous= ;;
  esac
  if [[ -z $previous && $PREFIX == -* ]]; then
    case $command in
{1}    esac
    _describe option words_found
    return
  elif [[ -z $previous ]]; then
    case "$command $before" in
{2}    esac
  fi
  if (( $#words_found )); then
    compadd -a words_found
  else
    _files
  fi
}}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _infoplane "$@"
else
  compdef _infoplane infoplane
fi
)";

}  // namespace

std::string zsh_completion(const CompletionWords& all) {
  std::vector<std::string> commands, paths;
  for (const auto& command : all.commands) commands.push_back(described(command.name, command.doc));
  for (const auto& setting : all.settings) paths.push_back(setting.path);
  const CompletionBranches branches = branches_of(all, branch);
  return fmt::format(kScript, branches.values, option_branches(all), branches.arguments, branches.settings, list(paths),
                     list(commands));
}

}  // namespace infoplane::experiments
