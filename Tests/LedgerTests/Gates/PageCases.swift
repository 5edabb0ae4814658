/// Pages and the lines, from 1, that they keep open. What GitHub reads otherwise is in `saferItems`.
enum PageCases {
  typealias Case = (page: String, open: [Int])

  /// Unticked items as GitHub reads them too.
  static let items: [Case] = [
    // Bullets and numbers.
    ("- [ ] a", [1]), ("* [ ] a", [1]), ("+ [ ] a", [1]), ("1. [ ] a", [1]), ("1) [ ] a", [1]), ("10) [ ] a", [1]),
    ("007. [ ] a", [1]), ("123456789. [ ] a", [1]), ("-   [ ] a", [1]), ("-\t[ ] a", [1]), ("1.\t[ ] a", [1]),
    (" - [ ] a", [1]), ("   - [ ] a", [1]), ("- [ ] a\n- [ ] b", [1, 2]), ("- [x] a\n- [ ] b", [2]),
    ("- [ ] a\n1. [ ] b\n+ [ ] c", [1, 2, 3]), ("-\n  [ ] a", [2]), ("text\n- [ ] a", [2]), ("text\n1. [ ] a", [2]),
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
    ("```\n- [ ] a", [1]), ("~~~\na\n```", [1]), ("````\na\n```", [1]), ("a\n\n```\n```x", [3]), ("> ```\n> a\n\nb", [1]),
    ("- ```\n  a\n- [ ] b", [1, 3]), ("<!--\n- [ ] a", [1]), ("<!-- a ->", [1]), ("a\n\n<?a", [3]), ("<!A\n\nb", [1]),
    ("<![CDATA[\n]>", [1]), ("<pre>\n\n- [ ] a", [1]), ("<script>", [1]), ("<STYLE\n>", [1]), ("<textarea>a", [1]),
    ("> <!--\n\n-->", [1]), (String(repeating: ">", count: 65) + " a", [1]), (String(repeating: "- ", count: 65) + "a", [1]),
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

  /// The open lines of sections *Overrides*; nil for a page without one.
  static let overrides: [(page: String, open: [Int]?)] = [
    // No section.
    ("", nil), ("None.", nil), ("## Override\n\nNone.", nil), ("#Overrides\n\nNone.", nil), ("##  Overridesx\n\nNone.", nil),
    ("```\n## Overrides\n```", nil), ("    ## Overrides", nil), ("<!--\n## Overrides\n-->", nil), ("####### Overrides", nil),
    ("\\## Overrides", nil), ("Overrides\n\n---", nil), ("## No Overrides", nil), ("## Overrides2", nil),
    // The section's heading.
    ("## Overrides\n\nNone.", []), ("# Overrides\nNone.", []), ("###### Overrides\nNone.", []), ("## Overrides ##\nNone.", []),
    ("   ##   Overrides   #  \nNone.", []), ("##\tOverrides\t\nNone.", []), ("Overrides\n---\nNone.", []),
    ("Overrides\n=\nNone.", []), ("## Overrides\r\n\r\nNone.\r\n", []), ("## **Overrides**\na", [2]), ("## 4. Overrides\na", [2]),
    ("## OVERRIDES\na", [2]), ("> ## Overrides\n> a", [2]), ("## Overrides: none\na", [2]), ("Pod\nOverrides\n---\na", [4]),
    // Where it ends.
    ("## Overrides\nNone.\n## Notes\na", []), ("## Overrides\nNone.\n# Notes\na", []), ("## Overrides\nNone.\n### Notes\na", [4]),
    ("## Overrides\n### 2026-11-20\na\n- [ ] b", [3, 4]), ("## Overrides\n### 2026-11-20\nNone.\n## Notes\na", []),
    ("# Overrides\n## a\n### b\nc", [4]), ("## Overrides\nNone.\n\nNotes\n===\na", []), ("Overrides\n--\nNone.\n\nNotes\n--\na", []),
    ("### Overrides\nNone.\n\nNotes\n===\na", []), ("## Overrides\n#Notes\na", [2, 3]), ("## Overrides\n#812: a\n- [ ] b", [2, 3]),
    ("## Overrides\nNone.\n> ## Notes\n\na", [3, 5]), ("## Overrides\nNone.\n- ## Notes\n\na", [3, 5]),
    ("## Overrides\nNone.\n\n[a]: b\n===\nc", [6]), ("## Overrides\nNone.\n```\n## Notes\n```\na", [3, 4, 5, 6]),
    ("## Overrides\nNone.\n    ## Notes\na", [3, 4]), ("## Overrides\nNone.\n\n    ## Notes\na", [4, 5]),
    ("## Overrides\nNone.\n<!--\n## Notes\n-->\na", [3, 4, 5, 6]), ("## Overrides\nNone.\n####### Notes\na", [3, 4]),
    // Several.
    ("## Overrides\nNone.\n## Overrides (2026-11)\na", [4]), ("## Overrides\na\n## Notes\nb\n## Overrides\nc", [2, 6]),
    ("# Overrides\nNone.\n## Overrides (2026-11)\nNone.\n## Other\na", [6]), ("## Overrides\nNone.\n# Pod\n### Overrides\na", [5]),
    ("### Overrides\nNone.\n## Overrides\nNone.\n### a\nb", [6]), ("## Overrides\nNone.\n\nOverrides\n---\na", [6]),
    // Headings within it.
    ("## Overrides\nNone.\n### - [ ] undo", [3]), ("## Overrides\na\n---\n", [2]), ("## Overrides\nNone.\n\na\nb\n===\nc", [4, 5]),
    ("## Overrides\nNone.\n---\na", []), ("## Overrides\n### a\n#### b", []), ("## Overrides\n> ### a", [2]),
    ("## Overrides\n- ### a", [2]), ("## Overrides\n- [x] a\n\n  ### b", []),
    // Text, rules, code, comments.
    ("## Overrides", []), ("## Overrides\n\n \t\n", []), ("## Overrides\nnone", [2]), ("## Overrides\nNone", [2]),
    ("## Overrides\n- None.", [2]), ("## Overrides\nNone. But a", [2]), ("## Overrides\n***", [2]), ("## Overrides\n\n    a", [3]),
    ("## Overrides\n\n  None.  \n", []), ("## Overrides\nNone.\u{2028}a", [2]), ("## Overrides\n<b>a</b>", [2]),
    ("## Overrides\n[a]: b", [2]), ("## Overrides\n<!-- a -->", [2]), ("## Overrides\n```\na\n```", [2, 3, 4]),
    // Items.
    ("## Overrides\n- [x] a", []), ("## Overrides\n1) [X] a", []), ("## Overrides\n* [x] a\n+ [x] b", []), ("## Overrides\n- a", [2]),
    ("## Overrides\n- [ ] a", [2]), ("## Overrides\n[x] a", [2]), ("## Overrides\n- [x]a", [2]), ("## Overrides\n- [x]", [2]),
    ("## Overrides\n- a [x] b", [2]), ("## Overrides\n- [x](a) b", [2]), ("## Overrides\n- [x] a\n  ---", [2]),
    ("## Overrides\n- [x] a\n  b\n\n  c", []), ("## Overrides\n- [x] a\nb", [3]), ("## Overrides\n- [x] a\n\nb", [4]),
    ("## Overrides\n- [x] a\n - b", [3]), ("## Overrides\n- [x] a\n  - [ ] b", [3]), ("## Overrides\n- [x] a\n  - b\n    - [ ] c", [4]),
    ("## Overrides\n- [x] a\n  - b\n\n    c", []), ("## Overrides\n- [ ] a\n  b\n  - [x] c\n    d", [2, 3]), ("## Overrides\n- a\n  - [x] b", [2]),
    ("## Overrides\n- [x] a\n  1. [ ] b\n  2. c\n- d", [3, 5]), ("## Overrides\n- [x] a\n\n      - [ ] b", [4]),
    ("## Overrides\n- [x] a\n  ```\n  - [ ] b\n  ```", []), ("## Overrides\n> - [x] a", []), ("## Overrides\n> a", [2]),
    ("## Overrides\n- b\n\n  [x] a", [2, 4]), ("## Overrides\n- [x] a\n  > b\n  > - [ ] c", [4]), ("## Overrides\n-\n  [x] a", [2, 3]),
    ("## Overrides\n- [x] a\u{2028}- [ ] b", [2]), ("## Overrides\n- [x] a\n\t- [ ] b", [3]), ("## Overrides\n- # [x] a", [2]),
    // Faults, wherever they are.
    ("```\n## Overrides", [1]), ("## Overrides\nNone.\n## Notes\n<!--", [4]), ("<!--\n## Overrides\na", [1]),
  ]
}
