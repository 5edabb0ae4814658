"""Runs a checkpoint in codex and, exported as GGUF, in llama.cpp, and compares greedy tokens and logits.

Usage: python3 benchmarks/parity/check_llamacpp.py CODEX_BENCH
CODEX_BENCH is the path of the binary codex-bench (swift build -c release --product codex-bench).
Needs llama-cpp-python, numpy and safetensors from PyPI; without them it says SKIPPED on standard error and exits with 77.

Each case is a checkpoint of random weights large enough that every path matters. Bounds in single precision, with llama.cpp's
key-value cache in single precision too: 200 greedy tokens equal, logits within 1e-4 of their size (root mean square; llama.cpp
sums in another order). For bf16 and q8_0, where llama.cpp rounds activations as well: logits within 0.03 and 0.1.
Control: the same weights with the rows of queries and keys in the other order, which must give other tokens.
"""
import json
import os
import subprocess
import sys
import tempfile

try:
    import numpy as np
    from llama_cpp import Llama
    from safetensors.numpy import load_file, save_file
except ImportError as missing:
    print(f"SKIPPED: {missing}. To run this cross-check: pip install llama-cpp-python numpy safetensors", file=sys.stderr)
    sys.exit(77)

GGML_TYPE_F32 = 0
PROMPT = [1, 17, 4, 96, 33, 250, 7]
CASES = [  # name, heads of keys and values, tied, theta
    ("tied", 4, True, 10000.0),
    ("untied, grouped queries", 2, False, 10000.0),
    ("untied, theta 500000", 1, False, 500000.0),
]


def make(folder: str, kv_heads: int, tied: bool, theta: float, interleaved: bool = False) -> None:
    """A Hugging Face checkpoint of random weights; `interleaved` misplaces the rows of queries and keys."""
    layers, width, heads, ff, vocabulary = 4, 128, 4, 352, 256 + 44
    random = np.random.default_rng(3)
    head_width = width // heads

    def matrix(rows: int, columns: int) -> np.ndarray:
        return (random.standard_normal((rows, columns)) * 0.12).astype(np.float32)

    def norm() -> np.ndarray:
        return (1 + 0.3 * random.standard_normal(width)).astype(np.float32)

    def rotated(rows: np.ndarray) -> np.ndarray:
        if not interleaved:
            return rows
        shape = rows.shape
        return np.ascontiguousarray(rows.reshape(-1, 2, head_width // 2, width).swapaxes(1, 2).reshape(shape))

    tensors = {"model.embed_tokens.weight": matrix(vocabulary, width), "model.norm.weight": norm()}
    if not tied:
        tensors["lm_head.weight"] = matrix(vocabulary, width)
    for layer in range(layers):
        at = f"model.layers.{layer}."
        tensors[at + "input_layernorm.weight"] = norm()
        tensors[at + "post_attention_layernorm.weight"] = norm()
        tensors[at + "self_attn.q_proj.weight"] = rotated(matrix(width, width))
        tensors[at + "self_attn.k_proj.weight"] = rotated(matrix(kv_heads * head_width, width))
        tensors[at + "self_attn.v_proj.weight"] = matrix(kv_heads * head_width, width)
        tensors[at + "self_attn.o_proj.weight"] = matrix(width, width)
        tensors[at + "mlp.gate_proj.weight"] = matrix(ff, width)
        tensors[at + "mlp.up_proj.weight"] = matrix(ff, width)
        tensors[at + "mlp.down_proj.weight"] = matrix(width, ff)
    os.mkdir(folder)
    save_file(tensors, f"{folder}/model.safetensors")
    with open(f"{folder}/config.json", "w") as file:
        json.dump(dict(model_type="llama", hidden_size=width, intermediate_size=ff, num_hidden_layers=layers,
                       num_attention_heads=heads, num_key_value_heads=kv_heads, vocab_size=vocabulary,
                       max_position_embeddings=256, rms_norm_eps=1e-5, rope_theta=theta, tie_word_embeddings=tied), file)


def run(bench: str, *arguments: str) -> str:
    return subprocess.run([bench, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def llama(path: str, threads: int = 2) -> Llama:
    return Llama(path, n_ctx=256, n_batch=256, n_threads=threads, n_threads_batch=threads, logits_all=True, verbose=False,
                 type_k=GGML_TYPE_F32, type_v=GGML_TYPE_F32)


def greedy_of_llamacpp(model: Llama, count: int) -> list[int]:
    tokens, new = [], list(PROMPT)
    model.reset()
    for _ in range(count):
        model.eval(new)
        new = [int(np.argmax(model.scores[model.n_tokens - 1]))]
        tokens += new
    return tokens


def main(bench: str) -> int:
    failures = 0

    def judge(what: str, good: bool) -> None:
        nonlocal failures
        failures += not good
        print(f"{what:<76} {'ok' if good else 'FAILED'}")

    with tempfile.TemporaryDirectory() as place:
        for number, (name, kv_heads, tied, theta) in enumerate(CASES):
            folder = f"{place}/model{number}"
            make(folder, kv_heads, tied, theta)
            count = 200
            ours = [int(token) for token in
                    run(bench, "greedy", "--model", folder, "--prompt", ",".join(map(str, PROMPT)),
                        "--count", str(count)).strip().split(",")]
            gguf = f"{folder}-f32.gguf"
            run(bench, "export", "--model", folder, "--format", "gguf", "--output", gguf)
            model = llama(gguf)
            theirs = greedy_of_llamacpp(model, count)
            same = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), count)
            judge(f"{name}: {same} of {count} greedy tokens equal, {len(set(ours))} different ones", same == count)

            sequence = np.array([PROMPT + ours[:-1]], dtype=np.float32)
            save_file({"tokens": sequence}, f"{folder}.tokens")
            run(bench, "logits", "--model", folder, "--tokens", f"{folder}.tokens", "--output", f"{folder}.logits")
            logits = load_file(f"{folder}.logits")["logits"][0]
            for kind, bound in (("f32", 1e-4), ("bf16", 0.03), ("q8_0", 0.1)):
                gguf = f"{folder}-{kind}.gguf"
                if kind != "f32":
                    run(bench, "export", "--model", folder, "--format", "gguf", "--type", kind, "--output", gguf)
                model = llama(gguf)
                model.eval([int(token) for token in sequence[0]])
                got = np.asarray(model.scores[:sequence.shape[1]])
                difference = float(np.sqrt(np.mean((got - logits) ** 2) / np.mean(logits ** 2)))
                judge(f"{name}: {kind}: relative difference of logits {difference:.1e}, bound {bound:.0e}",
                      difference <= bound)

            broken = f"{place}/broken{number}"
            make(broken, kv_heads, tied, theta, interleaved=True)
            run(bench, "export", "--model", broken, "--format", "gguf", "--output", f"{broken}.gguf")
            control = greedy_of_llamacpp(llama(f"{broken}.gguf"), 50)
            judge(f"{name}: control: misplaced rows give other tokens", control != ours[:50])
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(64)
    sys.exit(main(sys.argv[1]))
