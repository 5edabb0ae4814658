/// Pages and the lines, from 1, that they keep open. What GitHub reads otherwise is in `saferItems`.
enum PageCases {
  typealias Case = (page: String, open: [Int])

  /// Unticked items as GitHub reads them too.
  static let items: [Case] = [
    // Bullets and numbers.
    ("- [ ] a", [1]), ("* [ ] a", [1]), ("+ [ ] a", [1]), ("1. [ ] a", [1]), ("1) [ ] a", [1]), ("10) [ ] a", [1]),
    ("007. [ ] a", [1]), ("123456789. [ ] a", [1]), ("-   [ ] a", [1]), ("-\t[ ] a", [1]), ("1.\t[ ] a", [1]),
    (" - [ ] a", [1]), ("   - [ ] a", [1]), ("- [ ] a\n- [ ] b", [1, 2]), ("- [x] a\n- [ ] b", [2]),
    ("- [ ] a\n1. [ ] b\n+ [ ] c", [1, 2, 3]), ("-\n  [ ] a", [2]), ("-\n  \n  [ ] a", [3]), ("-   \n  [ ] a", [2]),
    ("text\n- [ ] a", [2]), ("text\n1. [ ] a", [2]),
    // Nested.
    ("- a\n  - [ ] b", [2]), ("- [x] a\n  - [ ] b", [2]), ("- [x] a\n\n  - [ ] b", [3]), ("1. a\n   1. [ ] b", [2]),
    ("1. a\n   - b\n     * [ ] c", [3]), ("- - [ ] a", [1]), ("- 1. [ ] a", [1]), ("1. - + [ ] a", [1]),
    ("- a\n\t- [ ] b", [2]), ("- a\n    - [ ] b", [2]), ("- [x] a\n  b\n  - [ ] c\n  d", [3]),
    ("- a\n\n  b\n\n  - [ ] c", [5]),
    // In quotations.
    ("> - [ ] a", [1]), (">- [ ] a", [1]), ("> > 1. [ ] a", [1]), ("> 1. > - [ ] a", [1]), ("- > - [ ] a", [1]),
    ("> a\n- [ ] b", [2]), ("   > - [ ] a", [1]), ("> - a\n>   - [ ] b", [2]),
    // Around code and comments that are closed.
    ("```\na\n```\n- [ ] b", [4]), ("~~~\na\n~~~\n- [ ] b", [4]), ("``` `a\n- [ ] b", [2]), ("``\n- [ ] a\n``", [2]),
    ("<!-- a -->\n- [ ] b", [2]), ("<!-- a\nb -->\n- [ ] c", [3]), ("<div>\n\n- [ ] a\n\n</div>", [3]),
    ("<pre>\na\n</pre>\n- [ ] b", [4]), ("````\n```\n````\n- [ ] a", [4]), ("- ```\n  a\n  ```\n- [ ] b", [4]),
    ("text <!--\n- [ ] a\n-->", [2]),
    // Headings around them.
    ("# a\n- [ ] b", [2]), ("a\n===\n- [ ] b", [3]), ("a\n---\n- [ ] b", [3]), ("---\n- [ ] a", [2]),
    ("***\n- [ ] a\n***", [2]),
    // Line endings.
    ("- [x] a\r\n- [ ] b\r\n", [2]), ("- [x] a\r- [ ] b\r", [2]), ("a\n\r\n- [ ] b", [3]), ("\u{FEFF}- [ ] a", [1]),
    ("\n\n- [ ] a\n\n", [3]),
  ]

