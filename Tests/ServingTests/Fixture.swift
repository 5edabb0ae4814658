import Planning
import Plans
import Reasoner
import Search
import Serving
import Storage
import Tensors
import Worlds

/// A small untrained model. Its beam is so wide that the verifier alone leads best-first search to plans of easy problems.
enum Fixture {
  static let model: PlanningModel = {
    let vocabulary = PlanVocabulary.ofThisBuild()
    // A shape of our own making is within every limit.
    guard
      let shape = try? ModelShape(
        layers: 1, width: 16, heads: 2, kvHeads: 2, feedForward: 16, vocabulary: vocabulary.count, positions: 256)
    else { preconditionFailure("the fixture's shape") }
    return PlanningModel(
      Weights.initial(shape, seed: 4), style: .actions, search: SearchConfig(mode: .bestFirst, budget: 64, beam: 64),
      kernels: FastKernels(backend: .builtIn))
  }()

  static let names = ["reasoning/M1", "baseline-0123456789ab"]

  static func service(
    limits: ServingLimits = ServingLimits(), key: String? = nil, worlds: [WorldKind] = WorldKind.allCases,
    search: SearchConfig? = nil
  ) throws -> PlanService {
    try PlanService(
      ServedModel(model, names: names, worlds: worlds, createdAt: 1_700_000_000),
      access: AccessRules(boundTo: "127.0.0.1", names: ["plans.example"], key: key), limits: limits, search: search,
      now: { 1_700_000_100.5 })
  }

  /// Searches until somebody stops it.
  static let endless = SearchConfig(mode: .bestFirst, budget: 1_000_000, beam: 64)
  /// Takes a while.
  static let long = SearchConfig(mode: .bestFirst, budget: 3000, beam: 16)
  /// No plan of it is met by chance.
  static let hard = "reach 998 from 3 7 50"
}

/// Requests without a network.
struct Exchange {
  let status: Int
  let json: JSONValue
  let fields: [HTTPReply.Field]

  init(
    _ service: PlanService, _ method: String = "POST", _ path: String = "/v1/responses", body: String = "",
    fields: [String] = ["Content-Type: application/json"], host: String = "127.0.0.1:8080"
  ) throws {
    let lines = ["\(method) \(path) HTTP/1.1", "Host: \(host)", "Content-Length: \(body.utf8.count)"] + fields
    let head = try RequestHead(
      parsing: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8), limits: ServingLimits())
    let request = APIRequest(head: head, body: Array(body.utf8))
    let reply =
      switch service.disposition(of: request, id: service.nextID()) {
      case .reply(let reply): reply
      case .plan(let job): try job.run { false }
      }
    status = reply.status
    self.fields = reply.fields
    json = try JSONReader.parse(reply.body)
  }

  var code: JSONValue? { json["error"]?["code"] }
  var parameter: JSONValue? { json["error"]?["param"] }
  /// The first part of the first message.
  var part: JSONValue? { json["output"]?[0]?["content"]?[0] }
}

extension JSONValue {
  subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }

  var integer: Int64? { if case .int(let integer) = self { integer } else { nil } }
}
