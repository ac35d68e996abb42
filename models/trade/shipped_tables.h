// The tables of world trade that come with the program.
#pragma once

#include "models/trade/trade_table.h"

namespace moniac {

/// Eight regions and six sectors; files, sources and status in scenarios/data/trade.
enum class ShippedTable { icio_2022, icio_2017, wiod_2014 };

TradeTable shipped_table(ShippedTable which);

}  // namespace moniac
