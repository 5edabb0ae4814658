import Storage

/// The tensors of a Hugging Face checkpoint, in one file or in several that an index lists; nothing is read yet.
struct LlamaShards {
  static let indexName: StoragePath = "model.safetensors.index.json"
  static let maximumShards = 1_024

  /// In order of their names.
  private var files: [SafetensorsFile] = []
  /// Position in `files` by tensor.
  private var positions: [String: Int] = [:]
  /// The index, or the one file; for messages.
  let path: String

  /// Opens the files, and checks that index and files agree about which tensors there are and where.
  ///
  /// As in transformers, `model.safetensors` comes before an index.
  ///
  /// - Throws: `ReasonerError.badModelFile`, `.badTensor`, `StorageError` for a missing or malformed file.
  init(_ directory: StoragePath, in root: StorageRoot) throws {
    let whole = directory.appending(ModelFolder.weightsName)
    let index = directory.appending(Self.indexName)
    guard try !root.exists(whole), try root.exists(index) else {
      path = root.name(whole)
      let file = try SafetensorsFile(whole, in: root)
      files = [file]
      for tensor in file.tensors { positions[tensor.name] = 0 }
      return
    }
    path = root.name(index)
    let homes = try Self.homes(root.read(index, limit: Limits.jsonByteCount), path: path)
    for (position, shard) in Set(homes.values).sorted().enumerated() {
      let file = try SafetensorsFile(directory.appending(shard), in: root)
      for tensor in file.tensors {
        guard homes[tensor.name] == shard else {
          let home = homes[tensor.name].map { "puts it into '\($0)'" } ?? "does not list it"
          throw ReasonerError.badTensor(
            path: file.file.path, name: tensor.name, problem: "is in this file, but '\(Self.indexName)' \(home)")
        }
        positions[tensor.name] = position
      }
      files.append(file)
    }
    if let lost = homes.keys.filter({ positions[$0] == nil }).min() {
      throw ReasonerError.badTensor(
        path: path, name: lost, problem: "is listed in '\(homes[lost]?.description ?? "")', which lacks it")
    }
  }

  var names: some Collection<String> { positions.keys }

  /// The file that holds a tensor, if one does.
  func file(of tensor: String) -> SafetensorsFile? { positions[tensor].map { files[$0] } }

  /// The file that each tensor is in, by the index: plain names in the same folder.
  private static func homes(_ bytes: [UInt8], path: String) throws -> [String: StoragePath] {
    let value: JSONValue
    do { value = try JSONReader.parse(bytes) } catch let error as StorageError { throw error.located(in: path) }
    guard case .object(let map)? = value["weight_map"], !map.members.isEmpty else {
      throw ReasonerError.badModelFile(path: path, problem: "expected an object 'weight_map' of tensors and files")
    }
    var homes: [String: StoragePath] = [:]
    var known: [String: StoragePath] = [:]
    for member in map.members {
      guard case .string(let text) = member.value else {
        throw ReasonerError.badModelFile(
          path: path, problem: "'weight_map' must give a file for '\(member.key)', got \(member.value.kindName)")
      }
      guard let place = known[text] ?? (try? StoragePath(parsing: text)), place.components.count == 1 else {
        throw ReasonerError.badModelFile(
          path: path, problem: "'weight_map' puts '\(member.key)' into '\(text)', expected a file of the same folder")
      }
      known[text] = place
      homes[member.key] = place
    }
    guard known.count <= maximumShards else {
      throw ReasonerError.badModelFile(
        path: path, problem: "\(known.count) files, expected at most \(maximumShards)")
    }
    return homes
  }
}
