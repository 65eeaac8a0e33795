#include <infoplane/estimators/symbols.hpp>

#include <algorithm>

#include "samples/arguments.hpp"

namespace infoplane::estimators {
namespace {

int bits_of(std::int64_t alphabet) {
  int bits = 1;
  while ((std::int64_t{1} << bits) < alphabet) ++bits;
  return bits;
}

// Rows packed into blocks of 64 bits; equal if and only if the rows are.
struct PackedRows {
  std::vector<std::uint64_t> blocks;
  std::int64_t width;  // blocks of a row
};

PackedRows packed(const SymbolRows& rows) {
  const int bits = bits_of(rows.alphabet);
  const std::int64_t per_block = 64 / bits;
  const std::int64_t width = (rows.width + per_block - 1) / per_block;
  const std::int64_t count = static_cast<std::int64_t>(rows.symbols.size()) / rows.width;
  PackedRows result{std::vector<std::uint64_t>(count * width), width};
  const std::int32_t* symbol = rows.symbols.data();
  std::uint64_t* block = result.blocks.data();
  for (std::int64_t row = 0; row < count; ++row) {
    for (std::int64_t start = 0; start < rows.width; start += per_block) {
      const std::int64_t end = std::min(start + per_block, rows.width);
      std::uint64_t bitset = 0;
      for (std::int64_t unit = start; unit < end; ++unit) {
        bitset = (bitset << bits) | static_cast<std::uint32_t>(*symbol++);
      }
      *block++ = bitset;
    }
  }
  return result;
}

// Multiplication mixes every bit into higher ones, the shift moves them down again.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t block) {
  hash = (hash ^ block) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 32);
}

// Open addressing at a load of at most one half. A slot has an id; a row with the same hash is compared with the first
// row of that id.
class Table {
 public:
  explicit Table(const PackedRows& rows) : rows_(rows) {
    const std::size_t count = rows.blocks.size() / rows.width;
    std::size_t size = 2;
    while (size < 2 * count) size *= 2;
    slots_.assign(size, kEmpty);
    first_.reserve(count);
  }

  std::int32_t id_of(std::int64_t row) {
    const std::uint64_t* blocks = rows_.blocks.data() + row * rows_.width;
    std::uint64_t hash = 0;
    for (std::int64_t i = 0; i < rows_.width; ++i) hash = mixed(hash, blocks[i]);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      if (slots_[slot] == kEmpty) {
        slots_[slot] = count();
        first_.push_back(blocks);
      } else if (!std::equal(blocks, blocks + rows_.width, first_[slots_[slot]])) {
        continue;
      }
      return slots_[slot];
    }
  }

  std::int32_t count() const { return static_cast<std::int32_t>(first_.size()); }

 private:
  static constexpr std::int32_t kEmpty = -1;
  const PackedRows& rows_;
  std::vector<std::int32_t> slots_;
  std::vector<const std::uint64_t*> first_;
};

}  // namespace

Symbols distinct_rows(const SymbolRows& rows) {
  constexpr std::int64_t most = std::int64_t{1} << 31;
  require_argument(rows.width >= 1 && rows.symbols.size() % static_cast<std::size_t>(rows.width) == 0, "distinct_rows",
                   "rows must be complete, with at least one value");
  require_argument(rows.alphabet >= 1 && rows.alphabet <= most, "distinct_rows",
                   "the alphabet must have 1 to 2^31 values");
  std::uint32_t largest = 0;
  for (const std::int32_t symbol : rows.symbols) largest = std::max(largest, static_cast<std::uint32_t>(symbol));
  require_argument(largest < rows.alphabet, "distinct_rows", "every value must be from 0 to alphabet - 1");
  const PackedRows keys = packed(rows);
  const std::int64_t count = static_cast<std::int64_t>(rows.symbols.size()) / rows.width;
  Table table(keys);
  Symbols symbols;
  symbols.ids.resize(count);
  for (std::int64_t row = 0; row < count; ++row) symbols.ids[row] = table.id_of(row);
  symbols.count = table.count();
  return symbols;
}

}  // namespace infoplane::estimators
