#include "sim/output/part.h"

#include <fmt/core.h>

#include "sim/output/byte_stream.h"
#include "sim/output/sha256.h"

namespace moniac {

// The parts of each type, found by name from byte_stream.h.

static void fields(ByteWriter& out, const MomentTree& tree) {
  out.field(tree.nodes());
}

static void fields(ByteReader& in, MomentTree& tree) {
  std::vector<MomentTree::Node> nodes;
  in.field(nodes);
  tree = MomentTree(std::move(nodes));
}

template <class Stream, SameAs<OutcomeCounts> Value>
static void fields(Stream& stream, Value& outcome) {
  stream.field(outcome.hits);
  stream.field(outcome.first_passage);
}

template <class Stream, SameAs<TriggerCounts> Value>
static void fields(Stream& stream, Value& trigger) {
  stream.field(trigger.firings);
  stream.field(trigger.paths);
  stream.field(trigger.first_firing);
}

template <class Stream, SameAs<Failure> Value>
static void fields(Stream& stream, Value& failure) {
  stream.field(failure.path);
  stream.field(failure.step);
  stream.field(failure.model);
  stream.field(failure.cause);
}

template <class Stream, SameAs<RangeSummary> Value>
static void fields(Stream& stream, Value& summary) {
  stream.field(summary.range);
  stream.field(summary.moments);
  stream.field(summary.counts);
  stream.field(summary.outcomes);
  stream.field(summary.triggers);
  stream.field(summary.trigger_log);
  stream.field(summary.residuals);
  stream.field(summary.failures);
}

template <class Stream, SameAs<KeptUnit> Value>
static void fields(Stream& stream, Value& unit) {
  stream.field(unit.first);
  stream.field(unit.encoded);
}

template <class Stream, SameAs<Part> Value>
static void fields(Stream& stream, Value& part) {
  stream.field(part.summary);
  stream.field(part.values);
  stream.field(part.kept);
}

namespace {

constexpr std::string_view mark = "moniac part 2\n";  // another layout gets another number
constexpr std::size_t hash_length = 64;
constexpr std::size_t label_length = mark.size() + hash_length;  // in front of the part, which begins with its range

}  // namespace

std::string part_bytes(const Part& part, std::string_view result_hash) {
  std::string bytes(mark);
  bytes += result_hash;
  ByteWriter(bytes).field(part);
  bytes += sha256(bytes);
  return bytes;
}

PartLabel read_part_label(std::string_view bytes) {
  if (bytes.substr(0, mark.size()) != mark) throw PartError("is not a part of this version's format");
  if (bytes.size() < mark.size() + 2 * hash_length + sizeof(PathRange)) throw PartError("is cut short");
  const std::string_view body = bytes.substr(0, bytes.size() - hash_length);
  if (sha256(body) != bytes.substr(body.size())) throw PartError("is damaged");
  PartLabel label{.result_hash = std::string(body.substr(mark.size(), hash_length)), .range = {}};
  ByteReader(body.substr(label_length)).field(label.range);
  return label;
}

Part read_part(std::string_view bytes) {
  Part part;
  ByteReader(bytes.substr(label_length)).field(part);
  return part;
}

}  // namespace moniac
