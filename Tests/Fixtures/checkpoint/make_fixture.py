"""Writes the checkpoint beside it as transformers' save_pretrained does, sharded, untied, in bfloat16, and its logits.

Usage: python3 Tests/Fixtures/checkpoint/make_fixture.py
Needs torch, transformers and safetensors from PyPI. LlamaCheckpointTests reads the files.
"""
import pathlib

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

FOLDER = pathlib.Path(__file__).parent
torch.manual_seed(20261121)
model = LlamaForCausalLM(
    LlamaConfig(
        num_hidden_layers=2, hidden_size=16, num_attention_heads=4, num_key_value_heads=2, intermediate_size=24, vocab_size=13,
        max_position_embeddings=32, rms_norm_eps=1e-6, tie_word_embeddings=False,
        rope_parameters=dict(rope_type="default", rope_theta=20000.0)))
with torch.no_grad():
    for parameter in model.parameters():
        if parameter.dim() > 1:
            parameter.normal_(std=0.3)
        else:
            parameter.uniform_(0.5, 1.5)
model.to(torch.bfloat16).save_pretrained(FOLDER, max_shard_size="3KB")
(FOLDER / "generation_config.json").unlink()
tokens = torch.randint(0, 13, (2, 9))
# Loaded again: the model in memory has rounded the rotation's frequencies too.
model = LlamaForCausalLM.from_pretrained(FOLDER, dtype=torch.float32)
with torch.no_grad():
    logits = model(tokens).logits
save_file({"tokens": tokens.float(), "logits": logits.contiguous()}, FOLDER / "expected.safetensors")
