/**
 * The flow diagram: sources on the left, processes in between, the product on the right; on phones from top to bottom with numbers in
 * the place of names. What is avoided is hatched; what runs in a loop goes around the outside.
 */

import { html } from 'hono/html'
import { lifeCycleStages } from '../../../engine/types.ts'
import type { FlowNode, Flows, Print, ProductReport } from '../../../report/product/types.ts'
import { type Bilingual, inBoth, type Language, languages, type Markup } from '../../language.ts'
import { stageNames } from '../../wording.ts'
import { bold, wrapped } from '../fitting.ts'
import { renderTable, shareCell, shareColumn } from '../pieces.ts'
import { type Drawing, px, renderFigure, svgLines, svgText } from '../svg.ts'
import { amountText, inUnit, productCell, productColumn, withUnit } from './amounts.ts'
import { type FlowShape, type Layout, layoutOf, type PlacedLink, type Room } from './sankey-layout.ts'
import { boxName, nodeName, stageTone } from './words.ts'

/** How thick a node is drawn along the flow. */
const thickness = 11

export function renderSankey({ flows, head }: ProductReport): Markup {
  if (flows === null || flows.links.length === 0) return html``
  const { print } = head
  return renderFigure({
    id: 'flows',
    title: withUnit({ zh: '从来源到产品', en: 'From sources to the product' }, print),
    description: {
      zh: '桑基图：带的宽度为各环节传递的排放量；数值见下表。',
      en: 'A Sankey diagram: ribbons are as wide as what each step hands on; the figures are in the table below.',
    },
    place: 'below',
    legend: legendOf(flows),
    wide: wideDrawing(flows, print),
    narrow: narrowDrawing(flows, print),
    table: linkTable(flows, print),
    note: noteOf(flows),
  })
}

function legendOf({ nodes }: Flows): Markup {
  const stages = lifeCycleStages.filter((stage) => nodes.some((node) => node.stage === stage))
  const swatch = (tone: string, name: Bilingual) =>
    html`<span><span class="swatch ${tone}"></span>${inBoth(name)}</span>`
  const rest = nodes.some(({ of }) => of === 'rest')
    ? swatch(stageTone(null), { zh: '其余', en: 'the rest' })
    : ''
  return html`<p class="legend">${stages.map((stage) => swatch(stageTone(stage), stageNames[stage]))}${rest}</p>`
}

function noteOf({ links }: Flows): Bilingual | null {
  return links.some(({ amount }) => Number(amount.kgCo2e) < 0)
    ? {
        zh: '绿色虚线边的带为抵扣（负值），宽度按其绝对值。',
        en: 'Ribbons with a dashed green edge are credits (negative), as wide as their size.',
      }
    : null
}

/** What passes through a node is what it takes in or hands on, whichever is more. */
function shapeOf({ nodes, links }: Flows, print: Print): FlowShape {
  const sized = links.map(({ from, to, amount }) => ({ from, to, size: Math.abs(inUnit(amount, print)) }))
  const sum = (end: 'from' | 'to', at: number) =>
    sized.filter((link) => link[end] === at).reduce((total, { size }) => total + size, 0)
  return {
    nodes: nodes.map(({ of }, at) => ({
      size: Math.max(sum('from', at), sum('to', at)),
      isSource: of === 'line' || (of === 'rest' && sum('to', at) === 0),
    })),
    links: sized,
  }
}

/** Ways around the outside, one lane for each. */
interface Lane {
  readonly link: number
  /** The middle of the lane, across the flow. */
  readonly across: number
  /** Its outer edge. */
  readonly outer: number
}

function lanesOf({ links, extent }: Layout): readonly Lane[] {
  let edge = extent + 12
  return [...links.entries()]
    .filter(([, { isBack }]) => isBack)
    .map(([link, { size }]) => {
      const wide = Math.max(size, 1.5)
      const lane = { link, across: edge + wide / 2, outer: edge + wide }
      edge += wide + 8
      return lane
    })
}

