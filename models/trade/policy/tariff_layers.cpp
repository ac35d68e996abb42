#include "models/trade/policy/tariff_layers.h"

#include <algorithm>

#include "sim/model/model_time.h"

namespace moniac {

namespace {

using Complain = std::function<void(std::string, Names)>;

std::vector<std::size_t> all_of(std::size_t count) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < count; ++i) indices.push_back(i);
  return indices;
}

// The index of a word among `known`, or all indices below `whole` for the word `all`.
std::vector<std::size_t> chosen(const std::string& word, const Names& known, const char* all, std::size_t whole,
                                const char* list, const Complain& complain) {
  if (word == all) return all_of(whole);
  const auto found = std::find(known.begin(), known.end(), word);
  if (found != known.end()) return {static_cast<std::size_t>(found - known.begin())};
  std::string words = all;
  for (const std::string& name : known) words += ", " + name;
  complain("'" + word + "' is none of " + words, {list});
  return {};
}

Date date_of(const std::string& text, const char* list, const Complain& complain) {
  const std::optional<Date> date = parse_date(text);
  if (!date) complain("'" + text + "' is not a date such as 2025-04-05", {list});
  return date.value_or(Date{});
}

bool same_lengths(const LayerLists& lists, const Complain& complain) {
  const std::size_t count = lists.instruments.size();
  const std::pair<const char*, std::size_t> lengths[] = {
      {"layer_importers", lists.importers.size()}, {"layer_exporters", lists.exporters.size()},
      {"layer_sectors", lists.sectors.size()},     {"layer_rates", lists.rates.size()},
      {"layer_from", lists.from.size()},           {"layer_until", lists.until.size()},
      {"layer_announced", lists.announced.size()}, {"layer_stacks", lists.stacks.size()}};
  bool good = true;
  for (const auto& [list, length] : lengths) {
    const bool optional = list == std::string("layer_announced") || list == std::string("layer_stacks");
    if (length == count || (optional && length == 0)) continue;
    complain(std::string(list) + " has " + std::to_string(length) + " entries for " + std::to_string(count) + " layers",
             {list});
    good = false;
  }
  return good;
}

bool share(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

bool overlap(const TariffLayer& a, const TariffLayer& b) {
  const bool in_time = (!a.until || b.from < *a.until) && (!b.until || a.from < *b.until);
  return in_time && share(a.importers, b.importers) && share(a.exporters, b.exporters) && share(a.sectors, b.sectors);
}

bool follows(const TariffLayer& layer, const TariffLayer& other) {
  return other.instrument == layer.instrument && other.until == layer.from && other.importers == layer.importers &&
         other.exporters == layer.exporters && other.sectors == layer.sectors;
}

void check_dates(const TariffLayer& layer, const Complain& complain) {
  if (layer.until && *layer.until <= layer.from)
    complain(layer.instrument + " ends on " + iso(*layer.until) + ", not after its start on " + iso(layer.from),
             {"layer_from", "layer_until"});
  if (layer.announced > layer.from)
    complain(layer.instrument + " is announced on " + iso(layer.announced) + ", after its start on " + iso(layer.from),
             {"layer_announced", "layer_from"});
}

bool in_force(const TariffLayer& layer, const Calendar& time, int step) {
  const Date end = time.date(step);
  const bool over = layer.until && *layer.until <= end;
  return layer.from <= end && !over;
}

// The mean rise of a pair's tariff on goods by a layer: rate times the share of the goods that it covers.
double mean_rise(const TariffLayer& layer, const BaseTrade& base, std::size_t importer, std::size_t exporter) {
  double rise = 0;
  for (const std::size_t sector : layer.sectors)
    rise += (layer.rate - layer.before) * base.weight(importer, exporter, sector);
  return rise;
}

}  // namespace

bool TariffLayer::covers(std::size_t importer, std::size_t exporter) const {
  return importer != exporter && std::find(importers.begin(), importers.end(), importer) != importers.end() &&
         std::find(exporters.begin(), exporters.end(), exporter) != exporters.end();
}

