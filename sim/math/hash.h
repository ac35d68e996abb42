// The keys of random streams.
#pragma once

#include <cstdint>
#include <string_view>

namespace moniac {

/// FNV-1a of the bytes of `text` (Fowler, Noll & Vo, RFC draft eastlake-fnv).
constexpr std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

/// Spreads every bit of `x` over all 64; one-to-one (the finaliser of SplitMix64, Steele, Lea & Flood 2014).
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// The Philox key of a stream, `<scope>.<instance>/<shock>`: mix(FNV-1a(name) xor mix(seed + golden ratio)). For one
/// seed, two names share a key only if they share their FNV-1a; for one name, no two seeds share a key.
constexpr std::uint64_t stream_key(std::uint64_t seed, std::string_view name) {
  return mix(fnv1a(name) ^ mix(seed + 0x9e3779b97f4a7c15u));
}

}  // namespace moniac
