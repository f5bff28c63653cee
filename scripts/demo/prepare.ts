/** The enterprise's part: try the calculation, begin a footprint, add activity data, calculate, submit with the declaration. */

import type { ActivityLine } from '../../src/engine/types.ts'
import { type Api, type Call, StepFailed } from './api.ts'
import { calculationOf, type Example } from './examples.ts'
import type { Body, Enterprise } from './parties.ts'
import type { Plot, Slip } from './plots.ts'
import type { Story } from './story.ts'

/** One example on its way, and everyone on it. */
export interface Walk {
  readonly api: Api
  readonly story: Story
  readonly example: Example
  readonly plot: Plot
  readonly enterprise: Enterprise
  readonly body: Body
}

/** An amount as a scheme prints it. */
export interface Printed {
  readonly amount: string
  readonly unit: string
}

/** A frozen revision, as the API answers it. */
export interface Revision {
  readonly footprintId: string
  readonly number: number
  readonly digest: string
  readonly recordDigest: string
  readonly result: {
    readonly totalKgCo2e: string
    readonly printed: Printed
    readonly parts: readonly { readonly part: string; readonly kgCo2e: string }[]
    readonly gasesNotCovered: readonly string[]
    readonly flags: readonly string[]
  }
}

interface Calculated {
  readonly result: { readonly total: string }
  readonly printed: { readonly total: { readonly kg: string; readonly t: string } }
}

/** Tries the example without keeping anything, and compares with the answer worked out by hand. */
export async function tryCalculation({ story, example, plot, enterprise }: Walk): Promise<void> {
  const { caller, name } = enterprise.preparer
  story.step(
    name,
    `tries the calculation, ${plot.upload === 'csv' ? 'with a CSV file' : 'in JSON'}; nothing is kept.`,
  )
  const sent = plot.upload === 'csv' ? formOf(example) : calculationOf(example)
  const { body } = await caller.call<Calculated>('POST', '/v1/calculations', {
    body: sent,
    expect: { status: 200 },
  })
  requireExpected(example, body.result.total)
  story.remark(
    `${body.printed.total.kg} kg CO2e for ${example.expected.per}; by hand ${example.expected.totals.total} (examples/${example.name}).`,
  )
}

/** The calculation and its CSV as multipart/form-data. */
function formOf({ definition, csv }: Example): FormData {
  const form = new FormData()
  form.set('calculation', new Blob([JSON.stringify(definition)], { type: 'application/json' }))
  form.set('activityData', new Blob([csv], { type: 'text/csv' }), 'activity-data.csv')
  return form
}

/** A total against the one worked out by hand. @throws StepFailed beyond the example's tolerance. */
export function requireExpected({ name, expected }: Example, total: string): void {
  if (Math.abs(Number(total) - Number(expected.totals.total)) <= Number(expected.tolerance)) return
  throw new StepFailed(`${name} came to ${total} kg CO2e, by hand it is ${expected.totals.total}.`)
}

/** A footprint, and the version that a change must name. */
interface Footprint {
  readonly id: string
  readonly etag: string
}

/** Begins the footprint; the request is sent twice under one key, and makes one footprint. */
export async function beginFootprint({ story, example, enterprise }: Walk): Promise<Footprint> {
  const { caller, name } = enterprise.preparer
  story.step(
    name,
    'begins the footprint; the answer is lost on the way, so the request is repeated under the same key.',
  )
  const create: Call = {
    body: { ...example.face, calculation: example.definition },
    headers: { 'idempotency-key': crypto.randomUUID() },
    expect: { status: 201 },
  }
  const first = await caller.call<{ id: string }>('POST', '/v1/footprints', create)
  const second = await caller.call<{ id: string }>('POST', '/v1/footprints', create)
  if (first.body.id !== second.body.id) throw new StepFailed('A repeated request made a second footprint.')
  return { id: first.body.id, etag: etagOf(second) }
}

/** Reads the footprint again, for its present version. */
export async function readFootprint({ enterprise }: Walk, id: string): Promise<Footprint> {
  const answer = await enterprise.preparer.caller.call('GET', `/v1/footprints/${id}`, {
    expect: { status: 200 },
  })
  return { id, etag: etagOf(answer) }
}

function etagOf({ headers }: { readonly headers: Headers }): string {
  return headers.get('etag') ?? ''
}

/** Sets the activity data, with the plot's slip where one is given. */
export async function addActivityData(walk: Walk, { id, etag }: Footprint, slip: Slip | null): Promise<void> {
  const { story, example, plot, enterprise } = walk
  const { caller, name } = enterprise.preparer
  story.step(name, `adds the activity data as ${plot.upload.toUpperCase()}.`)
  const data =
    plot.upload === 'csv'
      ? { raw: { bytes: example.csv, type: 'text/csv' } }
      : { body: { lines: slip === null ? example.lines : withSlip(example.lines, slip) } }
  await caller.call('PUT', `/v1/footprints/${id}/activity-data`, {
    ...data,
    headers: { 'if-match': etag },
    expect: { status: 200 },
  })
}

function withSlip(lines: readonly ActivityLine[], { line: id, amount }: Slip): ActivityLine[] {
  return lines.map((line) =>
    line.id === id && line.quantity ? { ...line, quantity: { ...line.quantity, amount } } : line,
  )
}

interface DraftCalculation extends Calculated {
  readonly scheme: { readonly conforms: boolean; readonly violations: readonly unknown[] }
}

/** Calculates the draft and hears what its scheme makes of it. */
export async function calculateDraft({ story, enterprise }: Walk, footprintId: string): Promise<void> {
  const { caller, name } = enterprise.preparer
  story.step(name, 'calculates the footprint and holds it against its scheme.')
  const { body } = await caller.call<DraftCalculation>('POST', `/v1/footprints/${footprintId}/calculations`, {
    expect: { status: 200 },
  })
  if (!body.scheme.conforms)
    throw new StepFailed(`The scheme refuses it: ${JSON.stringify(body.scheme.violations)}`)
  story.remark(`${body.printed.total.kg} kg CO2e; the scheme has no objection.`)
}

/** Freezes the revision with the responsible party's declaration. */
export async function submit({ story, enterprise }: Walk, footprintId: string): Promise<Revision> {
  const { caller, name } = enterprise.responsible
  story.step(name, 'signs the management declaration; the revision is frozen.')
  const { body } = await caller.call<Revision>('POST', `/v1/footprints/${footprintId}/revisions`, {
    body: { declaration: { accepted: true } },
    expect: { status: 201 },
  })
  const { amount, unit } = body.result.printed
  story.remark(`Revision ${body.number}: ${amount} ${unit}, record ${body.recordDigest}.`)
  return body
}
