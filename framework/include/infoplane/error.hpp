#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace infoplane {

/// What went wrong in the user's terms, on one line: where, what, the value, what would be right.
/// An Error that is not a UsageError means that a run failed (exit code 1). Bugs of our own are asserts.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The request itself cannot be carried out: bad arguments, config or files (exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// The text on one line, as a terminal, a page, a picture or a table can be given it. What would not be seen, or would
/// change what stands around it, is told as \xNN, byte by byte: control characters (C0, C1, delete), ends of lines and
/// paragraphs (U+2028, U+2029), controls of the direction of writing (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066
/// to U+2069), what XML lacks (U+FFFE, U+FFFF), and bytes that are no UTF-8.
std::string printable(const std::string& text);

/// The text as an error shows it: printable, in single quotes, cut with "..." after 60 bytes.
std::string in_quotes(const std::string& text);

/// The known name that `name` was probably meant to be, "" where there is none: the first with the least edit distance
/// (insert, delete, replace; without regard to case), at most 2 or a third of its length, and below its length.
std::string nearest(const std::string& name, const std::vector<std::string>& known);

/// The tail of an error about an unknown `name`: ", did you mean 'x'?" with the nearest known name where there is one,
/// else "; known: a, b, c" in the order given.
std::string suggestion(const std::string& name, const std::vector<std::string>& known);

}  // namespace infoplane
