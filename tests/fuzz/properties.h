// What must hold for any input whatever. A broken promise ends the program, as a fuzzer expects it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/catalogue.h"
#include "sim/scenario/scenario.h"

/// What libFuzzer and replay.cpp call with each input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace moniac {

/// Says what was broken and aborts unless `kept`.
void promise(bool kept, const std::string& what);

/// Every problem says something about a place inside its text.
void check_problems(const std::vector<Problem>& problems);

/// Files that `extends` and `csv` find; there are no others.
using FilesInMemory = std::map<std::string, std::string>;
void put_files(FilesInMemory files);

/// Reads a text as the program would, with the models of `catalogue`, and checks:
///   the answer is a scenario or a ScenarioError, whose problems have places;
///   what was read, written as its resolved text, reads again without overrides and writes the same text;
///   both make the same plan, or the same problems.
void check_reading(const std::string& text, const std::vector<Override>& overrides, const Catalogue& catalogue);

}  // namespace moniac
