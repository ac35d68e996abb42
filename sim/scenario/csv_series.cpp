// Puts what CSV files hold in the place of the mappings that name them: series of values, rows of a table, and the
// cases of a sweep.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario/csv.h"
#include "sim/scenario/document.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/format.h"
#include "sim/scenario/schedule.h"
#include "sim/scenario/source.h"

namespace moniac {

namespace {

Node scalar(std::string text, Place place) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  node.place = std::move(place);
  return node;
}

std::optional<std::size_t> find_column(const CsvTable& table, const std::string& name, const Place& asked,
                                       Problems& problems) {
  std::vector<std::string> names;
  for (const CsvCell& cell : table.header) names.push_back(cell.text);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  problems.add(asked, fmt::format("{} has no column {}", table.header[0].place.source->name, in_quotes(name)),
               suggestion(name, names));
  return {};
}

// YYYY-MM-DD, or YYYY-MM for the first of the month.
std::string full_date(const std::string& text) {
  const std::string first_of_month = text + "-01";
  return text.size() == 7 && parse_date(first_of_month) ? first_of_month : text;
}

// The mapping {date: value} of one column.
std::optional<Node> column_values(const CsvTable& table, const std::string& column, const Place& asked,
                                  const std::string& unit, Problems& problems) {
  if (table.header.empty()) return {};
  const auto dates = find_column(table, "date", table.header[0].place, problems);
  const auto numbers = find_column(table, column, asked, problems);
  if (!dates || !numbers) return {};
  Node values;
  values.kind = Node::Kind::mapping;
  values.place = table.header[*numbers].place;
  for (const std::vector<CsvCell>& row : table.rows) {
    const CsvCell& date = row[*dates];
    const CsvCell& number = row[*numbers];
    if (number.text.empty()) {
      problems.add(number.place, fmt::format("column {} has no value here", in_quotes(column)),
                   "fill the cell, or take the line out");
      continue;
    }
    values.add(scalar(full_date(date.text), date.place),
               scalar(unit.empty() ? number.text : number.text + " " + unit, number.place));
  }
  return values;
}

// Each line as a case: {address: value, …}.
Node cases_of(const CsvTable& table, const Place& asked, Problems& problems) {
  Node cases;
  cases.kind = Node::Kind::sequence;
  cases.place = asked;
  for (const std::vector<CsvCell>& row : table.rows) {
    Node& one = cases.items.emplace_back();
    one.kind = Node::Kind::mapping;
    one.place = row.front().place;
    for (std::size_t column = 0; column < row.size(); ++column) {
      const CsvCell& name = table.header[column];
      if (row[column].text.empty()) problems.add(row[column].place, fmt::format("{} has no value here", name.text));
      one.add(scalar(name.text, name.place), scalar(row[column].text, row[column].place));
    }
  }
  return cases;
}

class Inliner {
 public:
  Inliner(const SourceText& scenario, Problems& problems) : scenario_(scenario), problems_(problems) {}

  /// Replaces `node` when it names a CSV file.
  void visit(Node& node) {
    if (node.kind != Node::Kind::mapping || !node.find("csv")) return;
    if (values_ > max_document_values) return failed(node);  // more than a scenario may have, as its reader will say
    const std::size_t before = problems_.list().size();
    const Fields fields{node, "the CSV series", names_of(csv_keys()), problems_};
    const Node* file = fields.find("csv");
    const Node* column = fields.require("column", "name the column: {csv: file, column: name}");
    const Node* unit = fields.find("unit");
    if (problems_.list().size() > before || !file || !column) return failed(node);
    const auto path = read_text(*file, "csv", problems_);
    const auto name = read_text(*column, "column", problems_);
    const auto unit_text = unit ? read_text(*unit, "unit", problems_) : std::optional<std::string>{""};
    if (!path || !name || !unit_text) return failed(node);
    const CsvTable* table = find_table(*path, file->place);
    if (!table) return failed(node);
    const auto values = column_values(*table, *name, column->place, *unit_text, problems_);
    if (!values) return failed(node);
    values_ += values->entries.size();
    replace(node, *values);
  }

