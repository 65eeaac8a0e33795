#include "reproduce/pages.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <infoplane/claim.hpp>

#include "base/whole_file.hpp"
#include "text/claim_text.hpp"
#include "text/html.hpp"
#include "text/markdown.hpp"

namespace infoplane::experiments {
namespace {

constexpr const char* kStyle =
    "body{font:16px/1.5 sans-serif;max-width:75em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}"
    "figure{display:inline-block;margin:.5em 1em .5em 0;vertical-align:top}figure img{width:22em}"
    "figcaption{font-size:.9em}.no{color:#a33}";

// A format of the pages. All text is escaped here.
class Page {
 public:
  virtual ~Page() = default;
  virtual void heading(int level, const std::string& text) = 0;
  virtual void paragraph(const std::string& text) = 0;
  virtual void table(const std::vector<std::vector<std::string>>& rows) = 0;  // the first is the header
  virtual void pictures(const std::vector<Picture>& pictures) = 0;
  virtual std::string text() const = 0;
};

std::string caption(const Picture& picture) {
  return picture.reproduces.empty() ? picture.name : picture.reproduces + ": " + picture.name;
}

class Markdown : public Page {
 public:
  void heading(int level, const std::string& text) override {
    text_ += fmt::format("{} {}\n\n", std::string(level, '#'), escape_markdown(text));
  }
  void paragraph(const std::string& text) override { text_ += escape_markdown(text) + "\n\n"; }
  void table(const std::vector<std::vector<std::string>>& rows) override { text_ += markdown_table(rows) + "\n"; }
  void pictures(const std::vector<Picture>& pictures) override {
    for (const Picture& picture : pictures) {
      const std::string name = escape_markdown(caption(picture));
      text_ += fmt::format("{}\n\n![{}]({})\n\n", name, name, picture.file);
    }
  }
  std::string text() const override { return text_; }

 private:
  std::string text_;
};

class Html : public Page {
 public:
  void heading(int level, const std::string& text) override {
    text_ += fmt::format("<h{0}>{1}</h{0}>\n", level, html_text(text));
  }
  void paragraph(const std::string& text) override { text_ += fmt::format("<p>{}</p>\n", html_text(text)); }
  void table(const std::vector<std::vector<std::string>>& rows) override {
    text_ += "<table>\n";
    for (std::size_t r = 0; r < rows.size(); ++r) {
      text_ += "<tr>";
      for (const std::string& cell : rows[r])
        text_ += fmt::format("<{0}>{1}</{0}>", r == 0 ? "th" : "td", html_text(cell));
      text_ += "</tr>\n";
    }
    text_ += "</table>\n";
  }
  void pictures(const std::vector<Picture>& pictures) override {
    for (const Picture& picture : pictures) {
      text_ += fmt::format("<figure><img src=\"{0}\" alt=\"{1}\"><figcaption>{1}</figcaption></figure>\n",
                           html_text(picture.file), html_text(caption(picture)));
    }
  }
  std::string text() const override {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta "
        "charset=\"utf-8\"><title>Reproduction</title><style>{}</style></head>"
        "<body>\n{}</body></html>\n",
        kStyle, text_);
  }

