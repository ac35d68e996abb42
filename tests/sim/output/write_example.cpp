// write_example FILE [MEAN TITLE]: the file that the tests open with other programs.
#include <cstdlib>

#include "sim/output/results_file.h"
#include "tests/sim/output/example_results.h"

int main(int argc, char** argv) {
  if (argc != 2 && argc != 4) return 64;
  moniac::Results results =
      argc == 2 ? moniac::example_results() : moniac::example_results(std::atof(argv[2]), argv[3]);
  results.kept_paths = moniac::ExamplePaths::paths;
  const moniac::ExamplePaths paths(results);
  moniac::write_results(argv[1], results, &paths);
}
