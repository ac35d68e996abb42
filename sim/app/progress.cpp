#include "sim/app/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/app/text.h"

namespace moniac {

namespace {

constexpr double bar_interval = 0.1;   // seconds between two reports of the bar and of JSON
constexpr std::size_t bar_width = 24;  // characters
constexpr const char* clear_line = "\r\033[K";

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(bar_width));
  return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "]";
}

}  // namespace

ProgressMode shown_progress(const Options& options) {
  const bool silent = options.quiet && options.progress == ProgressMode::automatic;
  return silent ? ProgressMode::never : options.progress;
}

ProgressReport::ProgressReport(ProgressMode mode, std::int64_t paths, std::int64_t before, Streams& streams)
    : paths_(paths), before_(before), err_(streams.err) {
  if (mode == ProgressMode::never) return;
  if (mode == ProgressMode::json) {
    style_ = Style::json;
  } else {
    style_ = streams.err_is_terminal ? Style::bar : Style::lines;
    quiet_seconds_ = mode == ProgressMode::automatic ? 1 : 0;
  }
}

ProgressReport::~ProgressReport() {
  if (style_ == Style::bar && reported_ >= 0) err_ << clear_line << std::flush;
}

double ProgressReport::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

bool ProgressReport::due(std::int64_t paths_done, double now) const {
  if (style_ == Style::none || now < quiet_seconds_ || paths_done <= before_) return false;
  if (style_ == Style::lines) return 10 * paths_done / paths_ > 10 * std::max<std::int64_t>(reported_, 0) / paths_;
  return reported_ < 0 || paths_done == paths_ || now - reported_at_ >= bar_interval;
}

double ProgressReport::rate(std::int64_t paths_done, double now) const {
  return static_cast<double>(paths_done - before_) / now;
}

std::string ProgressReport::sentence(std::int64_t paths_done, double now) const {
  const double remaining = static_cast<double>(paths_ - paths_done) / rate(paths_done, now);
  return fmt::format("{:3} %  {} of {} paths, {}, {} left", 100 * paths_done / paths_, grouped(paths_done),
                     grouped(paths_), rate_text(rate(paths_done, now)), duration_text(remaining));
}

std::string ProgressReport::report(std::int64_t paths_done, std::int64_t paths_saved, double now) const {
  if (style_ == Style::bar) {
    const double share = static_cast<double>(paths_done) / static_cast<double>(paths_);
    return clear_line + bar(share) + sentence(paths_done, now);
  }
  if (style_ == Style::lines) return sentence(paths_done, now) + "\n";
  const nlohmann::ordered_json json = {{"paths_done", paths_done},
                                       {"paths_saved", paths_saved},
                                       {"paths", paths_},
                                       {"seconds", now},
                                       {"paths_per_second", rate(paths_done, now)}};
  return json.dump() + "\n";
}

void ProgressReport::operator()(std::int64_t paths_done, std::int64_t paths_saved) {
  const double now = seconds();
  if (!due(paths_done, now)) return;
  err_ << report(paths_done, paths_saved, now) << std::flush;
  reported_ = paths_done;
  reported_at_ = now;
}

}  // namespace moniac
