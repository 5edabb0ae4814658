#!/usr/bin/env python3
"""Composition beside an installed Hydra: the same tree and overrides, in alternation, inside processes and as processes.

    pip install hydra-core==1.3.2
    swift build -c release
    python benchmarks/performance/peers/compose_hydra.py .build/release/codex-bench .build/release/codex --output results.json

Inside a process both read the files anew and resolve all references; `python -c` with `compose()` is Hydra's process,
`codex config compose --resolve` is codex's. The resolved configurations must be equal. Then codex alone, over trees of up to 10,000 files.
"""
import argparse
import datetime
import hashlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

OVERRIDES = ["top=2", "g0=b", "+extra.flag=true"]
HYDRA = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf
directory, overrides, rounds = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
times, processor = [], []
with initialize_config_dir(directory, version_base="1.3"):
    for _ in range(rounds):
        start, begin = time.perf_counter(), time.process_time()
        config = compose("config", overrides=overrides)
        OmegaConf.resolve(config)
        times.append((time.perf_counter() - start) * 1e3)
        processor.append((time.process_time() - begin) * 1e3)
print(json.dumps({"milliseconds": sorted(times)[len(times) // 2], "processor_milliseconds": min(processor), "yaml": OmegaConf.to_yaml(config)}))
"""


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def leaves(prefix, count):
    kinds = ["{n}", "{n}.5", "name_{n}", "true", "[{n}, {m}]", "1e-{n}", "${{top}}", "'quoted {n}'", "null"]
    return "".join(f"{prefix}{index}: {kinds[index % len(kinds)].format(n=index + 1, m=index + 2)}\n" for index in range(count))


def tree(root, groups, leaves_each=9):
    """config.yaml and, for each group, an option that includes two more: 3 files of `leaves_each` leaves a group."""
    entries = "".join(f"- g{group}: a\n" for group in range(groups))
    write(root, "config.yaml", f"defaults:\n- _self_\n{entries}top: 1\n" + leaves("own_", leaves_each))
    for group in range(groups):
        for option in ("a", "b", "c") if group == 0 else ("a",):
            write(root, f"g{group}/{option}.yaml", "defaults:\n- s: x\n- t: y\n- _self_\n" + leaves(f"{option}_", leaves_each))
        write(root, f"g{group}/s/x.yaml", leaves("s_", leaves_each))
        write(root, f"g{group}/t/y.yaml", leaves("t_", leaves_each))


def codex(binary, directory, seconds, overrides=OVERRIDES):
    arguments = [argument for override in overrides for argument in ("--override", override)]
    command = [binary, "compose-tree", directory, "--seconds", str(seconds), "--json", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def codex_process(binary, directory):
    """What the command prints."""
    command = [binary, "config", "compose", "--config-dir", directory, "--config-name", "config", "--resolve", *OVERRIDES]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def hydra(directory, rounds):
    command = [sys.executable, "-c", HYDRA, directory, json.dumps(OVERRIDES), str(rounds)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def wall(run, times):
    """The median of some runs."""
    milliseconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        milliseconds.append((time.perf_counter() - start) * 1e3)
    return statistics.median(milliseconds)


def require_equal(binary, program, directory, theirs):
    """The YAML of all must be equal, byte by byte."""
    files = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                files[os.path.relpath(path, directory)] = file.read()
    case = json.dumps({"tree": files, "overrides": OVERRIDES})
    answer = json.loads(subprocess.run([binary, "compose"], input=case + "\n", capture_output=True, text=True, check=True).stdout)
    if not answer["resolved"] == codex_process(program, directory) == theirs["yaml"]:
        sys.exit("the two compose different configurations")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", help="codex-bench")
    parser.add_argument("program", help="codex")
    parser.add_argument("--rounds", type=int, default=5, help="alternations")
    parser.add_argument("--output", help="a JSON file for the figures")
    options = parser.parse_args()
    try:
        import hydra as module
    except ImportError as missing:
        print(f"SKIPPED: {missing}. To run this comparison: pip install hydra-core==1.3.2", file=sys.stderr)
        sys.exit(77)
    work = tempfile.mkdtemp(prefix="compose-")
    try:
        small = os.path.join(work, "small")
        tree(small, groups=19)
        theirs = hydra(small, 1)
        require_equal(options.binary, options.program, small, theirs)
        rounds = []
        for _ in range(options.rounds):
            own, their = codex(options.binary, small, 0.5), hydra(small, 3)
            rounds.append({
                "codex_milliseconds": own["milliseconds"], "hydra_milliseconds": their["milliseconds"],
                "codex_processor_milliseconds": own["processor_milliseconds"],
                "hydra_processor_milliseconds": their["processor_milliseconds"],
                "codex_process_milliseconds": wall(lambda: codex_process(options.program, small), 9),
                "hydra_process_milliseconds": wall(lambda: hydra(small, 1), 3),
            })
            print({name: round(value, 2) for name, value in rounds[-1].items()}, flush=True)
        middle = {name: statistics.median(row[name] for row in rounds) for name in rounds[0]}
        ratios = {"in_process": middle["hydra_milliseconds"] / middle["codex_milliseconds"],
                  "in_process_processor_time": middle["hydra_processor_milliseconds"] / middle["codex_processor_milliseconds"],
                  "process": middle["hydra_process_milliseconds"] / middle["codex_process_milliseconds"]}
        growth = []
        for groups in (19, 190, 1066, 3330):
            directory = os.path.join(work, f"groups-{groups}")
            tree(directory, groups, leaves_each=6)
            figures = codex(options.binary, directory, 1.0)
            files = 3 * groups + 3
            least = figures["processor_milliseconds"]
            growth.append({"files": files, "processor_milliseconds": least, "microseconds_per_file": least * 1e3 / files})
            print(growth[-1], flush=True)
        result = {"date": datetime.date.today().isoformat(), "machine": platform.processor() or platform.machine(),
                  "hydra": module.__version__, "python": platform.python_version(), "overrides": OVERRIDES, "files": 60,
                  "leaves": 58 * 9 + 2, "median": middle, "ratios": ratios, "rounds": rounds, "growth": growth,
                  "yaml_sha256": hashlib.sha256(theirs["yaml"].encode()).hexdigest()}
        print(json.dumps({"median": middle, "ratios": ratios}, indent=1))
        if options.output:
            with open(options.output, "w", encoding="utf-8") as file:
                json.dump(result, file, indent=1)
                file.write("\n")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
