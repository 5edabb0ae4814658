"""Prefill and decoding in llama.cpp, for comparison with `codex-bench prefill` and `decode`.

Usage: infer_llamacpp.py MODEL.gguf TEST [--threads 2]
TEST: prefill (512 tokens), decode-1, decode-8, decode-32 (128 tokens after 128, that many streams at once).
Runs llama-bench and llama-batched-bench from $LLAMA_CPP_BIN, else from $PATH; without them, exit 77.
Prints one JSON line, the median of three repetitions. Flash attention is on, off too for the prefill, where the better of the two counts.
"""
import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys

import peer

TESTS = ["prefill", "decode-1", "decode-8", "decode-32"]


def tool(name: str) -> str:
    folder = os.environ.get("LLAMA_CPP_BIN")
    path = shutil.which(name, path=folder) if folder else shutil.which(name)
    if path is None:
        peer.skip(f"no '{name}' in {folder or '$PATH'}. docs/guides/benchmarks.md says how to build it")
    return path


def run(*words: str) -> list[dict]:
    result = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{words[0]} ended with {result.returncode}: {result.stderr[-500:]}")
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("test", choices=TESTS)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    threads = str(options.threads)
    if options.test in ("prefill", "decode-1"):
        sizes = ["-p", "512", "-n", "0", "-fa", "0,1"] if options.test == "prefill" else [
            "-p", "0", "-n", "128", "-d", "128", "-fa", "1"]
        rows = run(tool("llama-bench"), "-m", options.model, "-t", threads, "-r", "3", *sizes, "-o", "jsonl")
        # By the flash-attention setting that is faster.
        rate, build = max((statistics.median(row["samples_ts"]), row["build_commit"]) for row in rows)
    else:
        streams = options.test.removeprefix("decode-")
        # Three times over: the tool's logging thread now and then loses the last line when the program ends.
        rows = run(
            tool("llama-batched-bench"), "-m", options.model, "-t", threads, "-c", str(256 * int(streams)), "-b", "2048",
            "-ub", "512", "-npp", "128", "-ntg", "128", "-npl", ",".join([streams] * 3), "-fa", "on", "--output-format", "jsonl")
        if not rows:
            raise SystemExit("llama-batched-bench printed nothing; run it again")
        rate, build = statistics.median(row["speed_tg"] for row in rows), None
    print(json.dumps(dict(
        tokens_per_second=rate, peak_memory_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        peer="llama.cpp" + (f" {build}" if build else ""), mode=options.test)))


if __name__ == "__main__":
    sys.exit(main())
