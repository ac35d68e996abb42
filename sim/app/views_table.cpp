#include "sim/app/views_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/app/text.h"

namespace moniac {

namespace {

constexpr std::int64_t least_paths = 200;  // that a weighed statistic should rest on
constexpr double least_share = 0.05;       // of the paths

std::string relation_words(const ViewResult& view) {
  return view.relation == "is" ? "" : view.relation == "at_least" ? "at least " : "at most ";
}

std::string binding_words(const ViewResult& view) {
  if (view.multiplier == 0) return "no";
  return fmt::format("{:+.3g}", view.multiplier);
}

}  // namespace

std::string views_table(const Results& results) {
  const Weighting& weighting = *results.weighting;
  TextTable table("llrrrrrl");
  table.add({"view", "", "stated", "equal weights", "weighed", "paths inside", "binds", ""});
  for (const ViewResult& view : weighting.views) {
    const double size = std::max({std::abs(view.stated), std::abs(view.before), std::abs(view.after)});
    const int decimals = decimals_for(size, 4);
    table.add({view.name, view.unit, relation_words(view) + fixed(view.stated, decimals), fixed(view.before, decimals),
               fixed(view.after, decimals), view.inside ? grouped(*view.inside) : "", binding_words(view), view.text});
  }
  return fmt::format(
      "{}binds: change of the divergence per unit of what is stated; no: the view holds anyway\n\n"
      "effective sample size: {} of {} paths (effective number of scenarios {}), relative entropy {:.4g} nats\n",
      table.text(), grouped(std::llround(weighting.kish)), grouped(results.paths_used),
      grouped(std::llround(weighting.entropy)), weighting.divergence);
}

std::string few_paths_text(const Results& results) {
  const Weighting& weighting = *results.weighting;
  std::string text;
  const double least =
      std::max(static_cast<double>(least_paths), least_share * static_cast<double>(results.paths_used));
  if (weighting.kish < least) {
    text += fmt::format("the weights are worth {} of {} paths only: take more, or views nearer to them\n",
                        grouped(std::llround(weighting.kish)), grouped(results.paths_used));
  }
  for (const ViewResult& view : weighting.views) {
    if (!view.inside || *view.inside >= least_paths) continue;
    text += fmt::format("view {} rests on {} inside its event\n", view.name, counted(*view.inside, "path"));
  }
  return text;
}

}  // namespace moniac
