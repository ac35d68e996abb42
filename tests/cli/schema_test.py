"""The JSON Schema of `moniac schema` against the reader, in both directions, over every scenario there is.

    schema_test.py PROGRAM [UNITTEST ARGUMENT…]
"""

import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema
import yaml

PROGRAM = sys.argv.pop(1)
ROOT = Path(__file__).resolve().parents[2]
MALFORMED = ROOT / "tests" / "sim" / "scenario" / "malformed"

# Malformed files that a schema cannot refuse, and why:
#   yaml       it is no YAML, or of a kind that is gone once it is read (two equal keys, an alias, a tag)
#   spelling   the same number is also written in a way that the reader takes (1e6, 010, 0x10)
#   relation   two places of the file contradict each other, or a number depends on the step
#   elsewhere  another file is missing, wrong, or holds nothing of that name
#   unit       the range of a number that is written with a unit
UNSEEN = {
    "yaml": """anchor_and_alias closed_twice colon_missing_above colon_missing_in_item date_twice duplicate_key
               label_without_quotes list_as_key list_behind_key
               list_then_mapping lone_comma second_colon starts_with_percent tab_indentation tag text_behind_quotes
               two_documents unclosed_brace unclosed_bracket unclosed_quote unknown_escape""",
    "spelling": "number_hex number_huge number_inf number_nan number_octal paths_exponent paths_octal",
    "relation": """correlation_asymmetric correlation_twice date_outside dates_out_of_order event_names event_outside
                   event_overlap event_same_step long_run odd_horizon outcome_within outcome_loop outcome_itself outcome_gap_order
                   outcome_date_outside outcome_dates_order buckets_label_count record_every record_order
                   record_fractions record_outside record_quantile_order short_horizon trigger_same_name until_before
                   until_outside""",
    "elsewhere": """csv_cells csv_column csv_dates csv_empty csv_missing csv_ragged extends_folder extends_itself
                    extends_missing extends_other lever_null model_null outcome_unknown_part buckets_unnamed""",
    "unit": "max_failed_200 trigger_probability_percent",
}


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and `yes` are text. Two equal keys are no YAML."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(set(map(str, keys))) < len(keys):
            raise yaml.constructor.ConstructorError(None, None, "two equal keys", node.start_mark)
        return super().construct_mapping(node, deep)


def read_integer(loader, node):
    text = loader.construct_scalar(node)
    return int(text, {"0x": 16, "0o": 8}.get(text[:2], 10))


def read_float(loader, node):
    return float(re.sub(r"\.(inf|nan)$", r"\1", loader.construct_scalar(node).lower()))


for kind, pattern, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
     "-+0123456789."),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), list(first))
CoreLoader.add_constructor("tag:yaml.org,2002:int", read_integer)
CoreLoader.add_constructor("tag:yaml.org,2002:float", read_float)


def moniac(*words):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=60, check=False)


def output(*words):
    ended = moniac(*words)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


