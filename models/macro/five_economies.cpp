#include "models/macro/five_economies.h"

#include <algorithm>
#include <cmath>

namespace moniac {

namespace {

std::size_t at(int c) {
  return static_cast<std::size_t>(c);
}

std::string of(int c, const std::string& name) {
  return economies()[at(c)] + "." + name;
}

template <class Handle, class Declare>
Each<Handle> each(Declare declare) {
  Each<Handle> handles;
  for (int c = 0; c < 5; ++c) handles[at(c)] = declare(c);
  return handles;
}

}  // namespace

FiveEconomies::FiveEconomies(Declarations& declarations) : Model(declarations) {
  std::string found = std::to_string(export_shares.size()) + " rows of";
  for (const auto& row : export_shares) found += " " + std::to_string(row.size());
  check(shares_are_square(), "export_shares needs 5 rows of 5 shares, us cn jp ea em; found " + found,
        {"export_shares"});
  for (const auto& row : export_shares)
    for (const double x : row)
      check(x >= 0 && x <= 1, "export_shares holds " + to_text(x) + ", and a share of GDP is 0 … 1", {"export_shares"});
}

bool FiveEconomies::shares_are_square() const {
  return export_shares.size() == 5 &&
         std::all_of(export_shares.begin(), export_shares.end(), [](const auto& row) { return row.size() == 5; });
}

ExactMatrix FiveEconomies::exports_over_gdp() const {
  return shares_are_square() ? exact_matrix(export_shares) : ExactMatrix(ExactMatrix::Zero(5, 5));
}

Names FiveEconomies::names_of(std::initializer_list<const char*> coefficients) {
  Names names;
  for (const char* coefficient : coefficients)
    for (const std::string& economy : economies()) names.push_back(economy + "_" + coefficient);
  return names;
}

std::string FiveEconomies::rounded(double x) {
  return to_text(std::round(x * 1e4) / 1e4);
}

Five FiveEconomies::each_param(const std::string& name, const Five& fallback, const std::string& unit, Range range,
                               const std::string& doc, const Source& source) {
  return each<double>([&](int c) {
    const std::string economy = economies()[at(c)];
    return param(economy + "_" + name, fallback[at(c)], unit, range, doc + ", " + economy, source);
  });
}

Five FiveEconomies::each_by_preset(const std::string& name, Sourced PolicyPreset::*field, const std::string& unit,
                                   Range range, const std::string& doc) {
  return each<double>([&](int c) {
    const Sourced preset = policy_preset(c).*field;
    return param(economies()[at(c)] + "_" + name, preset.value, unit, range, doc + ", " + economies()[at(c)],
                 preset.source);
  });
}

Each<Output> FiveEconomies::each_output(const std::string& name, const std::string& unit, const std::string& doc) {
  return each<Output>([&](int c) { return output(of(c, name), unit, doc); });
}

Each<Input> FiveEconomies::each_input(const std::string& name, const Five& fallback, const std::string& unit,
                                      const std::string& doc) {
  return each<Input>([&](int c) { return input(of(c, name), fallback[at(c)], unit, doc); });
}

Each<Input> FiveEconomies::each_lagged_input(const std::string& name, const Five& fallback, const std::string& unit,
                                             const std::string& doc) {
  return each<Input>([&](int c) { return lagged_input(of(c, name), fallback[at(c)], unit, doc); });
}

Each<State> FiveEconomies::each_state(const std::string& name, const std::string& doc) {
  return each<State>([&](int c) { return state(economies()[at(c)] + "_" + name, doc); });
}

Each<Shock> FiveEconomies::each_news(const std::string& name, const std::string& doc) {
  return each<Shock>([&](int c) { return normal_shock(economies()[at(c)] + "_" + name, doc); });
}

// The last sampled step before step k is a multiple of `every`; slot j holds the value `every` j steps before it.
int FiveEconomies::year_slot(int k) const {
  const int since_sample = (k - 1) % every + 1;
  return std::min(slots - 1, (year_steps - since_sample + every / 2) / every);
}

void FiveEconomies::start_accounts(Start& s) const {
  for (int c = 0; c < 5; ++c) {
    s[start_gap[at(c)]] = in_force(s, gap[at(c)]);
    s[potential[at(c)]] = 0;
    s[prices[at(c)]] = 0;
    s[gdp_real[at(c)]] = gdp0[at(c)];
    s[gdp_nominal[at(c)]] = gdp0[at(c)];
    s[gdp_growth[at(c)]] = growth[at(c)];
    s[unemployment[at(c)]] = unemployment0[at(c)];
    for (int j = 0; j < slots; ++j) s[remembered(c, j)] = -growth[at(c)] * every * j * s.dt();
  }
}

void FiveEconomies::step_accounts(Step& s, int c) const {
  s[start_gap[at(c)]] = s.last(start_gap[at(c)]);
  s[prices[at(c)]] = s.last(prices[at(c)]) + s.dt() * in_force(s, inflation[at(c)]);
  const auto gap_change = in_force(s, gap[at(c)]) - s[start_gap[at(c)]];
  const auto log_real = named(s[potential[at(c)]] + gap_change);
  s[gdp_real[at(c)]] = gdp0[at(c)] * exp(log_real / 100);
  s[gdp_nominal[at(c)]] = s[gdp_real[at(c)]] * exp(s[prices[at(c)]] / 100);
  s[unemployment[at(c)]] = unemployment0[at(c)] - okun[at(c)] * gap_change;

  const int slot = year_slot(s.index());
  const double years = ((s.index() - 1) % every + 1 + slot * every) * s.dt();
  s[gdp_growth[at(c)]] = (log_real - s.last(remembered(c, slot))) / years;
  const bool sampled = s.index() % every == 0;
  for (int j = slots - 1; j >= 0; --j) s[remembered(c, j)] = s.last(remembered(c, sampled && j > 0 ? j - 1 : j));
  if (sampled) s[remembered(c, 0)] = log_real;
}

}  // namespace moniac
