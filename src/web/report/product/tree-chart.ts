/**
 * The contribution tree: the product on the left, what it takes behind it, each branch as thick as its share; on phones a list with
 * indents. A drawing has few branches; the table beside it goes down to the cut-off.
 */

import { html } from 'hono/html'
import { printRounded } from '../../../engine/decimal.ts'
import { exactSum } from '../../../engine/exact-sum.ts'
import { type ProductMeasure, productMeasure } from '../../../report/product/measure.ts'
import { treeCutOff } from '../../../report/product/tree.ts'
import type { Branch, Print, ProductReport } from '../../../report/product/types.ts'
import { inBoth, type Markup } from '../../language.ts'
import { writeAmount } from '../../quantity.ts'
import { bold, fittedBoth } from '../fitting.ts'
import { percent, renderNote, renderTable, shareCell, shareColumn } from '../pieces.ts'
import { type Drawing, px, renderFigure, svgText } from '../svg.ts'
import { amountText, inUnit, productCell, productColumn, withUnit } from './amounts.ts'
import { boxName, nodeName, stageTone } from './words.ts'

/** Boxes one below the other that a drawing holds at most. */
const leavesMax = 18
const levelsMax = 5
/** Rows of the table; the JSON has all. */
const rowsShown = 80

export function renderTree({ tree, head, totals }: ProductReport): Markup {
  if (tree === null) return html``
  const { print } = head
  const drawn = pruned(tree, productMeasure(totals.total.kgCo2e, print))
  const cut = writeAmount(printRounded(treeCutOff * 100, 0))
  return renderFigure({
    id: 'tree',
    title: withUnit({ zh: '贡献树', en: 'Contribution tree' }, print),
    description: {
      zh: '树形图：产品在左，其后是它所用的过程与来源，连线粗细为占比；数值见下表。',
      en: 'A tree with the product on the left and behind it the processes and sources it takes, branches as thick as their shares; the figures are in the table below.',
    },
    place: 'below',
    wide: wideDrawing(drawn, print),
    narrow: narrowDrawing(drawn, print),
    table: branchTable(tree, print),
    note: {
      zh: `过程的数值含其全部上游；不足 ${cut}\u202f% 的并入“其余”。↻ 表示再次进入的循环。`,
      en: `A process counts with all its upstream; what is below ${cut}\u202f% stands under “others”. ↻ is a loop entered once more.`,
    },
  })
}

/** The tree as far as a drawing has room: the smaller branches of each process become one. */
function pruned(tree: Branch, measure: ProductMeasure): Branch {
  const size = Math.abs(Number(tree.amount.kgCo2e))
  for (const cut of cuts) {
    const shown = cutAt(tree, { least: cut * size, measure }, 1)
    if (leavesOf(shown) <= leavesMax) return shown
  }
  return { ...tree, branches: [] }
}

const cuts = [0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.35]

interface Cut {
  /** kg CO2e. */
  readonly least: number
  readonly measure: ProductMeasure
}

function cutAt(branch: Branch, cut: Cut, level: number): Branch {
  if (level === levelsMax) return { ...branch, branches: [] }
  const isTold = ({ of, amount }: Branch) => of !== 'rest' && Math.abs(Number(amount.kgCo2e)) >= cut.least
  const told = branch.branches.filter(isTold).map((one) => cutAt(one, cut, level + 1))
  const rest = branch.branches.filter((one) => !isTold(one))
  return { ...branch, branches: [...told, ...together(rest, cut.measure)] }
}

function together(rest: readonly Branch[], measure: ProductMeasure): readonly Branch[] {
  if (rest.length < 2) return rest
  const kgCo2e = exactSum(rest.map(({ amount }) => Number(amount.kgCo2e)))
  return [
    {
      ...{
        of: 'rest',
        key: '',
        product: null,
        name: null,
        category: null,
        stage: null,
        again: false,
        branches: [],
      },
      amount: measure.amount(kgCo2e),
      share: measure.share(kgCo2e),
      count: rest.reduce((sum, { count }) => sum + count, 0),
    },
  ]
}

function leavesOf({ branches }: Branch): number {
  return branches.length === 0 ? 1 : branches.reduce((sum, one) => sum + leavesOf(one), 0)
}

/** A branch with its place: its level from 0, its middle down the drawing. */
interface PlacedBranch {
  readonly branch: Branch
  readonly level: number
  readonly y: number
  readonly parent: number
}

const [pitch, boxHeight, top] = [46, 38, 6]

/** Leaves one below the other, what holds them in their middle. */
function placedBranches(tree: Branch): { readonly placed: readonly PlacedBranch[]; readonly leaves: number } {
  const placed: PlacedBranch[] = []
  let leaves = 0
  const place = (branch: Branch, level: number, parent: number): number => {
    const at = placed.length
    placed.push({ branch, level, parent, y: 0 })
    const inner = branch.branches.map((one) => place(one, level + 1, at))
    const y =
      inner.length === 0
        ? top + boxHeight / 2 + pitch * leaves++
        : ((inner[0] as number) + (inner.at(-1) as number)) / 2
    placed[at] = { branch, level, parent, y }
    return y
  }
  place(tree, 0, -1)
  return { placed, leaves }
}