function wideDrawing(flows: Flows, print: Print): Drawing {
  const shape = shapeOf(flows, print)
  const room: Room = { scale: 300 / widest(shape), least: 19, gap: 9 }
  const layout = layoutOf(shape, room)
  const lanes = lanesOf(layout)
  const [width, right, top] = [848, 14, 44]
  const left = layout.columns < 5 ? 310 : layout.columns < 7 ? 264 : 226
  const step = (width - left - right - thickness) / Math.max(1, layout.columns - 1)
  const along = (column: number) => left + column * step
  const point = (main: number, across: number) => `${px(main)} ${px(across + top)}`
  const ribbons = ribbonsOf(flows, layout, lanes, along, point)
  const nodes = layout.nodes.map(({ column, start, size }, at) => {
    const node = flows.nodes[at] as FlowNode
    const rect = `<rect class="node ${nodeTone(node)}" x="${px(along(column))}" y="${px(start + top)}" width="${thickness}" height="${px(size)}"/>`
    return (
      rect +
      wideLabel(
        node,
        at,
        { x: along(column), y: start + size / 2 + top, size, step, isSource: column === 0 },
        print,
      )
    )
  })
  const height = Math.ceil(Math.max(layout.extent, ...lanes.map(({ outer }) => outer)) + top + 10)
  return { width, height, marks: ribbons + nodes.join('') }
}

/** All that flows, at the place where most of it does. */
function widest({ nodes }: FlowShape): number {
  const sources = nodes.filter(({ isSource }) => isSource).reduce((sum, { size }) => sum + size, 0)
  return Math.max(sources, ...nodes.map(({ size }) => size)) || 1
}

function nodeTone({ of, stage }: FlowNode): string {
  return of === 'product' ? 'whole' : stageTone(stage)
}

interface LabelPlace {
  readonly x: number
  readonly y: number
  readonly size: number
  /** To the next column. */
  readonly step: number
  readonly isSource: boolean
}

/** Sources are named on their left, processes over what they hand on, the product above itself. */
function wideLabel(
  node: FlowNode,
  at: number,
  { x, y, size, step, isSource }: LabelPlace,
  print: Print,
): string {
  const amount = amountText(node.amount, print)
  const name = size < 34 ? boxName(node) : nodeName(node)
  if (node.of === 'product') {
    const top = y - size / 2
    return (
      svgText(name, x + thickness, top - 29, 'class="label small" text-anchor="end"') +
      svgText(amount, x + thickness, top - 7, 'class="value" text-anchor="end"')
    )
  }
  if (isSource) {
    const number = svgText(amount, x - 8, y + 4.5, 'class="small figure-end" text-anchor="end"')
    const names = languages.map((language) => {
      const lines = wrapped(name[language], x - 8 - 66 - 20, 12.5, size < 34 ? 1 : 2)
      const first = y + 4.5 - ((lines.length - 1) * linePitch) / 2
      return svgLines(lines, language, { x: 22, y: first, pitch: linePitch }, 'class="small"')
    })
    return svgText(`${at}`, 0, y + 4.5, 'class="tick"') + names.join('') + number
  }
  return languages
    .map((language) =>
      overFlow(`${at} ${name[language]}`, amount, language, { x: x + thickness + 6, y, size, step }),
    )
    .join('')
}

const linePitch = 15

/** A name over what a process hands on, on as many lines as it is high, with its amount below. */
function overFlow(
  name: string,
  amount: string,
  language: Language,
  { x, y, size, step }: Omit<LabelPlace, 'isSource'>,
): string {
  const lines = wrapped(name, step - thickness - 12, 12.5 * bold, size < 48 ? 1 : size < 66 ? 2 : 3)
  const hasAmount = size >= 30
  const first = y - ((lines.length + (hasAmount ? 1 : 0)) * linePitch) / 2 + 12
  const below = first + lines.length * linePitch
  return (
    svgLines(lines, language, { x, y: first, pitch: linePitch }, 'class="label small halo"') +
    (hasAmount ? svgLines([amount], language, { x, y: below, pitch: linePitch }, 'class="small halo"') : '')
  )
}

function narrowDrawing(flows: Flows, print: Print): Drawing {
  const shape = shapeOf(flows, print)
  const width = 320
  const room = { scale: narrowScale(shape, width - 8), least: 17, gap: 3 }
  const layout = layoutOf(shape, room)
  const lanes = lanesOf(layout)
  const outside = Math.max(layout.extent, ...lanes.map(({ outer }) => outer + 2))
  const shrink = Math.min(1, (width - 4) / outside)
  const top = 24
  const step = Math.max(64, Math.min(96, 480 / layout.columns))
  const along = (column: number) => top + column * step
  const place = (across: number) => 2 + across * shrink
  const point = (main: number, across: number) => `${px(place(across))} ${px(main)}`
  const ribbons = ribbonsOf(flows, layout, lanes, along, point)
  const nodes = layout.nodes.map(({ column, start, size }, at) => {
    const node = flows.nodes[at] as FlowNode
    const [x, y, wide] = [place(start), along(column), size * shrink]
    const rect = `<rect class="node ${nodeTone(node)}" x="${px(x)}" y="${px(y)}" width="${px(wide)}" height="${thickness}"/>`
    const middle = x + wide / 2
    if (node.of === 'product') {
      const text = amountText(node.amount, print)
      return rect + svgText(text, middle, y + thickness + 19, 'class="value" text-anchor="middle"')
    }
    const isSource = column === 0
    const label = svgText(
      `${at}`,
      middle,
      isSource ? y - 7 : y + thickness + 13,
      'class="tick halo" text-anchor="middle"',
    )
    return rect + label
  })
  return { width, height: along(layout.columns - 1) + thickness + 30, marks: ribbons + nodes.join('') }
}

