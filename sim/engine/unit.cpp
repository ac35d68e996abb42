#include "sim/engine/unit.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace moniac {

void LargestResidual::take(const LargestResidual& other) {
  const bool larger = other.value > value;
  const bool earlier = other.value == value && std::pair(other.path, other.step) < std::pair(path, step);
  if (larger || earlier) *this = other;
}

std::vector<int> recorded_columns(const Plan& plan) {
  std::vector<int> columns;
  for (const Recorded& recorded : plan.recorded) {
    for (int label : recorded.labels) {
      columns.push_back(plan.variables[static_cast<std::size_t>(recorded.variable)].column + label);
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

std::size_t series_count(const Plan& plan) {
  return recorded_columns(plan).size() * plan.recorded_steps.size();
}

UnitWorker::UnitWorker(const Plan& plan, const Kernels& kernels, std::size_t block_paths, bool poison)
    : plan_(plan),
      kernels_(kernels),
      block_paths_(block_paths),
      block_(plan, kernels, block_paths, poison),
      columns_(recorded_columns(plan)),
      identities_(identity_columns(plan)),
      date_of_step_(static_cast<std::size_t>(plan.time.steps) + 1),
      cells_(block_paths / cell_size),
      masked_(static_cast<Eigen::Index>(block_paths)) {
  for (std::size_t d = 0; d < plan.recorded_steps.size(); ++d) {
    date_of_step_[static_cast<std::size_t>(plan.recorded_steps[d])] = d;
  }
  for (const OutcomePlan& outcome : plan.outcomes) watches_.emplace_back(outcome, block_paths);
}

void UnitWorker::run(std::int64_t first, std::int64_t paths, const Keeping& keeping, UnitSummary& summary) {
  failures_.clear();
  run_blocks(first, paths, keeping, summary);
  if (!failures_.empty()) {
    std::sort(failures_.begin(), failures_.end(), [](const Failure& a, const Failure& b) { return a.path < b.path; });
    run_blocks(first, paths, keeping, summary);
  }
  summary.paths = paths;
  summary.failures = failures_;
}

void UnitWorker::reset(UnitSummary& summary, const Keeping& keeping) const {
  const std::size_t series = columns_.size() * plan_.recorded_steps.size();
  summary.moments.resize(series);
  for (MomentTree& tree : summary.moments) tree.clear();
  summary.counts.assign(keeping.frames.size() * sketch_buckets, 0);
  summary.outcomes.assign(plan_.outcomes.size(), {});
  summary.residuals.assign(identities_.size(), {});
}

void UnitWorker::run_blocks(std::int64_t first, std::int64_t paths, const Keeping& keeping, UnitSummary& summary) {
  reset(summary, keeping);
  const auto block_paths = static_cast<std::int64_t>(block_paths_);
  for (std::int64_t done = 0; done < paths; done += block_paths) {
    block_.begin(first + done, static_cast<std::size_t>(std::min(block_paths, paths - done)));
    failed_lanes_.clear();
    for (const Failure& failure : failures_) {
      const std::int64_t lane = failure.path - block_.first();
      if (lane >= 0 && lane < block_paths) failed_lanes_.push_back(static_cast<std::size_t>(lane));
    }
    for (OutcomeWatch& watch : watches_) watch.begin();
    block_.start();
    observe(keeping, summary);
    for (int k = 1; k <= plan_.time.steps; ++k) {
      block_.step();
      observe(keeping, summary);
    }
    for (std::size_t o = 0; o < watches_.size(); ++o) {
      watches_[o].count(block_.paths(), failed_lanes_, summary.outcomes[o]);
    }
  }
}

void UnitWorker::observe(const Keeping& keeping, UnitSummary& summary) {
  find_failures();
  find_largest_residuals(summary);
  for (OutcomeWatch& watch : watches_) watch.observe(block_);
  const auto date = date_of_step_[static_cast<std::size_t>(block_.index())];
  if (date) record(keeping, *date, summary);
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
        const std::string producer =
            variable.placed >= 0 ? plan_.placed[static_cast<std::size_t>(variable.placed)].key : variable.name;
        failures_.push_back(
            {.path = block_.first() + static_cast<std::int64_t>(lane),
             .step = block_.index(),
             .model = producer,
             .cause = variable.name + (std::isnan(column[lane]) ? " is not a number" : " is infinite")});
      }
    }
  }
}

void UnitWorker::find_largest_residuals(UnitSummary& summary) const {
  for (std::size_t i = 0; i < identities_.size(); ++i) {
    const double* column = block_.now(identities_[i]);
    LargestResidual& largest = summary.residuals[i];
    for (std::size_t lane = 0; lane < block_.paths(); ++lane) {
      const double residual = std::abs(column[lane]);
      if (residual < largest.value || std::binary_search(failed_lanes_.begin(), failed_lanes_.end(), lane)) continue;
      largest.take({residual, block_.first() + static_cast<std::int64_t>(lane), block_.index()});
    }
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

void UnitWorker::record(const Keeping& keeping, std::size_t date, UnitSummary& summary) {
  const std::size_t paths = block_.paths();
  const std::size_t cells = (paths + cell_size - 1) / cell_size;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::size_t series = date * columns_.size() + c;
    const double* column = without_failed(block_.now(columns_[c]));
    kernels_.cells(column, paths, cells_.data());
    for (std::size_t i = 0; i < cells; ++i) {
      const Cell& cell = cells_[i];
      summary.moments[series].append({cell.count, cell.mean, cell.m2, cell.minimum, cell.maximum});
    }
    if (keeping.values) {
      double* row = keeping.values + static_cast<std::int64_t>(series) * keeping.stride;
      std::memcpy(row + block_.first(), column, paths * sizeof(double));
    }
    if (!keeping.frames.empty()) {
      const SketchFrame& frame = keeping.frames[series];
      kernels_.sketch(column, paths, frame.center, frame.scale, summary.counts.data() + series * sketch_buckets);
    }
  }
}

}  // namespace moniac
