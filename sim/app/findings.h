// What a run found, for people.
#pragma once

#include "sim/app/streams.h"
#include "sim/results/results.h"

namespace moniac {

/// The closing table on stdout; failed paths and triggers that never fired on stderr.
void print_findings(const Results& results, Streams& streams);

}  // namespace moniac
