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

namespace {

template <class T>
std::string bytes_of(const T& value) {
  std::string bytes;
  ByteWriter(bytes).field(value);
  return bytes;
}

template <class T>
T value_of(const std::string& bytes) {
  T value;
  ByteReader(bytes).field(value);
  return value;
}

}  // namespace

std::string to_bytes(const Report& report) {
  return bytes_of(report);
}

Report read_report(const std::string& bytes) {
  return value_of<Report>(bytes);
}

std::string to_bytes(const PathRange& range) {
  return bytes_of(range);
}

PathRange read_range(const std::string& bytes) {
  return value_of<PathRange>(bytes);
}

}  // namespace moniac
