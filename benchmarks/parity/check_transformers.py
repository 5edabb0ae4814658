"""Computes again, with transformers' LlamaForCausalLM, what `codex-bench parity --output DIR` wrote, and compares.

Usage: python3 benchmarks/parity/check_transformers.py DIR
Needs torch, transformers and safetensors from PyPI; without them it says SKIPPED on standard error and exits with 77.
Bounds: |difference of logits| <= 1e-4; gradients of every parameter <= 1e-4 of their tensor's largest; losses of 20 AdamW
steps <= 1e-4.
"""
import sys

try:
    import torch
    from safetensors.torch import load_file
    from transformers import LlamaForCausalLM
except ImportError as missing:
    print(f"SKIPPED: {missing}. To run this cross-check: pip install torch transformers safetensors", file=sys.stderr)
    sys.exit(77)


def main(folder: str) -> int:
    expected = load_file(f"{folder}/expected/expected.safetensors")
    model = LlamaForCausalLM.from_pretrained(f"{folder}/model", dtype=torch.float32)
    model.train()
    tokens = expected["tokens"].long()
    inputs, targets = tokens[:, :-1], tokens[:, 1:]

    def loss() -> torch.Tensor:
        logits = model(inputs).logits
        return torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets.reshape(-1))

    failures = []

    def judge(what: str, got: float, bound: float) -> None:
        print(f"{what:<44} {got:.3e}  bound {bound:.0e}  {'ok' if got <= bound else 'FAILED'}")
        if not got <= bound:
            failures.append(what)

    with torch.no_grad():
        judge("largest difference of logits", (model(inputs).logits - expected["logits"]).abs().max().item(), 1e-4)
    loss().backward()
    worst, name_of_worst = 0.0, ""
    for name, parameter in model.named_parameters():
        theirs = parameter.grad
        ours = expected["gradient." + name]
        relative = ((ours - theirs).abs().max() / theirs.abs().max().clamp_min(1e-12)).item()
        if relative >= worst:
            worst, name_of_worst = relative, name
    judge(f"worst gradient ({name_of_worst})"[:44], worst, 1e-4)
    decayed = [p for p in model.parameters() if p.dim() > 1]
    plain = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=0.1), dict(params=plain, weight_decay=0.0)], lr=1e-3, betas=(0.9, 0.95), eps=1e-8)
    difference = 0.0
    for step in range(20):
        optimizer.zero_grad()
        value = loss()
        difference = max(difference, abs(value.item() - expected["losses"][step].item()))
        value.backward()
        optimizer.step()
    judge("largest difference of 20 AdamW losses", difference, 1e-4)
    # Control: a bound that cannot tell right from wrong proves nothing.
    broken = (model(inputs).logits.detach() - expected["logits"]).abs().max().item()
    if broken <= 1e-4:
        failures.append("control: trained weights gave the old logits")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    sys.exit(main(sys.argv[1]))
