#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands/completion_words.hpp"
#include "text/shell.hpp"

namespace infoplane::experiments {
namespace {

std::string list(const std::vector<std::string>& words) {
  return shell_quoted(fmt::format("{}", fmt::join(words, " ")));
}

// "    PATTERN) words=WORDS ;;"
std::string branch(const std::string& pattern, const std::vector<std::string>& words) {
  return fmt::format("    {}) words={} ;;\n", shell_quoted(pattern), list(words));
}

std::string option_branches(const CompletionWords& all) {
  std::string text;
  for (const auto& command : all.commands) {
    std::vector<std::string> names;
    for (const auto& option : command.options) names.push_back(option.name);
    text += branch(command.name, names);
  }
  return text;
}

constexpr const char* kScript =
    R"(# Completion for bash: source this file, or put it into ~/.local/share/bash-completion/completions/infoplane.
# Made by `infoplane completion bash`.

_infoplane_words_of_value() {{  # COMMAND OPTION
  case $1 in
{0}    *) return 1 ;;
  esac
}}

_infoplane_words_of_options() {{  # COMMAND
  case $1 in
{1}  esac
}}

_infoplane_words_of_argument() {{  # COMMAND and the arguments before
  case $1 in
{2}  esac
}}

_infoplane_words_of_setting() {{  # PATH
  case $1 in
{3}  esac
}}

# What `--set` may say: PATH= with any index of a list, or the value after it.
_infoplane_set() {{
  local path=${{1%%=*}} index=
  if [[ $path =~ ^([a-z]+)\.([0-9]+)(.*)$ ]]; then
    index=${{BASH_REMATCH[2]}} path=${{BASH_REMATCH[1]}}.0${{BASH_REMATCH[3]}}
  fi
  if [[ $1 == *=* ]]; then
    _infoplane_words_of_setting "$path"
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "${{1#*=}}")
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${{COMPREPLY[@]/#/${{1%%=*}}=}}")
  else
    mapfile -t COMPREPLY < <(compgen -S = -W {4} -- "$path")
    [[ -z $index ]] || COMPREPLY=("${{COMPREPLY[@]/.0/.$index}}")
    compopt -o nospace
  fi
}}

_infoplane() {{
  local line=${{COMP_LINE:0:COMP_POINT}} typed=() words= command= before= i
  read -ra typed <<<"$line"
  [[ $line == *[[:space:]] ]] && typed+=('')
  local word=${{typed[-1]}} previous=${{typed[-2]}} option=
  COMPREPLY=()
  if [[ $word == --*=* ]]; then
    previous=${{word%%=*}} option=${{word%%=*}}= word=${{word#*=}}
  fi
  for ((i = 1; i < ${{#typed[@]}} - 1; ++i)); do
    if [[ -n $command ]]; then
      before+=${{before:+ }}${{typed[i]}}
    elif [[ ${{typed[i]}} != -* ]]; then
      command=${{typed[i]}}
    fi
  done
  if [[ -z $command ]]; then
    words={5}
    [[ $word == -* ]] && words='--help --version'
  elif [[ $previous == --set ]]; then
    _infoplane_set "$word"
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${{COMPREPLY[@]/#/$option}}")
    return
  elif _infoplane_words_of_value "$command $previous"; then
    :
  elif [[ $word == -* ]]; then
    _infoplane_words_of_options "$command"
  else
    _infoplane_words_of_argument "$command $before"
  fi
  [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${{COMPREPLY[@]/#/$option}}")
}}

complete -o default -F _infoplane infoplane
)";

}  // namespace

std::string bash_completion(const CompletionWords& all) {
  std::vector<std::string> commands, paths;
  for (const auto& command : all.commands) commands.push_back(command.name);
  for (const auto& setting : all.settings) paths.push_back(setting.path);
  const CompletionBranches branches = branches_of(all, branch);
  return fmt::format(kScript, branches.values, option_branches(all), branches.arguments, branches.settings, list(paths),
                     list(commands));
}

}  // namespace infoplane::experiments