 private:
  std::string text_;
};

std::string verdict_on(const std::string& experiment, const std::string& name, const Pages& pages) {
  for (const Section& section : pages.sections) {
    if (section.experiment != experiment) continue;
    for (const ClaimRecord& claim : section.claims) {
      if (claim.name == name) return verdict_name(claim.verdict);
    }
  }
  return "not run";
}

// "fine_falls_less (holds); iris_tanh/fitting (undecided)".
std::string evidence_of(const ClaimRecord& claim, const Section& section, const Pages& pages) {
  std::vector<std::string> shown;
  for (const std::string& name : claim.evidence) {
    const std::size_t slash = name.find('/');
    const bool is_own = slash == std::string::npos;
    const std::string verdict =
        verdict_on(is_own ? section.experiment : name.substr(0, slash), is_own ? name : name.substr(slash + 1), pages);
    shown.push_back(fmt::format("{} ({})", name, verdict));
  }
  return fmt::format("{}", fmt::join(shown, "; "));
}

struct Counts {
  std::map<Verdict, std::int64_t> of;
  void add(const ClaimRecord& claim) { ++of[claim.verdict]; }
  std::vector<std::string> row(const std::string& name) const {
    const auto count = [&](Verdict verdict) { return of.count(verdict) > 0 ? of.at(verdict) : 0; };
    const std::int64_t hold = count(Verdict::holds), fail = count(Verdict::does_not_hold),
                       undecided = count(Verdict::undecided);
    return {name, std::to_string(hold + fail + undecided), std::to_string(hold), std::to_string(fail),
            std::to_string(undecided)};
  }
};

void write_counts(const Pages& pages, Page& page) {
  std::vector<std::string> studies;
  std::map<std::string, Counts> claims;
  Counts checks;
  for (const Section& section : pages.sections) {
    if (studies.empty() || studies.back() != section.study) studies.push_back(section.study);
    for (const ClaimRecord& claim : section.claims) (claim.says.empty() ? checks : claims[section.study]).add(claim);
  }
  std::vector<std::vector<std::string>> rows{{"study", "claims", "hold", "do not hold", "undecided"}};
  for (const std::string& study : studies) rows.push_back(claims[study].row(study));
  if (!checks.of.empty()) rows.push_back(checks.row("checks that serve as evidence"));
  page.table(rows);
}

void write_claims(const Pages& pages, Page& page) {
  // The reasons refer to full runs.
  std::vector<std::string> head{"config/claim", "the source says", "verdict", "replicas"};
  if (!pages.quick) head.insert(head.end(), {"why", "evidence"});
  std::vector<std::vector<std::string>> claims{head};
  for (const Section& section : pages.sections) {
    for (const ClaimRecord& claim : section.claims) {
      if (claim.says.empty()) continue;
      std::vector<std::string> row{section.experiment + "/" + claim.name, claim.says, verdict_name(claim.verdict),
                                   share_text(claim)};
      if (!pages.quick) row.insert(row.end(), {reason_text(claim), evidence_of(claim, section, pages)});
      claims.push_back(row);
    }
  }
  if (claims.size() == 1) return;
  page.heading(2, "Claims");
  write_counts(pages, page);
  page.table(claims);
}

void write_figures(const Pages& pages, Page& page) {
  std::vector<std::vector<std::string>> figures{{"figure", "drawn by", "as"}};
  for (const Section& section : pages.sections) {
    for (const Picture& picture : section.pictures) {
      if (!picture.reproduces.empty()) figures.push_back({picture.reproduces, section.config, picture.name});
    }
  }
  std::sort(figures.begin() + 1, figures.end());
  if (figures.size() == 1) return;
  page.heading(2, "Figures");
  page.table(figures);
}

void write_section(const Section& section, Page& page) {
  page.heading(3, section.experiment);
  page.paragraph(section.comment);
  page.paragraph(fmt::format("{}: {}.", section.config, section.scale));
  if (section.truth) {
    const Truth& t = *section.truth;
    page.paragraph(fmt::format("What the data allow: I(X;Y) = {:.3f} +- {:.3f} bits, best accuracy {:.4f} +- {:.4f}.",
                               t.i_xy_bits, t.i_xy_error_bits, t.best_accuracy, t.best_accuracy_error));
  }
  if (!section.claims.empty()) {
    std::vector<std::vector<std::string>> rows{
        {"claim", "the source says", "measured", "found", "replicas", "verdict", "why"}};
    for (const ClaimRecord& claim : section.claims) {
      rows.push_back({claim.name, claim.says, claim.measured, found_text(claim), share_text(claim),
                      verdict_name(claim.verdict), reason_text(claim)});
    }
    page.table(rows);
  }
  page.pictures(section.pictures);
}

std::string written(const Pages& pages, Page&& page) {
  page.heading(1, "Reproduction");
  page.paragraph(pages.quick
                     ? "Written by infoplane reproduce --quick: shorter training and fewer replicas than in "
                       "the sources, so few claims are decided."
                     : "Written by infoplane reproduce: every config in full. Values are means and standard "
                       "deviations over the replicas, with 95 % intervals of the mean. \"47 of 50, 83 to 99 %\" "
                       "counts the replicas in which a claim holds, with the 95 % interval of its share; where "
                       "the source shows a single run, that is the share of runs that look like it. A claim "
                       "holds if more than half of the replicas must show it and the mean does, does not hold "
                       "if both show the opposite, and is undecided otherwise. One replica decides nothing.");
  write_claims(pages, page);
  write_figures(pages, page);
  std::string study;
  for (const Section& section : pages.sections) {
    if (section.study != study) page.heading(2, section.study);
    study = section.study;
    write_section(section, page);
  }
  return page.text();
}

}  // namespace

void write_pages(const Pages& pages, const std::filesystem::path& folder) {
  write_whole_file(folder / "reproduction.md", written(pages, Markdown()));
  write_whole_file(folder / "reproduction.html", written(pages, Html()));
}

}  // namespace infoplane::experiments
