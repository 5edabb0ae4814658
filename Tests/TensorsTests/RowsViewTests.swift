import Tensors
import Testing

@Suite struct RowsViewTests {
  @Test func storedRows_holdRoundedNumbers() {
    let values: [Float] = [1, -2.5, 3.14159, 1e-30, .infinity, 65_535]
    for width in [1, 2, 3, 6] {
      let rows = StoredRows(values, width: width)
      #expect(rows.checked() == values.map(ProductFormat.bfloat16.rounded), "width \(width)")
      #expect(rows.checked() != values, "rounding loses digits")
      #expect(rows.view.from(values.count / width - 1)[0, width - 1] == rows.checked().last)
    }
    let row = StoredRows(values, width: 6)
    #expect(row.view.from(0, column: 2)[0, 0] == ProductFormat.bfloat16.rounded(3.14159))
    #expect(row.checked().count == 6)
  }

  @Test func words_areHalfAsMany() {
    #expect([0, 1, 2, 5].map { RowsView.words(width: $0, stored: .bfloat16) } == [0, 1, 1, 3])
    #expect(RowsView.words(width: 5, stored: .float32) == 5)
  }
}
