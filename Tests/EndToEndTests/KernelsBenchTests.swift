import Foundation
import Storage
import Testing

/// `codex-bench kernels`: that it runs, not how fast.
@Suite struct KernelsBenchTests {  // benchmarks/performance/Kernels/KernelsBench.swift
  static let tiny = [
    "kernels", "--layers", "1", "--width", "32", "--heads", "4", "--kv-heads", "2", "--ff", "40", "--vocab", "70",
    "--context", "35", "--rows", "9", "--seconds", "0.0002",
  ]

  func run(_ arguments: [String]) throws -> (status: Int32, output: Data, errors: String) {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CodexProcess.binary + "-bench")
    process.arguments = arguments
    let (output, errors) = (streams.appendingPathComponent("out"), streams.appendingPathComponent("err"))
    for url in [output, errors] { try Data().write(to: url) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try Data(contentsOf: output), try String(contentsOf: errors, encoding: .utf8)
    )
  }

  @Test func kernels_timesEveryKernelOfTheTable() throws {
    let result = try run(Self.tiny + ["--json"])
    #expect(result.status == 0, "\(result.errors)")
    guard case .object(let object) = try JSONReader.parse(Array(result.output)),
      case .array(let kernels)? = object["kernels"]
    else {
      Issue.record("no list of kernels")
      return
    }
    #expect(kernels.count >= 38)
    for kernel in kernels {
      guard case .object(let facts) = kernel, case .string(let name)? = facts["kernel"],
        case .string(let bound)? = facts["bound"]
      else {
        Issue.record("a kernel without name or bound: \(kernel)")
        continue
      }
      let positive = ["median_seconds", "min_seconds", "max_seconds", "rate", "limit", "share"].allSatisfy { key in
        switch facts[key] {
        case .double(let value): value > 0 && value.isFinite
        case .int(let value): value > 0
        default: false
        }
      }
      #expect(positive, "\(name): \(kernel)")
      #expect(bound.hasSuffix("peak") || ["L1", "L2", "L3", "memory"].contains(bound), "\(name): \(bound)")
    }
  }

  @Test func kernels_printsATableOfThoseAskedFor() throws {
    let result = try run(Self.tiny + ["--only", "muon_", "--instructions", "portable"])
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    #expect(result.status == 0 && lines.count == 4, "\(result.errors)")
    #expect(lines[0] == "portable, one thread" && lines[1].hasPrefix("kernel") && lines[2].hasPrefix("muon_momentum"))
  }

  @Test func control_aKernelThatIsNotThereIsRefused() throws {
    let result = try run(Self.tiny + ["--only", "no_such"])
    #expect(result.status == 64)
    #expect(result.errors.contains("No kernel begins with 'no_such'. Kernels: pack float32, "), "\(result.errors)")
  }
}
