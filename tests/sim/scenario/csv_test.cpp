#include "sim/scenario/csv.h"

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

// The cells of the first line below the header "a,b".
std::vector<std::string> cells(const std::string& line) {
  Problems problems;
  const CsvTable table = read_csv(source_text("a,b\n" + line + "\n"), problems);
  INFO(first_problem(problems));
  REQUIRE(problems.empty());
  std::vector<std::string> texts;
  for (const CsvCell& cell : table.rows.at(0)) texts.push_back(cell.text);
  return texts;
}

std::vector<std::string> mistakes(const std::string& text) {
  Problems problems;
  read_csv(source_text(text, "t.csv"), problems);
  std::vector<std::string> all;
  for (const Problem& problem : problems.list()) all.push_back(problem.place.text() + ": " + problem.message);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("cells lose outer blanks and quotes, and hold commas and doubled quotes between quotes") {
  CHECK(cells(" 1 ,\t2") == Texts{"1", "2"});
  CHECK(cells("\"1, 2\", 3") == Texts{"1, 2", "3"});
  CHECK(cells("\"a \"\"b\"\"\",\"\"") == Texts{"a \"b\"", ""});
  CHECK(cells("\"\"\"\",c\"\"d") == Texts{"\"", "c\"\"d"});
}

TEST_CASE("two columns of one name are refused, at the second") {
  CHECK(mistakes("a,b,a\n1,2,3\n") == Texts{"t.csv:1:5: two columns are named 'a'"});
  CHECK(mistakes("a,b,,\n1,2,,\n").empty());
}

TEST_CASE("a header that cannot be read is all that is said") {
  CHECK(mistakes("a,\"b\n1,2,3\n4\n") == Texts{"t.csv:1:3: a quote in this cell is not closed"});
}
