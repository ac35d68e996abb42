#include "sim/scenario/document.h"

#include "sim/scenario/source.h"
#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

bool same_tree(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.quoted != b.quoted) return false;
  if (a.items.size() != b.items.size() || a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same_tree(a.items[i], b.items[i])) return false;
  }
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (a.entries[i].key.text != b.entries[i].key.text) return false;
    if (!same_tree(a.entries[i].value, b.entries[i].value)) return false;
  }
  return true;
}

std::string position(const Node& node) {
  return std::to_string(node.place.line) + ":" + std::to_string(node.place.column) + "+" +
         std::to_string(node.place.length);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a document becomes a tree in file order") {
  const Node tree = tree_of("b: 1\na: {y: [1, 'two'], x: ~}\nc:\n  - d\n  - e: 5 %/year\n");
  REQUIRE(tree.kind == Node::Kind::mapping);
  CHECK(tree.keys() == std::vector<std::string>{"b", "a", "c"});
  CHECK(tree.find("b")->text == "1");
  const Node& list = *tree.find("a")->find("y");
  CHECK(list.kind == Node::Kind::sequence);
  CHECK_FALSE(list.items[0].quoted);
  CHECK(list.items[1].quoted);
  CHECK(tree.find("a")->find("x")->kind == Node::Kind::null);
  CHECK(tree.find("c")->items[1].find("e")->text == "5 %/year");
  CHECK(tree.find("d") == nullptr);
  CHECK(count_values(tree) == 11);
}

TEST_CASE("places count lines and characters from one, whatever the bytes") {
  const Node tree = tree_of("größe: 'ü b'\nx: {é: 5 %/year}\r\nempty:\nz: \"a\\\"b\" # c\n");
  CHECK(position(tree.entries[0].key) == "1:1+5");
  CHECK(position(tree.entries[0].value) == "1:8+5");
  CHECK(position(*tree.find("x")->find("é")) == "2:8+8");
  CHECK(position(*tree.find("empty")) == "3:1+5");
  CHECK(position(*tree.find("z")) == "4:4+6");
}

