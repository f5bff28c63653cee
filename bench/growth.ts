/** How times grow with size: the exponent that fits them best. */

/** n^e through some times, by least squares of the logarithms. */
export function growthOf(sizes: readonly number[], times: readonly number[]): number {
  const points = times.map((time, index) => [Math.log(sizes[index] as number), Math.log(time)] as const)
  const mean = (k: 0 | 1) => points.reduce((total, point) => total + point[k], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const spread = points.reduce((total, [a]) => total + (a - x) ** 2, 0)
  return points.reduce((total, [a, b]) => total + (a - x) * (b - y), 0) / spread
}
