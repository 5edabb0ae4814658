#!/usr/bin/env python3
"""Composes random trees and overrides with an installed Hydra and with codex, and reports where they differ.

    pip install hydra-core==1.3.2
    swift build -c release --product codex-bench
    python benchmarks/interop/fuzz_composition.py .build/release/codex-bench --cases 10000 --seed 1

Both compose the same files under the same overrides; compared are the YAML that `--cfg job` prints, the choices, and
the YAML of `--cfg job --resolve`. Where Hydra refuses, codex must refuse. The differences that
docs/reference/composition.md lists are counted apart, by name. Exits 1 if there are others, also if the control passes:
answers of codex that were altered must be noticed. Without Hydra it says SKIPPED on standard error and exits 77.
"""
import argparse
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")

GROUPS = ["db", "srv", "opt", "db/engine", "srv/site", "combo"]
OPTIONS = {group: ["a", "b", "c"] for group in GROUPS} | {"combo": ["a_a", "a_b", "b_a", "b_c"]}
KEYS = ["p", "q", "r", "s", "k", "l", "m", "top"]
PACKAGES = ["_here_", "_global_", "_group_", "pk", "foo.bar", "_global_.z", "_group_.x", "n", "_here_.h", "_name_", "", "a-b",
            "_global_._global_", "foo._group_"]
HEADERS = ["# @package _global_", "# @package foo.bar", "# @package zz", "# @package _global_.y", "#@package pk", "# @package",
           "# @package  pk ", "# @package _global_\n# @package zz", "# c\n# @package pk", "# @package _here_", "#  @package n",
           "# @package pk  # c", "# @package: pk", "# @package _global_\n\n", "# @PACKAGE pk"]
ENVIRONMENT = {"FUZZ_A": "1", "FUZZ_B": "x y"}

PLAIN = """0 1 -1 +1 12 1_000 0x1F 0b11 017 0o17 08 1.5 .5 1. 1e3 1e-5 1E5 12e03 -.5 .inf -.inf .nan inf nan 1:30 12:30:45
    1:30.5 true True TRUE tRue yes no on off y n null Null ~ '' x abc a-b a_b a/b a.b 2020-01-01 1.2.3 '1' '1e3' 'yes'
    "a\\tb" 'it''s' v1 +x -x .x ??? 1__0 0.0 -0 -0.0 1e400 100000000000000000000.0 0.1 1e22 123456789.123 10:5
    ${p} ${q} ${.r} ${..p} ${db.p} ${n.k} ${m.s} ${l.0} ${l[1]} ${.} ${zz} x${p} ${p}${q} v_${top} ${db.${s}} ${n[k]} ${oc.env:FUZZ_A}
    ${oc.env:NOPE,d} ${oc.env:NOPE} ${oc.select:p} ${oc.select:zz} ${oc.select:zz,3} ${oc.select:n.k,null}
    ${oc.select:.q,7} ${oc.decode:${r}} ${oc.dict.keys:n} ${oc.dict.values:m} ${oc.deprecated:p} ${oc.create:{a:1}}
    ${oc.create:[1,2]} ${db} ${n} ${l} ${m} ${srv.site} ${oc.env:FUZZ_B,zz}""".split()
ODD_ENTRIES = ["hydra/job_logging: none", "override hydra/job_logging: disabled", "override hydra/hydra_logging: none", "{db: a}",
               "{}", "db", "[db]", "_self_: x", "/db/a", "db/a@pk", "db/", "/", "optional db/b", "optional zz: a", "optional db: zz",
               "override db", "override _self_", "db: a b", "db: 1", "db: true", "db: {a: b}", "db: [a, a]", "db@: a",
               "db@pk@n: a", "db@pk:n: a", "OPTIONAL db: a", "optional override db: a", "override optional db: a", "db : b",
               "'db': 'b'", "db: ''", "''", "null", "1", "db/engine/a", "opt: [${db}, b]", "combo: ${db}_${srv}",
               "combo: ${db@pk}_a", "combo: ${zz}_a", "opt: ${opt}", "opt: ${oc.env:FUZZ_A}", "opt: x${db", "_self_@pk: 1",
               "db@_global_: a", "srv@db: b", "config", "/config", "db/../db/a", "db@${n}: a", "@pk: a"]
