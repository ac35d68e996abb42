// Arrays of outcomes and triggers as they are read.
#pragma once

#include <string>
#include <vector>

#include "sim/output/measure_reader.h"

namespace moniac {

/// Fills the outcomes and triggers of `results`, whose cases are known.
class QuestionReader {
 public:
  QuestionReader(ArrayReader& arrays, MeasureReader& measures, Results& results)
      : arrays_(arrays), measures_(measures), results_(results), cases_(case_count(results)) {}

  void read_outcome(const Hdf5Dataset& dataset);
  void read_trigger(const Hdf5Dataset& dataset);
  /// Once all are read: puts them in the order of cases. Throws Hdf5Error when something lacks.
  void finish();

 private:
  Hdf5Shape by_case(Hdf5Shape shape) const;
  template <class Row>
  void order_by_case(std::vector<Row>& rows) const;
  template <class Row>
  Row* rows_named(std::vector<Row>& all, const std::string& name) const;
  template <class Row, class T>
  void read_by_case(const Hdf5Dataset& dataset, Row* rows, T Row::*member);
  template <class Row>
  void read_steps_by_case(const Hdf5Dataset& dataset, Row* rows, std::vector<std::int64_t> Row::*member);
  std::size_t bucket_rows(const Hdf5Dataset& dataset, const std::string& outcome,
                          const std::vector<std::string>& labels);
  void read_buckets(const Hdf5Dataset& dataset, const std::string& statistic, const std::string& outcome);

  ArrayReader& arrays_;
  MeasureReader& measures_;
  Results& results_;
  const std::size_t cases_;
};

}  // namespace moniac
