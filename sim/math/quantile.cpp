#include "sim/math/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/math/vector.h"

namespace moniac {

namespace {

constexpr std::size_t buckets = 2048;
constexpr std::size_t missing = buckets;  // where NaN is counted
constexpr std::size_t chunk = 64;
constexpr std::size_t worth_a_histogram = 512;
constexpr int deepest = 4;

struct alignas(64) Keys : std::array<std::uint64_t, chunk> {};

// Calls visit(values, n) on chunks; the last is filled up with NaN.
template <class Visit>
void for_each_chunk(std::span<const double> values, Visit visit) {
  std::size_t i = 0;
  for (; i + chunk <= values.size(); i += chunk) visit(values.data() + i, chunk);
  if (i == values.size()) return;
  std::array<double, chunk> rest;
  rest.fill(std::numeric_limits<double>::quiet_NaN());
  std::copy(values.begin() + static_cast<std::ptrdiff_t>(i), values.end(), rest.begin());
  visit(rest.data(), values.size() - i);
}

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

Range range_of(std::span<const double> values) {
  Reals low = all(Range{}.low), high = all(Range{}.high);
  for_each_chunk(values, [&](const double* x, std::size_t) {
    for (std::size_t j = 0; j < chunk; j += width) {
      const Reals value = load_unaligned(x + j);
      low = minimum(value, low);
      high = maximum(value, high);
    }
  });
  Range range;
  for (std::size_t j = 0; j < width; ++j) {
    range.low = std::min<double>(range.low, low[j]);
    range.high = std::max<double>(range.high, high[j]);
  }
  return range;
}

// Equal-width buckets over a range, by rounding: the key never falls as the value grows.
class Bucketing {
 public:
  explicit Bucketing(Range range) : low_(range.low), per_width_((buckets - 1) / (range.high - range.low)) {}
  bool usable() const { return per_width_ > 0 && per_width_ < std::numeric_limits<double>::infinity(); }
  void keys(const double* x, Keys& keys) const {
    for (std::size_t j = 0; j < chunk; j += width) {
      const Reals value = load_unaligned(x + j);
      const Reals position = (value - all(low_)) * all(per_width_) + all(0x1p52);
      store(keys.data() + j, select(value == value, bits(position) & words(0xffff), words(missing)));
    }
  }

 private:
  double low_;
  double per_width_;
};

using Counts = std::array<std::uint32_t, buckets + 1>;

Counts histogram(std::span<const double> values, const Bucketing& bucketing) {
  Counts even{}, odd{};  // two, so that equal neighbours do not wait for each other
  Keys keys;
  for_each_chunk(values, [&](const double* x, std::size_t) {
    bucketing.keys(x, keys);
    for (std::size_t j = 0; j < chunk; j += 2) {
      ++even[keys[j]];
      ++odd[keys[j + 1]];
    }
  });
  for (std::size_t b = 0; b < buckets; ++b) even[b] += odd[b];
  return even;
}

// The bucket that holds some of the wanted ranks.
struct Wanted {
  std::size_t bucket;
  std::size_t before;      // values in lower buckets
  std::size_t first_rank;  // of the wanted ranks
  std::size_t ranks;
  std::vector<double> values;
};

std::vector<Wanted> find_wanted(const Counts& counts, std::span<const std::size_t> ranks) {
  std::vector<Wanted> wanted;
  std::size_t before = 0, bucket = 0;
  for (std::size_t r = 0; r < ranks.size(); ++r) {
    while (before + counts[bucket] <= ranks[r]) before += counts[bucket++];
    if (wanted.empty() || wanted.back().bucket != bucket) {
      wanted.push_back({bucket, before, r, 0, {}});
      wanted.back().values.reserve(counts[bucket]);
    }
    ++wanted.back().ranks;
  }
  return wanted;
}

void collect(std::span<const double> values, const Bucketing& bucketing, std::vector<Wanted>& wanted) {
  constexpr std::uint16_t none = 0xffff;
  std::array<std::uint16_t, buckets + 1> place;
  place.fill(none);
  for (std::size_t w = 0; w < wanted.size(); ++w) place[wanted[w].bucket] = static_cast<std::uint16_t>(w);
  Keys keys;
  for_each_chunk(values, [&](const double* x, std::size_t) {
    bucketing.keys(x, keys);
    for (std::size_t j = 0; j < chunk; ++j) {
      const std::uint16_t w = place[keys[j]];
      if (w != none) [[unlikely]]
        wanted[w].values.push_back(x[j]);
    }
  });
}

std::vector<double> sorted_present(std::span<const double> values) {
  std::vector<double> present;
  present.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(present), [](double x) { return x == x; });
  std::sort(present.begin(), present.end());
  return present;
}

// The order statistics at ascending `ranks`, of the values that are not NaN.
void select_ranks(std::span<const double> values, std::span<const std::size_t> ranks, double* out, int depth) {
  const Range range = range_of(values);
  if (range.low == range.high) {
    std::fill_n(out, ranks.size(), range.low);
    return;
  }
  const Bucketing bucketing(range);
  if (values.size() < worth_a_histogram || depth == deepest || !bucketing.usable()) {
    const std::vector<double> sorted = sorted_present(values);
    std::transform(ranks.begin(), ranks.end(), out, [&](std::size_t rank) { return sorted[rank]; });
    return;
  }
  std::vector<Wanted> wanted = find_wanted(histogram(values, bucketing), ranks);
  collect(values, bucketing, wanted);
  for (const Wanted& w : wanted) {
    std::vector<std::size_t> inside(ranks.begin() + static_cast<std::ptrdiff_t>(w.first_rank),
                                    ranks.begin() + static_cast<std::ptrdiff_t>(w.first_rank + w.ranks));
    for (std::size_t& rank : inside) rank -= w.before;
    select_ranks(w.values, inside, out + w.first_rank, depth + 1);
  }
}

}  // namespace

std::vector<double> exact_quantiles(std::span<const double> values, std::span<const double> percents) {
  const auto present =
      static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [](double x) { return x == x; }));
  if (present == 0) return std::vector<double>(percents.size(), std::numeric_limits<double>::quiet_NaN());

  const auto position = [&](double percent) { return static_cast<double>(present - 1) * (percent / 100); };
  const auto rank_below = [&](double percent) { return static_cast<std::size_t>(position(percent)); };
  const auto rank_above = [&](double percent) { return std::min(rank_below(percent) + 1, present - 1); };
  std::vector<std::size_t> ranks;
  for (const double percent : percents) ranks.insert(ranks.end(), {rank_below(percent), rank_above(percent)});
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());

  std::vector<double> at(ranks.size());
  select_ranks(values, ranks, at.data(), 0);
  const auto value_at = [&](std::size_t rank) {
    return at[static_cast<std::size_t>(std::lower_bound(ranks.begin(), ranks.end(), rank) - ranks.begin())];
  };
  std::vector<double> quantiles;
  for (const double percent : percents) {
    const double below = value_at(rank_below(percent));
    const double fraction = position(percent) - std::floor(position(percent));
    quantiles.push_back(below + fraction * (value_at(rank_above(percent)) - below));
  }
  return quantiles;
}

}  // namespace moniac
