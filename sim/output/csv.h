// Summaries as comma-separated values (RFC 4180; lines end with LF), for spreadsheets and R.
#pragma once

#include <string>

#include "sim/results/results.h"

namespace moniac {

/// One row for each recorded variable, label and date: variable,label,unit,date,step,mean,sd,se,min,max and a column
/// q5, q50 … for each quantile. Numbers are the shortest that read back as the same; a missing one is an empty cell.
std::string summaries_csv(const Results& results);

/// One row for each outcome: outcome,kind,condition,probability,se,low,high,hits,paths.
std::string outcomes_csv(const Results& results);

}  // namespace moniac
