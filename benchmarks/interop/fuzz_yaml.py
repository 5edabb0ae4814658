#!/usr/bin/env python3
"""Reads random YAML texts with OmegaConf's loader (PyYAML) and with codex, and reports where they differ.

    pip install hydra-core==1.3.2
    swift build -c release --product codex-bench
    python benchmarks/interop/fuzz_yaml.py .build/release/codex-bench --cases 100000 --seed 1

Texts are random documents, and those of Tests/Fixtures/hydra/yaml_documents.jsonl with random edits. Where both read a
text, the values must be equal. Where one refuses it, the reason must be one that docs/reference/composition.md lists;
these are counted by reason. Exits 1 if there are others, also if the control passes: an altered value must be noticed.
Without OmegaConf it says SKIPPED on standard error and exits 77.
"""
import argparse
import collections
import json
import math
import os
import random
import re
import subprocess
import sys

FIXTURE = os.path.join(os.path.dirname(__file__), "../../Tests/Fixtures/hydra/yaml_documents.jsonl")
SCALARS = """a b1 x y 1 2.5 true ~ null '' "" 'q' "d" 'it''s' "\\n" "\\x41" - -1 -a ? ?a : :a a:b a#b #c @ ` % ! !! !!str !!int
    & * &a *a &b *b | > |- >+ |2 <<: << = [] {} [a] {a: [a,b] {a:1} [a,] {"a":1} [a: 1] .inf 0x1F 1_0 é 😀 --- ... , [ ] { }""".split()
WORDS = ["a", "b", "c d", "'x y'", '"x"', "1", "true", "", "-x", "x: y", "# c", "x #c", "&a b", "*a", "!!str 1", "~", "é"]
# Why codex refuses what PyYAML reads, by a part of the message; and why PyYAML refuses what codex reads.
STRICTER = ["unsupported", "is not indented", "space before '#'", "fit 64 bits", "duplicate key", "a tab before an entry",
            "an empty line before", "starts on a line of its own", "alone is no value", "names no anchor", "nested collections",
            "ends with a space", "is no code of a character", "a key and ':' are missing", "cannot be read with the tag", "comes twice", "no version of YAML", "a value is missing", "a constructor for the tag"]
WIDER = ["cannot start any token", "could not find expected ':'", "found '?'", "found ':'",
         "expected ',' or", "expected '<document start>'", "while parsing a tag", "while scanning a tag",
         "while scanning a block scalar", "found '<document end>'", "while scanning a directive",
         "found duplicate anchor", "while scanning an anchor", "while scanning an alias"]


def mapping(random, indent, depth):
    pad = " " * indent
    keys = random.sample(["a", "b", "c", "'d e'", '"f"', "1", "g h", "<<", "? i", "&a j", "k "], random.randint(1, 3))
    return "".join(pad + key + (f"\n{pad}:" if key[0] == "?" else ":") + value(random, indent, depth) for key in keys)


def sequence(random, indent, depth):
    pad = " " * indent
    return "".join(pad + "-" + value(random, indent, depth, True) for _ in range(random.randint(1, 3)))


def value(random, indent, depth, is_item=False):
    roll = random.random()
    deeper = indent + random.choice([1, 2, 2, 2, 4])
    head = random.choice(["", "", "", "", " # c", " &a", " !!map", " &b # c"])
    if depth > 3 or roll < 0.35:
        return " " + random.choice(SCALARS + WORDS) + "\n"
    if roll < 0.5:
        return head + "\n" + mapping(random, deeper, depth + 1)
    if roll < 0.6:
        return head + "\n" + sequence(random, random.choice([indent, deeper]) if not is_item else deeper, depth + 1)
    if roll < 0.68 and is_item:
        nested = random.choice([mapping, sequence])(random, indent + 2, depth + 1)
        return " " + nested[indent + 2:]
    if roll < 0.8:
        pad = " " * deeper
        lines = [pad + random.choice(["", "", "  ", "- ", "# "]) + random.choice(WORDS) for _ in range(random.randint(1, 4))]
        lines.insert(random.randint(0, len(lines)), random.choice(["", pad, " "]))
        return " " + random.choice(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "> # c"]) + "\n" + "\n".join(lines) + "\n"
    if roll < 0.9:
        return " " + flow(random, deeper, 0) + "\n"
    quote = random.choice(["'", '"', ""])
    lines = [random.choice(["x", "y z", "", "\\", "a  ", "#", "- b", "\\n", "''"]) for _ in range(random.randint(1, 4))]
    return " " + quote + ("\n" + " " * deeper).join(lines) + quote + "\n"


def flow(random, indent, depth):
    if depth > 2 or random.random() < 0.4:
        return random.choice(["a", "1", "'b'", '"c"', "d e", "*a", "&a f", "!!str 1", "-1", "a:b", "http://x", "", "é", "?a", ":b"])
    space = random.choice(["", "", " ", "\n" + " " * indent, " # c\n" + " " * indent])
    inner = [flow(random, indent, depth + 1) for _ in range(random.randint(0, 3))]
    if random.random() < 0.5:
        return "[" + space + ("," + space).join(inner) + random.choice(["", ",", space]) + "]"
    keys = ["a", "b: ", "'c'", '"d":', "? e", "f "]
    return "{" + space + ("," + space).join(random.choice(keys) + random.choice([": ", ":", ""]) + item for item in inner) + space + "}"


