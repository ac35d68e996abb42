#include "sim/app/shard_record.h"

#include <stdexcept>

#include "sim/app/provenance.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace {

constexpr std::string_view mark = "moniac shard 1\n";  // another layout gets another number
constexpr std::size_t hash_length = 64;

}  // namespace

Scenario scenario_of(const ShardRecord& record) {
  Scenario scenario = read_scenario(scenario_source("the record of a shard", record.run));
  if (part_hashes(scenario).result != record.hashes.result) {
    throw std::logic_error("the record of a shard holds another scenario than its parts were made from");
  }
  return scenario;
}

std::string record_bytes(const ShardRecord& record) {
  std::string bytes(mark);
  bytes += record.hashes.result + record.hashes.summary + to_bytes(record.run);
  return bytes + sha256(bytes);
}

ShardRecord read_shard_record(std::string_view bytes) {
  if (bytes.substr(0, mark.size()) != mark) throw PartError("is not a record of this version's format");
  if (bytes.size() < mark.size() + 3 * hash_length) throw PartError("is cut short");
  std::string_view body = bytes.substr(0, bytes.size() - hash_length);
  if (sha256(body) != bytes.substr(body.size())) throw PartError("is damaged");
  const auto take_hash = [&] {
    const std::string_view hash = body.substr(0, hash_length);
    body.remove_prefix(hash_length);
    return std::string(hash);
  };
  body.remove_prefix(mark.size());
  PartHashes hashes{.result = take_hash(), .summary = take_hash()};
  return {.hashes = std::move(hashes), .run = stored_run_of(body)};
}

}  // namespace moniac
