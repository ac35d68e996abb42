#include "sim/app/observations.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/app/input_files.h"
#include "sim/scenario/csv.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/quantity.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

Node scalar(const CsvCell& cell) {
  return {.kind = Node::Kind::scalar, .place = cell.place, .text = cell.text, .items = {}, .entries = {}};
}

class ObservationReader {
 public:
  ObservationReader(const Scenario& scenario, const Plan& plan, Problems& problems)
      : scenario_(scenario), plan_(plan), problems_(problems) {
    for (const Variable& variable : plan.variables) {
      for (int value = 0; value < variable.width(); ++value) {
        known_.push_back(variable.name_of(value));
        units_.push_back(variable.unit);
      }
    }
  }

  Observations read(const CsvTable& table) {
    const std::optional<std::size_t> name = column(table, "name"), date = column(table, "date"),
                                     value = column(table, "value");
    if (!name || !date || !value) return {};
    const std::optional<std::size_t> unit = place_of(table, "unit");
    for (const std::vector<CsvCell>& row : table.rows) {
      CsvCell quantity = row[*value];
      if (unit && !row[*unit].text.empty() && !quantity.text.empty()) quantity.text += " " + row[*unit].text;
      take(row[*name], row[*date], quantity);
    }
    if (table.rows.empty())
      problems_.add(table.header.front().place, "nothing was observed", "add rows: us.y10,2025-12-31,4.2");
    return std::move(found_);
  }

  Observations read(const Node& mapping) {
    for (const auto& [name, value] : mapping.entries) {
      if (value.kind != Node::Kind::mapping) {
        take(cell(name), {.text = {}, .place = value.place}, cell(value));
        continue;
      }
      for (const auto& [date, number] : value.entries) take(cell(name), cell(date), cell(number));
    }
    if (mapping.entries.empty())
      problems_.add(mapping.place, "nothing was observed", "write {us.y10: {2025-12-31: 4.2 %/year}}");
    return std::move(found_);
  }

 private:
  static CsvCell cell(const Node& node) { return {node.text, node.place}; }

  static std::optional<std::size_t> place_of(const CsvTable& table, const std::string& name) {
    for (std::size_t c = 0; c < table.header.size(); ++c) {
      if (table.header[c].text == name) return c;
    }
    return {};
  }

  std::optional<std::size_t> column(const CsvTable& table, const std::string& name) {
    const auto found = place_of(table, name);
    if (!found && !table.header.empty()) {
      problems_.add(table.header.front().place, fmt::format("there is no column '{}'", name),
                    "the first line must be: name,date,value");
    }
    return found;
  }

  void take(const CsvCell& name, const CsvCell& date, const CsvCell& value) {
    const auto outcome = std::find_if(scenario_.outcomes.begin(), scenario_.outcomes.end(),
                                      [&](const OutcomeSpec& spec) { return spec.name == name.text; });
    if (!once(name, date)) return;
    if (outcome != scenario_.outcomes.end()) {
      take_outcome(*outcome, date, value);
    } else {
      take_number(name, date, value);
    }
  }

  bool once(const CsvCell& name, const CsvCell& date) {
    const std::string key = name.text + "," + date.text;
    const auto known = std::find_if(seen_.begin(), seen_.end(), [&](const auto& seen) { return seen.first == key; });
    if (known != seen_.end()) {
      problems_.add(name.place, fmt::format("{} is observed twice", in_quotes(key)), "keep one of the two",
                    known->second);
      return false;
    }
    seen_.emplace_back(key, name.place);
    return true;
  }

  void take_outcome(const OutcomeSpec& outcome, const CsvCell& date, const CsvCell& value) {
    if (!date.text.empty()) {
      take_first_passage(outcome, date, value);
      return;
    }
    if (!outcome.buckets) {
      if (value.text != "0" && value.text != "1") {
        problems_.add(value.place, fmt::format("{} is not whether {} happened", in_quotes(value.text), outcome.name),
                      "write 1 if it did, 0 if it did not");
        return;
      }
      found_.outcomes.push_back({.name = outcome.name, .happened = value.text == "1", .bucket = {}});
      return;
    }
    const std::vector<std::string>& labels = outcome.buckets->labels;
    if (std::find(labels.begin(), labels.end(), value.text) == labels.end()) {
      problems_.add(value.place, fmt::format("{} has no bucket {}", outcome.name, in_quotes(value.text)),
                    suggestion(value.text, labels));
      return;
    }
    found_.outcomes.push_back({.name = outcome.name, .happened = false, .bucket = value.text});
  }

