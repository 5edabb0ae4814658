import Commands
import Glibc
import Storage
import Testing

@Suite struct OutputTests {  // Sources/Commands/Terminal/Output.swift
  @Test func line_isBufferedUntilFlushed() throws {
    let stream = CapturedStream()
    let output = Output(descriptor: stream.descriptor, isTerminal: false, inColour: false)
    try output.line("one")
    #expect(stream.text.isEmpty)
    try output.flush()
    #expect(stream.text == "one\n")
    try output.flush()
    #expect(stream.text.isEmpty, "nothing is written twice")
  }

  @Test func json_isCanonicalInItsEnvelope() throws {
    let stream = CapturedStream()
    let output = Output(descriptor: stream.descriptor, isTerminal: false, inColour: false)
    try output.json("codex.test/1", .object(["b": .int(1), "a": .null]))
    try output.flush()
    #expect(stream.text == #"{"data":{"a":null,"b":1},"schema":"codex.test/1"}"# + "\n")
  }

  @Test func controlCharacters_areEscapedOnTerminalsOnly() throws {
    let hostile = "a\u{1B}[2Jb\u{7F}\u{9B}\tc"
    for (isTerminal, expected) in [(true, "a\\u001b[2Jb\\u007f\\u009b\tc\n"), (false, hostile + "\n")] {
      let stream = CapturedStream()
      let output = Output(descriptor: stream.descriptor, isTerminal: isTerminal, inColour: false)
      try output.line(StyledText(hostile))
      try output.flush()
      #expect(stream.text == expected)
    }
  }

  @Test func colour_isWrittenWhereAskedFor() {
    let text = StyledText("x\u{1B}", .red) + "y"
    #expect(text.rendered(onTerminal: true, inColour: true) == "\u{1B}[31mx\\u001b\u{1B}[0my")
    #expect(text.rendered(onTerminal: true, inColour: false) == "x\\u001by")
  }

  @Test func flush_reportsAClosedDescriptor() throws {
    let output = Output(descriptor: -1, isTerminal: false, inColour: false)
    try output.line("lost")
    let error = #expect(throws: OutputError.self) { try output.flush() }
    #expect(
      error?.description
        == "standard output: cannot write: Bad file descriptor. Its content is incomplete; direct it elsewhere.")
  }

  @Test func control_anEmptyOutputNeedsNoDescriptor() throws {
    try Output(descriptor: -1, isTerminal: false, inColour: false).flush()
  }
}
