#include "sim/scenario/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

constexpr std::size_t most_shown = 50;    // problems; more are counted only
constexpr std::size_t window = 100;       // columns of an excerpt
constexpr std::size_t window_ahead = 40;  // of which stand left of the caret in a long line

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

// A stretch of a line as printed: one cell per character of the source.
struct Cells {
  std::vector<std::string> cells;
  bool cut = false;  // the line goes on

  int width(std::size_t from, std::size_t to) const {
    int sum = 0;
    for (std::size_t i = from; i < std::min(to, cells.size()); ++i) sum += character_count(cells[i]);
    return sum;
  }
  std::string text() const { return std::accumulate(cells.begin(), cells.end(), std::string{}) + (cut ? "…" : ""); }
};

// `count` characters from the first-th on.
Cells cells_of(std::string_view line, std::size_t first, std::size_t count) {
  Cells found;
  for (std::size_t i = 0; !line.empty(); ++i) {
    if (i == first + count) {
      found.cut = true;
      break;
    }
    if (i >= first) found.cells.push_back(printable(line));
    line.remove_prefix(std::max<std::size_t>(character_length(line), 1));
  }
  return found;
}

// The line of a place with its caret, cut to a window around the caret when it is long.
struct Marked {
  std::string line;
  std::string caret;
};
Marked marked(std::string_view line, const Place& place) {
  const auto length = static_cast<std::size_t>(character_count(line));
  const std::size_t at = std::min(static_cast<std::size_t>(std::max(place.column, 1)) - 1, length);
  const std::size_t first = length > window && at > window_ahead ? std::min(at - window_ahead, length - window) : 0;
  const Cells cells = cells_of(line, first, window);
  const auto stretch = static_cast<std::size_t>(std::max(place.length, 1));
  const int lead = (first > 0 ? 1 : 0) + cells.width(0, at - first);
  const int carets = std::max(cells.width(at - first, at - first + stretch), 1);
  return {(first > 0 ? "…" : "") + cells.text(),
          std::string(static_cast<std::size_t>(lead), ' ') + std::string(static_cast<std::size_t>(carets), '^')};
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

// The line of a place, with its neighbours where asked; those that are blank say nothing and are left out.
std::string excerpt(const Place& place, bool neighbours) {
  if (!place.source || place.line < 1) return {};
  const std::vector<std::string_view> lines = lines_of(without_byte_order_mark(place.source->text));
  const std::size_t at = static_cast<std::size_t>(place.line) - 1;
  if (at >= lines.size()) return {};
  const std::size_t digits = fmt::formatted_size("{}", place.line + 1);
  std::string text;
  const auto neighbour = [&](std::size_t i) {
    if (neighbours && !is_blank(lines[i]))
      text += fmt::format("   {:{}} | {}\n", i + 1, digits, cells_of(lines[i], 0, window).text());
  };
  if (at > 0) neighbour(at - 1);
  const Marked here = marked(lines[at], place);
  text += fmt::format(" > {:{}} | {}\n", at + 1, digits, here.line);
  text += fmt::format("   {:{}} | {}\n", "", digits, here.caret);
  if (at + 1 < lines.size()) neighbour(at + 1);
  return text;
}

std::string report(const Problem& problem) {
  std::string text = fmt::format("{}: error: {}\n", problem.place.text(), problem.message);
  text += excerpt(problem.place, true);
  if (problem.second) {
    text += fmt::format("   the other place: {}\n", problem.second->text());
    text += excerpt(*problem.second, false);
  }
  if (!problem.remedy.empty()) text += fmt::format("   {}\n", problem.remedy);
  return text;
}

std::string closing(const std::vector<Problem>& problems) {
  std::vector<std::string> names;
  for (const Problem& problem : problems) {
    const std::string name = problem.place.source ? problem.place.source->name : "the scenario";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return fmt::format("{} problem{} in {}; nothing was run.", problems.size(), problems.size() == 1 ? "" : "s",
                     fmt::join(names, ", "));
}

std::string full_report(const std::vector<Problem>& problems) {
  std::string text;
  const std::size_t shown = std::min(problems.size(), most_shown);
  for (std::size_t i = 0; i < shown; ++i) text += report(problems[i]);
  if (shown < problems.size()) text += fmt::format("… and {} more\n", problems.size() - shown);
  return text + closing(problems);
}

bool same_place(const Place& a, const Place& b) {
  return a.source == b.source && a.line == b.line && a.column == b.column;
}

// Sources in the order of their first problem, each from top to bottom; what was found twice is told once.
std::vector<Problem> in_text_order(std::vector<Problem> problems) {
  std::vector<const SourceText*> sources;
  const auto rank = [&](const Problem& p) {
    const auto found = std::find(sources.begin(), sources.end(), p.place.source.get());
    return found - sources.begin();
  };
  for (const Problem& problem : problems) {
    if (rank(problem) == static_cast<std::ptrdiff_t>(sources.size())) sources.push_back(problem.place.source.get());
  }
  std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
    return std::tuple{rank(a), a.place.line, a.place.column} < std::tuple{rank(b), b.place.line, b.place.column};
  });
  const auto repeated = [](const Problem& a, const Problem& b) {
    return same_place(a.place, b.place) && a.message == b.message;
  };
  problems.erase(std::unique(problems.begin(), problems.end(), repeated), problems.end());
  return problems;
}

