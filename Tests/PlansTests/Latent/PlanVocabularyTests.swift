import Plans
import Randomness
import TestSupport
import Testing

@Suite struct PlanVocabularyTests {  // Sources/Plans/Latent/
  private let vocabulary = ToyWorld.vocabulary

  @Test func init_ordersTokens() {
    #expect(
      vocabulary.pieces == [
        "<pad>", "<bos>", "{", "}", "else", "->", ",", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-",
        "goal:reach", "assertion:value", "assertion:holds", "subgoal:reach", "action:add", "action:sub", "action:call",
        "action:drop", "action:name", "action:never", "branch:value", "terminal:return", "terminal:yield", "plus",
        "minus", "big",
      ])
    for (index, piece) in vocabulary.pieces.enumerated() { #expect(vocabulary.token(for: piece)?.index == index) }
    #expect(vocabulary.token(for: "action:nothing") == nil)
  }

  @Test func init_mergesSignatures() {
    let other = PlanSignature(entries: [.init(.action, "add"), .init(.goal, "win")], symbols: ["big", "new"])
    let merged = PlanVocabulary(signatures: [ToyWorld.signature, other])
    #expect(merged.count == vocabulary.count + 2)
    #expect(merged.token(for: "goal:win")?.index == 19)
    #expect(merged.pieces.suffix(2) == ["big", "new"])
  }

  @Test func storedVocabulary_keepsItsIds() throws {
    let further = PlanSignature(entries: [.init(.goal, "win"), .init(.action, "act")], symbols: ["new"])
    let build = PlanVocabulary(signatures: [further, ToyWorld.signature])
    #expect(build.token(for: "action:add") != vocabulary.token(for: "action:add"), "or nothing is shown")
    let stored = try #require(PlanVocabulary(pieces: vocabulary.pieces, among: build))
    #expect(stored == vocabulary)
    #expect(stored.token(for: "goal:win") == nil)
  }

  @Test func storedVocabulary_isOneOfKnownTokens() {
    let pieces = vocabulary.pieces
    for broken in [
      [], Array(pieces.dropFirst()), pieces + ["action:unheard"], pieces + ["big"], pieces + [""],
      Array(pieces.prefix(3)), [pieces[1], pieces[0]] + pieces.dropFirst(2),
    ] { #expect(PlanVocabulary(pieces: broken, among: vocabulary) == nil, "\(broken)") }
    // Heads may come in any order, and not all need to come.
    #expect(PlanVocabulary(pieces: pieces.prefix(18) + pieces.dropFirst(20).reversed(), among: vocabulary) != nil)
  }

  @Test func encode_writesTheDocumentedStream() throws {
    let signature = PlanSignature(
      entries: [
        .init(.goal, "evaluate", inputs: [.integer], repeating: [.symbol, .integer]),
        .init(.action, "add", inputs: [.integer, .integer], output: .integer), .init(.terminal, "return"),
      ], symbols: ["add", "mul"])
    let vocabulary = PlanVocabulary(signatures: [signature])
    let text = "goal evaluate(37,add,45,mul,6){action add(37,45)->82;terminal return();}"
    let tokens = try vocabulary.encode(PlanParser.parse(text))
    #expect(
      vocabulary.text(of: tokens)
        == "<bos> goal:evaluate 7 3 add 5 4 mul 6 { action:add 7 3 , 5 4 -> 2 8 terminal:return }")
    #expect(try vocabulary.canonicalText(tokens) == text)
    let prompt = try vocabulary.encodePrompt(PlanParser.parse(text).goal)
    #expect(vocabulary.text(of: prompt) == "<bos> goal:evaluate 7 3 add 5 4 mul 6 {")
  }

  @Test func canonicalText_invertsEncoding() throws {
    let vocabulary = PlanVocabulary(signatures: [RandomTrees.signature])
    try withEvery("seed", in: UInt64(0)..<10_000) { seed in
      var trees = RandomTrees(RandomStream(seed: seed, "plans/latent"))
      let tree = trees.tree()
      let tokens = try vocabulary.encode(tree)
      try #require(try PlanParser.parse(vocabulary.canonicalText(tokens)) == tree)
    }
  }

