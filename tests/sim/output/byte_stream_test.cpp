#include "sim/output/byte_stream.h"

#include <limits>

#include "tests/support/catch.h"

namespace {

struct Pair {
  int first = 0;
  std::string second;
  bool operator==(const Pair&) const = default;
};
template <class Stream, moniac::SameAs<Pair> Value>
void fields(Stream& stream, Value& pair) {
  stream.field(pair.first);
  stream.field(pair.second);
}

struct All {
  double number = 0;
  std::string text;
  std::vector<double> numbers;
  std::vector<Pair> pairs;
  std::optional<Pair> some, none;
  bool operator==(const All&) const = default;
};
template <class Stream, moniac::SameAs<All> Value>
void fields(Stream& stream, Value& all) {
  stream.field(all.number);
  stream.field(all.text);
  stream.field(all.numbers);
  stream.field(all.pairs);
  stream.field(all.some);
  stream.field(all.none);
}

const All value{.number = 0.1,
                .text = std::string("a\0b", 3),
                .numbers = {1, -2.5},
                .pairs = {{1, "one"}, {2, ""}},
                .some = Pair{3, "three"},
                .none = {}};

}  // namespace

using namespace moniac;

TEST_CASE("what was packed is unpacked as it was") {
  CHECK(unpack<All>(pack(value)) == value);
  CHECK(unpack<All>(pack(All{})) == All{});
}

TEST_CASE("bytes that end too soon are refused, wherever they end") {
  const std::string bytes = pack(value);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    INFO(length);
    CHECK_THROWS_AS(unpack<All>(std::string_view(bytes).substr(0, length)), std::runtime_error);
  }
}

TEST_CASE("a list that claims more values than there are bytes is refused before it takes memory") {
  // Eight bytes each: the product with the first count wraps around to 8.
  for (const std::size_t count : {std::numeric_limits<std::size_t>::max() / 8 + 2, std::size_t{2}}) {
    const std::string bytes = pack(count) + pack(1.0);
    INFO(count);
    CHECK_THROWS_AS(unpack<std::vector<double>>(bytes), std::runtime_error);
    CHECK_THROWS_AS(unpack<std::vector<Pair>>(pack(count * 8)), std::runtime_error);
  }
}
