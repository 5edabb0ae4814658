"""Records what Hydra 1.3.2 prints for `--cfg job`: python record_cfg_job.py > cfg_job.jsonl

Each line holds the tree and the arguments it was made with. Needs hydra-core==1.3.2; the tests need none.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

APP = """
import hydra
@hydra.main(version_base="1.3", config_path=None)
def main(cfg): pass
main()
"""

# One tree with what printing can get wrong: order, quotes, folds, empty collections, floats, references.
TREE = {
    "config.yaml": """\
defaults:
  - db: mysql
  - db@backup: postgres
  - optional log: none
  - _self_
name: run_${db.name}
flags: {'on': 'yes', empty: {}, none: null, list: []}
rates: [1.0, 1e-5, 0.1, .inf, 1e16]
text: "a: b # c"
multi: |
  first line
  second
long: a sentence that is a good deal longer than eighty columns and is folded where a printer folds its lines
must: ???
nested:
  a: [{b: 1, c: [2, 3]}, [], {}]
  back: ${..name}
""",
    "db/base.yaml": "user: u\nport: 1\n",
    "db/mysql.yaml": "defaults:\n  - base\n  - _self_\nname: my\nport: 3306\nurl: ${.user}@${.name}:${.port}\n",
    "db/postgres.yaml": "name: pg\nport: 5432\n",
    "log/file.yaml": "# @package _global_.out\npath: /tmp/x\nlevel: info\n",
}

CASES = [
    [],
    ["--resolve"],
    ["--package", "db"],
    ["--package", "db", "--resolve"],
    ["-p", "db.url"],
    ["-p", "db.port"],
    ["-p", "rates"],
    ["-p", "rates.1"],
    ["-p", "flags"],
    ["-p", "flags.empty"],
    ["-p", "nested.a"],
    ["-p", "nested.a", "--resolve"],
    ["-p", "nested.back"],
    ["-p", "_global_"],
    ["-p", "multi"],
    ["db=postgres"],
    ["db=postgres", "db@backup=mysql", "--resolve", "-p", "backup"],
    ["+log=file"],
    ["log=file", "out.level=debug"],
    ["~db@backup", "~nested"],
    ["must=given", "+extra={a: 1, b: [x, y]}", "++nested.new=1e-3"],
    ["flags.list=[1, two, '3']", "text='quoted, text'", "-p", "flags"],
    ["name=null", "rates=[]"],
    ["db.user='it''s'", "+k.with-dash=1", "+k.null=null", "+k.true=False"],
    # Those that fail: only that they do is compared.
    ["-p", "nothing"],
    ["db=oracle"],
    ["nme=1"],
    ["+name=1"],
    ["~nothing"],
    ["db.port=[1"],
    ["text=${nothing}", "--resolve"],
]


def main():
    with tempfile.TemporaryDirectory() as directory:
        root = pathlib.Path(directory)
        for name, text in TREE.items():
            path = root / "conf" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (root / "app.py").write_text(APP)
        for arguments in CASES:
            command = [sys.executable, "app.py", "--config-dir", "conf", "--config-name", "config", "--cfg", "job"]
            done = subprocess.run(command + arguments, cwd=root, capture_output=True, text=True)
            row = {"arguments": arguments, "succeeds": done.returncode == 0}
            if row["succeeds"]:
                row["output"] = done.stdout
            print(json.dumps(row | ({"tree": TREE} if arguments == [] else {})))


main()
