// Conditions and outcomes as English.
#pragma once

#include <string>

#include "sim/scenario/scenario.h"

namespace moniac {

/// "change of us.y10 over 6 months".
std::string in_words(const Measure& measure);
/// "us.y10 above 5 %/year and (us.y2 below 4 %/year or not us.x above 1)".
std::string in_words(const Condition& condition);
/// "us.y10 above 5 %/year, first passage within 12 months".
std::string in_words(const OutcomeSpec& outcome);
/// A bucket by its place: "us.y10 on 2027-12-31 from 3 %/year to below 4 %/year".
std::string in_words(const BucketSpec& buckets, std::size_t bucket);

}  // namespace moniac
