#include "sim/output/verify.h"

#include <fmt/core.h>

#include <map>

#include "sim/output/manifest.h"
#include "sim/output/results_file.h"
#include "sim/output/results_layout.h"
#include "sim/output/sha256.h"

namespace moniac {

namespace {

using ByPath = std::map<std::string, ManifestEntry>;

ByPath by_path(const std::vector<ManifestEntry>& entries) {
  ByPath found;
  for (const ManifestEntry& entry : entries) found.emplace(entry.path, entry);
  return found;
}

std::string difference(const ManifestEntry& written, const ManifestEntry& found) {
  if (written.kind != found.kind || written.shape != found.shape) return "type or shape differs";
  const bool data = written.contents != found.contents, attributes = written.attributes != found.attributes;
  return data && attributes ? "data and attributes differ" : data ? "data differ" : "attributes differ";
}

std::vector<std::string> differences(const ByPath& written, const ByPath& found) {
  std::vector<std::string> all;
  for (const auto& [path, entry] : written) {
    const auto now = found.find(path);
    if (now == found.end()) {
      all.push_back(path + ": missing");
    } else if (now->second != entry) {
      all.push_back(fmt::format("{}: {}", path, difference(entry, now->second)));
    }
  }
  for (const auto& [path, entry] : found) {
    if (!written.contains(path)) all.push_back(path + ": added");
  }
  return all;
}

// The arrays that are as the manifest says, but whose own hash is another.
void compare_own_hashes(const Hdf5Group& group, const std::string& prefix, const ByPath& written, const ByPath& found,
                        std::vector<std::string>& all) {
  for (const Hdf5Entry& entry : group.entries()) {
    const std::string path = prefix + entry.name;
    if (entry.is_group) {
      compare_own_hashes(group.open_group(entry.name), path + "/", written, found, all);
    } else if (const auto known = written.find(path); known != written.end() && known->second.kind == "dataset") {
      if (known->second == found.at(path) && group.open(entry.name).text(hash_attribute) != known->second.contents)
        all.push_back(fmt::format("{}: its attribute {} is not that of its data", path, hash_attribute));
    }
  }
}

Verification verify(const Hdf5File& file) {
  const Hdf5Group root = file.root();
  const std::string stated = root.text(content_hash_attribute);
  const Hdf5Group group = root.open_group(manifest_group);
  if (!group.contains(manifest_name)) return {"", {fmt::format("/{}/{}: missing", manifest_group, manifest_name)}};
  const std::vector<std::string> stored = group.open(manifest_name).read<std::string>();
  if (stored.size() != 1) return {"", {fmt::format("/{}/{}: type or shape differs", manifest_group, manifest_name)}};
  const std::vector<ManifestEntry> entries = manifest(file, ContentHash::recomputed);
  const std::string text = manifest_text(entries);
  const ByPath written = by_path(parse_manifest(stored.front())), found = by_path(entries);
  Verification result{sha256(text), differences(written, found)};
  compare_own_hashes(root, "/", written, found, result.differences);
  if (result.differences.empty() && text != stored.front())
    result.differences.push_back(fmt::format("/{}/{}: data differ", manifest_group, manifest_name));
  if (result.differences.empty() && stated != result.content_hash)
    result.differences.push_back(fmt::format("{} is {}, not {}", content_hash_attribute, result.content_hash, stated));
  return result;
}

}  // namespace

std::string stated_content_hash(const std::string& path) {
  return with_result(path, [](const Hdf5File& file) { return file.root().text(content_hash_attribute); });
}

Verification verify_results(const std::string& path) {
  return with_result(path, [&](const Hdf5File& file) {
    if (!file.root().has(content_hash_attribute))
      throw FormatError(path + " has no content_sha256: it was written by format 1.0, or has been changed since");
    return verify(file);
  });
}

}  // namespace moniac
