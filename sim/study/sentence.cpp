#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "sim/study/sensitivity.h"

namespace moniac {
namespace {

constexpr double smallest_share_named = 0.005;  // rounds to 0.01

std::string text(double x, std::chars_format format, int precision) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, x, format, precision);
  return error == std::errc{} ? std::string(buffer, end) : "?";
}

// Shares, to two decimals.
std::string share_text(const Estimate& share) {
  const std::string value = text(share.value, std::chars_format::fixed, 2);
  return std::isnan(share.standard_error) ? value
                                          : value + " ± " + text(share.standard_error, std::chars_format::fixed, 2);
}

// Decimals that show two digits of x.
int decimals_of(double x) {
  int decimals = 0;
  for (double scaled = x; scaled < 9.95 && decimals < 10; scaled *= 10) ++decimals;
  return decimals;
}

// Sizes in the unit of the response, of which nothing is known: to two digits of the error, or four where it is none.
std::string size_text(const Estimate& size) {
  const double error = size.standard_error;
  if (!(error > 1e-6 * std::abs(size.value) && error > 1e-9 && error < 1e9))
    return text(size.value, std::chars_format::general, 4);
  const int decimals = decimals_of(error);
  return text(size.value, std::chars_format::fixed, decimals) + " ± " + text(error, std::chars_format::fixed, decimals);
}

// To two digits, rounded up.
std::string about(std::size_t count) {
  std::size_t unit = 1;
  while (count / unit >= 100) unit *= 10;
  return std::to_string((count + unit - 1) / unit * unit);
}

void append(std::string& list, std::string_view separator, const std::string& item) {
  if (!list.empty()) list += separator;
  list += item;
}

std::string left_out_text(std::size_t count, std::string_view one, std::string_view many) {
  if (count == 0) return "";
  return std::to_string(count) + " " + std::string(count == 1 ? one : many) + (count == 1 ? " was" : " were") +
         " left out because a case failed";
}

template <class Key>
std::vector<std::size_t> descending(std::size_t count, Key key) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return key(i) > key(j); });
  return order;
}

bool above_zero(const Estimate& estimate) {
  return estimate.low > 0;
}

bool worth_naming(const Estimate& share) {
  return above_zero(share) && share.value >= smallest_share_named;
}

// The axes of `indices` in the four ways of saying how much they matter.
struct Shares {
  std::string alone;
  std::string together;
  std::string small;
  std::string none;
};

Shares shares_of(const SobolIndices& indices, std::string_view response, std::span<const std::string> axes) {
  Shares shares;
  for (const std::size_t i :
       descending(axes.size(), [&](std::size_t axis) { return indices.axes[axis].first.value; })) {
    const auto& [first, total] = indices.axes[i];
    if (worth_naming(first) && shares.alone.empty())
      shares.alone = axes[i] + " explains " + share_text(first) + " of the variance of " + std::string(response);
    else if (worth_naming(first))
      append(shares.alone, "; ", axes[i] + " " + share_text(first));
    else if (worth_naming(total))
      append(shares.together, ", ", axes[i] + " (in all " + share_text(total) + ")");
    else if (above_zero(first) || above_zero(total))
      append(shares.small, ", ", axes[i]);
    else
      append(shares.none, ", ", axes[i]);
  }
  return shares;
}

std::string noise_text(const Estimate& noise) {
  if (std::isnan(noise.value)) return "";
  if (!above_zero(noise)) return "Monte-Carlo noise is indistinguishable from zero";
  return "Monte-Carlo noise is " + share_text(noise) + " of the variance between cases";
}

// How many points it takes where an interval is wider than 0.05 to either side.
std::string points_text(const SobolIndices& indices) {
  constexpr double half_width = 0.05;
  const std::optional<std::size_t> needed = points_for_half_width(indices, half_width);
  if (!needed || *needed <= indices.points) return "";
  return "about " + about(*needed - indices.points) + " more points would narrow the widest 95 % interval to ± 0.05";
}

std::string joined(std::initializer_list<std::string> clauses) {
  std::string sentence;
  for (const std::string& clause : clauses)
    if (!clause.empty()) append(sentence, "; ", clause);
  return sentence;
}

std::string labelled(std::string_view label, const std::string& list) {
  return list.empty() ? "" : std::string(label) + list;
}

std::string without_shares(const SobolIndices& indices, std::string_view response) {
  const std::string left_out = left_out_text(indices.left_out, "point", "points");
  if (indices.points < 2)
    return joined({"fewer than two complete points: nothing is known of " + std::string(response), left_out});
  if (std::isnan(indices.noise_share.value))
    return joined({std::string(response) + " is the same in all cases: there is no variance to explain", left_out});
  return joined({std::string(response) +
                     " differs between cases by no more than Monte-Carlo noise: more paths per case "
                     "are needed to explain it",
                 left_out});
}

std::string effect_text(const MorrisAxis& axis) {
  std::string words = size_text(axis.mu_star);
  if (above_zero(axis.mu)) words += " upwards";
  if (axis.mu.high < 0) words += " downwards";
  // A tenth: a size at which it is worth a look whether one number describes the effect.
  if (axis.sigma.low > 0.1 * axis.mu_star.value)
    words += ", varying with the other axes or along its own (sigma " + size_text(axis.sigma) + ")";
  return words;
}

}  // namespace

std::string sentence(const SobolIndices& indices, std::string_view response, std::span<const std::string> axes) {
  if (indices.points < 2 || !above_zero(indices.variance)) return without_shares(indices, response);
  const Shares shares = shares_of(indices, response, axes);
  const std::string interactions =
      above_zero(indices.interactions) && indices.interactions.value >= smallest_share_named
          ? "interactions " + share_text(indices.interactions)
          : "";
  return joined(
      {shares.alone.empty() ? "no axis alone explains the variance of " + std::string(response) : shares.alone,
       labelled("only together with others: ", shares.together), labelled("below 0.01: ", shares.small),
       labelled("indistinguishable from zero: ", shares.none), interactions, noise_text(indices.noise_share),
       points_text(indices), left_out_text(indices.left_out, "point", "points")});
}

std::string sentence(const MorrisEffects& effects, std::string_view response, std::span<const std::string> axes) {
  const std::string left_out = left_out_text(effects.left_out, "trajectory", "trajectories");
  if (effects.trajectories < 2)
    return joined({"fewer than two trajectories: nothing is known of " + std::string(response), left_out});
  std::string named, none;
  for (const std::size_t i :
       descending(axes.size(), [&](std::size_t axis) { return effects.axes[axis].mu_star.value; })) {
    const MorrisAxis& axis = effects.axes[i];
    if (!above_zero(axis.mu_star))
      append(none, ", ", axes[i]);
    else if (named.empty())
      named = axes[i] + " over its whole range moves " + std::string(response) + " by " + effect_text(axis);
    else
      append(named, "; ", axes[i] + " by " + effect_text(axis));
  }
  return joined({named.empty() ? "no axis moves " + std::string(response) : named,
                 labelled("indistinguishable from zero: ", none), noise_text(effects.noise_share), left_out});
}

}  // namespace moniac
