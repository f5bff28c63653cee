import fc, { array, assert, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CertificateRange,
  certificatesIn,
  checkCertificateRange,
  checkRetirementDates,
  dateInChina,
  kWhOf,
  type NumberRange,
  rangesMeet,
  readCertificateNumber,
  readCertificateRanges,
  sharedNumbers,
  validThrough,
} from '../../src/certification/green-certificate.ts'
import { readRange, sharedRange } from '../../src/engine/instruments/certificates.ts'
import { Problem, type ProblemFacts } from '../../src/problem.ts'

const project = '1A2B3C4D5E6F7G8H9'

/** A number whose electricity part is a date, a serial number of seven digits, and a class of two. */
function code(serial: number, classes = '11', of = project, month = '202403'): string {
  return `${of}${month}${String(serial).padStart(7, '0')}${classes}`
}

/** Serial numbers `from` to `to`. */
function range(from: number, to: number, classes = '11', of = project): CertificateRange {
  return { from: code(from, classes, of), to: code(to, classes, of), certificates: to - from + 1 }
}

function refusalOf(act: () => unknown): { code: string } & ProblemFacts {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof Problem) return { code: thrown.code, ...thrown.facts }
    throw thrown
  }
  throw new Error('was not refused')
}

describe('a certificate number', () => {
  test('is 17 characters of the project and 15 digits of the electricity', () => {
    expect(readCertificateNumber('1A2B3C4D5E6F7G8H9202403000000111', '/n')).toEqual({
      project: '1A2B3C4D5E6F7G8H9',
      electricity: '202403000000111',
    })
  })

  test.each([
    ['a character too few', code(1).slice(1), 'length'],
    ['a character too many', `${code(1)}0`, 'length'],
    ['nothing', '', 'length'],
    ['a space around it', ` ${code(1).slice(1)}`, 'project'],
    ['small letters in the project', code(1).toLowerCase(), 'project'],
    ['a full-width digit in the project', `１${code(1).slice(1)}`, 'project'],
    ['a letter among the electricity', `${code(1).slice(0, 31)}A`, 'electricity'],
    ['a digit of another script', `${code(1).slice(0, 31)}٣`, 'electricity'],
  ])('with %s is refused, naming the part', (_, written, part) => {
    const refused = refusalOf(() => readCertificateNumber(written, '/ranges/0/from'))
    expect(refused).toMatchObject({ code: 'identifier-invalid', pointer: '/ranges/0/from', part })
  })
})

describe('ranges of a claim', () => {
  test('are counted by their serial numbers, where both ends are of one class', () => {
    // Serial numbers 1 to 250 of class 11: …0000001 11 to …0000250 11, a hundred apart each: (25011 − 111) / 100 + 1 = 250.
    const one = readCertificateRanges([range(1, 250)], '/ranges')
    expect(certificatesIn(one)).toBe(250)
    expect(kWhOf(250)).toBe(250_000)
  })

  test('are counted one by one, where their ends are of two classes: a number that only runs on', () => {
    const running = { from: `${project}000000000000001`, to: `${project}000000000000250`, certificates: 250 }
    expect(certificatesIn(readCertificateRanges([running], '/ranges'))).toBe(250)
  })

  test('come to what is stated, or are refused with the count', () => {
    // Taken as numbers that run on, …111 to …25011 would be 24,901 certificates instead of 250.
    const inflated = { ...range(1, 250), certificates: 24_901 }
    expect(refusalOf(() => readCertificateRanges([inflated], '/ranges'))).toMatchObject({
      code: 'identifier-invalid',
      part: 'count',
      pointer: '/ranges/0/certificates',
      counted: '250',
    })
  })

  test.each([
    ['two projects', { from: code(1), to: code(2, '11', '9A2B3C4D5E6F7G8H1'), certificates: 2 }, 'project'],
    ['an end before its beginning', { from: code(2), to: code(1), certificates: 2 }, 'order'],
  ])('of %s are refused', (_, written, part) => {
    const refused = refusalOf(() => readCertificateRanges([range(9, 9), written], '/ranges'))
    expect(refused).toMatchObject({ code: 'identifier-invalid', part, pointer: '/ranges/1/to' })
  })

  test('that name a number twice are refused with the numbers; those that touch are not', () => {
    expect(refusalOf(() => readCertificateRanges([range(1, 10), range(10, 20)], '/ranges'))).toMatchObject({
      code: 'duplicate-id',
      pointer: '/ranges/1',
      ranges: [{ from: code(10), to: code(10) }],
    })
    expect(readCertificateRanges([range(11, 20), range(1, 10)], '/ranges')).toEqual([
      range(1, 10),
      range(11, 20),
    ])
  })

  test('are bounded: 200 ranges, ten million certificates', () => {
    const many = Array.from({ length: 201 }, (_, at) => range(at, at))
    expect(refusalOf(() => readCertificateRanges(many, '/ranges')).code).toBe('too-many-items')
    expect(readCertificateRanges(many.slice(1), '/ranges')).toHaveLength(200)
    // Serial numbers have seven digits here, so two classes are needed to pass ten million: 5,000,000 + 5,000,001.
    const large = [range(1, 5_000_000), range(1, 5_000_001, '22')]
    expect(refusalOf(() => readCertificateRanges(large, '/ranges')).code).toBe('too-many-items')
    expect(certificatesIn(readCertificateRanges([range(1, 5_000_000), range(1, 5_000_000, '22')], ''))).toBe(
      10_000_000,
    )
  })
})

