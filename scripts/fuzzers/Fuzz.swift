// One fuzz target each, chosen when it is compiled (scripts/fuzz_composition.sh). Every input is read or refused with a
// ConfigError; what is read satisfies an oracle.

import Composition
import Glibc
import Storage

/// Processor time of this thread in seconds; a process that is paused spends none.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let begin = processorTime()
  defer {
    // 100 ms without the sanitizer, which costs three to six times as much.
    let seconds = processorTime() - begin
    if seconds > 0.5 { fatalError("\(count) bytes took \(seconds) s") }
  }
  do {
    try check(bytes)
  } catch is ConfigError {
  } catch {
    fatalError("not a ConfigError: \(error)")
  }
  return 0
}

#if FUZZ_YAML
  /// What is printed is read back equal.
  func check(_ bytes: [UInt8]) throws {
    let node = try YAMLReader.read(bytes, file: "x.yaml")
    let text = YAMLPrinter.print(node)
    guard text.utf8.count <= CompositionLimits.yamlByteCount / 2, isPrintable(node) else { return }
    let again = try YAMLReader.read(Array(text.utf8), file: "y.yaml")
    guard canonical(node) == canonical(again) else { fatalError("read back another value:\n\(text)") }
  }

  /// Keys beyond the limit cannot be read back, nor a byte order mark (docs/reference/composition.md), nor an empty top.
  func isPrintable(_ node: ConfigNode) -> Bool {
    switch node.value {
    case .mapping(let entries):
      !entries.isEmpty
        && entries.allSatisfy {
          !$0.key.unicodeScalars.contains("\u{FEFF}") && $0.key.utf8.count < 120 && isSafe($0.value)
        }
    case .list(let elements): !elements.isEmpty && elements.allSatisfy(isSafe)
    default: false
    }
  }

  func isSafe(_ node: ConfigNode) -> Bool {
    switch node.value {
    case .string(let text): !text.unicodeScalars.contains("\u{FEFF}")
    case .mapping(let entries): entries.isEmpty || isPrintable(node)
    case .list(let elements): elements.isEmpty || isPrintable(node)
    default: true
    }
  }

  func canonical(_ node: ConfigNode) -> [UInt8] { (try? CanonicalJSON.write(node.json)) ?? [] }
#elseif FUZZ_OVERRIDE
  /// A value spelled by `source` is read as the same value, and a sweep's runs too.
  func check(_ bytes: [UInt8]) throws {
    let override = try OverrideParser.parse(String(decoding: bytes, as: UTF8.self))
    _ = override.json
    if case .element(let element)? = override.value {
      let again = try OverrideParser.parse("\(override.keyText)=\(element.source)")
      guard case .element(let other)? = again.value, other.source == element.source else {
        fatalError("read back another value: \(element.source)")
      }
    }
    let plan = try SweepPlan([override]) { _ in ["a", "b"] }
    for run in plan.runs.prefix(8) { for text in run.texts { _ = try OverrideParser.parse(text) } }
  }
#elseif FUZZ_INTERPOLATION
  /// Resolved twice, a text gives the same value.
  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let quoted =
      "\""
      + text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }.joined() + "\""
    guard quoted.utf8.count < CompositionLimits.yamlByteCount / 2 else { return }
    let tree = "a: 1\nb: {c: x, d: [1, {e: '${a}'}], f: '${.c}'}\ng: ???\nh: null\nv: \(quoted)\nw: ${v}\n"
    let inputs = ResolverInputs(environment: ["A": "x"], now: WallClockTime(unixSeconds: 1e9))
    let composer = Composer(ConfigSources(builtIn: ["config.yaml": tree]), inputs: inputs)
    let resolved = try composer.compose(config: "config")
    guard resolved.digest == (try composer.compose(config: "config")).digest else { fatalError("another digest") }
  }
#else
  /// Lines before `---` are overrides, the rest is a config that may include two others.
  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: "\n---\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let files = [
      "config.yaml": parts[parts.count - 1], "db/a.yaml": "n: a\nm: ${..x}\n",
      "db/b.yaml": parts.count > 1 ? parts[0] : "n: b\n",
    ]
    let overrides = parts.count > 1 ? parts[0].split(separator: "\n").map(String.init) : []
    let composer = Composer(ConfigSources(builtIn: files))
    let composed = try composer.composeUnresolved(config: "config", overrides: overrides)
    _ = YAMLPrinter.print(composed.root)
    _ = try ResolvedConfig(composed)
  }
#endif
