// Conditions: tests that must hold together in one step, of outcomes and of triggers.
#pragma once

#include <string>
#include <vector>

#include "sim/engine/plan.h"

namespace moniac {

class Block;

/// By lane: 1 where every test holds at the present step of the block. above and below are strict; a test with NaN
/// fails; nothing is crossed at step 0.
void find_holding(const std::vector<Test>& tests, const Block& block, std::vector<unsigned char>& holds);

/// "5 %/year".
std::string in_words(const Quantity& quantity);
/// "us.y10 above 5 %/year and us.y2 below 4 %/year".
std::string in_words(const std::vector<Predicate>& predicates);

}  // namespace moniac
