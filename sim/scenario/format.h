// The words of a scenario file, each in one place: the readers know them, and `moniac schema` is made of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace moniac {

/// The version of the scenario format, `moniac: 1`.
inline constexpr std::int64_t format_version = 1;

/// The longest run.
inline constexpr int max_steps = 100'000;
inline constexpr int longest_run_years = 1000;

/// A step is at most so many days, weeks, months, … long.
inline constexpr int max_units_per_step = 1000;

/// The largest number of paths that a scenario may ask for.
inline constexpr std::int64_t most_paths = 1'000'000'000'000;

/// The largest sweep: points of a design, and cases in all.
inline constexpr std::int64_t most_points = 1'000'000;
inline constexpr std::int64_t most_cases = 1'000'000;
inline constexpr std::int64_t most_levels = 1000;

/// A key of a mapping, and what it is in a line.
struct Key {
  std::string name;
  std::string doc;
};
using Keys = std::vector<Key>;
using Words = std::vector<std::string>;

/// The names alone, in the same order.
Words names_of(const Keys& keys);

// The keys of each mapping, in the order of the documentation.
const Keys& section_keys();
const Keys& time_keys();
const Keys& ensemble_keys();
const Keys& correlation_keys();
const Keys& event_keys();
const Keys& when_keys();     ///< the options of a trigger, beside its conditions
const Keys& outcome_keys();  ///< the kinds come first, in the order of OutcomeSpec::Kind
const Keys& gap_keys();
const Keys& measure_keys();  ///< what a condition may make of its variable, beside its tests
const Keys& bucket_keys();   ///< besides those of a measure
const Keys& joint_keys();    ///< and, or, not, in the order of Condition::Kind
const Keys& record_keys();
const Keys& schedule_keys();  ///< the long form; `until` is for impositions only
const Keys& csv_keys();       ///< a series in a file; `until` is for impositions only
const Keys& instance_keys();  ///< besides the parameters of its model
const Keys& sweep_keys();
const Keys& axis_keys();  ///< the laws come first, in the order of SweepAxis::Law
const Keys& rank_correlation_keys();
const Keys& views_keys();    ///< of a file of views
const Keys& mixture_keys();  ///< of a file that mixes scenarios
const Keys& mixture_scenario_keys();
const Keys& view_keys();  ///< the kinds come first, in the order of StatedView::Kind, then Relation

// Choices, in the order of the enumerations they are read into.
const Words& step_units();         ///< StepUnit; an `s` may follow
const Words& interpolations();     ///< step, linear
const Words& event_actions();      ///< Event::Action
const Words& outcome_kinds();      ///< OutcomeSpec::Kind, without `named`
const Words& predicate_tests();    ///< Predicate::Test
const Words& drawdowns();          ///< absolute, relative
const Words& quantile_methods();   ///< RecordSpec::Quantiles
const Words& designs();            ///< SweepSpec::Design
Words keys_of_design(int design);  ///< keys of a sweep that has this design, besides `design`
const Words& axis_laws();          ///< SweepAxis::Law
const Words& path_precisions();    ///< RecordSpec::Precision
const Words& view_kinds();         ///< StatedView::Kind
const Words& view_bounds();        ///< Relation

}  // namespace moniac
