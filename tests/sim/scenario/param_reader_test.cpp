#include "sim/scenario/param_reader.h"

#include "tests/sim/scenario/source_text.h"

using namespace moniac;

namespace {

const ParamDecl speed{"speed", ParamKind::number, 0.25, "1/year", positive(), {}, "Speed of return to the mean", {}};
const ParamDecl rate{"rate", ParamKind::number, 3.0, "%/year", between(-5, 50), {}, "Rate at the start", {}};
const ParamDecl weight{"weight", ParamKind::number, 0.5, "", between(0, 1), {}, "Weight of the past", {}};
const ParamDecl lags{"lags", ParamKind::integer, std::int64_t{2}, "", between(1, 12), {}, "Number of lags", {}};
const ParamDecl clip{"clip", ParamKind::flag, false, "", {}, {}, "Whether rates stop at zero", {}};
const ParamDecl mode{"mode", ParamKind::choice, std::string{"smooth"}, "", {}, {"smooth", "meetings"}, "Timing", {}};
const ParamDecl pillars{"pillars", ParamKind::numbers, std::vector<double>{1, 2}, "years", positive(), {}, "Maturities",
                        {}};
const ParamDecl loadings{"loadings", ParamKind::matrix, Matrix{{1}}, "%/year", {}, {}, "Loadings", {}};
const ParamDecl holders{"holders", ParamKind::names, Names{}, "", {}, {}, "Holders", {}};
const ParamDecl path{"path", ParamKind::series, Series{}, "%/year", between(0, 20), {}, "Given rates", {}};
const ParamDecl meetings{"meetings", ParamKind::dates, std::vector<Date>{}, "", {}, {}, "Meeting days", {}};

Instance instance_with(const std::string& params) {
  Instance instance;
  instance.scope = "us";
  instance.name = instance.model = "short_rate";
  instance.params = tree_of(params);
  return instance;
}

// The value as text, or "message; remedy" of the first problem.
std::string read(const ParamDecl& declared, const std::string& value) {
  const Instance instance = instance_with("{" + declared.name + ": " + value + "}");
  Problems problems;
  const auto found = ParamReader{instance, 1.0 / 12, problems}.find(declared);
  CHECK(found.has_value() == problems.empty());
  if (found) return to_text(*found);
  const Problem& problem = problems.list().front();
  return problem.message + "; " + problem.remedy;
}

// The messages of all problems with the value.
std::vector<std::string> messages(const ParamDecl& declared, const std::string& value) {
  const Instance instance = instance_with("{" + declared.name + ": " + value + "}");
  Problems problems;
  CHECK_FALSE(ParamReader{instance, 1.0 / 12, problems}.find(declared));
  std::vector<std::string> all;
  for (const Problem& problem : problems.list()) all.push_back(problem.message);
  return all;
}

}  // namespace

TEST_CASE("a parameter that is not given leaves the default in force") {
  const Instance instance = instance_with("{}");
  Problems problems;
  ParamReader reader{instance, 1, problems};
  CHECK_FALSE(reader.find(speed));
  CHECK(problems.empty());
  CHECK(reader.place_of("speed").source == nullptr);
}

TEST_CASE("a number comes in the declared unit") {
  CHECK(read(speed, "0.3 1/year") == "0.3");
  CHECK(read(rate, "525 bp") == "5.25");
  CHECK(read(rate, "5 %") == "5");
  CHECK(read(rate, "0") == "0");
  CHECK(read(weight, "0.7") == "0.7");
  CHECK(read(weight, "70 %") == "0.7");
}

TEST_CASE("a number out of range is answered with the range, the meaning and the default") {
  CHECK(read(weight, "1.4") ==
        "weight = 1.4 is outside 0 … 1; Weight of the past; default 0.5; all parameters: moniac describe short_rate");
  CHECK(read(speed, "0 1/year") ==
        "speed = 0 1/year is outside > 0 1/year; Speed of return to the mean; default 0.25 1/year; all parameters: "
        "moniac describe short_rate");
  CHECK_THAT(read(rate, "6000 bp"), Catch::StartsWith("rate = 6000 bp is outside -5 … 50 %/year; "));
}

TEST_CASE("a number without its unit, or with another, is answered with what to write") {
  CHECK(read(rate, "5") == "rate = 5 has no unit; write 5 %/year");
  CHECK(read(rate, "5 USD bn") == "rate = 5 USD bn cannot be converted to %/year; give it in %/year");
  CHECK_THAT(read(rate, "high"), Catch::StartsWith("rate = 'high' is not a number; "));
  CHECK(read(rate, "[1 %, 2 %]") ==
        "rate must be a number, not a list; write one; to try several, moniac sweep: axes: {us.short_rate.rate: "
        "{values: […]}}");
}

