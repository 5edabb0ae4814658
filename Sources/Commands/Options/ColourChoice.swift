import ArgumentParser

/// Whether what is printed is coloured.
enum ColourChoice: String, CaseIterable, ExpressibleByArgument {
  /// On a terminal, unless the environment forbids it.
  case auto
  case always
  case never

  func applies(to isTerminal: Bool, _ environment: Environment) -> Bool {
    switch self {
    case .auto: isTerminal && !environment.forbidsColour
    case .always: true
    case .never: false
    }
  }
}
