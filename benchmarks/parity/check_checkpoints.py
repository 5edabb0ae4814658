"""Exchanges checkpoints with transformers in both directions and compares logits in single precision.

Usage: python3 benchmarks/parity/check_checkpoints.py CODEX_BENCH
CODEX_BENCH is the path of the binary codex-bench (swift build -c release --product codex-bench).
Needs torch, transformers and safetensors from PyPI; without them it says SKIPPED on standard error and exits with 77.

Each case is a checkpoint that transformers wrote (random weights large enough that every path matters): codex reads it,
computes the logits of random tokens, writes it again in its own layout, and transformers reads that. Bound: largest
difference of logits <= 1e-4 of single-precision models whose logits have size about 1; the weights that come back are
equal bit by bit. Control: each case is also compared with logits of other tokens, which must differ.
"""
import os
import subprocess
import sys
import tempfile

try:
    import torch
    from safetensors.torch import load_file, save_file
    from transformers import LlamaConfig, LlamaForCausalLM
except ImportError as missing:
    print(f"SKIPPED: {missing}. To run this cross-check: pip install torch transformers safetensors", file=sys.stderr)
    sys.exit(77)

BOUND = 1e-4
SMALL = dict(hidden_size=64, intermediate_size=176, num_hidden_layers=3, num_attention_heads=4, vocab_size=97,
             max_position_embeddings=64)
# name, configuration, precision in the file, bytes of one file as transformers spells it, codex's way of writing it again
CASES = [
    ("tied", dict(num_key_value_heads=4, tie_word_embeddings=True), torch.float32, "1GB", []),
    ("untied, grouped queries", dict(num_key_value_heads=2, tie_word_embeddings=False), torch.float32, "1GB", []),
    ("sharded, tied", dict(num_key_value_heads=1, tie_word_embeddings=True), torch.float32, "90KB",
     ["--shard-kilobytes", "120"]),
    ("sharded, untied, bf16", dict(num_key_value_heads=2, tie_word_embeddings=False), torch.bfloat16, "60KB",
     ["--shard-kilobytes", "50", "--type", "bf16"]),
    ("f16", dict(num_key_value_heads=2, tie_word_embeddings=True), torch.float16, "1GB", []),
    ("other theta and epsilon", dict(num_key_value_heads=2, tie_word_embeddings=False, rms_norm_eps=1e-6,
                                     rope_parameters=dict(rope_type="default", rope_theta=500000.0)),
     torch.float32, "1GB", []),
]


def make(folder: str, changes: dict, dtype: torch.dtype, shard: str) -> None:
    """A checkpoint as save_pretrained leaves it."""
    torch.manual_seed(7)
    model = LlamaForCausalLM(LlamaConfig(**{**SMALL, **changes}))
    for name, parameter in model.named_parameters():
        spread = 0.15 if parameter.dim() > 1 else 0.3
        parameter.data = torch.randn_like(parameter) * spread + (0 if parameter.dim() > 1 else 1)
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)


def logits_of_transformers(folder: str, tokens: torch.Tensor) -> torch.Tensor:
    model = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    with torch.no_grad():
        return model(tokens).logits


def main(bench: str) -> int:
    failures = 0
    torch.manual_seed(11)
    tokens = torch.randint(0, SMALL["vocab_size"], (3, 50))
    with tempfile.TemporaryDirectory() as place:
        save_file({"tokens": tokens.float().contiguous()}, f"{place}/tokens.safetensors")
        for number, (name, changes, dtype, shard, again) in enumerate(CASES):
            theirs, ours = f"{place}/theirs{number}", f"{place}/ours{number}"
            make(theirs, changes, dtype, shard)
            files = sum(file.endswith(".safetensors") for file in os.listdir(theirs))
            if ("sharded" in name) != (files > 1):
                raise SystemExit(f"{name}: transformers wrote {files} files")
            logits = f"{place}/logits{number}.safetensors"
            subprocess.run([bench, "logits", "--model", theirs, "--tokens", f"{place}/tokens.safetensors",
                            "--output", logits], check=True)
            subprocess.run([bench, "export", "--model", theirs, "--output", ours, *again], check=True,
                           stdout=subprocess.DEVNULL)
            expected = logits_of_transformers(theirs, tokens)
            got = load_file(logits)["logits"]
            read = (got - expected).abs().max().item()
            written = (logits_of_transformers(ours, tokens) - expected).abs().max().item()
            control = (got.roll(1, dims=1) - expected).abs().max().item()
            good = read <= BOUND and written == 0 and control > 100 * BOUND
            failures += not good
            print(f"{name:<26} {files:>2} files  logits to {expected.abs().max():5.2f}  read {read:.1e}  written again "
                  f"{written:.1e}  control {control:.1e}  {'ok' if good else 'FAILED'}")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    sys.exit(main(sys.argv[1]))
