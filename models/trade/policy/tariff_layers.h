// Statutory tariffs as layers: instruments with phases, each with partners, goods, a rate and dates.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "models/trade/policy/base_trade.h"
#include "sim/model/calendar.h"

namespace moniac {

/// Layers as a scenario lists them: one entry per phase in every list. Lists of dates hold ISO dates; `until` may say
/// `open`. `announced` and `stacks` may be empty: announced on the day in force, all stack.
struct LayerLists {
  Names instruments;
  Names importers, exporters;  ///< a region, or `all`
  Names sectors;               ///< a sector, or `goods`
  std::vector<double> rates;   ///< %
  Names announced, from, until;
  Names stacks;  ///< yes or no
};

/// One phase of an instrument.
struct TariffLayer {
  std::string instrument;
  std::vector<std::size_t> importers, exporters, sectors;
  double rate = 0;    ///< ratio to the value at the border
  double before = 0;  ///< rate of the phase that this one follows on the same goods without a gap
  Date announced, from;
  std::optional<Date> until;  ///< not in force on that day any more
  bool stacks = true;         ///< adds to the others; of those that do not stack the highest applies, beside the stack

  bool covers(std::size_t importer, std::size_t exporter) const;
};

/// Reads the lists. Each mistake goes to `complain` with the names of the lists that it is in: lists of other lengths,
/// unknown regions, sectors and dates, an end before the start, two phases of one instrument that overlap.
std::vector<TariffLayer> read_layers(const LayerLists& lists, const BaseTrade& base,
                                     const std::function<void(std::string message, Names lists)>& complain);

/// What layers add to the base tariffs of every cell in every step; constants of the run.
class LayerSchedule {
 public:
  LayerSchedule(const std::vector<TariffLayer>& layers, const BaseTrade& base, const Calendar& time);

  /// Ratio to add, by cell.
  const std::vector<double>& added(int step) const { return added_[static_cast<std::size_t>(step)]; }
  /// Announced and not yet in force at the end of the step: mean over goods by pair, pp.
  const std::vector<double>& announced(int step) const { return announced_[static_cast<std::size_t>(step)]; }

 private:
  std::vector<std::vector<double>> added_, announced_;  // [step][cell or pair]
};

/// Buying ahead of a tariff: imports are (1 + f) times as large between announcement and force, and smaller for some
/// time after, so that nothing is gained in value. f = 0.25 times the announced rise.
///
/// The multiplier of a pair in a step is the mean over the step's time, so the sum over steps is neutral at any length.
class FrontLoading {
 public:
  /// `response`: f per unit of the rise. `payback`: years in which imports are smaller.
  FrontLoading(const std::vector<TariffLayer>& layers, const BaseTrade& base, const Calendar& time, double response,
               double payback);
  double multiplier(int step, std::size_t pair) const { return multiplier_[static_cast<std::size_t>(step)][pair]; }

 private:
  std::vector<std::vector<double>> multiplier_;  // [step][pair]
};

}  // namespace moniac
