import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { alarmsIn, type MeasureContext, measures } from '../../src/actions/operations/measures.ts'
import { tellAlarms } from '../../src/actions/operations/tell-alarms.ts'
import { metricsText } from '../../src/http/routes/metrics/text.ts'
import { type Measured, sweepNames } from '../../src/ports/measures.ts'
import { noticeNames } from '../../src/ports/notices.ts'

const now = new Date('2026-11-26T12:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const context: MeasureContext = { now, statusSeconds: 900, witnessNames: [] }

/** An installation that keeps up. */
const well: Measured = {
  logSize: 300,
  logPublishedSize: 300,
  logConfirmedSize: 300,
  oldestUnpublishedEntryAt: null,
  credentialsPublic: 12,
  credentialsPending: 0,
  oldestPendingCredentialAt: null,
  credentialsUnconfirmed: 0,
  statusLists: 2,
  statusListsBehind: 0,
  oldestUnpublishedMoveAt: null,
  oldestStatusListAt: ago(60),
  accreditationsUnconfirmed: 0,
  jobsDue: 0,
  oldestDueJobAt: null,
  witnesses: [],
  sweeps: sweepNames.map((name) => ({ name, succeededAt: ago(30), failures: 0 })),
}

const alarmed = (changed: Partial<Measured>, changedContext: Partial<MeasureContext> = {}) =>
  alarmsIn({ ...well, ...changed }, { ...context, ...changedContext }).map(({ measure, sample }) =>
    sample.label === undefined ? measure.name : `${measure.name} ${sample.label.value}`,
  )

describe('alarms', () => {
  test('are silent where the installation keeps up', () => {
    expect(alarmed({})).toEqual([])
  })

  // Three sweeps have passed after 180 seconds; a job has five minutes; a list that lives 900 seconds is old after 600.
  test.each([
    ['egret_log_lag_seconds', 'oldestUnpublishedEntryAt', 180],
    ['egret_credential_lag_seconds', 'oldestPendingCredentialAt', 180],
    ['egret_status_lag_seconds', 'oldestUnpublishedMoveAt', 180],
    ['egret_status_age_seconds', 'oldestStatusListAt', 600],
    ['egret_job_lag_seconds', 'oldestDueJobAt', 300],
  ] as const)('%s is one above its threshold, and not at it', (name, member, threshold) => {
    expect(alarmed({ [member]: ago(threshold) })).toEqual([])
    expect(alarmed({ [member]: ago(threshold + 1) })).toEqual([name])
  })

  test('tell of a schedule that never ran: nothing is not well', () => {
    expect(alarmed({ sweeps: [] })).toEqual(sweepNames.map((name) => `egret_sweep_age_seconds ${name}`))
  })

  test('tell which part of the schedule failed three times in a row', () => {
    const failing = (failures: number) =>
      well.sweeps.map((sweep) => (sweep.name === 'status' ? { ...sweep, failures } : sweep))
    expect(alarmed({ sweeps: failing(2) })).toEqual([])
    expect(alarmed({ sweeps: failing(3) })).toEqual(['egret_sweep_failures status'])
  })

  test('tell of a witness that is behind for an hour, or never cosigned, and not of one that is asked no more', () => {
    const witness = (owesSince: Date | null) => ({ name: 'w', owesSince })
    const asked = { witnessNames: ['w'] }
    expect(alarmed({ witnesses: [witness(null)] }, asked)).toEqual([])
    expect(alarmed({ witnesses: [witness(ago(3600))] }, asked)).toEqual([])
    expect(alarmed({ witnesses: [witness(ago(3601))] }, asked)).toEqual(['egret_witness_lag_seconds w'])
    expect(alarmed({ witnesses: [] }, asked)).toEqual(['egret_witness_lag_seconds w'])
    expect(alarmed({ witnesses: [witness(ago(3601))] })).toEqual([])
  })
})

describe('the schedule', () => {
  test('keeps how its parts ended, and tells each value above its threshold', async () => {
    const kept: unknown[] = []
    const told: unknown[] = []
    const outcomes = [{ name: 'log', succeeded: false }] as const
    const alarms = await tellAlarms(
      {
        measures: {
          read: async () => ({ ...well, oldestUnpublishedMoveAt: ago(200), sweeps: well.sweeps.slice(1) }),
          keepSweeps: async (ended, at) => void kept.push({ ended, at }),
        },
        notices: { tell: (...notice) => void told.push(notice) },
        settings: { statusSeconds: 900 } as never,
        witnesses: { witnesses: [] } as never,
        world: { now: () => now } as never,
      },
      outcomes,
    )
    expect(alarms).toBe(2)
    expect(kept).toEqual([{ ended: outcomes, at: now }])
    const never = { sweep: 'log', value: 'never', above: 180 }
    expect(told).toEqual([
      ['error', 'alarm', { measure: 'egret_status_lag_seconds', value: 200, above: 180 }],
      ['error', 'alarm', { measure: 'egret_sweep_age_seconds', ...never }],
    ])
  })
})

describe('the Prometheus text', () => {
  const lines = (measured: Partial<Measured>, witnessNames: string[] = []) =>
    metricsText({ ...well, ...measured }, { ...context, witnessNames }).split('\n')

  test('has every measure with its help and type, each line of the form that the format asks for', () => {
    const text = lines({})
    for (const { name, help } of measures) {
      expect(text).toContain(`# HELP ${name} ${help}`)
      expect(text).toContain(`# TYPE ${name} gauge`)
    }
    const sample = /^[a-z_]+(\{[a-z]+="[^"\n]*"\})? (\d+(\.\d+)?|\+Inf)$/
    expect(text.filter((line) => line !== '' && !line.startsWith('#') && !sample.test(line))).toEqual([])
  })

  test('says 0 where nothing waits, how long where something does, and +Inf for what never happened', () => {
    expect(lines({})).toContain('egret_log_lag_seconds 0')
    expect(lines({ oldestUnpublishedEntryAt: ago(200) })).toContain('egret_log_lag_seconds 200')
    expect(lines({ sweeps: [] })).toContain('egret_sweep_age_seconds{sweep="log"} +Inf')
    expect(lines({}, ['w"\\'])).toContain('egret_witness_lag_seconds{witness="w\\"\\\\"} +Inf')
  })

  test('raises egret_alarm for what is above its threshold, and for nothing else', () => {
    const raised = (measured: Partial<Measured>) =>
      lines(measured).filter((line) => line.startsWith('egret_alarm') && line.endsWith(' 1'))
    expect(raised({})).toEqual([])
    expect(raised({ oldestUnpublishedMoveAt: ago(181) })).toEqual([
      'egret_alarm{measure="egret_status_lag_seconds"} 1',
    ])
  })
})

describe('docs/operations.md', () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')

  test('says of each measure with a threshold where it lies, and what to do', () => {
    for (const { name, alarmAbove } of measures) {
      if (alarmAbove === undefined) continue
      expect(page, name).toMatch(new RegExp(`\\| \`${name}\` \\| ${alarmAbove(context)}\\b`))
    }
  })

  test('names every measure and every record', () => {
    for (const name of [...measures.map((measure) => measure.name), ...noticeNames]) {
      expect(page, name).toContain(`\`${name}\``)
    }
  })
})
