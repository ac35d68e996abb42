#include "models/catalogue.h"

#include "models/banks/banks.h"
#include "models/banks/contagion.h"
#include "models/diplomacy/attrition.h"
#include "models/diplomacy/bargaining.h"
#include "models/diplomacy/diplomacy.h"
#include "models/diplomacy/stress_index.h"
#include "models/fx/cny.h"
#include "models/fx/em_external.h"
#include "models/fx/fx_attack.h"
#include "models/fx/fx_defence.h"
#include "models/fx/fx_ledger.h"
#include "models/fx/fx_rate.h"
#include "models/fx/fx_target_zone.h"
#include "models/local_debt/households.h"
#include "models/local_debt/local_debt.h"
#include "models/local_debt/property.h"
#include "models/macro/macro_core.h"
#include "models/market/market.h"
#include "models/rates/curve.h"
#include "models/rates/policy_rate.h"
#include "models/rates/short_rate.h"
#include "models/trade/policy/applied_tariff.h"
#include "models/trade/policy/bargaining_queue.h"
#include "models/trade/policy/counter_tariffs.h"
#include "models/trade/policy/export_quota.h"
#include "models/trade/policy/phased_deal.h"
#include "models/trade/policy/purchase_compliance.h"
#include "models/trade/policy/retaliation.h"
#include "models/trade/policy/tariff_schedule.h"
#include "models/trade/policy/trade_uncertainty.h"
#include "models/trade/trade.h"
#include "models/treasury/auction.h"
#include "models/treasury/debt_limit.h"
#include "models/treasury/fed_balance_sheet.h"
#include "models/treasury/fiscal.h"
#include "models/treasury/holders.h"
#include "models/treasury/treasury.h"

namespace moniac {

std::vector<ModelType> model_types() {
  return {
      world(),
      macro_core(),
      macro_core_re(),
      policy_rate(),
      curve(),
      curve_simple(),
      short_rate(),
      fiscal(),
      debt_limit(),
      treasury(),
      auction(),
      holders(),
      fed_balance_sheet(),
      fx_rate(),
      fx_target_zone(),
      fx_ledger(),
      fx_defence(),
      fx_attack(),
      cny(),
      em_external(),
      property(),
      local_debt(),
      households(),
      trade(),
      tariff_schedule(),
      trade_uncertainty(),
      retaliation(),
      counter_tariffs(),
      export_quota(),
      purchase_compliance(),
      applied_tariff(),
      phased_deal(),
      bargaining_queue(),
      banks(),
      contagion(),
      bargaining(),
      diplomacy(),
      attrition(),
      stress_index(),
      market(),
  };
}

}  // namespace moniac
