#include "sim/study/sweep_sensitivity.h"

#include <fmt/format.h>

#include <limits>

#include "sim/parallel/pipeline.h"
#include "sim/study/sensitivity.h"

namespace moniac {

namespace {

// A response by its place among those of a case, and whether it is told in words.
struct Response {
  std::string name;  ///< "us.y10 at 2027-12-01"
  bool told = false;
};

std::vector<Response> responses_of(const Results& sweep) {
  std::vector<Response> all;
  for (const RecordedVariable& variable : sweep.variables) {
    for (std::size_t d = 0; d < sweep.dates.size(); ++d) {
      for (std::size_t value = 0; value < variable.width(); ++value) {
        all.push_back({variable.name_of(value) + " on " + iso(sweep.dates[d]), d + 1 == sweep.dates.size()});
      }
    }
  }
  const std::size_t outcomes = sweep.outcomes.size() / static_cast<std::size_t>(sweep.cases->count);
  for (std::size_t o = 0; o < outcomes; ++o) all.push_back({"the probability of " + sweep.outcomes[o].name, true});
  return all;
}

// Values of each response in every case, [response][case].
using ByResponse = std::vector<std::vector<double>>;

ByResponse whole_of(const Results& sweep) {
  const auto cases = static_cast<std::size_t>(sweep.cases->count);
  ByResponse all;
  for (const RecordedVariable& variable : sweep.variables) {
    const std::size_t per_case = variable.mean.size() / cases;
    for (std::size_t i = 0; i < per_case; ++i) {
      std::vector<double>& values = all.emplace_back();
      for (std::size_t c = 0; c < cases; ++c) values.push_back(variable.mean[c * per_case + i]);
    }
  }
  const std::size_t outcomes = sweep.outcomes.size() / cases;
  for (std::size_t o = 0; o < outcomes; ++o) {
    std::vector<double>& values = all.emplace_back();
    for (std::size_t c = 0; c < cases; ++c) values.push_back(sweep.outcomes[c * outcomes + o].probability);
  }
  return all;
}

std::vector<double> of_response(const std::vector<CaseHalves>& halves, std::vector<double> CaseHalves::*half,
                                std::size_t response) {
  std::vector<double> values;
  for (const CaseHalves& one : halves) {
    if (!(one.*half).empty()) values.push_back((one.*half)[response]);
  }
  return values;
}

// Measures with their values [axis][response] or [response], filled response by response.
class Measures {
 public:
  Measures(std::size_t axes, std::size_t responses) : axes_(axes), responses_(responses) {}

  void add(const std::string& name, const std::string& words, bool by_axis, bool in_unit) {
    const std::size_t count = (by_axis ? axes_ : 1) * responses_;
    all_.push_back(
        {name, words, by_axis, in_unit, std::vector<double>(count, std::numeric_limits<double>::quiet_NaN())});
  }
  // A number, its standard error and its interval.
  void add_estimate(const std::string& name, const std::string& words, bool by_axis, bool in_unit) {
    add(name, words, by_axis, in_unit);
    add(name + "_se", words + ", standard error", by_axis, in_unit);
    add(name + "_low", words + ", lower end of the 95 % interval", by_axis, in_unit);
    add(name + "_high", words + ", upper end of the 95 % interval", by_axis, in_unit);
  }

  // The values of a response go to the measures in the order in which they were added.
  class Column {
   public:
    Column(Measures& measures, std::size_t response) : measures_(measures), response_(response) {}
    void put(double value, std::size_t axis = 0) {
      measures_.all_[next_].values[axis * measures_.responses_ + response_] = value;
      ++next_;
    }
    void put(const Estimate& estimate, std::size_t axis = 0) {
      put(estimate.value, axis);
      put(estimate.standard_error, axis);
      put(estimate.low, axis);
      put(estimate.high, axis);
    }
    void rewind(std::size_t measure) { next_ = measure; }

   private:
    Measures& measures_;
    std::size_t response_;
    std::size_t next_ = 0;
  };

  std::vector<SensitivityMeasure> take() { return std::move(all_); }

