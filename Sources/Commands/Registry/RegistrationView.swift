import Bundles
import Schemas
import Storage

/// Where a tag points after a registration.
struct RegistrationView {
  private let bundle: Bundle
  private let movement: TagRecord
  private let isNew: Bool

  /// - Parameter isNew: Whether the tag was moved; it is not if it pointed there already.
  init(_ bundle: Bundle, _ movement: TagRecord, isNew: Bool) {
    self.bundle = bundle
    self.movement = movement
    self.isNew = isNew
  }

  func render(to session: Session) throws {
    try session.render("codex.registration/1", json) {
      var table = Table([.init("tag"), .init(movement.tag.text)])
      func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
      if movement.unproven == true { row("unproven", "the run does not hold the milestone that the tag names") }
      row("version", "\(movement.version)\(isNew ? "" : ", not moved: it points there already")")
      row("bundle", bundle.digest.description)
      if isNew, let previous = movement.previousDigest { row("before", previous.description) }
      row("run", bundle.manifest.runID)
      row("folder", bundle.root.name(bundle.path))
      return table
    }
  }

  private var json: JSONValue {
    .object([
      "bundle_digest": .string(bundle.digest.description), "experiment": .string(movement.experiment.text),
      "moved": .bool(isNew), "path": .string(bundle.path.description),
      "previous_digest": movement.previousDigest.map { .string($0.description) } ?? .null,
      "run_id": .string(movement.runID), "tag": .string(movement.tag.text),
      "unproven": .bool(movement.unproven ?? false), "version": .int(Int64(movement.version)),
      "weights_digest": .string(bundle.manifest.weightsDigest.description),
    ])
  }
}
