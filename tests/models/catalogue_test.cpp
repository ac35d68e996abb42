#include "models/catalogue.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/harness.h"

using namespace moniac;
using moniac::testing::Harness;

namespace {

// A grid that the model accepts: months, or quarters where it takes nothing else.
Calendar grid_of(const ModelType& type) {
  const StepUnit unit = type.name == "macro_core_re" ? StepUnit::quarter : StepUnit::month;
  return {.start = Date{std::chrono::January / 1 / 2025}, .unit = unit, .every = 1, .steps = 24};
}

bool snake_case(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::islower(c) || std::isdigit(c) || c == '_' || c == '.';
  });
}

template <class Decls>
void check_documented(const Decls& declared) {
  for (const auto& d : declared) {
    INFO(d.name);
    CHECK(snake_case(d.name));
    CHECK_FALSE(d.doc.empty());
  }
}

std::vector<ParamDecl> params_of(const ModelType& type) {
  const Harness built(type, grid_of(type));
  return built.declared().params();
}

}  // namespace

TEST_CASE("every model has a name of its own, a summary, and documents whatever it declares") {
  std::set<std::string> names;
  for (const ModelType& type : model_types()) {
    INFO(type.name);
    CHECK(names.insert(type.name).second);
    CHECK_FALSE(type.summary.empty());
    const Harness built(type, grid_of(type));
    check_documented(built.declared().params());
    check_documented(built.declared().inputs());
    check_documented(built.declared().outputs());
    check_documented(built.declared().states());
    check_documented(built.declared().shocks());
  }
}

TEST_CASE("every number that is not illustrative says where it comes from") {
  for (const ModelType& type : model_types())
    for (const ParamDecl& param : params_of(type)) {
      INFO(type.name << "." << param.name);
      CHECK((param.source.status == Status::illustrative || !param.source.text.empty()));
    }
}

TEST_CASE("every default is in its own range") {
  for (const ModelType& type : model_types())
    for (const ParamDecl& param : params_of(type)) {
      INFO(type.name << "." << param.name);
      CHECK_NOTHROW(Harness(type, grid_of(type), {{param.name, param.fallback}}));
    }
}

TEST_CASE("every model runs alone with its defaults, writes all it declares and allocates nothing in a step") {
  for (const ModelType& type : model_types())
    for (const std::string& scope : {std::string("us"), std::string("cn"), std::string("em"), std::string("world")}) {
      INFO(type.name << " in " << scope);
      Harness run(type, grid_of(type), {}, scope, 256);
      run.seed(71);
      run.start();
      for (int k = 0; k <= grid_of(type).steps; ++k) {
        if (k > 0) run.step();
        if (k > 0) CHECK(run.allocations() == 0);
        for (const OutputDecl& output : run.declared().outputs()) CHECK(run[output.name].isFinite().all());
        for (const StateDecl& state : run.declared().states()) CHECK(run[state.name].isFinite().all());
      }
    }
}

TEST_CASE("every model gives the same bits with every table of kernels") {
  for (const ModelType& type : model_types()) {
    std::vector<Eigen::ArrayXd> first;
    for (const char* name : {"portable", "avx2", "avx512"}) {
      const Kernels* kernels = find_kernels(name);
      if (kernels == nullptr) continue;
      Harness run(type, grid_of(type), {}, {}, 256, *kernels);
      run.seed(73);
      run.start();
      run.run(grid_of(type).steps);
      std::vector<Eigen::ArrayXd> columns;
      for (const OutputDecl& output : run.declared().outputs()) columns.emplace_back(run[output.name]);
      if (first.empty()) first = columns;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        INFO(type.name << "." << run.declared().outputs()[i].name << " with " << name);
        CHECK((columns[i] == first[i]).all());
      }
    }
  }
}
