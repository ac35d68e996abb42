// China's provinces at the end of 2023: their economies, budgets and debts.
#pragma once

#include <string>
#include <vector>

#include "sim/model/variables.h"

namespace moniac {

/// One unit of local government: a province, a tier of provinces, or all of them. Money in CNY bn, flows a year.
struct Province {
  std::string name;
  int tier;  ///< 1, 2, 3; 0 spans all tiers
  double gdp;
  double bonds;             ///< statutory debt
  double own_revenue;       ///< general public budget
  double transfers;         ///< from the centre: spending beyond own revenue
  double primary_spending;  ///< general public budget less what is investment
  double land_revenue;      ///< gross
  double lgfv_debt;         ///< interest-bearing debt of financing vehicles
};

/// "full" (31 provinces), "tiers" (3), "national" (1).
const Names& province_levels();
/// The table at province_levels()[index]. Rows of coarser levels are sums; "national" has the official totals instead.
std::vector<Province> province_table(int level);

/// One number of each row.
template <class Number>
std::vector<double> each(const std::vector<Province>& table, const Number& number) {
  std::vector<double> values;
  for (const Province& row : table) values.push_back(number(row));
  return values;
}
Names names_of(const std::vector<Province>& table);

/// "tier_1", "tier_2", "tier_3".
const Names& tier_names();

}  // namespace moniac
