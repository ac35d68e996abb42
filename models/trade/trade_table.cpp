#include "models/trade/trade_table.h"

#include <cmath>
#include <sstream>
#include <utility>

namespace moniac {

namespace {

constexpr double rounding = 1e-12;  // of spending: final demand that is as far below 0 is 0

// What the flows and inputs say of each cell.
struct Accounts {
  std::vector<double> expenditure;        // X
  std::vector<double> output;             // Y
  std::vector<double> value_added_share;  // g
  std::vector<double> final_demand;
};

Accounts accounts_of(const TradeTable& table) {
  const TradeShape shape = table.shape();
  Accounts accounts{.expenditure = std::vector<double>(shape.cells()),
                    .output = std::vector<double>(shape.cells()),
                    .value_added_share = std::vector<double>(shape.cells(), 1.0),
                    .final_demand = {}};
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(n, i, j);
        accounts.expenditure[shape.cell(n, j)] += (1 + table.tariff[link]) * table.flow[link];
        accounts.output[shape.cell(i, j)] += table.flow[link];
      }
    }
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        accounts.value_added_share[shape.cell(n, j)] -= table.input[shape.input(n, k, j)];
    }
  }
  accounts.final_demand = accounts.expenditure;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t k = 0; k < shape.sectors; ++k) {
      for (std::size_t j = 0; j < shape.sectors; ++j)
        accounts.final_demand[shape.cell(n, k)] -=
            table.input[shape.input(n, k, j)] * accounts.output[shape.cell(n, j)];
      double& left = accounts.final_demand[shape.cell(n, k)];
      if (left < 0 && left >= 0 - rounding * accounts.expenditure[shape.cell(n, k)]) left = 0;
    }
  }
  return accounts;
}

// Collects what is wrong with a table.
class TableProblems {
 public:
  explicit TableProblems(const TradeTable& table) : table_(table), shape_(table.shape()) {}

  const std::vector<TableProblem>& list() const { return list_; }

  void check_sizes() {
    if (shape_.regions < 2 || shape_.regions > max_trade_regions)
      add({}, "a table has 2 to ", max_trade_regions, " regions, this one ", shape_.regions);
    if (shape_.sectors < 1 || shape_.sectors > max_trade_sectors)
      add({}, "a table has 1 to ", max_trade_sectors, " sectors, this one ", shape_.sectors);
    if (table_.flow.size() != shape_.links() || table_.tariff.size() != shape_.links())
      add({}, "flows and tariffs number ", table_.flow.size(), " and ", table_.tariff.size(), ", not ", shape_.links(),
          " each");
    if (table_.input.size() != shape_.inputs())
      add({}, "input shares number ", table_.input.size(), ", not ", shape_.inputs());
  }

  void check_links() {
    for (std::size_t n = 0; n < shape_.regions; ++n) {
      for (std::size_t i = 0; i < shape_.regions; ++i) {
        for (std::size_t j = 0; j < shape_.sectors; ++j) check_link(n, i, j);
      }
    }
  }

  void check_inputs() {
    for (std::size_t n = 0; n < shape_.regions; ++n) {
      for (std::size_t k = 0; k < shape_.sectors; ++k) {
        for (std::size_t j = 0; j < shape_.sectors; ++j) {
          const double input = table_.input[shape_.input(n, k, j)];
          if (!(input >= 0))
            add(TablePlace{Part::inputs, n, k}, "the input of ", table_.sectors[k], " in ", cell(n, j), " is ", input,
                ", below 0");
        }
      }
    }
  }

  void check_accounts() {
    const Accounts accounts = accounts_of(table_);
    for (std::size_t n = 0; n < shape_.regions; ++n) {
      double final_spending = 0;
      for (std::size_t j = 0; j < shape_.sectors; ++j) {
        const std::size_t at = shape_.cell(n, j);
        final_spending += accounts.final_demand[at];
        if (!(accounts.value_added_share[at] > 0))
          add(TablePlace{Part::inputs, n, largest_input(n, j)}, "the inputs of ", cell(n, j), " are ",
              1 - accounts.value_added_share[at], " of its output and leave no value added");
        if (!(accounts.final_demand[at] >= 0))
          add(TablePlace{Part::flows, n, j}, "the final demand of ", cell(n, j), " is ", accounts.final_demand[at],
              " USD mn: industry uses more than is made and imported");
      }
      if (!(final_spending > 0))
        add(TablePlace{Part::flows, n, 0}, "nobody in ", table_.regions[n], " buys anything for final use");
    }
  }

