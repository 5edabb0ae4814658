"""Measures training over threads, batch, context and depth, and draws it beside what the operation count predicts.

Usage: python3 benchmarks/performance/scaling.py [--codex-bench .build/release/codex-bench] [--seconds 3] [--dtype bfloat16]
                                                 [--output benchmarks/performance/results]
Writes DATE-scaling.json and DATE-scaling.svg. Needs no package. Every panel varies one size of the configuration *small*;
the line is the rate of the panel's largest size times the ratio of operations per token.
"""
import argparse
import datetime
import json
import pathlib
import subprocess

SMALL = dict(layers=6, width=384, heads=6, ff=1024, vocab=4096, context=256, batch=16, threads=2)
PANELS = {
    "threads": (1, 2),
    "batch": (2, 4, 8, 16, 32),
    "context": (64, 128, 256, 512, 1024),
    "layers": (2, 4, 6, 12, 24),
}


def operations(size: dict) -> float:
    """Floating-point operations of a trained token: 6 a matrix parameter, 12 a layer, channel and attended position."""
    matrices = size["layers"] * (4 * size["width"] ** 2 + 3 * size["ff"] * size["width"]) + size["vocab"] * size["width"]
    return 6 * matrices + 12 * size["layers"] * size["width"] * size["context"] / 2


def rate(bench: str, size: dict, options: argparse.Namespace) -> float:
    words = [word for name, value in size.items() for word in (f"--{name}", str(value))]
    command = [bench, "train", *words, "--dtype", options.dtype, "--seconds", str(options.seconds), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["tokens_per_second"]


def panel(name: str, points: list[tuple[int, float, float]], left: int) -> str:
    """One panel: measured points, and the predicted line. Both axes are linear in the index and in the rate."""
    width, height, top = 200, 180, 40
    highest = max(max(measured, predicted) for _, measured, predicted in points) * 1.1
    def x(index: int) -> float: return left + 20 + index * (width - 40) / max(1, len(points) - 1)
    def y(value: float) -> float: return top + height - height * value / highest
    line = " ".join(f"{x(i):.1f},{y(predicted):.1f}" for i, (_, _, predicted) in enumerate(points))
    parts = [f'<text x="{left + width / 2}" y="24" text-anchor="middle" font-weight="bold">{name}</text>',
             f'<path d="M{left},{top} v{height} h{width}" fill="none" stroke="#888"/>',
             f'<polyline points="{line}" fill="none" stroke="#c50" stroke-dasharray="4 3"/>']
    for index, (size, measured, _) in enumerate(points):
        parts.append(f'<circle cx="{x(index):.1f}" cy="{y(measured):.1f}" r="4" fill="#06c"/>')
        parts.append(f'<text x="{x(index):.1f}" y="{y(measured) - 8:.1f}" text-anchor="middle">{measured / 1000:.1f}k</text>')
        parts.append(f'<text x="{x(index):.1f}" y="{top + height + 16}" text-anchor="middle">{size}</text>')
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codex-bench", default=".build/release/codex-bench")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--dtype", default="bfloat16")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("benchmarks/performance/results"))
    options = parser.parse_args()
    results: dict[str, list[tuple[int, float, float]]] = {}
    for name, sizes in PANELS.items():
        shapes = [SMALL | {name: size} for size in sizes]
        measured = [rate(options.codex_bench, shape, options) for shape in shapes]
        # Threads change the time, not the operations.
        work = [operations(shape) / shape["threads"] for shape in shapes]
        predicted = [measured[-1] * work[-1] / each for each in work]
        results[name] = list(zip(sizes, measured, predicted))
        for size, got, expected in results[name]:
            print(f"{name:8} {size:5} {got:10,.0f} tokens/s, by operations {expected:10,.0f}, ratio {got / expected:.2f}")
    options.output.mkdir(parents=True, exist_ok=True)
    stem = options.output / f"{datetime.date.today():%Y-%m-%d}-scaling"
    body = "\n".join(panel(name, points, 40 + 240 * index) for index, (name, points) in enumerate(results.items()))
    stem.with_suffix(".svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="270" font-family="sans-serif" font-size="11">\n'
        f'<rect width="1000" height="270" fill="white"/>\n{body}\n<text x="40" y="262">training tokens/s of the configuration '
        f'small ({options.dtype}); points measured, dashed by operation count from the last point</text>\n</svg>\n')
    stem.with_suffix(".json").write_text(json.dumps(
        {"dtype": options.dtype, "configuration": SMALL,
         "panels": {name: [dict(zip(("size", "tokens_per_second", "by_operations"), point)) for point in points]
                    for name, points in results.items()}}, indent=1) + "\n")
    print(f"wrote {stem}.svg and {stem}.json")


if __name__ == "__main__":
    main()
