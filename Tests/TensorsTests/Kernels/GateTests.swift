import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct GateTests {  // Sources/Tensors/Kernels/Gate.swift
  @Test(arguments: Implementation.builtIn) func gate_isSwigluOfSomeColumns(_ fast: Implementation) {
    for (rows, width, first, columns) in [(1, 5, 0, 5), (3, 40, 7, 19), (2, 64, 32, 32), (0, 8, 0, 8), (2, 8, 3, 0)] {
      var random = RandomStream(seed: 1, "gate", rows, width)
      let x = GuardedFloats(random.normals(2 * rows * width))
      let (whole, expected) = (GuardedFloats(unwritten: rows * width), GuardedFloats(unwritten: rows * width))
      Implementation.reference.swigluForward(
        x.pointer, y: RowsView(whole.pointer, stride: width), rows: rows, width: width)
      let actual = GuardedFloats(unwritten: rows * width)
      for (kernels, y) in [(Implementation.reference as any Kernels, expected), (fast.kernels, actual)] {
        kernels.gate(
          gates: x.pointer + first, ups: x.pointer + width + first, stride: 2 * width,
          y: RowsView(y.pointer + first, stride: width), rows: rows, columns: columns)
        for row in 0..<rows {
          for column in 0..<width {
            let value = y.pointer[row * width + column]
            guard (first..<first + columns).contains(column) else {
              #expect(value.isNaN, "column \(column) was written")
              continue
            }
            expectClose(
              [value], [whole.pointer[row * width + column]], .single(summedTerms: 4),
              in: "\(fast.name), rows \(rows), columns \(first)+\(columns)")
          }
        }
        _ = y.checked()
      }
    }
  }

  @Test(arguments: Implementation.builtIn) func gate_storesRoundedRows(_ fast: Implementation) {
    for (rows, width, first, columns) in [(1, 5, 0, 5), (3, 40, 6, 19), (2, 64, 32, 32), (0, 8, 0, 8)] {
      var random = RandomStream(seed: 2, "gate/stored", rows, width)
      let x = GuardedFloats(random.normals(2 * rows * width))
      let (stored, exact) = (StoredRows(rows: rows, width: width), GuardedFloats(unwritten: rows * width))
      for y in [stored.view, RowsView(exact.pointer, stride: width)] {
        fast.kernels.gate(
          gates: x.pointer + first, ups: x.pointer + width + first, stride: 2 * width, y: y.from(0, column: first),
          rows: rows, columns: columns)
      }
      for row in 0..<rows {
        for column in first..<first + columns {
          #expect(
            stored.view[row, column] == ProductFormat.bfloat16.rounded(exact.pointer[row * width + column]),
            "\(fast.name), row \(row) column \(column) of \(width)")
        }
      }
      _ = stored.checked()
    }
  }
}
