#include "sim/output/part.h"

#include <fmt/core.h>

#include "sim/output/byte_stream.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace {

constexpr std::string_view mark = "moniac part 1\n";  // another layout gets another number
constexpr std::size_t hash_length = 64;

void put(ByteWriter& out, const RangeSummary& summary) {
  out.put(summary.moments.size());
  for (const MomentTree& tree : summary.moments) out.put(tree.nodes());
  out.put(summary.counts);
  out.put(summary.outcomes.size());
  for (const OutcomeCounts& outcome : summary.outcomes) {
    out.put(outcome.hits);
    out.put(outcome.first_passage);
  }
  out.put(summary.residuals);
  out.put(summary.failures.size());
  for (const Failure& failure : summary.failures) {
    out.put(failure.path);
    out.put(failure.step);
    out.put(failure.model);
    out.put(failure.cause);
  }
}

void get(ByteReader& in, RangeSummary& summary) {
  summary.moments.resize(in.size());
  for (MomentTree& tree : summary.moments) {
    std::vector<MomentTree::Node> nodes;
    in.get(nodes);
    tree = MomentTree(std::move(nodes));
  }
  in.get(summary.counts);
  summary.outcomes.resize(in.size());
  for (OutcomeCounts& outcome : summary.outcomes) {
    in.get(outcome.hits);
    in.get(outcome.first_passage);
  }
  in.get(summary.residuals);
  summary.failures.resize(in.size());
  for (Failure& failure : summary.failures) {
    in.get(failure.path);
    in.get(failure.step);
    in.get(failure.model);
    in.get(failure.cause);
  }
}

PartLabel get_label(ByteReader& in) {
  in.take(mark.size());
  PartLabel label{.result_hash = std::string(in.take(hash_length)), .range = {}};
  in.get(label.range);
  return label;
}

}  // namespace

std::string part_bytes(const Part& part, std::string_view result_hash) {
  std::string bytes(mark);
  bytes += result_hash;
  ByteWriter out(bytes);
  out.put(part.summary.range);
  put(out, part.summary);
  out.put(part.values);
  out.put(part.kept.size());
  for (const KeptUnit& unit : part.kept) {
    out.put(unit.first);
    out.put(unit.encoded);
  }
  bytes += sha256(bytes);
  return bytes;
}

PartLabel read_part_label(std::string_view bytes) {
  if (bytes.substr(0, mark.size()) != mark) throw PartError("is not a part of this version's format");
  if (bytes.size() < mark.size() + 2 * hash_length + sizeof(PathRange)) throw PartError("is cut short");
  const std::string_view body = bytes.substr(0, bytes.size() - hash_length);
  if (sha256(body) != bytes.substr(body.size())) throw PartError("is damaged");
  ByteReader in(body);
  return get_label(in);
}

Part read_part(std::string_view bytes) {
  ByteReader in(bytes);
  Part part;
  part.summary.range = get_label(in).range;
  get(in, part.summary);
  in.get(part.values);
  part.kept.resize(in.size());
  for (KeptUnit& unit : part.kept) {
    in.get(unit.first);
    in.get(unit.encoded);
  }
  return part;
}

}  // namespace moniac
