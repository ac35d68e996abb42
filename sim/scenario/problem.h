// Mistakes in what the user wrote: collected, printed together, each at its place.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace moniac {

/// How long a document may be that a person writes, alone and with everything that it extends; the same for a CSV file
/// of series.
inline constexpr std::size_t max_document_bytes = std::size_t{1} << 20U;

/// A text that was read: a scenario file, a CSV file, or a --set option.
struct SourceText {
  std::string name;  ///< as printed in front of the line number: "higher.yaml", "--set us.curve.a=1"
  std::string text;
  std::size_t most_bytes = max_document_bytes;  ///< a longer text is refused
};

/// A stretch of a source text. Lines and columns (in characters) count from 1; line 0 means the whole text. The source
/// is shared: a place may outlive the reader, in a scenario as well as in an error.
struct Place {
  std::shared_ptr<const SourceText> source;
  int line = 0;
  int column = 0;
  int length = 0;

  /// "higher.yaml:7:62".
  std::string text() const;
};

/// One mistake: what was found and where, what was allowed, and what to do about it.
struct Problem {
  Place place;
  std::string message;          ///< "unknown parameter 'spede' of model short_rate"
  std::string remedy;           ///< "did you mean 'speed' (…)?"; may be empty
  std::optional<Place> second;  ///< the other place of a conflict
};

/// Collects problems; nothing runs while there are any.
class Problems {
 public:
  void add(Place place, std::string message, std::string remedy = {}, std::optional<Place> second = {});
  bool empty() const { return problems_.empty(); }
  const std::vector<Problem>& list() const { return problems_; }
  /// Throws ScenarioError if there are problems.
  void raise() const;

 private:
  std::vector<Problem> problems_;
};

/// Everything that is wrong with the input. `what()` is the complete report: every problem with its file:line:column,
/// the lines around with a caret, the remedy, and a closing count. Problems stand in the order of the text.
class ScenarioError : public std::runtime_error {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::vector<Problem> problems_;
};

/// The candidate closest to `word` by edit distance, when close enough to be a slip of the pen; else the one that is
/// named so in another scope.
std::optional<std::string> closest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean 'speed'?" or "known: a, b, c" when nothing is close.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

/// `text` in quotes as a message can show it: on one line, control characters escaped, at most 60 characters.
std::string in_quotes(std::string_view text);

}  // namespace moniac
