extension PageCases {
  /// The open lines of sections *Overrides*; nil for a page without one.
  static let overrides: [(page: String, open: [Int]?)] = [
    // No section.
    ("", nil), ("None.", nil), ("## Override\n\nNone.", nil), ("#Overrides\n\nNone.", nil),
    ("##  Overridesx\n\nNone.", nil),
    ("```\n## Overrides\n```", nil), ("    ## Overrides", nil), ("<!--\n## Overrides\n-->", nil),
    ("####### Overrides", nil),
    ("\\## Overrides", nil), ("Overrides\n\n---", nil), ("## No Overrides", nil), ("## Overrides2", nil),
    // The section's heading.
    ("## Overrides\n\nNone.", []), ("# Overrides\nNone.", []), ("###### Overrides\nNone.", []),
    ("## Overrides ##\nNone.", []),
    ("   ##   Overrides   #  \nNone.", []), ("##\tOverrides\t\nNone.", []), ("Overrides\n---\nNone.", []),
    ("Overrides\n=\nNone.", []), ("## Overrides\r\n\r\nNone.\r\n", []), ("## **Overrides**\na", [2]),
    ("## 4. Overrides\na", [2]),
    ("## OVERRIDES\na", [2]), ("> ## Overrides\n> a", [2]), ("## Overrides: none\na", [2]),
    ("Pod\nOverrides\n---\na", [4]),
    // Where it ends.
    ("## Overrides\nNone.\n## Notes\na", []), ("## Overrides\nNone.\n# Notes\na", []),
    ("## Overrides\nNone.\n### Notes\na", [4]),
    ("## Overrides\n### 2026-11-20\na\n- [ ] b", [3, 4]), ("## Overrides\n### 2026-11-20\nNone.\n## Notes\na", []),
    ("# Overrides\n## a\n### b\nc", [4]), ("## Overrides\nNone.\n\nNotes\n===\na", []),
    ("Overrides\n--\nNone.\n\nNotes\n--\na", []),
    ("### Overrides\nNone.\n\nNotes\n===\na", []), ("## Overrides\n#Notes\na", [2, 3]),
    ("## Overrides\n#812: a\n- [ ] b", [2, 3]),
    ("## Overrides\nNone.\n> ## Notes\n\na", [3, 5]), ("## Overrides\nNone.\n- ## Notes\n\na", [3, 5]),
    ("## Overrides\nNone.\n\n[a]: b\n===\nc", [6]), ("## Overrides\nNone.\n```\n## Notes\n```\na", [3, 4, 5, 6]),
    ("## Overrides\nNone.\n    ## Notes\na", [3, 4]), ("## Overrides\nNone.\n\n    ## Notes\na", [4, 5]),
    ("## Overrides\nNone.\n<!--\n## Notes\n-->\na", [3, 4, 5, 6]), ("## Overrides\nNone.\n####### Notes\na", [3, 4]),
    // Several.
    ("## Overrides\nNone.\n## Overrides (2026-11)\na", [4]), ("## Overrides\na\n## Notes\nb\n## Overrides\nc", [2, 6]),
    ("# Overrides\nNone.\n## Overrides (2026-11)\nNone.\n## Other\na", [6]),
    ("## Overrides\nNone.\n# Pod\n### Overrides\na", [5]),
    ("### Overrides\nNone.\n## Overrides\nNone.\n### a\nb", [6]), ("## Overrides\nNone.\n\nOverrides\n---\na", [6]),
    // Headings within it.
    ("## Overrides\nNone.\n### - [ ] undo", [3]), ("## Overrides\na\n---\n", [2]),
    ("## Overrides\nNone.\n\na\nb\n===\nc", [4, 5]),
    ("## Overrides\nNone.\n---\na", []), ("## Overrides\n### a\n#### b", []), ("## Overrides\n> ### a", [2]),
    ("## Overrides\n- ### a", [2]), ("## Overrides\n- [x] a\n\n  ### b", []),
    // Text, rules, code, comments.
    ("## Overrides", []), ("## Overrides\n\n \t\n", []), ("## Overrides\nnone", [2]), ("## Overrides\nNone", [2]),
    ("## Overrides\n- None.", [2]), ("## Overrides\nNone. But a", [2]), ("## Overrides\n***", [2]),
    ("## Overrides\n\n    a", [3]),
    ("## Overrides\n\n  None.  \n", []), ("## Overrides\nNone.\u{2028}a", [2]), ("## Overrides\n<b>a</b>", [2]),
    ("## Overrides\n[a]: b", [2]), ("## Overrides\n<!-- a -->", [2]), ("## Overrides\n```\na\n```", [2, 3, 4]),
    // Items.
    ("## Overrides\n- [x] a", []), ("## Overrides\n1) [X] a", []), ("## Overrides\n* [x] a\n+ [x] b", []),
    ("## Overrides\n- a", [2]),
    ("## Overrides\n- [ ] a", [2]), ("## Overrides\n[x] a", [2]), ("## Overrides\n- [x]a", [2]),
    ("## Overrides\n- [x]", [2]),
    ("## Overrides\n- a [x] b", [2]), ("## Overrides\n- [x](a) b", [2]), ("## Overrides\n- [x] a\n  ---", [2]),
    ("## Overrides\n- [x] a\n  b\n\n  c", []), ("## Overrides\n- [x] a\nb", [3]), ("## Overrides\n- [x] a\n\nb", [4]),
    ("## Overrides\n- [x] a\n - b", [3]), ("## Overrides\n- [x] a\n  - [ ] b", [3]),
    ("## Overrides\n- [x] a\n  - b\n    - [ ] c", [4]),
    ("## Overrides\n- [x] a\n  - b\n\n    c", []), ("## Overrides\n- [ ] a\n  b\n  - [x] c\n    d", [2, 3]),
    ("## Overrides\n- a\n  - [x] b", [2]),
    ("## Overrides\n- [x] a\n  1. [ ] b\n  2. c\n- d", [3, 5]), ("## Overrides\n- [x] a\n\n      - [ ] b", [4]),
    ("## Overrides\n- [x] a\n  ```\n  - [ ] b\n  ```", []), ("## Overrides\n> - [x] a", []), ("## Overrides\n> a", [2]),
    ("## Overrides\n- b\n\n  [x] a", [2, 4]), ("## Overrides\n- [x] a\n  > b\n  > - [ ] c", [4]),
    ("## Overrides\n-\n  [x] a", []), ("## Overrides\n-\n\n  [x] a", [4]),
    ("## Overrides\n- [x] a\n  - [ ] b\n    c", [3, 4]),
    ("## Overrides\n- [x] a\u{2028}- [ ] b", [2]), ("## Overrides\n- [x] a\n\t- [ ] b", [3]),
    ("## Overrides\n- # [x] a", [2]),
    // Faults, wherever they are.
    ("```\n## Overrides", [1]), ("## Overrides\nNone.\n## Notes\n<!--", [4]), ("<!--\n## Overrides\na", [1]),
  ]
}
