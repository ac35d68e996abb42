#include "sim/scenario/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace moniac {

namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool is_control(unsigned code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

unsigned code_point(std::string_view character) {
  const unsigned head = byte_at(character, 0);
  if (character.size() == 1) return head;
  unsigned code = head & (0x7fU >> character.size());
  for (std::size_t i = 1; i < character.size(); ++i) code = (code << 6) | (byte_at(character, i) & 0x3fU);
  return code;
}

}  // namespace

std::size_t character_length(std::string_view text) {
  const unsigned head = byte_at(text, 0);
  if (head < 0x80) return 1;
  const std::size_t length = head >= 0xf0 ? 4 : head >= 0xe0 ? 3 : 2;
  if (head < 0xc2 || head > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xc0U) != 0x80) return 0;
  }
  const unsigned code = code_point(text.substr(0, length));
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  return overlong || surrogate || code > 0x10ffff ? 0 : length;
}

int character_count(std::string_view text) {
  int count = 0;
  while (!text.empty()) {
    text.remove_prefix(std::max<std::size_t>(character_length(text), 1));
    ++count;
  }
  return count;
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  return text.substr(0, mark.size()) == mark ? text.substr(mark.size()) : text;
}

std::optional<std::size_t> first_unreadable(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text.substr(i));
    if (length == 0) return i;
    const unsigned code = code_point(text.substr(i, length));
    const bool line_end = code == '\n' || (code == '\r' && i + 1 < text.size() && text[i + 1] == '\n');
    if (is_control(code) && code != '\t' && !line_end) return i;
    i += length;
  }
  return {};
}

std::string printable(std::string_view character) {
  const std::size_t length = character_length(character);
  if (length == 0) return fmt::format("\\x{:02x}", byte_at(character, 0));
  const unsigned code = code_point(character.substr(0, length));
  if (code == '\t') return " ";
  // Directional marks can make a terminal show another order than the file has.
  const bool directional = (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
                           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
  if (directional || code == 0x2028 || code == 0x2029) return fmt::format("\\u{:04x}", code);
  if (is_control(code)) return fmt::format("\\x{:02x}", code);
  return std::string{character.substr(0, length)};
}

std::string printable_text(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    shown += printable(text);
    text.remove_prefix(std::max<std::size_t>(character_length(text), 1));
  }
  return shown;
}

}  // namespace moniac