QUOTED = [
    "'\\${p}'", "'\\\\${p}'", '"x: y"', "'#'", "'a b'", "' lead'", "'${oc.decode:\"[1, 2]\"}'", "'${oc.env:NOPE, a b}'",
    "'${oc.select: p , 1}'", "'${ p }'", "'${oc.select:\"p\"}'", "'${oc.create:{a: 1, b: [x, ${p}]}}'", "'a ${p} b'",
    "'${oc.decode:null}'", "'${oc.select:zz,[1,{a:b}]}'", "'${oc.select:zz,\"q ${p}\"}'", "'${..m.k}'", "'${n.${s}.k}'",
]
ODD = ["!!str 1", "&a 1", "|-\n        x\n        y", ">\n        x\n        y\n", "{<<: {k: 1}, l: 2}", "'a\n\n        b'", "\"\\u00e9\\n\"", "é", "日本",
       "'${n.${s}}'", "${${q}}", "${n.${m.${s}}}", "'${oc.select:n.${s}}'", "'${oc.select:${s},${p}}'", "${l.${p}}", "'${l[${p}]}'",
       "${...p}", "${....p}", "${..}", "${.k}", "'${oc.dict.values:n}'", "'${oc.dict.keys:${s}}'", "'${oc.decode:\"{a: [1, x]}\"}'",
       "'${oc.decode:\"1e3\"}'", "'${oc.decode: }'", "'${oc.create:\"a: 1\"}'", "'${oc.env:FUZZ_A,${p}}'", "'${oc.deprecated:n.k,\"m $KEY\"}'",
       "'\\\\\\${p}'", "'a\\\\${p}'", "'${p}\\${q}'", "'$p'", "'$${p}'", "'${p'", "'${'", "'${}'", "'${a b}'", "'${p}}'", "'{${p}}'",
       "[[], {}, [[1]]]", "{k: {l: {m: {}}}}", "{0: x, 1: y}", "[???]", "{k: ???}", "[null, ~, '']", "1_2.5", "0b2", "0x", "1e", "+.inf",
       "-.5e3", "1.e+3", "00", "0o8", "190:20:30", "1:60", "-1:30", "2020-01-01 10:00:00", "=", "'<<'", "'~'", "'null'", "'0x1F'", "'1:30'"]
LONG = "'" + " ".join(["word"] * 30) + "'"


