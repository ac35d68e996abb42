#include "sim/scenario/locator.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/utf8.h"

namespace moniac {

Place Locator::place(std::size_t offset, int length) {
  offset = std::min(offset, text_.size());
  if (offset < offset_) {
    offset_ = 0;
    line_ = 1;
    column_ = 1;
  }
  while (offset_ < offset) {
    const bool line_end = text_[offset_] == '\n';
    offset_ += std::max<std::size_t>(character_length(text_.substr(offset_)), 1);
    column_ = line_end ? 1 : column_ + 1;
    if (line_end) ++line_;
  }
  return {source_, line_, column_, length};
}

std::string_view Locator::rest_of_line(std::size_t offset) const {
  constexpr std::size_t most = 1000;
  std::string_view line = text_.substr(std::min(offset, text_.size()), most);
  line = line.substr(0, line.find('\n'));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);  // elsewhere there is none, see check_bytes
  return line;
}

std::size_t quoted_length(std::string_view line) {
  const char quote = line[0];
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (quote == '"' && line[i] == '\\') {
      ++i;
    } else if (line[i] == quote) {
      return i + 1;
    }
  }
  return line.size();
}

std::optional<std::size_t> tab_in_indentation(std::string_view text, std::size_t end) {
  for (std::size_t start = 0; start < text.size() && start <= end;) {
    const std::size_t line_end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, line_end - start);
    const std::size_t word = line.find_first_not_of(" \t\r");
    const std::size_t tab = line.find('\t');
    if (word != std::string_view::npos && line[word] != '#' && tab < word) return start + tab;
    start = line_end + 1;
  }
  return {};
}

bool check_bytes(const std::shared_ptr<const SourceText>& source, std::string_view text, Problems& problems) {
  if (text.size() > source->most_bytes) {
    problems.add(
        {source, 0, 0, 0},
        fmt::format("{} bytes are more than a scenario may have ({} MiB)", text.size(), source->most_bytes >> 20U),
        "put long series into a CSV file: {csv: file, column: name}");
    return false;
  }
  const std::optional<std::size_t> bad = first_unreadable(text);
  if (!bad) return true;
  Locator locator{source, text};
  const Place place = locator.place(*bad);
  if (text[*bad] == '\0') {
    problems.add(place, "a NUL byte", "save the file as UTF-8 text");
  } else if (character_length(text.substr(*bad)) == 0) {
    problems.add(place, "a byte that is not UTF-8", "save the file as UTF-8 text");
  } else {
    problems.add(place, fmt::format("a control character ({})", printable(text.substr(*bad))), "remove it");
  }
  return false;
}

}  // namespace moniac
