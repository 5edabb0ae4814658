import Plans
import Randomness
import TestSupport
import Testing

@Suite struct PlanParserTests {  // Sources/Plans/Syntax/PlanParser.swift
  @Test func parse_readsEveryNodeType() throws {
    let text =
      "goal reach(7,-3,big){assert value(3);subgoal reach(5){action add(2,3)->5;}branch value(5){action drop(5);}"
      + "else{action name(5)->big;}terminal return();}"
    let tree = PlanTree(
      goal: PlanCall("reach", [.integer(7), .integer(-3), .symbol("big")]),
      steps: [
        .assertion(PlanCall("value", [.integer(3)])),
        .subgoal(
          PlanCall("reach", [.integer(5)]),
          steps: [.action(PlanCall("add", [.integer(2), .integer(3)]), output: .integer(5))]),
        .branch(
          PlanCall("value", [.integer(5)]), whenTrue: [.action(PlanCall("drop", [.integer(5)]), output: nil)],
          whenFalse: [.action(PlanCall("name", [.integer(5)]), output: .symbol("big"))]),
        .terminal(PlanCall("return")),
      ])
    #expect(try PlanParser.parse(text) == tree)
    #expect(tree.canonicalText == text)
  }

  @Test func parse_invertsPrinting() throws {
    try withEvery("seed", in: UInt64(0)..<10_000) { seed in
      var trees = RandomTrees(RandomStream(seed: seed, "plans/parser"))
      let tree = trees.tree()
      try #require(try PlanParser.parse(tree.canonicalText) == tree)
    }
  }

  /// Control: a parser that skips what it does not know would pass the round trip and fail here.
  @Test func parse_noticesEveryDeletedByte() throws {
    try withEvery("seed", in: UInt64(0)..<200) { seed in
      var trees = RandomTrees(RandomStream(seed: seed, "plans/parser/deletion"))
      let tree = trees.tree()
      let bytes = Array(tree.canonicalText.utf8)
      for index in bytes.indices {
        let text = String(decoding: bytes[..<index] + bytes[(index + 1)...], as: UTF8.self)
        try #require((try? PlanParser.parse(text)) != tree, "byte \(index) of \(tree.canonicalText)")
      }
    }
  }

  @Test func parse_acceptsWhiteSpaceBetweenLexemes() throws {
    let spaced = " goal reach ( 7 , 3 ) {\n\taction drop( 3 ) ;\r\n terminal return ( ) ; }\n"
    #expect(try PlanParser.parse(spaced).canonicalText == "goal reach(7,3){action drop(3);terminal return();}")
  }

  struct Fault: Sendable {
    let text: String
    let headline: String
    /// The line as shown.
    let excerpt: String
    /// Characters before the caret.
    let indent: Int

    init(_ text: String, _ headline: String, excerpt: String? = nil, indent: Int) {
      self.text = text
      self.headline = headline
      self.excerpt = excerpt ?? text
      self.indent = indent
    }

    var message: String { "\(headline)\n  \(excerpt)\n  \(String(repeating: " ", count: indent))^" }
  }

