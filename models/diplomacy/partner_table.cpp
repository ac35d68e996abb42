#include "models/diplomacy/partner_table.h"

#include <algorithm>
#include <numeric>

namespace moniac {

namespace {

std::size_t region_index(const std::string& name) {
  const Names& all = exporter_regions();
  const auto found = std::find(all.begin(), all.end(), name);
  return found == all.end() ? 0 : static_cast<std::size_t>(found - all.begin());
}

std::vector<double> weights_of(const PartnerLists& lists) {
  std::vector<double> all = lists.weights;
  all.resize(lists.names.size(), 1);
  double ranks = 0;
  for (int rank = 1; rank <= lists.others; ++rank) ranks += 1.0 / rank;
  for (int rank = 1; rank <= lists.others; ++rank) all.push_back(lists.others_weight / ranks / rank);
  const double sum = std::accumulate(all.begin(), all.end(), 0.0);
  for (double& weight : all) weight /= sum;
  return all;
}

std::vector<Partner> homes_of(const PartnerLists& lists, const std::vector<double>& weight) {
  Names regions = lists.regions;
  regions.resize(weight.size(), "GLS");
  std::vector<double> whole(exporter_regions().size(), 0.0);
  for (std::size_t k = 0; k < weight.size(); ++k) whole[region_index(regions[k])] += weight[k];
  std::vector<Partner> all;
  for (std::size_t k = 0; k < weight.size(); ++k) {
    const std::size_t region = region_index(regions[k]);
    all.push_back({region, weight[k] / whole[region]});
  }
  return all;
}

}  // namespace

const Names& exporter_regions() {
  static const Names names = {"CHN", "JPN", "EU27", "EAS", "CAM", "ROA", "GLS"};
  return names;
}

PartnerTable::PartnerTable(const PartnerLists& lists)
    : names(lists.names), weight(weights_of(lists)), homes(homes_of(lists, weight)), heaviest_first(weight.size()) {
  for (int rank = 1; rank <= lists.others; ++rank) names.push_back("other_" + std::to_string(rank));
  std::iota(heaviest_first.begin(), heaviest_first.end(), 0);
  std::stable_sort(heaviest_first.begin(), heaviest_first.end(), [this](int a, int b) {
    return weight[static_cast<std::size_t>(a)] > weight[static_cast<std::size_t>(b)];
  });
}

}  // namespace moniac
