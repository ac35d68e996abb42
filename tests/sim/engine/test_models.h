// Small models with known answers, and scenarios as text.
#pragma once

#include <cmath>
#include <limits>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "sim/engine/catalogue.h"
#include "sim/engine/ensemble.h"
#include "sim/engine/plan.h"
#include "sim/scenario/scenario.h"

namespace moniac::test {

/// x(k) = persistence x(k-1) + z, x(0) = initial. Variance after k steps: sum of persistence^(2j), j < k.
class Autoregression final : public Model {
  const double initial = param("initial", 0.0, "%", any_number(), "Start", illustrative());
  const double persistence = param("persistence", 0.5, "", between(-1, 1), "Persistence", illustrative());
  const Shock news = normal_shock("news", "News");
  const Output x = output("x", "%", "The process");

 public:
  explicit Autoregression(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[x] = initial; }
  void step(Step& s) const override { s[x] = persistence * s.last(x) + s[news]; }
};

/// Events of a Poisson process of `rate` a step, one by one, and the second uniform of the last.
class Arrivals final : public Model {
  const double rate = param("rate", 2.0, "", nonnegative(), "Events a step", illustrative());
  const EventShock arrival = event_shock("arrival", "Arrivals");
  const Output arrived = output("arrived", "count/step", "Events in the step");
  const Output mark = output("mark", "ratio", "Second uniform of the last candidate");

 public:
  explicit Arrivals(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    s[arrived] = 0;
    s[mark] = 0;
  }
  void step(Step& s) const override {
    for (Eigen::Index path = 0; path < s.lanes(); ++path) {
      double left = 1;
      double count = -1;
      while (left > 0) {
        const EventDraws uniforms = s.next_event(arrival, path);
        left += std::log(uniforms[0]) / rate;
        s[mark](path) = uniforms[1];
        ++count;
      }
      s[arrived](path) = count;
    }
  }
};

/// Counts steps and copies its input of this step and of the step before: no randomness.
class Copier final : public Model {
  const Input source = input("source", 7.0, "%", "What is copied");
  const Output now = output("copy", "%", "The input of this step");
  const Output steps = output("steps", "count", "Steps so far");

 public:
  explicit Copier(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    s[now] = s[source];
    s[steps] = 0;
  }
  void step(Step& s) const override {
    s[now] = s[source];
    s[steps] = s.last(steps) + 1;
  }
};

/// Reads with a lag; in bp, so that % is converted.
class Lagger final : public Model {
  const Input source = lagged_input("source", "bp", "What is read a step late");
  const Output late = output("late", "bp", "The input of the step before");

 public:
  explicit Lagger(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[late] = -1; }
  void step(Step& s) const override { s[late] = s[source]; }
};

/// One of the terms of world.total.
class Contributor final : public Model {
  const double amount = param("amount", 1.0, "USD bn/step", any_number(), "What is added", illustrative());
  const Output share = contribution("world.total", "USD bn/step", "Sum over contributors");

 public:
  explicit Contributor(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[share] = amount; }
  void step(Step& s) const override { s[share] = amount; }
};

/// A flow lever read back, in USD bn per step.
class Purse final : public Model {
  const Input spending = input("spending", 0.0, "USD bn/step", "Scripted spending");
  const Output spent = output("spent", "USD bn/step", "Spending of the step");
  const Output total = output("total", "USD bn", "Spending so far");

 public:
  explicit Purse(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    s[spent] = 0;
    s[total] = 0;
  }
  void step(Step& s) const override {
    s[spent] = s[spending];
    s[total] = s.last(total) + s[spending];
  }
};

/// A vector by holder.
class Holders final : public Model {
  const Outputs holdings = outputs("holdings", "holder", {"japan", "china"}, "USD bn", "Holdings");

 public:
  explicit Holders(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    s[holdings[0]] = 1100;
    s[holdings[1]] = 760;
  }
  void step(Step& s) const override {
    s[holdings[0]] = s.last(holdings[0]) + 1;
    s[holdings[1]] = s.last(holdings[1]) - 1;
  }
};

/// Reads one holder of several, by label.
class Watcher final : public Model {
  const Inputs watched = inputs("holdings", "holder", {"china"}, 0.0, "USD bn", "Holdings");
  const Output seen = output("seen", "USD bn", "Holdings of China");

