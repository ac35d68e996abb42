// The list of what a result file holds, with hashes: docs/format.md, "Hashes".
#pragma once

#include <string>
#include <vector>

#include "sim/output/hdf5_file.h"

namespace moniac {

inline constexpr const char* manifest_group = "provenance";
inline constexpr const char* manifest_name = "manifest";
inline constexpr const char* content_hash_attribute = "content_sha256";

/// An object of a file. Whatever depends on the build is left out.
struct ManifestEntry {
  std::string path;        ///< "/diagnostics/identity"
  std::string kind;        ///< group, dimension, dataset
  std::string shape;       ///< "float64 time=25,quantile=7"; of a dimension its length; of a group empty
  std::string contents;    ///< hash of the numbers or texts; empty unless a dataset
  std::string attributes;  ///< hash of the attributes
  std::string line() const;

  bool operator==(const ManifestEntry&) const = default;
};

/// Where the hash of contents is taken from.
enum class ContentHash {
  stored,     ///< the attribute of each data set, which its writer has just added
  recomputed  ///< the contents
};

/// Every object, sorted by path. Throws Hdf5Error when the file is damaged or hostile.
std::vector<ManifestEntry> manifest(const Hdf5File& file, ContentHash source);

/// One line per entry. Its hash is the content hash of the file.
std::string manifest_text(const std::vector<ManifestEntry>& entries);

/// The entries of a text made by manifest_text. Throws Hdf5Error when it is none.
std::vector<ManifestEntry> parse_manifest(const std::string& text);

/// Adds the manifest and the content hash to a file that is otherwise complete.
void add_manifest(Hdf5File& file);

}  // namespace moniac
