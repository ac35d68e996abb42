#include "sim/mpi/report.h"

#include "sim/output/byte_stream.h"

namespace moniac {

template <class Stream, SameAs<Report> Value>
static void fields(Stream& stream, Value& report) {
  stream.field(report.kind);
  stream.field(report.bytes);
  stream.field(report.threads);
  stream.field(report.worked);
  stream.field(report.code);
}

std::string to_bytes(const Report& report) {
  return pack(report);
}

Report read_report(const std::string& bytes) {
  return unpack<Report>(bytes);
}

std::string to_bytes(const PathRange& range) {
  return pack(range);
}

PathRange read_range(const std::string& bytes) {
  return unpack<PathRange>(bytes);
}

}  // namespace moniac
