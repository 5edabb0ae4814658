import Composition
import Foundation
import Storage
import Testing

/// Sources/Composition/Files.
@Suite struct ConfigSourcesTests {
  @Test func init_prefersTheWorkspace() throws {
    let workspace = try TemporaryWorkspace(["configs/db/a.yaml": "n: own\n", "configs/notes.txt": ""])
    let sources = try ConfigSources(
      workspace: workspace.root, builtIn: ["db/a.yaml": "n: built in\n", "config.yaml": "defaults: [db: a]\n"])
    #expect(sources.list.map(\.name) == ["config", "db/a"])
    #expect(sources.list.map(\.provenance) == [.builtIn, .workspace])
    let resolved = try Composer(sources).compose(config: "config")
    #expect(resolved.yaml == "db:\n  'n': own\n")
    #expect(resolved.origin(of: "db.n")?.description == "configs/db/a.yaml:1:4")
  }

  @Test func init_withoutConfigsIsTheBuiltInAlone() throws {
    let sources = try ConfigSources(workspace: TemporaryWorkspace([:]).root, builtIn: ["a.yaml": ""])
    #expect(sources.list.map(\.name) == ["a"])
  }

  /// Passing over one would use the built-in config of that name instead, unnoticed.
  @Test func init_refusesLinks() throws {
    let workspace = try TemporaryWorkspace(["configs/a.yaml": "x: 1\n"])
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/configs/b.yaml", withDestinationPath: "/etc/hostname")
    #expect(throws: StorageError.self) { try ConfigSources(workspace: workspace.root, builtIn: ["b.yaml": ""]) }
  }

  @Test func init_refusesALinkForTheFolder() throws {
    let workspace = try TemporaryWorkspace(["elsewhere/a.yaml": "x: 1\n"])
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/configs", withDestinationPath: "elsewhere")
    #expect(throws: StorageError.self) { try ConfigSources(workspace: workspace.root, builtIn: [:]) }
  }

  @Test func options_areThoseDirectlyInTheGroup() {
    let sources = ConfigSources(builtIn: ["db/b.yaml": "", "db/a.yaml": "", "db/engine/x.yaml": "", "dbx/c.yaml": ""])
    #expect(sources.options(in: "db") == ["a", "b"])
  }
}

/// A directory that vanishes with this object.
final class TemporaryWorkspace {
  let path: String
  let root: StorageRoot

  init(_ files: [String: String]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("composition-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    root = try StorageRoot(opening: path)
    for (name, text) in files {
      let file = URL(fileURLWithPath: path + "/" + name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}
