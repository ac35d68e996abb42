#include "sim/output/part_collector.h"

#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

namespace moniac {

namespace {

template <class P>
P read(std::string_view bytes);

template <>
Part read(std::string_view bytes) {
  return read_part(bytes);
}

template <>
CasePart read(std::string_view bytes) {
  return read_case_part(bytes);
}

const PathRange& range_of(const Part& part) {
  return part.summary.range;
}

const PathRange& range_of(const CasePart& part) {
  return part.range;
}

bool goes_on_with(const Part& part, const Part& next) {
  return range_of(part).end == range_of(next).first && part.summary.range.paths() % unit_paths == 0 &&
         of_one_kind(!part.kept.empty(), range_of(next), !next.kept.empty());
}

bool goes_on_with(const CasePart& part, const CasePart& next) {
  return part.range.end == next.range.first;
}

}  // namespace

template <class P>
void PartCollector<P>::add(std::string_view bytes) {
  const PartLabel label = read_part_label(bytes);
  if (label.hashes != parts_.hashes()) throw std::logic_error("a part of another run was sent");
  waiting_.emplace(label.range.first, read<P>(bytes));
  bytes_ += bytes.size();
  if (bytes_ >= part_bytes_wanted || timer_.due()) flush();
}

template <class P>
void PartCollector<P>::flush() {
  while (!waiting_.empty()) {
    const auto first = waiting_.begin();
    auto last = first;
    while (std::next(last) != waiting_.end() && goes_on_with(last->second, std::next(last)->second)) ++last;
    std::vector<P> neighbours;
    for (auto part = first; part != std::next(last); ++part) neighbours.push_back(std::move(part->second));
    waiting_.erase(first, std::next(last));
    const P joined = join(std::move(neighbours));
    parts_.write(range_of(joined), part_bytes(joined, parts_.hashes()));
  }
  bytes_ = 0;
  timer_.restart();
}

template class PartCollector<Part>;
template class PartCollector<CasePart>;

}  // namespace moniac
