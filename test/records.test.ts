import { DrizzleQueryError } from 'drizzle-orm/errors'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { recordsFrom } from '../src/records.ts'

afterEach(() => vi.restoreAllMocks())

/** What is written to the log, line by line. */
function lines(act: () => void): string[] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  act()
  return log.mock.calls.map(([line]) => String(line))
}

describe('the log of the process', () => {
  test('has one JSON object a line, with what it belongs to', () => {
    const [line = ''] = lines(() => recordsFrom('info', { sweep: 'log' })('warn', 'two\nlines', { size: 3 }))
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'warn',
      message: 'two\nlines',
      sweep: 'log',
      size: 3,
    })
  })

  test.each([
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ] as const)('from %s on has nothing less grave', (least, written) => {
    const write = recordsFrom(least)
    const told = lines(() => {
      for (const level of ['info', 'warn', 'error'] as const) write(level, 'something')
    })
    expect(told.map((line) => JSON.parse(line).level)).toEqual(written)
  })

  test('says why a query failed, and not with which parameters', () => {
    const thrown = new DrizzleQueryError(
      'insert into persons values ($1)',
      ['Zhang San'],
      new Error('connection lost'),
    )
    expect(thrown.message).toContain('Zhang San')
    const [line = ''] = lines(() => recordsFrom('error')('error', 'failure', { error: thrown }))
    expect(line).not.toContain('Zhang San')
    expect(JSON.parse(line)).toMatchObject({
      error: 'Failed query: insert into persons values ($1)',
      stack: expect.stringMatching(/insert into persons values \(\$1\)\n {4}at .*records\.test/s),
      cause: expect.stringContaining('connection lost'),
    })
  })

  test('takes what was thrown and is no error', () => {
    const [line = ''] = lines(() => recordsFrom('error')('error', 'failure', { error: 'a word' }))
    expect(JSON.parse(line)).toMatchObject({ error: 'a word' })
  })
})
