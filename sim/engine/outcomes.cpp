#include "sim/engine/outcomes.h"

#include <algorithm>

#include "sim/engine/conditions.h"

namespace moniac {

OutcomeWatch::OutcomeWatch(const OutcomePlan& outcome, std::size_t lanes)
    : outcome_(outcome), holds_(lanes), answer_(lanes), memory_(lanes) {}

void OutcomeWatch::begin() {
  const bool until_broken = outcome_.kind == OutcomeSpec::Kind::all;
  std::fill(answer_.begin(), answer_.end(), static_cast<unsigned char>(until_broken));
  std::fill(memory_.begin(), memory_.end(), 0);
}

void OutcomeWatch::observe(const Block& block) {
  const int step = block.index();
  if (step < outcome_.first_step || step > outcome_.last_step) return;
  find_holding(outcome_.tests, block, holds_);
  const std::size_t lanes = block.lanes();
  switch (outcome_.kind) {
    case OutcomeSpec::Kind::any:
      for (std::size_t l = 0; l < lanes; ++l) answer_[l] |= holds_[l];
      break;
    case OutcomeSpec::Kind::all:
      for (std::size_t l = 0; l < lanes; ++l) answer_[l] &= holds_[l];
      break;
    case OutcomeSpec::Kind::first:
      for (std::size_t l = 0; l < lanes; ++l) {
        if (holds_[l] > answer_[l]) memory_[l] = step;
        answer_[l] |= holds_[l];
      }
      break;
    case OutcomeSpec::Kind::run:
      for (std::size_t l = 0; l < lanes; ++l) {
        memory_[l] = holds_[l] ? memory_[l] + 1 : 0;
        if (memory_[l] >= outcome_.run_length) answer_[l] = 1;
      }
      break;
  }
}

void OutcomeWatch::count(std::size_t paths, const std::vector<std::size_t>& failed, OutcomeCounts& counts) const {
  const bool first = outcome_.kind == OutcomeSpec::Kind::first;
  if (first) counts.first_passage.resize(static_cast<std::size_t>(outcome_.last_step) + 1);
  for (std::size_t l = 0; l < paths; ++l) {
    if (!answer_[l] || std::binary_search(failed.begin(), failed.end(), l)) continue;
    ++counts.hits;
    if (first) ++counts.first_passage[static_cast<std::size_t>(memory_[l])];
  }
}

}  // namespace moniac
