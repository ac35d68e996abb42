#include "sim/math/hash.h"

#include <bit>
#include <set>
#include <string>

#include "tests/support/catch.h"

using namespace moniac;

TEST_CASE("FNV-1a gives the published values") {
  // Fowler, Noll & Vo, test vectors of the reference code
  CHECK(fnv1a("") == 0xcbf29ce484222325u);
  CHECK(fnv1a("a") == 0xaf63dc4c8601ec8cu);
  CHECK(fnv1a("foobar") == 0x85944171f73967e8u);
}

TEST_CASE("no two of a million stream names share a key") {
  std::set<std::uint64_t> keys;
  std::size_t names = 0;
  for (const char* scope : {"us", "cn", "jp", "ea", "em", "usdjpy", "uscn", "trade", "market", "policy"}) {
    for (int instance = 0; instance < 100; ++instance) {
      for (int shock = 0; shock < 1000; ++shock) {
        const std::string name =
            std::string(scope) + ".model_" + std::to_string(instance) + "/shock_" + std::to_string(shock);
        keys.insert(stream_key(42, name));
        ++names;
      }
    }
  }
  CHECK(keys.size() == names);
}

TEST_CASE("no two of 100,000 seeds share a key for one name") {
  std::set<std::uint64_t> keys;
  for (std::uint64_t seed = 0; seed < 100000; ++seed) keys.insert(stream_key(seed, "us.policy_rate/news"));
  CHECK(keys.size() == 100000);
}

TEST_CASE("seeds or names that differ in one bit give keys that differ in about half of theirs") {
  // The mean of 64 differences of Binomial(64, 1/2): 32 +- 0.5; 5 standard errors.
  double flipped = 0;
  for (int bit = 0; bit < 64; ++bit) {
    flipped +=
        std::popcount(stream_key(7, "us.curve/level") ^ stream_key(7 ^ (std::uint64_t{1} << bit), "us.curve/level"));
  }
  CHECK(std::abs(flipped / 64 - 32) < 2.5);
  CHECK(std::popcount(stream_key(7, "us.curve/level1") ^ stream_key(7, "us.curve/level2")) > 12);
}
