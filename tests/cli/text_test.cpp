#include "sim/app/text.h"

#include "sim/app/provenance.h"
#include "tests/support/catch.h"

namespace moniac {

TEST_CASE("whole numbers are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-1234567) == "-1,234,567");
  CHECK(counted(1, "path") == "1 path");
  CHECK(counted(2000, "path") == "2,000 paths");
}

TEST_CASE("decimals resolve the spread and no more") {
  CHECK(decimals_for(1.25, 3) == 2);
  CHECK(decimals_for(0.0123, 2) == 3);
  CHECK(decimals_for(-4321, 3) == 0);
  CHECK(decimals_for(0, 3) == 0);
  CHECK(decimals_for(1e-300, 3) == 9);
}

TEST_CASE("numbers that would be long are written with an exponent") {
  CHECK(fixed(3.14159, 2) == "3.14");
  CHECK(fixed(1.5e15, 2) == "1.5000e+15");
}

TEST_CASE("sizes, times and rates have three digits at most and a unit") {
  CHECK(bytes_text(512) == "512 bytes");
  CHECK(bytes_text(1300) == "1.3 kB");
  CHECK(bytes_text(999600) == "1.0 MB");
  CHECK(bytes_text(48e9) == "48 GB");
  CHECK(duration_text(0.0321) == "0.032 s");
  CHECK(duration_text(3.21) == "3.2 s");
  CHECK(duration_text(59.9) == "1 min 0 s");
  CHECK(duration_text(7400) == "2 h 3 min");
  CHECK(rate_text(64512) == "64,500 paths/s");
  CHECK(rate_text(1234567) == "1.23 million paths/s");
}

TEST_CASE("a table aligns by characters, not bytes") {
  TextTable table("lr");
  table.add({"±x", "1"});
  table.add({"abc", "22"});
  table.add({"", ""});
  CHECK(table.text(1) == " ±x    1\n abc  22\n\n");
}

TEST_CASE("text is broken at blanks") {
  CHECK(wrapped("one two three", 2, 9) == "  one two\n  three\n");
  CHECK(wrapped("", 2, 9) == "");
}

TEST_CASE("the canonical command holds what fixes the result, in one order") {
  Options options;
  options.command = "run";
  options.arguments = {"/somewhere/my rates.yaml"};
  options.output = "x.h5";
  options.threads = 3;
  options.paths = "5";
  options.set = {"us.b=1.5 %/year", "ensemble.seed=9", "us.a=it's"};
  CHECK(canonical_command(options, 5, 9) ==
        "moniac run 'my rates.yaml' --paths 5 --seed 9 --set 'us.a=it'\\''s' --set 'us.b=1.5 %/year'");
}

}  // namespace moniac
