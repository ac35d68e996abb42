#include "models/trade/shipped_tables.h"

#include <iterator>
#include <utility>

namespace moniac {

namespace {

#include "models/trade/trade_tables.inc"

// Rows by [importer][sector], columns by exporter, as in the files.
std::vector<double> by_link(const TradeShape& shape, const double* rows) {
  std::vector<double> values(shape.links());
  for (std::size_t n = 0; n < shape.regions; ++n) {
    for (std::size_t j = 0; j < shape.sectors; ++j) {
      for (std::size_t i = 0; i < shape.regions; ++i) values[shape.link(n, i, j)] = *rows++;
    }
  }
  return values;
}

template <std::size_t R, std::size_t S, std::size_t L, std::size_t G>
TradeTable table(const char* const (&regions)[R], const char* const (&sectors)[S], const double (&flows)[L],
                 const double (&tariffs)[L], const double (&inputs)[G]) {
  static_assert(L == R * R * S && G == R * S * S, "a file in scenarios/data/trade lacks rows or columns");
  constexpr TradeShape shape{.regions = R, .sectors = S};
  return {.regions = {std::begin(regions), std::end(regions)},
          .sectors = {std::begin(sectors), std::end(sectors)},
          .flow = by_link(shape, flows),
          .tariff = by_link(shape, tariffs),
          .input = {std::begin(inputs), std::end(inputs)}};
}

}  // namespace

TradeTable shipped_table(ShippedTable which) {
  switch (which) {
    case ShippedTable::icio_2017:
      return table(icio_2017_flows_names, icio_2017_inputs_names, icio_2017_flows, icio_2017_tariffs, icio_2017_inputs);
    case ShippedTable::wiod_2014:
      return table(wiod_2014_flows_names, wiod_2014_inputs_names, wiod_2014_flows, wiod_2014_tariffs, wiod_2014_inputs);
    case ShippedTable::icio_2022:
      break;
  }
  return table(icio_2022_flows_names, icio_2022_inputs_names, icio_2022_flows, icio_2022_tariffs, icio_2022_inputs);
}

}  // namespace moniac
