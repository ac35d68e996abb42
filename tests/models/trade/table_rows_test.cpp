// Tables of users: what is read, what is refused, and what the model makes of them.
#include "models/trade/table_rows.h"

#include <fstream>

#include "models/trade/trade.h"
#include "tests/models/trade/trade_case.h"
#include "tests/support/harness.h"

using namespace moniac;
using namespace moniac::testing;
using moniac::testing::Harness;

namespace {

using Words = std::vector<std::string>;

// The lines of a shipped file but for its comments.
Words lines_of(const std::string& name) {
  std::ifstream file(std::string(MONIAC_SOURCE_DIR) + "/scenarios/data/trade/icio_2022/" + name + ".csv");
  Words lines;
  for (std::string line; std::getline(file, line);)
    if (line[0] != '#') lines.push_back(line);
  return lines;
}

TableRows shipped_rows() {
  return {.flows = lines_of("flows"), .tariffs = lines_of("tariffs"), .inputs = lines_of("inputs")};
}

// Two regions and two sectors.
TableRows small_rows() {
  return {.flows = {"importer,sector,Home,Away", "Home,goods,80,20", "Home,help,100,0", "Away,goods,30,90",
                    "Away,help,0,120"},
          .tariffs = {"importer,sector,Home,Away", "Home,goods,0,0.1", "Home,help,0,0", "Away,goods,0.05,0",
                      "Away,help,0,0"},
          .inputs = {"region,input,goods,help", "Home,goods,0.2,0.1", "Home,help,0.2,0.1", "Away,goods,0.2,0.1",
                     "Away,help,0.2,0.1"}};
}

Words complaints_about(const TableRows& rows) {
  Words all;
  read_table(rows, [&](std::string message, Words) { all.push_back(std::move(message)); });
  return all;
}

Params small_world(const TableRows& rows = small_rows()) {
  return {{"table_flows", rows.flows},
          {"table_tariffs", rows.tariffs},
          {"table_inputs", rows.inputs},
          {"services", Names{"help"}},
          {"theta_long", std::vector<double>{4, 3}},
          {"theta_short", std::vector<double>{1.5, 1}},
          {"idle_discount", std::vector<double>{0, 0}}};
}

}  // namespace

TEST_CASE("the rows of the shipped files are the shipped table, in any order") {
  TableRows rows = shipped_rows();
  std::swap(rows.flows[3], rows.flows[40]);
  std::swap(rows.inputs[1], rows.inputs[17]);
  const TradeTable expected = shipped_table(ShippedTable::icio_2022);
  const TradeTable found = read_table(rows, [](const std::string& message, const Words&) { FAIL(message); });
  CHECK(found.regions == expected.regions);
  CHECK(found.sectors == expected.sectors);
  CHECK(found.flow == expected.flow);
  CHECK(found.tariff == expected.tariff);
  CHECK(found.input == expected.input);
}

TEST_CASE("what is wrong with rows is told with list, region, sector and cell") {
  TableRows rows = small_rows();
  rows.flows[1] = "Home,goods,80";
  rows.flows[2] = "Home,goods,80,20";
  rows.tariffs[3] = "Mars,goods,0.05,0";
  rows.tariffs[4] = "Away,magic,0,0";
  rows.inputs[2] = "Home,help,much,0.1";
  CHECK(complaints_about(rows) ==
        Words{"flows: this row has 3 cells, the table 4", "flows: there is no row for Home help",
              "tariffs: 'Mars' is no region of the table", "tariffs: 'magic' is no sector of the table",
              "tariffs: there is no row for Away goods", "tariffs: there is no row for Away help",
              "inputs: 'much' in the row of Home help under goods is no number"});
  rows = small_rows();
  rows.tariffs[0] = "importer,sector,Away,Home";
  rows.flows[4] = "Away,goods,30,90";
  CHECK(complaints_about(rows) == Words{"flows: there are two rows for Away goods",
                                        "flows: there is no row for Away help",
                                        "tariffs: the columns are not those of the table, in its order"});
  CHECK(complaints_about({}) == Words{"flows have a header 'importer,sector' with the exporters, and rows",
                                      "inputs have a header 'region,input' with the sectors, and rows"});
}

