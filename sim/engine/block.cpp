#include "sim/engine/block.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "sim/model/failure_report.h"

namespace moniac {

namespace {

std::size_t size(int n) {
  return static_cast<std::size_t>(n);
}

}  // namespace

std::size_t block_columns(const Plan& plan) {
  return 2 * size(plan.layout.variables) + 2 * size(plan.layout.states) + size(plan.layout.shocks) +
         size(plan.layout.constants) + plan.impositions.size();
}

// The pointers behind one model's handles, for both time levels.
struct Block::PlacedWindow {
  struct Level {
    std::vector<double*> outputs, states;
    std::vector<const double*> last_outputs, last_states, inputs;
  };
  Level levels[2];
  std::vector<const double*> shocks;
  std::vector<EventSource> events;
  std::unique_ptr<bool[]> imposed;
  std::vector<const double*> imposed_values;
  Window window;
};

Block::Block(const Plan& plan, const Kernels& kernels, std::size_t lanes, bool poison, const SharedDraws* shared)
    : plan_(plan),
      kernels_(kernels),
      shared_(shared),
      poison_(poison),
      capacity_(lanes),
      stride_(lanes + 8),
      memory_(Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(block_columns(plan) * stride_))),
      scratch_(kernels, static_cast<Eigen::Index>(lanes)),
      measures_(plan, lanes),
      triggers_(plan, kernels, lanes) {
  assert(lanes % cell_size == 0);
  variables_ = memory_.data();
  states_ = variables_ + 2 * size(plan.layout.variables) * stride_;
  shocks_ = states_ + 2 * size(plan.layout.states) * stride_;
  constants_ = shocks_ + size(plan.layout.shocks) * stride_;
  imposed_ = constants_ + size(plan.layout.constants) * stride_;
  for (std::size_t c = 0; c < plan.constants.size(); ++c) {
    std::fill_n(constant(static_cast<int>(c)), stride_, plan.constants[c]);
  }
  for (const CorrelatedDraws& group : plan.correlated) {
    auto& [independent, correlated] = groups_.emplace_back();
    for (int column : group.independent) independent.push_back(shock(column));
    for (int column : group.correlated) correlated.push_back(shock(column));
  }
  for (const Placed& placed : plan.placed) {
    auto window = std::make_unique<PlacedWindow>();
    for (int level : {0, 1}) {
      auto& here = window->levels[level];
      for (int column : placed.output_columns) {
        here.outputs.push_back(variable(column, level));
        here.last_outputs.push_back(variable(column, 1 - level));
      }
      for (int column : placed.state_columns) {
        here.states.push_back(state(column, level));
        here.last_states.push_back(state(column, 1 - level));
      }
      for (const Wire& wire : placed.inputs) {
        here.inputs.push_back(wire.kind == Wire::Kind::constant
                                  ? constant(wire.column)
                                  : variable(wire.column, wire.lagged ? 1 - level : level));
      }
    }
    for (int column : placed.shock_columns) {
      window->shocks.push_back(shock(column));
      window->events.push_back(event_source(column));
    }
    window->imposed = std::make_unique<bool[]>(placed.output_columns.size());
    window->imposed_values.assign(placed.output_columns.size(), nullptr);
    window->window.shocks = window->shocks.data();
    window->window.events = window->events.data();
    window->window.event_uniforms = kernels.event_uniforms;
    window->window.imposed = window->imposed.get();
    window->window.imposed_values = window->imposed_values.data();
    window->window.time = &plan.time;
    windows_.push_back(std::move(window));
  }
}

Block::~Block() = default;

// Without a key where the column is no event shock's.
EventSource Block::event_source(int column) const {
  for (const EventStream& stream : plan_.events)
    if (stream.column == column) return {stream.key, shock(column)};
  return {};
}

void Block::begin(std::int64_t first, std::size_t paths) {
  assert(paths > 0 && paths <= capacity_);
  first_ = first;
  paths_ = paths;
  lanes_ = (paths + cell_size - 1) / cell_size * cell_size;
  scratch_.use(static_cast<Eigen::Index>(lanes_));
}

void Block::start() {
  index_ = 0;
  level_ = 0;
  triggers_.begin(first_, paths_);
  for (const EventStream& stream : plan_.events) fill(shock(stream.column), 0);
  fill_levers();
  run_operations();
  take_measures();
  triggers_.observe(*this);
}

void Block::step() {
  ++index_;
  level_ = 1 - level_;
  if (poison_) fill_poison();
  fill_levers();
  fill_draws();
  run_operations();
  take_measures();
  triggers_.observe(*this);
}

