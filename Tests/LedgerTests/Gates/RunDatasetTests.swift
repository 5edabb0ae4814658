import Foundation
import Ledger
import Schemas
import Storage
import TestSupport
import Testing

@Suite struct RunDatasetTests {  // Sources/Ledger/Gates/RunDataset.swift
  /// The splits are told apart by what they begin with, and the one that is trained on is none of them.
  @Test func heldOutProblems_areNotThoseTrainedOn() throws {
    let workspace = try ScratchWorkspace()
    let scene = try Scene()
    try scene.write(to: URL(fileURLWithPath: workspace.path))
    let subject = try scene.gateFiles(in: workspace.root).subject(at: "runs/train_loop/curriculum-aaaaaaaaaaaa")
    func split(of problems: [Digest]) -> String? { subject.heldOut.split(beginningWith: Digest(ofLines: problems)) }
    #expect(split(of: (0..<20).map(Evidence.probe)) == "validation")
    #expect(split(of: (0..<Scene.count).map(Evidence.problem)) == "test")
    #expect(split(of: [Digest(of: "training problem")]) == nil)
  }
}
