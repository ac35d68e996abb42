// The partners of the USA: named ones and many small ones, with their weights and regions.
#pragma once

#include "models/diplomacy/partner_queue.h"
#include "sim/model/variables.h"

namespace moniac {

/// The regions of exporters to the USA, as trade names them.
const Names& exporter_regions();

/// What a scenario says of the partners.
struct PartnerLists {
  Names names;
  std::vector<double> weights;  ///< of those, in any unit
  Names regions;                ///< of those
  int others = 0;               ///< further partners, all in GLS, with weights as 1/rank
  double others_weight = 0;     ///< of the others together, in the unit of `weights`
};

/// All partners, the named first.
struct PartnerTable {
  Names names;
  std::vector<double> weight;       ///< sum to 1
  std::vector<Partner> homes;       ///< shares of regions by weight
  std::vector<int> heaviest_first;  ///< equal weights in the order of the lists

  /// Of any lists: wrong ones are refused before the table is used.
  explicit PartnerTable(const PartnerLists& lists);
};

}  // namespace moniac
