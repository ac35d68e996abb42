#include "sim/output/manifest.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

#include "sim/output/sha256.h"

namespace moniac {

namespace {

constexpr int deepest = 8;  // groups within groups; we write one

// What HDF5 and netCDF keep for themselves, what depends on the build, and the hashes.
constexpr std::array<std::string_view, 10> left_out = {
    "CLASS",         "NAME",           "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid",
    "_NCProperties", "moniac_version", "hdf5_version",   hash_attribute,   content_hash_attribute};

bool counts(const std::string& attribute) {
  return std::find(left_out.begin(), left_out.end(), attribute) == left_out.end();
}

std::string attributes_hash(const Hdf5Object& object) {
  Sha256 hash;
  for (const std::string& name : object.attributes()) {
    if (!counts(name)) continue;
    const Hdf5Value value = object.value(name);
    hash.update(fmt::format("{} {} {}\n", name, value.type, sha256(value.bytes)));
  }
  return hash.finish();
}

// Walks the groups of a file. Two passes, because an array names the scales of its axes wherever they are.
class Lister {
 public:
  Lister(const Hdf5File& file, ContentHash source) : source_(source) {
    const Hdf5Group root = file.root();
    learn_names(root, 0);
    list(root, "/");
    std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  }

  std::vector<ManifestEntry> take() { return std::move(entries_); }

 private:
  // Also makes sure that the walk ends: no object twice, no groups too deep.
  void learn_names(const Hdf5Group& group, int depth) {
    if (depth > deepest) throw Hdf5Error("the groups of the file lie too deep within each other");
    for (const Hdf5Entry& entry : group.entries()) {
      if (!names_.emplace(entry.reference, entry.name).second)
        throw Hdf5Error(entry.name + " is in the file under two names");
      if (entry.is_group) learn_names(group.open_group(entry.name), depth + 1);
    }
  }

  void list(const Hdf5Group& group, const std::string& path) {
    entries_.push_back({path, "group", "", "", attributes_hash(group)});
    const std::string prefix = path == "/" ? path : path + "/";
    for (const Hdf5Entry& entry : group.entries()) {
      if (entry.is_group) {
        list(group.open_group(entry.name), prefix + entry.name);
      } else if (prefix + entry.name != fmt::format("/{}/{}", manifest_group, manifest_name)) {
        entries_.push_back(describe(group.open(entry.name), prefix + entry.name));
      }
    }
  }

  ManifestEntry describe(const Hdf5Dataset& dataset, const std::string& path) const {
    const std::string attributes = attributes_hash(dataset);
    if (dataset.is_bare_scale()) return {path, "dimension", lengths(dataset), "", attributes};
    const std::string contents = source_ == ContentHash::recomputed ? dataset.hash() : dataset.text(hash_attribute);
    return {path, "dataset", fmt::format("{} {}", dataset.type(), lengths(dataset)), contents, attributes};
  }

  // "time=25,quantile=7", or "scalar".
  std::string lengths(const Hdf5Dataset& dataset) const {
    const Hdf5Shape shape = dataset.shape();
    const bool names_itself = dataset.is_scale() && shape.size() == 1;
    const std::vector<std::uint64_t> scales = names_itself ? std::vector<std::uint64_t>{} : dataset.scales();
    std::string text;
    for (std::size_t i = 0; i < shape.size(); ++i) {
      const auto scale = names_itself ? names_.end() : names_.find(scales[i]);
      const std::string name = names_itself ? dataset.name() : scale == names_.end() ? "" : scale->second;
      text += fmt::format("{}{}{}{}", i > 0 ? "," : "", name, name.empty() ? "" : "=", shape[i]);
    }
    return text.empty() ? "scalar" : text;
  }

  ContentHash source_;
  std::map<std::uint64_t, std::string> names_;  // by reference
  std::vector<ManifestEntry> entries_;
};

}  // namespace

std::string ManifestEntry::line() const {
  std::string text = kind + " " + path;
  for (const std::string* word : {&shape, &contents, &attributes}) {
    if (!word->empty()) text += " " + *word;
  }
  return text;
}

std::vector<ManifestEntry> manifest(const Hdf5File& file, ContentHash source) {
  return Lister(file, source).take();
}

std::string manifest_text(const std::vector<ManifestEntry>& entries) {
  std::string text;
  for (const ManifestEntry& entry : entries) text += entry.line() + "\n";
  return text;
}

std::vector<ManifestEntry> parse_manifest(const std::string& text) {
  std::vector<ManifestEntry> entries;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    ManifestEntry& entry = entries.emplace_back();
    words >> entry.kind >> entry.path;
    if (entry.kind == "dimension") words >> entry.shape;
    if (entry.kind == "dataset") {
      std::string type, axes;
      words >> type >> axes >> entry.contents;
      entry.shape = type + " " + axes;
    }
    words >> entry.attributes;
    if (entry.line() != line) throw Hdf5Error("'" + line + "' is not a line of a manifest");
  }
  return entries;
}

void add_manifest(Hdf5File& file) {
  const std::string text = manifest_text(manifest(file, ContentHash::stored));
  Hdf5Group root = file.root(), group = root.open_group(manifest_group);
  group.create<std::string>(manifest_name, {}).write(std::vector{text});
  root.set_text(content_hash_attribute, sha256(text));
}

}  // namespace moniac
