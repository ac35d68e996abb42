#include "sim/engine/outcome_watch.h"

#include <algorithm>
#include <cmath>

namespace moniac {

namespace {

using Kind = OccurrencePlan::Kind;

}  // namespace

OutcomeWatch::OutcomeWatch(const Plan& plan, std::size_t lanes)
    : plan_(plan), judge_(plan, lanes), pasts_(plan.occurrences.size()) {
  for (Past& past : pasts_) {
    for (auto* flags : {&past.happens, &past.happened, &past.doubtful}) flags->resize(lanes);
    for (auto* steps : {&past.first, &past.progress, &past.since}) steps->resize(lanes);
  }
}

void OutcomeWatch::begin() {
  for (Past& past : pasts_) {
    for (auto* flags : {&past.happened, &past.doubtful}) std::fill(flags->begin(), flags->end(), 0);
    std::fill(past.progress.begin(), past.progress.end(), 0);
  }
}

void OutcomeWatch::observe(const Block& block) {
  const int step = block.index();
  lanes_ = block.lanes();
  for (std::size_t o = 0; o < pasts_.size(); ++o) {
    const OccurrencePlan& occurrence = plan_.occurrences[o];
    Past& past = pasts_[o];
    std::fill_n(past.happens.begin(), lanes_, static_cast<unsigned char>(0));
    if (step < occurrence.first_step || step > occurrence.last_step) continue;
    if (occurrence.kind == Kind::condition) {
      judge(occurrence, block, past);
    } else if (occurrence.kind == Kind::sequence) {
      follow(occurrence, step, past);
    } else {
      join(occurrence, step, past);
    }
    take_doubts(occurrence, past);
    remember(step, past);
  }
}

void OutcomeWatch::remember(int step, Past& past) const {
  const unsigned char* happens = past.happens.data();
  unsigned char* happened = past.happened.data();
  int* first = past.first.data();
  for (std::size_t l = 0; l < lanes_; ++l) first[l] = happens[l] > happened[l] ? step : first[l];
  for (std::size_t l = 0; l < lanes_; ++l) happened[l] |= happens[l];
}

void OutcomeWatch::judge(const OccurrencePlan& occurrence, const Block& block, Past& past) {
  const unsigned char* holds = judge_.holding(occurrence.condition, block);
  unsigned char* happens = past.happens.data();
  int* progress = past.progress.data();
  const int length = occurrence.run_length;
  for (std::size_t l = 0; l < lanes_; ++l) progress[l] = holds[l] ? progress[l] + 1 : 0;
  for (std::size_t l = 0; l < lanes_; ++l) happens[l] = static_cast<unsigned char>(progress[l] >= length);
  mark_doubtful(occurrence, block, past);
}

void OutcomeWatch::mark_doubtful(const OccurrencePlan& occurrence, const Block& block, Past& past) const {
  for (const auto& [column, from] : occurrence.doubtful) {
    if (block.index() < from) continue;
    const double* now = block.now(column);
    for (std::size_t l = 0; l < lanes_; ++l) past.doubtful[l] |= static_cast<unsigned char>(std::isnan(now[l]));
  }
}

// The first part, then in later steps the first time of the next one after the least gap.
void OutcomeWatch::follow(const OccurrencePlan& sequence, int step, Past& past) const {
  const int parts = static_cast<int>(sequence.parts.size());
  for (std::size_t l = 0; l < lanes_; ++l) {
    const int done = past.progress[l];
    if (done == parts) continue;
    const Past& next = pasts_[static_cast<std::size_t>(sequence.parts[static_cast<std::size_t>(done)])];
    const int gap = step - past.since[l];
    const bool in_time = done == 0 || (gap >= sequence.least_gap && gap <= sequence.most_gap);
    if (!next.happens[l] || !in_time) continue;
    past.progress[l] = done + 1;
    past.since[l] = step;
    past.happens[l] = static_cast<unsigned char>(done + 1 == parts);
  }
}

// `and` happens when the last of its parts does, `or` whenever one does, `not` in the last step if its part has not.
void OutcomeWatch::join(const OccurrencePlan& joint, int step, Past& past) const {
  unsigned char* happens = past.happens.data();
  const unsigned char* happened = past.happened.data();
  if (joint.kind == Kind::all_of) {
    for (std::size_t l = 0; l < lanes_; ++l) happens[l] = static_cast<unsigned char>(happened[l] ^ 1);
  }
  for (const int part : joint.parts) {
    const Past& of_part = pasts_[static_cast<std::size_t>(part)];
    const unsigned char* part_happens = of_part.happens.data();
    const unsigned char* part_happened = of_part.happened.data();
    if (joint.kind == Kind::all_of) {
      for (std::size_t l = 0; l < lanes_; ++l) happens[l] &= part_happened[l];
    } else if (joint.kind == Kind::any_of) {
      for (std::size_t l = 0; l < lanes_; ++l) happens[l] |= part_happens[l];
    } else if (step == plan_.time.steps) {
      for (std::size_t l = 0; l < lanes_; ++l) happens[l] = static_cast<unsigned char>(part_happened[l] ^ 1);
    }
  }
}

void OutcomeWatch::take_doubts(const OccurrencePlan& occurrence, Past& past) const {
  unsigned char* doubtful = past.doubtful.data();
  for (const int part : occurrence.parts) {
    const unsigned char* of_part = pasts_[static_cast<std::size_t>(part)].doubtful.data();
    for (std::size_t l = 0; l < lanes_; ++l) doubtful[l] |= of_part[l];
  }
}

void OutcomeWatch::count(std::size_t outcome, std::size_t paths, const std::vector<std::size_t>& failed,
                         OutcomeCounts& counts) const {
  const Past& past = past_of(outcome);
  const bool passage = plan_.outcomes[outcome].passage;
  if (passage) counts.first_passage.resize(static_cast<std::size_t>(plan_.time.steps) + 1);
  for (std::size_t l = 0; l < paths; ++l) {
    if (std::binary_search(failed.begin(), failed.end(), l)) continue;
    counts.undefined += past.doubtful[l];
    if (!past.happened[l]) continue;
    ++counts.hits;
    if (passage) ++counts.first_passage[static_cast<std::size_t>(past.first[l])];
  }
}

}  // namespace moniac
