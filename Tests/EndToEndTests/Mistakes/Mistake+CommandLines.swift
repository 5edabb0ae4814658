// What is wrong with the command line itself.
extension Mistake {
  /// Words that are no command.
  static let commands = [
    Mistake(
      "trian", 64,
      """
      'trian' is no command of codex. Did you mean 'train'? See 'codex --help'.
      """),
    Mistake(
      "tain --template baseline", 64,
      """
      'tain' is no command of codex. Did you mean 'train'? See 'codex --help'.
      """),
    Mistake(
      "eval", 64,
      """
      'eval' is no command of codex. Did you mean 'evaluate'? See 'codex --help'.
      """),
    Mistake(
      "templates list", 64,
      """
      'templates' is no command of codex. Did you mean 'reasoning-templates'? See 'codex --help'.
      """),
    Mistake(
      "dataset list", 64,
      """
      'dataset' is no command of codex. Did you mean 'datasets'? See 'codex --help'.
      """),
    Mistake(
      "runs list", 64,
      """
      'runs' is no command of codex. See 'codex --help'.
      """),
    Mistake(
      "version", 64,
      """
      'version' is no command of codex. Did you mean '--version'? See 'codex --help'.
      """),
    Mistake(
      "help trian", 64,
      """
      'trian' is no command of codex. Did you mean 'train'? See 'codex --help'.
      """),
    Mistake(
      "registry lst", 64,
      """
      'lst' is no command of codex registry. Did you mean 'list'? See 'codex registry --help'.
      """),
    Mistake(
      "plan verfy x", 64,
      """
      'verfy' is no command of codex plan. Did you mean 'verify'? See 'codex plan --help'.
      """),
    Mistake(
      "-V", 64,
      """
      Unknown option '-V'. Did you mean '--version'? See 'codex --help'.
      """),
  ]

  /// Options.
  static let options = [
    Mistake(
      "train --templat baseline", 64,
      """
      Unknown option '--templat'. Did you mean '--template'? See 'codex train --help'.
      """),
    Mistake(
      "train --tempalte=baseline", 64,
      """
      Unknown option '--tempalte'. Did you mean '--template'? See 'codex train --help'.
      """),
    Mistake(
      "metrics summarize --csv", 64,
      """
      Unknown option '--csv'. Did you mean '--json'? See 'codex metrics summarize --help'.
      """),
    Mistake(
      "datasets list --output /x", 64,
      """
      Unknown option '--output'. See 'codex datasets list --help'.
      """),
    Mistake(
      "evaluate --run latest --bundle x", 64,
      """
      --run and --bundle exclude each other; give one of them.
        See 'codex evaluate --help' for more information.
      """),
    Mistake(
      "gate", 64,
      """
      Give either --milestone or --all.
        See 'codex gate judge --help' for more information.
      """),
    Mistake(
      "gate --milestone M0 --all", 64,
      """
      Give either --milestone or --all.
        See 'codex gate judge --help' for more information.
      """),
    Mistake(
      "doctor --quiet --verbose", 64,
      """
      --quiet and --verbose exclude each other; give one of them.
        See 'codex --help' for more information.
      """),
    Mistake(
      "doctor --color maybe", 64,
      """
      The value 'maybe' is invalid for '--color <color>'. Please provide one of 'auto', 'always' or 'never'.
        See 'codex --help' for more information.
      """),
    Mistake(
      "register --bundle latest", 64,
      """
      Missing expected argument '--tag <tag>'
        See 'codex register --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --mode magic", 64,
      """
      The value 'magic' is invalid for '--mode <mode>'. Please provide one of 'greedy' and 'best-first'.
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --render svg", 64,
      """
      The value 'svg' is invalid for '--render <render>'. Please provide one of 'tree', 'text', 'json', 'dot' or 'tokens'.
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --seed x", 64,
      """
      The value 'x' is invalid for '--seed <seed>'
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --world chess", 64,
      """
      The value 'chess' is invalid for '--world <world>'. Please provide one of 'arithmetic' and 'countdown'.
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --budget -1", 64,
      """
      --budget is -1; allowed: 1...1000000.
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan \"3 + 4\" --budget 0", 64,
      """
      --budget is 0; allowed: 1...1000000.
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "traces list --limit -1", 64,
      """
      --limit is -1; allowed: 0 and above.
        See 'codex traces list --help' for more information.
      """),
    Mistake(
      "serve --bundle x --port 99999", 64,
      """
      --port is 99999; allowed: 0...65535.
        See 'codex serve --help' for more information.
      """),
    Mistake(
      "serve --bundle x --host 0.0.0.0", 64,
      """
      '--host 0.0.0.0' is reached from other machines; there is no key. Give '--api-key-file FILE', or stay on 127.0.0.1.
      """),
    Mistake(
      "registry export reasoning/M1 --format onnx --output x", 64,
      """
      The value 'onnx' is invalid for '--format <format>'. Please provide one of 'huggingface' and 'gguf'.
        See 'codex registry export --help' for more information.
      """),
    Mistake(
      "gate --milestone M9", 64,
      """
      unknown_milestone: 'M9' is no milestone; allowed: M0, M1, M2, M3. Name one of them.
      """),
  ]

  /// Words where an option is meant.
  static let words = [
    Mistake(
      "train", 64,
      """
      Give --template, or --resume.
        See 'codex train --help' for more information.
      """),
    Mistake(
      "train baseline", 64,
      """
      'baseline' is no override. Did you mean '--template baseline'? See 'codex train --help'.
      """),
    Mistake(
      "gate M0", 64,
      """
      Unexpected 'M0'. Did you mean '--milestone M0'? See 'codex gate judge --help'.
      """),
    Mistake(
      "plan", 64,
      """
      Missing expected argument '<problem>'
        See 'codex plan make --help' for more information.
      """),
    Mistake(
      "plan 37 + 45", 64,
      """
      Unexpected '+'. If it belongs to the word before it, write "37 + 45". See 'codex plan make --help'.
      """),
    Mistake(
      "reasoning-templates bump", 64,
      """
      Missing expected argument '<name>'
        See 'codex reasoning-templates bump --help' for more information.
      """),
    Mistake(
      "datasets materialize", 64,
      """
      Give either --preset or --template.
        See 'codex datasets materialize --help' for more information.
      """),
  ]
}
