// Partners that queue for a settlement with the USA.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType bargaining_queue();

}  // namespace moniac