PIECES = """a b 1 2 0 . - + _ : , = ( ) [ ] { } ' " ' " \\ \\' \\" \\\\ \\, \\= \\( \\) \\[ \\{ \\: $ ${ } ${p} ${n.k} ${oc.env:FUZZ_A} / @ ~ # % ! & * | ? <
    null true inf nan 1e3 0x1 é int( str( choice( range( sort( [1,2] {k:1} {k:v,l:[]} 'a' "b" 'a,b' "it's" x y""".split() + [" ", " ", "  ", "\t"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, share):
        return self.random.random() < share

    # Files

    def scalar(self):
        roll = self.random.random()
        if roll < 0.45:
            return self.pick(["1", "2", "x", "y", "true", "null", "2.5", "'1e3'", "'yes'", "a", "b", "k"])
        if roll < 0.9:
            return self.pick(PLAIN)
        if roll < 0.96:
            return self.pick(ODD)
        return self.pick(QUOTED) if roll < 0.99 else LONG

    def flow_scalar(self):
        while True:
            text = self.scalar()
            if text[0] == "'" or text[0] == '"' or not any(mark in text for mark in ",[]{}"):
                return text

    def value(self, indent, depth):
        """The text after `key:` or `-`, with its line ends."""
        roll = self.random.random()
        if depth > 2 or roll < 0.72:
            return " " + self.scalar() + "\n"
        if roll < 0.77:
            return " [" + ", ".join(self.flow_scalar() for _ in range(self.random.randint(0, 3))) + "]\n"
        if roll < 0.81:
            keys = self.random.sample(KEYS, self.random.randint(0, 3))
            return " {" + ", ".join(f"{key}: {self.flow_scalar()}" for key in keys) + "}\n"
        pad = " " * indent
        if roll < 0.87:
            count = self.random.randint(1, 3)
            return "\n" + "".join(f"{pad}- {self.value(indent + 2, depth + 1).lstrip()}" if depth > 1 or self.chance(0.7)
                                  else f"{pad}-{self.item(indent, depth)}" for _ in range(count))
        return "\n" + self.mapping(indent, depth + 1)

    def item(self, indent, depth):
        keys = self.random.sample(KEYS, self.random.randint(1, 2))
        pad = " " * (indent + 2)
        first, *rest = keys
        return f" {first}: {self.scalar()}\n" + "".join(f"{pad}{key}: {self.scalar()}\n" for key in rest)

    def mapping(self, indent, depth, minimum=1):
        keys = self.random.sample(KEYS + ["'n'", "m"], self.random.randint(minimum, 4))
        if self.chance(0.04):
            keys.append(self.pick(["'a.b'", "a-b", "a/b", "é", "'a b'", "_x", "hydra", "db", "srv", "n", "opt", "'@'", "k1"]))
        keys = list(dict.fromkeys(keys))
        return "".join(f"{' ' * indent}{key}:{self.value(indent + 2, depth)}" for key in keys)

    def entry(self, group, primary):
        """A line of a defaults list in a config of `group`."""
        roll = self.random.random()
        if roll < 0.12:
            return "_self_"
        absolute = self.chance(0.6) or group == ""
        target = self.pick(GROUPS)
        name = ("/" if absolute and group else "/" if absolute and self.chance(0.3) else "") + target
        package = f"@{self.pick(PACKAGES)}" if self.chance(0.25) else ""
        option = self.pick(OPTIONS[target])
        if self.chance(0.01):
            option = "zz"
        if roll < 0.2:
            return f"{name}/{option}{package}"
        keyword = "override " if self.chance(0.05) else "optional " if self.chance(0.1) else ""
        roll = self.random.random()
        if roll < 0.02:
            option = "???"
        elif roll < 0.1:
            option = "null"
        elif roll < 0.2:
            option = "[" + ", ".join(self.random.sample(OPTIONS[target], self.random.randint(0, 2))) + "]"
        elif roll < 0.23:
            option = self.pick(["engine/a", "site/b", "${..db}", "${db}", "${db}_${srv}", "${db/engine}", "${db@pk}", "${opt}", "${.db}"])
        return f"{keyword}{name}{package}: {option}"

    def override_entry(self, group, entries):
        """An `override` of what was likely chosen here or below."""
        chosen = [entry.split(": ")[0].removeprefix("optional ") for entry in entries if ": " in entry]
        target = self.pick(chosen) if chosen and self.chance(0.5) else self.pick(["/", "", "/"]) + self.pick(GROUPS)
        if self.chance(0.2):
            target = target.split("@")[0] + f"@{self.pick(PACKAGES)}"
        options = OPTIONS.get(target.strip("/").split("@")[0], ["a", "b", "c"])
        option = self.pick([self.pick(options)] * 4 + ["null", "[a, b]", "[]", "${db}", "???", "zz"])
        return f"override {target}: {option}"

    def config(self, group):
        text = ""
        if group and self.chance(0.12):
            text += self.pick(HEADERS[:4] if self.chance(0.7) else HEADERS) + "\n"
        if self.chance(0.85 if group == "" else 0.2):
            entries = [self.entry(group, group == "") for _ in range(self.random.randint(1, 4 if group == "" else 2))]
            if self.chance(0.9):
                entries = [entry for entry in dict.fromkeys(entries) if not entry.startswith("override")]
            if self.chance(0.2):
                entries.append(self.override_entry(group, entries))
            if self.chance(0.02):
                entries.insert(self.random.randint(0, len(entries)), self.pick(ODD_ENTRIES))
            entries.sort(key=lambda line: line.startswith("override") and self.chance(0.9))
            text += "defaults:\n" + "".join(f"- {entry}\n" for entry in entries)
        if self.chance(0.03) and not text:
            return self.pick(["", "{}\n", "# only a comment\n"])
        return text + (self.mapping(0, 0) if self.chance(0.92) else "")

    def tree(self):
        files = {"config.yaml": self.config("") + ("top: 1\n" if self.chance(0.5) else "")}
        for group in GROUPS:
            for option in OPTIONS[group]:
                files[f"{group}/{option}.yaml"] = self.config(group)
        return files

    # Overrides

    def override_value(self):
        roll = self.random.random()
        if roll < 0.5:
            return self.pick(["1", "x", "true", "null", "2.5", "", "'1'", "???", "yes", "012", "1e3", "[1,2]", "{k: 1}"])
        if roll < 0.62:
            return self.pick(["[]", "{}", "[a,{k: v}]", "{s: {k: 2}, p: x}", "[[1],[]]", "{m: [1]}", "{k: ${p}}", "[${p}]"])
        if roll < 0.74:
            return self.pick(["${p}", "${db.p}", "x${q}", "'${oc.select:zz,1}'", "${oc.env:FUZZ_A}", "${.q}", "'${'", "${zz}"])
        if roll < 0.9:
            return self.pick(["int(3.7)", "str(1)", "sort([3,1,2])", "float(1)", "bool(1)", "int('4')", "str([1,x])",
                              "int({k: '1'})", "sort([b,a],reverse=true)", "int(x)", "1,2", "choice(1)"])
        if roll < 0.95:
            return self.pick(["'a b'", "a b", "a\\,b", '"q"', "a:b", "1_000", ".5", "-x", "a=b", "é", "#"])
        return self.words()

    def words(self):
        """Random text in the alphabet of the override grammar."""
        return "".join(self.pick(PIECES) for _ in range(self.random.randint(1, 6)))

    def dotted(self):
        if self.chance(0.03):
            return self.pick(["a-b", "a/b", "a.b.c.d", "p.", ".p", "p..q", "p[0]", "l[0]", "l.-1", "l.x", "l.00", "é", "a b", "_x", "$p", "hydra.x",
                              "n.k.", "1", "1.2", "db.a-b", "p@q", "k1", "p:q", "'p'", "", "-", "null", "true", "n.null", "n.true"])
        parts = [self.pick(KEYS + ["n", "db", "srv", "0", "1"]) for _ in range(self.pick([1, 1, 1, 2, 2, 3]))]
        if self.chance(0.2):
            parts.insert(0, self.pick(["db", "srv", "opt", "pk", "foo"]))
        return ".".join(parts)

    def override(self, tree):
        roll = self.random.random()
        prefix = self.pick(["", "", "", "+", "+", "++", "~"])
        if roll < 0.3:
            used = [group for group in GROUPS if f"{group}: " in tree["config.yaml"] or f"{group}@" in tree["config.yaml"]]
            is_used = used and self.chance(0.8)
            group = self.pick(used if is_used else GROUPS)
            prefix = self.pick(["", "", "", "~"]) if is_used else self.pick(["+", "+", "+", "", "++"])
            packages = ["pk", "_global_", "foo.bar", "", "zz", "n", "db", "_here_", "_group_", "_global_.z", "pk:n", ":pk"]
            key = group + (f"@{self.pick(packages)}" if self.chance(0.15) else "")
            if used and self.chance(0.1):
                written = [line.split(": ")[0].split()[-1].strip("/") for line in tree["config.yaml"].split("\n")
                           if line.startswith("- ") and "@" in line and ": " in line]
                key = self.pick(written) if written else key
            if prefix == "~" and self.chance(0.6):
                return f"~{key}"
            value = self.pick(OPTIONS[group] + (["zz", "null", "[a,b]", "'a'", "[]", "{k: 1}", "", "[a]", "[b,b]", "${db}", "true", "1", "a b", "/a", "engine/a", "[null]", "???"] if self.chance(0.2) else []))
            return f"{prefix}{key}={value}"
        present = [line.split(":")[0] for line in tree["config.yaml"].split("\n") if line[:1].isalpha() and line[:3] != "def"]
        key = self.pick(present) if present and self.chance(0.5) else self.dotted()
        if prefix in ("", "~") and self.chance(0.6):
            prefix = "++" if key not in present else prefix
        if prefix == "~" and self.chance(0.6):
            return f"~{key}"
        return f"{prefix}{key}={self.override_value()}"

    def sweep(self):
        """An override for `--multirun`."""
        key = self.pick(["p", "q", "+r", "++n.k", "db", "+srv", "~s", "db@pk", "+db/engine"])
        if self.chance(0.25):
            return f"++{self.pick('klm')}={self.override_value()}"
        values = [self.pick(["1", "a", "b", "2.5", "true", "null", "x y", "'1'", "[1,2]", "{k: 1}", "a:b", "'a,b'", "${p}", "x\\,y", "-1"])
                  for _ in range(self.random.randint(2, 4))]
        text = ",".join(values)
        numbers = [self.pick(["0", "1", "3", "-2", "10", "0.5", "2.5", "1e1"]) for _ in range(self.random.randint(1, 3))]
        form = self.pick([text, text, text, f"choice({text})", f"range({','.join(numbers)})", "sort(3,1,2)", "sort(b,a,reverse=true)",
                          f"tag(t,choice({text}))", f"range({numbers[0]},stop=4)", "int(1.5,2)", "str(1,2)", "float(range(3))",
                          f"sort(range({','.join(numbers)}))", f"choice({text},)", "sort(choice(b,c,a))", f"tag({text})", "bool(1,0)"])
        return f"{key}={form}"

    def case(self):
        roll = self.random.random()
        if roll < 0.2:
            prefix = self.pick(["", "", "", "+", "++", "~"])
            key = self.pick(["a", "a.b", "db", "db@pk", "db/engine", "db@a:b", "db@:b"]) if self.chance(0.9) else self.dotted()
            value = self.words() if self.chance(0.8) else self.override_value()
            return {"input": f"{prefix}{key}={value}" if self.chance(0.95) else prefix + self.words()}
        if roll < 0.25:
            sweeps = {item.split("=")[0]: item for item in (self.sweep() for _ in range(self.random.randint(1, 3)))}
            return {"tree": {"config.yaml": "defaults: [db: a]\np: 1\nq: 1\ns: 1\n", "db/a.yaml": ""}, "overrides": list(sweeps.values()), "multirun": True}
        count = self.pick([0, 0, 1, 1, 2, 3])
        tree = self.tree()
        return {"tree": tree, "overrides": [self.override(tree) for _ in range(count)], "environment": ENVIRONMENT}


