// Trade cases out of reference files.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/trade/envelope.h"
#include "models/trade/shipped_tables.h"
#include "models/trade/trade_solver.h"
#include "tests/support/catch.h"

namespace moniac::testing {

using Json = nlohmann::json;

/// A [sector][importer][exporter] array of a reference file by link.
inline std::vector<double> by_link(const Json& jni) {
  const TradeShape shape{.regions = jni[0].size(), .sectors = jni.size()};
  std::vector<double> values(shape.links());
  for (std::size_t j = 0; j < shape.sectors; ++j) {
    for (std::size_t n = 0; n < shape.regions; ++n) {
      for (std::size_t i = 0; i < shape.regions; ++i) values[shape.link(n, i, j)] = jni[j][n][i];
    }
  }
  return values;
}

/// The numbers of any array of a reference file, in order.
inline std::vector<double> flat(const Json& array) {
  if (array.is_number()) return {array.get<double>()};
  std::vector<double> values;
  for (const Json& item : array) {
    const std::vector<double> inner = flat(item);
    values.insert(values.end(), inner.begin(), inner.end());
  }
  return values;
}

inline std::vector<std::string> numbered(const std::string& name, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(name + std::to_string(i));
  return names;
}

/// The table of a reference file that states its own flows.
inline TradeTable table_of(const Json& inputs) {
  const Json& flows = inputs["flow_net_of_tariff_jni"];
  return {.regions = numbered("R", flows[0].size()),
          .sectors = numbered("S", flows.size()),
          .flow = by_link(flows),
          .tariff = by_link(inputs["tariff_jni"]),
          .input = flat(inputs["io_nkj"])};
}

/// The base of 2022 with the tariffs of [importer, exporter, sector, rate] rows.
inline TradePolicy policy_of(const TradeBase& base, const Json& inputs) {
  TradePolicy policy = unchanged(base);
  for (const Json& row : inputs["policy"]) policy.tariff[base.shape.link(row[0], row[1], row[2])] = row[3];
  if (inputs.contains("iceberg_hat_jni")) policy.iceberg = by_link(inputs["iceberg_hat_jni"]);
  return policy;
}

inline TradeBase base_2022() {
  return calibrated(shipped_table(ShippedTable::icio_2022));
}

inline void check_equal(const std::vector<double>& found, const std::vector<double>& expected, double scale = 0) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(found[i] == Approx(expected[i]).epsilon(1e-9).margin(1e-9 * scale));
  }
}

/// Every array that a reference file expects of an equilibrium.
inline void check_equilibrium(const TradeBase& base, const TradeEquilibrium& at, const Json& expected) {
  REQUIRE(at.converged);
  double world = 0;
  for (const double value_added : base.value_added) world += value_added;
  check_equal(at.wage, flat(expected["w_hat"]));
  check_equal(at.price_index, flat(expected["P_hat"]));
  check_equal(at.welfare, flat(expected["welfare_hat"]));
  check_equal(at.real_wage, flat(expected["real_wage_hat"]));
  check_equal(at.revenue, flat(expected["tariff_revenue"]), world);
  check_equal(at.deficit, flat(expected["deficit"]), world);
  check_equal(at.price, flat(expected["sector_price_hat_nj"]));
  check_equal(at.expenditure, flat(expected["expenditure_nj"]));
  check_equal(at.output, flat(expected["gross_output_nj"]));
  check_equal(at.flow, by_link(expected["flow_net_of_tariff_jni"]));
}

/// Identities 1 to 10 of the accounts, relative to the world's value added.
inline void check_accounts(const TradeBase& base, const TradeEquilibrium& at, const TradePolicy& policy) {
  const TradeShape& shape = base.shape;
  double world = 0, paid = 0, deficits = 0, spent = 0, crossed = 0, revenues = 0;
  for (std::size_t n = 0; n < shape.regions; ++n) {
    world += base.value_added[n];
    paid += at.wage[n] * base.value_added[n];
  }
  const auto none = [&](double residual) { CHECK(std::abs(residual) <= 1e-11 * world); };
  for (std::size_t n = 0; n < shape.regions; ++n) {
    double final_spending = 0, factors = 0, imports = 0, exports = 0, duties = 0;
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      const std::size_t at_cell = shape.cell(n, j);
      double shares = 0, sales = 0, used = 0, costs = base.value_added_share[at_cell];
      for (std::size_t i = 0; i < shape.regions; ++i) {
        const std::size_t in = shape.link(n, i, j), out = shape.link(i, n, j);
        shares += at.share[in];
        imports += at.flow[in];
        exports += at.flow[out];
        sales += at.flow[out] / (1 + policy.export_tax[out]);
        duties += policy.tariff[in] * at.flow[in];
        crossed += at.flow[in];
      }
      for (std::size_t k = 0; k < shape.sectors; ++k) {
        used += base.input[shape.input(n, j, k)] * at.output[shape.cell(n, k)];
        costs += base.input[shape.input(n, k, j)];
      }
      CHECK(shares == Approx(1).epsilon(1e-13));
      CHECK(costs == Approx(1).epsilon(1e-12));
      none(sales - at.output[at_cell]);
      none(used + base.final_share[at_cell] * at.income[n] - at.expenditure[at_cell]);
      final_spending += base.final_share[at_cell] * at.income[n];
      factors += base.value_added_share[at_cell] * at.output[at_cell];
      spent += at.expenditure[at_cell];
    }
    none(final_spending - at.wage[n] * base.value_added[n] - at.revenue[n] - at.export_yield[n] - at.deficit[n]);
    none(factors - at.wage[n] * base.value_added[n]);
    none(imports - exports - at.deficit[n]);
    none(duties - at.revenue[n]);
    deficits += at.deficit[n];
    revenues += at.revenue[n];
  }
  none(deficits);
  none(spent - crossed - revenues);
  none(paid - world);
}

/// The shares of an envelope where buyers are used to these log landed costs, both by link.
inline std::vector<double> shares_of(const Envelope& envelope, const std::vector<double>& used_to) {
  KernelArray costs(used_to.size()), work(used_to.size()), mean(used_to.size());
  std::copy(used_to.begin(), used_to.end(), costs.data());
  LaneVector<1> lane(used_to.size());
  envelope.shares<1>(costs, work, mean, lane, best_kernels());
  std::vector<double> shares(used_to.size());
  get_lane(lane, 0, shares);
  return shares;
}

}  // namespace moniac::testing
