// SHA-256 (FIPS 180-4); sha256.cpp is the only user of OpenSSL.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace moniac {

/// The hash of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> bytes);
  void update(std::string_view bytes) { update(std::as_bytes(std::span(bytes))); }
  /// 64 hexadecimal digits. Nothing may follow.
  std::string finish();

 private:
  std::unique_ptr<void, void (*)(void*)> context_;
};

/// The hash of bytes that are there.
std::string sha256(std::string_view bytes);

}  // namespace moniac