TEST_CASE("a byte order mark and carriage returns do not shift anything") {
  const Node tree = tree_of(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: 2\r\n");
  CHECK(position(tree.entries[0].key) == "1:1+1");
  CHECK(position(*tree.find("b")) == "2:4+1");
  CHECK(tree.find("b")->text == "2");
}

TEST_CASE("text over several lines is never a number") {
  const Node tree = tree_of("a: |\n  12\nb: 1\n\n  2\n");
  CHECK(tree.find("a")->text == "12\n");
  CHECK(tree.find("a")->quoted);
  CHECK(tree.find("b")->text == "1\n2");
  CHECK(tree.find("b")->quoted);
}

TEST_CASE("an empty document is nothing") {
  for (const char* text : {"", "\n", "# comment\n", "---\n", "...\n", "---\n...\n"}) {
    INFO(text);
    CHECK(tree_of(text).kind == Node::Kind::null);
  }
}

TEST_CASE("what is not readable text is refused at its place") {
  using namespace std::string_literals;
  CHECK(complaint("a: 1\nb: \0 2\n"s) == "test.yaml:2:4: a NUL byte");
  CHECK(complaint("a: \xff\n") == "test.yaml:1:4: a byte that is not UTF-8");
  CHECK(complaint("é: \xc3\n") == "test.yaml:1:4: a byte that is not UTF-8");
  CHECK(complaint("a: \xc0\xaf\n") == "test.yaml:1:4: a byte that is not UTF-8");
  CHECK(complaint("a: \xed\xa0\x80\n") == "test.yaml:1:4: a byte that is not UTF-8");
  CHECK(complaint("a: \x1b[31m\n") == "test.yaml:1:4: a control character (\\x1b)");
  CHECK(complaint("a: 1\rb: 2\n") == "test.yaml:1:5: a control character (\\x0d)");
  CHECK(complaint("\xff\xfe"
                  "a") == "test.yaml:1:1: a byte that is not UTF-8");
}

TEST_CASE("a document has at most 1 MiB") {
  const std::string just_right = "a: 1 #" + std::string(max_document_bytes - 6, 'x');
  CHECK(complaint(just_right) == "no problem");
  CHECK(complaint(just_right + "x") == "test.yaml: 1048577 bytes are more than a scenario may have (1 MiB)");
}

TEST_CASE("a document that was written may hold tables, and has at most 64 MiB") {
  const auto complaints = [](std::size_t bytes) {
    Problems problems;
    read_document(written_source("run.h5", "a: 1 #" + std::string(bytes - 6, 'x')), problems);
    return problems.list();
  };
  CHECK(complaints(2 * max_table_bytes).empty());
  REQUIRE(complaints(2 * max_table_bytes + 1).size() == 1);
  CHECK(complaints(2 * max_table_bytes + 1)[0].message == "67108865 bytes are more than a scenario may have (64 MiB)");
}

TEST_CASE("a document has at most 50,000 values") {
  CHECK(complaint("[" + repeated("1,", 49'999) + "]") == "no problem");
  CHECK(complaint("[" + repeated("1,", 50'001) + "]") == "test.yaml:1:100002: more than 50000 values");
  CHECK(complaint(repeated("- 1\n", 50'001)) == "test.yaml:50001:3: more than 50000 values");
}

TEST_CASE("a document is at most 64 levels deep") {
  CHECK(complaint(repeated("[", 64) + repeated("]", 64)) == "no problem");
  CHECK(complaint(repeated("[", 65) + repeated("]", 65)) == "test.yaml:1:65: nested deeper than 64 levels");
  // Without closing brackets yaml-cpp takes each for the start of a key as well.
  for (const char* open : {"[", "{a: ", "{", "[{"}) {
    INFO(open);
    CHECK_THAT(complaint(repeated(open, 100'000)), Catch::EndsWith(": nested deeper than 64 levels"));
  }
  CHECK(complaint(repeated("- ", 1000)) == "test.yaml:1:129: nested deeper than 64 levels");
}

TEST_CASE("input on which yaml-cpp reports documents for ever ends with one problem") {
  for (const char* text : {",", ", ", ",,", "a: 1\n,\n", "- a\n,"}) {
    INFO(text);
    CHECK(complaint(text) != "no problem");
  }
}

TEST_CASE("duplicate keys are found however they are written") {
  CHECK(complaint("{a: 1, \"a\": 2}") == "test.yaml:1:8: key 'a' stands twice in one mapping");
  CHECK(complaint("a: 1\nb: {a: 1}\n") == "no problem");
}

TEST_CASE("writing a tree and reading it again gives an equal tree") {
  const std::string text =
      "moniac: 1\ntitle: \"Higher: for\\tlonger \\\"now\\\" \\\\ é\"\n'key: odd': {2023-06-01: 5.50 %/year}\n"
      "list: [[1, -2.5e-3], [], {}, [[3]]]\nnothing: ~\nlabels: {\"us.holdings[japan]\": +25 bp}\n"
      "quoted: ['1', 'null', '', ' x ', \"\\x07\\u2028\\x85\"]\nplain: [us.y10, a-b, .5, '-', x:y, a#b]\nblock: |\n  "
      "two\n   lines\n";
  const Node tree = tree_of(text);
  const std::string written = write_document(tree);
  INFO(written);
  Node again = tree_of(written);
  CHECK(write_document(again) == written);
  // A plain text with a colon or hash inside comes back in quotes; it was no number before either.
  Node& plain = *again.find("plain");
  CHECK(plain.items[4].quoted);
  plain.items[4].quoted = false;
  plain.items[5].quoted = false;
  CHECK(same_tree(tree, again));
}

TEST_CASE("a tree is written as block YAML") {
  CHECK(write_document(tree_of("{a: {b: [1, {c: 'x'}]}, d: []}")) ==
        "a:\n  b:\n    - 1\n    -\n      c: \"x\"\nd: []\n");
  CHECK(write_document(tree_of("5 %/year")) == "5 %/year\n");
  CHECK(write_document(Node{}) == "null\n");
}