SCHEMA = json.loads(output("schema"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def refusal(text):
    """What the schema says against a scenario; None when it accepts it. "yaml" when there is nothing to ask about."""
    try:
        document = yaml.load(text, CoreLoader)
    except yaml.YAMLError:
        return "yaml"
    error = jsonschema.exceptions.best_match(VALIDATOR.iter_errors(document))
    return error and f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def as_text(value):
    """A value as a scenario writes it on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_text, value)) + "]"
    return str(value)


HEAD = """\
moniac: 1
time: {start: 2025-12-31, step: 1 month, horizon: 24 months}
ensemble: {paths: 64, seed: 1}
"""
MODELS = "models: {us.policy_rate: {}, us.curve: {supply: ou}}\n"
GOOD = HEAD + MODELS


def definition(model):
    return SCHEMA["definitions"]["model_" + model]


def parameters():
    """(model, parameter, its schema) for all that `moniac list` and `describe` know."""
    for line in output("list").splitlines():
        model = line.split()[0]
        text = output("describe", model, "--markdown")
        table = re.search(r"## Parameters\n\n(.*?)(?:\n\n|\Z)", text, re.S)
        for name in re.findall(r"^\| `(\w+)` \|", table[1] if table else "", re.M):
            yield model, name, definition(model)["properties"][name]


def forms(schema):
    """The alternatives of a parameter's value, without null."""
    inner = schema["anyOf"][0]
    return inner.get("anyOf", [inner])


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="moniac_schema_")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def read(self, *texts):
        """The reader's answer to each scenario, all in one process: its messages, or None when it accepts it."""
        files = [Path(self.folder.name) / f"{number}.yaml" for number in range(len(texts))]
        for file, text in zip(files, texts):
            file.write_text(text, encoding="utf-8")
        ended = moniac("validate", *files)
        self.assertIn(ended.returncode, (0, 65), ended.stderr)
        good = {line.split(": ok ")[0] for line in ended.stdout.splitlines()}
        lines = ended.stderr.splitlines()
        answers = [None if str(file) in good else [line for line in lines if line.startswith(f"{file}:")]
                   for file in files]
        self.assertNotIn([], answers)
        return answers

    def accepted(self, *texts):
        for text, answer in zip(texts, self.read(*texts)):
            self.assertIsNone(answer, text)
            self.assertIsNone(refusal(text), text)

    def refused(self, *texts):
        for text, answer in zip(texts, self.read(*texts)):
            self.assertIsNotNone(answer, f"accepted by the reader:\n{text}")
            self.assertIsNotNone(refusal(text), f"accepted by the schema:\n{text}")


class Files(Case):
    def files(self):
        folders = ["scenarios", "tests/sim/scenario/valid", "tests/install/example", "tests/sim/scenario/malformed"]
        return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.yaml"))]

    def test_what_the_reader_accepts_the_schema_accepts_so_what_it_refuses_is_refused(self):
        good = [line.split(": ok ")[0] for line in moniac("validate", *self.files()).stdout.splitlines()]
        self.assertGreaterEqual(len(good), 4)
        for file in good:
            self.assertIsNone(refusal(Path(file).read_bytes()), file)

    def test_every_scenario_of_the_documents_is_accepted(self):
        shown = re.compile(r"^```yaml\n((?:# \S+\.yaml\n)?moniac:.*?)^```", re.S | re.M)
        for page in sorted((ROOT / "docs").rglob("*.md")):
            for scenario in shown.findall(page.read_text(encoding="utf-8")):
                self.assertIsNone(refusal(scenario), page)

    def test_every_malformed_file_is_refused_unless_a_schema_cannot_see_its_mistake(self):
        reasons = {name: reason for reason, names in UNSEEN.items() for name in names.split()}
        files = sorted(MALFORMED.glob("*.yaml"))
        self.assertEqual(set(reasons) - {file.stem for file in files}, set(), "listed, but no such file")
        for file in files:
            said = refusal(file.read_bytes())
            seen = said not in (None, "yaml")
            if said == "yaml" and reasons.get(file.stem) != "yaml":
                self.fail(f"{file.name} is no YAML and not listed")
            if seen and file.stem in reasons:
                self.fail(f"{file.name} is listed as unseen ({reasons[file.stem]}), but refused: {said}")
            if said is None and file.stem not in reasons:
                self.fail(f"{file.name} is refused by the reader only: teach the schema, or list it with its reason")

    def test_every_scenario_names_a_schema_that_is_there_and_up_to_date(self):
        for file in sorted((ROOT / "scenarios").rglob("*.yaml")):
            line = file.read_text(encoding="utf-8").splitlines()[0]
            found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
            self.assertIsNotNone(found, file)
            self.assertEqual(json.loads((file.parent / found[1]).read_text(encoding="utf-8")), SCHEMA, file)


class Views(unittest.TestCase):
    def setUp(self):
        self.validator = jsonschema.Draft7Validator(json.loads(output("schema", "views")))

    def accepts(self, views):
        return self.validator.is_valid({"moniac": 1, "views": {"view": views}})

    def test_it_accepts_what_the_reader_accepts(self):
        jsonschema.Draft7Validator.check_schema(self.validator.schema)
        for view in ({"probability": "high", "is": "60 %"}, {"probability": {"any": {"us.y10": {"above": 1}}}, "at_most": 0.5},
                     {"mean": {"us.y10": {"diff_from": "start", "at": "2026-01-31"}}, "at_least": 1, "at_most": 2},
                     {"mean": "growth[low]", "is": 1}, {"quantile": "us.y10", "percent": 90, "is": "4 %/year"},
                     {"sd": "us.y10", "is": 1}, {"correlation": ["us.y10", {"us.y2": {"at": "2026-01-31"}}], "is": 0.5}):
            self.assertTrue(self.accepts(view), view)
        for file in sorted((ROOT / "scenarios").rglob("*.views.yml")):
            self.assertTrue(self.validator.is_valid(yaml.safe_load(file.read_text(encoding="utf-8"))), file)

    def test_it_refuses_what_the_reader_refuses(self):
        for view in ({"probability": "high"}, {"is": 1}, {"mean": "us.x", "sd": "us.x", "is": 1},
                     {"quantile": "us.x", "is": 1}, {"mean": "us.x", "percent": 50, "is": 1},
                     {"mean": "us.x", "is": 1, "at_most": 2}, {"correlation": ["us.x"], "is": 0}, {"means": "us.x", "is": 1}):
            self.assertFalse(self.accepts(view), view)


class Mixtures(unittest.TestCase):
    def setUp(self):
        self.validator = jsonschema.Draft7Validator(json.loads(output("schema", "mixture")))

    def accepts(self, **mix):
        return self.validator.is_valid({"moniac": 1, "mix": mix})

    def test_it_accepts_what_the_reader_accepts(self):
        jsonschema.Draft7Validator.check_schema(self.validator.schema)
        deal = {"scenario": "deal.yaml", "probability": "60 %"}
        self.assertTrue(self.accepts(deal=deal, none={"scenario": "none.h5", "probability": 0.4}))
        for file in sorted((ROOT / "scenarios").rglob("*.mix.yml")):
            self.assertTrue(self.validator.is_valid(yaml.safe_load(file.read_text(encoding="utf-8"))), file)

    def test_it_refuses_what_the_reader_refuses(self):
        deal = {"scenario": "deal.yaml", "probability": "60 %"}
        for other in ({"scenario": "b.yaml"}, {"probability": 0.4}, {**deal, "odds": 1}, "b.yaml", {**deal, "probability": []}):
            self.assertFalse(self.accepts(deal=deal, other=other), other)
        self.assertFalse(self.accepts(deal=deal))
        self.assertFalse(self.accepts(deal=deal, Other=deal))


class Schema(Case):
    def test_it_is_a_schema(self):
        self.assertEqual(SCHEMA["$schema"], "http://json-schema.org/draft-07/schema#")
        jsonschema.Draft7Validator.check_schema(SCHEMA)

    def test_every_reference_leads_to_a_definition(self):
        names = set(re.findall(r'"\$ref": "#/definitions/([^"]+)"', json.dumps(SCHEMA)))
        self.assertEqual(names - set(SCHEMA["definitions"]), set())
        self.assertEqual(set(SCHEMA["definitions"]) - names, set(), "no one refers to these")

    def test_each_model_and_parameter_is_listed_with_what_describe_says(self):
        found = list(parameters())
        self.assertGreater(len(found), 50)
        models = {line.split()[0] for line in output("list").splitlines()}
        self.assertEqual(set(SCHEMA["definitions"]["model"]["anyOf"][0]["enum"]), models)
        for model, name, schema in found:
            doc = next(line for line in output("describe", f"{model}.{name}").splitlines()).split(": ", 1)[1]
            self.assertTrue(schema["description"].startswith(doc), (model, name))

    def test_inputs_are_listed(self):
        inputs = definition("policy_rate")["properties"]["inputs"]["anyOf"][0]["properties"]
        self.assertEqual(inputs["inflation"]["x-unit"], "%/year")

    def test_a_parameter_that_only_one_choice_has_is_listed(self):
        self.assertIn("lpr5y_spread", definition("curve_simple")["properties"])
        self.accepted(HEAD + "models: {cn.policy_rate: {}, cn.curve_simple: {lpr5y_spread: 1 pp}}\n")


class Parameters(Case):
    def scenario(self, model, name, value):
        return HEAD + f"models:\n  us.x: {{model: {model}, {name}: {as_text(value)}}}\n"

    def both(self, trials):
        """For each (model, parameter, value): what the reader says of this parameter, and what the schema says."""
        trials = list(trials)
        texts = [self.scenario(*trial) for trial in trials]
        for trial, text, answer in zip(trials, texts, self.read(*texts)):
            with self.subTest(trial=trial):
                yield [line for line in answer or [] if f"error: {trial[1]} " in line], refusal(text)

    def test_each_default_in_its_unit_is_accepted_by_both(self):
        trials = [(model, name, schema["default"]) for model, name, schema in parameters()
                  if schema.get("default") not in (None, [])]
        for read, said in self.both(trials):
            self.assertEqual((read, said), ([], None))

    def test_a_number_outside_its_range_is_refused_by_both(self):
        steps = {"minimum": -1, "maximum": 1, "exclusiveMinimum": 0, "exclusiveMaximum": 0}
        trials = [(model, name, form[bound] + step) for model, name, schema in parameters() for form in forms(schema)
                  for bound, step in steps.items() if bound in form]
        self.assertGreater(len(trials), 15)
        for read, said in self.both(trials):
            self.assertTrue(read)
            self.assertIsNotNone(said)

    def test_the_sign_of_a_quantity_is_seen_by_both(self):
        wrong = [("volatility", "-110 bp/year^0.5"), ("volatility", "-0.5 bp/year^0.5"), ("speed", "0 1/year"),
                 ("speed", "-0 1/year"), ("speed", "0")]
        for read, said in self.both(("short_rate", *trial) for trial in wrong):
            self.assertTrue(read)
            self.assertIsNotNone(said)
        right = [("volatility", "-0.0 bp/year^0.5"), ("volatility", "0"), ("speed", "0.01 1/year")]
        for read, said in self.both(("short_rate", *trial) for trial in right):
            self.assertEqual((read, said), ([], None))

    def test_what_is_of_another_kind_is_refused_by_both(self):
        self.refused(*(self.scenario(model, name, "{a: 1}") for model, name, _ in parameters()))

    def test_a_misspelt_name_is_refused_by_both(self):
        models = sorted({model for model, _, _ in parameters()})
        self.refused(*(self.scenario(model, "spede", 1) for model in models))
        self.refused(*(self.scenario(model, "inputs", "{inflatoin: 1 %}") for model in models))
        self.refused(self.scenario("policy_rte", "phi_pi", 1), HEAD + "models: {us.policy_rte: {phi_pi: 1}}\n")


class Units(Case):
    """The schema's patterns are the reader's grammar of numbers and units."""

    def lever(self, text):
        return GOOD + f"levers: {{us.inflation: {text}}}\n"

    def test_both_understand_the_same_units(self):
        words = ["%", "bp", "pp/year", "%/year", "% per year", "%/yr", "1/year %", "bp/quarter", "% · 1/year",
                 "%*1/year", "%  /  year", "%year^-1", "2 %", "% /year/", "/year", "*%", "%/1", "%^2", "%/year^",
                 "%/year^-", "%%", "%/year^1", "%/year^1.0", "%/year^0", "%/year^-0", "%/sqrt(year)", "%/sqrt(year",
                 "√(year)%/year^1.5", "bnyear", "bn %/year", "%/bn", "%/(year)", "%/yaer", "per year %", "percent per year", "per cent",
                 "1/year", "1year", "share/year", "% year^-1", "%/year 1", "pp / year", "per", "sqrt(bn)"]
        texts = [self.lever(number + word) for word in words for number in ("2", "2.5 ", "-.5", "+2. ", "2e-1 ")]
        for text, read in zip(texts, self.read(*texts)):
            unit_is_known = read is None or "cannot be converted" in read[0]
            self.assertEqual(refusal(text) is None, unit_is_known, text)

    def test_both_understand_the_same_numbers(self):
        numbers = ["2", "-2", "+2", ".5", "5.", "0.5", "1e3", "1.5e-3", "00", "01", "-010", "1_000", "1,5", "0x1",
                   "1.2.3", "1e", "e1", "--1", "+-1", "1:30", "half", "−1", "nan", "inf"]
        texts = [self.lever(number + " %/year") for number in numbers]
        for text, read in zip(texts, self.read(*texts)):
            self.assertEqual(refusal(text) is None, read is None, text)

    def test_a_currency_is_refused_where_none_is_meant_by_both(self):
        for value in ("2 USD", "3 USD bn/year", "1 bn JPY/year"):
            self.refused(HEAD + f"models: {{us.policy_rate: {{i0: {value}}}}}\n")
        self.refused(HEAD + "models: {us.policy_rate: {phi_pi: 2 1/year}}\n")
        self.refused(HEAD + "models: {us.policy_rate: {phi_pi: 2 USD}}\n")
        self.accepted(HEAD + "models: {us.policy_rate: {phi_pi: 150 %}}\n")
        self.accepted(HEAD + "models: {us.policy_rate: {i0: 4 % USD/USD}}\n")

    def test_a_length_of_time_needs_its_unit_in_both(self):
        right = ["24 months", "2 years", "2yr", "2 y", "24e0 months", "24. months", "8 quarters"]
        wrong = ["24", "24 %", "24 USD", "-2 years", "0 months", "0.0 years", "two years", "024 months"]
        self.accepted(*(GOOD.replace("24 months", length) for length in right))
        self.refused(*(GOOD.replace("24 months", length) for length in wrong))

    def test_a_step_is_a_whole_number_of_units_in_both(self):
        right = ["1 month", "1month", "3 months", "1 quarter", "1.0 month", "1e0 month", "2 weeks", "+1 year"]
        wrong = ["1", "month", "0 months", "0.5 months", "-1 month", "1001 days", "1 fortnight", "01 month", "1 USD"]
        four_steps = GOOD.replace("horizon: 24 months", "steps: 4")
        self.accepted(*(four_steps.replace("1 month", step) for step in right))
        self.refused(*(four_steps.replace("1 month", step) for step in wrong))


class Structure(Case):
    def test_names_are_the_same_in_both(self):
        right = ["us.a", "us.a_1", "u.b2"]
        wrong = ["us", "us.", ".a", "US.a", "us.A", "us.a-b", "1us.a", "us.a.b", "models.a", "record.a", "us.a b"]
        self.accepted(*(HEAD + f"models: {{{name}: {{model: short_rate}}}}\n" for name in right))
        self.refused(*(HEAD + f"models: {{{name}: {{model: short_rate}}}}\n" for name in wrong))

    def test_variables_are_the_same_in_both(self):
        wrong = ["policy_rate", '"us.policy_rate["', '"us.policy_rate[]"', '"us.policy_rate[a,]"', "us.Policy"]
        self.accepted(GOOD + "outcomes: {o: {any: {us.policy_rate: {above: 1 %/year}}}}\n")
        self.refused(*(GOOD + f"outcomes: {{o: {{any: {{{name}: {{above: 1 %/year}}}}}}}}\n" for name in wrong))
        self.refused(*(GOOD + f"record: {{variables: [{name}]}}\n" for name in wrong))

    def test_names_of_outcomes_are_the_same_in_both(self):
        outcome = "{any: {us.policy_rate: {above: 1 %/year}}}"
        self.accepted(*(GOOD + f"outcomes: {{{name}: {outcome}}}\n" for name in ("o", "o_1")))
        self.refused(*(GOOD + f"outcomes: {{{name}: {outcome}}}\n" for name in ("O", "1o", "o-p", "o.p")))

    def test_dates_are_the_same_in_both(self):
        right = ["2024-02-29", "2000-02-29", "2025-12-31", "2025-04-30", "1999-01-01"]
        wrong = ["2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-1-1", "25-01-01",
                 "2025-12-31T00:00", "20251231", "soon", "2025"]
        self.accepted(*(GOOD.replace("2025-12-31", date) for date in right))
        self.refused(*(GOOD.replace("2025-12-31", date) for date in wrong))

    def test_unknown_keys_are_refused_in_every_mapping_by_both(self):
        self.refused(GOOD + "outcome: {}\n")
        self.refused(GOOD.replace("step:", "steep:"))
        self.refused(GOOD.replace("{paths", "{threads: 2, paths"))
        self.refused(GOOD + "levers: {us.inflation: {values: {2026-01-31: 2 %/year}, intrepolate: linear}}\n")
        self.refused(GOOD + "events: [{at: 2026-01-31, set: {us.inflation: 2 %/year}, until: 2026-02-28}]\n")
        self.refused(GOOD + "outcomes: {o: {any: {us.policy_rate: {over: 1 %/year}}}}\n")
        self.refused(GOOD + "outcomes: {o: {any: {us.policy_rate: {above: 1 %/year}}, of: 1}}\n")
        self.refused(GOOD + "record: {variable: [us.policy_rate]}\n")

    def test_every_section_in_its_forms_is_accepted_by_both(self):
        self.accepted(*(GOOD + text for text in (
            "title: 2026\ndescription: true\n",
            "title:\nlevers:\nevents: null\nimpose: ~\noutcomes:\nrecord:\ncorrelations:\nextends:\n",
            "levers: {us.inflation: 2 %/year}\n",
            "levers: {us.inflation: {2026-01-31: 2 %/year, 2026-06-30: 0}}\n",
            "levers: {us.inflation: {interpolate: linear, values: {2020-01-31: 2 %/year}}}\n",
            "levers: {us.inflation: {values: 2 %/year}}\n",
            "impose: {us.policy_rate: {values: {2026-01-31: 4 %/year}, until: 2026-06-30}}\n",
            "events: [{at: 2026-01-31, set: {us.inflation: 2 %/year}, multiply: {us.output_gap: 2}, for: 3 months, "
            "name: a}]\n",
            "events: []\n",
            "events: [{name: a, when: {us.y10: {above: 5 %/year}}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {us.y10: {above: 5 %/year, crosses_up: 1 bp}, us.y2: {below: 0}, for: 2 months, "
            "cooldown: 6 months, probability: 50 %, at_most: 3, off: {us.y10: {below: 4 %/year}}}, delay: 1 month, "
            "for: 1 year, release: {us.y10: {below: 3 %/year}}, add: {us.inflation: 1 pp/year}}]\n",
            "record: {trigger_log: all}\n", "record: {trigger_log: none}\n", "record: {trigger_log: 100}\n",
            "outcomes: {o: {run: {us.policy_rate: {above: 1 %/year, below: 9 %/year}}, for: 3 months, "
            "within: 1 year}}\n",
            "outcomes: {o: {any: {or: [{us.y10: {change: 6 months, above: 1 pp}}, {not: {us.y2: {mean: 1 year, below: "
            "0}}}], and: [{us.y10: {ratio: us.y2, above: 1}}, {us.y10: {ratio: start, at: 2026-06-30, above: 90 %}}, "
            "{us.y10: {ratio: 3 months, below: 1}}]}}}\n",
            "outcomes: {a: {all: {us.y10: {diff_from: 2026-01-31, below: 1 pp}}}, b: {any: {us.y10: {drawdown: relative, "
            "above: 10 %}}}, c: {sequence: [a, {not: b}, {or: [a, b]}], gap: {at_least: 1 month, at_most: 1 year}, "
            "within: 18 months}, d: {and: [a, b]}}\n",
            "outcomes: {o: {buckets: {us.y10: {edges: [3 %/year, 5 %/year]}}}, p: {not: \"o[below 3 %/year]\"}}\n",
            "outcomes: {o: {buckets: {us.y10: {change: 1 year, at: 2027-06-30, edges: [0], labels: [down, up]}}}}\n",
            "events: [{name: a, when: {or: [{us.y10: {above: 5 %/year}}, {not: {us.y2: {drawdown: absolute, above: 1 "
            "pp}}}], for: 2 months, off: {not: {us.y10: {above: 1 %/year}}}}, set: {us.inflation: 0}, release: {and: "
            "[{us.y10: {below: 1 pp}}, {us.y2: {above: 0}}]}}]\n",
            "record: {variables: [us.policy_rate, us.y10], dates: every 3 months, quantiles: [0.5, 50, 99.5], "
            "quantile_method: sketch, paths: 10, path_precision: float32}\n",
            "record: {variables: [], dates: [2026-01-31], paths: all}\n",
            "record: {dates: end, paths: none, path_precision: float64}\n",
        )))

    def test_wrong_forms_are_refused_by_both(self):
        self.refused(*(GOOD + text for text in (
            "title: [a]\n", "events: {}\n", "levers: []\n", "record: all\n", "outcomes: [a]\n",
            "levers: {us.inflation: }\n", "levers: {us.inflation: {}}\n", "levers: {us.inflation: {values: {}}}\n",
            "levers: {us.inflation: {interpolate: linear}}\n", "levers: {us.inflation: {csv: a.csv}}\n",
            "levers: {us.inflation: '2 %/yaer'}\n", "levers: {us.inflation: {2026-01-31: [1]}}\n",
            "levers: {us.inflation: {csv: a.csv, column: a, until: 2026-01-31}}\n",
            "events: [{at: 2026-01-31}]\n", "events: [{set: {us.inflation: 2 %/year}}]\n", "events: [null]\n",
            "events: [{at: , set: {us.inflation: 2 %/year}}]\n",
            "events: [{at: 2026-01-31, multiply: {us.output_gap: 2 1/year}}]\n",
            "events: [{at: 2026-01-31, set: {us.inflation: 2 %/year}, name: 'A b'}]\n",
            "events: [{when: {us.y10: {above: 1 bp}}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {for: 2 months}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {us.y10: {above: 1 bp}, at_most: 0}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {us.y10: {above: 1 bp}, probability: 2}, set: {us.inflation: 2 %/year}}]\n",
            "events: [{name: a, when: {us.y10: {above: 1 bp}, of: {us.y10: {below: 1 bp}}}, set: {us.inflation: 0}}]\n",
            "events: [{name: a, when: {us.y10: {above: 1 bp}}, at: 2026-01-31, set: {us.inflation: 0}}]\n",
            "events: [{at: 2026-01-31, delay: 1 month, set: {us.inflation: 0}}]\n",
            "events: [{at: 2026-01-31, release: {us.y10: {above: 1 bp}}, set: {us.inflation: 0}}]\n",
            "record: {trigger_log: 0}\n",
            "outcomes: {o: {}}\n", "outcomes: {o: {any: {}}}\n", "outcomes: {o: {any: {us.y10: {}}}}\n",
            "outcomes: {o: {run: {us.y10: {above: 5 %/year}}}}\n", "outcomes: {o: }\n",
            "record: {dates: monthly}\n", "record: {dates: every month}\n", "record: {dates: 'every  3 months'}\n",
            "record: {quantiles: [0]}\n", "record: {quantiles: [5 %]}\n", "record: {paths: 0}\n",
            "record: {paths: 1.5}\n", "record: {paths: }\n", "record: {path_precision: float16}\n",
            "correlations: [{shocks: [us.a/x, us.b/y]}]\n", "correlations: [{shocks: us.a/x, matrix: [[1]]}]\n",
        )))

    def test_a_scenario_that_extends_another_may_be_partial_and_take_things_out(self):
        (Path(self.folder.name) / "base.yaml").write_text(
            GOOD.replace("policy_rate: {", "policy_rate: {phi_pi: 2") +
            "levers: {us.inflation: 2 %/year}\nrecord: {quantiles: [5]}\n", encoding="utf-8")
        self.accepted(*(
            "extends: base.yaml\n",
            "extends: base.yaml\nmodels: {us.policy_rate: {phi_pi: null}}\n",
            "extends: base.yaml\nlevers: {us.inflation: null}\nrecord: {quantiles: null}\n",
            "extends: base.yaml\ntime: {steps: 3}\nensemble: {seed: 2}\n",
            "extends: base.yaml\ntime: {horizon: null, steps: 3}\n",
        ))
        self.refused(*(
            "extends: base.yaml\nmodels: {us.curve: 3}\n",
            "extends: base.yaml\nmodels: {us.policy_rate: {phi_pie: 1}}\n",
            "extends: base.yaml\ntime: {steps: 3, horizon: 3 months}\n",
            "extends: base.yaml\ntime: null\n",
            "extends: base.yaml\nensemble: {seed: null}\n",
            "extends: base.yaml\noutcomes: {o: {within: 3 months}}\n",
            "extends: null\nlevers: {us.inflation: null}\n",
        ))

    def test_without_extends_nothing_may_be_missing_or_null(self):
        lines = GOOD.splitlines(keepends=True)
        self.refused(*(GOOD.replace(line, "") for line in lines))
        self.refused(*(GOOD.replace(line, line.split(":")[0] + ":\n") for line in lines))
        words = ["start: 2025-12-31, ", "step: 1 month, ", ", horizon: 24 months", "paths: 64, ", ", seed: 1"]
        self.refused(*(GOOD.replace(word, "") for word in words))
        self.refused(HEAD + "models: {us.policy_rate: {phi_pi: null}}\n")
        self.refused(HEAD + "models: {us.policy_rate: null}\n")
        self.refused(HEAD + "models: {us.policy_rate: {inputs: null}}\n")
        self.refused(HEAD + "models: {us.policy_rate: {inputs: {inflation: null}}}\n")

    def test_the_model_of_an_instance_may_be_another_than_its_name_says(self):
        self.accepted(HEAD + "models: {us.curve: {model: policy_rate, phi_pi: 2}}\n")
        self.refused(HEAD + "models: {us.curve: {model: policy_rate, par: true}}\n")
        self.refused(HEAD + "models: {us.policy_rate: {model: 5}}\n")


if __name__ == "__main__":
    unittest.main()
