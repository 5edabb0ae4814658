import Testing

@Suite struct BanTests {
  @Test func sources_useNoBannedName() throws {
    let findings = try Repository.sources.flatMap { Ban.findings(of: Ban.all, in: $0) }
    #expect(findings == [])
  }

  @Test(arguments: [
    "print(1)", "Swift.print(1)", "debugPrint(x)", "exit(0)", "Glibc.exit(0)", "guard ok else { fatalError() }",
    "fputs(x, stderr)", "let x = try! f()", "let x = y as! Int", "getenv(name)", "setenv(a, b, 1)",
    "CommandLine.arguments", "ProcessInfo.processInfo", "let now = Date()", "time(nil)",
    "let clock = ContinuousClock()", "clock_gettime(CLOCK_MONOTONIC, &t)", "var g = SystemRandomNumberGenerator()",
    "Int.random(in: 0..<9)", "Float.random(in: 0..<1, using: &g)", "items.shuffled()", "items.randomElement()",
    "UUID()", "x.hashValue", "d.write(to: url, options: .atomic)", "d.write(to: url, options: [.atomic])",
    "FileHandle.standardOutput", "FileManager.default", "open(path, O_RDONLY)", "rename(a, b)", "\"\\(getenv(x))\"",
    "let open = 1\nopen(path)", "func open() {}\nexit(1)",
  ])
  func control_bannedUseIsFound(line: String) {
    #expect(!findings(in: SourceFile("Sources/Search/A.swift", line)).isEmpty)
  }

  @Test(arguments: [
    "// print(1)", "let text = \"exit(0)\"", "func print(_ x: Int) {}", "printer.print(x)", "let print = 1",
    "try? f()", "try !f()", "x as? Int", "if try != nil {}", "random.shuffle(&items)", "var random: RandomStream",
    "latency.time(1)", "let dates = Dates()", "bundle.open(path)", "case open(Int)", "Atomic<Int>(0)",
    "fatalErrorCount += 1", "rename.path", "func hash(into hasher: inout Hasher) {}", "0...random(3)",
    "func open(_ x: Int) {}\nopen(1)",
  ])
  func otherUse_isNotFound(line: String) {
    #expect(findings(in: SourceFile("Sources/Search/A.swift", line)) == [])
  }

  @Test func homes_mayUseTheirNames() {
    #expect(findings(in: SourceFile("Sources/Commands/A.swift", "print(getenv(x)); exit(1)")) == [])
    #expect(findings(in: SourceFile("Sources/Storage/A.swift", "rename(a, b)")) == [])
    #expect(findings(in: SourceFile("Sources/CKernels/a.c", "setenv(a, b, 1);")) == [])
    #expect(findings(in: SourceFile("Tests/SearchTests/A.swift", "print(1)")) == [])
  }

  @Test func control_cSourcesAreRead() {
    #expect(findings(in: SourceFile("Sources/CKernels/a.c", "  abort(); /* exit(1) */\n  getenv(\"X\");")).count == 2)
  }

  private func findings(in file: SourceFile) -> [Finding] { Ban.findings(of: Ban.all, in: file) }
}
