"""Compares codex with PyTorch, transformers and llama.cpp on this machine, in alternating rounds, and prints the ratios.

Usage: python3 benchmarks/performance/peers/compare.py [ROW…] [--codex-bench PATH] [--rounds 3] [--seconds 8]
                                                       [--modes MODE…] [--shapes SHAPE…] [--output DIR]
ROW: P1–P4 training, P5 prefill, P6–P8 decoding with 1, 8 and 32 streams, P9 rollouts (rows.py); all of them without one.
Each round measures the peer, then codex; a ratio is the median over rounds of codex / peer within a round, because the
machine drifts by more than most differences. Of the peer's modes the one counts against which codex fares worst.
Writes DATE-ROWS.json with every sample. Exit 0: all goals met; 1: a goal missed; 77: something could not be compared
(a peer or a subcommand is missing), which is also said on standard error.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

import peer
from rows import ROWS, Comparison
from shapes import SHAPES

HERE = pathlib.Path(__file__).parent
INFERENCE = ("prefill", "decode")


class Missing(Exception):
    """Something that a comparison needs is not there; the text says what and how to get it."""


class Peer:
    """One peer in one mode, ready to be measured again and again."""

    def __init__(self, comparison: Comparison, mode: str, options: argparse.Namespace, models: "Models"):
        self.process = None
        if comparison.test in INFERENCE:
            test = "prefill" if comparison.test == "prefill" else f"decode-{comparison.batch}"
            self.words = [sys.executable, HERE / "infer_llamacpp.py", models.gguf(comparison.shape, mode), test]
        else:
            script = "train_torch.py" if comparison.test == "train" else "rollouts_transformers.py"
            self.words = [sys.executable, HERE / script, comparison.shape, mode]
        self.words = [str(word) for word in self.words] + ["--threads", str(options.threads)]
        if comparison.test not in INFERENCE:
            self.process = subprocess.Popen(
                [*self.words, "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.line()

    def line(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            self.fail(self.process.wait(), self.process.stderr.read())
        return json.loads(line)

    def fail(self, status: int, errors: str) -> None:
        last = (errors.strip().splitlines() or ["no message"])[-1]
        if status == peer.EXIT_SKIPPED:
            raise Missing(last.removeprefix("SKIPPED: "))
        raise SystemExit(f"{self.words[1]} ended with {status}: {last}")

    def measure(self, seconds: float) -> dict:
        if self.process is None:
            result = subprocess.run(self.words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            if result.returncode != 0:
                self.fail(result.returncode, result.stderr)
            return json.loads(result.stdout)
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        return self.line()

    def close(self) -> None:
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


class Models:
    """The models that both sides of an inference row read: random weights, written once, as checkpoint and as GGUF."""

    def __init__(self, bench: str, folder: str):
        self.bench, self.folder = bench, folder

    def checkpoint(self, shape: str) -> str:
        path = f"{self.folder}/{shape}"
        if not os.path.exists(path):
            self.export(*SHAPES[shape].codex_arguments(), "--context", "512", "--output", path)
        return path

    def gguf(self, shape: str, kind: str) -> str:
        path = f"{self.folder}/{shape}-{kind}.gguf"
        if not os.path.exists(path):
            self.export("--model", self.checkpoint(shape), "--format", "gguf", "--type", kind, "--output", path)
        return path

    def export(self, *words: str) -> None:
        subprocess.run([self.bench, "export", *words], check=True, stdout=subprocess.DEVNULL)


def check_codex(comparison: Comparison, options: argparse.Namespace) -> None:
    """Raises Missing unless codex-bench has what the comparison runs; asked before the peer is set up, which takes longer."""
    result = subprocess.run(
        [options.codex_bench, comparison.test, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for option in ["--dtype", "--batch"] + (["--model"] if comparison.test in INFERENCE else []):
        if option not in result.stdout:
            raise Missing(f"'{options.codex_bench} {comparison.test}' with {option} does not exist in this build")


def measure_codex(comparison: Comparison, dtype: str, options: argparse.Namespace, models: Models) -> dict:
    shape = SHAPES[comparison.shape]
    context, batch = {
        "train": (shape.context, shape.batch), "prefill": (512, 1), "decode": (256, comparison.batch),
        "rollouts": (128, 64)}[comparison.test]
    model = (["--model", models.checkpoint(comparison.shape)] if comparison.test in INFERENCE
             else shape.codex_arguments())
    words = [options.codex_bench, comparison.test, *model, "--context", str(context), "--batch", str(batch), "--dtype", dtype,
             "--threads", str(options.threads), "--seconds", str(options.seconds), "--json"]
    result = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(words)} ended with {result.returncode}: {result.stderr.strip()[-500:]}")
    sample = json.loads(result.stdout)
    for key in ("tokens_per_second", "peak_memory_mb"):
        if not isinstance(sample.get(key), (int, float)):
            raise SystemExit(f"{' '.join(words)} printed no number '{key}'")
    return sample


def measure_row(comparisons: list[Comparison], options: argparse.Namespace, models: Models, skipped: list[str]) -> dict:
    """Rounds by (test, shape, batch, mode), each a peer's sample and codex's by dtype; what is missing goes to `skipped`."""
    wanted: dict[tuple, tuple[Comparison, list[str]]] = {}
    for comparison in comparisons:
        for mode in comparison.modes:
            if options.modes and mode not in options.modes:
                continue
            _, dtypes = wanted.setdefault((comparison.test, comparison.shape, comparison.batch, mode), (comparison, []))
            dtypes += [dtype for dtype in comparison.dtypes if dtype not in dtypes]
    rounds = {}
    for key, (comparison, dtypes) in wanted.items():
        mode = key[-1]
        try:
            check_codex(comparison, options)
            with contextlib.closing(Peer(comparison, mode, options, models)) as opponent:
                samples = []
                for number in range(options.rounds):
                    theirs = opponent.measure(options.seconds)
                    ours = {dtype: measure_codex(comparison, dtype, options, models) for dtype in dtypes}
                    samples.append(dict(peer=theirs, codex=ours))
                    shown = ", ".join(f"{dtype} {sample['tokens_per_second']:,.0f}" for dtype, sample in ours.items())
                    print(f"  {comparison.title} {mode}, round {number + 1}: peer {theirs['tokens_per_second']:,.0f}, "
                          f"codex {shown} tokens/s", file=sys.stderr)
                rounds[key] = samples
        except Missing as missing:
            skipped.append(f"{comparison.row} {comparison.title} {mode}: {missing}")
            print(f"  {comparison.title} {mode}: skipped", file=sys.stderr)
    return rounds


def judge(comparison: Comparison, rounds: dict) -> dict | None:
    """The comparison's line: codex's fastest dtype against the mode it fares worst against; nil without samples."""
    lines = []
    for mode in comparison.modes:
        samples = rounds.get((comparison.test, comparison.shape, comparison.batch, mode))
        if not samples:
            continue

        def median(value) -> float:
            return statistics.median(value(sample) for sample in samples)

        dtype = max(comparison.dtypes, key=lambda d: median(lambda s: s["codex"][d]["tokens_per_second"]))
        line = dict(
            row=comparison.row, what=comparison.title, dtype=dtype, mode=mode,
            peer_name=samples[0]["peer"]["peer"],
            codex=median(lambda s: s["codex"][dtype]["tokens_per_second"]),
            peer=median(lambda s: s["peer"]["tokens_per_second"]),
            ratio=median(lambda s: s["codex"][dtype]["tokens_per_second"] / s["peer"]["tokens_per_second"]),
            goal=comparison.goal,
            memory_ratio=median(lambda s: s["codex"][dtype]["peak_memory_mb"] / s["peer"]["peak_memory_mb"]))
        lines.append(line | dict(met=line["ratio"] >= comparison.goal))
    return min(lines, key=lambda line: line["ratio"]) if lines else None


def show(lines: list[dict]) -> None:
    header = ("row", "what", "codex", "peer", "codex t/s", "peer t/s", "ratio", "goal", "", "memory")
    rows = [header] + [
        (line["row"], line["what"], line["dtype"], f"{line['peer_name']} {line['mode']}", f"{line['codex']:,.0f}",
         f"{line['peer']:,.0f}", f"{line['ratio']:.2f}", f"{line['goal']:.1f}", "met" if line["met"] else "MISSED",
         f"{line['memory_ratio']:.2f}") for line in lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for row in rows:
        print("  ".join(cell.rjust(width) if 4 <= column else cell.ljust(width)
                        for column, (cell, width) in enumerate(zip(row, widths))).rstrip())


def machine() -> dict:
    facts = dict(system=platform.platform(), processors=os.cpu_count(), load=os.getloadavg()[0])
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        facts["processor"] = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    return facts


def revision() -> str | None:
    result = subprocess.run(["git", "-C", HERE, "rev-parse", "HEAD"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return result.stdout.strip() or None


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=" ".join(ROWS))
    parser.add_argument("--codex-bench", default=".build/release/codex-bench")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8, help="of each sample")
    parser.add_argument("--modes", nargs="+", help="only these modes of the peer")
    parser.add_argument("--shapes", nargs="+", choices=list(SHAPES), help="only these shapes")
    parser.add_argument("--output", default=HERE.parent / "results", type=pathlib.Path)
    options = parser.parse_args()
    for row in options.rows:
        if row not in ROWS:
            parser.error(f"no row '{row}'; there are {' '.join(ROWS)}")
    options.rows = options.rows or list(ROWS)
    if not os.access(options.codex_bench, os.X_OK):
        parser.error(f"no {options.codex_bench}; build it: swift build -c release --product codex-bench")
    return options


def main() -> int:
    options = parse()
    facts = machine()
    warning = f"WARNING: the machine was busy (load {facts['load']:.1f}); these ratios prove nothing"
    if facts["load"] > 0.5:
        print(warning, file=sys.stderr)
    lines, samples, skipped = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        models = Models(options.codex_bench, folder)
        for row in options.rows:
            comparisons = [c for c in ROWS[row] if not options.shapes or c.shape in options.shapes]
            rounds = measure_row(comparisons, options, models, skipped)
            lines += [line for line in (judge(comparison, rounds) for comparison in comparisons) if line]
            samples += [dict(row=row, test=key[0], shape=key[1], batch=key[2], mode=key[3], rounds=value)
                        for key, value in rounds.items()]
    if lines:
        show(lines)
        if facts["load"] > 0.5:
            print(warning)
        options.output.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.date.today()}-{'-'.join(options.rows)}"
        earlier = len(list(options.output.glob(f"{name}*.json")))
        path = options.output / f"{name}{f'-{earlier + 1}' if earlier else ''}.json"
        path.write_text(json.dumps(dict(
            date=str(datetime.date.today()), revision=revision(), machine=facts, threads=options.threads,
            seconds=options.seconds, comparisons=lines, samples=samples, skipped=skipped), indent=1) + "\n")
        print(f"every sample: {path}")
    for reason in skipped:
        print(f"SKIPPED: {reason}", file=sys.stderr)
    if skipped or not lines:
        return peer.EXIT_SKIPPED
    return 0 if all(line["met"] for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
