#pragma once

#include <filesystem>
#include <string>

/// The files that come with the program: PREFIX/share of PREFIX/bin/infoplane, or the source's of a program in its
/// build folder.
namespace infoplane::experiments {

/// The path if it exists, else that of the installed config or folder of configs of that name, with or without
/// `configs/` and `.yaml`: `twelve_bit/tanh`; the path itself if there is neither.
std::filesystem::path find_config(const std::filesystem::path& config);

/// ", did you mean 'twelve_bit/tanh'?" of a config that is not found, "" if no installed one is called alike.
std::string config_suggestion(const std::filesystem::path& config);

/// The folders of configs and of the documentation; "" if there is none.
std::filesystem::path installed_configs();
std::filesystem::path installed_docs();

}  // namespace infoplane::experiments