  /// Control: different streams never stand for one plan, so a decoder that repairs streams would fail here.
  @Test func canonicalText_isInjective() throws {
    try withEvery("seed", in: UInt64(0)..<2_000) { seed in
      var random = RandomStream(seed: seed, "plans/latent/mutation")
      var plans = ToyPlans(random.split("plan"), maximumDigits: 3)
      let tokens = try vocabulary.encode(plans.plan([3, 37]))
      var mutated = tokens
      let place = random.index(below: mutated.count)
      let token = PlanToken(rawValue: UInt16(random.index(below: vocabulary.count)))
      switch random.index(below: 3) {
      case 0: mutated[place] = token
      case 1: mutated.insert(token, at: place)
      default: mutated.remove(at: place)
      }
      guard let tree = try? PlanParser.parse(vocabulary.canonicalText(mutated)) else { return }
      let canonical = try vocabulary.encode(tree)
      let withoutStart = mutated.first == PlanVocabulary.start ? mutated : [PlanVocabulary.start] + mutated
      try #require(canonical == withoutStart, "\(vocabulary.text(of: mutated))")
    }
  }

  static let faults: [(stream: String, message: String)] = [
    ("goal:reach <bos>", "token 1 is '<bos>'; expected no second '<bos>'."),
    ("<bos> <pad>", "token 1 is '<pad>'; expected a token of a plan."),
    ("<bos> 3", "token 1 is '3'; expected a node head, '}' or 'else'."),
    ("goal:reach , 3", "token 1 is ','; expected ',' between two integers only."),
    ("goal:reach 3 , {", "token 3 is '{'; expected an integer after ','."),
    ("goal:reach 3 , big", "token 3 is 'big'; expected an integer after ','."),
    ("goal:reach 3 -", "token 2 is '-'; expected a digit or the end of the number."),
    ("goal:reach - {", "token 2 is '{'; expected a digit after '-'."),
    ("goal:reach 3 0 {", "token 3 is '{'; expected a most significant digit that is not 0 before it."),
    ("goal:reach - 0 {", "token 3 is '{'; expected a most significant digit that is not 0 before it."),
    ("goal:reach 1 2 3 4 5 6 7 8 9 1", "token 10 is '1'; expected a number of at most 9 digits."),
    ("goal:reach 3 { action:add 1 -> }", "token 6 is '}'; expected an output after '->'."),
    ("goal:reach 3 { action:add 1 -> 2 -> 3", "token 7 is '->'; expected it after the arguments of a call."),
    ("goal:reach 3 { {", "token 3 is '{'; expected it after the arguments of a call."),
    ("goal:reach 3 { action:add 1 -> big 3", "token 7 is '3'; expected a node head, '}' or 'else'."),
  ]

  @Test(arguments: faults) func canonicalText_namesTheFault(fault: (stream: String, message: String)) throws {
    let tokens = try fault.stream.split(separator: " ").map { try #require(vocabulary.token(for: String($0))) }
    do {
      Issue.record("accepted as \(try vocabulary.canonicalText(tokens))")
    } catch {
      #expect("\(error)" == fault.message + " The stream is not the linearisation of a plan.")
    }
  }

  @Test func encode_refusesWhatHasNoToken() {
    func encode(_ step: PlanNode) throws { _ = try vocabulary.encode(PlanTree(goal: ToyWorld.goal([]), steps: [step])) }
    #expect(throws: PlanError.unknownHead(PlanHead(.action, "jump"))) {
      try encode(.action(PlanCall("jump"), output: nil))
    }
    #expect(throws: PlanError.unknownSymbol("huge")) { try encode(.terminal(PlanCall("return", [.symbol("huge")]))) }
    // The piece of another kind of token is no symbol.
    #expect(throws: PlanError.unknownSymbol("else")) { try encode(.terminal(PlanCall("return", [.symbol("else")]))) }
    #expect(throws: PlanError.integerOutOfRange(.min)) { try encode(.terminal(PlanCall("yield", [.integer(.min)]))) }
  }
}
