// Runs command lines inside the test program, on models that go wrong on purpose.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "sim/app/dispatch.h"
#include "sim/output/results_file.h"

namespace moniac::test {

/// x(k) = x(k-1) + drift; no randomness.
class Drift final : public Model {
  const double drift = param("drift", 0.5, "%", between(-10, 10), "Change per step", published("Somebody (2001)"));
  const int mode = choice("mode", "up", {"up", "down"}, "Direction");
  const Input push = input("push", 0, "%", "What is added to each step");
  const Output x = output("x", "%", "The level");

 public:
  explicit Drift(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[x] = 1; }
  void step(Step& s) const override { s[x] = s.last(x) + (mode == 0 ? drift : -drift) + s[push]; }
};

/// An identity that is off by `error` in every step.
class Books final : public Model {
  const double error = param("error", 0, "%", nonnegative(), "Mistake of the books", illustrative());
  const Output residual = identity("identity_residual", 1e-9, "%", "Assets less liabilities");

 public:
  explicit Books(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[residual] = 0; }
  void step(Step& s) const override { s[residual] = error; }
};

/// Fails on the share of paths whose first draw is below `share`.
class Fragile final : public Model {
  const double share = param("share", 0.5, "", between(0, 1), "Share of paths that fail", illustrative());
  const Shock draw = uniform_shock("draw", "Whether the path fails");
  const Output y = output("y", "count", "Not a number on failed paths");

 public:
  explicit Fragile(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[y] = 0; }
  void step(Step& s) const override {
    s[y] = (s[draw] < share).select(std::numeric_limits<double>::quiet_NaN(), s.last(y));
  }
};

/// Cannot do without its input.
class Engine final : public Model {
  const Input fuel = input("fuel", "%", "What it burns");
  const Output power = output("power", "%", "What it gives");

 public:
  explicit Engine(Declarations& d) : Model(d) {}
  void start(Start& s) const override { s[power] = s[fuel]; }
  void step(Step& s) const override { s[power] = s[fuel]; }
};

inline Catalogue small_catalogue() {
  Catalogue all;
  all.add(model_type<Drift>("drift", "examples", "us", "A level that drifts"));
  all.add(model_type<Books>("books", "examples", "us", "Books with an identity"));
  all.add(model_type<Fragile>("fragile", "examples", "us", "A model that fails"));
  all.add(model_type<Engine>("engine", "examples", "us", "An engine"));
  return all;
}

/// What a command line left behind.
struct Ended {
  int code;
  std::string out;
  std::string err;
};

/// `more` is said behind `words`.
inline Ended moniac(std::vector<std::string> words, const std::vector<std::string>& more = {}) {
  words.insert(words.end(), more.begin(), more.end());
  std::ostringstream out, err;
  Streams streams{out, err};
  const int code = dispatch(words, small_catalogue(), streams);
  return {code, out.str(), err.str()};
}

/// Whether a text holds a part.
inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A folder that is gone when the test is over.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "moniac_cli_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
    return file(name);
  }
  std::string read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(file(name)).rdbuf();
    return text.str();
  }
  bool has(const std::string& name) const { return std::filesystem::exists(file(name)); }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) all.push_back(entry.path().filename());
    return all;
  }

 private:
  std::string path_;
};

/// A scenario of three monthly steps over 100 paths.
inline std::string scenario_with(const std::string& models, const std::string& rest = {}) {
  return "moniac: 1\ntitle: Drift\ntime: {start: 2025-01-01, step: 1 month, horizon: 3 months}\n"
         "ensemble: {paths: 100, seed: 1}\nmodels:\n" +
         models + rest;
}

}  // namespace moniac::test
