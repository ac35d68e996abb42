#include "sim/engine/same_outputs.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "sim/engine/block.h"

namespace moniac {

namespace {

constexpr std::int64_t block_paths = 512;

// Columns of each output in both plans; empty when they do not have the same outputs.
std::optional<std::vector<std::pair<int, int>>> pairs_of_columns(const Plan& a, const Plan& b) {
  const auto outputs = [](const Plan& plan) {
    std::vector<const Variable*> all;
    for (const Variable& variable : plan.variables) {
      if (variable.kind != Variable::Kind::lever) all.push_back(&variable);
    }
    std::sort(all.begin(), all.end(), [](const Variable* x, const Variable* y) { return x->name < y->name; });
    return all;
  };
  const auto in_a = outputs(a), in_b = outputs(b);
  if (in_a.size() != in_b.size()) return {};
  std::vector<std::pair<int, int>> columns;
  for (std::size_t v = 0; v < in_a.size(); ++v) {
    if (in_a[v]->name != in_b[v]->name || in_a[v]->dimensions != in_b[v]->dimensions) return {};
    for (int c = 0; c < in_a[v]->width(); ++c) columns.emplace_back(in_a[v]->column + c, in_b[v]->column + c);
  }
  return columns;
}

bool same_now(const Block& a, const Block& b, const std::vector<std::pair<int, int>>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const auto& pair) {
    return std::memcmp(a.now(pair.first), b.now(pair.second), a.paths() * sizeof(double)) == 0;
  });
}

}  // namespace

bool same_outputs(const Plan& a, const Plan& b, std::int64_t paths, const Kernels& kernels) {
  const auto columns = pairs_of_columns(a, b);
  if (!columns) return false;
  Block in_a(a, kernels, block_paths, false), in_b(b, kernels, block_paths, false);
  for (std::int64_t first = 0; first < paths; first += block_paths) {
    // The two take turns on this thread, and each turn begins with telling its column functions.
    const auto same_after = [&](const auto& act) {
      for (Block* block : {&in_a, &in_b}) {
        block->begin(first, static_cast<std::size_t>(std::min(block_paths, paths - first)));
        act(*block);
      }
      return same_now(in_a, in_b, *columns);
    };
    if (!same_after([](Block& block) { block.start(); })) return false;
    for (int k = 1; k <= a.time.steps; ++k) {
      if (!same_after([](Block& block) { block.step(); })) return false;
    }
  }
  return true;
}

}  // namespace moniac
