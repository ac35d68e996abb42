#include "sim/output/cf_units.h"

#include "tests/support/catch.h"

using moniac::cf_units;

// UDUNITS 2: "percent", "year", "month", "day" are in its database, numbers are units, "1" is dimensionless.
TEST_CASE("Units that UDUNITS knows are written in its words") {
  CHECK(cf_units("%/year") == "percent/year");
  CHECK(cf_units("%") == "percent");
  CHECK(cf_units("bp") == "1e-4");
  CHECK(cf_units("1/year") == "1/year");
  CHECK(cf_units("% of GDP") == "percent");
  CHECK(cf_units("% / month") == "percent/month");
  CHECK(cf_units("ratio") == "1");
  CHECK(cf_units("") == "1");
}

TEST_CASE("A length of time is singular, because xarray decodes days as a time delta") {
  CHECK(cf_units("days") == "day");
}

TEST_CASE("Units that UDUNITS does not know stay as they are") {
  CHECK(cf_units("USD bn") == "USD bn");
  CHECK(cf_units("USD bn/step") == "USD bn/step");
  CHECK(cf_units("%/year^0.5") == "%/year^0.5");
}
