// Plain values to bytes and back, for files that only this program reads.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace moniac {

/// Appends values to a text of bytes.
class ByteWriter {
 public:
  explicit ByteWriter(std::string& bytes) : bytes_(bytes) {}

  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(const std::string& text) {
    put(text.size());
    bytes_ += text;
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(values.size());
    if constexpr (std::is_trivially_copyable_v<T>) {
      bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    } else {
      for (const T& value : values) put(value);
    }
  }

 private:
  std::string& bytes_;
};

/// Takes them in the same order. Throws std::runtime_error where the bytes end too soon.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  template <class T>
  void get(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  void get(std::string& text) { text = take(size()); }
  template <class T>
  void get(std::vector<T>& values) {
    const std::size_t count = size();
    if constexpr (std::is_trivially_copyable_v<T>) {
      const std::string_view taken = take(count * sizeof(T));
      values.resize(count);
      std::memcpy(values.data(), taken.data(), taken.size());
    } else {
      values.clear();
      for (std::size_t i = 0; i < count; ++i) get(values.emplace_back());
    }
  }
  /// The next `count` bytes, in place.
  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) throw std::runtime_error("ends too soon");
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::size_t size() {
    std::size_t count = 0;
    get(count);
    return count;
  }

 private:
  std::string_view bytes_;
};

}  // namespace moniac
