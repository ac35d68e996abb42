// What is no YAML, said to somebody who does not know YAML.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sim/scenario/locator.h"
#include "sim/scenario/problem.h"

namespace moniac {

/// How far a document was understood.
struct ReadSoFar {
  std::size_t end;                 ///< offset behind the last value
  std::optional<Place> open_flow;  ///< where the innermost open `[…]` or `{…}` starts
};

/// Records a message of yaml-cpp about `offset`, in plain words and with a remedy.
void report_syntax(std::string_view message, std::size_t offset, const ReadSoFar& read, Locator& locator,
                   Problems& problems);

}  // namespace moniac
