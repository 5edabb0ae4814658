import Composition
import Storage
import Testing

/// Sources/Composition/Reading/SettingSchema*.swift and ConfigDeclarations.swift.
@Suite struct SettingSchemaTests {
  private enum Mode: String, CaseIterable { case fast, slow }

  /// What `body` asks of a configuration.
  private func schema(_ text: String, _ body: (ResolvedConfig) -> Void) throws -> SettingSchema {
    let declarations = ConfigDeclarations()
    body(
      try Composer(ConfigSources(builtIn: ["config.yaml": text])).compose(config: "config")
        .recorded(in: declarations))
    return declarations.schema
  }

  @Test func readers_noteWhatTheyAskFor() throws {
    let schema = try schema("a: {steps: 1, rate: 2, on: true, mode: fast, note: null, names: [x]}\n") { config in
      var read = ConfigReader(config, at: "a")
      _ = read.int("steps", in: 1...9)
      _ = read.float("rate", in: 0...1)
      _ = read.bool("on")
      _ = read.enumeration("mode", as: Mode.self)
      _ = read.optionalString("note")
      _ = read.strings("names")
      _ = read.int("absent", in: 0...7, default: 3)
      _ = read.string("free")
    }
    #expect(schema["a.steps"]?.words == "an integer in 1…9")
    #expect(schema["a.rate"]?.words == "a number in 0.0…1.0")
    #expect(schema["a.on"]?.words == "true or false")
    #expect(schema["a.mode"]?.words == "one of fast, slow")
    #expect(schema["a.note"]?.words == "a text, or null")
    #expect(schema["a.names"]?.words == "a list, each element a text")
    #expect(schema["a.absent"]?.defaultValue == .int(3))
    #expect(schema["a.free"]?.words == "a text")
    // Control: what nobody asked for is not known.
    #expect(schema["a.other"] == nil)
  }

  @Test func twoReaders_mustBothBeSatisfied() throws {
    let schema = try schema("a: 5\n") { config in
      var first = ConfigReader(config), second = ConfigReader(config)
      _ = first.float("a", in: 0...10)
      _ = second.int("a", in: 2...20)
    }
    #expect(schema["a"]?.words == "an integer in 2…10.0")
  }

  @Test func elementsOfALists_areDescribedTogether() throws {
    let schema = try schema("phases: [{id: A, steps: 1}, {id: B, epochs: 2}]\n") { config in
      var read = ConfigReader(config)
      _ = read.each("phases") { phase in
        let id = phase.string("id")
        if id == "A" { _ = phase.int("steps", in: 1...5) } else { _ = phase.int("epochs", in: 2...3) }
        return id
      }
    }
    #expect(schema["phases.0.steps"]?.words == "an integer in 1…5")
    #expect(schema["phases.7.epochs"]?.words == "an integer in 2…3")
    #expect(schema["phases"]?.words == "a list, each element a mapping")
  }

  @Test func alternatives_areUnited() throws {
    let one = try schema("a: x\nb: 1\n") { config in
      var read = ConfigReader(config)
      _ = read.string("a", allowed: ["x", "y"])
      _ = read.int("b", in: 1...5)
    }
    let other = try schema("a: z\nb: null\n") { config in
      var read = ConfigReader(config)
      _ = read.string("a", allowed: ["y", "z"])
      _ = read.optionalInt("b", in: 3...9)
    }
    let union = one.united(with: other)
    #expect(union["a"]?.words == "one of x, y, z")
    #expect(union["b"]?.words == "an integer in 1…9, or null")
  }

  @Test func readersThatNobodyWatches_noteNothing() throws {
    let declarations = ConfigDeclarations()
    let config = try Composer(ConfigSources(builtIn: ["config.yaml": "a: 1\n"])).compose(config: "config")
    var read = ConfigReader(config)
    _ = read.int("a")
    #expect(declarations.schema.entries.isEmpty)
  }
}
