#include "sim/output/part.h"

#include <fmt/core.h>

#include <iterator>

#include "sim/output/byte_stream.h"
#include "sim/output/failure_fields.h"
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
  stream.field(outcome.undefined);
  stream.field(outcome.first_passage);
}

template <class Stream, SameAs<TriggerCounts> Value>
static void fields(Stream& stream, Value& trigger) {
  stream.field(trigger.firings);
  stream.field(trigger.paths);
  stream.field(trigger.first_firing);
}

template <class Stream, SameAs<Dimension> Value>
static void fields(Stream& stream, Value& dimension) {
  stream.field(dimension.name);
  stream.field(dimension.labels);
}

template <class Stream, SameAs<RecordedVariable> Value>
static void fields(Stream& stream, Value& variable) {
  stream.field(variable.name);
  stream.field(variable.unit);
  stream.field(variable.doc);
  stream.field(variable.model);
  stream.field(variable.flow);
  stream.field(variable.dimensions);
  stream.field(variable.mean);
  stream.field(variable.sd);
  stream.field(variable.se);
  stream.field(variable.minimum);
  stream.field(variable.maximum);
  stream.field(variable.quantiles);
  stream.field(variable.quantile_se);
  stream.field(variable.quantile_error);
}

template <class Stream, SameAs<OutcomeResult> Value>
static void fields(Stream& stream, Value& outcome) {
  stream.field(outcome.name);
  stream.field(outcome.text);
  stream.field(outcome.kind);
  stream.field(outcome.paths);
  stream.field(outcome.hits);
  stream.field(outcome.probability);
  stream.field(outcome.se);
  stream.field(outcome.low);
  stream.field(outcome.high);
  stream.field(outcome.undefined);
  stream.field(outcome.first_passage);
  stream.field(outcome.bucket_of);
  stream.field(outcome.label);
  stream.field(outcome.unit);
  stream.field(outcome.mean);
  stream.field(outcome.mean_se);
  stream.field(outcome.stated);
}

template <class Stream, SameAs<TriggerResult> Value>
static void fields(Stream& stream, Value& trigger) {
  stream.field(trigger.name);
  stream.field(trigger.text);
  stream.field(trigger.action);
  stream.field(trigger.paths);
  stream.field(trigger.fired);
  stream.field(trigger.share);
  stream.field(trigger.se);
  stream.field(trigger.low);
  stream.field(trigger.high);
  stream.field(trigger.firings);
  stream.field(trigger.first_firing);
}

template <class Stream, SameAs<IdentityResult> Value>
static void fields(Stream& stream, Value& identity) {
  stream.field(identity.name);
  stream.field(identity.unit);
  stream.field(identity.maximum);
  stream.field(identity.tolerance);
  stream.field(identity.path);
  stream.field(identity.step);
  stream.field(identity.closed_by_impose);
}

template <class Stream, SameAs<ClampResult> Value>
static void fields(Stream& stream, Value& clamp) {
  stream.field(clamp.name);
  stream.field(clamp.doc);
  stream.field(clamp.held);
  stream.field(clamp.path_steps);
}

// Of the results of a case, what is not the question.
template <class Stream, SameAs<CaseResult> Value>
static void fields(Stream& stream, Value& result) {
  stream.field(result.index);
  stream.field(result.results.variables);
  stream.field(result.results.outcomes);
  stream.field(result.results.triggers);
  stream.field(result.results.paths_used);
  stream.field(result.results.failed);
  stream.field(result.results.failures);
  stream.field(result.results.identities);
  stream.field(result.results.clamps);
  stream.field(result.first_half);
  stream.field(result.second_half);
}

template <class Stream, SameAs<CasePart> Value>
static void fields(Stream& stream, Value& part) {
  stream.field(part.range);
  stream.field(part.cases);
}

template <class Stream, SameAs<RangeSummary> Value>
static void fields(Stream& stream, Value& summary) {
  stream.field(summary.range);
  stream.field(summary.moments);
  stream.field(summary.counts);
  stream.field(summary.outcomes);
  stream.field(summary.binned);
  stream.field(summary.triggers);
  stream.field(summary.trigger_log);
  stream.field(summary.residuals);
  stream.field(summary.clamped);
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
  stream.field(part.of_run.recorded.paths);
  stream.field(part.of_run.recorded.single_precision);
  stream.field(part.of_run.logged);
  stream.field(part.kept);
}

namespace {

constexpr std::string_view mark = "moniac part 8\n";  // another layout gets another number
constexpr std::size_t hash_length = 64;
// In front of the part, which begins with its range.
constexpr std::size_t label_length = mark.size() + 2 * hash_length;

template <class Body>
std::string bytes_of(const Body& body, const PartHashes& hashes) {
  std::string bytes = fmt::format("{}{}{}", mark, hashes.result, hashes.summary);
  ByteWriter(bytes).field(body);
  bytes += sha256(bytes);
  return bytes;
}

}  // namespace

Part join(std::vector<Part> neighbours) {
  if (neighbours.size() == 1) return std::move(neighbours.front());
  Part all;
  all.of_run = neighbours.front().of_run;
  const std::size_t series = neighbours.front().values.empty() ? 0 : neighbours.front().summary.moments.size();
  for (Part& part : neighbours) {
    all.summary.append(part.summary);
    std::move(part.kept.begin(), part.kept.end(), std::back_inserter(all.kept));
  }
  for (std::size_t s = 0; s < series; ++s) {
    for (const Part& part : neighbours) {
      const auto row = part.values.begin() + static_cast<std::ptrdiff_t>(s) * part.summary.range.paths();
      all.values.insert(all.values.end(), row, row + part.summary.range.paths());
    }
  }
  return all;
}

CasePart join(std::vector<CasePart> neighbours) {
  CasePart all{.range = {neighbours.front().range.first, neighbours.back().range.end}, .cases = {}};
  for (CasePart& part : neighbours) std::move(part.cases.begin(), part.cases.end(), std::back_inserter(all.cases));
  return all;
}

std::string part_bytes(const Part& part, const PartHashes& hashes) {
  return bytes_of(part, hashes);
}

std::string part_bytes(const CasePart& part, const PartHashes& hashes) {
  return bytes_of(part, hashes);
}

PartLabel read_part_label(std::string_view bytes) {
  if (bytes.substr(0, mark.size()) != mark) throw PartError("is not a part of this version's format");
  if (bytes.size() < label_length + sizeof(PathRange) + hash_length) throw PartError("is cut short");
  const std::string_view body = bytes.substr(0, bytes.size() - hash_length);
  if (sha256(body) != bytes.substr(body.size())) throw PartError("is damaged");
  PartLabel label{.hashes = {.result = std::string(body.substr(mark.size(), hash_length)),
                             .summary = std::string(body.substr(mark.size() + hash_length, hash_length))},
                  .range = {}};
  ByteReader(body.substr(label_length)).field(label.range);
  return label;
}

Part read_part(std::string_view bytes) {
  return unpack<Part>(bytes.substr(label_length));
}

CasePart read_case_part(std::string_view bytes) {
  return unpack<CasePart>(bytes.substr(label_length));
}

}  // namespace moniac
