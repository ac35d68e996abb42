"""Shows that scripts/layers.py reports each kind of breach, at its line, and nothing in code that keeps the rules."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import layers  # noqa: E402

# file, the one offending line, a word of the expected rule
BREACHES = [
    ("models/rates/short_rate.cpp", '#include "sim/engine/plan.h"', "must not depend"),
    ("models/rates/short_rate.cpp", '#include "models/trade/tariff.h"', "must not depend"),
    ("models/rates/short_rate.cpp", "#include <yaml-cpp/yaml.h>", "only in"),
    ("models/rates/short_rate.cpp", "#include <iostream>", "never prints"),
    ("models/rates/short_rate.cpp", "#include <fstream>", "no files"),
    ("models/rates/short_rate.cpp", "#include <random>", "declared shock"),
    ("models/rates/short_rate.cpp", "auto y = s.last(rate).exp();", "Eigen"),
    ("models/rates/short_rate.cpp", "double total = s[rate].sum();", "Eigen"),
    ("models/rates/short_rate.cpp", "double x = std::exp(-speed);", "libm"),
    ("models/rates/short_rate.cpp", "double x = std::pow(2.0, 3.0);", "libm"),
    ("models/rates/short_rate.cpp", "using std::log;", "libm"),
    ("models/rates/short_rate.cpp", "using namespace std;", "using-directive"),
    ("sim/model/model.h", '#include "sim/units/units.h"', "must not depend"),
    ("sim/model/calendar.h", '#include "sim/math/eigen_guard.h"', "must not depend"),
    ("sim/math/scalar.cpp", '#include "sim/model/step.h"', "must not depend"),
    ("sim/math/scalar.cpp", "return ::log(x);", "libm"),
    ("sim/math/scalar.cpp", "thread_local int depth = 0;", "thread-local"),
    ("sim/units/units.cpp", "#include <Eigen/Core>", "only in"),
    ("sim/study/design.cpp", '#include "sim/output/results_file.h"', "must not depend"),
    ("sim/study/design.cpp", "#include <boost/random/sobol.hpp>", "only in"),
    ("sim/scenario/reader.cpp", '#include "sim/engine/catalogue.h"', "must not depend"),
    ("sim/scenario/reader.cpp", "#include <yaml-cpp/eventhandler.h>", "only in"),
    ("sim/results/results.cpp", '#include "sim/output/results_file.h"', "must not depend"),
    ("sim/engine/plan.cpp", '#include "models/catalogue.h"', "must not depend"),
    ("sim/engine/plan.cpp", "#include <hdf5.h>", "only in"),
    ("sim/engine/plan.cpp", "#include <boost/program_options.hpp>", "only in"),
    ("sim/engine/plan.cpp", "#include <thread>", "only in"),
    ("sim/engine/plan.cpp", "if (broken) std::exit(1);", "but main"),
    ("sim/parallel/pipeline.cpp", '#include "sim/engine/unit.h"', "must not depend"),
    ("sim/mpi/foreman.cpp", '#include "sim/engine/unit.h"', "must not depend"),
    ("sim/mpi/foreman.cpp", "#include <mpi.h>", "only in"),
    ("sim/engine/ensemble.cpp", '#include "sim/mpi/foreman.h"', "must not depend"),
    ("sim/output/hdf5_file.cpp", '#include "sim/engine/plan.h"', "must not depend"),
    ("sim/output/hdf5_file.cpp", "#include <hdf5.h>", "only in"),
    ("sim/output/results_writer.cpp", '#include "sim/output/hdf5_internal.h"', "behind"),
    ("sim/output/results_writer.cpp", "#include <curl/curl.h>", "no library"),
    ("sim/output/hdf5_file.cpp", "#include <openssl/sha.h>", "only in"),
    ("sim/output/hdf5_file.cpp", 'if (std::getenv("DEBUG")) trace();', "environment"),
    ("sim/output/hdf5_file.cpp", '#include "results_file.h"', "root of the repository"),
    ("sim/app/commands/run.cpp", "exit(1);", "but main"),
]

KEEPING = [
    ("models/rates/short_rate.cpp", '#include "models/rates/short_rate.h"'),
    ("models/rates/short_rate.cpp", '#include "sim/model/model.h"'),
    ("models/rates/short_rate.cpp", "const double decay = exp(-speed * dt);"),
    ("models/rates/short_rate.cpp", "const double root = std::sqrt(std::fma(a, b, std::abs(c)));"),
    ("models/rates/short_rate.cpp", "// Euler's std::exp(x), see <random>"),
    ("models/rates/short_rate.cpp", 'throw Bug("exit(1) and std::log(x) in a text");'),
    ("models/rates/short_rate.cpp", "const int thousand = 1'000; s[rate] = last.min(cap);"),
    ("models/catalogue.cpp", '#include "models/rates/short_rate.h"'),
    ("sim/model/step.h", '#pragma once\n#include "sim/math/eigen_guard.h"'),
    ("sim/math/columns.cpp", "thread_local Scratch* current = nullptr;"),
    ("sim/scenario/document.cpp", "#include <yaml-cpp/eventhandler.h>"),
    ("sim/study/sobol_sequence.cpp", "#include <boost/random/sobol.hpp>"),
    ("sim/engine/block.cpp", '#include "sim/parallel/pipeline.h"'),
    ("sim/app/main.cpp", "exit(run(arguments));"),
    ("sim/app/main.cpp", '#include "models/catalogue.h"'),
]


class Layers(unittest.TestCase):
    def test_each_breach_is_reported_once_at_its_line(self):
        for file, line, word in BREACHES:
            with self.subTest(file=file, line=line):
                header = "#pragma once\n" if file.endswith(".h") else "// A comment.\n"
                found = list(layers.breaches_in(file, f"{header}/* two\nlines */\n{line}\n"))
                self.assertEqual([(breach.file, breach.line) for breach in found], [(file, 4)])
                self.assertIn(word, found[0].rule)

    def test_code_that_keeps_the_rules_is_not_reported(self):
        for file, text in KEEPING:
            with self.subTest(file=file, text=text):
                self.assertEqual(list(layers.breaches_in(file, text + "\n")), [])

    def test_a_header_without_pragma_once_is_reported(self):
        found = list(layers.breaches_in("sim/model/model.h", "// #pragma once\n"))
        self.assertEqual([breach.rule for breach in found], ["a header begins with #pragma once"])


if __name__ == "__main__":
    unittest.main()