 private:
  using Part = TablePlace::Part;

  template <class... Parts>
  void add(std::optional<TablePlace> place, const Parts&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    list_.push_back({.message = text.str(), .place = place});
  }
  std::size_t largest_input(std::size_t region, std::size_t sector) const {
    std::size_t largest = 0;
    for (std::size_t k = 1; k < shape_.sectors; ++k) {
      if (table_.input[shape_.input(region, k, sector)] > table_.input[shape_.input(region, largest, sector)])
        largest = k;
    }
    return largest;
  }
  std::string cell(std::size_t region, std::size_t sector) const {
    return table_.regions[region] + " " + table_.sectors[sector];
  }
  std::string link(std::size_t importer, std::size_t exporter, std::size_t sector) const {
    return table_.sectors[sector] + " of " + table_.regions[importer] + " from " + table_.regions[exporter];
  }

  void check_link(std::size_t n, std::size_t i, std::size_t j) {
    const double flow = table_.flow[shape_.link(n, i, j)];
    const double tariff = table_.tariff[shape_.link(n, i, j)];
    const TablePlace in_flows{Part::flows, n, j}, in_tariffs{Part::tariffs, n, j};
    if (!(flow >= 0)) add(in_flows, "the flow of ", link(n, i, j), " is ", flow, " USD mn, below 0");
    if (!(tariff > -1)) add(in_tariffs, "the tariff on ", link(n, i, j), " is ", tariff, ", not above -1");
    if (n == i && tariff != 0)
      add(in_tariffs, "the tariff on ", link(n, i, j), " is ", tariff, ": a region does not tax itself");
  }

  const TradeTable& table_;
  TradeShape shape_;
  std::vector<TableProblem> list_;
};

}  // namespace

std::vector<TableProblem> problems_of(const TradeTable& table) {
  TableProblems problems(table);
  problems.check_sizes();
  if (!problems.list().empty()) return problems.list();

  problems.check_links();
  problems.check_inputs();
  if (!problems.list().empty()) return problems.list();  // sums of wrong numbers say nothing

  problems.check_accounts();
  return problems.list();
}

TradeBase calibrated(const TradeTable& table) {
  const TradeShape shape = table.shape();
  const Accounts accounts = accounts_of(table);
  TradeBase base{.regions = table.regions,
                 .sectors = table.sectors,
                 .shape = shape,
                 .share = std::vector<double>(shape.links()),
                 .tariff = table.tariff,
                 .value_added_share = accounts.value_added_share,
                 .input = table.input,
                 .final_share = accounts.final_demand,
                 .expenditure = accounts.expenditure,
                 .value_added = std::vector<double>(shape.regions),
                 .deficit = std::vector<double>(shape.regions),
                 .income = std::vector<double>(shape.regions)};
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t i = 0; i < shape.regions; ++i) {
      for (std::size_t j = 0; j < shape.sectors; ++j) {
        const std::size_t link = shape.link(n, i, j);
        const double spent = accounts.expenditure[shape.cell(n, j)];
        if (spent > 0) base.share[link] = (1 + table.tariff[link]) * table.flow[link] / spent;
        base.deficit[n] += table.flow[link];
        base.deficit[i] -= table.flow[link];
      }
    }
  }
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t at = shape.cell(n, j);
      base.value_added[n] += accounts.value_added_share[at] * accounts.output[at];
      base.income[n] += accounts.final_demand[at];
    }
    for (std::size_t j = 0; j < shape.sectors; ++j) base.final_share[shape.cell(n, j)] /= base.income[n];
  }
  return base;
}

}  // namespace moniac
