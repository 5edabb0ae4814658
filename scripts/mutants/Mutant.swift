import Glibc

/// The number of the mutant that this process is; 0 for none.
let mutant = getenv("GATE_MUTANT").flatMap { Int(String(cString: $0)) } ?? 0
