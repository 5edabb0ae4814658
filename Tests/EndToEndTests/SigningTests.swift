import Foundation
import Storage
import TestSupport
import Testing

/// `--sign` and `--key`, and what a bad key does.
@Suite struct SigningTests {
  private let fixture: SigningFixture

  init() throws { fixture = try SigningFixture() }

  /// Keys `first.pem`, `first.public.pem`, `second.pem`, `second.public.pem` in `workspace`.
  private func plantKeys(in workspace: Workspace) throws {
    for name in ["first", "second"] {
      try workspace.write("\(name).pem", String(decoding: fixture.pem(name, "pkcs8"), as: UTF8.self))
      try workspace.write("\(name).public.pem", String(decoding: fixture.pem(name, "public"), as: UTF8.self))
      try setMode(0o600, "\(name).pem", workspace)
    }
  }

  private func setMode(_ mode: Int, _ file: String, _ workspace: Workspace) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: workspace.url.appendingPathComponent(file).path)
  }

  private func rule(_ workspace: Workspace, key: String) throws -> (status: Int32, rule: JSONValue?) {
    let result = try workspace.run(["registry", "verify", RegisteredWorkspace.tag, "--key", key, "--json"])
    let data = try #require(try result.json()["data"])
    guard case .array(let findings)? = data["findings"] else { return (result.status, nil) }
    #expect(data["sound"] == .bool(findings.isEmpty))
    return (result.status, findings.last?["rule"])
  }

  @Test func aSignedBundle_isSoundForItsKeyOnly() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1)
    try plantKeys(in: workspace)
    var found = try rule(workspace, key: "first.public.pem")
    #expect(found.status == 1 && found.rule == .string("unsigned"))
    let register = RegisteredWorkspace.register("run-0") + ["--sign", "first.pem"]
    #expect(try workspace.run(register).status == 0)
    found = try rule(workspace, key: "first.public.pem")
    #expect(found.status == 0 && found.rule == nil)
    found = try rule(workspace, key: "second.public.pem")
    #expect(found.status == 1 && found.rule == .string("wrong_key"))
    let text = try workspace.run(["registry", "verify", "--key", "first.public.pem"])
    #expect(text.output == "sound: 1 bundles, 1 movements of tags, signed by the key\n")
    #expect(try RegisteredWorkspace.movements(workspace).count == 1, "signing moves no tag")
    let signature = try #require(
      workspace.files(named: fixture.verifyingKey("first").id + ".json", below: "artifacts/signatures").first)
    try workspace.write(signature, "{}")
    found = try rule(workspace, key: "first.public.pem")
    #expect(found.status == 1 && found.rule == .string("wrong_signature"))
    #expect(try workspace.run(register).status == 0)
    try workspace.corrupt(try #require(workspace.files(named: "tokenizer.json", below: "artifacts").first))
    found = try rule(workspace, key: "first.public.pem")
    #expect(found.status == 1 && found.rule == .string("signature_of_other_files"))
  }

  @Test func aBadKey_writesNothing() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1, registered: 0)
    try plantKeys(in: workspace)
    try setMode(0o640, "first.pem", workspace)
    try workspace.write("no.pem", "no key\n")
    try setMode(0o600, "no.pem", workspace)
    for (key, status, word) in [
      ("first.pem", 78, "chmod 600"), ("no.pem", 65, "expected an unencrypted P-256 private key"),
      ("none.pem", 66, "none.pem"),
    ] as [(String, Int32, String)] {
      let result = try workspace.run(RegisteredWorkspace.register("run-0") + ["--sign", key])
      #expect(result.status == status && result.errors.contains(word), "\(result.errors)")
      let gate = try workspace.run(["gate", "--milestone", "M0", "--sign", key, "--attest", "gates.intoto.jsonl"])
      #expect(gate.status == status && gate.errors.contains(word), "\(gate.errors)")
    }
    #expect(workspace.files(named: "bundle.json", below: "artifacts").isEmpty)
    #expect(try workspace.run(["gate", "--milestone", "M0", "--sign", "second.pem"]).status == 64)
    #expect(try workspace.run(["gate", "--milestone", "M0", "--attest", "gates.intoto.jsonl"]).status == 64)
  }

  @Test func aSignedVerdict_isSoundForItsKeyAndItsWeights() throws {
    let workspace = try TrainedWorkspace.copy()
    try plantKeys(in: workspace)
    let file = "out/gates.intoto.jsonl"
    let gate = ["gate", "--all", "--sign", "first.pem", "--attest", file]
    let ledger = workspace.url.appendingPathComponent(".codex")
    try FileManager.default.moveItem(at: ledger, to: workspace.url.appendingPathComponent("kept"))
    let unjudged = try workspace.run(gate)
    #expect(unjudged.status == 66)
    #expect(try workspace.text(file).isEmpty, "no statement of what was not judged")
    let nothing = try workspace.run(["attestation", "verify", file, "--key", "first.public.pem"])
    #expect(nothing.status == 1 && nothing.output.contains("empty"))
    try? FileManager.default.removeItem(at: ledger)
    try FileManager.default.moveItem(at: workspace.url.appendingPathComponent("kept"), to: ledger)
    #expect(try workspace.run(["evaluate", "evaluation.max_problems=5", "evaluation.modes=[best-first]"]).status == 0)
    #expect(try workspace.run(gate).status == 1)
    let verify = ["attestation", "verify", file, "--key"]
    let sound = try workspace.run(verify + ["first.public.pem", "--json"])
    #expect(sound.status == 0, "\(sound.errors)")
    let data = try #require(try sound.json()["data"])
    guard case .array(let statements)? = data["statements"], statements.count == 8,
      case .array(let subjects)? = statements[0]["subjects"],
      case .string(let weights)? = subjects.first?["digest"]
    else {
      Issue.record("expected 8 statements, got \(sound.output)")
      return
    }
    #expect(statements[0]["predicate"]?["result"] == .string("FAILED"))
    #expect(try workspace.run(verify + ["first.public.pem", "--subject", weights]).status == 0)
    let other = "sha256:" + String(repeating: "0", count: 64)
    let elsewhere = try workspace.run(verify + ["first.public.pem", "--subject", other])
    #expect(elsewhere.status == 1 && elsewhere.output.contains("other_subject"))
    let stranger = try workspace.run(verify + ["second.public.pem"])
    #expect(stranger.status == 1 && stranger.output.contains("wrong_key"))
    try workspace.write(file, String(try workspace.text(file).dropLast(20)))
    #expect(try workspace.run(verify + ["first.public.pem"]).status == 65)
  }
}
