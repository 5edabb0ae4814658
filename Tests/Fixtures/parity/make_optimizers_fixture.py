"""Writes optimizers.safetensors: what torch.optim.Adafactor, Muon and AdamW make of given gradients, step by step.

Usage: python3 Tests/Fixtures/parity/make_optimizers_fixture.py
Needs torch (2.9 or later) and safetensors from PyPI. OptimizerParityTests reads the file; it holds the shape in its metadata.

Single precision throughout: torch orthogonalises in bfloat16, so its conversion is switched off here. Adafactor's step is the
rate itself: its scale by the parameters' root mean square is held at 1, where the second epsilon keeps it.
"""
import pathlib

import torch
from safetensors.torch import save_file

LAYERS, WIDTH, KEY_WIDTH, FEED_FORWARD, VOCABULARY = 1, 8, 4, 12, 9
RATE, DECAY, STEPS = 1e-2, 0.1, 5

torch.manual_seed(20261121)
torch.Tensor.bfloat16 = lambda self: self.clone()

shapes = {"model.embed_tokens.weight": (VOCABULARY, WIDTH)}
for layer in range(LAYERS):
    prefix = f"model.layers.{layer}."
    shapes |= {
        prefix + "input_layernorm.weight": (WIDTH,),
        prefix + "self_attn.q_proj.weight": (WIDTH, WIDTH),
        prefix + "self_attn.k_proj.weight": (KEY_WIDTH, WIDTH),
        prefix + "self_attn.v_proj.weight": (KEY_WIDTH, WIDTH),
        prefix + "self_attn.o_proj.weight": (WIDTH, WIDTH),
        prefix + "post_attention_layernorm.weight": (WIDTH,),
        prefix + "mlp.gate_proj.weight": (FEED_FORWARD, WIDTH),
        prefix + "mlp.up_proj.weight": (FEED_FORWARD, WIDTH),
        prefix + "mlp.down_proj.weight": (WIDTH, FEED_FORWARD),
    }
shapes |= {"model.norm.weight": (WIDTH,), "v_head.summary.weight": (1, WIDTH), "v_head.summary.bias": (1,)}
initial = {name: 0.2 * torch.randn(shape) for name, shape in shapes.items()}
# Sizes that differ by tensor and step: clipping sets in for some and not for others.
gradients = [{name: torch.randn(shape) * 10 ** torch.empty(1).uniform_(-3, 0) for name, shape in shapes.items()}
             for _ in range(STEPS)]
tensors = {"initial." + name: value for name, value in initial.items()}
for step, values in enumerate(gradients):
    tensors |= {f"gradient.{step}.{name}": value for name, value in values.items()}


def is_hidden(name: str) -> bool:
    return len(shapes[name]) == 2 and name.startswith("model.layers.")


def decay(name: str) -> float:
    return DECAY if len(shapes[name]) > 1 else 0.0


def adamw(parameters: dict) -> list:
    return [torch.optim.AdamW([value], lr=RATE, betas=(0.9, 0.95), eps=1e-8, weight_decay=decay(name))
            for name, value in parameters.items()]


def adafactor(parameters: dict) -> list:
    return [torch.optim.Adafactor([value], lr=RATE, eps=(1e-15, 1.0), d=1.0, beta2_decay=-0.8, weight_decay=decay(name))
            for name, value in parameters.items()]


def muon(parameters: dict) -> list:
    hidden = [value for name, value in parameters.items() if is_hidden(name)]
    return [torch.optim.Muon(hidden, lr=RATE, weight_decay=DECAY, momentum=0.95, adjust_lr_fn="match_rms_adamw")
            ] + adamw({name: value for name, value in parameters.items() if not is_hidden(name)})


for name, make in [("adamw", adamw), ("adafactor", adafactor), ("muon", muon)]:
    parameters = {key: value.clone().requires_grad_() for key, value in initial.items()}
    optimizers = make(parameters)
    for values in gradients:
        for key, parameter in parameters.items():
            parameter.grad = values[key].clone()
        for optimizer in optimizers:
            optimizer.step()
    tensors |= {f"{name}.{key}": value.detach().clone() for key, value in parameters.items()}
metadata = dict(
    num_hidden_layers=str(LAYERS), hidden_size=str(WIDTH), num_attention_heads="2",
    num_key_value_heads=str(2 * KEY_WIDTH // WIDTH), intermediate_size=str(FEED_FORWARD), vocab_size=str(VOCABULARY),
    steps=str(STEPS), learning_rate=str(RATE), weight_decay=str(DECAY), torch=torch.__version__)
save_file(tensors, pathlib.Path(__file__).with_name("optimizers.safetensors"), metadata=metadata)
