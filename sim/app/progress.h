// How far a run is, for people or for programs.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sim/app/options.h"
#include "sim/app/streams.h"

namespace moniac {

/// What --progress asks for; under --quiet the automatic report is none.
ProgressMode shown_progress(const Options& options);

/// Reports paths done on stderr: a bar with rate and remaining time on a terminal, one line per 10 % elsewhere, or a
/// JSON object per line. In automatic mode lines appear only once the run has taken a second.
class ProgressReport {
 public:
  /// Of `paths` paths, `before` were done by an earlier attempt and do not count for the rate.
  ProgressReport(ProgressMode mode, std::int64_t paths, std::int64_t before, Streams& streams);
  ProgressReport(const ProgressReport&) = delete;
  ProgressReport& operator=(const ProgressReport&) = delete;
  /// Removes the bar.
  ~ProgressReport();

  /// `paths_saved` of them are on the disk and outlive a crash.
  void operator()(std::int64_t paths_done, std::int64_t paths_saved);

  /// Seconds since the report was made.
  double seconds() const;

 private:
  enum class Style { none, bar, lines, json };

  bool due(std::int64_t paths_done, double now) const;
  double rate(std::int64_t paths_done, double now) const;
  std::string sentence(std::int64_t paths_done, double now) const;
  std::string report(std::int64_t paths_done, std::int64_t paths_saved, double now) const;

  Style style_ = Style::none;
  double quiet_seconds_ = 0;
  std::int64_t paths_;
  std::int64_t before_;
  std::ostream& err_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::int64_t reported_ = -1;  ///< paths in the last report
  double reported_at_ = 0;
};

}  // namespace moniac
