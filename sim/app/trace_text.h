// Traces as tables for people and as comma-separated values for programs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/engine/plan.h"
#include "sim/engine/trace.h"

namespace moniac {

/// The recorded variables at the start, at the end, and at their extremes, with their dates; outcomes and triggers; how
/// the path failed.
std::string trace_table(const Plan& plan, const Trace& trace);

/// The names of the columns of trace_csv. With `of_case` the first is the number of the case.
std::string trace_csv_heading(bool of_case);

/// A row for each step and column of the trace. Numbers read back as the same bits; a cell is empty where nothing was
/// drawn.
std::string trace_csv(const Plan& plan, const Trace& trace, std::optional<std::int64_t> of_case);

/// "path 17 failed in step 3 (2025-04-01): us.fragile: us.y is not a number".
std::string failure_text(const Failure& failure, const Calendar& time);

}  // namespace moniac
