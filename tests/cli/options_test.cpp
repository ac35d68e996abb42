#include "sim/app/options.h"

#include "sim/app/exit_code.h"
#include "tests/support/catch.h"

namespace moniac {

namespace {

std::string complaint(const std::vector<std::string>& words) {
  try {
    parse_options(words);
  } catch (const ProgramError& error) {
    CHECK(error.code() == exit_usage);
    return error.what();
  }
  return "";
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("options are read in every spelling and order") {
  const Options options = parse_options(
      {"run", "-j4", "--paths=10", "a.yaml", "--seed", "7", "--set", "us.x=25bp", "--set=us.y=a=b", "-qo", "out.h5"});
  CHECK(options.command == "run");
  CHECK(options.arguments == std::vector<std::string>{"a.yaml"});
  CHECK(options.threads == 4);
  CHECK(options.paths == "10");
  CHECK(options.seed == "7");
  CHECK(options.set == std::vector<std::string>{"us.x=25bp", "us.y=a=b"});
  CHECK(options.quiet);
  CHECK(options.output == "out.h5");
  CHECK(options.block == 0);  // as the plan says
  CHECK_FALSE(options.force);
}

TEST_CASE("paths and seed reach the reader as overrides after those of --set") {
  const auto all = overrides(parse_options({"run", "a.yaml", "--paths", "-5", "--set", "us.x=1", "--seed", "x"}));
  REQUIRE(all.size() == 3);
  CHECK(all[0].text == "us.x=1");
  CHECK(all[1].text == "ensemble.paths=-5");
  CHECK(all[2].text == "ensemble.seed=x");
}

TEST_CASE("a prefix of an option is not the option") {
  CHECK(holds(complaint({"run", "a.yaml", "--path", "10"}), "unknown option '--path'; did you mean '--paths'?"));
  CHECK(holds(complaint({"run", "a.yaml", "--forc"}), "did you mean '--force'?"));
}

TEST_CASE("an option of another command is unknown") {
  CHECK(holds(complaint({"plan", "a.yaml", "--force"}), "unknown option '--force'"));
  CHECK(holds(complaint({"list", "-j", "2"}), "unknown option '-j'"));
}

TEST_CASE("a mistake on the command line is named with the way to the help") {
  CHECK(complaint({}) == "moniac: a command is missing\n   usage: moniac help");
  CHECK(complaint({"rnu", "a.yaml"}) == "moniac: unknown command 'rnu'; did you mean 'run'?");
  CHECK(complaint({"run"}) == "moniac run: SCENARIO is missing\n   usage: moniac help run");
  CHECK(holds(complaint({"run", "a.yaml", "b.yaml"}), "unexpected argument 'b.yaml'"));
  CHECK(holds(complaint({"run", "a.yaml", "--force", "--force"}), "--force is given twice"));
  CHECK(holds(complaint({"run", "a.yaml", "-j", "0"}), "--threads needs a whole number from 1 to 4096, not '0'"));
  CHECK(holds(complaint({"run", "a.yaml", "-j", "2x"}), "not '2x'"));
  CHECK(holds(complaint({"run", "a.yaml", "--block", "100"}), "--block needs a multiple of 64, not 100"));
  CHECK(holds(complaint({"run", "a.yaml", "--block", "4096"}), "from 64 to 2048"));
  CHECK(holds(complaint({"run", "a.yaml", "--progress", "loud"}), "auto, always, never or json, not 'loud'"));
  CHECK(holds(complaint({"run", "a.yaml", "-q", "-v"}), "--quiet and --verbose exclude each other"));
  CHECK(holds(complaint({"run", "a.yaml", "--shard", "0/2", "--extend"}), "--shard and --extend exclude each other"));
  CHECK(holds(complaint({"run", "a.yaml", "--shard", "0/2", "--dry-run"}), "--shard and --dry-run exclude each other"));
  CHECK(holds(complaint({"run", "a.yaml", "--restart", "--extend"}), "--restart and --extend exclude each other"));
  for (const char* shard : {"7/7", "-1/7", "1/0", "0/0", "1", "1/", "/2", "a/b", "1/2/3", "0/1000001", " 0/2", ""}) {
    INFO(shard);
    CHECK(complaint({"run", "a.yaml", "--shard", shard}) ==
          "moniac run: --shard needs i/N with i from 0 to N - 1, such as 0/4, 1/4, 2/4 and 3/4, not '" +
              std::string(shard) + "'\n   usage: moniac help run");
  }
  CHECK(parse_options({"sweep", "a.yaml", "--shard", "6/7"}).shard == Shard{6, 7});
  CHECK(holds(complaint({"run", "a.yaml", "--seed"}), "--seed"));
}

TEST_CASE("help needs no arguments") {
  CHECK(parse_options({"run", "--help"}).help);
  CHECK(parse_options({"describe", "-h"}).help);
  CHECK(parse_options({"--help"}).command == "help");
  CHECK(parse_options({"--version"}).command == "version");
}

}  // namespace moniac
