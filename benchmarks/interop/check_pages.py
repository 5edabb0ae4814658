#!/usr/bin/env python3
"""Compares the pages of Tests/Fixtures/pages/github.jsonl with GitHub's own Markdown parser, cmark-gfm.

    pip install cmarkgfm
    python benchmarks/interop/check_pages.py             # is the file what cmark-gfm says?
    python benchmarks/interop/check_pages.py --write     # write it
    python benchmarks/interop/check_pages.py --write --cases 20000 --seed 7 --output pages.jsonl

Each line is a page and what cmark-gfm finds in it: headings as [line, level, containers around it], list items as [line,
box], lines at which code begins. Pages are examples of the specification's kinds and random ones; the first line holds
seed, number and parser. Tests/LedgerTests/Gates/GitHubPagesTests.swift reads the same file with codex. Exits 1 where the
file differs, also if the control passes: an altered line must be noticed. Without cmarkgfm it says SKIPPED on standard
error and exits 77.
"""
import argparse
import html.parser
import json
import os
import random
import sys

FIXTURE = os.path.join(os.path.dirname(__file__), "../../Tests/Fixtures/pages/github.jsonl")
EXAMPLES = """# a\\n## b\\n### c\\n#### d\\n##### e\\n###### f|####### a|#5 bolt\\n\\n#hashtag|\\\\## a|#\\t\\ta|   ### a\\n  ## b\\n # c
    # a|a\\n    # b|## a ##\\n  ###   b    ###|# a ##################|### a ###     |### a ### b|# a#|### a \\\\###|****\\n## a\\n****
a\\n# b\\nc|## \\n#\\n### ###|a\\n=\\n\\nb\\n---------|a\\nb\\n====|   a\\n---\\n\\n  b\\n-----|    a\\n    ---|a\\n   ----      |a\\n    ---
a\\n= =\\n\\nb\\n--- -|> a\\n-----|> a\\nb\\n===|- a\\n---|- a\\nb\\n---|---\\na\\n---\\nb|\\n====|---\\n---|    a\\n---|- [ ] a\\n  ---
> a\\n---|a\\n***\\nb|    a\\n      b|  - a\\n\\n    b|1.  a\\n\\n    - b|    <a/>\\n    *hi*\\n\\n    - one|a\\n    b|# H\\n    a\\nH\\n--\\n    a\\n----
```\\n<\\n >\\n```|~~~\\n- [ ] a\\n~~~|``\\na\\n``|```\\na\\n~~~\\n```|````\\na\\n```\\n``````|> ```\\n> a\\n\\nb|```\\n\\n  \\n```|   ```\\n   a\\n  ```|    ```\\n    a\\n    ```
```\\na\\n    ```\\n```|``` ```\\na|a\\n```\\nb\\n```\\nc|- one\\n\\n two|- one\\n\\n  two|   > > 1.  one\\n>>\\n>>     two|>>- one\\n>>\\n  >  >  two
-one\\n\\n2.two|- a\\n\\n\\n  b|123456789. ok\\n1234567890. not ok|0. ok\\n003. ok\\n-1. not|- a\\n\\n      code|1.     code\\n\\n   a\\n\\n       code|-\\n  a\\n-\\n  ```\\n  b\\n  ```
-   \\n  a|-\\n\\n  a|- a\\n-\\n- c|1. a\\n2.\\n3. c|*|a\\n*\\n\\na\\n1.|  1.  a\\n  b\\n    c|> 1. > a\\nb|- a\\n  - b\\n    - c|- a\\n - b\\n  - c\\n   - d|10) a\\n    - b|10) a\\n   - b
- - a|1. - 2. a|- # a\\n- b\\n  ---\\n  c|- a\\n- b\\n+ c|a\\n- b\\n- c|a\\n14.  b|a\\n1.  b|- a\\n - b\\n  - c\\n   - d\\n    - e|- [ ] a\\n- [x] b\\n- [X] c|- [x] a\\n  - [ ] b
\\t- a|-\\t[ ] a|-\\t\\ta|>\\t\\ta| - a\\n   - b\\n\\t - c|1.\\t[x] a|- a\\n\\n\\tb|* * *|- - -|+ + +|- - [ ] a|> - [ ] a|1) [ ] a|- [ ]a|- [ ]|-  [ ] a|- `[ ]` a
<!-- a\\n- [ ] b\\n-->\\n- [ ] c|<div>\\n- [ ] a\\n\\n- [ ] b|<pre>\\n\\n- [ ] a\\n</pre>\\n- [ ] b|<a>\\n# a|a\\n<a>\\n# b|<x-y z=1>\\n# a|<?a\\n\\n# b ?>\\n# c|<!A\\n# b>\\n# c|<![CDATA[\\n# a\\n]]>\\n# b""".split("\n")
OPENERS = ["", "", "", "", "- ", "* ", "+ ", "1. ", "2. ", "1) ", "10. ", "> ", "> ", ">", "  ", "  ", "   ", "    ", "\t", " ", "-\t", "-   ", "-     "]
# No tag alone on a line, such as <b>: where a paragraph may continue lazily cmark-gfm begins HTML, the specification does not.
LEAVES = ["", "", "a", "b c", "[ ] a", "[x] b", "[X] c", "[ ]", "# h", "## h ##", "####### h", "#h", "=", "===", "---", "--", "- - -", "***",
          "```", "````", "~~~", "``` x", "- [ ] a", "- [x] a", "1. [ ] a", "-", "1.", "<!--", "-->", "<!-- a -->", "<div>", "</div>", "<pre>",
          "None.", "## Overrides", "#812: a", "* * *", "_ _ _", "<p", "<?", "?>", "\\# a"]