std::vector<TariffLayer> read_layers(const LayerLists& lists, const BaseTrade& base, const Complain& complain) {
  std::vector<TariffLayer> layers;
  if (!same_lengths(lists, complain)) return layers;
  const std::size_t regions = base.regions.size(), goods = base.sectors.size() - 1;
  const Names goods_names(base.sectors.begin(), base.sectors.end() - 1);
  for (std::size_t i = 0; i < lists.instruments.size(); ++i) {
    TariffLayer layer{
        .instrument = lists.instruments[i],
        .importers = chosen(lists.importers[i], base.regions, "all", regions, "layer_importers", complain),
        .exporters = chosen(lists.exporters[i], base.regions, "all", regions, "layer_exporters", complain),
        .sectors = chosen(lists.sectors[i], goods_names, "goods", goods, "layer_sectors", complain),
        .rate = lists.rates[i] / 100,
        .before = 0,
        .announced = {},
        .from = date_of(lists.from[i], "layer_from", complain),
        .until = {}};
    if (lists.until[i] != "open") layer.until = date_of(lists.until[i], "layer_until", complain);
    layer.announced = lists.announced.empty() ? layer.from : date_of(lists.announced[i], "layer_announced", complain);
    if (!lists.stacks.empty()) layer.stacks = lists.stacks[i] != "no";
    if (!lists.stacks.empty() && lists.stacks[i] != "no" && lists.stacks[i] != "yes")
      complain("'" + lists.stacks[i] + "' is neither yes nor no", {"layer_stacks"});
    check_dates(layer, complain);
    for (const TariffLayer& other : layers) {
      if (other.instrument == layer.instrument && overlap(other, layer))
        complain("two phases of " + layer.instrument + " overlap: from " + iso(other.from) + " and from " +
                     iso(layer.from) + "; end the first before the second, or give one another name",
                 {"layers", "layer_from", "layer_until"});
      if (follows(layer, other)) layer.before = other.rate;
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

LayerSchedule::LayerSchedule(const std::vector<TariffLayer>& layers, const BaseTrade& base, const Calendar& time) {
  const std::size_t regions = base.regions.size(), cells = regions * regions * base.sectors.size();
  for (int step = 0; step <= time.steps; ++step) {
    std::vector<double> stacked(cells), highest(cells);
    std::vector<double> announced(regions * regions);
    for (const TariffLayer& layer : layers) {
      const bool ahead = layer.announced <= time.date(step) && time.date(step) < layer.from;
      for (std::size_t importer = 0; importer < regions; ++importer) {
        for (std::size_t exporter = 0; exporter < regions; ++exporter) {
          if (!layer.covers(importer, exporter)) continue;
          if (ahead) announced[importer * regions + exporter] += 100 * mean_rise(layer, base, importer, exporter);
          if (!in_force(layer, time, step)) continue;
          for (const std::size_t sector : layer.sectors) {
            const std::size_t cell = base.at(importer, exporter, sector);
            if (layer.stacks)
              stacked[cell] += layer.rate;
            else
              highest[cell] = std::max(highest[cell], layer.rate);
          }
        }
      }
    }
    for (std::size_t cell = 0; cell < cells; ++cell) stacked[cell] += highest[cell];
    added_.push_back(std::move(stacked));
    announced_.push_back(std::move(announced));
  }
}

FrontLoading::FrontLoading(const std::vector<TariffLayer>& layers, const BaseTrade& base, const Calendar& time,
                           double response, double payback) {
  const std::size_t regions = base.regions.size();
  const double dt = time.dt();
  for (int step = 0; step <= time.steps; ++step) {
    std::vector<double>& multiplier = multiplier_.emplace_back(regions * regions, 1.0);
    for (const TariffLayer& layer : layers) {
      const double announced = years_to(time, layer.announced), from = years_to(time, layer.from);
      const double ahead = time_within(time, step, announced, from) / dt;
      const double after = time_within(time, step, from, from + payback) / dt * (from - announced) / payback;
      for (std::size_t importer = 0; importer < regions; ++importer) {
        for (std::size_t exporter = 0; exporter < regions; ++exporter) {
          if (!layer.covers(importer, exporter)) continue;
          const double rise = std::max(0.0, mean_rise(layer, base, importer, exporter));
          multiplier[importer * regions + exporter] += response * rise * (ahead - after);
        }
      }
    }
  }
}

}  // namespace moniac
