#include <algorithm>

#include <fmt/format.h>

#include <infoplane/fields.hpp>

#include "base/arguments.hpp"

namespace infoplane {
namespace {

// Not the locale's: a name must mean the same file everywhere.
bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool can_name_file(const std::string& text) {
  const auto fits = [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.'; };
  return !text.empty() && text.size() <= 64 && is_letter_or_digit(text[0]) &&
         std::all_of(text.begin(), text.end(), fits);
}

// Throws unless some value is in the range.
void require_range(bool holds, const char* function, double low, double high, const char* relation) {
  if (holds) return;
  refuse_argument(function, fmt::format("low must be {} high, got {} and {}", relation, low, high));
}

template <class T>
Node number(T value) {
  return Node::of_scalar(fmt::to_string(value));
}

}  // namespace

Check<double> positive() {
  return {"positive", [](double x) { return x > 0; }, keywords({{"exclusiveMinimum", number(0)}})};
}

Check<double> between(double low, double high) {
  require_range(low <= high, "between", low, high, "at most");
  return {fmt::format("from {} to {}", low, high), [=](double x) { return low <= x && x <= high; },
          keywords({{"minimum", number(low)}, {"maximum", number(high)}})};
}

Check<double> above_below(double low, double high) {
  require_range(low < high, "above_below", low, high, "below");
  return {fmt::format("above {} and below {}", low, high), [=](double x) { return low < x && x < high; },
          keywords({{"exclusiveMinimum", number(low)}, {"exclusiveMaximum", number(high)}})};
}

Check<double> above_at_most(double low, double high) {
  require_range(low < high, "above_at_most", low, high, "below");
  return {fmt::format("above {} and at most {}", low, high), [=](double x) { return low < x && x <= high; },
          keywords({{"exclusiveMinimum", number(low)}, {"maximum", number(high)}})};
}

Check<std::int64_t> at_least(std::int64_t low) {
  return {fmt::format("at least {}", low), [=](std::int64_t x) { return x >= low; },
          keywords({{"minimum", number(low)}})};
}

Check<std::int64_t> whole_between(std::int64_t low, std::int64_t high) {
  if (low > high) refuse_argument("whole_between", fmt::format("low must be at most high, got {} and {}", low, high));
  return {fmt::format("from {} to {}", low, high), [=](std::int64_t x) { return low <= x && x <= high; },
          keywords({{"minimum", number(low)}, {"maximum", number(high)}})};
}

Check<std::string> file_name() {
  return {"1 to 64 letters, digits, '_', '-' and '.', starting with a letter or digit", can_name_file,
          keywords({{"pattern", Node::of_scalar("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", true)}})};
}

}  // namespace infoplane
