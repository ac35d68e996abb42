#include "sim/scenario/problem.h"

#include <fmt/format.h>

#include <algorithm>
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

// Edit distance in which exchanging two neighbours counts one, as in 'rtae'.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string Place::text() const {
  const std::string name = source ? source->name : "the scenario";
  return line < 1 ? name : fmt::format("{}:{}:{}", name, line, column);
}

void Problems::add(Place place, std::string message, std::string remedy, std::optional<Place> second) {
  problems_.push_back({std::move(place), std::move(message), std::move(remedy), std::move(second)});
}

void Problems::raise() const {
  if (!empty()) throw ScenarioError(problems_);
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : std::runtime_error(full_report(in_text_order(problems))), problems_(in_text_order(std::move(problems))) {}

std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 80;  // a longer word is no slip of the pen, and distances cost length squared
  if (word.empty() || word.size() > longest) return {};
  const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
  std::optional<std::string> best;
  std::size_t least = allowed + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
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
