// Where a command writes.
#pragma once

#include <ostream>

namespace moniac {

/// Data and the result table go to `out`, everything for people to `err`. Nothing is coloured, so NO_COLOR holds.
struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;
};

}  // namespace moniac
