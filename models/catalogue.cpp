#include "models/catalogue.h"

#include "models/rates/curve.h"
#include "models/rates/policy_rate.h"
#include "models/rates/short_rate.h"

namespace moniac {

std::vector<ModelType> model_types() {
  return {
      policy_rate(),
      curve(),
      curve_simple(),
      short_rate(),
  };
}

}  // namespace moniac
