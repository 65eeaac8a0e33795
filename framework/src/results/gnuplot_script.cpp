#include <infoplane/gnuplot_script.hpp>

#include <fmt/args.h>
#include <fmt/format.h>

#include <infoplane/error.hpp>

#include "base/arguments.hpp"

namespace infoplane {
namespace {

// Only a single quote is special in single quotes. gnuplot 5.4 misreads two of them in a row in any notation, and
// executes text between backticks in double quotes; so a text with single quotes is put in double ones, with all
// special characters escaped.
std::string in_gnuplot_quotes(const std::string& text) {
  if (text.find('\'') == std::string::npos) return "'" + text + "'";
  std::string quoted = "\"";
  for (const char c : text) {
    const bool is_special = std::string("'\"`\\@$").find(c) != std::string::npos;
    quoted += is_special ? fmt::format("\\{:03o}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return quoted + "\"";
}

}  // namespace

GnuplotScript GnuplotPart::filled(const char* format, std::initializer_list<GnuplotPart> parts) {
  fmt::dynamic_format_arg_store<fmt::format_context> values;
  for (const GnuplotPart& part : parts) std::visit([&](const auto& value) { values.push_back(value); }, part.value_);
  try {
    return GnuplotScript(fmt::vformat(format, values));
  } catch (const fmt::format_error& error) {
    refuse_argument("gnuplot", fmt::format("{} in {}", error.what(), in_quotes(format)));
  }
}

GnuplotScript gnuplot_quoted(const std::string& text) { return GnuplotScript(in_gnuplot_quotes(printable(text))); }

GnuplotScript gnuplot_text(const std::string& text) { return gnuplot_quoted(text) + " noenhanced"; }

GnuplotScript gnuplot_escaped(const std::string& text) {
  std::string escaped;
  for (const char c : printable(text)) {
    if (std::string("{}^_@&~\\").find(c) != std::string::npos) escaped += '\\';
    escaped += c;
  }
  return gnuplot_quoted(escaped);
}

}  // namespace infoplane