describe('two ranges', () => {
  test.each<[string, NumberRange, NumberRange, boolean]>([
    ['share an end', range(1, 10), range(10, 20), true],
    ['touch', range(1, 10), range(11, 20), false],
    ['are of two classes', range(1, 10), range(1, 10, '22'), false],
    ['are of two projects', range(1, 10), range(1, 10, '11', '9A2B3C4D5E6F7G8H1'), false],
    ['hold one another', range(1, 10), range(4, 4), true],
    [
      'run through all classes beside one',
      { from: code(1, '11'), to: code(9, '22') },
      range(5, 5, '77'),
      true,
    ],
  ])('that %s', (_, a, b, meets) => {
    expect([rangesMeet(a, b), rangesMeet(b, a)]).toEqual([meets, meets])
  })
})

describe('the numbers that two claims share', () => {
  test('are within the claim, joined, and in order', () => {
    const claimed = [range(100, 199), range(300, 399)]
    const standing = [range(350, 500), range(1, 120), range(121, 130), range(140, 141)]
    // 1–120 and 121–130 clip to 100–120 and 121–130, which touch; 140–141 lies inside; 350–500 clips to 350–399.
    expect(sharedNumbers(claimed, standing)).toEqual([
      { from: code(100), to: code(130) },
      { from: code(140), to: code(141) },
      { from: code(350), to: code(399) },
    ])
  })

  test('of two classes stay apart', () => {
    const claimed = [range(1, 9), range(1, 9, '22')]
    const standing = [range(2, 3), range(4, 5, '22')]
    expect(sharedNumbers(claimed, standing)).toEqual([
      { from: code(2), to: code(3) },
      { from: code(4, '22'), to: code(5, '22') },
    ])
  })

  test('are those of both, number by number', () => {
    const some = array(record({ from: integer({ min: 1, max: 60 }), length: integer({ min: 0, max: 12 }) }), {
      maxLength: 8,
    }).map((list) => list.map(({ from, length }) => range(from, from + length)))
    const numbersOf = (list: readonly NumberRange[]) =>
      new Set(
        list.flatMap(({ from, to }) => {
          const [first, last] = [from, to].map((number) => Number(number.slice(23, 30))) as [number, number]
          return Array.from({ length: last - first + 1 }, (_, at) => first + at)
        }),
      )
    assert(
      property(some, some, (claimed, standing) => {
        const shared = sharedNumbers(claimed, standing)
        expect(numbersOf(shared)).toEqual(
          new Set(
            [...numbersOf(claimed)].filter((number) => numbersOf(standing).has(number)).sort((a, b) => a - b),
          ),
        )
        // As few ranges as possible: no two of them touch.
        shared.slice(1).forEach((next, at) => {
          const gap = Number(next.from.slice(23, 30)) - Number((shared[at] as NumberRange).to.slice(23, 30))
          expect(gap).toBeGreaterThan(1)
        })
      }),
    )
  })
})

