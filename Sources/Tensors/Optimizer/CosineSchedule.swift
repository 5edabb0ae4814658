import Glibc

/// Linear warm-up, then half a cosine down to a floor (Loshchilov & Hutter 2017, equation 5, without restarts).
public struct CosineSchedule: Equatable, Sendable {
  /// The highest rate, reached at step `warmupSteps`.
  public let peak: Float
  /// The last rate as a fraction of `peak`, in [0, 1].
  public let minimumRatio: Float
  public let warmupSteps: Int
  /// Step at which, and after which, the rate is `minimumRatio · peak`.
  public let totalSteps: Int

  /// Traps unless `peak` is positive, the ratio in [0, 1] and 0 ≤ `warmupSteps` ≤ `totalSteps`.
  public init(peak: Float, minimumRatio: Float, warmupSteps: Int, totalSteps: Int) {
    precondition(peak > 0 && (0...1).contains(minimumRatio), "not a cosine schedule")
    precondition(warmupSteps >= 0 && totalSteps >= warmupSteps, "warm-up lasts longer than the schedule")
    self.peak = peak
    self.minimumRatio = minimumRatio
    self.warmupSteps = warmupSteps
    self.totalSteps = totalSteps
  }

  /// The rate of optimizer step `step` (1 is the first), computed in `Double`: `peak · step / warmupSteps` during the
  /// warm-up, so no step has rate 0 unless the floor is 0.
  public func rate(at step: Int) -> Float {
    precondition(step >= 1, "optimizer steps count from 1")
    if step <= warmupSteps { return Float(Double(peak) * Double(step) / Double(warmupSteps)) }
    let decaySteps = totalSteps - warmupSteps
    let progress = decaySteps == 0 ? 1 : min(1, Double(step - warmupSteps) / Double(decaySteps))
    let floor = Double(minimumRatio)
    return Float(Double(peak) * (floor + (1 - floor) * 0.5 * (1 + cos(.pi * progress))))
  }
}
