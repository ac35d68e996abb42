// What Beijing announced by calendar year: swaps, bond quotas, the deficit.
#pragma once

namespace moniac {

/// Quota of bonds that replace hidden debt, CNY bn a year: 2 trn in 2024–26 and 0.8 trn of special bonds in 2024–28
/// (Ministry of Finance, 8 November 2024).
double announced_swap(int year);
/// The part of announced_swap that belongs to the quota of special bonds.
double announced_special_swap(int year);
/// Quota of new local bonds, general and special, CNY bn a year.
double announced_quota(int year);
/// Headline deficit, % of GDP.
double announced_deficit(int year);

}  // namespace moniac