  /// Replaces `{rows: file}` by the list of the file's lines, header first.
  void visit_rows(Node& node) {
    if (node.kind != Node::Kind::mapping || node.entries.size() != 1 || !node.find("rows")) return;
    const Node* file = node.find("rows");
    const auto path = read_text(*file, "rows", problems_);
    const auto source =
        path ? read_named_source(beside(file->place, *path), file->place, problems_, max_table_bytes) : nullptr;
    Node list;
    list.kind = Node::Kind::sequence;
    list.place = node.place;
    if (source) bytes_ += source->text.size();
    if (bytes_ > max_table_bytes) {
      problems_.add(file->place, fmt::format("the tables have more than {} MiB in all", max_table_bytes >> 20U),
                    "a scenario holds its tables, so that its result can be run again; write fewer digits");
    } else if (source) {
      for (CsvLine& line : read_csv_lines(source, problems_)) list.items.push_back(item_of(std::move(line)));
    }
    values_ += list.items.size();
    node = std::move(list);
  }

  /// Replaces the `csv` of a sweep by its `cases`.
  void visit_sweep(Node& sweep) {
    Node* file = sweep.find("csv");
    if (!file || sweep.find("cases")) return;
    const auto path = read_text(*file, "csv", problems_);
    const CsvTable* table = path ? find_table(*path, file->place) : nullptr;
    if (!table || table->header.empty()) return;
    for (Node::Entry& entry : sweep.entries) {
      if (entry.key.text != "csv") continue;
      entry.value = cases_of(*table, entry.value.place, problems_);
      entry.key.text = "cases";
    }
  }

 private:
  // The table of a file, as named beside the text that names it. Each is read once, however many of its columns are
  // used.
  const CsvTable* find_table(const std::string& name, const Place& asked) {
    const std::string path = beside(asked, name);
    if (const auto known = tables_.find(path); known != tables_.end()) return &known->second;
    const auto source = read_named_source(path, asked, problems_);
    return source ? &tables_.emplace(path, read_csv(source, problems_)).first->second : nullptr;
  }

  // The path of a file that is named at `asked`.
  std::string beside(const Place& asked, const std::string& name) const {
    const bool from_option = asked.source->name.rfind("--set ", 0) == 0;
    return path_beside(from_option ? scenario_ : *asked.source, name);
  }

  static Node item_of(CsvLine line) {
    Node item = scalar(std::move(line.text), std::move(line.place));
    item.quoted = true;
    return item;
  }

  // A value that reads without further complaint: what was wrong is recorded.
  static void failed(Node& node) { node = scalar("0", node.place); }

  static void replace(Node& node, const Node& values) {
    Node series;
    series.kind = Node::Kind::mapping;
    series.place = node.place;
    for (auto& [key, value] : node.entries) {
      if (key.text == "interpolate" || key.text == "until") series.add(key, value);
    }
    series.add(scalar("values", node.place), values);
    node = std::move(series);
  }

  const SourceText& scenario_;
  Problems& problems_;
  std::map<std::string, CsvTable> tables_;
  std::size_t values_ = 0;
  std::size_t bytes_ = 0;  // of tables
};

}  // namespace

void inline_csv_series(Node& tree, const SourceText& scenario, Problems& problems) {
  Inliner inliner{scenario, problems};
  for (const char* section : {"levers", "impose"}) {
    if (Node* schedules = tree.find(section)) {
      for (auto& entry : schedules->entries) inliner.visit(entry.value);
    }
  }
  if (Node* models = tree.find("models")) {
    for (auto& instance : models->entries) {
      for (auto& param : instance.value.entries) {
        inliner.visit(param.value);
        inliner.visit_rows(param.value);
      }
    }
  }
  if (Node* sweep = tree.find("sweep")) inliner.visit_sweep(*sweep);
}

}  // namespace moniac
