// Failures as bytes.
#pragma once

#include "sim/output/byte_stream.h"
#include "sim/results/results.h"

namespace moniac {

/// Writes or reads what is known of a failed path.
template <class Stream, SameAs<Failure> Value>
void fields(Stream& stream, Value& failure) {
  stream.field(failure.path);
  stream.field(failure.step);
  stream.field(failure.model);
  stream.field(failure.cause);
  stream.field(failure.of_case);
}

}  // namespace moniac