 public:
  explicit Watcher(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[seen] = s[watched[0]]; }
  void step(Step& s) const override { s[seen] = s[watched[0]]; }
};

/// Flows of two by three regions, 10 importer + exporter, and what a tariff adds.
class Traders final : public Model {
  const Dimension importer{"importer", {"USA", "EU27"}};
  const Dimension exporter{"exporter", {"USA", "EU27", "CHN"}};
  const Inputs tariff = inputs("tariff", {importer, exporter}, 0.0, "pp", "Tariff");
  const Outputs flow = outputs("flow", {importer, exporter}, "USD bn", "Flows");
  const Outputs paid = outputs("paid", {importer, exporter}, "pp", "The tariff of this step");

 public:
  explicit Traders(Declarations& d) : Model(d) {}
  void start(Start& s) const override { write(s); }
  void step(Step& s) const override { write(s); }

 private:
  void write(View& s) const {
    for (int value = 0; value < flow.size; ++value) {
      s[flow[value]] = 10 * (value / 3) + value % 3;
      s[paid[value]] = s[tariff[value]];
    }
  }
};

/// Reads some flows in another order, this step's and the last one's.
class Customs final : public Model {
  const Dimensions read{{"importer", {"EU27"}}, {"exporter", {"CHN", "USA"}}};
  const Inputs now = inputs("flow", read, 0.0, "USD bn", "Flows");
  const Inputs before = lagged_inputs("paid", read, 0.0, "pp", "Tariffs of the last step");
  const Outputs seen = outputs("seen", read, "USD bn", "Flows read");
  const Output late = output("late", "pp", "The tariff on China in the last step");

 public:
  explicit Customs(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    for (int value = 0; value < now.size; ++value) s[seen[value]] = s[now[value]];
    s[late] = -1;
  }
  void step(Step& s) const override {
    for (int value = 0; value < now.size; ++value) s[seen[value]] = s[now[value]];
    s[late] = s[before[0]];
  }
};

/// Copies a stock.
class Vault final : public Model {
  const Input deposit = input("deposit", 0.0, "USD bn", "What is kept");
  const Output kept = output("kept", "USD bn", "The input of this step");

 public:
  explicit Vault(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[kept] = s[deposit]; }
  void step(Step& s) const override { s[kept] = s[deposit]; }
};

/// A walk that turns into NaN where it falls below `floor`.
class Fragile final : public Model {
  const double floor = param("floor", -2.0, "", any_number(), "Where it breaks", illustrative());
  const Shock news = normal_shock("news", "News");
  const Output level = output("level", "", "The walk");

 public:
  explicit Fragile(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[level] = 0; }
  void step(Step& s) const override {
    const auto next = s.last(level) + s[news];
    s[level] = (next < floor).select(std::numeric_limits<double>::quiet_NaN(), next);
  }
};

/// Copies its input up to `cap`.
class Capped final : public Model {
  const double cap = param("cap", 2.0, "%", any_number(), "Most it copies", illustrative());
  const Input source = input("source", 0.0, "%", "What is copied");
  const Output copy = output("capped", "%", "The input, at most the cap");
  const Output at_cap = clamp("at_cap", "The cap holds the copy below its input");

 public:
  explicit Capped(Declarations& d) : Model(d) { note("copies at most " + to_text(cap)); }
  void start(Start& s) const override { act(s); }
  void step(Step& s) const override { act(s); }

 private:
  void act(const View& s) const {
    s[copy] = s[source].min(cap);
    s[at_cap] = (s[source] > cap).cast<double>();
  }
};

/// A simple random walk: up or down by 1 with equal probability.
class Coin final : public Model {
  const Shock toss = uniform_shock("toss", "Up or down");
  const Output walk = output("walk", "count", "The walk");

 public:
  explicit Coin(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[walk] = 0; }
  void step(Step& s) const override { s[walk] = (s[toss] < 0.5).select(s.last(walk) + 1.0, s.last(walk) - 1.0); }
};

/// An identity that is off by `leak`.
class Ledger final : public Model {
  const double leak = param("leak", 0.0, "USD bn", any_number(), "What goes missing", illustrative());
  const Output stock = output("stock", "USD bn", "A stock");
  const Output residual = identity("identity_residual", 1e-9, "USD bn", "stock - last stock - flow");

 public:
  explicit Ledger(Declarations& d) : Model(d) {}
  void start(Start& s) const override {
    s[stock] = 0;
    s[residual] = 0;
  }
  void step(Step& s) const override {
    s[stock] = s.last(stock) + 1 - leak;
    s[residual] = s[stock] - s.last(stock) - 1;
  }
};

/// Reads what another instance of its kind produces, in the same step: two of them make a loop.
class Follower final : public Model {
  const Input leader = input("leader", 0.0, "%", "Whom it follows");
  const Output position = output("position", "%", "Where it is");

