#include "models/diplomacy/bargaining.h"

#include <algorithm>

#include "models/diplomacy/bargaining_model.h"
#include "models/diplomacy/partner_queue.h"
#include "sim/math/box_muller.h"
#include "sim/math/columns.h"
#include "sim/math/scalar.h"

namespace moniac {

Bargaining::Bargaining(Declarations& declarations) : Model(declarations) {
  check_params();
  if (reply_mode == by_threshold) describe();
}

void Bargaining::start(Start& s) const {
  for (int k = 0; k < size; ++k) {
    s[reply[k]] = undecided;
    s[dependence[k]] = 0;  // drawn in the first step, like the thresholds
    s[threshold[k]] = s[threshold[size + k]] = 0;
  }
  for (int i = 0; i < ties.size; ++i) s[ties[i]] = 0;
  s[deadline] = open;
  s[place] = 0;
  s[wait] = 0;
  if (move_step == 0) move_first(s);
  report(s);
}

void Bargaining::step(Step& s) const {
  keep(s);
  if (s.index() == 1) draw_partners(s);
  if (s.index() == 1 && acquaintances > 0) draw_ties(s);
  if (s.index() == move_step) move_first(s);
  for (Eigen::Index path = 0; path < s.lanes(); ++path) take_turns(s, path);
  pass_deadlines(s);
  report(s);
}

void Bargaining::keep(Step& s) const {
  for (int k = 0; k < size; ++k) {
    s[reply[k]] = s.last(reply[k]);
    s[dependence[k]] = s.last(dependence[k]);
    s[threshold[k]] = s.last(threshold[k]);
    s[threshold[size + k]] = s.last(threshold[size + k]);
  }
  for (int i = 0; i < ties.size; ++i) s[ties[i]] = s.last(ties[i]);
  s[deadline] = s.last(deadline);
  s[place] = s.last(place);
  s[wait] = s.last(wait);
}

void Bargaining::draw_partners(Step& s) const {
  for (Eigen::Index path = 0; path < s.lanes(); ++path) {
    s[wait](path) = 0 - log(s.next_event(turn, path)[0]);
    for (int k = 0; k < size; ++k) {
      const EventDraws drawn = s.next_event(nature, path);
      const auto j = static_cast<std::size_t>(k);
      s[dependence[k]](path) = j < named_dependence.size() ? named_dependence[j] : 0.5 * drawn[0] * drawn[0];
      const auto [to_settle, to_refuse] = box_muller(drawn[1], drawn[2]);
      s[threshold[k]](path) = to_settle;
      s[threshold[size + k]](path) = to_refuse;
    }
  }
}

// Each pair with probability z/(J - 1), eight pairs in an event.
void Bargaining::draw_ties(Step& s) const {
  const double chance = acquaintances / (size - 1);
  for (Eigen::Index path = 0; path < s.lanes(); ++path) {
    EventDraws drawn{};
    std::size_t used = drawn.size();
    network.draw([&](int i) -> double& { return s[ties[i]](path); },
                 [&] {
                   if (used == drawn.size()) {
                     drawn = s.next_event(tie, path);
                     used = 0;
                   }
                   return drawn[used++] < chance;
                 });
  }
}

void Bargaining::move_first(View& s) const {
  if (first_mover >= 0) s[reply[first_mover]] = first_move == refusing ? refused : complied;
}

// Before its move the first mover is in no queue.
bool Bargaining::waits(const Step& s, int k, Eigen::Index path) const {
  return s[reply[k]](path) == undecided && !(k == first_mover && s.index() < move_step);
}

void Bargaining::take_turns(Step& s, Eigen::Index path) const {
  const double end = s.index() * s.dt();
  double left = time_within(s.time(), s.index(), opening, end);
  while (s[wait](path) < turns_per_year * left) {
    left -= s[wait](path) / turns_per_year;
    const EventDraws drawn = s.next_event(turn, path);
    s[wait](path) = 0 - log(drawn[0]);
    s[place](path) = talk_in_turn(
        size, static_cast<int>(s[place](path)), 1,
        [&](int at) { return waits(s, table.heaviest_first[static_cast<std::size_t>(at)], path); },
        [&](int at) {
          const int k = table.heaviest_first[static_cast<std::size_t>(at)];
          s[reply[k]](path) = reply_of(s, k, path, end - left - opening, drawn);
        });
  }
  s[wait](path) -= turns_per_year * left;
}

Bargaining::Seen Bargaining::seen_by(const Step& s, int k, Eigen::Index path) const {
  double settled_ones = s.last(complied_share)(path), refused_ones = s.last(refused_share)(path);
  double rest = 1 - weight_of(k);
  if (acquaintances > 0) {
    settled_ones = refused_ones = rest = 0;
    network.each(
        k, [&](int i) { return s[ties[i]](path); },
        [&](int j) {
          settled_ones += s.last(reply[j])(path) == complied;
          refused_ones += s.last(reply[j])(path) == refused;
          rest += 1;
        });
  }
  return rest > 0 ? Seen{settled_ones / rest, refused_ones / rest} : Seen{0, 0};
}

double Bargaining::reply_of(const Step& s, int k, Eigen::Index path, double years, const EventDraws& drawn) const {
  const Seen others_did = seen_by(s, k, path);
  const double g = first_mover >= 0 && s.index() >= move_step ? example : 0;
  const double status = s[attrition](path), w = status == cn_conceded ? 1 : status == us_conceded ? -1 : 0;
  if (reply_mode == by_threshold) {
    const double mean = threshold_mean - dg * g - dw * w;
    const double to_settle = others_did.settled - (mean + threshold_spread * s[threshold[k]](path));
    const double to_refuse = others_did.refused - (refusal_mean + refusal_spread * s[threshold[size + k]](path));
    if (std::max(to_settle, to_refuse) < 0) return undecided;
    return to_settle >= to_refuse ? complied : refused;
  }
  const double u = b0 + bd * s[dependence[k]](path) + bt * std::min(1.5, years * 365.25 / window) + bg * g + bw * w +
                   kc * others_did.settled - kr * others_did.refused - by * (toughness - 0.5);
  if (drawn[1] * (1 + exp(0 - u)) < 1) return complied;
  return drawn[2] < refusal ? refused : undecided;
}

void Bargaining::pass_deadlines(Step& s) const {
  if (s.index() == first_deadline)
    s[deadline] = (s[more_time] < prolonging).select(extended, Eigen::ArrayXd::Constant(s.lanes(), closed));
  if (s.index() == last_deadline) s[deadline] = closed;
}

void Bargaining::report(View& s) const {
  const auto has = [&s, this](double standing) {
    return [&s, this, standing](int k) { return (s[reply[k]] == standing).cast<double>(); };
  };
  s[complied_share] = s[refused_share] = s[deals] = 0;
  for (int k = 0; k < size; ++k) {
    s[complied_share] += weight_of(k) * has(complied)(k);
    s[refused_share] += weight_of(k) * has(refused)(k);
    s[deals] += has(complied)(k);
  }
  write_shares(s, settled, table.homes, has(complied));
  write_shares(s, threatened, table.homes, [&](int k) {
    return (s[reply[k]] == refused || (s[reply[k]] == undecided && s[deadline] == closed)).template cast<double>();
  });
}

ModelType bargaining() {
  return model_type<Bargaining>("bargaining", "diplomacy", "us",
                                "Partners that settle with the USA or refuse, each with an eye on the others");
}

}  // namespace moniac