TEST_CASE("the accounts of a user's table are checked, and no more than twenty problems are told") {
  TableRows rows = small_rows();
  rows.tariffs[1] = "Home,goods,0,-1.5";
  rows.inputs[1] = "Home,goods,-0.2,0.1";
  CHECK(complaints_about(rows) == Words{"the tariff on goods of Home from Away is -1.5, not above -1",
                                        "the input of goods in Home goods is -0.2, below 0"});
  rows.flows[1] = "Home,goods,80,inf";
  rows.inputs[1] = "Home,goods,nan,0.1";
  CHECK(complaints_about(rows) == Words{"flows: 'inf' in the row of Home goods under Away is no number",
                                        "inputs: 'nan' in the row of Home goods under goods is no number"});
  rows = shipped_rows();
  for (std::size_t row = 1; row < rows.flows.size(); ++row) rows.flows[row] = "Atlantis" + rows.flows[row];
  const Words many = complaints_about(rows);
  REQUIRE(many.size() == most_complaints + 1);
  CHECK(many.back() == "and 76 problems more");
}

TEST_CASE("a table of more regions and sectors than are read is refused by its headers") {
  TableRows rows;
  rows.flows = {"importer,sector"};
  rows.inputs = {"region,input"};
  for (int i = 0; i < 100'000; ++i) {
    rows.flows[0] += ",R" + std::to_string(i);
    rows.inputs[0] += ",S" + std::to_string(i);
  }
  CHECK(complaints_about(rows) ==
        Words{"100000 exporters, where a table has at most 80", "100000 sectors, where a table has at most 60"});
}

TEST_CASE("final demand of nothing may be below 0 by rounding, and not by more") {
  TableRows rows = small_rows();
  // Industry of Home makes 110 of goods and uses 8/11 of it, which is all that Home buys.
  rows.flows[1] = "Home,goods,80,0";
  rows.flows[3] = "Away,goods,30,90";
  rows.inputs[1] = "Home,goods,0.7272727272727273,0";
  CHECK(complaints_about(rows).empty());
  rows.inputs[1] = "Home,goods,0.7272728,0";
  REQUIRE(complaints_about(rows).size() == 1);
  CHECK(complaints_about(rows)[0].rfind("the final demand of Home goods is -", 0) == 0);
}

TEST_CASE("the model runs on a user's table, and the shipped one given as rows changes no bit") {
  Harness small(trade(), grid(StepUnit::month, 12), small_world());
  small.start();
  small.set("trade.surcharge[Home,Away]", 10);
  small.run(12);
  CHECK(small.at("tariff_rate[Home,Away]") == Approx(20));
  CHECK(small.at("accounts_identity_residual") < 1e-11);
  CHECK_FALSE(small.has_output("us.tariff_revenue"));

  const TableRows rows = shipped_rows();
  Harness given(trade(), grid(StepUnit::month, 6),
                {{"table_flows", rows.flows}, {"table_tariffs", rows.tariffs}, {"table_inputs", rows.inputs}});
  Harness shipped(trade(), grid(StepUnit::month, 6));
  for (Harness* run : {&given, &shipped}) {
    run->start();
    run->set("trade.surcharge[USA,CHN]", 60);
    run->run(6);
  }
  for (const char* name : {"flow[EU27,CHN]", "us.tariff_revenue", "cn.export_demand_gap", "us.trade_balance"})
    CHECK(given.at(name) == shipped.at(name));
}

TEST_CASE("lists of the model that do not fit a user's table are refused") {
  const auto refused = [](const char* param, const Value& value) {
    Params params = small_world();
    params[param] = value;
    return refusal(trade(), grid(StepUnit::month, 1), params);
  };
  CHECK(refused("theta_long", std::vector<double>{4, 0}).find("theta_long") != std::string::npos);
  CHECK(refused("theta_short", std::vector<double>{-1, 1}).find("theta_short") != std::string::npos);
  CHECK(refused("theta_long", std::vector<double>{4}).find("one elasticity for each sector") != std::string::npos);
  CHECK(refused("idle_discount", std::vector<double>{0}).find("one number for each region") != std::string::npos);
  CHECK(refused("services", Names{"SRV"}).find("'SRV' is no sector of the table") != std::string::npos);
  TableRows rows = small_rows();
  rows.flows[1] = "Home,goods,80,-20";
  const std::string negative = refusal(trade(), grid(StepUnit::month, 1), small_world(rows));
  CHECK(negative.find("the flow of goods of Home from Away is -20 USD mn, below 0") != std::string::npos);
}
