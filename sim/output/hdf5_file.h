// Owning handles over the plain C interface of HDF5; hdf5_*.cpp are the only users of that library.
//
// The file is made so that it is netCDF-4 as well: format versions pinned to HDF5 1.8, creation order of links and
// attributes tracked, no time stamps, fixed-length UTF-8 text in attributes and variable-length UTF-8 text in data.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace moniac {

/// A call to HDF5 that failed: the cause in one line and what was being done, without the path of the file.
class Hdf5Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Must run before anything else of HDF5; running it again does nothing. HDF5 must not install its own exit handler
/// (1.10 segfaults in it after a failed write), nor print errors, nor load plug-ins.
void start_hdf5();

/// Version of the HDF5 library in use: "1.10.8".
std::string hdf5_version();

/// Owns one identifier of HDF5. The destructor cannot report a failure, so nothing reaches the disk there: data does in
/// Hdf5Dataset::write, all else in Hdf5File::close.
class Hdf5Id {
 public:
  using Close = int (*)(std::int64_t);
  Hdf5Id(std::int64_t id, Close close) : id_(id), close_(close) {}
  Hdf5Id(const Hdf5Id&) = delete;
  Hdf5Id& operator=(const Hdf5Id&) = delete;
  Hdf5Id(Hdf5Id&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Id& operator=(Hdf5Id&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Id() {
    if (id_ >= 0) close_(id_);
  }

  std::int64_t get() const { return id_; }
  /// Gives up ownership.
  std::int64_t release() { return std::exchange(id_, -1); }

 private:
  std::int64_t id_;
  Close close_;
};

/// Lengths of the axes, slowest first; empty for a scalar.
using Hdf5Shape = std::vector<std::uint64_t>;

/// Name of the attribute that holds the SHA-256 of an array's contents. Contents are the numbers, little-endian and
/// row-major, or the UTF-8 texts with a NUL between each two.
inline constexpr const char* hash_attribute = "sha256";

/// The value of an attribute as bytes: "text" and its UTF-8, or "float64", "int32" … and the little-endian number.
/// "other" and nothing for what a result does not have: lists, text of variable length.
struct Hdf5Value {
  std::string type;
  std::string bytes;
};

/// A group or data set: whatever has a name and attributes. Attributes are scalars.
class Hdf5Object {
 public:
  Hdf5Object(Hdf5Id id, std::string name) : id_(std::move(id)), name_(std::move(name)) {}

  /// Name below the group it was created or opened in; "/" for the root.
  const std::string& name() const { return name_; }

  /// Adds an attribute; an empty text adds nothing, because HDF5 knows no text of length zero.
  void set_text(const std::string& attribute, const std::string& text);
  /// T is double, float, std::int32_t, std::int64_t or std::uint64_t.
  template <class T>
  void set_number(const std::string& attribute, T value);

  bool has(const std::string& attribute) const;
  /// Empty when there is no such attribute; throws Hdf5Error when it is not a text.
  std::string text(const std::string& attribute) const;
  /// Throws Hdf5Error when there is no such attribute or it is not one number.
  template <class T>
  T number(const std::string& attribute) const;

  /// Names of all attributes, sorted.
  std::vector<std::string> attributes() const;
  Hdf5Value value(const std::string& attribute) const;

 protected:
  std::int64_t id() const { return id_.get(); }
  Hdf5Id open_attribute(const std::string& attribute) const;

 private:
  Hdf5Id id_;
  std::string name_;
};

/// Axis `axis` of the array that `dataset` refers to.
struct ScaleUse {
  std::uint64_t dataset = 0;
  std::int32_t axis = 0;
  std::int32_t padding = 0;  ///< is written, so it must not be chance
};

/// An array of double, std::int32_t, std::int64_t or std::string. Also std::int32_t for flags.
class Hdf5Dataset : public Hdf5Object {
 public:
  using Hdf5Object::Hdf5Object;

  Hdf5Shape shape() const;
  /// "float32", "float64", "int32", "int64", "uint64", "text", or "other".
  std::string type() const;
  /// Bytes that the elements take in the file; of texts, what points at them.
  std::uint64_t stored_bytes() const;

  /// Writes all elements, row-major, and flushes them, so that a full disk is noticed here; then adds the attribute
  /// hash_attribute. A text must not contain NUL.
  template <class T>
  void write(const std::vector<T>& values);
  /// All elements. Throws Hdf5Error when some were never written, or when they claim more than the file holds.
  template <class T>
  std::vector<T> read() const;
  /// SHA-256 of the contents as they are in the file, whatever the attribute says. Numbers take constant memory.
  std::string hash() const;

  /// Writes whole rows of the slowest axis, row-major; the first of them is row `first`.
  void write_rows(std::uint64_t first, std::span<const double> values);
  /// Writes the chunk of create_chunked that begins at row `first`, shuffled and compressed as the filters would.
  void write_chunk(std::uint64_t first, std::string_view bytes);
  /// Rows first … first + count - 1, row-major, as double.
  std::vector<double> read_rows(std::uint64_t first, std::uint64_t count) const;

  /// Makes this one-dimensional array the scale of a dimension.
  void make_scale(const std::string& scale_name);
  /// Says which scale measures each axis, in the order of the axes. Each scale must be told as well, by set_uses.
  void set_scales(const std::vector<const Hdf5Dataset*>& scales);
  /// Says where this scale is used; once, when all uses are known.
  void set_uses(const std::vector<ScaleUse>& uses);
  /// A reference to this array that means something within its file.
  std::uint64_t reference() const;
  bool is_scale() const;
  /// Whether this is a dimension without coordinates.
  bool is_bare_scale() const;
  /// reference() of the scale of each axis, 0 where there is none. It may lead nowhere in a damaged file.
  std::vector<std::uint64_t> scales() const;

 private:
  friend class Hdf5Group;
  void make_bare_scale(std::uint64_t length);
};

enum class Hdf5Storage {
  plain,      ///< contiguous
  compressed  ///< shuffle and gzip 1, in chunks of at most 1 MiB; contiguous up to 4 KiB
};

/// What a group holds under a name.
struct Hdf5Entry {
  std::string name;
  bool is_group;
  std::uint64_t reference;  ///< Hdf5Dataset::reference; equal for two names of one object
};

/// Opening refuses whatever would reach outside the file or run foreign code: links other than hard ones, external
/// storage, virtual data sets, filters other than shuffle, gzip and fletcher32.
class Hdf5Group : public Hdf5Object {
 public:
  using Hdf5Object::Hdf5Object;

  Hdf5Group create_group(const std::string& name);
  /// T as in Hdf5Dataset. Doubles have NaN as their fill value.
  template <class T>
  Hdf5Dataset create(const std::string& name, const Hdf5Shape& shape, Hdf5Storage storage = Hdf5Storage::plain);
  /// A float32 array with NaN as its fill value, shuffled and compressed with gzip in chunks of `rows` rows.
  Hdf5Dataset create_chunked(const std::string& name, const Hdf5Shape& shape, std::uint64_t rows);
  /// A dimension without coordinates, in the way netCDF-4 spells it: a scale without values.
  Hdf5Dataset create_dimension(const std::string& name, std::uint64_t length);

  bool contains(const std::string& name) const;
  Hdf5Group open_group(const std::string& name) const;
  Hdf5Dataset open(const std::string& name) const;
  /// What is in this group, in the order of creation if it is known, else sorted. Refuses what is neither a group nor a
  /// data set.
  std::vector<Hdf5Entry> entries() const;
  /// Names of the data sets of this group, in the order of creation.
  std::vector<std::string> datasets() const;
};

/// A file, open for writing from scratch or for reading.
class Hdf5File {
 public:
  static Hdf5File create(const std::string& path);
  static Hdf5File open(const std::string& path);
  /// Whether the file at `path` starts like an HDF5 file.
  static bool is_hdf5(const std::string& path);

  Hdf5Group root() const;
  std::uint64_t bytes() const;

  /// Flushes and closes; all other handles must be gone. Throws Hdf5Error when something did not reach the disk.
  void close();

 private:
  explicit Hdf5File(Hdf5Id id) : id_(std::move(id)) {}
  Hdf5Id id_;
};

}  // namespace moniac