  /// What GitHub takes for text or code, and a person for an unticked item.
  static let saferItems: [Case] = [
    // Other blanks, or none, in the box and around it.
    ("- [] a", [1]), ("- [\u{A0}] a", [1]), ("- [&nbsp;] a", [1]), ("- [&#160;] a", [1]), ("- [&#xA0;] a", [1]),
    ("- [  ] a", [1]), ("- [\t] a", [1]), ("- [\u{3000}] a", [1]), ("- [\u{200B}] a", [1]), ("- [\u{2800}] a", [1]),
    ("- [ ]", [1]), ("- [ ]a", [1]), ("- [ ](x)", [1]), ("- [ ]: a", [1]), ("-[ ] a", [1]), ("1.[ ] a", [1]),
    ("-\u{A0}[ ] a", [1]), ("\u{A0}- [ ] a", [1]), ("\u{200B}- [ ] a", [1]), ("- [ &nbsp; ] a", [1]),
    // Escaped or emphasised.
    ("- \\[ ] a", [1]), ("- \\[ \\] a", [1]), ("- **[ ] a**", [1]), ("- ~~[ ] a~~", [1]), ("- _[ ]_ a", [1]),
    // Other marks.
    ("1234567890. [ ] a", [1]), ("a. [ ] b", [1]), ("B) [ ] b", [1]), ("• [ ] a", [1]), ("– [ ] a", [1]),
    // No list, for GitHub.
    ("text\n2. [ ] a", [2]), ("    - [ ] a", [1]), ("\t- [ ] a", [1]), ("text\n    - [ ] a", [2]),
    ("- a\n\n      - [ ] b", [3]), ("> a\n    - [ ] b", [2]), ("- a\n  [ ] b", [2]), ("- a\n\n  [ ] b", [3]),
    // A heading in an item.
    ("- # [ ] a", [1]), ("- [ ] a\n  ---", [1]), ("- [ ] a\n  ===", [1]),
    // HTML that shows its text, and what stands behind the end of HTML that does not.
    ("<details>\n- [ ] a\n</details>", [2]), ("<b>\n- [ ] a\n</b>", [2]), ("<!-- a --> - [ ] b", [1]),
    ("<!--\na\n--> - [ ] b", [3]), ("</pre>\n- [ ] a", [2]), ("<summary>\n1. [ ] a", [2]),
    // Separators that are no line endings in Markdown.
    ("a\u{2028}- [ ] b", [1]), ("a\u{85}- [ ] b", [1]), ("a\u{C}- [ ] b", [1]),
  ]

  /// What never is closed, or is nested too deeply, opens its page where it begins.
  static let faults: [Case] = [
    ("```\n- [ ] a", [1]), ("~~~\na\n```", [1]), ("````\na\n```", [1]), ("```\na\n    ```", [1]),
    ("a\n\n```\n```x", [3]),
    ("> ```\n> a\n\nb", [1]),
    ("- ```\n  a\n- [ ] b", [1, 3]), ("<!--\n- [ ] a", [1]), ("<!-- a ->", [1]), ("a\n\n<?a", [3]), ("<!A\n\nb", [1]),
    ("<![CDATA[\n]>", [1]), ("<pre>\n\n- [ ] a", [1]), ("<script>", [1]), ("<STYLE\n>", [1]), ("<textarea>a", [1]),
    ("> <!--\n\n-->", [1]), (String(repeating: ">", count: 65) + " a", [1]),
    (String(repeating: "- ", count: 65) + "a", [1]),
    (String(repeating: "1) ", count: 65) + "[ ] a", [1, 1]),
  ]

  static let closed: [String] = [
    "", "text", "- [x] a", "- [X] a", "1. [x] a", "> - [x] a", "[ ] a", "text - [ ] a", "- a [ ]", "- [link](x)", "- a",
    "```\n- [ ] a\n```", "~~~\n1. [ ] a\n~~~~", "```x\n- [ ] a\n``` ", "> ```\n> - [ ] a\n> ```", "<!-- - [ ] a -->",
    "<!--\n- [ ] a\n-->", "<pre>\n- [ ] a\n</pre>", "<script>\n- [ ] a\n</script>", "<!-->", "- ［ ］ a", "- [y] a",
    "- [1] a", "- `[ ]` a", "# [ ] a", "a [ ]\n===", "- - -", "-", "1.", "- [ ", "- [&amp;] a", "abc. [ ] a", "- ] [ a",
    "<!-- a\n\n- [ ] b -->", String(repeating: ">", count: 64) + " a", String(repeating: "- ", count: 64) + "a",
    "<?\n- [ ] a\n?>", "<![CDATA[\n- [ ] a\n]]>", "<!A\n- [ ] b\n>", "-- [ ] a",
  ]
}
