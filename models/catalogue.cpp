#include "models/catalogue.h"

#include "models/macro/macro_core.h"
#include "models/rates/curve.h"
#include "models/rates/policy_rate.h"
#include "models/rates/short_rate.h"
#include "models/treasury/auction.h"
#include "models/treasury/debt_limit.h"
#include "models/treasury/fed_balance_sheet.h"
#include "models/treasury/fiscal.h"
#include "models/treasury/holders.h"
#include "models/treasury/treasury.h"

namespace moniac {

std::vector<ModelType> model_types() {
  return {
      world(),  macro_core(), macro_core_re(), policy_rate(), curve(),   curve_simple(),      short_rate(),
      fiscal(), debt_limit(), treasury(),      auction(),     holders(), fed_balance_sheet(),
  };
}

}  // namespace moniac
