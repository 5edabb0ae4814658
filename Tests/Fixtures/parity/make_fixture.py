"""Writes llama_parity.safetensors: what transformers' LlamaForCausalLM and torch.optim.AdamW compute on a tiny model.

Usage: python3 Tests/Fixtures/parity/make_fixture.py
Needs torch, transformers and safetensors from PyPI. ParityFixtureTests reads the file; it holds the shape in its metadata.
"""
import pathlib

import torch
from safetensors.torch import save_file
from transformers import LlamaConfig, LlamaForCausalLM

SHAPE = dict(
    num_hidden_layers=2, hidden_size=24, num_attention_heads=4, num_key_value_heads=2, intermediate_size=40, vocab_size=19,
    max_position_embeddings=32)
LEARNING_RATE, BETAS, EPSILON, DECAY, STEPS = 1e-2, (0.9, 0.95), 1e-8, 0.1, 20

torch.manual_seed(20261121)
model = LlamaForCausalLM(
    LlamaConfig(**SHAPE, rms_norm_eps=1e-5, rope_theta=10000.0, tie_word_embeddings=True, pad_token_id=0)).float()
with torch.no_grad():
    for parameter in model.parameters():
        if parameter.dim() > 1:
            parameter.normal_(std=0.2)
        else:
            parameter.uniform_(0.5, 1.5)
tokens = torch.randint(1, SHAPE["vocab_size"], (3, 17))  # without padding, whose embedding torch gives no gradient
inputs, targets = tokens[:, :-1], tokens[:, 1:]
tensors = {"weight." + name: parameter.detach().clone() for name, parameter in model.named_parameters()}


def loss() -> torch.Tensor:
    logits = model(inputs).logits
    return torch.nn.functional.cross_entropy(logits.reshape(-1, SHAPE["vocab_size"]), targets.reshape(-1))


tensors["tokens"] = tokens.float()
tensors["logits"] = model(inputs).logits.detach().clone().contiguous()
loss().backward()
for name, parameter in model.named_parameters():
    tensors["gradient." + name] = parameter.grad.clone()
matrices = [p for p in model.parameters() if p.dim() > 1]
vectors = [p for p in model.parameters() if p.dim() <= 1]
optimizer = torch.optim.AdamW(
    [dict(params=matrices, weight_decay=DECAY), dict(params=vectors, weight_decay=0.0)], lr=LEARNING_RATE, betas=BETAS,
    eps=EPSILON)
losses = []
for _ in range(STEPS):
    optimizer.zero_grad()
    value = loss()
    losses.append(value.item())
    value.backward()
    optimizer.step()
tensors["losses"] = torch.tensor(losses)
for name, parameter in model.named_parameters():
    tensors["trained." + name] = parameter.detach().clone()
metadata = {key: str(value) for key, value in SHAPE.items()} | {"torch": torch.__version__}
save_file(tensors, pathlib.Path(__file__).with_name("llama_parity.safetensors"), metadata=metadata)
