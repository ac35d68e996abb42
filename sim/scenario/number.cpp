#include "sim/scenario/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/model/calendar.h"
#include "sim/model/variables.h"

namespace moniac {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t digits_at(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - from;
}

// Length of the number at the head of `text`: [+-] digits [. digits] [e [+-] digits]; 0 when there is none.
std::size_t number_length(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  at += whole;
  std::size_t decimals = 0;
  if (at < text.size() && text[at] == '.') {
    decimals = digits_at(text, at + 1);
    at += 1 + decimals;
  }
  if (whole + decimals == 0) return 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 1 : 0;
    if (const std::size_t exponent = digits_at(text, at + 1 + sign)) at += 1 + sign + exponent;
  }
  return at;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

std::string lowercase(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Why a text is no number, and what to write.
struct Complaint {
  std::string message;
  std::string remedy;
};

constexpr auto number_remedy = "write a number, with its unit where it has one: 25 bp, 5 %/year, 1.2 tn USD, 6 months";

Complaint no_number(std::string_view text) {
  std::string word = lowercase(text);
  if (!word.empty() && (word[0] == '-' || word[0] == '+')) word.erase(0, 1);
  if (!word.empty() && word[0] == '.') word.erase(0, 1);
  if (word == "nan" || word == "inf" || word == "infinity") return {"is not a finite number", "write a number"};
  if (text.substr(0, 3) == "−") return {"is not a number", "write the minus sign as '-'"};
  return {"is not a number", number_remedy};
}

std::string only_digits(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '_' && c != ',') digits += c;
  }
  return digits;
}

// What stands behind the digits and would change the number if it were read on.
std::optional<Complaint> bad_continuation(std::string_view text, std::size_t length) {
  const std::string_view rest = text.substr(length);
  const bool digit_follows = rest.size() > 1 && is_digit(rest[1]);
  if (!rest.empty() && (rest[0] == 'x' || rest[0] == 'X' || rest[0] == 'o') && text.substr(0, length) == "0") {
    return Complaint{"is not a decimal number", "write it in decimal digits"};
  }
  if (!rest.empty() && (rest[0] == '_' || rest[0] == ',') && digit_follows) {
    const std::string example = only_digits(text.substr(0, text.find(' ')));
    return Complaint{"has a separator between its digits", fmt::format("write {}; decimals follow a point", example)};
  }
  if (!rest.empty() && (rest[0] == '.' || rest[0] == ':') && digit_follows) {
    return Complaint{"is not a number", "write one number with at most one decimal point"};
  }
  return {};
}

std::optional<Complaint> leading_zero(std::string_view number) {
  const std::size_t sign = number[0] == '+' || number[0] == '-' ? 1 : 0;
  const std::size_t whole = digits_at(number, sign);
  if (whole < 2 || number[sign] != '0') return {};
  const std::size_t first = std::min(number.find_first_not_of('0', sign), sign + whole - 1);
  return Complaint{"starts with a zero, which some programs read as octal",
                   fmt::format("write {}{}", number.substr(0, sign), number.substr(first))};
}

std::optional<double> parse(std::string_view number) {
  if (number[0] == '+') number.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value)) return {};
  return value;
}

bool check_scalar(const Node& node, const std::string& what, const std::string& wanted, Problems& problems) {
  if (node.kind != Node::Kind::scalar) {
    problems.add(node.place, fmt::format("{} must be {}, not {}", what, wanted, to_string(node.kind)));
    return false;
  }
  if (node.quoted) {
    problems.add(node.place, fmt::format("{} = {} is quoted text, not {}", what, in_quotes(node.text), wanted),
                 "write it without quotes");
    return false;
  }
  return true;
}

}  // namespace

std::optional<NumberText> read_number_text(const Node& node, const std::string& what, Problems& problems) {
  if (!check_scalar(node, what, "a number", problems)) return {};
  const std::string_view text = node.text;
  const auto fail = [&](const Complaint& complaint) -> std::optional<NumberText> {
    problems.add(node.place, fmt::format("{} = {} {}", what, in_quotes(text), complaint.message), complaint.remedy);
    return {};
  };
  if (parse_date(text)) return fail({"is a date, not a number", number_remedy});
  const std::size_t length = number_length(text);
  if (length == 0) return fail(no_number(text));
  if (const auto bad = bad_continuation(text, length)) return fail(*bad);
  if (const auto bad = leading_zero(text.substr(0, length))) return fail(*bad);
  const std::optional<double> number = parse(text.substr(0, length));
  if (!number) return fail({"is too large or too small for a number", ""});
  return NumberText{*number, std::string{without_blanks(text.substr(length))}};
}

std::optional<double> read_plain_number(const Node& node, const std::string& what, Problems& problems) {
  const auto text = read_number_text(node, what, problems);
  if (!text) return {};
  if (text->rest.empty()) return text->number;
  problems.add(node.place, fmt::format("{} = {} must be a number without a unit", what, in_quotes(node.text)),
               fmt::format("write {}", to_text(text->number)));
  return {};
}

namespace {

template <class Integer>
std::optional<Integer> read_whole(const Node& node, const std::string& what, Integer low, Integer high,
                                  Problems& problems) {
  if (!check_scalar(node, what, "a whole number", problems)) return {};
  const std::string_view text = node.text;
  if (const std::size_t length = number_length(text); length == text.size()) {
    if (const auto bad = leading_zero(text)) {
      problems.add(node.place, fmt::format("{} = {} {}", what, in_quotes(text), bad->message), bad->remedy);
      return {};
    }
  }
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) {
    problems.add(node.place, fmt::format("{} = {} is not a whole number", what, in_quotes(text)),
                 "write it in digits, without separators or exponent: 20000");
    return {};
  }
  if (error != std::errc{} || value < low || value > high) {
    problems.add(node.place, fmt::format("{} = {} is outside {} … {}", what, in_quotes(text), low, high));
    return {};
  }
  return value;
}

}  // namespace

std::optional<std::int64_t> read_integer(const Node& node, const std::string& what, std::int64_t low, std::int64_t high,
                                         Problems& problems) {
  return read_whole(node, what, low, high, problems);
}

std::optional<std::uint64_t> read_unsigned(const Node& node, const std::string& what, Problems& problems) {
  return read_whole(node, what, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(), problems);
}

}  // namespace moniac
