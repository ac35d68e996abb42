// A command line from its words to its exit code.
#pragma once

#include <string>
#include <vector>

#include "sim/app/streams.h"
#include "sim/engine/catalogue.h"

namespace moniac {

/// Runs the command that `words` name, without the program's name. Whatever goes wrong becomes a message on
/// `streams.err` and the exit code.
int dispatch(const std::vector<std::string>& words, const Catalogue& catalogue, Streams& streams);

}  // namespace moniac
