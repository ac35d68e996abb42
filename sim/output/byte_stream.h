// Plain values to bytes and back, for what only this program reads.
//
// A type with parts names them once, in order, for both directions:
//   template <class Stream, SameAs<Failure> Value>
//   void fields(Stream& stream, Value& failure) { stream.field(failure.path); … }
#pragma once

#include <concepts>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace moniac {

/// T or const T.
template <class Value, class T>
concept SameAs = std::same_as<std::remove_const_t<Value>, T>;

/// Appends values to a text of bytes.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& bytes) : bytes_(bytes) {}

  template <class T>
  void field(const T& value) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void field(const std::string& text) {
    field(text.size());
    bytes_ += text;
  }
  template <class T>
  void field(const std::vector<T>& values) {
    field(values.size());
    if constexpr (std::is_trivially_copyable_v<T>) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const T& value : values) field(value);
    }
  }
  template <class T>
  void field(const std::optional<T>& value) {
    field(value.has_value());
    if (value) field(*value);
  }

 private:
  std::string& bytes_;
};

/// Takes them in the same order. Throws std::runtime_error where the bytes end too soon.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void field(T& value) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      std::memcpy(&value, take(sizeof value).data(), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  void field(std::string& text) { text = take(size()); }
  template <class T>
  void field(std::vector<T>& values) {
    if constexpr (std::is_trivially_copyable_v<T>) {
      const std::size_t count = size(sizeof(T));
      const std::string_view taken = take(count * sizeof(T));
      values.resize(count);
      if (count > 0) std::memcpy(values.data(), taken.data(), taken.size());
    } else {
      const std::size_t count = size();
      values.clear();
      for (std::size_t i = 0; i < count; ++i) field(values.emplace_back());
    }
  }
  template <class T>
  void field(std::optional<T>& value) {
    bool present = false;
    field(present);
    value.reset();
    if (present) field(value.emplace());
  }
  /// The next `count` bytes, in place.
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) throw too_short();
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

 private:
  static std::runtime_error too_short() { return std::runtime_error("ends too soon"); }

  // How many values follow, of at least `each` bytes.
  std::size_t size(std::size_t each = 1) {
    std::size_t count = 0;
    field(count);
    if (count > bytes_.size() / each) throw too_short();
    return count;
  }

  std::string_view bytes_;
};

/// A value as bytes.
template <class T>
std::string pack(const T& value) {
  std::string bytes;
  ByteWriter(bytes).field(value);
  return bytes;
}

/// The value at the beginning of the bytes. Throws std::runtime_error where they end too soon.
template <class T>
T unpack(std::string_view bytes) {
  T value;
  ByteReader(bytes).field(value);
  return value;
}

}  // namespace moniac
