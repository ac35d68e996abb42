#include "sim/output/hdf5_file.h"

#include <fmt/core.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <type_traits>

namespace moniac {

static_assert(std::is_same_v<hid_t, std::int64_t>);

namespace {

// --- errors ------------------------------------------------------------------------------------------------------

// HDF5 reports a failed system call as one long text with "error message = 'No space left on device'" in its middle.
// That message is the cause; without one, the innermost entry of the error stack is.
struct Cause {
  std::string innermost;
  std::string system;
};

herr_t collect(unsigned depth, const H5E_error2_t* entry, void* data) {
  auto& cause = *static_cast<Cause*>(data);
  const std::string text = entry->desc != nullptr ? entry->desc : "";
  constexpr std::string_view mark = "error message = '";
  if (const auto at = text.find(mark); at != std::string::npos && cause.system.empty()) {
    const auto first = at + mark.size();
    cause.system = text.substr(first, text.find('\'', first) - first);
  }
  if (depth == 0) cause.innermost = text;
  return 0;
}

Hdf5Error failure(const std::string& doing, const std::string& name) {
  Cause cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect, &cause);
  const std::string& text = cause.system.empty() ? cause.innermost : cause.system;
  return Hdf5Error(fmt::format("{} ({} {})", text.empty() ? "HDF5 gives no reason" : text, doing, name));
}

template <class Status>
Status checked(Status status, const char* doing, const std::string& name) {
  if (status < 0) throw failure(doing, name);
  return status;
}

// --- types and properties ----------------------------------------------------------------------------------------

template <class T>
constexpr bool is_text = std::is_same_v<T, std::string>;

template <class T>
hid_t file_type() {
  if constexpr (std::is_same_v<T, double>) return H5T_IEEE_F64LE;
  if constexpr (std::is_same_v<T, float>) return H5T_IEEE_F32LE;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_STD_I32LE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_STD_U64LE;
}

template <class T>
hid_t memory_type() {
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
}

Hdf5Id text_type(std::size_t length) {
  Hdf5Id type(checked(H5Tcopy(H5T_C_S1), "making", "a text type"), H5Tclose);
  checked(H5Tset_size(type.get(), length), "making", "a text type");
  checked(H5Tset_strpad(type.get(), length == H5T_VARIABLE ? H5T_STR_NULLTERM : H5T_STR_NULLPAD), "making",
          "a text type");
  checked(H5Tset_cset(type.get(), H5T_CSET_UTF8), "making", "a text type");
  return type;
}

std::uint64_t elements(const Hdf5Shape& shape) {
  std::uint64_t count = 1;
  for (const std::uint64_t length : shape) count *= length;
  return count;
}

Hdf5Id scalar_space() {
  return {checked(H5Screate(H5S_SCALAR), "making", "a scalar"), H5Sclose};
}

Hdf5Id space_of(const Hdf5Shape& shape) {
  if (shape.empty()) return scalar_space();
  const std::vector<hsize_t> lengths(shape.begin(), shape.end());
  return {checked(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr), "making", "a shape"),
          H5Sclose};
}

// Properties that every object shares: attributes in order of creation, few enough to stay in the object's header, and
// no time stamps.
Hdf5Id object_properties(hid_t kind) {
  Hdf5Id properties(checked(H5Pcreate(kind), "making", "properties"), H5Pclose);
  checked(H5Pset_attr_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "making",
          "properties");
  checked(H5Pset_attr_phase_change(properties.get(), 64, 32), "making", "properties");
  checked(H5Pset_obj_track_times(properties.get(), 0), "making", "properties");
  return properties;
}

