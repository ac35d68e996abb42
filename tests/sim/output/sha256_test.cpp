#include "sim/output/sha256.h"

#include "tests/support/catch.h"

using namespace moniac;

// FIPS 180-4's examples as NIST publishes them (SHA256.pdf, and "SHA Test Vectors" for the empty text and the million).
TEST_CASE("SHA-256 gives the published values") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("A hash does not depend on how the bytes are cut") {
  const std::string text(100'000, 'a');
  Sha256 hash;
  for (std::size_t at = 0, length = 0; at < text.size(); at += length++) hash.update(text.substr(at, length));
  CHECK(hash.finish() == sha256(text));
}
