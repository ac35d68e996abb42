#include "models/trade/policy/base_trade.h"

#include "models/trade/shipped_tables.h"

namespace moniac {

double BaseTrade::goods_tariff(std::size_t importer, std::size_t exporter) const {
  double duty = 0, value = 0;
  for (std::size_t sector = 0; sector < sectors.size(); ++sector) {
    if (!is_goods(sector)) continue;
    duty += tariff[at(importer, exporter, sector)] * flow[at(importer, exporter, sector)];
    value += flow[at(importer, exporter, sector)];
  }
  return duty / value;
}

double BaseTrade::goods_flow(std::size_t importer, std::size_t exporter) const {
  double value = 0;
  for (std::size_t sector = 0; sector < sectors.size(); ++sector)
    value += is_goods(sector) ? flow[at(importer, exporter, sector)] : 0;
  return value;
}

BaseTrade base_trade() {
  const TradeTable table = shipped_table(ShippedTable::icio_2022);
  BaseTrade base{.regions = table.regions, .sectors = table.sectors, .tariff = table.tariff, .flow = {}};
  for (const double millions : table.flow) base.flow.push_back(millions / 1000);
  return base;
}

}  // namespace moniac
