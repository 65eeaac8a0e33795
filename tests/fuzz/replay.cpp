#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// One to four changes: a byte, a bit, a piece cut out, doubled or taken from another input.
std::string mutated(std::string input, const std::vector<std::string>& corpus, std::mt19937& random) {
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(input.size()), length = below(std::min<std::size_t>(64, input.size() - at) + 1);
    const std::string& other = corpus[below(corpus.size())];
    const std::size_t from = below(other.size());
    switch (input.empty() ? 4 : below(6)) {
      case 0:
        input[at] = static_cast<char>(random());
        break;
      case 1:
        input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
        break;
      case 2:
        input.erase(at, length);
        break;
      case 3:
        input.insert(at, input.substr(at, length));
        break;
      case 4:
        input.insert(at, other.substr(from, below(64)));
        break;
      default:
        input.resize(at);
    }
  }
  return input;
}

}  // namespace

// Feeds a fuzz target with a corpus and, seeded, with so many mutations of it; no input may take above a second.
// usage: X_replay CORPUS_FOLDER MUTATIONS
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  std::vector<std::string> corpus;
  for (const auto& entry : fs::directory_iterator(argv[1])) corpus.push_back(read(entry.path()));
  std::mt19937 random(1);
  const long mutations = std::atol(argv[2]);
  double slowest = 0;
  for (long i = 0; i < static_cast<long>(corpus.size()) + mutations; ++i) {
    const std::string& seed = corpus[i % corpus.size()];
    const std::string input = i < static_cast<long>(corpus.size()) ? seed : mutated(seed, corpus, random);
    const auto start = std::chrono::steady_clock::now();
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    slowest = std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  struct rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%ld inputs, the slowest took %.4f s, %ld MB at most\n", static_cast<long>(corpus.size()) + mutations,
              slowest, usage.ru_maxrss / 1024);
  return slowest > 1;
}