/** As wide as fits: what sources take at least, with the gaps between them, leaves less for the flow. */
function narrowScale(shape: FlowShape, width: number): number {
  const sources = shape.nodes.filter(({ isSource }) => isSource)
  const fits = (scale: number) =>
    sources.reduce((sum, { size }) => sum + Math.max(size * scale, 17) + 3, 0) <= width
  let scale = width / widest(shape)
  while (!fits(scale) && scale * widest(shape) > width / 4) scale *= 0.9
  return scale
}

type Along = (column: number) => number
type Point = (main: number, across: number) => string

function ribbonsOf(flows: Flows, layout: Layout, lanes: readonly Lane[], along: Along, point: Point): string {
  const lane = new Map(lanes.map(({ link, across }) => [link, across]))
  return layout.links
    .map((link, at) => {
      const { amount } = flows.links[at] as Flows['links'][number]
      const source = flows.nodes[link.from] as FlowNode
      const tone = Number(amount.kgCo2e) < 0 ? 'credit' : stageTone(source.stage)
      const begins = along(layout.nodes[link.from]?.column ?? 0) + thickness
      const column = layout.nodes[link.to]?.column ?? 0
      const ends = along(column)
      const turns = Math.max(begins, along(column - 1) + thickness)
      const across = lane.get(at)
      return across === undefined
        ? `<path class="ribbon ${tone}" d="${ribbon(link, { begins, turns, ends }, point)}"/>`
        : `<path class="back ${tone}" stroke-width="${px(Math.max(link.size, 1.5))}" d="${around(link, { begins, ends, across }, point)}"/>`
    })
    .join('')
}

/** Straight past the columns between, where nothing stands in its way, and over to its place before the last. */
function ribbon(
  { leaves, arrives, size }: PlacedLink,
  { begins, turns, ends }: { readonly begins: number; readonly turns: number; readonly ends: number },
  point: Point,
): string {
  const wide = Math.max(size, 0.75)
  const middle = (turns + ends) / 2
  const there = `L${point(turns, leaves)}C${point(middle, leaves)} ${point(middle, arrives)} ${point(ends, arrives)}`
  const back = `L${point(ends, arrives + wide)}C${point(middle, arrives + wide)} ${point(middle, leaves + wide)} ${point(turns, leaves + wide)}`
  return `M${point(begins, leaves)}${there}${back}L${point(begins, leaves + wide)}Z`
}

/** Out, around the outside, and back in. */
function around(
  { leaves, arrives, size }: PlacedLink,
  { begins, ends, across }: { readonly begins: number; readonly ends: number; readonly across: number },
  point: Point,
): string {
  const [from, to, turn] = [leaves + size / 2, arrives + size / 2, 16 + size / 2]
  return `M${point(begins, from)}C${point(begins + turn, from)} ${point(begins + turn, across)} ${point(begins, across)}L${point(ends, across)}C${point(ends - turn, across)} ${point(ends - turn, to)} ${point(ends, to)}`
}

function linkTable({ nodes, links }: Flows, print: Print): Markup {
  const ordered = links.toSorted(
    (a, b) => Math.abs(Number(b.amount.kgCo2e)) - Math.abs(Number(a.amount.kgCo2e)),
  )
  const name = (at: number) => {
    const node = nodes[at] as FlowNode
    return html`<span class="no">${node.of === 'product' ? '' : at}</span> ${inBoth(nodeName(node))}`
  }
  return renderTable({
    caption: { zh: '从来源到产品', en: 'From sources to the product' },
    columns: [
      { name: { zh: '自', en: 'From' } },
      { name: { zh: '至', en: 'To' } },
      productColumn(print),
      shareColumn,
    ],
    name: 'links',
    body: html`<tbody>${ordered.map(
      ({ from, to, amount, share }) =>
        html`<tr><th scope="row">${name(from)}</th><td>${name(to)}</td>${productCell(amount, print)}${shareCell(share)}</tr>`,
    )}</tbody>`,
  })
}
