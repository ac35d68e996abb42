#include "tests/support/harness.h"

#include <algorithm>
#include <limits>
#include <new>
#include <set>
#include <stdexcept>
#include <utility>

#include "tests/support/allocations.h"

namespace moniac::testing {

namespace {

bool in_range(const Value& value, const Range& range) {
  if (const auto* number = std::get_if<double>(&value)) return range.contains(*number);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return range.contains(static_cast<double>(*integer));
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
    for (const double x : *numbers)
      if (!range.contains(x)) return false;
  }
  return true;
}

// FNV-1a over the seed and the name: any hash will do, a test's streams only have to differ.
std::uint64_t stream_key(std::uint64_t seed, const std::string& name) {
  std::uint64_t hash = 0xcbf29ce484222325u ^ seed;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

template <class Decls>
int handles(const Decls& declared) {
  return declared.empty() ? 0 : declared.back().first + width(declared.back());
}

}  // namespace

class Harness::Given final : public ParamSource {
 public:
  explicit Given(Params params) : params_(std::move(params)) {}

  std::optional<Value> find(const ParamDecl& declared) override {
    const auto found = params_.find(declared.name);
    if (found == params_.end()) return std::nullopt;
    used_.insert(declared.name);
    if (found->second.index() != declared.fallback.index() || !in_range(found->second, declared.range))
      throw std::invalid_argument(declared.name + " is of another kind or out of range");
    return found->second;
  }

  void close() const {
    for (const auto& [name, value] : params_)
      if (!used_.contains(name)) throw std::invalid_argument("no parameter " + name);
  }

 private:
  Params params_;
  std::set<std::string> used_;
};

// Storage, and the pointers that a Window shows.
struct Harness::Columns {
  struct Bank {
    std::unique_ptr<double[], void (*)(double*)> memory{nullptr, [](double*) {}};
    std::vector<double*> columns;

