// Characters of a UTF-8 text, and what a terminal may see of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace moniac {

/// Bytes of the character at the head of `text`: 1 to 4, or 0 when it is not valid UTF-8.
std::size_t character_length(std::string_view text);

/// Number of characters; an invalid byte counts as one.
int character_count(std::string_view text);

/// The text behind the mark that some editors put first; it does not count as a character.
std::string_view without_byte_order_mark(std::string_view text);

/// Offset of the first byte that is not UTF-8, or that is a control character other than tab and line end.
std::optional<std::size_t> first_unreadable(std::string_view text);

/// One character as it is printed: controls and invalid bytes as "\x1b", a tab as a blank, the rest unchanged.
std::string printable(std::string_view character);

/// All of a text as it is printed, on one line.
std::string printable_text(std::string_view text);

}  // namespace moniac
