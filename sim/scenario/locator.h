// Places in the bytes of a document, found without a parser.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "sim/scenario/problem.h"

namespace moniac {

/// Turns byte offsets into places. Offsets mostly grow, so counting goes on from the last one.
class Locator {
 public:
  /// `text` is the source's text, without a byte order mark.
  Locator(std::shared_ptr<const SourceText> source, std::string_view text) : source_(std::move(source)), text_(text) {}

  Place place(std::size_t offset, int length = 1);

  std::string_view text() const { return text_; }

  /// Text from `offset` to the end of its line, or as much of it as a report may show.
  std::string_view rest_of_line(std::size_t offset) const;

 private:
  std::shared_ptr<const SourceText> source_;
  std::string_view text_;
  std::size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
};

/// Bytes of a quoted scalar with its quotes, as far as it goes on its first line.
std::size_t quoted_length(std::string_view line);

/// Offset of the first tab that indents a line, up to the line of `end`.
std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t end);

/// Size and encoding: what can be said before reading. False, with a problem, when reading makes no sense.
bool check_bytes(const std::shared_ptr<const SourceText>& source, std::string_view text, Problems& problems);

}  // namespace moniac
