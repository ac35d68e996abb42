// Views as rows of the pooling.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/engine/question_text.h"
#include "sim/study/path_table.h"
#include "sim/study/views.h"

namespace moniac {

namespace {

using Kind = StatedView::Kind;
using Moment = StatedRow::Moment;

// Of what is stated, where the first number of the view is `number`.
std::string unit_of(const StatedView& view, const Plan& plan, std::size_t number) {
  const bool pure = view.kind == Kind::probability || view.kind == Kind::correlation;
  return pure ? "" : plan.numbers[number].unit;
}

// Turns views into rows.
class RowMaker {
 public:
  RowMaker(const Plan& plan, PathTable& table, Problems& problems) : plan_(plan), table_(table), problems_(problems) {}

  std::vector<StatedRow> rows(const Views& views) {
    for (const StatedView& view : views.views) {
      if (defined(view)) {
        for (const auto& [relation, quantity] : view.bounds) add(view, relation, quantity);
      }
      next_number_ += view.measures.size();
    }
    return std::move(rows_);
  }

 private:
  bool defined(const StatedView& view) {
    for (std::size_t m = 0; m < view.measures.size(); ++m) {
      const PathNumbers& x = *table_.number(next_number_ + m);
      const auto missing = std::count_if(x.begin(), x.end(), [](double value) { return !std::isfinite(value); });
      if (missing == 0) continue;
      problems_.add(view.measures[m].variable.place,
                    fmt::format("{} has no value on {} of {} paths", in_words(view.measures[m]), missing, x.size()),
                    "state a view of what every path has");
      return false;
    }
    return true;
  }

  void add(const StatedView& view, Relation relation, const Quantity& quantity) {
    const std::string unit = unit_of(view, plan_, next_number_);
    const auto level = convert(quantity, unit, plan_.time.dt(), "view " + view.name, problems_);
    if (!level) return;
    StatedRow row{
        .relation = relation, .level = *level, .name = view.name, .text = {}, .unit = unit, .place = quantity.place};
    if (view.kind == Kind::probability) {
      row.moment = Moment::probability;
      row.x = table_.event(view.outcome.text);
      row.text = fmt::format("P({})", table_.text(view.outcome.text));
    } else {
      row.x = table_.number(next_number_);
      describe(view, quantity, row);
    }
    rows_.push_back(std::move(row));
  }

  void describe(const StatedView& view, const Quantity& quantity, StatedRow& row) {
    const std::string measure = in_words(view.measures.front());
    if (view.kind == Kind::quantile) {
      make_quantile(view, quantity, row);
    } else if (view.kind == Kind::sd) {
      row.moment = Moment::sd;
      row.text = fmt::format("sd of {}", measure);
    } else if (view.kind == Kind::correlation) {
      row.moment = Moment::correlation;
      row.y = table_.number(next_number_ + 1);
      row.text = fmt::format("correlation of {} and {}", measure, in_words(view.measures.back()));
    } else if (!view.outcome.text.empty()) {
      row.moment = Moment::mean_inside;
      row.inside = table_.event(view.outcome.text);
      row.text = fmt::format("mean in {}", view.outcome.text);
    } else {
      row.moment = Moment::mean;
      row.text = fmt::format("mean of {}", measure);
    }
  }

  // A quantile is x where at most x has so many percent of the probability: a higher one leaves less at most x.
  void make_quantile(const StatedView& view, const Quantity& quantity, StatedRow& row) {
    row.moment = Moment::probability;
    row.x = table_.at_most(*row.x, row.level);
    row.text = fmt::format("P({} at most {})", in_words(view.measures.front()), to_text(quantity));
    row.unit = "";
    row.level = view.percent / 100;
    if (row.relation != Relation::is) {
      row.relation = row.relation == Relation::at_most ? Relation::at_least : Relation::at_most;
    }
  }

  const Plan& plan_;
  PathTable& table_;
  Problems& problems_;
  std::vector<StatedRow> rows_;
  std::size_t next_number_ = 0;
};

}  // namespace

std::vector<StatedRow> stated_rows(const Plan& plan, const Views& views, PathTable& table, Problems& problems) {
  return RowMaker(plan, table, problems).rows(views);
}

void check_units(const Plan& plan, const Views& views, Problems& problems) {
  std::size_t number = 0;
  for (const StatedView& view : views.views) {
    for (const auto& [relation, quantity] : view.bounds) {
      convert(quantity, unit_of(view, plan, number), plan.time.dt(), "view " + view.name, problems);
    }
    number += view.measures.size();
  }
}

}  // namespace moniac
