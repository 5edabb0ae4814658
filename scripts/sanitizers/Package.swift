// swift-tools-version: 6.1
import PackageDescription

let modules: [(String, [Target.Dependency])] = [
  ("Crypto", []), ("CKernels", []), ("Randomness", []), ("Schemas", []), ("Storage", ["Schemas", "Crypto"]),
  ("Tensors", ["CKernels", "Randomness"]),
]
let package = Package(
  name: "sanitized",
  targets: modules.map { name, imports in
    .target(
      name: name, dependencies: imports, exclude: name == "Crypto" ? [] : ["README.md"],
      cSettings: name == "CKernels" ? [.define("_GNU_SOURCE")] : [],
      linkerSettings: name == "CKernels" ? [.linkedLibrary("dl"), .linkedLibrary("m")] : [])
  } + [
    .target(name: "TestSupport", dependencies: ["Randomness", "Schemas", "Storage"], path: "Tests/TestSupport"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "CKernels", "Randomness", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6])
