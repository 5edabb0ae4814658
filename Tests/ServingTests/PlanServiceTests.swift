import Planning
import Plans
import Schemas
import Serving
import Storage
import TestSupport
import Testing
import Worlds

/// The API without the network.
@Suite struct PlanServiceTests {  // Sources/Serving/PlanService.swift, Sources/Serving/Responses/
  @Test func plan_comesAsATreeInText() throws {
    let answer = try Exchange(Fixture.service(), body: #"{"input":"3 + 4","reasoning":{"effort":"high"}}"#)
    #expect(answer.status == 200)
    #expect(answer.json["status"] == .string("completed") && answer.json["object"] == .string("response"))
    #expect(answer.json["model"] == .string("reasoning/M1"))
    #expect(answer.json["reasoning"] == .object(["effort": .string("high"), "summary": .null]))
    #expect(answer.part?["type"] == .string("output_text"))
    #expect(answer.part?["text"]?.text?.hasPrefix("goal evaluate(3,add,4)\n├─ action add(3,4) -> 7\n") == true)
  }

  @Test func plan_comesAsJSONWhoseTextIsAPlan() throws {
    let answer = try Exchange(
      Fixture.service(),
      body: #"{"input":"3 + 4","reasoning":{"effort":"high"},"text":{"format":{"type":"json_object"}}}"#)
    let plan = try JSONReader.parse(Array(try #require(answer.part?["text"]?.text).utf8))
    let text = try #require(plan["text"]?.text)
    #expect(PlanTextChecker.accepts(text))
    let tree = try PlanParser.parse(text)
    #expect(try plan == JSONReader.parse(CanonicalJSON.write(tree.json)))
    #expect(plan["steps"]?[0]?["output"] == .int(7))
  }

  @Test func usage_countsTokens() throws {
    let answer = try Exchange(Fixture.service(), body: #"{"input":"3 + 4","reasoning":{"effort":"high"}}"#)
    let usage = try #require(answer.json["usage"])
    let vocabulary = Fixture.model.vocabulary
    let goal = try Problem(reading: "3 + 4").goal
    let prompt = try vocabulary.encodePrompt(goal).count
    let plan = try vocabulary.encode(
      PlanParser.parse("goal evaluate(3,add,4){action add(3,4)->7;terminal return();}")
    ).count
    #expect(usage["input_tokens"] == .int(Int64(prompt)))
    let reasoning = try #require(usage["output_tokens_details"]?["reasoning_tokens"]?.integer)
    #expect(reasoning >= 0)
    #expect(usage["output_tokens"] == .int(Int64(plan - prompt) + reasoning))
    #expect(usage["total_tokens"] == .int(Int64(plan) + reasoning))
  }

  @Test func usage_countsWhatTheSearchLeft() throws {
    let answer = try Exchange(
      Fixture.service(), body: "{\"input\":\"\(Fixture.hard)\",\"reasoning\":{\"effort\":\"low\"}}")
    #expect(answer.json["usage"]?["output_tokens"] == .int(16))
    #expect(answer.json["usage"]?["output_tokens_details"]?["reasoning_tokens"] == .int(16))
  }

  @Test func abstention_isARefusal() throws {
    let answer = try Exchange(
      Fixture.service(), body: #"{"input":"reach 449 from 5 12 37","reasoning":{"effort":"low"}}"#)
    #expect(answer.status == 200 && answer.json["status"] == .string("completed"))
    #expect(answer.part?["type"] == .string("refusal"))
    #expect(answer.part?["refusal"]?.text?.isEmpty == false)
  }

  @Test func endOfTheTokens_isIncomplete() throws {
    let answer = try Exchange(
      Fixture.service(), body: #"{"input":"(37 + 45) * 6 - 12","max_output_tokens":8,"reasoning":{"effort":"high"}}"#)
    #expect(answer.status == 200 && answer.json["status"] == .string("incomplete"))
    #expect(answer.json["incomplete_details"] == .object(["reason": .string("max_output_tokens")]))
    #expect(answer.json["output"] == .array([]) && answer.json["max_output_tokens"] == .int(8))
  }

  /// Plan and reasoning together keep to what was asked for, whatever the effort.
  @Test(arguments: [1, 2, 3, 4, 8, 16, 20, 40, 64, 256], ["none", "minimal", "low", "high"])
  func outputTokens_keepToTheirBound(most: Int, effort: String) throws {
    for input in ["3 + 4", "(37 + 45) * 6 - 12", Fixture.hard] {
      let answer = try Exchange(
        Fixture.service(),
        body: "{\"input\":\"\(input)\",\"max_output_tokens\":\(most),\"reasoning\":{\"effort\":\"\(effort)\"}}")
      guard case .int(let used)? = answer.json["usage"]?["output_tokens"] else {
        Issue.record("\(answer.json)")
        continue
      }
      #expect(used <= most, "\(input)")
      let isIncomplete = answer.json["status"] == .string("incomplete")
      #expect(isIncomplete == (answer.json["output"] == .array([])), "\(answer.json)")
    }
  }

  @Test func equalRequests_getEqualAnswers() throws {
    let service = try Fixture.service()
    let body = #"{"input":"12 + 30","reasoning":{"effort":"medium"},"metadata":{"a":"b"}}"#
    let answers = try (0..<3).map { _ in try Exchange(service, body: body).json }
    for key in ["usage", "status", "metadata", "reasoning"] {
      #expect(Set(answers.map { "\($0[key] ?? .null)" }).count == 1)
    }
    #expect(Set(answers.map { "\($0["output"]?[0]?["content"] ?? .null)" }).count == 1)
    #expect(Set(answers.compactMap { $0["id"]?.text }).count == 3)
  }

  @Test func problem_isTheLastMessageOfTheUser() throws {
    let body = #"""
      {"input":[{"role":"user","content":"1 + 1"},
       {"type":"message","role":"assistant","content":[{"type":"output_text","text":"2","annotations":[]}]},
       {"role":"user","content":[{"type":"input_text","text":"3 + 4"}]}],"reasoning":{"effort":"high"}}
      """#
    let answer = try Exchange(Fixture.service(), body: body)
    #expect(answer.part?["text"]?.text?.hasPrefix("goal evaluate(3,add,4)") == true)
  }

  @Test func instructions_areTyped() throws {
    let service = try Fixture.service()
    let fitting = try Exchange(service, body: #"{"input":"3 + 4","instructions":"world: arithmetic"}"#)
    #expect(fitting.status == 200 && fitting.json["instructions"] == .string("world: arithmetic"))
    #expect(
      try Exchange(service, body: #"{"input":"3 + 4","instructions":"world: countdown"}"#).code
        == .string("unreadable_problem"))
    let system =
      #"{"input":[{"role":"system","content":"world: countdown"},{"role":"user","content":"3 + 4"}],"instructions":"world: arithmetic"}"#
    #expect(try Exchange(service, body: system).code == .string("contradictory_instructions"))
  }

  @Test(
    arguments: [
      ("", "invalid_json", nil), ("{", "invalid_json", nil), ("[]", "invalid_type", nil), ("{} x", "invalid_json", nil),
      (#"{"input":"1 + 1","input":"2 + 2"}"#, "invalid_json", nil),
      (#"{"input":"1 + 1","top_p":NaN}"#, "invalid_json", nil),
      (#"{"input":"1 + 1","top_p":1e999}"#, "invalid_json", nil), ("\u{FEFF}{}", "invalid_json", nil),
      (String(repeating: "[", count: 10_000), "invalid_json", nil), ("{}", "missing_required_parameter", "input"),
      (#"{"input":7}"#, "invalid_type", "input"), (#"{"input":[]}"#, "invalid_value", "input"),
      (#"{"input":[7]}"#, "invalid_type", "input[0]"),
      (#"{"input":[{"role":"tool","content":"a"}]}"#, "invalid_value", "input[0].role"),
      (#"{"input":[{"role":"user"}]}"#, "invalid_type", "input[0].content"),
      (
        #"{"input":[{"role":"user","content":[{"type":"input_image","image_url":"x"}]}]}"#, "unsupported_value",
        "input[0].content[0].type"
      ),
      (#"{"input":[{"type":"reasoning","id":"x"}]}"#, "unsupported_value", "input[0].type"),
      (#"{"input":[{"role":"assistant","content":"1 + 1"}]}"#, "invalid_value", "input"),
      (#"{"input":"one plus one"}"#, "unreadable_problem", "input"), (#"{"input":""}"#, "unreadable_problem", "input"),
      (#"{"input":"1 + 1","stream":true}"#, "unsupported_value", "stream"),
      (#"{"input":"1 + 1","store":true}"#, "unsupported_value", "store"),
      (#"{"input":"1 + 1","background":true}"#, "unsupported_value", "background"),
      (#"{"input":"1 + 1","temperature":0.2}"#, "unsupported_value", "temperature"),
      (#"{"input":"1 + 1","tools":[{"type":"function"}]}"#, "unsupported_value", "tools"),
      (#"{"input":"1 + 1","tool_choice":"required"}"#, "unsupported_value", "tool_choice"),
      (#"{"input":"1 + 1","previous_response_id":"resp_1"}"#, "unsupported_value", "previous_response_id"),
      (#"{"input":"1 + 1","max_output_tokens":0}"#, "invalid_value", "max_output_tokens"),
      (#"{"input":"1 + 1","max_output_tokens":-9223372036854775808}"#, "invalid_value", "max_output_tokens"),
      (#"{"input":"1 + 1","max_output_tokens":1.5}"#, "invalid_type", "max_output_tokens"),
      (#"{"input":"1 + 1","max_output_tokens":"9"}"#, "invalid_type", "max_output_tokens"),
      (#"{"input":"1 + 1","reasoning":{"effort":"extreme"}}"#, "invalid_value", "reasoning.effort"),
      (#"{"input":"1 + 1","reasoning":{"summary":"auto"}}"#, "unsupported_value", "reasoning.summary"),
      (
        #"{"input":"1 + 1","text":{"format":{"type":"json_schema","schema":{}}}}"#, "unsupported_value",
        "text.format.type"
      ),
      (#"{"input":"1 + 1","text":{"format":{"type":"xml"}}}"#, "invalid_value", "text.format.type"),
      (#"{"input":"1 + 1","instructions":"be brief"}"#, "unsupported_instructions", "instructions"),
      (#"{"input":"1 + 1","metadata":{"a":1}}"#, "invalid_value", "metadata"),
      (#"{"input":"1 + 1","n":2}"#, "unknown_parameter", "n"),
      (#"{"input":"1 + 1","reasoning":{"effort":"low","depth":2}}"#, "unknown_parameter", "reasoning.depth"),
    ] as [(String, String, String?)])
  func body_thatCannotBeHonouredIsRefused(body: String, code: String, parameter: String?) throws {
    let answer = try Exchange(Fixture.service(), body: body)
    #expect(answer.status == 400 && answer.code == .string(code), "\(answer.json)")
    #expect(answer.parameter == (parameter.map(JSONValue.string) ?? .null))
    #expect(answer.json["error"]?["type"] == .string("invalid_request_error"))
    #expect(answer.json["error"]?["message"]?.text?.isEmpty == false)
  }

  @Test func control_theSameBodyWithoutTheFaultIsAnswered() throws {
    let body = #"{"input":"1 + 1","stream":false,"store":false,"temperature":1,"tools":[],"user":"u","top_p":null}"#
    let answer = try Exchange(Fixture.service(), body: body)
    #expect(answer.status == 200 && answer.json["user"] == .string("u"))
  }

  @Test func model_mustBeTheOneServed() throws {
    let service = try Fixture.service(worlds: [.arithmetic])
    for name in Fixture.names {
      #expect(try Exchange(service, body: "{\"input\":\"3 + 4\",\"model\":\"\(name)\"}").status == 200)
      #expect(try Exchange(service, "GET", "/v1/models/\(name)").json["id"] == .string("reasoning/M1"))
    }
    let other = try Exchange(service, body: #"{"input":"3 + 4","model":"../../etc/passwd"}"#)
    #expect(other.status == 404 && other.code == .string("model_not_found") && other.parameter == .string("model"))
    #expect(try Exchange(service, body: #"{"input":"reach 449 from 5 12 37"}"#).code == .string("unsupported_world"))
    let list = try Exchange(service, "GET", "/v1/models").json
    #expect(list["object"] == .string("list") && list["data"]?[0]?["id"] == .string("reasoning/M1"))
  }

  @Test(arguments: [
    ("GET", "/v1/responses", 405), ("POST", "/healthz", 405), ("DELETE", "/v1/models", 405), ("GET", "/", 404),
    ("GET", "/v1/models/none", 404), ("GET", "/healthz", 200), ("GET", "/readyz", 200), ("GET", "/metrics", 404),
  ])
  func path_hasItsMethods(method: String, path: String, status: Int) throws {
    #expect(try Exchange(Fixture.service(), method, path).status == status)
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
  func form_isRefused(type: String) throws {
    let answer = try Exchange(Fixture.service(), body: #"{"input":"1 + 1"}"#, fields: ["Content-Type: \(type)"])
    #expect(answer.status == 415)
  }

  @Test(arguments: ReasoningEffort.allCases) func effort_choosesModeAndBudget(effort: ReasoningEffort) {
    let own = SearchConfig(mode: .greedy, budget: 7, tokenBudget: 100)
    let expected: (PlanningMode, Int) =
      switch effort {
      case .none: (.greedy, 100)
      case .minimal: (.greedy, 200)
      case .low: (.bestFirst, 16)
      case .medium: (.bestFirst, 64)
      case .high: (.bestFirst, 256)
      case .xhigh: (.bestFirst, 1024)
      }
    #expect(effort.search(own) == own.with(mode: expected.0, budget: expected.1))
  }
}
