import Runs
import Schemas
import Storage
import Testing
import Training

@Suite struct SignalSumsTests {  // Sources/Training/Objectives/SignalSums.swift
  @Test func sums_addUpByName() {
    var sums = SignalSums(["a": 1, "b": 2])
    sums += SignalSums(["b": 3, "c": 4])
    #expect(sums.values == ["a": 1, "b": 5, "c": 4])
    #expect(sums["d"] == 0 && sums.mean("b", over: "c") == 1.25 && sums.mean("b", over: "d") == nil)
    #expect(sums.isFinite && !SignalSums(["a": .nan]).isFinite && !SignalSums(["a": .infinity]).isFinite)
  }

  /// A state as codex wrote it when sums were six fixed fields.
  @Test func states_ofEarlierVersionsAreReadAndSealedAlike() throws {
    let text = #"""
      {"data":{"config_digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000",\#
      "dataset_digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","files":[],\#
      "metrics_byte_count":5,"num_tokens":7,"numerics_fingerprint":"n","pending":{"hits":2,"judged":4,\#
      "policy_loss":1.5,"policy_weight":3,"value_loss":0.25,"value_weight":1},"phase":"a","step":3,\#
      "traces_byte_count":0},"schema":"codex.checkpoint/1"}
      """#
    let state = try RecordDecoder().record(CheckpointState.self, from: Array(text.utf8), path: "state.json")
    #expect(String(decoding: try RecordEncoder().bytes(of: state), as: UTF8.self) == text)
    #expect(SupervisedBatch.loss(SignalSums(state.pending)) == 0.5)
  }

  @Test func metrics_keepEachFigureUnderItsOwnKey() throws {
    let metric = TrainingMetric(
      step: 1, phase: "a", figures: ["loss": 0.5, "reward": -1], gradNorm: 2, learningRate: 0.1, numTokens: 3)
    let bytes = try RecordEncoder().bytes(of: metric)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"data":{"grad_norm":2,"learning_rate":0.1,"loss":0.5,"num_tokens":3,"phase":"a","reward":-1,"step":1},"#
        + #""schema":"codex.training_metric/1"}"#)
    #expect(try RecordDecoder().record(TrainingMetric.self, from: bytes, path: "m") == metric)
  }
}