constexpr std::size_t longest_word = 80;  // a longer one is no slip of the pen

// Edit distance of words of at most longest_word bytes, in which exchanging two neighbours counts one, as in 'rtae'.
// `enough` when it is not less than that.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t enough) {
  // rows[i % 3][j]: cost of turning the first i bytes of a into the first j of b
  std::array<std::array<std::size_t, longest_word + 1>, 3> rows;
  for (std::size_t i = 0; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& before = rows[(i + 1) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = row[j - 1] + 1;
      if (i > 0) row[j] = std::min({row[j], above[j] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least >= enough)
      return enough;  // no later row has less: an exchange costs one more than the row before the last
  }
  return rows[a.size() % 3][b.size()];
}

// A sentence as it is printed: on one line and of some length, whatever the names in it are.
std::string sentence(std::string text) {
  constexpr std::size_t most = 2000;
  if (text.size() > most) {
    std::size_t end = most;
    while (end > 0 && character_length(std::string_view{text}.substr(end)) == 0) --end;
    text.resize(end);
    text += "…";
  }
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  return plain ? text : printable_text(text);
}

}  // namespace

std::string Place::text() const {
  const std::string name = source ? source->name : "the scenario";
  return line < 1 ? name : fmt::format("{}:{}:{}", name, line, column);
}

void Problems::add(Place place, std::string message, std::string remedy, std::optional<Place> second) {
  problems_.push_back({std::move(place), sentence(std::move(message)), sentence(std::move(remedy)), std::move(second)});
}

void Problems::raise() const {
  if (!empty()) throw ScenarioError(problems_);
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : std::runtime_error(full_report(in_text_order(problems))), problems_(in_text_order(std::move(problems))) {}

namespace {

// us.policy_rate -> policy_rate
std::string_view without_scope(std::string_view name) {
  return name.substr(name.find('.') + 1);
}

std::string_view as_it_is(std::string_view name) {
  return name;
}

// The candidate of which what `part` takes of it is closest to `word`.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates,
                                   std::string_view (*part)(std::string_view)) {
  if (word.empty() || word.size() > longest_word) return {};
  const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
  std::optional<std::string> best;
  std::size_t least = allowed + 1;
  for (const std::string& candidate : candidates) {
    const std::string_view compared = part(candidate);
    const auto [shorter, longer] = std::minmax({word.size(), compared.size()});
    if (longer > longest_word || longer - shorter >= least) continue;  // that many letters are missing
    const std::size_t distance = edit_distance(word, compared, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace

std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates) {
  if (auto near = nearest(word, candidates, as_it_is)) return near;
  const bool has_scope = word.find('.') != std::string_view::npos;
  return has_scope ? nearest(without_scope(word), candidates, without_scope) : std::nullopt;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  if (const auto near = closest(word, candidates)) return fmt::format("did you mean '{}'?", *near);
  constexpr std::size_t shown = 30;
  if (candidates.empty()) return {};
  const std::size_t count = std::min(candidates.size(), shown);
  const auto last = candidates.begin() + static_cast<std::ptrdiff_t>(count);
  return fmt::format("known: {}{}", fmt::join(candidates.begin(), last, ", "), count < candidates.size() ? ", …" : "");
}

std::string in_quotes(std::string_view text) {
  constexpr int longest = 60;
  std::string shown;
  int count = 0;
  while (!text.empty() && count < longest) {
    shown += printable(text);
    text.remove_prefix(std::max<std::size_t>(character_length(text), 1));
    ++count;
  }
  return "'" + shown + (text.empty() ? "" : "…") + "'";
}

}  // namespace moniac