function wideDrawing(tree: Branch, print: Print): Drawing {
  const width = 848
  const { placed, leaves } = placedBranches(tree)
  const levels = Math.max(...placed.map(({ level }) => level)) + 1
  const between = levels > 4 ? 22 : 34
  const box = Math.min(236, (width - between * (levels - 1)) / levels)
  const left = (level: number) => level * (box + between)
  const links = placed
    .filter(({ parent }) => parent >= 0)
    .map(({ branch, level, y, parent }) => {
      const from = placed[parent] as PlacedBranch
      const [x0, x1] = [left(level - 1) + box, left(level)]
      const middle = (x0 + x1) / 2
      return `<path class="branch ${linkTone(branch)}" stroke-width="${px(linkWidth(branch))}" d="M${px(x0)} ${px(from.y)}C${px(middle)} ${px(from.y)} ${px(middle)} ${px(y)} ${px(x1)} ${px(y)}"/>`
    })
  const boxes = placed.map(({ branch, level, y }) =>
    boxDrawing(branch, { x: left(level), y, width: box }, print),
  )
  return { width, height: top * 2 + leaves * pitch, marks: links.join('') + boxes.join('') }
}

function linkTone(branch: Branch): string {
  if (Number(branch.amount.kgCo2e) < 0) return 'credit'
  return stageTone(branch.stage)
}

function linkWidth({ share }: Branch): number {
  return 1 + 11 * Math.min(1, Math.abs(Number(share ?? 0)))
}

/** Of a branch's name; a process's is bold. */
function sizeOf({ of }: Branch): number {
  return of === 'process' ? 13 * bold : 13
}

/** A box with a gauge of its share at the edge. */
function boxDrawing(
  branch: Branch,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  print: Print,
): string {
  const edge = y - boxHeight / 2
  const full = Math.min(1, Math.abs(Number(branch.share ?? 0))) * boxHeight
  const frame = `<rect class="box ${branch.of}" x="${px(x)}" y="${px(edge)}" width="${px(width)}" height="${boxHeight}"/>`
  const gauge = `<rect class="gauge" x="${px(x)}" y="${px(edge)}" width="6" height="${boxHeight}"/><rect class="${linkTone(branch)}" x="${px(x)}" y="${px(edge + boxHeight - full)}" width="6" height="${px(full)}"/>`
  const sign = branch.again ? '↻ ' : ''
  const { zh, en } = boxName(branch)
  const name = fittedBoth({ zh: sign + zh, en: sign + en }, width - 22, sizeOf(branch))
  const share = percent(branch.share)
  return (
    frame +
    gauge +
    svgText(name, x + 13, y - 4, `class="${branch.of === 'process' ? 'label ' : ''}small"`) +
    svgText(amountText(branch.amount, print), x + 13, y + 13, 'class="small"') +
    svgText(share, x + width - 8, y + 13, 'class="tick" text-anchor="end"')
  )
}

/** A list with indents: a name, its amount, and a bar below. */
function narrowDrawing(tree: Branch, print: Print): Drawing {
  const [width, row] = [320, 40]
  const { placed } = placedBranches(tree)
  const size = Math.max(...placed.map(({ branch }) => Math.abs(inUnit(branch.amount, print)))) || 1
  const rows = placed.map(({ branch, level }, at) => {
    const [x, y] = [4 + level * 14, at * row]
    const sign = branch.again ? '↻ ' : ''
    const { zh, en } = boxName(branch)
    const name = fittedBoth({ zh: sign + zh, en: sign + en }, width - x - 78, sizeOf(branch))
    const bar = (Math.abs(inUnit(branch.amount, print)) / size) * (width - x - 4)
    return (
      svgText(name, x, y + 16, `class="${branch.of === 'process' ? 'label ' : ''}small"`) +
      svgText(amountText(branch.amount, print), width - 4, y + 16, 'class="small" text-anchor="end"') +
      `<rect class="gauge" x="${px(x)}" y="${y + 23}" width="${px(width - x - 4)}" height="6"/><rect class="${linkTone(branch)}" x="${px(x)}" y="${y + 23}" width="${px(Math.max(bar, 0.8))}" height="6"/>`
    )
  })
  return { width, height: placed.length * row, marks: rows.join('') }
}

function branchTable(tree: Branch, print: Print): Markup {
  const rows: { readonly branch: Branch; readonly level: number }[] = []
  const list = (branch: Branch, level: number) => {
    rows.push({ branch, level })
    for (const one of branch.branches) list(one, level + 1)
  }
  list(tree, 0)
  const more = rows.length - rowsShown
  return html`${renderTable({
    caption: { zh: '贡献树', en: 'Contribution tree' },
    columns: [{ name: { zh: '来源', en: 'Source' } }, productColumn(print), shareColumn],
    name: 'branches',
    body: html`<tbody>${rows
      .slice(0, rowsShown)
      .map(
        ({ branch, level }) =>
          html`<tr><th scope="row"><span class="deep-${Math.min(level, 8)}">${branch.again ? '↻ ' : ''}${branch.of === 'process' ? html`<b>${inBoth(nodeName(branch))}</b>` : inBoth(nodeName(branch))}</span></th>${productCell(branch.amount, print)}${shareCell(branch.share)}</tr>`,
      )}</tbody>`,
  })}${more > 0 ? renderNote({ zh: `另有 ${more} 行，见 JSON。`, en: `${more} more rows in the JSON.` }) : ''}`
}
