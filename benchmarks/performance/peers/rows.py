"""The comparisons by row: what is measured, against whom, and the ratio that is the goal."""
from dataclasses import dataclass

TRAINING_MODES = ("fp32", "fp32-tuned", "fp32-compiled", "fp32-tuned-compiled", "bf16", "bf16-compiled")


@dataclass(frozen=True)
class Comparison:
    """One line of the table: codex at its best of `dtypes` against the peer's best of `modes`."""
    row: str
    test: str  # train, prefill, decode, rollouts
    shape: str
    dtypes: tuple[str, ...]  # as codex-bench spells them
    modes: tuple[str, ...]  # of the peer: PyTorch's modes, or a GGUF type
    goal: float  # codex / peer, tokens per second
    batch: int = 1

    @property
    def title(self) -> str:
        streams = f", batch {self.batch}" if self.test == "decode" else ""
        return f"{self.test} {self.shape}{streams}"


def training(row: str, shape: str, goal: float, fp32: tuple[tuple[str, ...], float] | None) -> list[Comparison]:
    best = Comparison(row, "train", shape, ("float32", "bfloat16"), TRAINING_MODES, goal)
    return [best] if fp32 is None else [best, Comparison(row, "train", shape, ("float32",), *fp32)]


def inference(row: str, test: str, goals: dict[tuple[str, str], float], batch: int = 1) -> list[Comparison]:
    codex = {"f32": "float32", "bf16": "bfloat16", "q8_0": "int8"}
    return [Comparison(row, test, shape, (codex[kind],), (kind,), goal, batch)
            for (shape, kind), goal in goals.items()]


ROWS: dict[str, list[Comparison]] = {
    "P1": training("P1", "nano", 2.0, None),
    "P2": training("P2", "small", 1.5, (("fp32-tuned-compiled",), 1.2)),
    "P3": training("P3", "deep", 1.8, (("fp32-tuned",), 1.7)),
    "P4": training("P4", "base", 1.5, (("fp32-tuned",), 1.4)),
    "P5": inference("P5", "prefill", {
        ("small", "f32"): 1.3, ("small", "bf16"): 1.3, ("base", "bf16"): 1.3, ("500m", "bf16"): 1.3}),
    "P6": inference("P6", "decode", {
        ("small", "f32"): 1.5, ("small", "bf16"): 1.5, ("small", "q8_0"): 1.7, ("base", "bf16"): 1.2,
        ("base", "q8_0"): 1.7, ("500m", "bf16"): 1.2, ("500m", "q8_0"): 1.7}),
    "P7": inference("P7", "decode", {("small", "bf16"): 2.0, ("base", "bf16"): 2.0, ("500m", "bf16"): 2.0}, batch=8),
    "P8": inference("P8", "decode", {("small", "bf16"): 2.5, ("base", "bf16"): 2.5, ("500m", "bf16"): 2.5}, batch=32),
    "P9": [Comparison("P9", "rollouts", "nano", ("float32", "bfloat16"), ("fp32-tuned", "bf16"), 10.0, 64),
           Comparison("P9", "rollouts", "small", ("float32", "bfloat16"), ("fp32-tuned", "bf16"), 6.0, 64)],
}