 private:
  std::size_t axes_, responses_;
  std::vector<SensitivityMeasure> all_;
};

Measures sobol_measures(std::size_t axes, std::size_t responses) {
  Measures measures(axes, responses);
  measures.add_estimate("sobol_first", "first-order Sobol index", true, false);
  measures.add_estimate("sobol_total", "total Sobol index", true, false);
  measures.add_estimate("sobol_interactions", "share of interactions", false, false);
  measures.add_estimate("noise_share", "share of Monte-Carlo noise in the variance between cases", false, false);
  return measures;
}

Measures morris_measures(std::size_t axes, std::size_t responses) {
  Measures measures(axes, responses);
  measures.add_estimate("morris_mu", "mean elementary effect", true, true);
  measures.add_estimate("morris_mu_star", "mean size of the elementary effects", true, true);
  measures.add_estimate("morris_sigma", "standard deviation of the elementary effects", true, true);
  measures.add_estimate("noise_share", "share of Monte-Carlo noise in the variance between cases", false, false);
  return measures;
}

class SensitivityOfSweep {
 public:
  SensitivityOfSweep(const Results& sweep, const std::vector<CaseHalves>& halves, const CaseTable& table)
      : halves_(halves),
        table_(table),
        names_(responses_of(sweep)),
        whole_(whole_of(sweep)),
        measures_(sobol() ? sobol_measures(axes(), names_.size()) : morris_measures(axes(), names_.size())),
        sentences_(names_.size()) {
    for (const SweepAxis& axis : table.spec().axes) axis_names_.push_back(axis.address);
  }

  void estimate(std::size_t response) {
    const std::vector<double> first = of_response(halves_, &CaseHalves::first, response);
    const std::vector<double> second = of_response(halves_, &CaseHalves::second, response);
    const Responses values{.whole = whole_[response], .first_half = first, .second_half = second};
    if (sobol()) {
      estimate_sobol(values, response);
    } else {
      estimate_morris(values, response);
    }
  }

  std::vector<SensitivityMeasure> measures() { return measures_.take(); }
  std::vector<std::string> sentences() const {
    std::vector<std::string> told;
    for (std::size_t r = 0; r < names_.size(); ++r) {
      if (names_[r].told) told.push_back(sentences_[r]);
    }
    return told;
  }
  std::size_t count() const { return names_.size(); }

 private:
  bool sobol() const { return table_.spec().design == SweepSpec::Design::sobol; }
  std::size_t axes() const { return table_.spec().axes.size(); }
  std::size_t points() const { return static_cast<std::size_t>(table_.spec().points); }

  void estimate_sobol(const Responses& values, std::size_t response) {
    const SobolIndices indices = sobol_indices(values, points(), axes());
    Measures::Column column(measures_, response);
    for (std::size_t a = 0; a < axes(); ++a) {
      column.rewind(0);
      column.put(indices.axes[a].first, a);
      column.put(indices.axes[a].total, a);
    }
    column.put(indices.interactions);
    column.put(indices.noise_share);
    sentences_[response] = sentence(indices, names_[response].name, axis_names_);
  }

  void estimate_morris(const Responses& values, std::size_t response) {
    const MorrisEffects effects = morris_effects(values, table_.points(), points());
    Measures::Column column(measures_, response);
    for (std::size_t a = 0; a < axes(); ++a) {
      column.rewind(0);
      column.put(effects.axes[a].mu, a);
      column.put(effects.axes[a].mu_star, a);
      column.put(effects.axes[a].sigma, a);
    }
    column.put(effects.noise_share);
    sentences_[response] = sentence(effects, names_[response].name, axis_names_);
  }

  const std::vector<CaseHalves>& halves_;
  const CaseTable& table_;
  const std::vector<Response> names_;
  const ByResponse whole_;
  Measures measures_;
  std::vector<std::string> axis_names_;
  std::vector<std::string> sentences_;
};

}  // namespace

bool asks_for_sensitivity(const CaseTable& table) {
  return table.spec().indices || table.spec().design == SweepSpec::Design::morris;
}

void add_sensitivity(Results& sweep, const std::vector<CaseHalves>& halves, const CaseTable& table, int threads) {
  if (!asks_for_sensitivity(table)) return;
  SensitivityOfSweep sensitivity(sweep, halves, table);
  parallel_for(static_cast<std::int64_t>(sensitivity.count()), threads,
               [&](std::int64_t response) { sensitivity.estimate(static_cast<std::size_t>(response)); });
  sweep.cases->sensitivity = sensitivity.measures();
  sweep.cases->sentences = sensitivity.sentences();
}

}  // namespace moniac
