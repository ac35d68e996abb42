// Arrays of outcomes and triggers.
#pragma once

#include <string>
#include <vector>

#include "sim/output/array_writer.h"
#include "sim/output/case_writer.h"
#include "sim/results/results.h"

namespace moniac {

class QuestionWriter {
 public:
  /// Axes of the file; null where it has none.
  struct FileAxes {
    Axis* passage;
    Axis* quantile;
  };
  /// What an outcome, or all buckets of one, became.
  struct Written {
    std::string name;       ///< of the arrays, without their endings
    OutcomeResult outcome;  ///< what the arrays say of it: of buckets, the outcome that they are of
    Axes axes;              ///< beside that of the cases
    std::size_t count;      ///< of outcomes that it stands for
  };

  QuestionWriter(ArrayWriter& arrays, Hdf5Group& root, const Results& results, const CaseWriter& cases,
                 const FileAxes& axes);

  /// The outcome at `first` among those of a case, or with a bucket there all buckets of its outcome.
  Written write_outcomes(std::size_t first);
  void write_trigger(std::size_t index);

 private:
  void write_bucket_numbers(std::size_t first, const Written& written);
  Axis& bucket_axis(std::size_t first, std::size_t count, const std::string& name, const OutcomeResult& outcome);
  void write_passages(std::size_t index, const std::string& name, const OutcomeResult& outcome);

  ArrayWriter& arrays_;
  Hdf5Group& root_;
  const Results& results_;
  const CaseWriter& cases_;
  const FileAxes axes_;
  const std::size_t outcomes_;  // of a case
  const std::size_t triggers_;  // of a case
};

}  // namespace moniac
