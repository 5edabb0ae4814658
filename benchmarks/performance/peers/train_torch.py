"""Training steps in PyTorch, for comparison with `codex-bench train`: forward, backward, clipping, fused AdamW.

Usage: train_torch.py SHAPE MODE [--threads 2] [--seconds 20] [--serve]
MODE: fp32, fp32-tuned (see peer.py), fp32-compiled, fp32-tuned-compiled, bf16 (autocast), bf16-compiled.
Needs torch from PyPI; without it, exit 77.
"""
import sys

import peer
from shapes import SHAPES, Shape

MODES = ["fp32", "fp32-tuned", "fp32-compiled", "fp32-tuned-compiled", "bf16", "bf16-compiled"]

try:
    import torch
except ImportError as missing:
    peer.skip(f"{missing}. To compare with PyTorch: pip install torch")

from torch import nn
from torch.nn import functional as F


class RMSNorm(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, (x.shape[-1],), self.weight, 1e-5)


def rotate(x, cosines, sines):
    """Rotary positions, halves paired: x (B, H, T, D), tables (T, D)."""
    half = x.shape[-1] // 2
    return x * cosines + torch.cat([-x[..., half:], x[..., :half]], -1) * sines


class Block(nn.Module):
    """One decoder layer with fused projections, as PyTorch users write it for speed."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.heads = shape.heads
        self.attention_norm, self.ff_norm = RMSNorm(shape.width), RMSNorm(shape.width)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.gate_up = nn.Linear(shape.width, 2 * shape.ff, bias=False)
        self.down = nn.Linear(shape.ff, shape.width, bias=False)

    def forward(self, x, cosines, sines):
        batch, length, width = x.shape
        fused = self.qkv(self.attention_norm(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = fused.permute(2, 0, 3, 1, 4)
        q, k = rotate(q, cosines, sines).to(v.dtype), rotate(k, cosines, sines).to(v.dtype)
        attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.output(attended.transpose(1, 2).reshape(batch, length, width))
        gate, up = self.gate_up(self.ff_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Llama(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape.width)
        self.head = nn.Linear(shape.width, shape.vocabulary, bias=False)
        if shape.tied:
            self.head.weight = self.embedding.weight
        width = shape.width // shape.heads
        angles = torch.outer(torch.arange(shape.context).float(), 10_000 ** (-torch.arange(0, width, 2).float() / width))
        self.register_buffer("cosines", torch.cat([angles.cos()] * 2, -1), persistent=False)
        self.register_buffer("sines", torch.cat([angles.sin()] * 2, -1), persistent=False)
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens, targets):
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x, self.cosines, self.sines)
        logits = self.head(self.norm(x))
        return F.cross_entropy(logits.view(-1, logits.shape[-1]).float(), targets.view(-1))


def main() -> None:
    options = peer.arguments(__doc__.splitlines()[0], list(SHAPES), MODES)
    if "tuned" in options.mode:
        peer.run_again_with_fast_mkl()
    peer.forget_preload()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    shape = SHAPES[options.shape]
    model = Llama(shape)
    run = torch.compile(model) if "compiled" in options.mode else model
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)
    tokens, targets = torch.randint(0, shape.vocabulary, (2, shape.batch, shape.context))

    def step() -> None:
        with torch.autocast("cpu", torch.bfloat16, enabled=options.mode.startswith("bf16")):
            loss = run(tokens, targets)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if not torch.isfinite(loss):
            raise SystemExit("the loss is not finite")

    for _ in range(2):
        step()
    peer.answer(options, shape.batch * shape.context, step, dict(
        peer="torch " + torch.__version__, mode=options.mode, parameters=sum(p.numel() for p in model.parameters())))


if __name__ == "__main__":
    sys.exit(main())
