"""Sampled continuations with transformers' generate, for comparison with `codex-bench rollouts`.

Usage: rollouts_transformers.py SHAPE MODE [--threads 2] [--seconds 20] [--serve]
MODE: fp32-tuned (see peer.py), bf16. Batch 64, prompt 32, 96 new tokens, temperature 1; no grammar, which codex has on.
Needs torch and transformers from PyPI; without them, exit 77.
"""
import sys

import peer
from shapes import SHAPES

try:
    import torch
    import transformers
except ImportError as missing:
    peer.skip(f"{missing}. To compare with transformers: pip install torch transformers")

BATCH, PROMPT, NEW = 64, 32, 96


def main() -> None:
    options = peer.arguments(__doc__.splitlines()[0], list(SHAPES), ["fp32-tuned", "bf16"])
    if "tuned" in options.mode:
        peer.run_again_with_fast_mkl()
    peer.forget_preload()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    torch.set_grad_enabled(False)
    transformers.logging.set_verbosity_error()
    shape = SHAPES[options.shape]
    model = transformers.LlamaForCausalLM(transformers.LlamaConfig(
        vocab_size=shape.vocabulary, hidden_size=shape.width, intermediate_size=shape.ff, num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads, num_key_value_heads=shape.heads, max_position_embeddings=2048,
        tie_word_embeddings=shape.tied, attn_implementation="sdpa", bos_token_id=1, eos_token_id=None, pad_token_id=0))
    model = model.to(torch.bfloat16 if options.mode == "bf16" else torch.float32).eval()
    prompts = torch.randint(3, shape.vocabulary, (BATCH, PROMPT))

    def step() -> None:
        tokens = model.generate(
            prompts, attention_mask=torch.ones_like(prompts), max_new_tokens=NEW, min_new_tokens=NEW, do_sample=True,
            temperature=1.0, top_k=0, use_cache=True, pad_token_id=0, eos_token_id=None)
        assert tokens.shape == (BATCH, PROMPT + NEW)

    step()
    peer.answer(options, BATCH * NEW, step, dict(
        peer="transformers " + transformers.__version__, mode=options.mode))


if __name__ == "__main__":
    sys.exit(main())
