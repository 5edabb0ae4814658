// swift-tools-version: 6.1
import PackageDescription

let modules: [(String, [Target.Dependency])] = [
  ("Crypto", []), ("Randomness", []), ("Schemas", []), ("Storage", ["Schemas", "Crypto"]),
  (
    "Composition",
    [
      "Randomness", "Schemas", "Storage", .product(name: "OrderedCollections", package: "swift-collections"),
    ]
  ),
]
let package = Package(
  name: "fuzzed",
  dependencies: [.package(path: "checkouts/swift-collections")],
  targets: modules.map { name, imports in
    .target(name: name, dependencies: imports, exclude: name == "Crypto" ? [] : ["README.md"])
  },
  swiftLanguageModes: [.v6])
