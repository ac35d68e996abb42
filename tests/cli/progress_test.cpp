#include "sim/app/progress.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/catch.h"

namespace moniac {

namespace {

// What a report over 1,000 paths prints when units of `unit` paths are done one after another.
std::string printed(ProgressMode mode, bool terminal, std::int64_t unit) {
  std::ostringstream out, err;
  Streams streams{out, err, terminal};
  {
    ProgressReport report(mode, 1000, 0, streams);
    for (std::int64_t done = unit; done <= 1000; done += unit) report(done, done / 2);
  }
  CHECK(out.str().empty());
  return err.str();
}

long lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("without a terminal there is one line for each tenth") {
  const std::string text = printed(ProgressMode::always, false, 10);
  CHECK(lines(text) == 10);
  CHECK(text.rfind(" 10 %  100 of 1,000 paths, ", 0) == 0);
  CHECK(lines(printed(ProgressMode::always, false, 500)) == 2);
}

TEST_CASE("on a terminal the bar is gone in the end") {
  const std::string text = printed(ProgressMode::always, true, 500);
  CHECK(text.rfind("\r\033[K[############............] 50 %", 0) == 0);
  CHECK(text.substr(text.size() - 4) == "\r\033[K");
  CHECK(lines(text) == 0);
}

TEST_CASE("a short run stays silent unless it is asked") {
  CHECK(printed(ProgressMode::automatic, true, 500) == "");
  CHECK(printed(ProgressMode::automatic, false, 500) == "");
  CHECK(printed(ProgressMode::never, true, 500) == "");
}

TEST_CASE("json progress is one object per line, the last with all paths") {
  std::istringstream text(printed(ProgressMode::json, true, 250));
  std::string line, last;
  while (std::getline(text, line)) {
    last = line;
    CHECK(nlohmann::json::parse(line).at("paths") == 1000);
  }
  CHECK(nlohmann::json::parse(last).at("paths_done") == 1000);
  CHECK(nlohmann::json::parse(last).at("paths_saved") == 500);
}

}  // namespace moniac