def random_page(source):
    lines = []
    previous = ""
    for _ in range(source.randint(1, 9)):
        opener = "".join(source.choice(OPENERS) for _ in range(source.choice([0, 1, 1, 2, 2, 3])))
        if source.random() < 0.35:
            # Indented as what stands before: nested and continued blocks rather than new ones.
            opener = "".join(c if c in ">\t" else " " for c in previous) + source.choice(["", "", opener])
        lines.append(opener + source.choice(LEAVES) + source.choice(["", "", "", " ", "\t"]))
        previous = opener
    return source.choice(["\n", "\n", "\n", "\r\n", "\r"]).join(lines) + source.choice(["\n", ""])


class Reader(html.parser.HTMLParser):
    """Headings, items and code of cmark-gfm's HTML with source positions."""

    def __init__(self):
        super().__init__()
        self.headings, self.items, self.code = [], [], []
        self.depth = 0
        self.beginning = None

    def handle_starttag(self, tag, attributes):
        line = int(dict(attributes).get("data-sourcepos", "0:").split(":")[0])
        if tag in ("li", "blockquote"):
            self.depth += 1
        if tag == "li":
            self.items.append([line, ""])
            self.beginning = self.items[-1]
        elif tag != "p":
            self.beginning = None
        if tag == "pre":
            self.code.append(line)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append([line, int(tag[1]), self.depth])

    def handle_endtag(self, tag):
        self.depth -= tag in ("li", "blockquote")
        if tag == "li":
            self.beginning = None

    def handle_comment(self, data):
        self.beginning = None

    def handle_data(self, data):
        if self.beginning is not None and data.strip():
            # GitHub wants text behind the box.
            if len(data) > 4 and data[:4] in ("[ ] ", "[x] ", "[X] ", "[ ]\t", "[x]\t", "[X]\t"):
                self.beginning[1] = data[1].lower()
            self.beginning = None


def answer(page, parser):
    reader = Reader()
    reader.feed(parser.markdown_to_html(page, options=parser.cmark.Options.CMARK_OPT_SOURCEPOS))
    return {"page": page, "headings": reader.headings, "items": reader.items, "code": reader.code}


def lines(count, seed, parser):
    source = random.Random(seed)
    examples = [example.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
                for line in EXAMPLES for example in line.split("|")]
    yield {"parser": "cmark-gfm", "seed": seed, "count": len(examples) + count}
    for page in examples + [random_page(source) for _ in range(count)]:
        yield answer(page, parser)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--cases", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--output", default=FIXTURE)
    options = arguments.parse_args()
    try:
        import cmarkgfm
    except ImportError:
        print("SKIPPED: cmarkgfm is not installed; nothing was compared", file=sys.stderr)
        return 77
    expected = [json.dumps(line, separators=(",", ":")) for line in lines(options.cases, options.seed, cmarkgfm)]
    if options.write:
        os.makedirs(os.path.dirname(os.path.abspath(options.output)), exist_ok=True)
        with open(options.output, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(expected) + "\n")
        print(f"{len(expected) - 1} pages written")
        return 0
    with open(options.output, encoding="utf-8") as file:
        found = file.read().splitlines()

    def differing(found):
        return [i for i in range(max(len(found), len(expected))) if found[i:i + 1] != expected[i:i + 1]]

    altered = found[:1] + [found[1].replace("]", ",9]", 1)] + found[2:]
    if differing(altered) == differing(found):
        print("the control was not noticed")
        return 1
    for index in differing(found)[:10]:
        print(f"line {index + 1}: {found[index:index + 1]} is not {expected[index:index + 1]}")
    print(f"{len(expected) - 1} pages, {len(differing(found))} differ")
    return 1 if differing(found) else 0


if __name__ == "__main__":
    sys.exit(main())
