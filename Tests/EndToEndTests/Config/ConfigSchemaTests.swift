import Composition
import Foundation
import Storage
import Testing

/// `codex config schema`: every built-in config satisfies its schema, and mistakes do not.
@Suite struct ConfigSchemaTests {
  @Test func builtInConfigs_satisfyTheirSchemas() throws {
    let workspace = try Workspace()
    for (path, text) in BuiltInConfigs.files where path.hasSuffix(".yaml") && !path.hasSuffix("/manifest.yaml") {
      let schema = try Self.schema(of: "configs/" + path, in: workspace)
      let value = try YAMLReader.read(Array(text.utf8), file: path).json
      #expect(JSONSchemaChecker.problems(in: value, schema) == [], "\(path)")
    }
  }

  @Test(arguments: [
    ("configs/model/nano.yaml", "hiden_size: 1", "hiden_size: not known"),
    ("configs/model/nano.yaml", "hidden_size: wide", "hidden_size: does not match"),
    ("configs/model/nano.yaml", "hidden_size: 0", "hidden_size: below 1"),
    ("configs/model/nano.yaml", "hidden_size: 1.5", "hidden_size: not of integer, string"),
    ("configs/search/greedy.yaml", "mode: fastest", "mode: none of anyOf"),
    ("configs/training/base.yaml", "training: {bf16: 1}", "training.bf16: not of boolean, string"),
    ("configs/training/base.yaml", "trainig: {}", "trainig: not known"),
    (
      "configs/training/reasoning/curricula/a_b_c.yaml", "phase_schedule: [{id: A, epoch: 1}]",
      "phase_schedule.0.epoch: not known"
    ),
    ("configs/datasets/reasoning/mine.yaml", "sizes: {train: many}", "sizes.train: does not match"),
  ])
  func mistakes_doNot(file: String, text: String, problem: String) throws {
    let value = try YAMLReader.read(Array(text.utf8), file: file).json
    #expect(JSONSchemaChecker.problems(in: value, try Self.schema(of: file, in: Workspace())) == [problem])
  }

  @Test(arguments: ["hidden_size: ${training.seed}", "hidden_size: ???", "defaults: [nano, override /search: greedy]"])
  func referencesAndDefaults_areAllowedEverywhere(text: String) throws {
    let value = try YAMLReader.read(Array(text.utf8), file: "x").json
    #expect(JSONSchemaChecker.problems(in: value, try Self.schema(of: "model/nano", in: Workspace())) == [])
  }

  @Test func settings_areDescribedByTheirComments() throws {
    let schema = try Self.schema(of: nil, in: Workspace())
    #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
    let training = schema["properties"]?["training"]?["properties"]
    #expect(
      training?["warmup_steps"]?["description"] == .string("Steps of linear warm-up."))
    #expect(training?["max_steps"]?["type"] == .array([.string("integer"), .string("string"), .string("null")]))
    #expect(training?["chunk_rows"]?["default"] == .int(1024))
  }

  @Test func settingsWithoutAComment_areFew() throws {
    var bare: [String] = []
    func visit(_ schema: JSONValue, _ path: String) {
      if case .object(let properties)? = schema["properties"] {
        for member in properties.members { visit(member.value, path + "." + member.key) }
      } else if let items = schema["items"], items["properties"] != nil {
        visit(items, path + "[]")
      } else if schema["description"] == nil {
        bare.append(path)
      }
    }
    visit(try Self.schema(of: nil, in: Workspace()), "")
    #expect(bare.count <= 40, "\(bare.sorted())")
  }

  @Test func placesThatNothingReads_areSaid() throws {
    let result = try Workspace().run(["config", "schema", "configs/weather/sunny.yaml"])
    #expect(result.status == 78)
    #expect(
      result.errors == """
        codex: nothing reads 'weather', where weather/sunny goes. Name a config of a group that exists, or correct its \
        header '# @package NAME'.

        """)
  }

  @Test(arguments: ["../x", "model//x", "model/../x"])
  func namesThatAreNone_areSaid(name: String) throws {
    let result = try Workspace().run(["config", "schema", name])
    #expect(result.status == 78 && result.errors.contains(" is no config name: "), "\(result.errors)")
  }

  private static func schema(of file: String?, in workspace: Workspace) throws -> JSONValue {
    let result = try workspace.run(["config", "schema"] + (file.map { [$0] } ?? []))
    #expect(result.status == 0, "\(result.errors)")
    return try JSONReader.parse(Array(result.output.dropLast().utf8))
  }
}
