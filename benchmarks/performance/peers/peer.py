"""What the peers' scripts share: measuring on request, so that rounds alternate with codex without setting up again.

A script either measures once (`--seconds S`) and prints one JSON line, or, with `--serve`, prints a line when it is ready
and then one for every line `SECONDS` on standard input. Each line holds tokens_per_second (median of the repetitions, with
min and max) and peak_memory_mb.
"""
import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable

EXIT_SKIPPED = 77


def skip(reason: str) -> None:
    """Says why there is nothing to compare with, and ends."""
    print(f"SKIPPED: {reason}", file=sys.stderr)
    sys.exit(EXIT_SKIPPED)


def arguments(description: str, shapes: list[str], modes: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("shape", choices=shapes)
    parser.add_argument("mode", choices=modes)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--serve", action="store_true", help="measure once for every line SECONDS on standard input")
    return parser.parse_args()


def answer(options: argparse.Namespace, tokens: int, step: Callable[[], None], facts: dict) -> None:
    """Measures `step`, which handles `tokens` tokens, as the options say; it has run before, so that it is warm."""
    def measure(seconds: float) -> dict:
        times: list[float] = []
        start = time.perf_counter()
        while time.perf_counter() - start < seconds or len(times) < 3:
            begin = time.perf_counter()
            step()
            times.append(time.perf_counter() - begin)
        return dict(
            tokens_per_second=tokens / statistics.median(times), tokens_per_second_min=tokens / max(times),
            tokens_per_second_max=tokens / min(times), repetitions=len(times),
            peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, **facts)

    def say(value: dict) -> None:
        print(json.dumps(value), flush=True)

    if not options.serve:
        say(measure(options.seconds))
        return
    say(dict(ready=True))
    for line in sys.stdin:
        say(measure(float(line)))


def run_again_with_fast_mkl() -> None:
    """Starts this script again with a library preloaded that satisfies MKL's check for an Intel processor.

    As shipped, PyTorch's MKL takes a slow path on other vendors' processors; with it, its AVX-512 kernels run: the fair
    peer for single precision. The library is one function, compiled here.
    """
    if os.environ.get("CODEX_PEER_PRELOADED"):
        return
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        skip("the tuned modes need a C compiler. Install gcc, or leave them out with --modes")
    folder = tempfile.mkdtemp(prefix="codex-peer-")
    with open(f"{folder}/vendor.c", "w") as file:
        file.write("int mkl_serv_intel_cpu_true(void) { return 1; }\n")
    library = f"{folder}/vendor.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, f"{folder}/vendor.c"], check=True)
    environment = dict(os.environ, LD_PRELOAD=library, CODEX_PEER_PRELOADED=folder)
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)


def forget_preload() -> None:
    """Removes the library; it is loaded, and must not reach the compilers that PyTorch starts."""
    os.environ.pop("LD_PRELOAD", None)
    folder = os.environ.pop("CODEX_PEER_PRELOADED", None)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
