#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace infoplane {

/// A failure in the user's terms, on one line: where, what, the value, what would be right.
/// An Error that is not a UsageError means that a run failed (exit code 1). A wrong argument of a C++ function is a
/// std::invalid_argument instead, "FUNCTION: ARGUMENT must be ..., got ...".
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The request itself cannot be carried out: bad arguments, config or files (exit code 2).
class UsageError : public Error {
 public:
  using Error::Error;
};

/// The text on one line, safe for a terminal, page, picture or table. Invisible characters, and those that change the
/// text around them, are written as \xNN (ASCII), \uNNNN or \UNNNNNNNN: control characters (C0, C1, delete), line and
/// paragraph separators (U+2028, U+2029), Unicode's default ignorable code points (byte order mark U+FEFF, soft hyphen,
/// bidirectional controls, zero-width characters, variation selectors, tags), and those not allowed in XML (U+FFFE,
/// U+FFFF). Bytes that are not UTF-8 are written as \xNN.
std::string printable(const std::string& text);

/// The text for an error: printable, in single quotes, truncated with "..." after 60 bytes.
std::string in_quotes(const std::string& text);

/// The known name that `name` probably stands for, "" if there is none: the first with the smallest edit distance
/// (insert, delete, replace; case-insensitive), at most 2 or a third of its length, and below its length.
std::string nearest(const std::string& name, const std::vector<std::string>& known);

/// The end of an error about an unknown `name`: ", did you mean 'x'?" with the nearest known name if there is one,
/// else "; known: a, b, c" in the given order.
std::string suggestion(const std::string& name, const std::vector<std::string>& known);

}  // namespace infoplane
