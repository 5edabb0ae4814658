/// How far a pod reaches, in ascending order. A pod may not stand above the ring of the run that it serves.
public enum RolloutRing: String, CaseIterable, Sendable, Comparable {
  case base0A = "0A_base_"
  case base0B = "0B_base_"
  case base0C = "0C_base_"
  case base0D = "0D_base_"
  case main

  public static func < (left: RolloutRing, right: RolloutRing) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .base0A: 0
    case .base0B: 1
    case .base0C: 2
    case .base0D: 3
    case .main: 4
    }
  }
}