Hdf5Id group_properties(hid_t kind) {
  Hdf5Id properties = object_properties(kind);
  checked(H5Pset_link_creation_order(properties.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "making",
          "properties");
  return properties;
}

// The whole array, with its slowest axes cut until a chunk takes at most 1 MiB.
std::vector<hsize_t> chunk_of(const Hdf5Shape& shape) {
  constexpr hsize_t most = (hsize_t{1} << 20) / sizeof(double);
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  hsize_t inner = 1;
  for (auto length = chunk.rbegin(); length != chunk.rend(); ++length) {
    *length = std::clamp<hsize_t>(most / inner, 1, *length);
    inner *= *length;
  }
  return chunk;
}

// The index of the chunks takes 2 KiB. (H5Pset_istore_k would make it smaller, but then the file has a superblock
// extension, and HDF5 writes the time into that.)
bool is_worth_compressing(const Hdf5Shape& shape) {
  return elements(shape) * sizeof(double) > 4096;
}

// Chunks go to the disk when they are written, not when the data set is closed: a destructor could not report that.
Hdf5Id without_chunk_cache() {
  Hdf5Id properties(checked(H5Pcreate(H5P_DATASET_ACCESS), "making", "properties"), H5Pclose);
  checked(H5Pset_chunk_cache(properties.get(), 0, 0, 1.0), "making", "properties");
  return properties;
}

void compress(const Hdf5Id& properties, const Hdf5Shape& shape, const std::string& name) {
  const std::vector<hsize_t> chunk = chunk_of(shape);
  checked(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), "chunking", name);
  checked(H5Pset_shuffle(properties.get()), "chunking", name);
  checked(H5Pset_deflate(properties.get(), 1), "compressing", name);
}

// Locks where the file system has locks, and does without where it has none.
Hdf5Id access_properties() {
  Hdf5Id properties(checked(H5Pcreate(H5P_FILE_ACCESS), "making", "properties"), H5Pclose);
  checked(H5Pset_file_locking(properties.get(), true, true), "making", "properties");
  return properties;
}

// --- refusing what reaches outside the file ----------------------------------------------------------------------

bool is_hard_link(hid_t group, const std::string& name) {
  H5L_info_t info;
  checked(H5Lget_info(group, name.c_str(), &info, H5P_DEFAULT), "looking for", name);
  return info.type == H5L_TYPE_HARD;
}

void require_hard_link(hid_t group, const std::string& name) {
  if (!is_hard_link(group, name)) throw Hdf5Error(name + " is a link that may lead out of the file");
}

void require_own_storage(hid_t dataset, const std::string& name) {
  const Hdf5Id properties(checked(H5Dget_create_plist(dataset), "opening", name), H5Pclose);
  if (checked(H5Pget_external_count(properties.get()), "opening", name) != 0)
    throw Hdf5Error(name + " keeps its data in another file");
  if (checked(H5Pget_layout(properties.get()), "opening", name) == H5D_VIRTUAL)
    throw Hdf5Error(name + " is a virtual data set");
  const int filters = checked(H5Pget_nfilters(properties.get()), "opening", name);
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter = checked(
        H5Pget_filter2(properties.get(), static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr),
        "opening", name);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      throw Hdf5Error(fmt::format("{} uses filter {}; only shuffle, gzip and fletcher32 are read", name, filter));
  }
}

bool is_text_type(hid_t type) {
  return H5Tget_class(type) == H5T_STRING;
}

bool is_number_type(hid_t type) {
  const H5T_class_t kind = H5Tget_class(type);
  return kind == H5T_INTEGER || kind == H5T_FLOAT;
}

}  // namespace

void start_hdf5() {
  [[maybe_unused]] static const bool started = [] {
    H5dont_atexit();
    H5open();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLset_loading_state(0);
    return true;
  }();
}

std::string hdf5_version() {
  unsigned major = 0, minor = 0, release = 0;
  checked(H5get_libversion(&major, &minor, &release), "asking for", "the version");
  return fmt::format("{}.{}.{}", major, minor, release);
}

// --- attributes --------------------------------------------------------------------------------------------------

