#include "models/local_debt/announced.h"

namespace moniac {

double announced_special_swap(int year) {
  return year >= 2024 && year <= 2028 ? 800 : 0;
}

double announced_swap(int year) {
  return announced_special_swap(year) + (year >= 2024 && year <= 2026 ? 2000 : 0);
}

double announced_quota(int year) {
  return year <= 2024 ? 3900 + 720 : 4400 + 800;
}

double announced_deficit(int year) {
  return year <= 2024 ? 3 : 4;
}

}  // namespace moniac