  void take_first_passage(const OutcomeSpec& outcome, const CsvCell& date, const CsvCell& value) {
    const auto planned = std::find_if(plan_.outcomes.begin(), plan_.outcomes.end(),
                                      [&](const OutcomePlan& known) { return known.name == outcome.name; });
    if (planned == plan_.outcomes.end() || !planned->passage || value.text != "1") {
      problems_.add(date.place, fmt::format("the outcome {} has no date", outcome.name),
                    "leave the date empty; one that is 'first' or a 'sequence' may have the day of its value 1");
      return;
    }
    const auto day = read_date(scalar(date), "date", problems_);
    if (!day) return;
    const Calendar& time = scenario_.time;
    const Date end = time.date(plan_.occurrences[static_cast<std::size_t>(planned->occurrence)].last_step);
    if (*day < time.start || *day > end) {
      problems_.add(date.place, fmt::format("{} is outside the window of {}", date.text, outcome.name),
                    fmt::format("it is {} … {}; later is 0, without a date", iso(time.start), iso(end)));
      return;
    }
    found_.outcomes.push_back({.name = outcome.name, .happened = true, .bucket = {}, .day = day});
  }

  void take_number(const CsvCell& name, const CsvCell& date, const CsvCell& value) {
    const auto known = std::find(known_.begin(), known_.end(), name.text);
    if (known == known_.end()) {
      problems_.add(name.place,
                    fmt::format("{} is neither a variable nor an outcome of the scenario", in_quotes(name.text)),
                    suggestion(name.text, known_));
      return;
    }
    if (value.text.empty()) {
      problems_.add(value.place, fmt::format("{} has no value on {}", name.text, date.text),
                    "write the number, or leave this date out");
      return;
    }
    const std::string& unit = units_[static_cast<std::size_t>(known - known_.begin())];
    const auto day = read_date(scalar(date), "date", problems_);
    const auto number = in_unit(value, unit);
    if (!day || !number) return;
    const auto step = *day == scenario_.time.start ? std::optional(0) : scenario_.time.step_of(*day);
    if (!step || scenario_.time.date(*step) != *day) {
      problems_.add(date.place, fmt::format("{} is no date of the run", date.text), nearest_text(*day));
      return;
    }
    found_.numbers.push_back({.variable = {name.text, name.place}, .date = *day, .value = *number});
  }

  std::optional<double> in_unit(const CsvCell& value, const std::string& unit) {
    const auto quantity = read_quantity(scalar(value), "value", problems_);
    if (!quantity || quantity->unit.empty()) return quantity ? std::optional(quantity->number) : std::nullopt;
    return convert(*quantity, unit, scenario_.time.dt(), "value", problems_);
  }

  std::string nearest_text(Date day) const {
    const Calendar& time = scenario_.time;
    int next = 0;
    while (next < time.steps && time.date(next) < day) ++next;
    const int before = std::max(next - 1, 0);
    return fmt::format("its dates are {} … {}; the nearest are {} and {}", iso(time.start), iso(time.date(time.steps)),
                       iso(time.date(before)), iso(time.date(next)));
  }

  const Scenario& scenario_;
  const Plan& plan_;
  Problems& problems_;
  std::vector<std::string> known_;  // names of variables, and of the values of vectors
  std::vector<std::string> units_;  // of the same
  Observations found_;
  std::vector<std::pair<std::string, Place>> seen_;
};

}  // namespace

Observations read_observations(const std::shared_ptr<const SourceText>& csv, const Scenario& scenario, const Plan& plan,
                               Problems& problems) {
  return ObservationReader(scenario, plan, problems).read(read_csv(csv, problems));
}

Observations read_observations(const Node& mapping, const Scenario& scenario, const Plan& plan, Problems& problems) {
  return ObservationReader(scenario, plan, problems).read(mapping);
}

Observations read_observations(const std::string& path, const Scenario& scenario, const Plan& plan) {
  Problems problems;
  const auto source = reading(path, [&] { return read_source(path); });
  Observations observed = read_observations(source, scenario, plan, problems);
  problems.raise();
  return observed;
}

Scenario recording(Scenario scenario, const Observations& observed) {
  RecordSpec record;
  record.place = scenario.record.place;
  record.method = RecordSpec::Quantiles::exact;
  record.dates = RecordSpec::Dates::list;
  record.list.emplace_back(scenario.time.start, record.place);
  for (const ObservedNumber& number : observed.numbers) {
    record.variables.push_back(number.variable);
    record.list.emplace_back(number.date, number.variable.place);
  }
  scenario.record = std::move(record);
  return scenario;
}

}  // namespace moniac
