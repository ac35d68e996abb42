// A table of world trade as a user writes it: rows of comma-separated cells.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "models/trade/trade_table.h"

namespace moniac {

/// The rows of three files laid out like those of scenarios/data/trade, header first.
struct TableRows {
  std::vector<std::string> flows;    ///< importer,sector,EXPORTER,…: USD mn a year
  std::vector<std::string> tariffs;  ///< the same: ratio
  std::vector<std::string> inputs;   ///< region,input,USING SECTOR,…: value per unit of output
};

/// Reads the rows into a table whose regions are the exporters of `flows` and whose sectors are those that `inputs`
/// names, in their order; rows come in any. What is wrong goes to `complain` with the list and row ("table_flows[3]",
/// the header is row 0) or the lists that it is wrong in: rows of another length, unknown, missing and repeated regions
/// and sectors, cells that are no number, and problems_of the table, at most `most_complaints` in all. What is returned
/// after a complaint is of no use.
TradeTable read_table(const TableRows& rows,
                      const std::function<void(std::string message, std::vector<std::string> where)>& complain);

inline constexpr int most_complaints = 20;

}  // namespace moniac