# The two sides


class Hydra:
    """Composes in this process; files are written below a directory in memory."""

    def __init__(self):
        base = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self.directory = tempfile.mkdtemp(prefix="fuzz-composition-", dir=base)

    def close(self):
        shutil.rmtree(self.directory)

    def answer(self, case):
        if "input" in case or "multirun" in case:
            return parsed(case) if "input" in case else swept(case)
        from hydra import compose, initialize_config_dir
        from hydra.core.global_hydra import GlobalHydra
        from omegaconf import OmegaConf

        root = os.path.join(self.directory, "configs")
        shutil.rmtree(root, ignore_errors=True)
        for path, text in case["tree"].items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        GlobalHydra.instance().clear()
        try:
            with initialize_config_dir(root, version_base="1.3"):
                config = compose("config", overrides=case["overrides"], return_hydra_config=True)
            choices = {key: value for key, value in config.hydra.runtime.choices.items() if not key.startswith("hydra/")}
            del_hydra(config)
            answer = {"yaml": OmegaConf.to_yaml(config), "choices": choices}
        except RecursionError:
            return {"error": "RecursionError"}
        except Exception as error:  # Hydra lets several internal errors through
            return {"error": f"{type(error).__name__}: {error} / {error.__cause__}"}
        try:
            OmegaConf.resolve(config)
            answer["resolved"] = OmegaConf.to_yaml(config)
        except RecursionError:
            answer["unresolvable"] = "RecursionError"
        except Exception as error:
            answer["unresolvable"] = f"{type(error).__name__}: {error}"
        return answer