def mutated(random, text):
    for _ in range(random.randint(1, 3)):
        position = random.randint(0, len(text))
        roll = random.random()
        if roll < 0.3:
            text = text[:position] + random.choice(list(" \t\n:-?#,[]{}&*!|>'\"%@`ab1\\") + SCALARS) + text[position:]
        elif roll < 0.55:
            text = text[:position] + text[position + 1:]
        elif roll < 0.7:
            text = text[:position] + " " * random.randint(1, 3) + text[position:]
        else:
            lines = text.split("\n")
            one, other = random.randrange(len(lines)), random.randrange(len(lines))
            kind = random.randrange(4)
            if kind == 0:
                lines.insert(one, lines[other])
            elif kind == 1:
                lines[one], lines[other] = lines[other], lines[one]
            elif kind == 2:
                lines[one] = " " * random.randint(1, 2) + lines[one]
            else:
                lines[one] = lines[one][1:]
            text = "\n".join(lines)
    return text


def document(random, corpus):
    roll = random.random()
    if roll < 0.4:
        return mutated(random, random.choice(corpus))
    text = random.choice(["", "", "", "---\n", "# c\n"]) + random.choice([mapping, mapping, sequence])(random, 0, 0)
    return mutated(random, text) if roll < 0.6 else text


def plain(value):
    """The value as codex writes it: keys are text, floats that JSON cannot hold are objects."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"}
    return value


def same(left, right):
    if isinstance(left, dict) and isinstance(right, dict):
        return set(left) == set(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, bool) or isinstance(right, bool) or isinstance(left, str) or isinstance(right, str):
        return left is right or (type(left) is type(right) and left == right)
    return left == right


def texts_of_keys(node, seen=()):
    """Turns keys into their texts, which codex takes them for; merge keys stay."""
    import yaml

    if isinstance(node, yaml.MappingNode) and node not in seen:
        for index, (key, item) in enumerate(node.value):
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                node.value[index] = (yaml.ScalarNode("tag:yaml.org,2002:str", key.value), item)
            texts_of_keys(item, (*seen, node))
    elif isinstance(node, yaml.SequenceNode) and node not in seen:
        for item in node.value:
            texts_of_keys(item, (*seen, node))


def omegaconf(text):
    import yaml
    from omegaconf._utils import get_yaml_loader

    try:
        loader = get_yaml_loader()(text)
        node = loader.get_single_node()
        if node is None:
            return {"value": {}}
        texts_of_keys(node)
        value = loader.construct_document(node)
        json.dumps(value)
        return {"value": {} if value is None else plain(value)}
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, KeyError, IndexError, OverflowError) as error:
        return {"error": " ".join(f"{type(error).__name__}: {error}".split())}


def codex(binary, texts):
    lines = "".join(json.dumps({"document": text}) + "\n" for text in texts)
    result = subprocess.run([binary, "compose"], input=lines, capture_output=True, text=True)
    answers = [json.loads(line) for line in result.stdout.split("\n") if line]
    if len(answers) != len(texts):
        sys.exit(f"codex stopped at {texts[len(answers)]!r}\n{result.stderr[-2000:]}")
    return answers


def judge(theirs, ours):
    """The kind of difference, and whether it is listed; nil, nil for none."""
    if "error" in theirs and "error" in ours:
        return None, True
    if "error" in ours:
        reason = next((part for part in STRICTER if part in ours["error"]), None)
        return f"refused by codex: {reason or ours['error']}", reason is not None
    if "error" in theirs and isinstance(ours["value"], str):
        return "refused by PyYAML: a text alone", True  # block scalars without indentation; no config is one
    if "error" in theirs:
        reason = next((part for part in WIDER if part in theirs["error"]), None)
        return f"refused by PyYAML: {reason or re.sub('line.*', '', theirs['error'])}", reason is not None
    return (None, True) if same(theirs["value"], ours["value"]) else ("another value", False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", help="codex-bench")
    parser.add_argument("--cases", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--show", type=int, default=10, help="differences to print in full")
    parser.add_argument("--listed", action="store_true", help="show listed differences too")
    options = parser.parse_args()
    try:
        import omegaconf as _  # noqa: F401
    except ImportError as missing:
        print(f"SKIPPED: {missing}. To run this cross-check: pip install hydra-core==1.3.2", file=sys.stderr)
        sys.exit(77)
    print(f"seed {options.seed}, {options.cases} cases", flush=True)
    if judge({"value": {"a": [1]}}, {"value": {"a": [True]}})[0] is None or judge({"value": 1}, {"value": 1})[0]:
        sys.exit("the control failed: an altered value is not noticed, or an equal one is")
    with open(FIXTURE, encoding="utf-8") as file:
        corpus = [json.loads(line)["text"] for line in file]
    stream = random.Random(options.seed)
    texts = [document(stream, corpus) for _ in range(options.cases)]
    counts, shown, failures = collections.Counter(), collections.Counter(), 0
    for text, ours in zip(texts, codex(options.binary, texts)):
        theirs = omegaconf(text)
        difference, is_listed = judge(theirs, ours)
        counts[difference or ("refused by both" if "error" in ours else "read by both")] += 1
        failures += not is_listed
        if difference and (options.listed or not is_listed) and shown[difference] < options.show:
            shown[difference] += 1
            print(f"--- {difference}\n{text!r}\nPyYAML: {theirs}\ncodex: {ours}")
    for name, count in counts.most_common():
        print(f"{count:7}  {name}")
    print(f"{failures:7}  differences that are not listed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