void Hdf5Object::set_text(const std::string& attribute, const std::string& text) {
  if (text.empty()) return;
  const Hdf5Id type = text_type(text.size()), space = scalar_space();
  const Hdf5Id made(checked(H5Acreate2(id(), attribute.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                            "adding", attribute),
                    H5Aclose);
  checked(H5Awrite(made.get(), type.get(), text.data()), "writing", attribute);
}

template <class T>
void Hdf5Object::set_number(const std::string& attribute, T value) {
  const Hdf5Id space = scalar_space();
  const Hdf5Id made(checked(H5Acreate2(id(), attribute.c_str(), file_type<T>(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                            "adding", attribute),
                    H5Aclose);
  checked(H5Awrite(made.get(), memory_type<T>(), &value), "writing", attribute);
}

template void Hdf5Object::set_number(const std::string&, double);
template void Hdf5Object::set_number(const std::string&, float);
template void Hdf5Object::set_number(const std::string&, std::int32_t);
template void Hdf5Object::set_number(const std::string&, std::int64_t);
template void Hdf5Object::set_number(const std::string&, std::uint64_t);

bool Hdf5Object::has(const std::string& attribute) const {
  return checked(H5Aexists(id(), attribute.c_str()), "looking for", attribute) > 0;
}

Hdf5Id Hdf5Object::open_attribute(const std::string& attribute) const {
  Hdf5Id found(checked(H5Aopen(id(), attribute.c_str(), H5P_DEFAULT), "opening attribute", attribute), H5Aclose);
  const Hdf5Id space(checked(H5Aget_space(found.get()), "opening attribute", attribute), H5Sclose);
  if (checked(H5Sget_simple_extent_npoints(space.get()), "opening attribute", attribute) != 1)
    throw Hdf5Error(fmt::format("attribute {} of {} is not one value", attribute, name_));
  return found;
}

std::string Hdf5Object::text(const std::string& attribute) const {
  if (!has(attribute)) return {};
  const Hdf5Id found = open_attribute(attribute);
  const Hdf5Id type(checked(H5Aget_type(found.get()), "reading attribute", attribute), H5Tclose);
  if (!is_text_type(type.get()) || H5Tis_variable_str(type.get()) != 0)
    throw Hdf5Error(fmt::format("attribute {} of {} is not a text of fixed length", attribute, name_));
  std::string text(H5Tget_size(type.get()), '\0');
  checked(H5Aread(found.get(), type.get(), text.data()), "reading attribute", attribute);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

template <class T>
T Hdf5Object::number(const std::string& attribute) const {
  const Hdf5Id found = open_attribute(attribute);
  const Hdf5Id type(checked(H5Aget_type(found.get()), "reading attribute", attribute), H5Tclose);
  if (!is_number_type(type.get())) throw Hdf5Error(fmt::format("attribute {} of {} is not a number", attribute, name_));
  T value{};
  checked(H5Aread(found.get(), memory_type<T>(), &value), "reading attribute", attribute);
  return value;
}

template double Hdf5Object::number(const std::string&) const;
template std::int32_t Hdf5Object::number(const std::string&) const;
template std::int64_t Hdf5Object::number(const std::string&) const;
template std::uint64_t Hdf5Object::number(const std::string&) const;

// --- data sets ---------------------------------------------------------------------------------------------------

Hdf5Shape Hdf5Dataset::shape() const {
  const Hdf5Id space(checked(H5Dget_space(id()), "reading", name()), H5Sclose);
  std::vector<hsize_t> lengths(
      static_cast<std::size_t>(checked(H5Sget_simple_extent_ndims(space.get()), "reading", name())));
  if (!lengths.empty()) {
    checked(H5Sget_simple_extent_dims(space.get(), lengths.data(), nullptr), "reading", name());
  }
  return {lengths.begin(), lengths.end()};
}

namespace {

std::vector<const char*> pointers(const std::vector<std::string>& texts, const std::string& name) {
  std::vector<const char*> found;
  found.reserve(texts.size());
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) throw Hdf5Error("a text contains NUL (writing " + name + ")");
    found.push_back(text.c_str());
  }
  return found;
}

}  // namespace

template <class T>
void Hdf5Dataset::write(const std::vector<T>& values) {
  if (values.size() != elements(shape())) throw std::logic_error("the values do not fill " + name());
  if constexpr (is_text<T>) {
    const Hdf5Id type = text_type(H5T_VARIABLE);
    checked(H5Dwrite(id(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers(values, name()).data()), "writing",
            name());
  } else {
    checked(H5Dwrite(id(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "writing", name());
  }
}

template void Hdf5Dataset::write(const std::vector<double>&);
template void Hdf5Dataset::write(const std::vector<std::int32_t>&);
template void Hdf5Dataset::write(const std::vector<std::int64_t>&);
template void Hdf5Dataset::write(const std::vector<std::string>&);

namespace {

std::vector<std::string> read_texts(hid_t dataset, hid_t stored, std::uint64_t count, const std::string& name) {
  if (!is_text_type(stored) || H5Tis_variable_str(stored) <= 0)
    throw Hdf5Error(name + " is not text of variable length");
  const Hdf5Id type = text_type(H5T_VARIABLE);
  const Hdf5Id space(checked(H5Dget_space(dataset), "reading", name), H5Sclose);
  std::vector<char*> read(count, nullptr);
  checked(H5Dread(dataset, type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()), "reading", name);
  std::vector<std::string> texts;
  texts.reserve(count);
  for (const char* text : read) texts.emplace_back(text != nullptr ? text : "");
  checked(H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, read.data()), "reading", name);
  return texts;
}

}  // namespace

template <class T>
std::vector<T> Hdf5Dataset::read() const {
  const std::uint64_t count = elements(shape());
  const Hdf5Id stored(checked(H5Dget_type(id()), "reading", name()), H5Tclose);
  if constexpr (is_text<T>) {
    return read_texts(id(), stored.get(), count, name());
  } else {
    if (!is_number_type(stored.get())) throw Hdf5Error(name() + " does not hold numbers");
    std::vector<T> values(count);
    checked(H5Dread(id(), memory_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "reading", name());
    return values;
  }
}

template std::vector<double> Hdf5Dataset::read() const;
template std::vector<std::int32_t> Hdf5Dataset::read() const;
template std::vector<std::int64_t> Hdf5Dataset::read() const;
template std::vector<std::string> Hdf5Dataset::read() const;

namespace {

// The rows of an array, in the file and in memory.
struct RowSpaces {
  Hdf5Id file;
  Hdf5Id memory;
};
RowSpaces rows_of(hid_t dataset, Hdf5Shape shape, std::uint64_t first, std::uint64_t count, const std::string& name) {
  if (shape.empty() || first + count > shape.front()) throw Hdf5Error(name + " does not have these rows");
  std::vector<hsize_t> start(shape.size(), 0), length(shape.begin(), shape.end());
  start.front() = first;
  length.front() = count;
  shape.front() = count;
  Hdf5Id file(checked(H5Dget_space(dataset), "opening", name), H5Sclose);
  checked(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, start.data(), nullptr, length.data(), nullptr), "selecting",
          name);
  return {std::move(file), space_of(shape)};
}

}  // namespace

void Hdf5Dataset::write_rows(std::uint64_t first, std::span<const double> values) {
  const Hdf5Shape whole = shape();
  const std::uint64_t row = whole.empty() ? 1 : elements({whole.begin() + 1, whole.end()});
  const RowSpaces spaces = rows_of(id(), whole, first, values.size() / row, name());
  checked(H5Dwrite(id(), H5T_NATIVE_DOUBLE, spaces.memory.get(), spaces.file.get(), H5P_DEFAULT, values.data()),
          "writing", name());
}

void Hdf5Dataset::write_chunk(std::uint64_t first, std::string_view bytes) {
  std::vector<hsize_t> offset(shape().size(), 0);
  offset.front() = first;
  checked(H5Dwrite_chunk(id(), H5P_DEFAULT, 0, offset.data(), bytes.size(), bytes.data()), "writing", name());
}

std::vector<double> Hdf5Dataset::read_rows(std::uint64_t first, std::uint64_t count) const {
  const Hdf5Shape whole = shape();
  const RowSpaces spaces = rows_of(id(), whole, first, count, name());
  std::vector<double> values(count * elements({whole.begin() + 1, whole.end()}));
  checked(H5Dread(id(), H5T_NATIVE_DOUBLE, spaces.memory.get(), spaces.file.get(), H5P_DEFAULT, values.data()),
          "reading", name());
  return values;
}

namespace {

void write_list(hid_t dataset, const char* attribute, const Hdf5Id& type, hsize_t length, const void* values) {
  const Hdf5Id space = space_of({length});
  const Hdf5Id made(
      checked(H5Acreate2(dataset, attribute, type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), "adding", attribute),
      H5Aclose);
  checked(H5Awrite(made.get(), type.get(), values), "writing", attribute);
}

}  // namespace

void Hdf5Dataset::make_scale(const std::string& scale_name) {
  checked(H5DSset_scale(id(), scale_name.c_str()), "making a scale of", name());
}

// What H5DSattach_scale writes, but each attribute once: that function reads and rewrites the list of all uses of the
// scale at every call, which for a thousand variables takes minutes.
void Hdf5Dataset::set_scales(const std::vector<const Hdf5Dataset*>& scales) {
  if (scales.empty()) return;
  std::vector<hobj_ref_t> references;
  for (const Hdf5Dataset* scale : scales) references.push_back(scale->reference());
  std::vector<hvl_t> lists;
  for (hobj_ref_t& reference : references) lists.push_back({1, &reference});
  const Hdf5Id type(checked(H5Tvlen_create(H5T_STD_REF_OBJ), "making", "a type"), H5Tclose);
  write_list(id(), "DIMENSION_LIST", type, lists.size(), lists.data());
}

void Hdf5Dataset::set_uses(const std::vector<ScaleUse>& uses) {
  if (uses.empty()) return;
  static_assert(sizeof(hobj_ref_t) == sizeof(ScaleUse::dataset));
  const Hdf5Id type(checked(H5Tcreate(H5T_COMPOUND, sizeof(ScaleUse)), "making", "a type"), H5Tclose);
  checked(H5Tinsert(type.get(), "dataset", offsetof(ScaleUse, dataset), H5T_STD_REF_OBJ), "making", "a type");
  checked(H5Tinsert(type.get(), "dimension", offsetof(ScaleUse, axis), H5T_NATIVE_INT), "making", "a type");
  write_list(id(), "REFERENCE_LIST", type, uses.size(), uses.data());
}

std::uint64_t Hdf5Dataset::reference() const {
  hobj_ref_t reference = 0;
  checked(H5Rcreate(&reference, id(), ".", H5R_OBJECT, -1), "referring to", name());
  return reference;
}

namespace {

// Of type H5DS_iterate_t: keeps the name of the first scale and stops.
herr_t first_scale(hid_t, unsigned, hid_t scale, void* data) {
  auto& name = *static_cast<std::string*>(data);
  const ssize_t length = H5Iget_name(scale, nullptr, 0);
  if (length < 0) return -1;
  name.resize(static_cast<std::size_t>(length));
  return H5Iget_name(scale, name.data(), name.size() + 1) < 0 ? -1 : 1;
}

}  // namespace

std::string Hdf5Dataset::scale_of(unsigned index) const {
  std::string path;
  checked(H5DSiterate_scales(id(), index, nullptr, first_scale, &path), "looking for the scales of", name());
  if (path.empty()) throw Hdf5Error(fmt::format("axis {} of {} has no scale", index, name()));
  return path.substr(path.rfind('/') + 1);
}

// --- groups ------------------------------------------------------------------------------------------------------

Hdf5Group Hdf5Group::create_group(const std::string& name) {
  const Hdf5Id properties = group_properties(H5P_GROUP_CREATE);
  return {
      {checked(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), "creating", name), H5Gclose},
      name};
}

template <class T>
Hdf5Dataset Hdf5Group::create(const std::string& name, const Hdf5Shape& shape, Hdf5Storage storage) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE);
  if (storage == Hdf5Storage::compressed && is_worth_compressing(shape)) compress(properties, shape, name);
  Hdf5Id type = [] {
    if constexpr (is_text<T>) return text_type(H5T_VARIABLE);
    if constexpr (!is_text<T>) return Hdf5Id(checked(H5Tcopy(file_type<T>()), "making", "a type"), H5Tclose);
  }();
  if constexpr (std::is_same_v<T, double>) {
    const double missing = std::numeric_limits<double>::quiet_NaN();
    checked(H5Pset_fill_value(properties.get(), H5T_NATIVE_DOUBLE, &missing), "creating", name);
  }
  const Hdf5Id space = space_of(shape), access = without_chunk_cache();
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, properties.get(),
                                             access.get()),
                                  "creating", name),
                          H5Dclose),
                   name);
  if constexpr (std::is_same_v<T, double>) made.set_number("_FillValue", std::numeric_limits<double>::quiet_NaN());
  return made;
}

