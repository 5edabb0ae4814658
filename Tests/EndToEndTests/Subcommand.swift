import Testing

/// Every subcommand with arguments that it accepts in `TrainedWorkspace`, apart from what a test changes.
struct Subcommand: Sendable, CustomTestStringConvertible {
  let name: [String]
  var arguments: [String] = []
  /// Whether it takes `--json`.
  var printsTable = true

  var testDescription: String { name.joined(separator: " ") }

  static let all = [
    Subcommand(name: ["init"]),
    Subcommand(name: ["reasoning-templates", "list"]),
    Subcommand(name: ["reasoning-templates", "show"], arguments: ["baseline"]),
    Subcommand(name: ["reasoning-templates", "explain"], arguments: ["baseline"], printsTable: false),
    Subcommand(name: ["reasoning-templates", "compose"], arguments: ["baseline"], printsTable: false),
    Subcommand(name: ["reasoning-templates", "validate"]),
    Subcommand(name: ["reasoning-templates", "bump"], arguments: ["baseline"], printsTable: false),
    Subcommand(name: ["config", "compose"]),
    Subcommand(name: ["config", "explain"], arguments: ["training.seed"]),
    Subcommand(name: ["config", "parse"], arguments: ["a.b=1"]),
    Subcommand(name: ["config", "lint"]),
    Subcommand(name: ["config", "schema"], arguments: ["model/nano"], printsTable: false),
    Subcommand(name: ["datasets", "list"]),
    Subcommand(
      name: ["datasets", "materialize"],
      arguments: [
        "--preset", "reasoning/baseline", "dataset.sizes.train=50", "dataset.sizes.test=5",
        "dataset.sizes.validation=5",
      ]),
    Subcommand(name: ["datasets", "verify"], arguments: ["datasets/mine"]),
    Subcommand(name: ["datasets", "stats"], arguments: ["datasets/mine"]),
    Subcommand(name: ["datasets", "import"], arguments: ["rows.jsonl", "--output", "datasets/mine"]),
    Subcommand(name: ["train"], arguments: ["--template", "baseline"] + TrainedWorkspace.overrides),
    Subcommand(name: ["evaluate"], arguments: ["evaluation.max_problems=5", "evaluation.modes=[greedy]"]),
    Subcommand(name: ["plan", "make"], arguments: ["3 + 4", "--render", "json"], printsTable: false),
    Subcommand(name: ["plan", "verify"], arguments: ["plan.txt", "--problem", "3 + 4"]),
    Subcommand(name: ["traces", "list"]),
    Subcommand(name: ["traces", "show"], arguments: ["ID"]),
    Subcommand(name: ["traces", "validate"]),
    Subcommand(name: ["metrics", "summarize"], arguments: ["--metric", "reasoning.accuracy"]),
    Subcommand(
      name: ["metrics", "compare"], arguments: ["--metric", "reasoning.accuracy", "--reference", "latest"]),
    Subcommand(name: ["metrics", "verify"]),
    Subcommand(name: ["metrics", "merge"], arguments: ["."]),
    Subcommand(name: ["gate", "judge"], arguments: ["--milestone", "M0"]),
    Subcommand(name: ["gate", "declare"], arguments: ["--milestone", "M0", "--template", "baseline"]),
    Subcommand(name: ["serve"], arguments: ["--bundle", "reasoning/r1"], printsTable: false),
    Subcommand(name: ["register"], arguments: ["--bundle", "latest", "--tag", "reasoning/r1"]),
    Subcommand(name: ["gate", "show"], arguments: ["M0"]),
    Subcommand(name: ["gate", "pin"], arguments: ["--dry-run"], printsTable: false),
    Subcommand(name: ["gate", "migrate"], arguments: ["--dry-run"], printsTable: false),
    Subcommand(name: ["attestation", "verify"], arguments: ["gates.intoto.jsonl", "--key", "public.pem"]),
    Subcommand(name: ["registry", "list"]),
    Subcommand(name: ["registry", "show"], arguments: ["reasoning/r1"]),
    Subcommand(name: ["registry", "verify"]),
    Subcommand(name: ["registry", "history"]),
    Subcommand(
      name: ["registry", "export"], arguments: ["reasoning/r1", "--format", "gguf", "--output", "model.gguf"]),
    Subcommand(name: ["deploy"], arguments: ["--dry-run"]),
    Subcommand(name: ["doctor"]),
  ]

  /// Those that end by themselves and print what they found.
  static let printing = all.filter { $0.name != ["serve"] }
}
