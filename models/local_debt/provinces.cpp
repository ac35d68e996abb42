#include "models/local_debt/provinces.h"

namespace moniac {

namespace {

// Of general spending, what is public investment; 2 % of GDP from the fund budget come on top of it.
constexpr double investment_in_budget = 0.055;

struct Row {
  const char* name;
  int tier;
  double gdp, bonds, own_revenue, spending, land_revenue, lgfv_debt;
};

// scenarios/data/china_provinces_2023.csv; the standing of each column is in scenarios/data/README.md.
constexpr Row rows[] = {
    {"guangdong", 2, 13567.32, 2987.1, 1385.1, 1851.1, 401.0, 2485.0},
    {"jiangsu", 2, 12822.22, 2273.2, 993.0, 1524.3, 863.0, 8249.0},
    {"shandong", 2, 9206.87, 2748.8, 746.5, 1258.2, 470.7, 4572.0},
    {"zhejiang", 2, 8255.32, 2293.0, 860.0, 1235.3, 618.9, 6560.0},
    {"sichuan", 2, 6013.29, 2025.8, 552.9, 1273.3, 348.7, 4771.0},
    {"henan", 3, 5913.24, 1788.5, 451.2, 1106.2, 200.5, 2385.0},
    {"hubei", 2, 5580.36, 1570.5, 369.2, 929.8, 270.2, 3180.0},
    {"fujian", 2, 5435.51, 1380.0, 359.2, 586.1, 235.4, 1590.0},
    {"hunan", 3, 5001.28, 1819.9, 336.05, 958.5, 244.1, 2187.0},
    {"shanghai", 1, 4721.87, 883.2, 831.25, 963.85, 287.7, 994.0},
    {"anhui", 3, 4705.06, 1570.4, 393.9, 863.8, 235.4, 2187.0},
    {"hebei", 3, 4394.41, 1842.9, 428.6, 960.5, 174.3, 1193.0},
    {"beijing", 1, 4376.07, 1137.8, 618.1, 797.1, 174.3, 1789.0},
    {"shaanxi", 3, 3378.61, 1109.8, 343.7, 717.5, 165.6, 1590.0},
    {"jiangxi", 3, 3220.01, 1275.6, 306.0, 750.1, 191.8, 2385.0},
    {"liaoning", 3, 3020.94, 1290.4, 275.4, 656.7, 52.3, 348.0},
    {"chongqing", 2, 3014.58, 1225.8, 244.1, 530.5, 156.9, 2087.0},
    {"yunnan", 3, 3002.1, 1433.6, 215.0, 673.0, 61.0, 1292.0},
    {"guangxi", 3, 2720.24, 1160.8, 178.4, 610.3, 87.2, 1193.0},
    {"shanxi", 3, 2569.82, 708.5, 347.9, 635.1, 78.5, 497.0},
    {"inner_mongolia", 3, 2462.7, 1107.5, 308.3, 681.7, 43.6, 199.0},
    {"guizhou", 3, 2091.32, 1512.6, 207.8, 620.6, 148.2, 1391.0},
    {"xinjiang", 3, 1912.59, 1060.0, 218.0, 603.9, 65.4, 497.0},
    {"tianjin", 2, 1673.73, 1111.6, 202.7, 328.0, 56.7, 1590.0},
    {"heilongjiang", 3, 1588.39, 857.5, 139.6, 577.6, 21.8, 199.0},
    {"jilin", 3, 1353.12, 882.5, 107.5, 440.6, 34.9, 596.0},
    {"gansu", 3, 1186.38, 711.0, 100.35, 451.9, 43.6, 596.0},
    {"hainan", 3, 755.12, 410.6, 90.1, 224.5, 43.6, 99.0},
    {"ningxia", 3, 531.5, 228.4, 50.2, 175.2, 10.5, 99.0},
    {"qinghai", 3, 379.91, 337.1, 38.1, 219.0, 8.7, 99.0},
    {"tibet", 3, 239.27, 69.4, 23.66, 280.9, 5.2, 99.0},
};

std::vector<Province> full_table() {
  std::vector<Province> table;
  for (const Row& row : rows)
    table.push_back({row.name, row.tier, row.gdp, row.bonds, row.own_revenue, row.spending - row.own_revenue,
                     row.spending - investment_in_budget * row.gdp, row.land_revenue, row.lgfv_debt});
  return table;
}

std::vector<Province> by_tier() {
  std::vector<Province> tiers;
  for (int tier = 1; tier <= 3; ++tier)
    tiers.push_back({tier_names()[static_cast<std::size_t>(tier - 1)], tier, 0, 0, 0, 0, 0, 0, 0});
  for (const Province& row : full_table()) {
    Province& sum = tiers[static_cast<std::size_t>(row.tier - 1)];
    sum.gdp += row.gdp;
    sum.bonds += row.bonds;
    sum.own_revenue += row.own_revenue;
    sum.transfers += row.transfers;
    sum.primary_spending += row.primary_spending;
    sum.land_revenue += row.land_revenue;
    sum.lgfv_debt += row.lgfv_debt;
  }
  return tiers;
}

// Official totals with GDP of the revised vintage, which the provinces' does not reach, and budget shares to match.
std::vector<Province> national() {
  const double gdp = 129427.0;
  return {{"china", 0, gdp, 40737.3, 0.0906 * gdp, 0.0795 * gdp, 0.128 * gdp, 5799.6, 57000.0}};
}

}  // namespace

const Names& province_levels() {
  static const Names levels = {"full", "tiers", "national"};
  return levels;
}

std::vector<Province> province_table(int level) {
  if (level == 0) return full_table();
  return level == 1 ? by_tier() : national();
}

Names names_of(const std::vector<Province>& table) {
  Names names;
  for (const Province& row : table) names.push_back(row.name);
  return names;
}

const Names& tier_names() {
  static const Names names = {"tier_1", "tier_2", "tier_3"};
  return names;
}

}  // namespace moniac