template Hdf5Dataset Hdf5Group::create<double>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::int32_t>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::int64_t>(const std::string&, const Hdf5Shape&, Hdf5Storage);
template Hdf5Dataset Hdf5Group::create<std::string>(const std::string&, const Hdf5Shape&, Hdf5Storage);

Hdf5Dataset Hdf5Group::create_chunked(const std::string& name, const Hdf5Shape& shape, std::uint64_t rows) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE), space = space_of(shape);
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  chunk.front() = rows;
  const float missing = std::numeric_limits<float>::quiet_NaN();
  checked(H5Pset_chunk(properties.get(), static_cast<int>(chunk.size()), chunk.data()), "chunking", name);
  checked(H5Pset_shuffle(properties.get()), "chunking", name);
  checked(H5Pset_deflate(properties.get(), 1), "compressing", name);
  checked(H5Pset_fill_value(properties.get(), H5T_NATIVE_FLOAT, &missing), "creating", name);
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), H5T_IEEE_F32LE, space.get(), H5P_DEFAULT,
                                             properties.get(), H5P_DEFAULT),
                                  "creating", name),
                          H5Dclose),
                   name);
  made.set_number("_FillValue", missing);
  return made;
}

Hdf5Dataset Hdf5Group::create_dimension(const std::string& name, std::uint64_t length) {
  const Hdf5Id properties = object_properties(H5P_DATASET_CREATE), space = space_of({length});
  Hdf5Dataset made(Hdf5Id(checked(H5Dcreate2(id(), name.c_str(), H5T_IEEE_F32BE, space.get(), H5P_DEFAULT,
                                             properties.get(), H5P_DEFAULT),
                                  "creating", name),
                          H5Dclose),
                   name);
  made.make_scale(fmt::format("This is a netCDF dimension but not a netCDF variable.{:10d}", length));
  return made;
}

