// Writes a tree as block YAML.
#include <algorithm>

#include "sim/scenario/document.h"
#include "sim/scenario/utf8.h"

namespace moniac {

namespace {

bool is_word_character(char c) {
  const bool ascii_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  return ascii_word || static_cast<unsigned char>(c) >= 0x80;
}

// Whether YAML reads the text back as the same unquoted scalar in a block. Errs on the side of quotes.
bool is_safe_plain(std::string_view text) {
  if (text.empty() || text.back() == ' ') return false;
  const bool number =
      (text[0] == '-' || text[0] == '+' || text[0] == '.') && text.size() > 1 && text[1] >= '0' && text[1] <= '9';
  if (!is_word_character(text[0]) && !number) return false;
  if (text == "null" || text == "Null" || text == "NULL") return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_word_character(c) || std::string_view{" .+-*/%^()[],"}.find(c) != std::string_view::npos;
  });
}

std::string in_double_quotes(std::string_view text) {
  std::string out{'"'};
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(character_length(text), 1);
    const std::string_view character = text.substr(0, length);
    if (character == "\"" || character == "\\") {
      out += '\\';
      out += character;
    } else if (character == "\n") {
      out += "\\n";
    } else if (character == "\t") {
      out += "\\t";
    } else {
      out += printable(character);  // its escapes are those of YAML
    }
    text.remove_prefix(length);
  }
  out += '"';
  return out;
}

std::string scalar_text(const Node& node) {
  return !node.quoted && is_safe_plain(node.text) ? node.text : in_double_quotes(node.text);
}

// What stands behind "key:" or "-": a value on the same line, or a block on the lines below.
void write_value(const Node& node, std::string& out, std::size_t indent);

void write_block(const Node& node, std::string& out, std::size_t indent) {
  const std::string lead(indent, ' ');
  for (const Node& item : node.items) {
    out += lead;
    out += '-';
    write_value(item, out, indent);
  }
  for (const auto& [key, value] : node.entries) {
    out += lead;
    out += scalar_text(key);
    out += ':';
    write_value(value, out, indent);
  }
}

void write_value(const Node& node, std::string& out, std::size_t indent) {
  switch (node.kind) {
    case Node::Kind::null:
      out += " null\n";
      return;
    case Node::Kind::scalar:
      out += ' ';
      out += scalar_text(node);
      out += '\n';
      return;
    case Node::Kind::sequence:
      if (node.items.empty()) {
        out += " []\n";
        return;
      }
      break;
    case Node::Kind::mapping:
      if (node.entries.empty()) {
        out += " {}\n";
        return;
      }
      break;
  }
  out += "\n";
  write_block(node, out, indent + 2);
}

}  // namespace

std::string flow_text(const Node& node) {
  std::string inside;
  const auto add = [&](const std::string& part) { inside += (inside.empty() ? "" : ", ") + part; };
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::scalar:
      return scalar_text(node);
    case Node::Kind::sequence:
      for (const Node& item : node.items) add(flow_text(item));
      return "[" + inside + "]";
    case Node::Kind::mapping:
      for (const auto& [key, value] : node.entries) add(scalar_text(key) + ": " + flow_text(value));
      return "{" + inside + "}";
  }
  return inside;
}

std::string write_document(const Node& node) {
  std::string out;
  if (!node.items.empty() || !node.entries.empty()) {
    write_block(node, out, 0);
  } else {
    write_value(node, out, 0);
    out.erase(0, 1);
  }
  return out;
}

}  // namespace moniac
