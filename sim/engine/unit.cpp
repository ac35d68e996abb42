#include "sim/engine/unit.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "sim/math/sketch.h"

namespace moniac {

std::vector<int> recorded_columns(const Plan& plan) {
  std::vector<int> columns;
  for (const Recorded& recorded : plan.recorded) {
    for (const int value : recorded.values) {
      columns.push_back(plan.variables[static_cast<std::size_t>(recorded.variable)].column + value);
    }
  }
  return columns;
}

std::vector<int> identity_columns(const Plan& plan) {
  std::vector<int> columns;
  for (const Variable& variable : plan.variables) {
    if (variable.identity) columns.push_back(variable.column);
  }
  return columns;
}

std::vector<int> clamp_columns(const Plan& plan) {
  std::vector<int> columns;
  for (const Variable& variable : plan.variables) {
    if (variable.clamp) columns.push_back(variable.column);
  }
  return columns;
}

std::size_t series_count(const Plan& plan) {
  return recorded_columns(plan).size() * plan.recorded_steps.size();
}

UnitWorker::UnitWorker(const Plan& plan, const Kernels& kernels, std::size_t block_paths, bool poison,
                       const SharedDraws* shared)
    : plan_(plan),
      kernels_(kernels),
      block_paths_(block_paths),
      block_(plan, kernels, block_paths, poison, shared),
      columns_(recorded_columns(plan)),
      identities_(identity_columns(plan)),
      clamps_(clamp_columns(plan)),
      date_of_step_(static_cast<std::size_t>(plan.time.steps) + 1),
      outcomes_(plan, block_paths),
      answers_(plan.outcomes.size()),
      moments_(kernels, block_paths),
      masked_(static_cast<Eigen::Index>(block_paths)) {
  for (std::size_t d = 0; d < plan.recorded_steps.size(); ++d) {
    date_of_step_[static_cast<std::size_t>(plan.recorded_steps[d])] = d;
  }
}

void UnitWorker::run(const PathRange& range, const Keeping& keeping, FinishedUnit& unit) {
  failures_.clear();
  place_rows(range, keeping);
  run_blocks(range, keeping, unit.summary);
  if (!failures_.empty()) {
    std::sort(failures_.begin(), failures_.end(), [](const Failure& a, const Failure& b) { return a.path < b.path; });
    run_blocks(range, keeping, unit.summary);
  }
  unit.summary.failures = failures_;
  unit.kept.clear();
  if (!rows_ || !keeping.journal) return;
  for (std::size_t r = 0; r < plan_.recorded.size(); ++r) unit.kept.push_back(keeping.journal->encode(kept(r)));
}

// Where the values of recorded paths are found: among those that exact quantiles need, or in a buffer of our own.
void UnitWorker::place_rows(const PathRange& range, const Keeping& keeping) {
  rows_ = nullptr;
  kept_paths_ = (keeping.every_path ? range.end : std::min(range.end, plan_.kept_paths)) - range.first;
  if (kept_paths_ <= 0) return;
  if (keeping.values.data) {
    rows_ = keeping.values.data + range.first;
    row_stride_ = keeping.values.stride;
  } else {
    row_stride_ = unit_paths;
    own_rows_.resize(columns_.size() * plan_.recorded_steps.size() * unit_paths);
    rows_ = own_rows_.data();
  }
}

KeptValues UnitWorker::kept(std::size_t recorded) const {
  std::int64_t column = 0;
  for (std::size_t r = 0; r < recorded; ++r) column += static_cast<std::int64_t>(plan_.recorded[r].values.size());
  return {.data = rows_ + column * row_stride_,
          .paths = kept_paths_,
          .dates = static_cast<std::int64_t>(plan_.recorded_steps.size()),
          .labels = static_cast<std::int64_t>(plan_.recorded[recorded].values.size()),
          .date_stride = static_cast<std::int64_t>(columns_.size()) * row_stride_,
          .label_stride = row_stride_};
}

void UnitWorker::reset(const PathRange& range, const Keeping& keeping, RangeSummary& summary) const {
  const std::size_t series = columns_.size() * plan_.recorded_steps.size();
  summary.range = range;
  summary.moments.resize(series);
  for (MomentTree& tree : summary.moments) tree.clear();
  summary.counts.assign(keeping.frames.size() * sketch_buckets, 0);
  summary.triggers.assign(plan_.triggers.size(), {});
  summary.trigger_log.clear();
  summary.outcomes.assign(plan_.outcomes.size(), {});
  summary.binned.resize(plan_.outcomes.size());
  for (MomentTree& tree : summary.binned) tree.clear();
  summary.residuals.assign(identities_.size(), {});
  summary.clamped.assign(clamps_.size(), 0);
}

void UnitWorker::run_blocks(const PathRange& range, const Keeping& keeping, RangeSummary& summary) {
  reset(range, keeping, summary);
  const auto block_paths = static_cast<std::int64_t>(block_paths_);
  for (std::int64_t first = range.first; first < range.end; first += block_paths) {
    block_.begin(first, static_cast<std::size_t>(std::min(block_paths, range.end - first)));
    failed_lanes_.clear();
    for (const Failure& failure : failures_) {
      const std::int64_t lane = failure.path - block_.first();
      if (lane >= 0 && lane < block_paths) failed_lanes_.push_back(static_cast<std::size_t>(lane));
    }
    outcomes_.begin();
    block_.start();
    observe(range, keeping, summary);
    for (int k = 1; k <= plan_.time.steps; ++k) {
      block_.step();
      observe(range, keeping, summary);
    }
    for (std::size_t o = 0; o < plan_.outcomes.size(); ++o) {
      if (keeping.every_path) keep_answers(o, static_cast<std::size_t>(first - range.first));
      outcomes_.count(o, block_.paths(), failed_lanes_, summary.outcomes[o]);
    }
    block_.triggers().count(failed_lanes_, summary);
  }
}

void UnitWorker::keep_answers(std::size_t outcome, std::size_t first) {
  answers_[outcome].resize(first + block_.paths());
  for (std::size_t lane = 0; lane < block_.paths(); ++lane) {
    answers_[outcome][first + lane] = static_cast<unsigned char>(outcomes_.answer(outcome, lane));
  }
}

void UnitWorker::observe(const PathRange& range, const Keeping& keeping, RangeSummary& summary) {
  find_failures();
  find_largest_residuals(summary);
  if (block_.index() > 0) count_clamped(summary);
  outcomes_.observe(block_);
  bin(summary);
  if (keeping.observer) keeping.observer(block_);
  const auto date = date_of_step_[static_cast<std::size_t>(block_.index())];
  if (date) record(range, keeping, *date, summary);
}

// Of each bucket of this step, the numbers that fall into it.
void UnitWorker::bin(RangeSummary& summary) {
  for (std::size_t o = 0; o < plan_.outcomes.size(); ++o) {
    const std::optional<OutcomePlan::Binned>& binned = plan_.outcomes[o].binned;
    if (!binned || binned->step != block_.index()) continue;
    const double* column = without_failed(block_.now(binned->column));
    for (std::size_t lane = 0; lane < block_.paths(); ++lane) {
      const auto i = static_cast<Eigen::Index>(lane);
      masked_[i] = outcomes_.answer(o, lane) ? column[lane] : std::numeric_limits<double>::quiet_NaN();
    }
    moments_.append(masked_.data(), block_.paths(), block_.first(), summary.binned[o]);
  }
}

// Lists the first variable, in plan order, of each path that is not finite and was so far.
void UnitWorker::find_failures() {
  for (const Variable& variable : plan_.variables) {
    for (int c = variable.column; c < variable.column + variable.width(); ++c) {
      const double* column = block_.now(c);
      if (kernels_.all_finite(column, block_.lanes())) continue;
      for (std::size_t lane = 0; lane < block_.paths(); ++lane) {
        const auto known = std::lower_bound(failed_lanes_.begin(), failed_lanes_.end(), lane);
        if (std::isfinite(column[lane]) || (known != failed_lanes_.end() && *known == lane)) continue;
        failed_lanes_.insert(known, lane);
        const bool modelled = variable.placed >= 0;
        const std::string why = modelled ? block_.why_failed(variable.placed, lane) : "";
        failures_.push_back(
            {.path = block_.first() + static_cast<std::int64_t>(lane),
             .step = block_.index(),
             .model = modelled ? plan_.placed[static_cast<std::size_t>(variable.placed)].key : variable.name,
             .cause = variable.name + (std::isnan(column[lane]) ? " is not a number" : " is infinite") +
                      (why.empty() ? "" : ": " + why)});
      }
    }
  }
}

void UnitWorker::find_largest_residuals(RangeSummary& summary) const {
  for (std::size_t i = 0; i < identities_.size(); ++i) {
    const double* column = block_.now(identities_[i]);
    LargestResidual& largest = summary.residuals[i];
    if (failed_lanes_
            .empty()) {  // most blocks and steps bring nothing larger; of zeros the first seen is the lowest path
      const double most =
          Eigen::Map<const Eigen::ArrayXd>(column, static_cast<Eigen::Index>(block_.paths())).abs().maxCoeff();
      if (most < largest.value || (most == 0 && largest.value == 0)) continue;
    }
    for (std::size_t lane = 0; lane < block_.paths(); ++lane) {
      const double residual = std::abs(column[lane]);
      if (residual < largest.value || std::binary_search(failed_lanes_.begin(), failed_lanes_.end(), lane)) continue;
      largest.take({residual, block_.first() + static_cast<std::int64_t>(lane), block_.index()});
    }
  }
}

void UnitWorker::count_clamped(RangeSummary& summary) const {
  for (std::size_t c = 0; c < clamps_.size(); ++c) {
    const double* column = block_.now(clamps_[c]);
    std::int64_t held = std::count(column, column + block_.paths(), 1.0);
    for (const std::size_t lane : failed_lanes_) held -= column[lane] == 1;
    summary.clamped[c] += held;
  }
}

// The column with failed paths as NaN, which every summary skips; the column itself when there are none.
const double* UnitWorker::without_failed(const double* column) {
  if (failed_lanes_.empty()) return column;
  std::memcpy(masked_.data(), column, block_.lanes() * sizeof(double));
  for (std::size_t lane : failed_lanes_) {
    masked_[static_cast<Eigen::Index>(lane)] = std::numeric_limits<double>::quiet_NaN();
  }
  return masked_.data();
}

void UnitWorker::record(const PathRange& range, const Keeping& keeping, std::size_t date, RangeSummary& summary) {
  const std::size_t paths = block_.paths();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::size_t series = date * columns_.size() + c;
    const double* column = without_failed(block_.now(columns_[c]));
    moments_.append(column, paths, block_.first(), summary.moments[series]);
    const auto row = static_cast<std::int64_t>(series);
    if (keeping.values.data) {
      std::memcpy(keeping.values.data + row * keeping.values.stride + block_.first(), column, paths * sizeof(double));
    } else if (rows_) {
      std::memcpy(own_rows_.data() + row * row_stride_ + block_.first() - range.first, column, paths * sizeof(double));
    }
    if (!keeping.frames.empty()) {
      const SketchFrame& frame = keeping.frames[series];
      kernels_.sketch(column, paths, frame.center, frame.scale, summary.counts.data() + series * sketch_buckets);
    }
  }
}

std::vector<SketchFrame> sketch_frames(UnitWorker& worker, const Plan& plan) {
  constexpr std::int64_t pilot_paths = 512;
  FinishedUnit pilot;
  worker.run({0, std::min(plan.paths, pilot_paths)}, {}, pilot);
  std::vector<SketchFrame> frames;
  for (const MomentTree& tree : pilot.summary.moments) {
    const Moments moments = tree.total();
    frames.push_back({moments.mean, sketch_scale(moments.mean, std::sqrt(moments.variance()))});
  }
  return frames;
}

}  // namespace moniac
