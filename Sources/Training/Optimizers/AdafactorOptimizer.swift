import Reasoner
import Tensors

/// Adafactor: a matrix's second moment is kept as its rows' and its columns' means, a vector's in full.
///
/// The state is a thousandth of AdamW's; three sweeps over the gradients find it and the clipped update
/// (Sources/Tensors/Kernels/Adafactor.swift).
public final class AdafactorOptimizer: Optimizer {
  public let state: [StateTensor]
  private let settings: AdafactorSettings
  private let plan: Plan
  /// Second moments of all rows and of all columns; and what gradients are multiplied by, until then sums of squares.
  private let moments: (rows: FloatBuffer, columns: FloatBuffer)
  private let factors: (rows: FloatBuffer, columns: FloatBuffer)
  /// Sums of squares of each block's columns.
  private let partials: FloatBuffer
  /// Σ u² of each block, then what each tensor is stepped by.
  private let squares: DoubleBuffer
  private let steps: DoubleBuffer

  public init(_ layout: WeightLayout, settings: AdafactorSettings) {
    self.settings = settings
    let plan = Plan(layout)
    self.plan = plan
    let moments = (rows: FloatBuffer(count: plan.rows), columns: FloatBuffer(count: plan.columns))
    self.moments = moments
    factors = (FloatBuffer(count: plan.rows), FloatBuffer(count: plan.columns))
    partials = FloatBuffer(count: plan.partials)
    squares = DoubleBuffer(count: plan.blocks.count)
    steps = DoubleBuffer(count: plan.tensors.count)
    state = zip(layout.tensors, plan.tensors).flatMap { tensor, planned in
      let columns = { (name: String) in
        StateTensor(
          name: name + tensor.name, shape: [planned.columns], buffer: moments.columns, offset: planned.columnOffset)
      }
      guard tensor.shape.count > 1 else { return [columns("exp_avg_sq.")] }
      return [
        StateTensor(
          name: "exp_avg_sq_row." + tensor.name, shape: [planned.rows], buffer: moments.rows,
          offset: planned.rowOffset), columns("exp_avg_sq_col."),
      ]
    }
  }

  static func bytes(_ layout: WeightLayout) -> Int {
    let plan = Plan(layout)
    return MemoryLayout<Float>.stride * (2 * plan.rows + 2 * plan.columns + plan.partials)
      + MemoryLayout<Double>.stride * (plan.blocks.count + plan.tensors.count)
  }

  public func update(
    _ weights: Weights, gradients: FloatBuffer, rate: Double, gradientScale: Double, step: Int, team: KernelTeam
  ) {
    let (plan, settings, kernels, scale) = (plan, settings, team.kernels, Float(gradientScale))
    let (moments, factors, partials, squares, steps) = (moments, factors, partials, squares, steps)
    team.pool.forEach(plan.blocks.count) { index in
      let block = plan.blocks[index], tensor = plan.tensors[block.tensor]
      partials.at(block.partialOffset).update(repeating: 0, count: tensor.columns)
      kernels.adafactorSums(
        gradients: gradients.at(block.offset), rows: block.rows, columns: tensor.columns, gradientScale: scale,
        rowSums: factors.rows.at(tensor.rowOffset + block.firstRow), columnSums: partials.at(block.partialOffset))
    }
    team.pool.forEach(plan.tensors.count) { index in
      let tensor = plan.tensors[index]
      let sums = partials.at(plan.blocks[tensor.blocks.lowerBound].partialOffset)
      for block in plan.blocks[tensor.blocks].dropFirst() {  // in order, whoever computed them
        kernels.add(partials.at(block.partialOffset), to: sums, count: tensor.columns)
      }
      let rows = factors.rows.at(tensor.rowOffset)
      settings.moment(
        moments.rows.at(tensor.rowOffset), adding: rows, count: tensor.rows, terms: tensor.columns, step: step,
        factors: rows, isRelative: true)
      settings.moment(
        moments.columns.at(tensor.columnOffset), adding: sums, count: tensor.columns, terms: tensor.rows, step: step,
        factors: factors.columns.at(tensor.columnOffset), isRelative: false)
    }
    team.pool.forEach(plan.blocks.count) { index in
      let block = plan.blocks[index], tensor = plan.tensors[block.tensor]
      squares.pointer[index] = kernels.adafactorSquares(
        gradients: gradients.at(block.offset), rows: block.rows, columns: tensor.columns, gradientScale: scale,
        rowFactors: factors.rows.at(tensor.rowOffset + block.firstRow),
        columnFactors: factors.columns.at(tensor.columnOffset))
    }
    for (index, tensor) in plan.tensors.enumerated() {
      var total = 0.0
      for block in tensor.blocks { total += squares.pointer[block] }
      steps.pointer[index] = settings.step(sumOfSquares: total, count: tensor.rows * tensor.columns)
    }
    let parameters = weights.buffer
    team.pool.forEach(plan.blocks.count) { index in
      let block = plan.blocks[index], tensor = plan.tensors[block.tensor]
      kernels.adafactorUpdate(
        parameters: parameters.at(block.offset), gradients: gradients.at(block.offset), rows: block.rows,
        columns: tensor.columns, gradientScale: scale,
        rowFactors: factors.rows.at(tensor.rowOffset + block.firstRow),
        columnFactors: factors.columns.at(tensor.columnOffset),
        shrink: tensor.decays ? Float(rate * Double(settings.weightDecay)) : 0,
        step: Float(rate * steps.pointer[block.tensor]))
    }
  }

  /// Where everything lies: a function of the layout alone.
  private struct Plan: Sendable {
    /// A matrix, or a vector as one row; its rows' moments lie at `rowOffset`, its columns' at `columnOffset`.
    struct Tensor: Sendable {
      let rows: Int
      let columns: Int
      let rowOffset: Int
      let columnOffset: Int
      let blocks: Range<Int>
      let decays: Bool
    }

    /// Rows of one tensor: about `GradientAccumulator.blockSize` elements, at least one row.
    struct Block: Sendable {
      let tensor: Int
      let firstRow: Int
      let rows: Int
      /// Of its first element among the parameters.
      let offset: Int
      let partialOffset: Int
    }

    private(set) var tensors: [Tensor] = []
    private(set) var blocks: [Block] = []
    private(set) var rows = 0
    private(set) var columns = 0
    private(set) var partials = 0

    init(_ layout: WeightLayout) {
      for tensor in layout.tensors {
        let width = tensor.shape.last ?? 1
        let height = tensor.count / width
        let rowsOfBlock = max(1, GradientAccumulator.blockSize / width)
        let firstBlock = blocks.count
        for row in stride(from: 0, to: height, by: rowsOfBlock) {
          blocks.append(
            Block(
              tensor: tensors.count, firstRow: row, rows: min(rowsOfBlock, height - row),
              offset: tensor.offset + row * width, partialOffset: partials))
          partials += width
        }
        tensors.append(
          Tensor(
            rows: height, columns: width, rowOffset: rows, columnOffset: columns, blocks: firstBlock..<blocks.count,
            decays: tensor.decays))
        rows += height
        columns += width
      }
    }
  }
}
