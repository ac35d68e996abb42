#include "models/catalogue.h"

#include "models/macro/macro_core.h"
#include "models/rates/curve.h"
#include "models/rates/policy_rate.h"
#include "models/rates/short_rate.h"

namespace moniac {

std::vector<ModelType> model_types() {
  return {
      world(), macro_core(), macro_core_re(), policy_rate(), curve(), curve_simple(), short_rate(),
  };
}

}  // namespace moniac
