// Partners that settle with the USA or refuse, one after another, each with an eye on the others.
#pragma once

#include "sim/model/model.h"

namespace moniac {

ModelType bargaining();

}  // namespace moniac
