// w7: an ensemble weighed by views.
#pragma once

#include <cstdint>

namespace moniac {

/// Ten views on independent normals: four probabilities, three means, three bounds on means, of which two bind. Prints
/// a RESULT line with the divergence of the weights and their effective sample size.
void run_views_bench(std::int64_t paths, double (*peak_megabytes)());

}  // namespace moniac
