// The sections of a scenario, each read from its part of the tree into its part of the Scenario.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// `time: {start: 2023-06-01, step: 1 month, horizon: 24 months}`, or `steps: 24`. Empty when something is wrong.
std::optional<Calendar> read_time(const Node& node, Problems& problems);

/// `ensemble: {paths: 20000, seed: 20230605, max_failed: 1 %}`.
void read_ensemble(const Node& node, Scenario& scenario, Problems& problems);

/// `models: {us.policy_rate: {mode: meetings}, us.rule_2: {model: policy_rate, inputs: {inflation: 2.4 %/year}}}`.
std::vector<Instance> read_models(const Node& node, Problems& problems);

/// `correlations: [{shocks: [us.curve/level, jp.curve_simple/level], matrix: [[1, 0.3], [0.3, 1]]}]`.
std::vector<Correlation> read_correlations(const Node& node, Problems& problems);

/// A correlation matrix with a row for each of `size` things, called `of` in messages ("shocks"): symmetric, with ones
/// on the diagonal. Whether it is one at all is decided by its eigenvalues.
std::optional<Matrix> read_correlation_matrix(const Node& node, std::size_t size, const std::string& of,
                                              Problems& problems);

/// The sections of a file: `moniac: 1` is among them, and none is that is not `known`. `what` is the kind of file
/// ("scenario"), `top` its beginning. An empty section counts as absent: its entries may be commented out.
void check_sections(const Node& tree, const Place& top, const std::string& what, const Words& known,
                    Problems& problems);

/// The mapping of a file that is no scenario, with its sections checked. Empty, with problems, when it has none.
std::optional<Node> read_file(const std::shared_ptr<const SourceText>& source, const std::string& what,
                              const Words& known, Problems& problems);

// Dates are checked against the time grid where it is known (`time` not null).

/// `levers: {uscn.posture: {2023-06-01: 0.5, 2023-11-01: 0.8}}`.
std::vector<Schedule> read_levers(const Node& node, const Calendar* time, Problems& problems);

/// `impose: {us.policy_rate: {2023-07-27: 5.50 %/year}}`.
std::vector<Schedule> read_impose(const Node& node, const Calendar* time, Problems& problems);

/// `events: [{at: 2023-07-01, set: {cn.treasury_sales: 22 USD bn}, for: 3 months}]`. Two `set` on one lever that start
/// in the same step, or whose windows (`for`) overlap, are an error.
std::vector<Event> read_events(const Node& node, const Calendar* time, Problems& problems);

/// `when`, `delay` and `release` of an event: `{name: fed, when: {us.y10: {above: 5 %/year}, at_most: 1}, set: {…}}`.
/// Empty when the event has no `when`.
std::optional<Trigger> read_trigger(const Node& event, const Fields& fields, const Calendar* time, Problems& problems);

/// `outcomes: {ten_year_5: {first: {us.y10: {above: 5 %/year}}, within: 12 months}}`.
std::vector<OutcomeSpec> read_outcomes(const Node& node, const Calendar* time, Problems& problems);

/// `record: {variables: [us.y10], dates: every 3 months, quantiles: [5, 50, 95]}`.
RecordSpec read_record(const Node& node, const Calendar* time, Problems& problems);

/// An axis of a sweep, `us.policy_rate.phi_pi: {uniform: [0.5, 2.5]}`.
std::optional<SweepAxis> read_axis(const Node& key, const Node& body, Problems& problems);

/// `sweep: {design: sobol, points: 256, axes: {us.policy_rate.phi_pi: {uniform: [0.5, 2.5]}}}`. Addresses are checked
/// when the cases are made.
std::optional<SweepSpec> read_sweep(const Node& node, Problems& problems);

}  // namespace moniac
