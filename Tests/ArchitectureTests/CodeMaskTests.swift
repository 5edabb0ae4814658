import Testing

@Suite struct CodeMaskTests {
  @Test(arguments: [
    ("a // print()", "a           "),
    ("a /* x /* y */ z */ b", "a                   b"),
    ("f(\"x\")", "f(\" \")"),
    ("\"a\\\"b\" c", "\"    \" c"),
    ("\"a\\(g(\"h\"))b\" c", "\"   g(\" \")  \" c"),
    ("#\"a\"b\\#(c)\"# d", "#\"      c \"# d"),
    ("\"\"\"\n x \" y\n\"\"\" z", "\"\"\"\n      \n\"\"\" z"),
    ("'\"' x // y", "'\"' x     "),
  ])
  func code_keepsCodeInPlace(text: String, expected: String) {
    #expect(CodeMask.code(of: text) == expected)
  }

  @Test func code_afterUnterminatedString_continuesOnTheNextLine() {
    #expect(CodeMask.code(of: "\"a\nb()") == "\" \nb()")
  }

  @Test func code_ofThisRepository_keepsLineCounts() throws {
    for file in try Repository.sources + Repository.tests { #expect(file.codeLines.count == file.lines.count) }
  }
}