bool Hdf5Group::contains(const std::string& name) const {
  return checked(H5Lexists(id(), name.c_str(), H5P_DEFAULT), "looking for", name) > 0;
}

Hdf5Group Hdf5Group::open_group(const std::string& name) const {
  require_hard_link(id(), name);
  return {{checked(H5Gopen2(id(), name.c_str(), H5P_DEFAULT), "opening", name), H5Gclose}, name};
}

Hdf5Dataset Hdf5Group::open(const std::string& name) const {
  require_hard_link(id(), name);
  Hdf5Id found(checked(H5Dopen2(id(), name.c_str(), H5P_DEFAULT), "opening", name), H5Dclose);
  require_own_storage(found.get(), name);
  return {std::move(found), name};
}

namespace {

// Of type H5L_iterate_t: keeps the names of all links.
herr_t keep_name(hid_t, const char* name, const H5L_info_t*, void* data) {
  static_cast<std::vector<std::string>*>(data)->emplace_back(name);
  return 0;
}

bool is_dataset(hid_t group, const std::string& name) {
  H5O_info_t info;
  checked(H5Oget_info_by_name2(group, name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT), "opening", name);
  return info.type == H5O_TYPE_DATASET;
}

}  // namespace

std::vector<std::string> Hdf5Group::datasets() const {
  std::vector<std::string> names;
  checked(H5Literate(id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep_name, &names), "listing", name());
  for (const std::string& name : names) require_hard_link(id(), name);
  std::erase_if(names, [&](const std::string& name) { return !is_dataset(id(), name); });
  return names;
}

// --- files -------------------------------------------------------------------------------------------------------

Hdf5File Hdf5File::create(const std::string& path) {
  const Hdf5Id creation = group_properties(H5P_FILE_CREATE), access = access_properties();
  checked(H5Pset_sieve_buf_size(access.get(), 0), "making", "properties");  // as without_chunk_cache()
  checked(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18), "making", "properties");
  return Hdf5File(
      {checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "creating", "the file"),
       H5Fclose});
}

Hdf5File Hdf5File::open(const std::string& path) {
  const Hdf5Id access = access_properties();
  return Hdf5File({checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "opening", "the file"), H5Fclose});
}

bool Hdf5File::is_hdf5(const std::string& path) {
  return H5Fis_hdf5(path.c_str()) > 0;
}

Hdf5Group Hdf5File::root() const {
  return {{checked(H5Gopen2(id_.get(), "/", H5P_DEFAULT), "opening", "the root"), H5Gclose}, "/"};
}

void Hdf5File::close() {
  checked(H5Fclose(id_.release()), "closing", "the file");
}

}  // namespace moniac
