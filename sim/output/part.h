// A part: what a stretch of finished units leaves behind, as one file of our own format.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/path_encoding.h"
#include "sim/results/cases.h"
#include "sim/results/range_summary.h"

namespace moniac {

/// The encoded paths of one unit, by recorded variable.
struct KeptUnit {
  std::int64_t first = 0;  ///< path
  std::vector<std::string> encoded;
};

/// Which paths of a run are kept one by one, beside the summaries.
struct KeptPaths {
  PathStorage recorded;
  std::int64_t logged = 0;  ///< firings of triggers are listed on the first so many
};

struct Part {
  RangeSummary summary;
  std::vector<double> values;  ///< for exact quantiles, [series][path of the range]; empty with a sketch
  KeptPaths of_run;            ///< what of its run is kept, of which `kept` is the share of the range
  std::vector<KeptUnit> kept;
};

/// Finished cases of a sweep. The range is one of cases.
struct CasePart {
  PathRange range;
  std::vector<CaseResult> cases;
};

/// Neighbours, in order, as one part.
Part join(std::vector<Part> neighbours);
CasePart join(std::vector<CasePart> neighbours);

/// What fixes the contents of a part.
struct PartHashes {
  std::string result;   ///< hash of all that fixes the result of the run
  std::string summary;  ///< hash of all that fixes what is summed up of a path, whatever is made of the sums and
                        ///< however many paths there are: the parts of a shorter run can serve a longer one

  bool operator==(const PartHashes&) const = default;
};

/// The bytes of a part: a mark with the version of the format, the hashes, the range, the contents, and a SHA-256 of
/// all that.
std::string part_bytes(const Part& part, const PartHashes& hashes);
std::string part_bytes(const CasePart& part, const PartHashes& hashes);

/// A file that is not a whole part.
class PartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Which run a part belongs to and which paths it holds. Throws PartError unless every byte is as it was written.
struct PartLabel {
  PartHashes hashes;
  PathRange range;
};
PartLabel read_part_label(std::string_view bytes);

/// A part whose label was read.
Part read_part(std::string_view bytes);
CasePart read_case_part(std::string_view bytes);

}  // namespace moniac
