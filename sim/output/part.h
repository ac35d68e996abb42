// A part: what a stretch of finished units leaves behind, as one file of our own format.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/results/cases.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// The encoded paths of one unit, by recorded variable.
struct KeptUnit {
  std::int64_t first = 0;  ///< path
  std::vector<std::string> encoded;
};

struct Part {
  RangeSummary summary;
  std::vector<double> values;  ///< for exact quantiles, [series][path of the range]; empty with a sketch
  std::vector<KeptUnit> kept;
};

/// Finished cases of a sweep. The range is one of cases.
struct CasePart {
  PathRange range;
  std::vector<CaseResult> cases;
};

/// The bytes of a part: a mark with the version of the format, `result_hash`, the range, the contents, and a SHA-256 of
/// all that.
std::string part_bytes(const Part& part, std::string_view result_hash);
std::string part_bytes(const CasePart& part, std::string_view result_hash);

/// A file that is not a whole part.
class PartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Which run a part belongs to and which paths it holds. Throws PartError unless every byte is as it was written.
struct PartLabel {
  std::string result_hash;
  PathRange range;
};
PartLabel read_part_label(std::string_view bytes);

/// A part whose label was read.
Part read_part(std::string_view bytes);
CasePart read_case_part(std::string_view bytes);

}  // namespace moniac