  static let faults: [Fault] = [
    Fault("", "plan:1:1: expected 'goal', got end of text", indent: 0),
    Fault("plan x(){}", "plan:1:1: expected 'goal', got 'plan'", indent: 0),
    Fault("goal (){}", "plan:1:6: expected a name, got '('", indent: 5),
    Fault("goal a{}", "plan:1:7: expected '(', got '{'", indent: 6),
    Fault("goal a(,){}", "plan:1:8: expected an integer, a symbol or ')', got ','", indent: 7),
    Fault("goal a(1,){}", "plan:1:10: expected an integer or a symbol, got ')'", indent: 9),
    Fault("goal a(1 2){}", "plan:1:10: expected ',' or ')', got '2'", indent: 9),
    Fault("goal a(01){}", "plan:1:8: expected an integer without leading zeros or '-0', got '01'", indent: 7),
    Fault("goal a(-0){}", "plan:1:8: expected an integer without leading zeros or '-0', got '-0'", indent: 7),
    Fault("goal a(- 1){}", "plan:1:9: expected a digit or '>' after '-', got ' '", indent: 8),
    Fault(
      "goal a(1000000000){}", "plan:1:8: expected an integer of magnitude at most 999999999, got '1000000000'",
      indent: 7),
    Fault("goal a();", "plan:1:9: expected '{', got ';'", indent: 8),
    Fault("goal a(){", "plan:1:10: expected a step or '}', got end of text", indent: 9),
    Fault("goal a(){}x", "plan:1:11: expected end of text, got 'x'", indent: 10),
    Fault("goal a(){goal b(){}}", "plan:1:10: expected a step or '}', got 'goal'", indent: 9),
    Fault("goal a(){assertion b();}", "plan:1:10: expected a step or '}', got 'assertion'", indent: 9),
    Fault("goal a(){action b()}", "plan:1:20: expected '->' or ';', got '}'", indent: 19),
    Fault("goal a(){action b()->;}", "plan:1:22: expected an integer or a symbol, got ';'", indent: 21),
    Fault("goal a(){assert b()->1;}", "plan:1:20: expected ';', got '->'", indent: 19),
    Fault("goal a(){branch b(){}}", "plan:1:22: expected 'else', got '}'", indent: 21),
    Fault(
      "goal a(){\n  terminal B();\n}",
      "plan:2:12: expected a name, an integer or one of ( ) { } , ; ->, got 'B'", excerpt: "  terminal B();",
      indent: 11),
    Fault(
      "goal a(\u{1B}[2J){}",
      "plan:1:8: expected a name, an integer or one of ( ) { } , ; ->, got U+001B", excerpt: "goal a(·[2J){}",
      indent: 7),
    Fault("goal é(){}", "plan:1:6: expected a name, an integer or one of ( ) { } , ; ->, got 'é'", indent: 5),
    Fault(
      "goal a(){" + String(repeating: "assert bbbbbbbbbb(1,2,3);", count: 4) + "action;}",
      "plan:1:116: expected a name, got ';'", excerpt: "ssert bbbbbbbbbb(1,2,3);action;}", indent: 30),
  ]

  @Test(arguments: faults) func parse_pointsAtTheFault(fault: Fault) { expectMessage(fault.text, fault.message) }

  @Test func parse_refusesWhatExceedsTheLimits() {
    let name = String(repeating: "a", count: 65)
    let fault = Fault(
      "goal \(name)(){}", "plan:1:6: expected a name of at most 64 characters, got '\(name.prefix(24))'",
      excerpt: "goal \(name.prefix(30))", indent: 5)
    expectMessage(fault.text, fault.message)
    let long = "goal a(){" + String(repeating: "assert b();", count: 6000) + "}"
    expectMessage(long, "plan:1:1: expected at most 65536 bytes, got 66010\n  \n  ^")
    let many = "goal a(){" + String(repeating: "assert b();", count: 4096) + "}"
    #expect(throws: PlanError.self) { try PlanParser.parse(many) }
    let fits = "goal a(){" + String(repeating: "assert b();", count: 4095) + "}"
    #expect(throws: Never.self) { try PlanParser.parse(fits) }
  }

  @Test func parse_boundsDepth() throws {
    func nested(_ count: Int) -> String {
      "goal a(){" + String(repeating: "subgoal a(){", count: count) + String(repeating: "}", count: count + 1)
    }
    #expect(try PlanParser.parse(nested(63)).depth == 64)
    #expect(throws: PlanError.self) { try PlanParser.parse(nested(64)) }
    // With every other limit lifted, depth alone must refuse it, without using the stack.
    var limits = PlanTextLimits.standard
    limits.maximumBytes = .max
    limits.maximumNodes = .max
    #expect(throws: PlanError.self) { try PlanParser.parse(nested(100_000), limits: limits) }
  }

  @Test func parse_takesLinearTime() throws {
    func text(_ byteCount: Int) -> String {
      "goal a(){" + String(repeating: "action bcd(12,34)->567;", count: byteCount / 23) + "}"
    }
    var limits = PlanTextLimits.standard
    limits.maximumBytes = .max
    limits.maximumNodes = .max
    func seconds(_ text: String) throws -> Double {
      try leastProcessorSeconds { _ = try PlanParser.parse(text, limits: limits) }
    }
    let ratio = try seconds(text(262_144)) / seconds(text(65_536))
    #expect(ratio < 10, "4 times the text took \(ratio) times as long")
  }

  private func expectMessage(_ text: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) {
    do {
      let tree = try PlanParser.parse(text)
      Issue.record("accepted as \(tree.canonicalText)", sourceLocation: sourceLocation)
    } catch {
      #expect("\(error)" == message, sourceLocation: sourceLocation)
    }
  }
}
