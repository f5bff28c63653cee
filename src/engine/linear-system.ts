/**
 * Solves a small dense system of linear equations with + − × ÷ and comparisons only, in a fixed order, so that every IEEE
 * machine gives the same bits. Gaussian elimination with partial pivoting.
 */

/** Below this part of the terms that made it, a pivot is what rounding left of a zero. */
const cancelled = 1e-9

/**
 * The x of `matrix · x = right`.
 *
 * @param matrix rows of a square matrix; left as it was.
 * @returns undefined where the matrix has no inverse that fifteen digits could hold.
 */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | undefined {
  const rows = matrix.map((row, index) => new Row(row, right[index] as number))
  for (let column = 0; column < rows.length; column++) {
    const pivot = choosePivot(rows, column)
    if (pivot === undefined) return undefined
    swap(rows, column, pivot)
    eliminateBelow(rows, column)
  }
  return substituteBack(rows)
}

/** An equation, with the size of the terms each coefficient was made from. */
class Row {
  readonly values: Float64Array
  readonly sizes: Float64Array
  right: number

  constructor(values: readonly number[], right: number) {
    this.values = Float64Array.from(values)
    this.sizes = this.values.map(Math.abs)
    this.right = right
  }

  /** Whether a coefficient is more than the noise of its own cancellation. */
  holds(column: number): boolean {
    const value = Math.abs(this.values[column] as number)
    return value > 0 && value > cancelled * (this.sizes[column] as number)
  }

  /** this − factor × other, from a column on. */
  subtract(factor: number, other: Row, from: number): void {
    for (let column = from; column < this.values.length; column++) {
      const term = factor * (other.values[column] as number)
      this.values[column] = (this.values[column] as number) - term
      this.sizes[column] = (this.sizes[column] as number) + Math.abs(term)
    }
    this.right -= factor * other.right
  }
}

/** The row with the largest usable coefficient; of equals the first. */
function choosePivot(rows: readonly Row[], column: number): number | undefined {
  let best: number | undefined
  for (let row = column; row < rows.length; row++) {
    if (!rows[row]?.holds(column)) continue
    if (best === undefined || magnitude(rows, row, column) > magnitude(rows, best, column)) best = row
  }
  return best
}

function magnitude(rows: readonly Row[], row: number, column: number): number {
  return Math.abs(rows[row]?.values[column] ?? 0)
}

function swap(rows: Row[], a: number, b: number): void {
  const [first, second] = [rows[a] as Row, rows[b] as Row]
  rows[a] = second
  rows[b] = first
}

function eliminateBelow(rows: readonly Row[], column: number): void {
  const pivot = rows[column] as Row
  for (const row of rows.slice(column + 1)) {
    const value = row.values[column] as number
    if (value !== 0) row.subtract(value / (pivot.values[column] as number), pivot, column)
  }
}

function substituteBack(rows: readonly Row[]): number[] {
  const solution = new Array<number>(rows.length).fill(0)
  for (let index = rows.length - 1; index >= 0; index--) {
    const { values, right } = rows[index] as Row
    let rest = right
    for (let column = index + 1; column < rows.length; column++)
      rest -= (values[column] as number) * (solution[column] as number)
    solution[index] = rest / (values[index] as number)
  }
  return solution
}
