#include "sim/scenario/syntax_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

// A message of yaml-cpp in plain words.
struct Explanation {
  std::string_view yaml;
  std::string_view message;
  std::string_view remedy;
};
constexpr Explanation explanations[] = {
    {"illegal map value", "a ':' is not expected here",
     "put a text that contains ': ' in quotes; keys of one mapping start in the same column"},
    {"illegal flow end", "this bracket closes nothing", "remove it, or open it before"},
    {"illegal block entry", "a list item is not expected here", "put each '- item' on a line of its own"},
    {"illegal map key", "a key is not expected here", "write 'key: value' on a line of its own"},
    {"end of map not found", "this text is not expected here",
     "put a text with quotes or ' #' inside in quotes as a whole; keys of one mapping start in the same column"},
    {"end of sequence not found", "this text is not expected here", "items of one list start in the same column"},
    {"the referenced anchor is not defined", "aliases (*name) are not supported", "write the value out"},
    {"alias not found after *", "a value cannot start with '*'", "put it in quotes"},
    {"anchor not found after &", "a value cannot start with '&'", "put it in quotes"},
    {"illegal character found while scanning alias", "aliases (*name) are not supported", "write the value out"},
    {"illegal character found while scanning anchor", "anchors (&name) are not supported", "write the value out"},
    {"tag handle with no suffix", "tags (!name) are not supported", "remove the tag"},
    {"bad character found while scanning hex number", "this escape is not complete",
     "write \\\\ for a backslash, or use single quotes"},
};

class SyntaxReport {
 public:
  SyntaxReport(const ReadSoFar& read, Locator& locator, Problems& problems)
      : read_(read), locator_(locator), problems_(problems) {}

  void add(std::string_view what, std::size_t offset) {
    if (what == "illegal EOF in scalar" || what == "illegal document indicator in scalar") return unclosed_quote();
    if (const auto tab = tab_in_indentation(locator_.text(), offset)) {
      problems_.add(locator_.place(*tab), "a tab indents this line", "indent with spaces");
    } else if (what == "end of sequence flow not found" || what == "end of map flow not found") {
      unclosed_bracket(offset);
    } else if (what == "illegal flow end" && read_.open_flow) {
      problems_.add(locator_.place(offset), "this bracket does not close the one that is open",
                    "close [ with ] and { with }", read_.open_flow);
    } else if (what == "unknown token") {
      const std::string_view line = locator_.rest_of_line(offset);
      problems_.add(locator_.place(offset), fmt::format("a value cannot start with {}", in_quotes(line.substr(0, 1))),
                    "put it in quotes");
    } else if (const auto line = what == "illegal map value" ? line_without_colon(offset) : std::nullopt) {
      problems_.add(*line, "a ':' is missing in this line", "write 'key: value', or 'key:' above what belongs to it");
    } else if (what.substr(0, 24) == "unknown escape character") {
      problems_.add(locator_.place(offset), "this escape is unknown",
                    "write \\\\ for a backslash, or use single quotes");
    } else {
      explain(offset, what);
    }
  }

 private:
  void unclosed_quote() {
    const std::size_t quote = locator_.text().find_first_of("\"'", read_.end);
    problems_.add(locator_.place(quote), "this quote is not closed", "close it on the same line");
  }

  void unclosed_bracket(std::size_t offset) {
    const std::string_view text = locator_.text();
    const bool label = offset > 0 && offset < text.size() && text[offset] == '[' &&
                       std::string_view{" ,[{"}.find(text[offset - 1]) == std::string_view::npos;
    if (label) {
      const std::size_t start = text.find_last_of(" ,[{\n", offset - 1) + 1;
      const std::size_t end = std::min(text.find(']', offset), text.size() - 1) + 1;
      const std::string_view name = text.substr(start, end - start);
      problems_.add(locator_.place(start, character_count(name)), "a name with a label needs quotes here",
                    fmt::format("write \"{}\"", name.substr(0, name.find('\n'))));
      return;
    }
    const Place noticed = locator_.place(offset);
    problems_.add(read_.open_flow.value_or(noticed), "this bracket is not closed",
                  "close it, and put a comma between two entries", noticed);
  }

  // The line above the one at `offset`, when it is text alone: YAML takes it for the beginning of the key.
  std::optional<Place> line_without_colon(std::size_t offset) {
    const std::size_t end = locator_.text().find_last_of('\n', offset);
    if (end == std::string_view::npos || end == 0) return {};
    const std::size_t begin = locator_.text().find_last_of('\n', end - 1) + 1;
    const std::string_view line = locator_.text().substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string_view::npos || line.find_first_of(":-#[]{},\"'") != std::string_view::npos) return {};
    return locator_.place(begin + first, character_count(line.substr(first)));
  }

  void explain(std::size_t offset, std::string_view what) {
    const auto known = std::find_if(std::begin(explanations), std::end(explanations),
                                    [&](const Explanation& explanation) { return explanation.yaml == what; });
    if (known != std::end(explanations)) {
      problems_.add(locator_.place(offset), std::string{known->message}, std::string{known->remedy});
    } else {
      problems_.add(locator_.place(offset), fmt::format("this is not valid YAML: {}", what));
    }
  }

  const ReadSoFar& read_;
  Locator& locator_;
  Problems& problems_;
};

}  // namespace

void report_syntax(std::string_view message, std::size_t offset, const ReadSoFar& read, Locator& locator,
                   Problems& problems) {
  SyntaxReport{read, locator, problems}.add(message, offset);
}

}  // namespace moniac