TEST_CASE("integers, flags and choices take one spelling only") {
  CHECK(read(lags, "3") == "3");
  CHECK_THAT(read(lags, "13"), Catch::StartsWith("lags = 13 is outside 1 … 12; Number of lags; default 2"));
  CHECK_THAT(read(lags, "2.5"), Catch::StartsWith("lags = '2.5' is not a whole number; "));
  CHECK(read(clip, "true") == "true");
  CHECK_THAT(read(clip, "yes"), Catch::StartsWith("clip must be true or false; Whether rates stop at zero"));
  CHECK_THAT(read(clip, "'true'"), Catch::StartsWith("clip must be true or false; "));
  CHECK(read(mode, "meetings") == "meetings");
  CHECK(read(mode, "meeting") == "mode = 'meeting' is none of: smooth, meetings; did you mean 'meetings'?");
}

TEST_CASE("lists and matrices carry a unit per element") {
  CHECK(read(pillars, "[6 months, 2 years]") == "[0.5, 2]");
  CHECK(read(pillars, "[6 months, 2]") == "pillars = 2 has no unit; write 2 years");
  CHECK_THAT(read(pillars, "[-6 months]"), Catch::StartsWith("pillars = -6 months is outside > 0 years; "));
  CHECK(read(pillars, "2 years") == "pillars must be a list, not a single value; write it like [1 years, 2 years]");
  CHECK(read(loadings, "[[1 %, 20 bp], [0, 3 %]]") == "[[1, 0.2], [0, 3]]");
  CHECK(read(loadings, "[[1 %, 2 %], [3 %]]") == "this row of loadings has 1 entries, the first has 2; ");
}

TEST_CASE("a row that cannot be read is counted as it is written, beside the others") {
  CHECK(messages(loadings, "[[1, 2 %], [3 %, 4 %]]") == std::vector<std::string>{"loadings = 1 has no unit"});
  CHECK(messages(loadings, "[[1 %, 2 %], [3]]") ==
        std::vector<std::string>{"loadings = 3 has no unit", "this row of loadings has 1 entries, the first has 2"});
  CHECK(messages(loadings, "[1 %, [3 %, 4 %]]") ==
        std::vector<std::string>{"loadings must be a list, not a single value"});
}

TEST_CASE("names are words, and lists that are read side by side hold one more than once") {
  CHECK(read(holders, "[japan, 'rest of world']") == "[japan, rest of world]");
  CHECK(read(holders, "[japan, china, japan]") == "[japan, china, japan]");
}

TEST_CASE("a series is one value, dates with values, or a record with options") {
  CHECK(read(path, "525 bp") == "{1970-01-01: 5.25}");
  CHECK(read(path, "{2022-03-17: 0.5 %, 2022-05-05: 1 %}") == "{2022-03-17: 0.5, 2022-05-05: 1}");
  CHECK(read(path, "{interpolate: linear, values: {2022-03-17: 50 bp}}") ==
        "{interpolate: linear, values: {2022-03-17: 0.5}}");
  CHECK_THAT(read(path, "{2022-03-17: 30 %}"), Catch::StartsWith("path = 30 % is outside 0 … 20 %/year; "));
  CHECK(read(path, "{2022-03-17: 0.5}") == "path = 0.5 has no unit; write 0.5 %/year");
  CHECK_THAT(read(path, "{2022-05-05: 1 %, 2022-03-17: 1 %}"),
             Catch::StartsWith("the dates of path must increase: 2022-03-17 stands behind 2022-05-05; "));
}

TEST_CASE("dates increase") {
  CHECK(read(meetings, "[2022-03-16, 2022-05-04]") == "[2022-03-16, 2022-05-04]");
  CHECK_THAT(read(meetings, "[2022-05-04, 2022-03-16]"), Catch::StartsWith("meetings must increase: "));
  CHECK_THAT(read(meetings, "[2022-02-30]"), Catch::StartsWith("meetings = '2022-02-30' is not a date; "));
}

TEST_CASE("a parameter without a value says so") {
  CHECK(read(speed, "null") == "speed has no value; give it one, or remove the line: the default is then in force");
}

TEST_CASE("what was given but never declared is unknown, with the closest parameter") {
  const Instance instance = instance_with("{spede: 0.3 1/year, colour: red}");
  Problems problems;
  ParamReader reader{instance, 1, problems};
  Declarations declarations{"us", Calendar{}, &reader};
  declarations.param(speed);
  reader.close(declarations);
  REQUIRE(problems.list().size() == 2);
  CHECK(problems.list()[0].place.text() == "test.yaml:1:2");
  CHECK(problems.list()[0].message == "unknown parameter 'spede' of model short_rate");
  CHECK(problems.list()[0].remedy ==
        "did you mean 'speed' (Speed of return to the mean)?   all parameters: moniac describe short_rate");
  CHECK(problems.list()[1].remedy == "all parameters: moniac describe short_rate");
}

TEST_CASE("the place of a parameter is that of its value") {
  const Instance instance = instance_with("{speed: 0.3 1/year}");
  Problems problems;
  CHECK(ParamReader{instance, 1, problems}.place_of("speed").text() == "test.yaml:1:9");
}

TEST_CASE("an item of a list has a place of its own") {
  const Instance instance = instance_with("{words: [one, two]}");
  Problems problems;
  CHECK(ParamReader{instance, 1, problems}.place_of("words").text() == "test.yaml:1:9");
  CHECK(ParamReader{instance, 1, problems}.place_of("words[1]").text() == "test.yaml:1:15");
}
