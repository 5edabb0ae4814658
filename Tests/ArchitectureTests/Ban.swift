/// A name that code outside one place may not use, and why.
struct Ban {
  /// How the name must stand to count.
  enum Form {
    /// A call that is no member: `exit(1)`, also `Glibc.exit(1)`.
    case call
    /// A member, called or not: `Int.random(in: …)`, `[.atomic]`.
    case member
    /// Any use as an identifier.
    case mention
    /// Followed by `!`: a forced keyword.
    case forced
  }

  let names: Set<String>
  let form: Form
  /// Ends the message: what to do instead.
  let remedy: String
  /// Modules whose business it is.
  var homes: Set<String> = []

  /// Uses of names that `bans` forbid to the source's module, in the order of its text.
  static func findings(of bans: [Ban], in file: SourceFile) -> [Finding] {
    guard let module = file.module, file.isSwift || file.isC else { return [] }
    let bans = bans.filter { !$0.homes.contains(module) }
    let words = CodeWord.all(in: file)
    // A function that the file declares shadows the one of the system.
    let own = Set(words.filter { $0.isDeclared && $0.isCalled }.map(\.text))
    return words.flatMap { word in
      bans.filter {
        $0.names.contains(String(word.text)) && $0.matches(word) && !($0.form == .call && own.contains(word.text))
      }.map {
        Finding(file.path, line: word.line, "'\(word.text)' is not for \(module): \($0.remedy)")
      }
    }
  }

  private func matches(_ word: CodeWord) -> Bool {
    switch form {
    case .call: word.isCalled && !word.isMember && !word.isDeclared
    case .member: word.isMember
    case .mention: !word.isDeclared
    case .forced: word.isForced
    }
  }
}

extension Ban {
  /// The modules that talk to the person and the process.
  static let edge: Set<String> = ["Commands", "codex"]

  /// Everything that a library of this package leaves to its caller.
  static let all: [Ban] = [
    Ban(
      names: ["print", "debugPrint", "dump", "puts", "printf", "fprintf", "fputs", "putchar", "perror"], form: .call,
      remedy: "libraries return values; only Commands prints", homes: edge),
    Ban(
      names: ["stdout", "stderr", "STDOUT_FILENO", "STDERR_FILENO"], form: .mention,
      remedy: "libraries return values; only Commands prints", homes: edge),
    Ban(
      names: ["exit", "_exit", "quick_exit", "abort", "fatalError"], form: .call,
      remedy: "throw for the outside world, 'precondition' for our own bugs; only Commands exits", homes: edge),
    Ban(names: ["try", "as"], form: .forced, remedy: "handle the failure or state it in the type"),
    Ban(
      names: ["getenv", "secure_getenv", "putenv", "unsetenv"], form: .call,
      remedy: "the environment is a parameter, read in Commands", homes: edge),
    // The BLAS library takes its core type from the environment alone, so CKernels sets it once before loading it.
    Ban(
      names: ["setenv"], form: .call, remedy: "the environment is Commands' business", homes: edge.union(["CKernels"])),
    Ban(
      names: ["CommandLine", "ProcessInfo", "environ"], form: .mention,
      remedy: "arguments and environment are parameters, read in Commands", homes: edge),
    Ban(
      names: ["Date", "time", "clock", "gettimeofday", "localtime", "gmtime"], form: .call,
      remedy: "the clock is a parameter, read in Commands", homes: edge),
    // The loop that measures this machine's arithmetic peak is timed where it runs.
    Ban(
      names: ["clock_gettime"], form: .call, remedy: "the clock is a parameter, read in Commands",
      homes: edge.union(["CKernels"])),
    Ban(
      names: ["ContinuousClock", "SuspendingClock", "DispatchTime", "CFAbsoluteTimeGetCurrent"], form: .mention,
      remedy: "the clock is a parameter, read in Commands", homes: edge),
    Ban(
      names: ["SystemRandomNumberGenerator"], form: .mention,
      remedy: "randomness is a RandomStream, named by its path"),
    Ban(
      names: ["random", "randomElement", "shuffled"], form: .member,
      remedy: "randomness is a RandomStream, named by its path"),
    Ban(
      names: [
        "rand", "srand", "random_r", "drand48", "arc4random", "arc4random_uniform", "getrandom", "getentropy", "UUID",
      ],
      form: .call, remedy: "randomness is a RandomStream, named by its path"),
    Ban(
      names: ["hashValue"], form: .member, remedy: "Swift's hashes differ from process to process; use a digest"),
    Ban(
      names: ["atomic"], form: .member,
      remedy: "Foundation's '.atomic' is not durable (docs/decisions/0009-durability.md); use Storage"),
    Ban(
      names: ["FileHandle"], form: .mention,
      remedy: "FileHandle.write traps on a full disk (docs/decisions/0009-durability.md); use Storage"),
    Ban(names: ["FileManager"], form: .mention, remedy: "only Storage touches files", homes: ["Storage"]),
    Ban(
      names: [
        "open", "openat", "creat", "fopen", "freopen", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
        "symlinkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "truncate", "ftruncate", "fsync",
        "fdatasync",
      ], form: .call, remedy: "only Storage touches files", homes: ["Storage"]),
  ]
}
