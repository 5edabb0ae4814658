// What is wrong with what the command line names.
extension Mistake {
  /// Problems.
  static let problems = [
    Mistake(
      "plan \"-3 + 4\"", 65,
      """
      arithmetic problem, column 1: expected a number, got '-'
        -3 + 4
        ^
      Write it like '(37 + 45) * 6 - 12', or 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan \"37 × 45\"", 65,
      """
      arithmetic problem: the second operand of a product is 45; allowed: 0…9. Choose one within these limits.
      """),
    Mistake(
      "plan \"37 / 5\"", 65,
      """
      arithmetic problem, column 4: expected '+', '-', '*' or the end, got '/'
        37 / 5
           ^
      Write it like '(37 + 45) * 6 - 12'.
      """),
    Mistake(
      "plan \"37 + 4O\"", 65,
      """
      arithmetic problem, column 7: expected '+', '-', '*' or the end, got 'O'
        37 + 4O
              ^
      Write it like '(37 + 45) * 6 - 12'.
      """),
    Mistake(
      "plan \"make 449 from 5 12 37\"", 65,
      """
      arithmetic problem, column 1: expected a number, got 'm'
        make 449 from 5 12 37
        ^
      Write it like '(37 + 45) * 6 - 12', or 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan \"What is 3 + 4?\"", 65,
      """
      arithmetic problem, column 1: expected a number, got 'W'
        What is 3 + 4?
        ^
      Write it like '(37 + 45) * 6 - 12', or 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan \"\"", 65,
      """
      arithmetic problem, column 1: expected a number, got the end

        ^
      Write it like '(37 + 45) * 6 - 12', or 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan \"3 + \"", 65,
      """
      arithmetic problem, column 5: expected a number, got the end
        3 +
            ^
      Write it like '(37 + 45) * 6 - 12'.
      """),
    Mistake(
      "plan \"(3 + 4\"", 65,
      """
      arithmetic problem, column 7: expected ')' or an operation, got the end
        (3 + 4
              ^
      Write it like '(37 + 45) * 6 - 12'.
      """),
    Mistake(
      "plan \"3 + (4 * 5)\"", 65,
      """
      arithmetic problem, column 3: the right operand is itself an operation; a chain combines the running value with one number at a time
        3 + (4 * 5)
          ^
      Write it like '(37 + 45) * 6 - 12'.
      """),
    Mistake(
      "plan \"reach 449\"", 65,
      """
      countdown problem, column 10: expected 'from', got the end
        reach 449
                 ^
      Write it like 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan \"reach 5 from 5 12 37\"", 65,
      """
      countdown problem: the target 5 is one of the numbers, so there is nothing to plan. Choose another target.
      """),
    Mistake(
      "plan \"99999999999999999999 + 1\"", 65,
      """
      arithmetic problem, column 1: expected a number of at most 9 digits, got '9'
        99999999999999999999 + 1
        ^
      Write it like '(37 + 45) * 6 - 12', or 'reach 449 from 5 12 37'.
      """),
    Mistake(
      "plan verify plan.txt", 64,
      """
      Missing expected argument '--problem <problem>'
        See 'codex plan verify --help' for more information.
      """),
  ]

  /// Settings.
  static let settings = [
    Mistake(
      "train --template baselin", 78,
      """
      no template 'baselin'. Did you mean 'baseline'? 'codex reasoning-templates list' names all.
      """),
    Mistake(
      "train --template baseline training.max_steps=-5", 78,
      """
      override 1 ('training.max_steps=-5'): 'training.max_steps' is -5; allowed: 1…10000000. Override with 'training.max_steps=<value>'.
      """),
    Mistake(
      "train --template baseline \"training.output_dir=''\"", 78,
      """
      override 1 ('training.output_dir='''): 'training.output_dir' is ''; allowed: a relative path below runs/, e.g. runs/train_loop. Override with 'training.output_dir=<value>'.
      """),
    Mistake(
      "train --template baseline training.max_step=5", 78,
      """
      override 1 ('training.max_step=5'): Could not override 'training.max_step'. No such setting. Did you mean 'training.max_steps'? To add it, use '+training.max_step=…'.
      """),
    Mistake(
      "train --template baseline training.max_steps", 78,
      """
      Cannot read the override at column 19: a '=' is missing.
        training.max_steps
                          ^
      Write training.max_steps=<value>; to delete a setting, write ~training.max_steps.
      """),
    Mistake(
      "train --template baseline training.learning_rate=fast", 78,
      """
      override 1 ('training.learning_rate=fast'): 'training.learning_rate' is 'fast'; expected a number. Override with 'training.learning_rate=<value>'.
      """),
    Mistake(
      "train --template baseline model=huge", 78,
      """
      override 1 ('model=huge'): In 'training/reasoning/baseline': Could not find 'model/huge'. Available: micro, nano.
      """),
    Mistake(
      "train --template baseline training.seed=1,2", 78,
      """
      Ambiguous value for argument 'training.seed=1,2'.
      To use it as a list: training.seed=[value1,value2]; as a text: training.seed=\\'value1,value2\\'; to run with each value: add --multirun.
      """),
    Mistake(
      "evaluate evaluation.modes=greedy", 78,
      """
      override 1 ('evaluation.modes=greedy'): 'evaluation.modes' is 'greedy'; expected a list. Override with 'evaluation.modes=<value>'.
      """),
    Mistake(
      "evaluate evaluation.split=tset", 78,
      """
      override 1 ('evaluation.split=tset'): 'evaluation.split' is 'tset'; allowed: train, validation, test. Override with 'evaluation.split=<value>'.
      """),
    Mistake(
      "evaluate --config nofile.yaml", 78,
      """
      Cannot find primary config 'nofile'. 'codex init' writes the built-in ones out, to choose from.
      """),
    Mistake(
      "config explain training.sed", 78,
      """
      No config and no override sets 'training.sed'. Did you mean 'training.seed' or 'training.bf16'?
      """),
    Mistake(
      "config compose --config-name broken", 78,
      """
      configs/broken.yaml:2:1: not readable YAML: ']' or '}' is missing; add it, or quote the text
        2 |
          | ^
      """),
    Mistake(
      "config parse \"a b=1\"", 78,
      """
      Cannot read the override at column 1: 'a b' is no key.
        a b=1
        ^
      Write a dotted path (a.b.c) or a config group (a/b), with an optional @package.
      """),
    Mistake(
      "datasets materialize --preset baseline", 64,
      """
      'baseline' is no preset. Did you mean 'reasoning/baseline'? 'codex datasets list' names all.
      """),
  ]

  /// What is not there.
  static let absences = [
    Mistake(
      "evaluate", 66,
      """
      runs/train_loop/latest: no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "evaluate --run b1ca165e5331", 66,
      """
      runs/train_loop/b1ca165e5331: no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "evaluate --run ../x", 66,
      """
      '../x' is no acceptable path: expected at most 32 names separated by '/', each 1 to 255 of A-Z a-z 0-9 . _ -, not starting with '.' or '-'. Give a relative path of plain names.
      """),
    Mistake(
      "gate --milestone M0", 66,
      """
      no_ledger: .codex/metrics: cannot open directory: No such file or directory (errno 2). Check the path. Measure first, with 'codex evaluate'.
      """),
    Mistake(
      "metrics summarize --metric reasoning.accuracy", 66,
      """
      .codex/metrics/reasoning.ndjson: no ledger. Measure first, with 'codex evaluate'.
      """),
    Mistake(
      "metrics compare --metric reasoning.accuracy --reference latest", 66,
      """
      .codex/metrics/reasoning.ndjson: no ledger. Measure first, with 'codex evaluate'.
      """),
    Mistake(
      "metrics verify", 66,
      """
      .codex/metrics/reasoning.ndjson: no ledger. Measure first, with 'codex evaluate'.
      """),
    Mistake(
      "plan \"3 + 4\"", 66,
      """
      runs (world arithmetic): no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "plan verify nofile.txt --problem \"3 + 4\"", 66,
      """
      nofile.txt: cannot open: No such file or directory (errno 2). Check the path.
      """),
    Mistake(
      "train --resume latest", 66,
      """
      runs/train_loop/latest: no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "register --bundle nope --tag reasoning/M0", 66,
      """
      runs/train_loop/nope: no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "register --bundle latest --tag \"a b\"", 64,
      """
      'a b' is no tag: expected 1 to 4 parts separated by '/', each 1 to 64 of A-Z a-z 0-9 . _ -, starting with a letter or digit. Choose another name.
      """),
    Mistake(
      "registry show 5d0ca03d2b6e", 66,
      """
      '5d0ca03d2b6e': no such tag; expected one made with 'codex register'. A folder is written './…', a root digest 'sha256:…'.
      """),
    Mistake(
      "registry show sha256:5d0ca03d2b6e", 66,
      """
      sha256:5d0ca03d2b6e…: no bundle below artifacts/runs has a root digest that begins so. 'codex registry list' shows those there are.
      """),
    Mistake(
      "registry show sha256:5D0C", 64,
      """
      'sha256:5D0C' is no digest: expected 'sha256:' and 64 lower-case hexadecimal digits. Choose another name.
      """),
    Mistake(
      "registry show reasoning/M9", 66,
      """
      'reasoning/M9': no such tag; expected one made with 'codex register'. A folder is written './…', a root digest 'sha256:…'.
      """),
    Mistake(
      "serve --bundle reasoning/M9", 66,
      """
      'reasoning/M9': no such tag; expected one made with 'codex register'. A folder is written './…', a root digest 'sha256:…'.
      """),
    Mistake(
      "deploy --run-metadata-dir runs/none", 66,
      """
      runs/none: no such run. Train one with 'codex train --template baseline', or name another run.
      """),
    Mistake(
      "datasets stats none", 66,
      """
      none: cannot open directory: No such file or directory (errno 2). Check the path.
      """),
    Mistake(
      "datasets import nofile.jsonl --output out", 66,
      """
      nofile.jsonl: cannot open: No such file or directory (errno 2). Check the path.
      """),
    Mistake(
      "attestation verify none --key k.pem", 66,
      """
      k.pem: cannot open: No such file or directory (errno 2). Check the path.
      """),
    Mistake(
      "--workspace nowhere registry list", 66,
      """
      nowhere: cannot open directory: No such file or directory (errno 2). Check the path.
      """),
    Mistake(
      "init /dev/null/x", 66,
      """
      /dev/null: cannot open directory: Not a directory (errno 20). Check the path.
      """),
  ]

  /// Data.
  static let data = [
    Mistake(
      "datasets import neg.jsonl --output out", 65,
      """
      neg.jsonl: 1 row cannot be verified, nothing was imported. Correct or remove it:
        line 1: expected the answer 'unsolvable', for a value on the way is not one of 0…9999; got '1'
      """),
    Mistake(
      "datasets import wrong.jsonl --output out", 65,
      """
      wrong.jsonl: 1 row cannot be verified, nothing was imported. Correct or remove it:
        line 1: expected the answer 3, got '4'
      """),
  ]
}
