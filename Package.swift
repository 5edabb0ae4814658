// swift-tools-version: 6.1
import PackageDescription

/// One row of the module table (docs/modules.md): a library target and what it may import.
struct Module {
  let name: String
  let imports: [Target.Dependency]
  var testImports: [Target.Dependency] = []
  var hasTests = true
  /// False where tests compute nothing themselves: optimising them takes twice as long as compiling them, for nothing.
  var optimisesTests = true
  /// Files of the test target that its tests read by path.
  var testFixtures: [String] = []
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

// Imports point downward only; Tests/ArchitectureTests checks the sources against this table.
let modules: [Module] = [
  // L0 leaves
  Module(name: "Randomness", imports: []),
  Module(name: "Statistics", imports: ["Randomness"], testFixtures: ["Golden"]),
  Module(name: "Plans", imports: [], testImports: ["Randomness"]),
  Module(name: "Tensors", imports: ["CKernels"], testImports: ["Randomness"]),
  Module(name: "Schemas", imports: [], hasTests: false),
  Module(name: "Storage", imports: ["Schemas", crypto], testImports: ["Randomness"]),
  // L1 engines
  Module(name: "Worlds", imports: ["Plans", "Randomness"]),
  Module(name: "Search", imports: ["Plans", "Randomness"]),
  Module(name: "Composition", imports: ["Randomness", "Schemas", "Storage", orderedCollections]),
  // L2 means
  Module(
    name: "Reasoner",
    imports: ["Tensors", "Plans", "Search", "Composition", "Storage", "Randomness"], testImports: ["Worlds"]),
  Module(
    name: "Datasets", imports: ["Worlds", "Plans", "Composition", "Randomness", "Schemas", "Storage"],
    testFixtures: ["Golden"]),
  Module(name: "Runs", imports: ["Composition", "Schemas", "Storage"]),
  Module(
    name: "Planning",
    imports: [
      "Reasoner", "Search", "Worlds", "Plans", "Tensors", "Composition", "Randomness", "Runs", "Schemas", "Storage",
    ]),
  Module(
    name: "Ledger", imports: ["Composition", "Runs", "Statistics", "Randomness", "Schemas", "Storage"],
    optimisesTests: false),
  Module(name: "Bundles", imports: ["Runs", "Schemas", "Storage"], testFixtures: ["Golden"]),
  // L3 features
  Module(
    name: "Training",
    imports: [
      "Planning", "Reasoner", "Datasets", "Tensors", "Plans", "Worlds", "Composition", "Randomness", "Runs", "Schemas",
      "Storage",
    ]),
  Module(
    name: "Evaluation",
    imports: [
      "Planning", "Reasoner", "Datasets", "Ledger", "Tensors", "Plans", "Worlds", "Search", "Composition", "Statistics",
      "Runs", "Schemas", "Storage",
    ], testImports: ["Randomness"]),
  Module(name: "Registry", imports: ["Bundles", "Schemas", "Storage"]),
  Module(
    name: "Deployment",
    imports: ["Planning", "Ledger", "Tensors", "Plans", "Worlds", "Composition", "Statistics", "Schemas", "Storage"],
    testFixtures: ["Golden"]),
  Module(
    name: "Serving",
    imports: ["Planning", "Plans", "Worlds", "Schemas", "Storage", hummingbird, nioCore, nioPosix, httpTypes, logging],
    testImports: ["Randomness", "Reasoner", "Search", "Tensors"]),
  // L4 verbs
  Module(
    name: "Commands",
    imports: [
      "Training", "Evaluation", "Registry", "Deployment", "Serving", "Ledger", "Bundles", "Planning", "Reasoner",
      "Datasets", "Composition", "Search", "Worlds", "Tensors", "CKernels", "Plans", "Randomness", "Runs", "Schemas",
      "Storage", argumentParser,
    ]),
]

/// For tests that compute nothing themselves: what they test is optimised all the same.
let unoptimised: [SwiftSetting] = [.unsafeFlags(["-Onone"])]

var targets: [Target] = [
  .target(
    name: "CKernels", exclude: ["README.md"], cSettings: [.define("_GNU_SOURCE")],
    linkerSettings: [.linkedLibrary("dl"), .linkedLibrary("m")]),
  .executableTarget(name: "codex", dependencies: ["Commands"]),
  .executableTarget(
    name: "codex-bench",
    dependencies: [
      "Training", "Reasoner", "Search", "Composition", "Worlds", "Plans", "Tensors", "CKernels", "Randomness",
      "Storage", argumentParser,
    ],
    path: "benchmarks/performance", exclude: ["peers", "results", "scaling.py"]),
  .executableTarget(
    name: "ledger-writer", dependencies: ["Ledger", "Schemas", "Storage"], path: "Tests/LedgerWriter"),
  .target(name: "TestSupport", dependencies: ["Randomness", "Schemas", "Storage"], path: "Tests/TestSupport"),
  .testTarget(name: "TestSupportTests", dependencies: ["TestSupport"]),
  .testTarget(name: "ArchitectureTests", dependencies: ["Commands"]),
  .testTarget(
    name: "EndToEndTests",
    dependencies: [
      "codex", "codex-bench", "ledger-writer", "Commands", "Composition", "Ledger", "Randomness", "Schemas", "Storage",
      "TestSupport",
    ], swiftSettings: unoptimised),
]
for module in modules {
  targets.append(.target(name: module.name, dependencies: module.imports, exclude: ["README.md"]))
  guard module.hasTests else { continue }
  let own: [Target.Dependency] = [.byName(name: module.name), "TestSupport"]
  targets.append(
    .testTarget(
      name: module.name + "Tests", dependencies: own + module.imports + module.testImports,
      exclude: module.testFixtures, swiftSettings: module.optimisesTests ? [] : unoptimised))
}

let package = Package(
  name: "codex",
  products: [.executable(name: "codex", targets: ["codex"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
  ],
  targets: targets,
  swiftLanguageModes: [.v6]
)
