import Commands
import Testing

@Suite struct ProgressTests {  // Sources/Commands/Terminal/Progress.swift, Talk.swift
  private final class Clock { var now = 0.0 }

  private func talk(_ stream: CapturedStream) -> Talk {
    Talk(descriptor: stream.descriptor, isTerminal: false, inColour: false)
  }

  @Test func update_elsewhereThanOnATerminalIsAnOccasionalLine() {
    let stream = CapturedStream(), clock = Clock()
    let progress = Progress("training", talk: talk(stream), clock: { clock.now })
    for step in 0...30 {
      progress.update(step, of: 100, "loss 1")
      clock.now += 1
    }
    #expect(
      stream.text == """
        training: 10/100, 1 min 30 s left  loss 1
        training: 20/100, 1 min 20 s left  loss 1
        training: 30/100, 1 min 10 s left  loss 1

        """)
  }

  @Test func update_onATerminalRedrawsOneLine() {
    let stream = CapturedStream(), clock = Clock()
    let talk = Talk(descriptor: stream.descriptor, isTerminal: true, inColour: false)
    let progress = Progress("t", talk: talk, clock: { clock.now })
    clock.now = 1
    progress.update(1, of: 2)
    progress.update(2, of: 2)  // too soon
    #expect(stream.text == "\rt ████████████░░░░░░░░░░░░ 1/2")
    talk.say("done")
    #expect(stream.text == "\r" + String(repeating: " ", count: 30) + "\rdone\n")
  }

  /// A line that is wrapped cannot be replaced: at every width, whatever is left out, it is one.
  @Test(arguments: [1, 5, 12, 20, 30, 40, 60, 80, 97, 120, 200])
  func update_fitsTheTerminal(columns: Int) {
    let stream = CapturedStream(), clock = Clock()
    let talk = Talk(descriptor: stream.descriptor, isTerminal: true, inColour: false, columns: { columns })
    let progress = Progress("training", talk: talk, clock: { clock.now })
    for step in stride(from: 0, through: 3966, by: 100) {
      clock.now += 1
      progress.update(step, of: 3966, "loss 2.8195, tokens right 12.1 %")
    }
    let lines = stream.text.split(separator: "\r")
    #expect(lines.count == 40)
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= max(1, columns - 1) })
    #expect(columns < 80 || lines.last?.contains("tokens right 12.1 %") == true)
    #expect(columns < 40 || lines.last?.contains("left") == true)
  }

  /// The window is asked at every update.
  @Test func update_followsTheWindow() {
    let stream = CapturedStream(), clock = Clock()
    var columns = 80
    let talk = Talk(descriptor: stream.descriptor, isTerminal: true, inColour: false, columns: { columns })
    let progress = Progress("t", talk: talk, clock: { clock.now })
    for width in [80, 20, 60] {
      columns = width
      clock.now += 1
      progress.update(1, of: 2)
    }
    let lines = stream.text.split(separator: "\r").map(\.unicodeScalars.count)
    #expect(lines[0] == 30 && lines[1] == 19 && lines[2] == 30, "\(lines)")
  }

  @Test func estimate_countsFromWhereAResumedRunStarted() {
    let stream = CapturedStream(), clock = Clock()
    let progress = Progress("t", talk: talk(stream), clock: { clock.now })
    progress.update(900, of: 1000)
    clock.now = 10
    progress.update(910, of: 1000)
    #expect(stream.text == "t: 910/1000, 1 min 30 s left\n")
  }

  @Test func level_decidesWhatIsSaid() {
    for (level, expected) in [
      (Talk.Level.quiet, "codex: broken\n"), (.normal, "said\ncodex: warning: odd\ncodex: broken\n"),
      (.verbose, "said\ndetail\ncodex: warning: odd\ncodex: broken\n"),
    ] {
      let stream = CapturedStream()
      let talk = talk(stream)
      talk.level = level
      talk.say("said")
      talk.detail("detail")
      talk.warn("odd")
      talk.fail("broken")
      #expect(stream.text == expected)
    }
  }
}
