// write_example FILE [MEAN TITLE]: the file that the tests open with other programs.
#include <cstdlib>

#include "sim/output/results_file.h"
#include "tests/sim/output/example_results.h"

int main(int argc, char** argv) {
  if (argc == 2) moniac::write_results(argv[1], moniac::example_results());
  if (argc == 4) moniac::write_results(argv[1], moniac::example_results(std::atof(argv[2]), argv[3]));
  return argc == 2 || argc == 4 ? 0 : 64;
}
