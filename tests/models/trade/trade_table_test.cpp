#include "tests/models/trade/trade_case.h"

using namespace moniac;
using namespace moniac::testing;

namespace {

std::vector<std::string> messages_of(const TradeTable& table) {
  std::vector<std::string> messages;
  for (const TableProblem& problem : problems_of(table)) messages.push_back(problem.message);
  return messages;
}

}  // namespace

TEST_CASE("the shipped tables are the accounts of a world") {
  for (const ShippedTable which : {ShippedTable::icio_2022, ShippedTable::icio_2017, ShippedTable::wiod_2014})
    CHECK(problems_of(shipped_table(which)).empty());
  const TradeBase base = base_2022();
  double deficits = 0, world = 0;
  for (std::size_t n = 0; n < base.shape.regions; ++n) {
    deficits += base.deficit[n];
    world += base.value_added[n];
  }
  CHECK(std::abs(deficits) < 1e-12 * world);
}

TEST_CASE("a table's problems are told together, with region, sector and amount") {
  TradeTable table = shipped_table(ShippedTable::icio_2022);
  const TradeShape shape = table.shape();
  table.flow[shape.link(0, 1, 3)] = -5;
  table.tariff[shape.link(1, 0, 0)] = -1.5;
  table.tariff[shape.link(2, 2, 4)] = 0.1;
  table.input[shape.input(3, 4, 4)] = -0.25;
  CHECK(messages_of(table) == std::vector<std::string>{
                                  "the flow of TEC of USA from CHN is -5 USD mn, below 0",
                                  "the tariff on AGR of CHN from USA is -1.5, not above -1",
                                  "the tariff on MAN of JPN from JPN is 0.1: a region does not tax itself",
                                  "the input of MAN in EU27 MAN is -0.25, below 0",
                              });
  table = shipped_table(ShippedTable::icio_2022);
  table.input[shape.input(0, 0, 1)] += 0.75;
  const std::vector<std::string> problems = messages_of(table);
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].rfind("the final demand of USA AGR is -", 0) == 0);
  CHECK(problems[1].rfind("the inputs of USA ENM are 1.3", 0) == 0);
  table.sectors.pop_back();
  CHECK(problems_of(table).size() == 2);
}

TEST_CASE("a region in which industry uses all that is bought is refused, as is a world of one region") {
  // Home buys 50 + 50 and makes 50 + 150, half of which are inputs.
  TradeTable table{.regions = {"Home", "Away"},
                   .sectors = {"all"},
                   .flow = {50, 50, 150, 100},
                   .tariff = {0, 0, 0, 0},
                   .input = {0.5, 0.5}};
  CHECK(messages_of(table) == std::vector<std::string>{"nobody in Home buys anything for final use"});
  table.input[0] = 1;
  CHECK(messages_of(table)[1] ==
        "the final demand of Home all is -100 USD mn: industry uses more than is made and imported");
  const TradeTable alone{.regions = {"Home"}, .sectors = {"all"}, .flow = {1}, .tariff = {0}, .input = {0.5}};
  CHECK(messages_of(alone) == std::vector<std::string>{"a table has 2 to 80 regions, this one 1"});
}
