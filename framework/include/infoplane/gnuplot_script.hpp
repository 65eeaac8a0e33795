#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

/// A gnuplot script can execute commands: system('...'), `...` in double quotes, @macros. So a script is a type of its
/// own, made only of string literals, numbers, and text in gnuplot's quotes. A std::string, which may come from a file,
/// a config or a name, does not convert to it:
///
///   GnuplotScript script = "set xlabel 'epoch'\n";
///   script += gnuplot("set title {} font ',7'\nset yrange [{:.6g}:{:.6g}]\n", gnuplot_text(layer), low, high);
namespace infoplane {

class GnuplotScript {
 public:
  GnuplotScript() = default;
  template <std::size_t N>
  GnuplotScript(const char (&literal)[N]) : text_(literal) {}
  template <std::size_t N>
  GnuplotScript(char (&buffer)[N]) = delete;

  GnuplotScript& operator+=(const GnuplotScript& more) {
    text_ += more.text_;
    return *this;
  }
  friend GnuplotScript operator+(GnuplotScript first, const GnuplotScript& second) { return first += second; }

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  explicit GnuplotScript(std::string text) : text_(std::move(text)) {}
  friend class GnuplotPart;
  friend GnuplotScript gnuplot_quoted(const std::string& text);

  std::string text_;
};

/// An argument of gnuplot(): a number or a piece of script.
class GnuplotPart {
 public:
  GnuplotPart(const GnuplotScript& script) : value_(script.text()) {}
  template <class Number, std::enable_if_t<std::is_floating_point_v<Number>, int> = 0>
  GnuplotPart(Number number) : value_(static_cast<double>(number)) {}
  template <class Number,
            std::enable_if_t<std::is_integral_v<Number> && sizeof(Number) != 1, int> = 0>  // no bool, no char
  GnuplotPart(Number number) : value_(static_cast<long long>(number)) {}

 private:
  template <std::size_t N, class... Parts>
  friend auto gnuplot(const char (&format)[N], Parts&&... parts)
      -> std::enable_if_t<(std::is_constructible_v<GnuplotPart, Parts&&> && ...), GnuplotScript>;
  static GnuplotScript filled(const char* format, std::initializer_list<GnuplotPart> parts);

  std::variant<double, long long, std::string> value_;
};

/// The literal with its replacement fields filled as by fmt::format: "{}", "{0:.6g}", "{{" for a brace. Throws
/// std::invalid_argument for a literal that fmt rejects, such as one with more fields than parts.
template <std::size_t N, class... Parts>
auto gnuplot(const char (&format)[N], Parts&&... parts)
    -> std::enable_if_t<(std::is_constructible_v<GnuplotPart, Parts&&> && ...), GnuplotScript> {
  return GnuplotPart::filled(format, {GnuplotPart(std::forward<Parts>(parts))...});
}

/// `'TEXT'`: printable(text) as a gnuplot string; one with single quotes as `"it\047s"`.
GnuplotScript gnuplot_quoted(const std::string& text);

/// `'TEXT' noenhanced`: a title, label or key entry that shows the text literally.
GnuplotScript gnuplot_text(const std::string& text);

/// `'TEXT'` that shows the text literally in enhanced mode, for places without `noenhanced`: tics, or part of an
/// enhanced text.
GnuplotScript gnuplot_escaped(const std::string& text);

}  // namespace infoplane
