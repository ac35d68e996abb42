#include "sim/engine/measure_watch.h"

#include <algorithm>
#include <limits>

namespace moniac {

namespace {

using Kind = MeasurePlan::Kind;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool keeps_a_value(const MeasurePlan& measure) {
  const bool compares = measure.kind == Kind::difference || measure.kind == Kind::ratio;
  return measure.kind == Kind::drawdown || measure.kind == Kind::relative_drawdown || (compares && measure.step >= 0);
}

// The longest look back into each column; a mean of n steps needs n - 1 before the present one.
std::vector<std::pair<int, int>> looks_back(const Plan& plan) {
  std::vector<std::pair<int, int>> longest;
  for (const MeasurePlan& measure : plan.measures) {
    if (measure.back == 0) continue;
    const auto known =
        std::find_if(longest.begin(), longest.end(), [&](const auto& look) { return look.first == measure.from; });
    if (known == longest.end()) {
      longest.emplace_back(measure.from, measure.back);
    } else {
      known->second = std::max(known->second, measure.back);
    }
  }
  return longest;
}

}  // namespace

MeasureWatch::MeasureWatch(const Plan& plan, std::size_t lanes)
    : plan_(plan), capacity_(lanes), kept_(plan.measures.size()) {
  for (const auto& [column, back] : looks_back(plan)) {
    const auto size = static_cast<Eigen::Index>(back + 1) * static_cast<Eigen::Index>(lanes);
    histories_.push_back({column, back + 1, Eigen::ArrayXd::Zero(size)});
  }
  for (std::size_t m = 0; m < kept_.size(); ++m) {
    if (keeps_a_value(plan.measures[m])) kept_[m].setZero(static_cast<Eigen::Index>(lanes));
  }
}

std::size_t MeasureWatch::bytes_per_lane(const Plan& plan) {
  std::size_t doubles = 0;
  for (const auto& [column, back] : looks_back(plan)) doubles += static_cast<std::size_t>(back) + 1;
  for (const MeasurePlan& measure : plan.measures) {
    if (keeps_a_value(measure)) ++doubles;
  }
  return doubles * sizeof(double);
}

void MeasureWatch::update(int step, std::size_t lanes, const LevelColumns& now, const LevelColumns& last) {
  lanes_ = lanes;
  for (History& history : histories_) std::copy_n(now[history.column], lanes, past(history, step));
  for (std::size_t m = 0; m < plan_.measures.size(); ++m) {
    const MeasurePlan& measure = plan_.measures[m];
    const double* x = now[measure.from];
    double* value = now[measure.to];
    switch (measure.kind) {
      case Kind::difference: {
        const double* base = reference(m, step, now);
        for (std::size_t l = 0; l < lanes; ++l) value[l] = x[l] - measure.factor * base[l];
        break;
      }
      case Kind::ratio: {
        const double* base = reference(m, step, now);
        for (std::size_t l = 0; l < lanes; ++l) value[l] = base[l] == 0 ? unknown : x[l] / (measure.factor * base[l]);
        break;
      }
      case Kind::mean:
        take_mean(m, step, value);
        break;
      case Kind::drawdown:
        keep_largest(m, step, x);
        for (std::size_t l = 0; l < lanes; ++l) value[l] = kept_[m].data()[l] - x[l];
        break;
      case Kind::relative_drawdown: {
        keep_largest(m, step, x);
        const double* largest = kept_[m].data();
        for (std::size_t l = 0; l < lanes; ++l) value[l] = largest[l] > 0 ? (largest[l] - x[l]) / largest[l] : unknown;
        break;
      }
      case Kind::hold:
        if (step < measure.step) std::fill_n(value, lanes, unknown);
        if (step == measure.step) std::copy_n(x, lanes, value);
        if (step > measure.step) std::copy_n(last[measure.to], lanes, value);
        break;
    }
  }
}

MeasureWatch::History& MeasureWatch::history_of(int column) {
  return *std::find_if(histories_.begin(), histories_.end(), [&](const History& h) { return h.column == column; });
}

double* MeasureWatch::past(History& history, int step) const {
  return history.values.data() + static_cast<std::size_t>(step % history.steps) * capacity_;
}

// The values that the measure is compared with.
const double* MeasureWatch::reference(std::size_t m, int step, const LevelColumns& now) {
  const MeasurePlan& measure = plan_.measures[m];
  if (measure.other >= 0) return now[measure.other];
  if (measure.back > 0) return past(history_of(measure.from), std::max(step - measure.back, 0));
  keep(m, step, now[measure.from]);
  return kept_[m].data();
}

void MeasureWatch::keep(std::size_t m, int step, const double* values) {
  if (step == plan_.measures[m].step) {
    std::copy_n(values, lanes_, kept_[m].data());
  } else if (step == 0) {
    std::fill_n(kept_[m].data(), lanes_, unknown);
  }
}

void MeasureWatch::keep_largest(std::size_t m, int step, const double* values) {
  double* largest = kept_[m].data();
  if (step == 0) std::copy_n(values, lanes_, largest);
  for (std::size_t l = 0; l < lanes_; ++l) largest[l] = values[l] > largest[l] ? values[l] : largest[l];
}

// Over the steps of the window from the oldest on; a running sum would carry its rounding along.
void MeasureWatch::take_mean(std::size_t m, int step, double* mean) {
  History& history = history_of(plan_.measures[m].from);
  const int first = std::max(step - plan_.measures[m].back + 1, 0);
  std::copy_n(past(history, first), lanes_, mean);
  for (int s = first + 1; s <= step; ++s) {
    const double* values = past(history, s);
    for (std::size_t l = 0; l < lanes_; ++l) mean[l] += values[l];
  }
  const double steps = step - first + 1;
  for (std::size_t l = 0; l < lanes_; ++l) mean[l] /= steps;
}

}  // namespace moniac
