#include "sim/output/recorded_paths.h"

#include <algorithm>
#include <set>

#include "sim/output/byte_stream.h"
#include "sim/output/results_layout.h"

namespace moniac {

namespace {

std::vector<std::int64_t> chosen(std::span<const std::uint64_t> random, std::int64_t kept) {
  std::set<std::int64_t> paths;
  for (const std::uint64_t number : random) {
    paths.insert(static_cast<std::int64_t>(number % static_cast<std::uint64_t>(kept)));
  }
  return {paths.begin(), paths.end()};
}

std::vector<Hdf5Dataset> arrays_of_paths(const Hdf5Group& root, std::int64_t kept) {
  std::vector<Hdf5Dataset> arrays;
  for (const std::string& name : root.datasets()) {
    Hdf5Dataset array = root.open(name);
    if (array.text("moniac_statistic") != path_statistic) continue;
    const Hdf5Shape shape = array.shape();
    if (shape.empty() || shape.front() != static_cast<std::uint64_t>(kept)) {
      throw Hdf5Error(name + " does not hold as many paths as were recorded");
    }
    arrays.push_back(std::move(array));
  }
  return arrays;
}

}  // namespace

RecordedPaths read_recorded_paths(const std::string& path, std::span<const std::uint64_t> random) {
  return with_result(path, [&](const Hdf5File& file) {
    const Hdf5Group root = file.root();
    const Results results = read_contents(file);
    RecordedPaths recorded{.version = results.version,
                           .resolved_scenario = results.resolved_scenario,
                           .single_precision = results.single_precision,
                           .paths = {},
                           .variables = {},
                           .values = {}};
    if (results.kept_paths <= 0) return recorded;
    recorded.paths = chosen(random, results.kept_paths);
    const std::vector<Hdf5Dataset> arrays = arrays_of_paths(root, results.kept_paths);
    for (const Hdf5Dataset& array : arrays) recorded.variables.push_back(array.text("moniac_name"));
    for (const std::int64_t number : recorded.paths) {
      for (const Hdf5Dataset& array : arrays) {
        recorded.values.push_back(array.read_rows(static_cast<std::uint64_t>(number), 1));
      }
    }
    return recorded;
  });
}

template <class Stream, SameAs<RecordedPaths> Value>
static void fields(Stream& stream, Value& recorded) {
  stream.field(recorded.version);
  stream.field(recorded.resolved_scenario);
  stream.field(recorded.single_precision);
  stream.field(recorded.paths);
  stream.field(recorded.variables);
  stream.field(recorded.values);
}

std::string to_bytes(const RecordedPaths& recorded) {
  return pack(recorded);
}

RecordedPaths recorded_paths_of(std::string_view bytes) {
  return unpack<RecordedPaths>(bytes);
}

}  // namespace moniac
