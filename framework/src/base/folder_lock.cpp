#include "base/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/interruption.hpp"

namespace infoplane {
namespace {

std::shared_ptr<Descriptor> opened(const std::filesystem::path& folder) {
  auto descriptor = std::make_shared<Descriptor>(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor->number() >= 0) return descriptor;
  throw UsageError(folder.string() + ": cannot open: " + std::system_category().message(errno));
}

bool locks(const Descriptor& descriptor) { return flock(descriptor.number(), LOCK_EX | LOCK_NB) == 0; }

}  // namespace

std::shared_ptr<void> lock_folder(const std::filesystem::path& folder, const std::function<std::string()>& taken) {
  auto descriptor = opened(folder);
  if (locks(*descriptor)) return descriptor;
  if (errno == EWOULDBLOCK) throw UsageError(folder.string() + ": " + taken());
  throw write_error(folder);
}

std::shared_ptr<void> await_folder(const std::filesystem::path& folder, std::chrono::seconds longest) {
  using Clock = std::chrono::steady_clock;
  const auto begun = Clock::now();
  auto descriptor = opened(folder);
  while (!locks(*descriptor)) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw write_error(folder);
    stop_at_signal(folder.string() + ": interrupted, another process has it");
    if (Clock::now() - begun > longest) {
      throw Error(fmt::format("{}: in use by another process for {} s", folder.string(), longest.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return descriptor;
}

}  // namespace infoplane