def parsed(case):
    """One override, field by field, as codex gives it."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    try:
        override = OverridesParser.create().parse_override(case["input"])
        is_plain = not override.is_sweep_override() and override.value_type is not None
        return {"type": override.type.name, "key": override.key_or_group, "package": override.package,
                "value_type": override.value_type.name if override.value_type else None, "sweep": override.is_sweep_override(),
                "element": override.get_value_element_as_str() if is_plain else None}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def swept(case):
    """The runs of overrides that sweep, as the parser reads each run's overrides again."""
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
    from hydra.core.override_parser.overrides_parser import OverridesParser

    try:
        batches = BasicSweeper.split_arguments(OverridesParser.create().parse_overrides(case["overrides"]), None)
        return {"runs": [list(run) for batch in batches for run in batch]}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def del_hydra(config):
    from omegaconf import open_dict

    with open_dict(config):
        del config["hydra"]


def codex(binary, cases):
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    result = subprocess.run([binary, "compose"], input=lines, capture_output=True, text=True)
    answers = [json.loads(line) for line in result.stdout.split("\n") if line]
    if len(answers) != len(cases):
        sys.exit(f"codex stopped at case {len(answers)}: {json.dumps(cases[len(answers)])}\n{result.stderr[-2000:]}")
    return answers


