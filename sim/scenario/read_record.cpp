// What is kept of a run.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/fields.h"
#include "sim/scenario/number.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/sections.h"

namespace moniac {

namespace {

void read_every(const Node& node, RecordSpec& record, const Calendar* time, Problems& problems) {
  constexpr std::string_view word = "every ";
  Node length = node;
  length.text = node.text.substr(std::min(word.size(), node.text.size()));
  record.dates = RecordSpec::Dates::every;
  record.every = read_quantity(length, "dates", problems);
  if (record.every && time) read_whole_steps(*record.every, *time, "dates", problems);
}

void read_record_dates(const Node& node, RecordSpec& record, const Calendar* time, Problems& problems) {
  if (node.kind == Node::Kind::sequence) {
    record.dates = RecordSpec::Dates::list;
    record.list = read_dates(node, "dates", problems).value_or(std::vector<std::pair<Date, Place>>{});
    for (const auto& [date, place] : record.list) {
      if (time) check_in_run(date, place, "the date", *time, problems);
    }
  } else if (node.text == "all" || node.text == "end") {
    record.dates = node.text == "all" ? RecordSpec::Dates::all : RecordSpec::Dates::end;
  } else if (node.text.rfind("every ", 0) == 0) {
    read_every(node, record, time, problems);
  } else {
    problems.add(node.place, fmt::format("dates = {} is unknown", in_quotes(node.text)),
                 "write all, end, every 12 months, or a list of dates");
  }
}

void read_quantiles(const Node& node, RecordSpec& record, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "quantiles", "[5, 50, 95]", problems)) return;
  record.quantiles.clear();
  for (const Node& item : node.items) {
    const auto percent = read_plain_number(item, "quantiles", problems);
    if (!percent) continue;
    if (!(*percent > 0 && *percent < 100)) {
      problems.add(item.place, fmt::format("quantile {} is not between 0 and 100", item.text),
                   "write percent: 5, 50, 95");
    } else if (!record.quantiles.empty() && *percent <= record.quantiles.back()) {
      problems.add(item.place, fmt::format("quantiles must increase: {} does not", item.text));
    }
    record.quantiles.push_back(*percent);
  }
  if (!record.quantiles.empty() && record.quantiles.back() < 1) {
    problems.add(node.place, "all quantiles are below 1 %", "write percent: 5, 50, 95");
  }
}

void read_recorded(const Node& node, RecordSpec& record, Problems& problems) {
  if (!expect(Node::Kind::sequence, node, "variables", "[us.y10, us.policy_rate]", problems)) return;
  std::map<std::string, Place> seen;
  for (const Node& item : node.items) {
    const auto name = read_variable(item, "variables", problems);
    if (!name) continue;
    if (const auto [first, fresh] = seen.emplace(name->text, name->place); !fresh) {
      problems.add(item.place, fmt::format("{} is recorded twice", in_quotes(name->text)), "keep one of the two",
                   first->second);
    }
    record.variables.push_back(*name);
  }
}

// none, all, or the first so many paths.
std::int64_t read_first_paths(const Node& node, const std::string& what, Problems& problems) {
  if (!expect(Node::Kind::scalar, node, what, "none, all or 1000", problems)) return 0;
  if (node.text.find_first_of("0123456789") != std::string::npos) {
    return read_integer(node, what, 1, most_paths, problems).value_or(0);
  }
  if (node.text == "all") return RecordSpec::every_path;
  if (node.text != "none") {
    problems.add(node.place,
                 fmt::format("{} = {} is none of: none, all, a number of paths", what, in_quotes(node.text)),
                 "write how many of the first paths to keep: 1000");
  }
  return 0;
}

}  // namespace

RecordSpec read_record(const Node& node, const Calendar* time, Problems& problems) {
  RecordSpec record;
  record.place = node.place;
  const Fields fields{node, "record", names_of(record_keys()), problems};
  if (const Node* variables = fields.find("variables")) read_recorded(*variables, record, problems);
  if (const Node* dates = fields.find("dates")) read_record_dates(*dates, record, time, problems);
  if (const Node* quantiles = fields.find("quantiles")) read_quantiles(*quantiles, record, problems);
  if (const Node* method = fields.find("quantile_method")) {
    const auto choice = read_choice(*method, "quantile_method", quantile_methods(), problems);
    if (choice) record.method = static_cast<RecordSpec::Quantiles>(*choice);
  }
  if (const Node* paths = fields.find("paths")) record.paths = read_first_paths(*paths, "paths", problems);
  if (const Node* precision = fields.find("path_precision")) {
    const auto choice = read_choice(*precision, "path_precision", path_precisions(), problems);
    if (choice) record.precision = static_cast<RecordSpec::Precision>(*choice);
  }
  if (const Node* log = fields.find("trigger_log")) {
    record.trigger_log = read_first_paths(*log, "trigger_log", problems);
  }
  return record;
}

}  // namespace moniac
