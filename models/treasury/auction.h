// Auctions of notes and bonds.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType auction();

}  // namespace moniac
