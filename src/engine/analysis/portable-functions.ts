/**
 * Exponential, logarithm and the quantiles of the normal distribution from + − × ÷ √ and comparisons alone, in a fixed order. The
 * functions of `Math` may differ in the last bit between engines, and a seed would then not give the same draws everywhere.
 */

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10

/** 2^k for k of −1074 to 1023, each by exact doubling or halving. */
const powers = powersOfTwo()
const lowestPower = -1074

function powersOfTwo(): Float64Array {
  const found = new Float64Array(1023 + 1074 + 1)
  let [up, down] = [1, 1]
  for (let k = 0; k <= 1074; k++) {
    found[1074 - k] = down
    if (k <= 1023) found[1074 + k] = up
    up *= 2
    down /= 2
  }
  return found
}

/** Beyond these a double overflows, or is less than the smallest normal one. */
const expMax = 709.78
const expMin = -708.39

/** e^x, to within a bit or so (fdlibm's `e_exp.c`); 0 far below, infinite far above. */
export function exp(x: number): number {
  if (x > expMax) return Number.POSITIVE_INFINITY
  if (x < expMin) return 0
  const k = Math.floor(x * Math.LOG2E + 0.5)
  const high = x - k * ln2High
  const low = k * ln2Low
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  const y = 1 - (low - (r * c) / (2 - c) - high)
  return y * (powers[k - lowestPower] as number)
}

/** The natural logarithm of a positive normal double, to within a bit or so (fdlibm's `e_log.c`). */
export function ln(x: number): number {
  const [mantissa, k] = taken(x)
  const f = mantissa - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const square = 0.5 * f * f
  return k * ln2High - (square - (s * (square + even + odd) + k * ln2Low) - f)
}

/** x as m × 2^k with m from √½ up to √2. */
function taken(x: number): readonly [mantissa: number, exponent: number] {
  let [mantissa, exponent] = [x, 0]
  for (let step = 512; step >= 1; step /= 2) {
    const power = powers[step - lowestPower] as number
    while (mantissa >= power) {
      mantissa /= power
      exponent += step
    }
    while (mantissa < 1 / power) {
      mantissa *= power
      exponent -= step
    }
  }
  if (mantissa > Math.SQRT2) return [mantissa / 2, exponent + 1]
  if (mantissa < Math.SQRT1_2) return [mantissa * 2, exponent - 1]
  return [mantissa, exponent]
}

/**
 * The quantile of the standard normal distribution, to about 16 digits: Wichura, "Algorithm AS 241" (PPND16), Applied Statistics 37
 * (1988).
 *
 * @param p above 0 and below 1.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(central, 0.180625 - q * q)
  const tail = Math.sqrt(-ln(q < 0 ? p : 1 - p))
  const value = tail <= 5 ? ratio(outer, tail - 1.6) : ratio(far, tail - 5)
  return q < 0 ? -value : value
}

type Polynomials = readonly [numerator: readonly number[], denominator: readonly number[]]

const central: Polynomials = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852855, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
]
const outer: Polynomials = [
  [
    7.745450142783414e-4, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 5.475938084995345e-4, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
]
const far: Polynomials = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 7.868691311456133e-4,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
]

function ratio([numerator, denominator]: Polynomials, x: number): number {
  return horner(numerator, x) / horner(denominator, x)
}

function horner(coefficients: readonly number[], x: number): number {
  let value = 0
  for (let place = 0; place < coefficients.length; place++)
    value = value * x + (coefficients[place] as number)
  return value
}