# Judging


REFUSED = [("does not fit 64 bits", "integers beyond 64 bits"), ("is no config name", "names of configs"),
           ("a header line must read", "header lines"), ("mean nothing in a header", "package keywords in headers"),
           ("unsupported: ", "parts of YAML"), ("duplicate key", "duplicate keys"), ("setting of Hydra", "settings of Hydra itself"),
           ("Cannot sweep over", "sweeps without values"), ("is no keyword", "keywords"), ("is no package", "packages with a colon"),
           ("configures Hydra itself", "settings of Hydra itself"), ("there is no key", "empty keys"),
           ("'${' is not closed", "nested interpolations in overrides")]


def listed(case, theirs, ours):
    """The name of the listed difference that explains this one; None for none."""
    error = ours.get("error", "")
    reason = theirs.get("error", "")
    for part, name in REFUSED:
        if "error" not in theirs and part in error:
            return name
    if "HydraConf" in reason:
        return "settings of Hydra itself"
    if "error" in theirs and "error" not in ours:
        if "does not exist" in reason and any(item.startswith("~") for item in case.get("overrides", [])):
            return "a null or missing setting can be deleted"
    return None


def with_numbers(text):
    """Numbers as keys without quotes: all keys of codex are text (listed)."""
    return re.sub(r"^((?: |- )*)'(\d+)':", r"\1\2:", text, flags=re.MULTILINE)


