import Glibc
import Storage
import Tensors

/// One kernel's times beside the least time that this machine's measured limits allow.
struct KernelResult {
  let name: String
  /// Calls timed, after one that was not.
  let calls: Int
  /// Seconds of one call.
  let median, least, most: Double
  /// `float32 peak`, `memory` and the like.
  let bound: String
  /// Of the bound, and what the kernel reached; GFLOP/s or GB/s.
  let limit, rate: Double
  let unit: String

  var share: Double { rate / limit }

  /// Repeats the entry's call for `seconds`. Peak and bandwidth are measured before and after: the machine drifts.
  init(_ entry: KernelEntry, _ inputs: KernelInputs, seconds: Double) {
    let call = entry.make(inputs)
    let slice = min(seconds, 0.03) / 8
    // The best of eight, each shorter than a scheduler's turn: whoever shares the machine can only slow one down.
    func limits() -> (peak: Double, bandwidth: Double) {
      (0..<8).reduce((0, 0)) { best, _ in
        (
          max(best.0, PeakMeasurement.fusedMultiplyAddRate(threads: 1, seconds: slice, format: call.format)),
          max(best.1, PeakMeasurement.readRate(threads: 1, bytes: call.bytes, seconds: slice))
        )
      }
    }
    let before = limits()
    call.run()
    // A clock reading costs some 30 ns: what is shorter than 20 µs is timed several at once.
    let start = monotonicSeconds()
    call.run()
    let together = max(1, Int(20e-6 / max(monotonicSeconds() - start, 1e-9)))
    var times: [Double] = []
    let begin = monotonicSeconds()
    while monotonicSeconds() - begin < seconds || times.count < 3 {
      let start = monotonicSeconds()
      for _ in 0..<together { call.run() }
      times.append((monotonicSeconds() - start) / Double(together))
    }
    let after = limits()
    let (peak, bandwidth) = (max(before.peak, after.peak), max(before.bandwidth, after.bandwidth))
    name = entry.name
    calls = times.count * together
    (median, least, most) = (codex_bench.median(times), times.min() ?? 0, times.max() ?? 0)
    let isArithmetic = call.operations / peak > Double(call.bytes) / bandwidth
    bound = isArithmetic ? "\(call.format.rawValue) peak" : Self.home(of: call.bytes)
    unit = isArithmetic ? "GFLOP/s" : "GB/s"
    limit = isArithmetic ? peak : bandwidth
    rate = (isArithmetic ? call.operations : Double(call.bytes)) / median / 1e9
  }

  /// The smallest memory that holds `bytes`, as far as the system says how large its caches are.
  private static func home(of bytes: Int) -> String {
    let caches = [
      ("L1", _SC_LEVEL1_DCACHE_SIZE), ("L2", _SC_LEVEL2_CACHE_SIZE), ("L3", _SC_LEVEL3_CACHE_SIZE),
    ]
    return caches.first { sysconf(Int32($0.1)) >= bytes }?.0 ?? "memory"
  }

  var json: JSONValue {
    let object: JSONObject = [
      "kernel": .string(name), "calls": .int(Int64(calls)), "median_seconds": .double(median),
      "min_seconds": .double(least), "max_seconds": .double(most), "rate": .double(rate), "unit": .string(unit),
      "bound": .string(bound), "limit": .double(limit), "share": .double(share),
    ]
    return .object(object)
  }

  /// The lines of a table, headings first.
  static func table(_ results: [KernelResult]) -> [String] {
    let heading = ["kernel", "rate", "", "share", "of", "limit", "median µs", "min", "max", "calls"]
    let rows =
      [heading]
      + results.map { result in
        [
          result.name, tenths(result.rate), result.unit, "\(Int((result.share * 100).rounded())) %", result.bound,
          tenths(result.limit), tenths(result.median * 1e6), tenths(result.least * 1e6), tenths(result.most * 1e6),
          "\(result.calls)",
        ]
      }
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let isText: Set<Int> = [0, 2, 4]
    return rows.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return isText.contains(column) ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }
  }

  private static func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
