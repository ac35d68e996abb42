// The cases of a sweep: what each changes of the scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results/results.h"
#include "sim/scenario/resolve.h"
#include "sim/scenario/scenario.h"

namespace moniac {

/// The design of a sweep worked out: a value for each axis in each case.
class CaseTable {
 public:
  /// Of a scenario that has a sweep. What is wrong with addresses, distributions and sizes goes to `problems`.
  CaseTable(const Scenario& scenario, Problems& problems);

  std::int64_t count() const { return count_; }
  /// What the case changes.
  std::vector<Change> changes(std::int64_t index) const;
  /// "us.policy_rate.phi_pi = 1.25, us.policy_rate.rho = 0.8", for messages.
  std::string text(std::int64_t index) const;
  /// The values of every case, for the result file.
  std::vector<CaseAxis> axes() const;
  /// "sobol, 256 points with indices, seed 7".
  std::string design_text() const;
  /// Cases that hold the smallest and the largest number of each axis, and each listed value once: where values out of
  /// range are found first.
  std::vector<std::int64_t> corners() const;
  /// Things to tell about the design: a matrix of correlations that had to be repaired.
  const std::vector<std::string>& notes() const { return notes_; }

  const SweepSpec& spec() const { return spec_; }
  /// Points of the unit cube, [case][axis]; empty for a grid and a list.
  const std::vector<std::vector<double>>& points() const { return points_; }

 private:
  struct Column {
    Address address;
    std::vector<Node> listed;     ///< the values that it takes, or none
    std::vector<double> numbers;  ///< by case: a number in the unit of the axis, or which of the listed values
  };

  void lay_grid(Problems& problems);
  void lay_list();
  void draw_points(Problems& problems);
  void correlate(std::uint64_t seed);
  void fill_column(std::size_t axis, Problems& problems);
  Node value(std::size_t axis, std::int64_t index) const;

  SweepSpec spec_;
  std::uint64_t seed_ = 0;
  std::int64_t count_ = 0;
  std::vector<std::vector<double>> points_;
  std::vector<Column> columns_;
  std::vector<std::string> notes_;
};

}  // namespace moniac
