"""The configurations that codex is compared on, and how codex-bench spells them."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """A Llama-shaped decoder: RMSNorm, rotary positions, SwiGLU, as many key and value heads as query heads."""
    layers: int
    width: int
    heads: int
    ff: int
    vocabulary: int
    context: int  # tokens of one training sequence
    batch: int  # sequences of one training step
    tied: bool = True

    def codex_arguments(self) -> list[str]:
        """The dimensions as options of codex-bench's subcommands; context and batch depend on the measurement."""
        sizes = [("layers", self.layers), ("width", self.width), ("heads", self.heads), ("ff", self.ff),
                 ("vocab", self.vocabulary)]
        words = [word for name, size in sizes for word in (f"--{name}", str(size))]
        return words if self.tied else words + ["--untied"]


SHAPES = {
    "nano": Shape(4, 128, 4, 384, 512, 128, 32),
    "small": Shape(6, 384, 6, 1024, 4096, 256, 16),
    "deep": Shape(24, 256, 4, 704, 1024, 256, 16),
    "base": Shape(12, 768, 12, 2048, 8192, 512, 4),
    "500m": Shape(24, 1024, 16, 2816, 32000, 512, 1, tied=False),
}