 public:
  explicit Follower(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[position] = s[leader]; }
  void step(Step& s) const override { s[position] = s[leader]; }
};

/// Needs an input that has no default.
class Needy final : public Model {
  const Input food = input("food", "%", "What it cannot do without");
  const Output fed = output("fed", "%", "What it got");

 public:
  explicit Needy(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[fed] = s[food]; }
  void step(Step& s) const override { s[fed] = s[food]; }
};

/// Forgets to write its output after the start.
class Lazy final : public Model {
  const Output forgotten = output("forgotten", "", "Never written");

 public:
  explicit Lazy(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[forgotten] = 0; }
  void step(Step&) const override {}
};

inline Catalogue test_catalogue() {
  Catalogue all;
  all.add(model_type<Autoregression>("autoregression", "tests", "us", "AR(1)"));
  all.add(model_type<Arrivals>("arrivals", "tests", "us", "A Poisson process"));
  all.add(model_type<Copier>("copier", "tests", "us", "Copies its input"));
  all.add(model_type<Lagger>("lagger", "tests", "us", "Copies its input a step late"));
  all.add(model_type<Contributor>("contributor", "tests", "us", "Adds to a sum"));
  all.add(model_type<Purse>("purse", "tests", "us", "Spends"));
  all.add(model_type<Holders>("holders", "tests", "us", "A vector"));
  all.add(model_type<Watcher>("watcher", "tests", "us", "Reads one label"));
  all.add(model_type<Traders>("traders", "tests", "trade", "Flows by importer and exporter"));
  all.add(model_type<Customs>("customs", "tests", "trade", "Reads some of the flows"));
  all.add(model_type<Vault>("vault", "tests", "us", "Copies a stock"));
  all.add(model_type<Fragile>("fragile", "tests", "us", "Breaks"));
  all.add(model_type<Capped>("capped", "tests", "us", "Copies up to a cap"));
  all.add(model_type<Coin>("coin", "tests", "us", "Walks up and down"));
  all.add(model_type<Ledger>("ledger", "tests", "us", "Checks an identity"));
  all.add(model_type<Follower>("follower", "tests", "us", "Follows"));
  all.add(model_type<Needy>("needy", "tests", "us", "Needs an input"));
  all.add(model_type<Lazy>("lazy", "tests", "us", "Writes nothing"));
  return all;
}

/// A scenario of twelve months with these sections added.
inline Scenario twelve_months(const std::string& sections, int paths = 256) {
  const std::string head =
      "moniac: 1\ntitle: test\ntime: {start: 2025-01-31, step: 1 month, steps: 12}\n"
      "ensemble: {paths: " +
      std::to_string(paths) + ", seed: 7}\n";
  auto source = std::make_shared<SourceText>(SourceText{.name = "test.yaml", .text = head + sections});
  return read_scenario(source);
}

/// Its plan.
inline Plan plan_of(const std::string& sections, int paths = 256) {
  return Plan::make(twelve_months(sections, paths), test_catalogue());
}

inline const std::vector<std::string> month_ends = {
    "2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31",
    "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31"};

/// `2025-01-31: 4 %, 2025-02-28: 5 %, ` for "4 5".
inline std::string schedule_of(const std::string& values) {
  std::istringstream words(values);
  std::string schedule, value;
  for (std::size_t k = 0; words >> value; ++k) schedule += month_ends[k] + ": " + value + " %, ";
  return schedule;
}

/// us.copy takes these values at steps 0, 1, … and keeps the last one; cn.copy is the lever cn.source, 7 % by itself.
inline std::string scripted(const std::string& values) {
  return "models: {us.copier: {}, cn.copier: {}, us.purse: {}}\nlevers: {us.source: {" + schedule_of(values) + "}}\n" +
         "record: {trigger_log: 1}\n";
}

/// The report of a scenario that must be refused; empty when it is accepted.
inline std::string refusal_of(const std::string& sections) {
  try {
    plan_of(sections);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return {};
}

inline const RecordedVariable& variable(const Results& results, const std::string& name) {
  for (const RecordedVariable& recorded : results.variables) {
    if (recorded.name == name) return recorded;
  }
  throw std::runtime_error("not recorded: " + name);
}

}  // namespace moniac::test