def values_of(runs):
    """The runs' overrides as texts of their values: that codex keeps types of swept values is listed."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    parser = OverridesParser.create()
    read = lambda text: (override := parser.parse_override(text)) and (override.type, override.key_or_group, override.package,
                                                                       str(override.value()).replace("'", ""))
    return [[read(text) for text in run] for run in runs]


def unresolved_difference(theirs, ours):
    if ("error" in theirs) != ("error" in ours):
        return "refused by " + ("Hydra" if "error" in theirs else "codex")
    if "error" in theirs:
        return None
    if "key" in theirs:
        fields = [name for name in theirs if theirs[name] != ours[name] and (name != "element" or theirs[name] is not None)]
        return f"override read: {', '.join(fields)}" if fields else None
    if "runs" in theirs:
        return None if values_of(theirs["runs"]) == values_of(ours["runs"]) else "runs"
    if with_numbers(theirs["yaml"]) != with_numbers(ours["yaml"]):
        return "choices" if theirs["choices"] != ours["choices"] else "composed"
    if theirs["choices"] != ours["choices"]:
        return "choices"
    return None


def resolved_difference(theirs, ours):
    if ("resolved" in theirs) != ("resolved" in ours):
        return "resolution refused by " + ("codex" if "resolved" in theirs else "Hydra")
    if "resolved" in theirs and with_numbers(theirs["resolved"]) != with_numbers(ours["resolved"]):
        return "resolved"
    return None


def listed_resolution(theirs, ours):
    if "\\${" in theirs["yaml"] and "resolved" in ours:
        return "escapes behind references"
    problem = ours.get("unresolvable", "")
    if "must be given (it is '???')" in problem or ("no setting" in problem and "???" in theirs.get("resolved", "")):
        return "a reference to a missing value is refused"
    if "which has no place in a string" in problem:
        return "collections have no place in a string"
    if "UnsupportedValueType" in theirs.get("unresolvable", ""):
        return "a resolver may give a list or a mapping"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", help="codex-bench")
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--show", type=int, default=5, help="differences to print in full")
    parser.add_argument("--only", type=int, help="one case by its number, in full")
    options = parser.parse_args()
    try:
        import hydra as _  # noqa: F401
    except ImportError as missing:
        print(f"SKIPPED: {missing}. To run this cross-check: pip install hydra-core==1.3.2", file=sys.stderr)
        sys.exit(77)
    print(f"seed {options.seed}, {options.cases} cases", flush=True)
    os.environ.update(ENVIRONMENT)
    cases = [Generator(f"{options.seed}/{number}").case() for number in range(options.cases)]
    if options.only is not None:
        cases = [cases[options.only]]
    ours = codex(options.binary, cases)
    hydra = Hydra()
    counts, shown = collections.Counter(), 0
    try:
        control(hydra, options.binary)
        for number, (case, own) in enumerate(zip(cases, ours)):
            theirs = hydra.answer(case)
            counts["composed" if "error" not in theirs else "refused"] += 1
            difference, name = unresolved_difference(theirs, own), None
            if difference:
                name = listed(case, theirs, own)
            elif "yaml" in theirs:
                difference = resolved_difference(theirs, own)
                counts["resolved"] += "resolved" in theirs
                if difference:
                    name = listed_resolution(theirs, own)
            if name:
                counts[f"listed: {name}"] += 1
            elif difference:
                counts["DIFFERENT"] += 1
                counts[f"different: {difference}"] += 1
                if shown < options.show:
                    shown += 1
                    report(number, difference, case, theirs, own)
    finally:
        hydra.close()
    for name, count in sorted(counts.items()):
        print(f"{count:7}  {name}")
    sys.exit(1 if counts["DIFFERENT"] else 0)


def control(hydra, binary):
    """Exits unless altered answers are noticed, and unaltered ones are not."""
    case = {"tree": {"config.yaml": "a: 1\nb: ${a}\n"}, "overrides": ["a=2"]}
    theirs, (own,) = hydra.answer(case), codex(binary, [case])
    altered = [own | {"yaml": "a: 1\nb: ${a}\n"}, own | {"choices": {"a": "b"}}, {"error": "no"}]
    noticed = [unresolved_difference(theirs, other) for other in altered]
    noticed += [resolved_difference(theirs, own | {"resolved": "a: 2\nb: 1\n"})]
    if unresolved_difference(theirs, own) or resolved_difference(theirs, own) or not all(noticed):
        sys.exit("the control failed: altered answers are not noticed, or these are not equal")


def report(number, difference, case, theirs, own):
    print(f"--- case {number}: {difference}; {case.get('input') or case['overrides']}")
    names = set(case.get("tree", {}))
    for path in sorted(names, key=lambda path: (path != "config.yaml", path)):
        print(f"# {path}\n{case['tree'][path]}", end="")
    for side, answer in (("Hydra", theirs), ("codex", own)):
        print(f">> {side}")
        for key, value in answer.items():
            print(f"{key}: {value}")


if __name__ == "__main__":
    main()
