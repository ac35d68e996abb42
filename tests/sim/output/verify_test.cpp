// Content hashes of files that this library wrote; damaged_files.py looks at damaged ones.
#include "sim/output/verify.h"

#include "sim/output/results_file.h"
#include "tests/sim/output/example_results.h"
#include "tests/sim/output/temporary_folder.h"
#include "tests/support/catch.h"

using namespace moniac;

namespace {

// Of a result written afresh, which must be as it was written.
std::string content_hash(const Results& results) {
  const TemporaryFolder folder;
  write_results(folder / "result.h5", results);
  const Verification found = verify_results(folder / "result.h5");
  CHECK(found.differences.empty());
  CHECK(found.content_hash == stated_content_hash(folder / "result.h5"));
  return found.content_hash;
}

template <class Change>
std::string hash_after(Change change) {
  Results results = example_results();
  change(results);
  return content_hash(results);
}

}  // namespace

TEST_CASE("The content hash does not depend on which program wrote the results") {
  CHECK(hash_after([](Results& results) { results.version = "moniac 7.0 (fedcba)"; }) ==
        content_hash(example_results()));
}

TEST_CASE("The content hash depends on every number and text") {
  const std::string before = content_hash(example_results());
  CHECK(hash_after([](Results& results) { results.variables[0].mean[3] += 1e-15; }) != before);
  CHECK(hash_after([](Results& results) { results.variables[2].dimensions[0].labels[1] = "China"; }) != before);
  CHECK(hash_after([](Results& results) { results.variables[1].unit = "pp/year"; }) != before);
  CHECK(hash_after([](Results& results) { results.seed += 1; }) != before);
  CHECK(hash_after([](Results& results) { results.title += "."; }) != before);
  CHECK(hash_after([](Results& results) { results.outcomes[1].hits = 1; }) != before);
  CHECK(hash_after([](Results& results) { results.failures[0].step = 8; }) != before);
  CHECK(hash_after([](Results& results) { results.scenario_text += "\n"; }) != before);
  CHECK(hash_after([](Results& results) { std::swap(results.parameters[0], results.parameters[1]); }) != before);
}

TEST_CASE("The order in which variables were recorded is no content") {
  CHECK(hash_after([](Results& results) { std::swap(results.variables[0], results.variables[1]); }) ==
        content_hash(example_results()));
}

TEST_CASE("Results without variables, outcomes and texts have a content hash too") {
  CHECK(content_hash(Results{}).size() == 64);
}

TEST_CASE("An array of several chunks is hashed as one") {
  CHECK(hash_after([](Results& results) {
          RecordedVariable wide = results.variables.front();
          wide.name = "us.wide";
          wide.dimensions = {{"wide", {}}};
          for (int l = 0; l < 1500; ++l) wide.dimensions[0].labels.push_back(std::to_string(l));
          for (auto* values :
               {&wide.mean, &wide.sd, &wide.se, &wide.minimum, &wide.maximum, &wide.quantiles, &wide.quantile_se}) {
            values->resize(values->size() * 1500);  // the quantiles take 2.1 MB
            for (std::size_t i = 0; i < values->size(); ++i) (*values)[i] = static_cast<double>(i);
          }
          results.variables.push_back(wide);
        }).size() == 64);
}
