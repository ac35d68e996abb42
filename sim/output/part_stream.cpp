#include "sim/output/part_stream.h"

#include <stdexcept>
#include <utility>

namespace moniac {

PartStream::PartStream(const KeptPaths& of_run, PartHashes hashes, Send send)
    : storage_(of_run.recorded), hashes_(std::move(hashes)), send_(std::move(send)), pending_(of_run) {}

FinishedRange PartStream::load(const PathRange&) const {
  throw std::logic_error("a stream of parts holds nothing");
}

std::string PartStream::encode(const KeptValues& values) const {
  return encode_paths(storage_, values);
}

void PartStream::add(const RangeSummary& unit, std::vector<std::string> kept, const ExactValues& values) {
  if (!pending_.goes_on_with(unit, !kept.empty(), true)) complete(values);
  pending_.add(unit, std::move(kept));
  if (pending_bytes(values) >= part_bytes_wanted) complete(values);
}

void PartStream::complete(const ExactValues& values) {
  if (pending_.range().paths() > 0) send_(part_bytes(pending_.take(values), hashes_));
}

std::size_t PartStream::pending_bytes(const ExactValues& values) const {
  if (values.data == nullptr) return pending_.bytes();
  return pending_.bytes() + pending_.series() * static_cast<std::size_t>(pending_.range().paths()) * sizeof(double);
}

}  // namespace moniac
