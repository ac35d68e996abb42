#include "sim/engine/combinations.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/engine/cell_moments.h"
#include "sim/engine/unit.h"
#include "sim/parallel/pipeline.h"

namespace moniac {

namespace {

// What one plan says on the paths of a range.
struct PlanAnswers final : UnitResult {
  std::vector<std::vector<double>> values;  // [question][path]
  std::vector<Failure> failures;
  double allowed_share = 0;  // of paths that may fail
  bool breach = false;       // of an identity
};

bool breaks_identity(const Plan& plan, const RangeSummary& summary) {
  std::size_t identity = 0;
  bool breach = false;
  for (const Variable& variable : plan.variables) {
    if (!variable.identity) continue;
    const bool imposed = std::any_of(plan.impositions.begin(), plan.impositions.end(),
                                     [&](const Imposition& i) { return i.placed == variable.placed; });
    breach |= !imposed && summary.residuals[identity].value > variable.tolerance;
    ++identity;
  }
  return breach;
}

std::unique_ptr<PlanAnswers> answers_of(const Plan& plan, const PathRange& range, const Execution& execution) {
  UnitWorker worker(plan, *execution.kernels, execution.lanes(plan), execution.poison);
  FinishedUnit unit;
  worker.run(range, {.every_path = true}, unit);
  auto answers = std::make_unique<PlanAnswers>();
  answers->failures = unit.summary.failures;
  answers->allowed_share = plan.max_failed;
  answers->breach = breaks_identity(plan, unit.summary);
  const auto paths = range.paths();
  for (std::size_t date = 0; date < plan.recorded_steps.size(); ++date) {
    for (std::size_t r = 0; r < plan.recorded.size(); ++r) {
      const KeptValues kept = worker.kept(r);
      for (std::int64_t label = 0; label < kept.labels; ++label) {
        const double* row = kept.data + static_cast<std::int64_t>(date) * kept.date_stride + label * kept.label_stride;
        answers->values.emplace_back(row, row + paths);
      }
    }
  }
  for (std::size_t o = 0; o < plan.outcomes.size(); ++o) {
    const std::vector<unsigned char>& happened = worker.answers(o);
    answers->values.emplace_back(happened.begin(), happened.begin() + paths);
  }
  return answers;
}

class FamilyRun {
 public:
  FamilyRun(const PlanFamily& plans, const Weights& weights, const Execution& execution)
      : plans_(plans),
        weights_(weights),
        execution_(execution),
        moments_(*execution.kernels, unit_paths),
        column_(unit_paths),
        trees_(weights.size()),
        sums_(weights.size()),
        failed_(plans.count),
        breach_(plans.count),
        allowed_share_(plans.count) {
    column_.setZero();
  }

  Combinations run() {
    for (std::int64_t first = 0; first < plans_.paths; first += unit_paths) {
      run_range({first, std::min(first + unit_paths, plans_.paths)});
    }
    return finish();
  }

 private:
  void run_range(const PathRange& range) {
    for (auto& sum : sums_) sum.clear();
    out_.assign(static_cast<std::size_t>(range.paths()), 0);
    std::size_t merged = 0;
    ordered_pipeline(
        static_cast<std::int64_t>(plans_.count), execution_.threads,
        [&](std::int64_t index) -> std::unique_ptr<UnitResult> {
          if (execution_.stop && execution_.stop->load(std::memory_order_relaxed)) throw Interrupted{};
          return answers_of(plans_.plan(static_cast<std::size_t>(index)), range, execution_);
        },
        [&](const std::unique_ptr<UnitResult>& result) {
          add(merged++, range, static_cast<const PlanAnswers&>(*result));
        });
    append(range);
  }

  void add(std::size_t plan, const PathRange& range, const PlanAnswers& answers) {
    allowed_share_[plan] = answers.allowed_share;
    failed_[plan] += static_cast<std::int64_t>(answers.failures.size());
    breach_[plan] = breach_[plan] || answers.breach;
    for (const Failure& failure : answers.failures) out_[static_cast<std::size_t>(failure.path - range.first)] = 1;
    for (std::size_t c = 0; c < weights_.size(); ++c) {
      const double weight = weights_[c][plan];
      sums_[c].resize(answers.values.size(), std::vector<double>(out_.size(), 0.0));
      if (weight == 0) continue;
      for (std::size_t q = 0; q < answers.values.size(); ++q) {
        const double* value = answers.values[q].data();
        double* sum = sums_[c][q].data();
        for (std::size_t p = 0; p < out_.size(); ++p) sum[p] += weight * value[p];
      }
    }
    done_ += range.paths();
    if (execution_.progress) execution_.progress(done_);
  }

  // The range is through in every plan: paths that failed in any count in none.
  void append(const PathRange& range) {
    for (std::size_t c = 0; c < sums_.size(); ++c) {
      trees_[c].resize(sums_[c].size());
      for (std::size_t q = 0; q < sums_[c].size(); ++q) {
        for (std::size_t p = 0; p < out_.size(); ++p) {
          column_[static_cast<Eigen::Index>(p)] = out_[p] ? std::numeric_limits<double>::quiet_NaN() : sums_[c][q][p];
        }
        moments_.append(column_.data(), out_.size(), range.first, trees_[c][q]);
      }
    }
    used_ += std::count(out_.begin(), out_.end(), 0);
  }

  Combinations finish() const {
    Combinations result{.moments = {}, .paths_used = used_, .verdicts = {}};
    for (const std::vector<MomentTree>& trees : trees_) {
      std::vector<Moments>& row = result.moments.emplace_back();
      for (const MomentTree& tree : trees) row.push_back(tree.total());
    }
    for (std::size_t plan = 0; plan < plans_.count; ++plan) {
      const bool many = static_cast<double>(failed_[plan]) > allowed_share_[plan] * static_cast<double>(plans_.paths);
      result.verdicts.push_back(breach_[plan] ? Verdict::identity_breach
                                : many        ? Verdict::too_many_failed
                                              : Verdict::ok);
    }
    return result;
  }

  const PlanFamily& plans_;
  const Weights& weights_;
  const Execution& execution_;
  CellMoments moments_;
  Eigen::ArrayXd column_;                               // aligned, as moments want it
  std::vector<std::vector<MomentTree>> trees_;          // [combination][question]
  std::vector<std::vector<std::vector<double>>> sums_;  // [combination][question][path of the range]
  std::vector<unsigned char> out_;                      // of the range: failed in some plan
  std::vector<std::int64_t> failed_;                    // by plan
  std::vector<bool> breach_;                            // by plan
  std::vector<double> allowed_share_;                   // by plan
  std::int64_t done_ = 0, used_ = 0;
};

}  // namespace

Combinations combine(const PlanFamily& plans, const Weights& weights, const Execution& execution) {
  return FamilyRun(plans, weights, execution).run();
}

}  // namespace moniac