    void make(int count, Eigen::Index lanes, double value) {
      const std::size_t size = static_cast<std::size_t>(count) * static_cast<std::size_t>(lanes);
      memory = {
          static_cast<double*>(::operator new[](std::max<std::size_t>(size, 1) * sizeof(double), std::align_val_t{64})),
          [](double* p) { ::operator delete[](p, std::align_val_t{64}); }};
      std::fill_n(memory.get(), size, value);
      for (int i = 0; i < count; ++i) columns.push_back(memory.get() + i * lanes);
    }
  };
  Bank outputs, last_outputs, states, last_states, inputs, shocks, imposed_values;
  std::vector<const double*> last_outputs_view, last_states_view, inputs_view, shocks_view, imposed_view;
  std::vector<EventSource> events;
  std::unique_ptr<bool[]> imposed;
};

Harness::Harness(const ModelType& type, const Calendar& time, const Params& params, const std::string& scope,
                 Eigen::Index paths, const Kernels& kernels)
    : given_(std::make_unique<Given>(params)),
      declared_(scope.empty() ? type.scope : scope, time, given_.get()),
      model_(type.build(declared_)),
      kernels_(kernels),
      lanes_((paths + 63) / 64 * 64),
      scratch_(kernels, lanes_),
      columns_(std::make_unique<Columns>()) {
  given_->close();
  if (!declared_.complaints().empty()) throw std::invalid_argument(declared_.complaints().front().message);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Columns& c = *columns_;
  c.outputs.make(handles(declared_.outputs()), lanes_, nan);
  c.last_outputs.make(handles(declared_.outputs()), lanes_, nan);
  c.states.make(handles(declared_.states()), lanes_, nan);
  c.last_states.make(handles(declared_.states()), lanes_, nan);
  c.inputs.make(handles(declared_.inputs()), lanes_, nan);
  c.shocks.make(handles(declared_.shocks()), lanes_, 0.0);
  for (double* column : c.shocks.columns) c.events.push_back({.drawn = column});
  c.imposed_values.make(handles(declared_.outputs()), lanes_, nan);
  c.imposed = std::make_unique<bool[]>(c.outputs.columns.size() + 1);
  for (const InputDecl& input : declared_.inputs())
    if (input.fallback) set(input.name, *input.fallback);
}

Harness::~Harness() = default;

void Harness::set(const std::string& input, double value) {
  set(input, Eigen::ArrayXd::Constant(lanes_, value));
}

void Harness::set(const std::string& input, const Eigen::ArrayXd& values) {
  for (const InputDecl& declared : declared_.inputs()) {
    bool found = false;
    for (int i = 0; i < width(declared); ++i) {
      const std::string value = value_name(declared.name, declared.dimensions, static_cast<std::size_t>(i));
      if (input != declared.name && input != value) continue;
      Column(columns_->inputs.columns[static_cast<std::size_t>(declared.first + i)], lanes_) = values;
      found = true;
    }
    if (found) return;
  }
  throw std::invalid_argument("no input " + input);
}

void Harness::fix(const std::string& shock, double value, int draw) {
  for (const ShockDecl& declared : declared_.shocks()) {
    if (declared.name != shock) continue;
    fixed_[declared.first + draw] = value;
    return;
  }
  throw std::invalid_argument("no shock " + shock);
}

void Harness::seed(std::uint64_t seed) {
  seed_ = seed;
  seeded_ = true;
}

namespace {
int output_id(const Declarations& declared, const std::string& name) {
  for (const OutputDecl& output : declared.outputs())
    if (output.name == name) return output.first;
  throw std::invalid_argument("no output " + name);
}
}  // namespace

void Harness::impose(const std::string& output, double value) {
  const auto id = static_cast<std::size_t>(output_id(declared_, output));
  columns_->imposed[id] = true;
  Column(columns_->imposed_values.columns[id], lanes_) = value;
}

void Harness::release(const std::string& output) {
  columns_->imposed[static_cast<std::size_t>(output_id(declared_, output))] = false;
}

void Harness::draw() {
  for (const ShockDecl& declared : declared_.shocks()) {
    const std::uint64_t key = stream_key(seed_, declared.name);
    if (declared.law == ShockDecl::Law::events) {
      columns_->events[static_cast<std::size_t>(declared.first)].key = key;
      continue;
    }
    for (int d = 0; d < declared.draws; ++d) {
      double* column = columns_->shocks.columns[static_cast<std::size_t>(declared.first + d)];
      const auto fill = declared.law == ShockDecl::Law::normal ? kernels_.normals : kernels_.uniforms;
      const double quiet = declared.law == ShockDecl::Law::normal ? 0.0 : 0.5;
      if (const auto fixed = fixed_.find(declared.first + d); fixed != fixed_.end())
        Column(column, lanes_) = fixed->second;
      else if (seeded_)
        fill(key, 0, static_cast<std::uint32_t>(index_), static_cast<std::uint32_t>(d), column,
             static_cast<std::size_t>(lanes_));
      else
        Column(column, lanes_) = quiet;
    }
  }
}

void Harness::poison() {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (double* column : columns_->outputs.columns) Column(column, lanes_) = nan;
  for (double* column : columns_->states.columns) Column(column, lanes_) = nan;
}

void Harness::overwrite() {
  for (std::size_t i = 0; i < columns_->outputs.columns.size(); ++i)
    if (columns_->imposed[i])
      Column(columns_->outputs.columns[i], lanes_) = Column(columns_->imposed_values.columns[i], lanes_);
}

Window Harness::window() const {
  Columns& c = *columns_;
  c.last_outputs_view.assign(c.last_outputs.columns.begin(), c.last_outputs.columns.end());
  c.last_states_view.assign(c.last_states.columns.begin(), c.last_states.columns.end());
  c.inputs_view.assign(c.inputs.columns.begin(), c.inputs.columns.end());
  c.shocks_view.assign(c.shocks.columns.begin(), c.shocks.columns.end());
  c.imposed_view.assign(c.imposed_values.columns.begin(), c.imposed_values.columns.end());
  return {.outputs = c.outputs.columns.data(),
          .last_outputs = c.last_outputs_view.data(),
          .states = c.states.columns.data(),
          .last_states = c.last_states_view.data(),
          .inputs = c.inputs_view.data(),
          .shocks = c.shocks_view.data(),
          .events = c.events.data(),
          .event_uniforms = kernels_.event_uniforms,
          .imposed = c.imposed.get(),
          .imposed_values = c.imposed_view.data(),
          .lanes = lanes_,
          .time = &declared_.time(),
          .index = index_};
}

void Harness::start() {
  index_ = 0;
  poison();
  scratch_.use(lanes_);
  scratch_.rewind();
  const Window shown = window();
  Start view(shown);
  const long before = testing::allocations();
  model_->start(view);
  allocations_ = testing::allocations() - before;
  overwrite();
}

void Harness::step() {
  ++index_;
  std::swap(columns_->outputs, columns_->last_outputs);
  std::swap(columns_->states, columns_->last_states);
  poison();
  draw();
  scratch_.use(lanes_);
  scratch_.rewind();
  const Window shown = window();
  Step view(shown);
  const long before = testing::allocations();
  model_->step(view);
  allocations_ = testing::allocations() - before;
  overwrite();
}

void Harness::run(int steps) {
  for (int k = 0; k < steps; ++k) step();
}

void Harness::resume(const Harness& other) {
  const auto copy = [&](const std::vector<double*>& from, const std::vector<double*>& to) {
    if (from.size() != to.size() || other.lanes_ != lanes_) throw std::invalid_argument("runs of another shape");
    for (std::size_t i = 0; i < from.size(); ++i) std::copy_n(from[i], lanes_, to[i]);
  };
  index_ = other.index_;
  copy(other.columns_->outputs.columns, columns_->outputs.columns);
  copy(other.columns_->states.columns, columns_->states.columns);
}

namespace {
// The column of an output or a state in one of the two time levels.
const double* column_of(const Declarations& declared, const std::vector<double*>& outputs,
                        const std::vector<double*>& states, const std::string& name) {
  for (const OutputDecl& output : declared.outputs()) {
    if (output.name == name) return outputs[static_cast<std::size_t>(output.first)];
    for (std::size_t label = 0; label < value_count(output.dimensions); ++label)
      if (value_name(output.name, output.dimensions, label) == name)
        return outputs[static_cast<std::size_t>(output.first) + label];
  }
  for (const StateDecl& state : declared.states())
    if (state.name == name) return states[static_cast<std::size_t>(state.first)];
  throw std::invalid_argument("no output or state " + name);
}
}  // namespace

ConstColumn Harness::operator[](const std::string& name) const {
  return {column_of(declared_, columns_->outputs.columns, columns_->states.columns, name), lanes_};
}

ConstColumn Harness::last(const std::string& name) const {
  return {column_of(declared_, columns_->last_outputs.columns, columns_->last_states.columns, name), lanes_};
}

double Harness::variance(const std::string& name) const {
  const ConstColumn x = (*this)[name];
  return (x - x.mean()).square().sum() / static_cast<double>(lanes_ - 1);
}

bool Harness::has_output(const std::string& name) const {
  const std::vector<OutputDecl>& outputs = declared_.outputs();
  return std::any_of(outputs.begin(), outputs.end(), [&](const OutputDecl& output) { return output.name == name; });
}

std::string refusal(const ModelType& type, const Calendar& time, const Params& params) {
  try {
    const Harness run(type, time, params);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return {};
}

}  // namespace moniac::testing