describe('the validity', () => {
  test.each([
    // Two years, the month of generation included: 24 months from March 2024 are March 2024 to February 2026.
    ['2024-03', '2026-02-28'],
    // January 2024 to December 2025.
    ['2024-01', '2025-12-31'],
    // March 2026 to February 2028, a leap year.
    ['2026-03', '2028-02-29'],
    ['2025-12', '2027-11-30'],
    // Before 2024: until the end of 2025, however old.
    ['2023-12', '2025-12-31'],
    ['2019-07', '2025-12-31'],
  ])('of power of %s ends on %s', (month, last) => {
    expect(validThrough(month)).toBe(last)
  })

  test.each(['2024-13', '2024-00', '2024-3', '24-03', '2024-03-01', ''])('of "%s" is refused', (month) => {
    expect(refusalOf(() => validThrough(month))).toMatchObject({
      code: 'period-invalid',
      pointer: '/generationMonth',
    })
  })
})

describe('the dates of a retirement', () => {
  const dates = {
    generationMonth: '2024-03',
    retiredOn: '2025-01-20',
    consumption: { start: '2024-01-01', end: '2025-01-01' },
  }
  const refused = (changes: Partial<typeof dates>, today = '2026-11-26') =>
    refusalOf(() => checkRetirementDates({ ...dates, ...changes }, today))

  test('may be a year of consumption around the month of generation, and the last day of validity', () => {
    checkRetirementDates(dates, '2026-11-26')
    checkRetirementDates(
      { ...dates, retiredOn: '2026-02-28', consumption: { start: '2026-01-01', end: '2026-03-01' } },
      '2026-02-28',
    )
  })

  test('after the validity are refused: the retirement, and the consumption', () => {
    expect(refused({ retiredOn: '2026-03-01' })).toMatchObject({
      code: 'certificate-expired',
      use: 'retirement',
      validThrough: '2026-02-28',
    })
    expect(refused({ consumption: { start: '2026-01-01', end: '2026-03-02' } })).toMatchObject({
      code: 'certificate-expired',
      use: 'consumption',
      pointer: '/consumption/end',
    })
  })

  test.each([
    ['retired-before-generation', { retiredOn: '2024-02-29' }],
    ['consumed-before-generation', { consumption: { start: '2024-01-01', end: '2024-03-01' } }],
    ['retired-in-the-future', { retiredOn: '2025-06-02' }],
    ['generated-in-the-future', { generationMonth: '2025-07' }],
  ])('%s are refused', (rule, changes) => {
    expect(refused(changes, '2025-06-01')).toMatchObject({ code: 'certificate-dates-invalid', rule })
  })

  test.each([
    ['/retiredOn', { retiredOn: '2024-02-30' }],
    ['/consumption', { consumption: { start: '2025-01-01', end: '2025-01-01' } }],
  ])('that do not exist are refused at %s', (pointer, changes) => {
    expect(refused(changes)).toMatchObject({ code: 'period-invalid', pointer })
  })

  test('are dates in China, where the day begins eight hours earlier', () => {
    expect(dateInChina(new Date('2026-02-28T15:59:59Z'))).toBe('2026-02-28')
    expect(dateInChina(new Date('2026-02-28T16:00:00Z'))).toBe('2026-03-01')
  })
})

describe('the ledger and the engine', () => {
  const project = '1A2B3C4D5E6F7G8H9'
  const range = fc
    .tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 8 }),
      fc.constantFrom('11', '12'),
      fc.boolean(),
    )
    .map(([from, span, inClass, isOneClass]) => {
      const numbered = (serial: number, of: string) => `${project}${String(serial).padStart(13, '0')}${of}`
      return { from: numbered(from, inClass), to: numbered(from + span, isOneClass ? inClass : '99') }
    })

  test('read a range alike: how many it is, and whether two of them meet', () => {
    const counted = (given: { from: string; to: string }) => {
      const { from, to } = given
      const [begin, end] = [from, to].map((number) => Number(number.slice(17)))
      const isOneClass = from.slice(-2) === to.slice(-2)
      const certificates = isOneClass
        ? (Number(end) - Number(begin)) / 100 + 1
        : Number(end) - Number(begin) + 1
      return { ...given, certificates }
    }
    fc.assert(
      fc.property(range, range, (one, other) => {
        const [a, b] = [counted(one), counted(other)]
        for (const each of [a, b]) {
          checkCertificateRange(each, '')
          expect(readRange(each)).toMatchObject({ certificates: each.certificates })
        }
        const read = [a, b].map(readRange) as Exclude<ReturnType<typeof readRange>, string>[]
        expect(sharedRange(read) !== undefined).toBe(rangesMeet(a, b))
      }),
    )
  })
})
