#!/usr/bin/env python3
"""Prints the baseline table of README.md from two evaluation summaries: the curriculum's, then its shuffled control's.

python3 benchmarks/cot-lite/table.py runs/train_loop/A/evaluations/X/summary.json runs/train_loop/B/evaluations/Y/summary.json
"""

import json
import sys


def summary(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["data"]


def scores(data, mode):
    """The mode's scores by group, in the order: all, worlds, levels."""
    found = next(entry for entry in data["modes"] if entry["mode"] == mode)
    return {score["group"]: score for score in [found["overall"], *found["worlds"], *found["levels"]]}


def percent(share):
    return f"{100 * share['value']:.1f} [{100 * share['lower']:.1f}, {100 * share['upper']:.1f}]"


def main():
    curriculum, control = summary(sys.argv[1]), summary(sys.argv[2])
    for key in ("problem_set_digest", "evaluation_config_digest", "dataset_digest"):
        if curriculum[key] != control[key]:
            sys.exit(f"the summaries differ in {key}: evaluate both runs with the same configuration")
    columns = [(data, mode) for mode in ("greedy", "best-first") for data in (curriculum, control)]
    columns += [(curriculum, "sampling"), (curriculum, "uniform")]
    tables = [scores(data, mode) for data, mode in columns]
    print("| problems | n | greedy: curriculum | control | best-first: curriculum | control | sampling | uniform |")
    print("|---|---|---|---|---|---|---|---|")
    for group, first in tables[0].items():
        cells = [percent(table[group]["accuracy"]) for table in tables]
        print(f"| {group} | {first['accuracy']['total']} | " + " | ".join(cells) + " |")
    print()
    print("| win rate over the control | rate [95 %] | wins | ties | losses |")
    print("|---|---|---|---|---|")
    for rate in curriculum["win_rates"]:
        interval = f"{rate['value']:.3f} [{rate['lower']:.3f}, {rate['upper']:.3f}]"
        print(f"| {rate['mode']} | {interval} | {rate['wins']} | {rate['ties']} | {rate['losses']} |")


if __name__ == "__main__":
    main()
