import Commands
import Composition
import Datasets
import Evaluation
import Glibc
import Plans
import Reasoner
import Schemas
import Storage
import Tensors
import Testing
import Training
import Worlds

@Suite struct ExitReasonTests {  // Sources/Commands/Process/ExitReason+Errors.swift
  struct Unforeseen: Error {}

  @Test func codes_areThoseOfTheReference() {
    let all: [(ExitReason, Int32)] = [
      (.yes, 0), (.no, 1), (.usage, 64), (.badData, 65), (.noInput, 66), (.internalError, 70), (.cannotCreate, 73),
      (.inputOutput, 74), (.locked, 75), (.configuration, 78), (.interrupted(signal: SIGINT), 130),
      (.interrupted(signal: SIGHUP), 129), (.interrupted(signal: SIGTERM), 143),
    ]
    for (status, code) in all { #expect(status.code == code) }
  }

  static let errors: [(any Error, ExitReason)] = [
    (StorageError.system(operation: "open", path: "a", code: ENOENT), .noInput),
    (StorageError.system(operation: "write", path: "a", code: ENOSPC), .inputOutput),
    (StorageError.system(operation: "create directory", path: "a", code: EACCES), .cannotCreate),
    (StorageError.locked(path: "a"), .locked),
    (StorageError.altered(path: "a", expected: "b", got: "c"), .badData),
    (ConfigError.unknownTemplate(name: "x", nearest: []), .configuration),
    (NameError(kind: "run id", text: "?", rule: "letters"), .usage),
    (PlanError.unknownSymbol("x"), .badData),
    (WorldError.targetIsGiven(target: 3), .badData),
    (TensorsError.noBLAS(requested: "x", reason: "y"), .configuration),
    (ReasonerError.badModelFile(path: "a", problem: "b"), .badData),
    (ReasonerError.invalidShape(["x"]), .configuration),
    (ReasonerError.unsupportedModel(path: "a", key: "b", expected: "c", got: "d"), .badData),
    (ReasonerError.unsuitableType(key: "a", size: 1, blockCount: 32), .usage),
    (TrainingError.notFinite(what: "the loss", step: 1, lastCheckpoint: nil), .internalError),
    (TrainingError.runExists(path: "a"), .cannotCreate),
    (TrainingError.cancelled(step: 1, checkpoint: "a"), .interrupted(signal: SIGINT)),
    (EvaluationError.interrupted(done: 1, total: 2), .interrupted(signal: SIGINT)),
    (EvaluationError.noProblems(dataset: "a", split: "test"), .noInput),
    (EvaluationError.noDataset(path: "a", preset: "b"), .noInput),
    (
      EvaluationError.otherDataset(path: "a", preset: "b", expected: "c", got: "d", gotPreset: "e"), .badData
    ),
    (UsageError("x"), .usage),
    (Unforeseen(), .internalError),
  ]

  @Test func errors_haveTheirCode() {
    for (error, expected) in Self.errors { #expect(ExitReason(for: error) == expected, "\(error)") }
  }

  @Test func sentence_ofAnUnforeseenErrorAsksForAReport() {
    #expect(
      ErrorText.sentence(for: Unforeseen())
        == "internal error: Unforeseen(). Please report it together with the command line.")
    #expect(ErrorText.sentence(for: UsageError("say it")) == "say it")
  }
}