void Block::fill(double* column, double value) const {
  std::fill_n(column, lanes_, value);
}

void Block::fill_poison() {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  std::fill_n(variable(0, level_), size(plan_.layout.variables) * stride_, nan);
  std::fill_n(state(0, level_), size(plan_.layout.states) * stride_, nan);
}

void Block::fill_levers() {
  for (const LeverPath& lever : plan_.levers) fill(variable(lever.column, level_), lever.values[size(index_)]);
  if (!triggers_.acting()) return;
  for (const LeverPath& lever : plan_.levers) {
    if (!lever.triggered.empty()) triggers_.rebuild(lever, index_, variable(lever.column, level_));
  }
}

void Block::fill_draws() {
  for (std::size_t d = 0; d < plan_.draws.size(); ++d) {
    const Draw& draw = plan_.draws[d];
    if (shared_ != nullptr) {
      std::copy_n(shared_->column(d, index_, first_), lanes_, shock(draw.column));
    } else {
      draw_column(draw, kernels_, index_, first_, shock(draw.column), lanes_);
    }
  }
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto& [independent, correlated] = groups_[g];
    kernels_.linear_map(plan_.correlated[g].lower.data(), correlated.size(), independent.size(), independent.data(),
                        correlated.data(), lanes_);
  }
}

// Tells each model, before it runs, which of its outputs the scenario will overwrite in this step, and with what.
void Block::prepare_impositions() {
  for (std::size_t i = 0; i < plan_.impositions.size(); ++i) {
    const Imposition& imposition = plan_.impositions[i];
    const std::optional<double>& value = imposition.values[size(index_)];
    PlacedWindow& window = *windows_[size(imposition.placed)];
    window.imposed[size(imposition.output)] = value.has_value();
    double* column = imposed_ + i * stride_;
    window.imposed_values[size(imposition.output)] = value ? column : nullptr;
    if (value) fill(column, *value);
  }
}

void Block::run_operations() {
  prepare_impositions();
  for (const Operation& operation : plan_.operations) {
    const std::size_t i = size(operation.index);
    switch (operation.kind) {
      case Operation::Kind::model:
        run_model(operation.index);
        break;
      case Operation::Kind::impose:
        impose(plan_.impositions[i]);
        break;
      case Operation::Kind::sum:
        add_up(plan_.sums[i]);
        break;
      case Operation::Kind::convert:
        convert(plan_.conversions[i]);
        break;
    }
  }
}

void Block::run_model(int placed) {
  PlacedWindow& view = *windows_[size(placed)];
  const PlacedWindow::Level& here = view.levels[level_];
  Window& window = view.window;
  window.outputs = here.outputs.data();
  window.last_outputs = here.last_outputs.data();
  window.states = here.states.data();
  window.last_states = here.last_states.data();
  window.inputs = here.inputs.data();
  window.lanes = static_cast<Eigen::Index>(lanes_);
  window.index = index_;
  window.first_path = static_cast<std::uint64_t>(first_);
  scratch_.rewind(plan_.placed[size(placed)].key.c_str());
  const Model& model = *plan_.placed[size(placed)].model;
  if (index_ == 0) {
    Start view_at_start(window);
    model.start(view_at_start);
  } else {
    Step view_of_step(window);
    model.step(view_of_step);
  }
}

std::string Block::why_failed(int placed, std::size_t lane) const {
  const auto* reports = dynamic_cast<const FailureReport*>(plan_.placed[size(placed)].model.get());
  if (reports == nullptr) return {};
  return reports->why_failed(View(windows_[size(placed)]->window), static_cast<Eigen::Index>(lane));
}

void Block::impose(const Imposition& imposition) const {
  const std::optional<double>& value = imposition.values[size(index_)];
  if (value) fill(variable(imposition.column, level_), *value);
}

void Block::add_up(const Sum& sum) const {
  const auto lanes = static_cast<Eigen::Index>(lanes_);
  Column total(variable(sum.column, level_), lanes);
  total = ConstColumn(now(sum.terms.front()), lanes);
  for (std::size_t i = 1; i < sum.terms.size(); ++i) total += ConstColumn(now(sum.terms[i]), lanes);
}

void Block::convert(const Conversion& conversion) const {
  const auto lanes = static_cast<Eigen::Index>(lanes_);
  Column(variable(conversion.to, level_), lanes) = conversion.factor * ConstColumn(now(conversion.from), lanes);
}

void Block::take_measures() {
  measures_.update(index_, lanes_, {variable(0, level_), stride_}, {variable(0, 1 - level_), stride_});
}

}  // namespace moniac
