import Foundation
import Storage
import Testing

/// `registry export` of a registered run.
@Suite struct RegistryExportTests {
  private func registered() throws -> Workspace {
    let workspace = try TrainedWorkspace.copy()
    let result = try workspace.run(["register", "--bundle", "latest", "--tag", "reasoning/r1"])
    try #require(result.status == 0, "\(result.errors)")
    return workspace
  }

  @Test func huggingface_isTheBundlesModel() throws {
    let workspace = try registered()
    let result = try workspace.run(
      ["registry", "export", "reasoning/r1", "--format", "huggingface", "--output", "out/model", "--json"])
    try #require(result.status == 0, "\(result.errors)")
    let value = try result.json()
    #expect(value["schema"] == .string("codex.export/1"))
    guard case .object(let data)? = value["data"] else {
      Issue.record("no data in \(result.output)")
      return
    }
    #expect(
      data.members.map(\.key) == ["bundle_digest", "byte_count", "format", "path", "type", "weights_digest"])
    #expect(value["data"]?["path"] == .string("out/model") && value["data"]?["type"] == .string("f32"))
    let bundle = try #require(workspace.files(named: "model.safetensors", below: "artifacts").first)
    for name in ["model.safetensors", "tokenizer.json"] {
      let packed = workspace.url.appendingPathComponent(bundle).deletingLastPathComponent().appendingPathComponent(name)
      let written = workspace.url.appendingPathComponent("out/model/" + name)
      #expect(try Data(contentsOf: written) == Data(contentsOf: packed), "\(name)")
    }
    #expect(try workspace.text("out/model/config.json").contains("LlamaForCausalLM"))
  }

  @Test func gguf_shrinksWithItsType() throws {
    let workspace = try registered()
    var sizes: [Int] = []
    for type in ["f32", "bf16", "q8_0"] {
      let result = try workspace.run(
        ["registry", "export", "reasoning/r1", "--format", "gguf", "--type", type, "--output", "\(type).gguf"])
      try #require(result.status == 0, "\(result.errors)")
      let bytes = try Data(contentsOf: workspace.url.appendingPathComponent("\(type).gguf"))
      #expect(bytes.prefix(8) == Data("GGUF".utf8) + [3, 0, 0, 0])
      #expect(result.output.contains("\(bytes.count)"))
      sizes.append(bytes.count)
    }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2])
  }

  @Test(arguments: ["file", "directory"]) func whatIsThere_isNotReplaced(kind: String) throws {
    let workspace = try Workspace()
    try workspace.write(kind == "file" ? "taken" : "taken/file", "mine")
    // Refused before the bundle is looked for, which is not there.
    let result = try workspace.run(["registry", "export", "none", "--format", "gguf", "--output", "taken"])
    #expect(result.status == 73)
    #expect(
      result.errors == "codex: taken: exists already and is not replaced. Choose another name or remove it first.\n")
    #expect(try workspace.text(kind == "file" ? "taken" : "taken/file") == "mine")
  }

  @Test(
    arguments: [
      (["--format", "huggingface", "--type", "q8_0", "--output", "o"], 64, "--type q8_0 needs --format gguf."),
      (["--format", "onnx", "--output", "o"], 64, "The value 'onnx' is invalid"),
      (["--format", "gguf", "--output", ".."], 66, "'..' is no acceptable path"),
      (["--format", "gguf", "--output", "o"], 66, "reasoning/r9"),
    ] as [([String], Int32, String)])
  func whatCannotBe_isSaid(arguments: [String], status: Int32, message: String) throws {
    let result = try Workspace().run(["registry", "export", "reasoning/r9"] + arguments)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
  }
}
