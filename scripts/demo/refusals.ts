/** Two more refusals that matter: the commonest error of Chinese product footprints, and a look at someone else's work. */

import type { Caller } from './api.ts'
import { calculationOf, readExample } from './examples.ts'
import type { Member } from './parties.ts'
import type { Story } from './story.ts'
import type { Refusal } from './verification.ts'

interface Problem {
  readonly detail: string
}

/** A generation factor (电力二氧化碳排放因子) where a product needs a life-cycle factor (电力碳足迹因子). */
export async function mixElectricityFamilies(story: Story, { caller, name }: Member): Promise<Refusal> {
  story.step(name, "weighs a product's electricity by the factor of a scope 2 inventory.")
  const fan = calculationOf(readExample('product-xiamen-fan'))
  const grid = { table: 'cn-electricity-co2', version: '2023' }
  const lines = fan.lines.map((line) =>
    line.category === 'electricity' ? { ...line, factor: { ...grid, id: 'cn-grid-co2-2023-fj' } } : line,
  )
  const expect = { status: 422, problem: 'wrong-family' }
  const answer = await caller.call<Problem>('POST', '/v1/calculations', {
    body: { ...fan, factorTables: [...fan.factorTables, grid], lines },
    expect,
  })
  story.remark(answer.body.detail)
  return { what: 'a generation factor in a product footprint', ...expect, detail: answer.body.detail }
}

/** What you may not see looks like what does not exist. */
export async function lookAtAnothers(story: Story, caller: Caller, footprintId: string): Promise<Refusal> {
  story.step(caller.who, 'works for another enterprise and asks for the first footprint.')
  const expect = { status: 404, problem: 'not-found' }
  const answer = await caller.call<Problem>('GET', `/v1/footprints/${footprintId}`, { expect })
  return { what: "another enterprise's footprint", ...expect, detail: answer.body.detail }
}
