// A table of world trade by region and sector, and the base of the trade model that is derived from it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace moniac {

/// How the arrays of trade are laid out: sectors innermost, so that every loop over sectors is elementwise.
struct TradeShape {
  std::size_t regions = 0;  ///< N
  std::size_t sectors = 0;  ///< J

  std::size_t cells() const { return regions * sectors; }             ///< by [region][sector]
  std::size_t links() const { return regions * regions * sectors; }   ///< by [importer][exporter][sector]
  std::size_t inputs() const { return regions * sectors * sectors; }  ///< by [region][input][using sector]

  std::size_t cell(std::size_t region, std::size_t sector) const { return region * sectors + sector; }
  std::size_t link(std::size_t importer, std::size_t exporter, std::size_t sector) const {
    return (importer * regions + exporter) * sectors + sector;
  }
  std::size_t input(std::size_t region, std::size_t used, std::size_t sector) const {
    return (region * sectors + used) * sectors + sector;
  }
};

/// What statistics report. Everything else follows: value added, final demand and deficits are never read.
struct TradeTable {
  std::vector<std::string> regions;
  std::vector<std::string> sectors;
  std::vector<double> flow;    ///< x by link: customs value without tariff, USD mn a year; own use on the diagonal
  std::vector<double> tariff;  ///< t by link, ratio; 0 on the diagonal
  std::vector<double> input;   ///< G by input: value of an input per unit of output; what is left is value added

  TradeShape shape() const { return {.regions = regions.size(), .sectors = sectors.size()}; }
};

/// A world of several regions and sectors in value terms, before any change (Caliendo and Parro 2015).
struct TradeBase {
  std::vector<std::string> regions;
  std::vector<std::string> sectors;
  TradeShape shape;
  std::vector<double> share;              ///< π by link: of the importer's spending on the sector, tariff included
  std::vector<double> tariff;             ///< t by link
  std::vector<double> value_added_share;  ///< g by cell: of output
  std::vector<double> input;              ///< G by input
  std::vector<double> final_share;        ///< a by cell: of the region's final spending
  std::vector<double> expenditure;        ///< X by cell, tariff included, USD mn a year
  std::vector<double> value_added;        ///< by region, USD mn a year
  std::vector<double> deficit;            ///< D by region: imports less exports, without tariffs
  std::vector<double> income;             ///< value added, tariff revenue and deficit, by region
};

/// The largest table that is read.
inline constexpr std::size_t max_trade_regions = 80;
inline constexpr std::size_t max_trade_sectors = 60;

/// The part of a table in which something is wrong, and the labels of its row there: region and sector.
struct TablePlace {
  enum class Part { flows, tariffs, inputs } part;
  std::size_t region, sector;
};

/// A sentence with region, sector and amount. What is wrong with the whole table has no place.
struct TableProblem {
  std::string message;
  std::optional<TablePlace> place;
};

/// Everything that keeps a table from being the accounts of a world; empty when calibrated() may take it.
std::vector<TableProblem> problems_of(const TradeTable& table);

/// The base in which every account of the table holds to rounding: g = 1 - Σ_k G, X = Σ_i (1+t) x, Y = Σ_n x, final
/// spending is what is left of X after intermediate use, value added Σ_j g Y, deficits from flows. `table` must be free
/// of problems.
TradeBase calibrated(const TradeTable& table);

}  // namespace moniac
