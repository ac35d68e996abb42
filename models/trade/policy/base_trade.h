// Regions, sectors, duties and flows of the base year, as far as trade policy needs them.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/variables.h"

namespace moniac {

/// Values are by [importer][exporter][sector], the sector fastest.
struct BaseTrade {
  Names regions;
  Names sectors;
  std::vector<double> tariff;  ///< ratio to the value at the border
  std::vector<double> flow;    ///< USD bn/year, net of tariff

  std::size_t at(std::size_t importer, std::size_t exporter, std::size_t sector) const {
    return (importer * regions.size() + exporter) * sectors.size() + sector;
  }
  /// Tariffs are levied on goods; services are the last sector.
  bool is_goods(std::size_t sector) const { return sector + 1 < sectors.size(); }
  /// Share of a sector in the goods that an importer buys from an exporter.
  double weight(std::size_t importer, std::size_t exporter, std::size_t sector) const {
    return is_goods(sector) ? flow[at(importer, exporter, sector)] / goods_flow(importer, exporter) : 0;
  }
  /// Mean tariff on goods, weighted by flows.
  double goods_tariff(std::size_t importer, std::size_t exporter) const;
  /// Goods in USD bn/year.
  double goods_flow(std::size_t importer, std::size_t exporter) const;

  Dimension importers() const { return {"importer", regions}; }
  Dimension exporters() const { return {"exporter", regions}; }
  /// [importer,exporter] and [importer,exporter,sector].
  Dimensions pairs() const { return {importers(), exporters()}; }
  Dimensions cells() const { return {importers(), exporters(), {"sector", sectors}}; }
};

/// The default base year.
BaseTrade base_trade();

}  // namespace moniac
