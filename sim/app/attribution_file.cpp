// An attribution as a file for other programs.
#include "sim/app/attribution_table.h"
#include "sim/app/output_file.h"
#include "sim/app/version.h"
#include "sim/output/csv_row.h"
#include "sim/output/table_file.h"

namespace moniac {

namespace {

std::string date_text(const AttributedNumber& number) {
  return number.date ? iso(*number.date) : "";
}

std::string attribution_csv(const Attribution& attribution) {
  std::string text = "name,unit,date,input,value,se\n";
  for (const AttributedNumber& number : attribution.numbers) {
    const auto row = [&](const std::string& input, const PairedMean& mean) {
      text += csv_row(number.name, number.unit, date_text(number), input, mean.value, mean.se);
    };
    row("A", number.in_a);
    row("B", number.in_b);
    row("B - A", number.difference);
    for (std::size_t i = 0; i < attribution.changes.size(); ++i) {
      row(attribution.changes[i].name, number.contributions[i]);
    }
  }
  return text;
}

void add_inputs(TableFile& table, const std::vector<ChangedInputs>& changes) {
  std::vector<std::string> names, changed, of, in_a, in_b;
  for (const ChangedInputs& change : changes) {
    names.push_back(change.name);
    for (const InputDifference& input : change.inputs) {
      changed.push_back(input.name), of.push_back(change.name), in_a.push_back(input.a), in_b.push_back(input.b);
    }
  }
  table.add_axis("input", "Input or group of inputs that differs", names);
  table.add_axis("changed", "Input that differs", changed);
  table.add("changed_of", "Group of the input, or itself", {"changed"}, of);
  table.add("changed_a", "Value in A", {"changed"}, in_a);
  table.add("changed_b", "Value in B", {"changed"}, in_b);
}

void add_numbers(TableFile& table, const std::vector<AttributedNumber>& numbers) {
  table.add_axis("number", "Row of an outcome or variable", row_numbers(numbers.size()));
  const auto add = [&](const char* name, const char* words, const auto& value) {
    table.add_column(name, words, "number", numbers, value);
  };
  add("name", "Outcome or variable", [](const AttributedNumber& number) { return number.name; });
  add("unit", "Its unit; empty of a probability", [](const AttributedNumber& number) { return number.unit; });
  add("date", "Date; empty of an outcome", date_text);
  add("in_a", "Mean or probability in A", [](const AttributedNumber& number) { return number.in_a.value; });
  add("in_b", "Mean or probability in B", [](const AttributedNumber& number) { return number.in_b.value; });
  add("difference", "B less A", [](const AttributedNumber& number) { return number.difference.value; });
  add("difference_se", "Paired standard error of it",
      [](const AttributedNumber& number) { return number.difference.se; });
  std::vector<double> values, errors;
  for (const AttributedNumber& number : numbers) {
    for (const PairedMean& part : number.contributions) values.push_back(part.value), errors.push_back(part.se);
  }
  table.add("contribution", "Shapley value", {"number", "input"}, values);
  table.add("contribution_se", "Paired standard error of it", {"number", "input"}, errors);
}

}  // namespace

void write_attribution(const std::string& path, const Attribution& attribution) {
  if (!names_hdf5(path)) return write_text(path, attribution_csv(attribution));
  TableFile table{.format = "moniac-attribution", .title = attribution.title, .version = version_text()};
  add_inputs(table, attribution.changes);
  add_numbers(table, attribution.numbers);
  write_table(path, table);
}

}  // namespace moniac
