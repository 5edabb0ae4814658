// swift-tools-version: 6.1
import PackageDescription

let modules: [(String, [Target.Dependency])] = [
  ("Randomness", []), ("Statistics", ["Randomness"]), ("Schemas", []),
  ("Storage", ["Schemas", .product(name: "Crypto", package: "swift-crypto")]),
  (
    "Composition",
    [
      "Schemas", "Storage", .product(name: "OrderedCollections", package: "swift-collections"),
    ]
  ),
  ("Runs", ["Composition", "Schemas", "Storage"]),
  ("Ledger", ["Runs", "Composition", "Statistics", "Randomness", "Schemas", "Storage"]),
]
let package = Package(
  name: "gates",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: modules.map { .target(name: $0.0, dependencies: $0.1, exclude: ["README.md"]) } + [
    .target(name: "TestSupport", dependencies: ["Randomness", "Schemas", "Storage"], path: "Tests/TestSupport"),
    .testTarget(
      name: "LedgerTests", dependencies: ["TestSupport"] + modules.map { .byName(name: $0.0) }),
  ],
  swiftLanguageModes: [.v6])
