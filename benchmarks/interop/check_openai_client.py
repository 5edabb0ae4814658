"""Asks a running `codex serve` through OpenAI's own Python client.

    pip install openai
    python3 benchmarks/interop/check_openai_client.py http://127.0.0.1:8080 "(37 + 45) * 6 - 12"

Exits 0 when every check holds, 1 when one fails, 77 (skipped, said loudly) where the client is not installed.
"""

import json
import sys

try:
    import openai
except ImportError:
    print("SKIPPED: the package 'openai' is not installed; nothing was checked.", file=sys.stderr)
    sys.exit(77)

base, problem = sys.argv[1], sys.argv[2]
key = sys.argv[3] if len(sys.argv) > 3 else "none"
client = openai.OpenAI(base_url=base + "/v1", api_key=key, max_retries=0)
checks = 0


def check(what, holds):
    global checks
    if not holds:
        print("FAILED:", what)
        sys.exit(1)
    checks += 1


def check_usage(response):
    usage = response.usage
    check("usage counts", usage.input_tokens > 0 and usage.output_tokens >= 0)
    check("usage adds up", usage.total_tokens == usage.input_tokens + usage.output_tokens)
    check("reasoning tokens", 0 <= usage.output_tokens_details.reasoning_tokens <= usage.output_tokens)
    check("cached tokens", usage.input_tokens_details.cached_tokens == 0)
    # Strictly: the client's models accept anything unless they are asked.
    type(response).model_validate(response.model_dump(), strict=False)


name = client.models.list().data[0].id
check("model", client.models.retrieve(name).id == name)

text = client.responses.create(model=name, input=problem, reasoning={"effort": "medium"}, metadata={"from": "interop"})
check("completed", text.status == "completed" and text.error is None and text.model == name)
check("echo", text.metadata == {"from": "interop"} and text.reasoning.effort == "medium")
part = text.output[0].content[0]
check("a plan or a refusal", part.type in ("output_text", "refusal"))
check("output_text", part.type == "refusal" or text.output_text.startswith("goal "))
check_usage(text)

items = [{"role": "user", "content": [{"type": "input_text", "text": problem}]}]
plan = client.responses.create(input=items, text={"format": {"type": "json_object"}}, reasoning={"effort": "high"})
part = plan.output[0].content[0]
if part.type == "output_text":
    tree = json.loads(plan.output_text)
    check("tree", tree["text"].startswith("goal ") and tree["steps"][-1]["kind"] == "terminal")
check_usage(plan)

short = client.responses.create(input=problem, max_output_tokens=1)
check("incomplete", short.status == "incomplete" and short.incomplete_details.reason == "max_output_tokens")
check("no output", short.output == [] and short.output_text == "")
check_usage(short)

for wanted, code, arguments in [
    (openai.BadRequestError, "unsupported_value", {"input": problem, "stream": True}),
    (openai.BadRequestError, "unreadable_problem", {"input": "what is love?"}),
    (openai.NotFoundError, "model_not_found", {"input": problem, "model": "gpt-4o"}),
]:
    try:
        client.responses.create(**arguments)
        check(code + " is refused", False)
    except wanted as error:
        check(code, error.code == code and error.request_id.startswith("req_"))

print(f"{checks} checks hold with openai {openai.__version__}: {part.type}")
if part.type == "output_text":
    print(text.output_text)
