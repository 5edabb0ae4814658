import Composition
import Testing

/// Sources/Composition/Files/ConfigComments.swift.
@Suite struct ConfigCommentsTests {
  private func comments(_ text: String) throws -> ConfigComments {
    try ConfigComments(of: "config", in: ConfigSources(builtIn: ["config.yaml": text]))
  }

  @Test func comments_standRightAboveTheirKeys() throws {
    let comments = try comments(
      """
      # @package model
      # What this file is about.

      # Width of the
      # residual stream.
      width: 8
      depth: 2  # beside it
      # The optimizer.
      optimizer:
        # Its rate.
        rate: 1.0
        # Two of them.
        betas: [0.9, 0.99]
      # Phases.
      phases:
          # Its name.
        - id: a
          # How long.
          steps: 3
        - id: b
          steps: 4

      """)
    #expect(comments["width"] == "Width of the residual stream.")
    #expect(comments["depth"] == nil)
    #expect(comments["optimizer"] == "The optimizer.")
    #expect(comments["optimizer.rate"] == "Its rate.")
    #expect(comments["optimizer.betas"] == "Two of them.")
    #expect(comments["phases"] == "Phases.")
    #expect(comments["phases.0.id"] == "Its name.")
    #expect(comments["phases.0.steps"] == "How long.")
  }

  @Test func headers_areNoComments() throws {
    #expect(try comments("# @package a\nwidth: 1\n")["width"] == nil)
    #expect(try ConfigComments(of: "gone", in: ConfigSources(builtIn: [:]))["width"] == nil)
  }
}
