// The commands and options there are, in the words of their help.
#include <algorithm>

#include "sim/app/options.h"

namespace moniac {

namespace {

const std::vector<OptionSpec>& option_specs() {
  static const std::vector<OptionSpec> specs = {
      {"output", 'o', "FILE", "file to write"},
      {"force", 0, "", "replace the file if it is there"},
      {"restart", 0, "", "begin again instead of going on with an interrupted run"},
      {"shard", 0, "i/N", "do share i (0 … N - 1) of N, for moniac merge to join"},
      {"extend", 0, "", "add paths to FILE, whose parts were kept"},
      {"keep-parts", 0, "", "leave FILE.parts there when the file is written"},
      {"check-effects", 0, "", "first say which settings change no output of the first 512 paths"},
      {"rerun", 0, "N", "also simulate N random recorded paths again and compare every bit"},
      {"path", 0, "P", "the path with this number, from 0"},
      {"case", 0, "C", "of a sweep: of the case with this number, from 0"},
      {"failed", 0, "", "every path that failed"},
      {"trace", 0, "", "print every variable, state and draw at every step, as CSV"},
      {"paths", 0, "N", "number of paths instead of the scenario's"},
      {"seed", 0, "N", "seed instead of the scenario's"},
      {"set", 0, "NAME=VALUE", "override a value: --set us.policy_rate.phi_pi=1.8", true},
      {"group", 0, "NAME=LIST", "join inputs that begin so: banks=us.banks,events", true},
      {"only", 0, "WHICH", "this claim only, by its number, 27 or 27b; this hindcast, by name"},
      {"threads", 'j', "N", "threads; by default one per core"},
      {"block", 0, "N", "paths simulated together: 64, … 2048; default 512 or what fits"},
      {"dry-run", 0, "", "say what the run would take, and run only a sample"},
      {"drift", 0, "", "instead say what moves within five years though nothing happens"},
      {"progress", 0, "WHEN", "auto, always, never or json (a line per report)"},
      {"quiet", 'q', "", "print nothing but problems"},
      {"verbose", 'v', "", "print the plan and what was done as well"},
      {"csv", 0, "", "as comma-separated values"},
      {"outcomes", 0, "", "the outcomes instead of the recorded variables"},
      {"markdown", 0, "", "as a page of the reference documentation"},
      {"help", 'h', "", "print this help"},
  };
  return specs;
}

constexpr std::string_view run_notes =
    "The same bits for any -j, --block, MONIAC_ISA=avx2|avx512|portable and number of shards.\n"
    "Without -o FILE is SCENARIO.h5. An interrupted run keeps FILE.parts; repeat it to go on.\n"
    "Exit: 0 done, 64 command line, 65 scenario or too many failed paths, 66 no input, 70 bug,\n"
    "      73 output or other parts are there, 74 I/O, 75 interrupted, 128+n signal n.\n"
    "Example: moniac run scenarios/hello.yaml --paths 5000 --set us.short_rate.mean=2%\n";

constexpr std::string_view sweep_notes =
    "The scenario's 'sweep' names what varies and how the cases are chosen. All cases share\n"
    "their random numbers, so that differences between them are not noise.\n"
    "Without -o the file is SCENARIO.h5 in this folder.\n"
    "A sweep that is interrupted keeps its finished cases in FILE.parts; the same command\n"
    "goes on. Exit codes as of run.\n"
    "Example: moniac sweep scenarios/rates/sweep_rule.yaml --paths 500\n";

constexpr std::string_view merge_notes =
    "Joins what run --shard or sweep --shard left in FILE.parts into FILE, to the bytes of one\n"
    "process, and removes the parts then. Needs nothing but that folder.\n"
    "Exit: as run; 65 also when shards are missing or not whole, 66 when there are none,\n"
    "      73 when they are of several runs or still being written.\n"
    "Example: for i in 0 1 2 3; do moniac run big.yaml --shard $i/4; done; moniac merge big.h5\n";

constexpr std::string_view compare_notes =
    "A and B are scenario files or result files; a result stands for the scenario in it, and\n"
    "must be what this program makes of it, bit for bit. Both need the same steps, seed and\n"
    "number of paths; --paths, --seed and --set apply to both. Prints B less A, with paired\n"
    "standard errors; -o also writes the differences at every date.\n"
    "Exit: as run; 65 also when the two cannot be compared or a result is not reproduced.\n"
    "Example: moniac compare base.yaml hike.yaml --paths 5000 -o hike_less_base.h5\n";

constexpr std::string_view attribute_notes =
    "Runs every mixture of the inputs that differ between A and B, 2^n for n of them, on the\n"
    "same paths, and shares the difference of each outcome and variable out among them: the\n"
    "Shapley value, in which an interaction is shared equally and the sum is the difference.\n"
    "Prints them at the last date; -o writes every date, as HDF5 to a name with .h5 and else\n"
    "as CSV. At most 10 inputs; --group joins those of one model, lever or event. A and B are\n"
    "as for compare.\n"
    "Exit: as run; 65 also when the two cannot be compared, or a mixture is no scenario.\n"
    "Example: moniac attribute base.yaml hike.yaml --paths 2000 --set record.dates=end\n";

constexpr std::string_view claims_notes =
    "FOLDER, by default claims, holds a YAML file for each claim: what is said, a pair of\n"
    "scenarios, what is measured and expected, and the parameters that the answer may hang on.\n"
    "Prints the verdict on each with its estimate, and what in their plausible range flips it;\n"
    "-o writes all estimates, as HDF5 to a name with .h5 and else as CSV. 1,000 paths each\n"
    "unless the claim or --paths says otherwise.\n"
    "Exit: as run, whatever the verdicts; 65 also for mistakes in a claim.\n"
    "Example: moniac claims --only 5 --paths 4000\n";

constexpr std::string_view hindcast_notes =
    "FOLDER, by default hindcasts, holds a YAML file for each past episode: a scenario, what\n"
    "came about with its source, and the random walk to beat; without one it is no change.\n"
    "Prints for each variable how many numbers lie in the central 50 and 90 % of the paths,\n"
    "and its CRPS over the benchmark's; of stated facts how many had more than one half (hits).\n"
    "-o writes each number and fact as CSV. 1,000 paths each unless the file or --paths says\n"
    "otherwise.\n"
    "Exit: as run, whatever the scores; 65 also for mistakes in a hindcast.\n"
    "Example: moniac hindcast --only yen_2022 --paths 4000 -o scorecard.csv\n";

constexpr std::string_view score_notes =
    "OBSERVED is a CSV file with the columns name, date and value: a variable with the number\n"
    "that it had on a date of the run (us.y10,2023-06-30,3.84), or an outcome of the scenario\n"
    "with no date and 1, 0 or the label of a bucket (recession,,0). The scenario, or the one\n"
    "in a result, is run again. Prints each number beside its forecast with its score (CRPS,\n"
    "probability integral transform) and that of no change, each variable over its dates, and\n"
    "each outcome with its Brier and log score; -o writes all as CSV.\n"
    "Exit: as run; 65 also for mistakes in OBSERVED.\n"
    "Example: moniac score fed_2022_hindcast.yaml observed.csv --paths 5000 -o scores.csv\n";

constexpr std::string_view reweight_notes =
    "VIEWS is a YAML file: what somebody holds to be true of probabilities, means, quantiles,\n"
    "standard deviations or correlations, exactly or as a bound. The paths are weighed so that\n"
    "all of it holds and the weights stay as near to equal ones as they can (entropy pooling).\n"
    "The scenario, or the one in a result, is run again: its paths are the same ones, whatever\n"
    "the result records. Prints what each view changes, the effective sample size, and the\n"
    "weighed outcomes and variables; -o writes them as a result file, with the weights.\n"
    "Exit: as run; 65 also for mistakes in VIEWS, and for views that no weights satisfy.\n"
    "Example: moniac reweight outlook.h5 views.yaml -o outlook_views.h5\n";

constexpr std::string_view mix_notes =
    "MIXTURE is a YAML file with the probabilities that somebody gives to scenarios or results:\n"
    "mix: {deal: {scenario: deal.yaml, probability: 60 %}, …}. All of them are run, drawn\n"
    "independently (the first with its seed, the next with one more): over the same steps, with\n"
    "the same outcomes and records. Prints each outcome in each scenario and mixed, and the\n"
    "outcomes and variables of the mixture; -o writes them as a result file, with the weight of\n"
    "each path.\n"
    "Exit: as run; 65 also for mistakes in MIXTURE.\n"
    "Example: moniac mix deal_or_not.mix.yml --paths 5000 -o deal_or_not.h5\n";

constexpr std::string_view validate_notes =
    "Says ok, or reports every mistake at its line with the remedy; the extreme cases of a\n"
    "scenario's sweep are checked as well.\n"
    "Exit: 0 all ok, 65 mistakes, 66 no input.\n"
    "Example: moniac validate scenarios/hello.yaml scenarios/rates/sweep_rule.yaml\n";

constexpr std::string_view plan_notes =
    "--drift runs one path without shocks, events and impositions, levers as at the start, for\n"
    "five years or to the end, and prints each variable that moves more than 0.3 of its\n"
    "standard deviation with shocks: a world at rest should stay put.\n"
    "Example: moniac plan scenarios/macro/baseline_2025.yaml --drift\n";

constexpr std::string_view describe_notes =
    "WHAT is a model (policy_rate), one of its parameters, inputs, outputs or shocks\n"
    "(policy_rate.phi_pi), or a variable (us.policy_rate): who produces and reads it.\n"
    "Example: moniac describe us.policy_rate\n";

constexpr std::string_view schema_notes =
    "docs/howto/editor.md tells how an editor checks and completes a scenario with it.\n"
    "Example: moniac schema > moniac.schema.json\n";

constexpr std::string_view info_notes = "Example: moniac info hello.h5\n";

constexpr std::string_view verify_notes =
    "Recomputes the SHA-256 of every array and of the contents as a whole, content_sha256;\n"
    "the latter is the same for any build, -j and --block.\n"
    "Exit: 0 all as written, 65 changed, damaged or no result, 66 no input.\n"
    "Example: moniac verify hello.h5\n";

constexpr std::string_view rerun_notes =
    "Simulates paths of a result again, from the scenario that it holds, and says whether they\n"
    "are what the file says of them. --trace prints the columns path (before it case, of a\n"
    "sweep), step, date, kind (variable, state, shock or draw), name, label, unit and value to\n"
    "standard output, or into the file of -o.\n"
    "Exit: 0 the same, 64 command line, 65 not the same, damaged or no result, 66 no input.\n"
    "Example: moniac rerun hello.h5 --path 4711 --trace -o path_4711.csv\n";

constexpr std::string_view export_notes =
    "Columns: variable, label, unit, date, step, mean, sd, se, min, max and q5, q50 … for\n"
    "the quantiles; with --outcomes: outcome, kind, condition, probability, se, low, high,\n"
    "hits, paths, undefined, of first passages censored and passage_q5, passage_q50 …, the\n"
    "dates by which so many percent of all paths have passed, and of buckets mean, mean_se,\n"
    "stated and unit. Without -o it goes to standard output.\n"
    "Example: moniac export hello.h5 --csv -o hello.csv\n";

constexpr std::string_view help_notes = "Without COMMAND: the list of commands.\n";

}  // namespace

const std::vector<CommandSpec>& commands() {
  static const std::vector<CommandSpec> specs = {
      {"run",
       "SCENARIO",
       1,
       1,
       "run a scenario and write its result file",
       {"output", "force", "restart", "shard", "keep-parts", "extend", "paths", "seed", "set", "threads", "block",
        "dry-run", "check-effects", "progress", "quiet", "verbose"},
       run_notes},
      {"sweep",
       "SCENARIO",
       1,
       1,
       "run the cases of a scenario's sweep and write them into one file",
       {"output", "force", "restart", "shard", "paths", "seed", "set", "threads", "block", "dry-run", "progress",
        "quiet"},
       sweep_notes},
      {"merge",
       "FILE",
       1,
       1,
       "join the shards of a run or sweep into its result file",
       {"force", "keep-parts", "threads", "quiet"},
       merge_notes},
      {"compare",
       "A B",
       2,
       2,
       "run two scenarios or results on the same paths and tell what differs",
       {"output", "force", "paths", "seed", "set", "threads", "block", "progress", "quiet"},
       compare_notes},
      {"attribute",
       "A B",
       2,
       2,
       "share the difference of two scenarios out among the inputs that differ",
       {"output", "force", "paths", "seed", "set", "group", "threads", "block", "progress", "quiet"},
       attribute_notes},
      {"claims",
       "[FOLDER]",
       0,
       1,
       "hold what others say against pairs of scenarios",
       {"output", "force", "paths", "only", "threads", "block", "markdown", "progress", "quiet"},
       claims_notes},
      {"hindcast",
       "[FOLDER]",
       0,
       1,
       "score the scenarios of past episodes against what came about",
       {"output", "force", "paths", "only", "threads", "block", "markdown", "progress", "quiet"},
       hindcast_notes},
      {"score",
       "SCENARIO OBSERVED",
       2,
       2,
       "hold a scenario or result against what came about",
       {"output", "force", "paths", "seed", "set", "threads", "block", "progress", "quiet"},
       score_notes},
      {"reweight",
       "SCENARIO VIEWS",
       2,
       2,
       "weigh the paths of a scenario or result so that stated views hold",
       {"output", "force", "paths", "seed", "set", "threads", "block", "progress", "quiet"},
       reweight_notes},
      {"mix",
       "MIXTURE",
       1,
       1,
       "mix scenarios or results with stated probabilities",
       {"output", "force", "paths", "seed", "set", "threads", "block", "progress", "quiet"},
       mix_notes},
      {"validate",
       "SCENARIO…",
       1,
       -1,
       "check scenarios without running them",
       {"paths", "seed", "set", "quiet"},
       validate_notes},
      {"plan",
       "SCENARIO",
       1,
       1,
       "print models in order, wiring, levers, shocks and memory",
       {"paths", "seed", "set", "drift"},
       plan_notes},
      {"list", "", 0, 0, "list the models", {"markdown"}, ""},
      {"describe", "WHAT", 1, 1, "describe a model, a parameter or a variable", {"markdown"}, describe_notes},
      {"schema",
       "[views|mixture]",
       0,
       1,
       "print the JSON Schema of scenario files, of views or of mixtures, for editors",
       {},
       schema_notes},
      {"info", "RESULT", 1, 1, "say what a result file holds and how it was made", {}, info_notes},
      {"verify", "RESULT…", 1, -1, "check that result files are what was written", {"rerun"}, verify_notes},
      {"rerun",
       "RESULT",
       1,
       1,
       "simulate single paths of a result again and show what happened on them",
       {"path", "case", "failed", "trace", "output", "force"},
       rerun_notes},
      {"export",
       "RESULT",
       1,
       1,
       "print the summaries of a result file for other programs",
       {"csv", "outcomes", "output", "force"},
       export_notes},
      {"version", "", 0, 0, "print the version, how it was built, and what this CPU can run", {}, ""},
      {"help", "[COMMAND]", 0, 1, "print help on a command", {}, help_notes},
  };
  return specs;
}

const CommandSpec* find_command(std::string_view name) {
  const auto found =
      std::find_if(commands().begin(), commands().end(), [&](const CommandSpec& c) { return c.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

const OptionSpec& option_spec(std::string_view name) {
  return *std::find_if(option_specs().begin(), option_specs().end(),
                       [&](const OptionSpec& option) { return option.name == name; });
}

}  // namespace moniac
