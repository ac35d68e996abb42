# Rscript read_with_r.R FILE: opens the example in ncdf4 and compares what R sees with the closed forms that it was made
# from.
library(ncdf4)
path <- commandArgs(trailingOnly = TRUE)[1]
file <- nc_open(path)

left <- exp(-0.5 * (0:24) / 12)
stopifnot(all.equal(as.vector(ncvar_get(file, "us_policy_rate_mean")), 3 + 0.875 * left, tolerance = 1e-14))

# R reverses the order of the axes.
quantiles <- ncvar_get(file, "us_policy_rate_quantile")
stopifnot(identical(dim(quantiles), c(7L, 25L)))
upper <- 3 + 0.875 * left + 1.6448536269514722 * 1.2 * sqrt(1 - left^2)
stopifnot(all.equal(quantiles[6, ], upper, tolerance = 1e-13))

# A recorded path: of 3, the second, at the first two dates.
stopifnot(identical(ncvar_get(file, "us_y10")[1:2, 2], c(1100, 1101)))

# Every variable of the root and the groups can be read.
for (name in names(file$var)) invisible(ncvar_get(file, name))

stopifnot(identical(as.vector(ncvar_get(file, "holder")), c("japan", "china", "rest of the world")))
stopifnot(identical(file$dim$holder$vals[2], "china"))
stopifnot(ncvar_get(file, "us_holdings_mean")[2, 3] == 748)

origin <- sub("days since ", "", ncatt_get(file, "time", "units")$value)
dates <- as.Date(ncvar_get(file, "time"), origin = origin)
stopifnot(identical(format(dates), format(seq(as.Date("2025-12-01"), by = "month", length.out = 25))))

stopifnot(ncatt_get(file, "us_policy_rate_mean", "units")$value == "percent/year")
stopifnot(ncatt_get(file, "us_issuance_mean", "cell_methods")$value == "time: sum")
stopifnot(ncatt_get(file, 0, "Conventions")$value == "CF-1.8")
stopifnot(ncvar_get(file, "outcome_ten_year_5_hits") == 1500)
stopifnot(startsWith(ncvar_get(file, "provenance/scenario"), "moniac: 1\ntitle: Policy rate   # a comment"))
stopifnot(identical(as.vector(ncvar_get(file, "provenance/unit")), c("", "", "1/year")))
stopifnot(identical(as.vector(ncvar_get(file, "provenance/status")), c("published", "", "calibrated")))
stopifnot(ncvar_get(file, "diagnostics/failure_cause") == "not finite")
nc_close(file)
