/**
 * How often each node runs per declared unit. Node i runs s_i times, which covers what every other node takes of its product:
 * s_i = Σ_j B_ij · s_j + f_i, with B_ij = (input of i's product per run of j) ÷ (output of i per run).
 */

import { Problem } from '../../problem.ts'
import { over } from '../arithmetic.ts'
import type { FaultKind, NetworkFault } from '../network/faults.ts'
import { isFault, type PreparedNetwork, prepareNetwork } from '../network/network.ts'
import { type SparseMatrix, sparseMatrix, withEntries } from '../network/sparse-matrix.ts'
import { at } from '../refusals.ts'
import type { ProductInput } from '../types.ts'
import type { Link, ProductNetwork, ProductNode } from './network.ts'

/** So many processes are named in a sentence; the facts have more. */
const mostInDetail = 5

/**
 * The equations of a network, ready to be solved for any demand, and for any costs the other way.
 * @param isMeant the links that are in them; all where nothing is said.
 */
export function preparedOf(network: ProductNetwork, isMeant?: (link: Link) => boolean): PreparedNetwork {
  return prepareNetwork(needsPerRun(network, isMeant))
}

/**
 * How often each node runs per declared unit, in the order of the nodes.
 * @throws Problem `singular-system`, naming the processes that are why.
 */
export function runsOf(
  prepared: PreparedNetwork,
  network: ProductNetwork,
  input: ProductInput,
): readonly number[] {
  const outcome = prepared.solve(Float64Array.from(network.demand))
  if (isFault(outcome)) throw singularSystem(outcome, network, input)
  return [...outcome.values]
}

/** B_ij: runs of node i that one run of node j needs. */
function needsPerRun(
  { nodes, links }: ProductNetwork,
  isMeant: (link: Link) => boolean = () => true,
): SparseMatrix {
  const meant = links.filter(isMeant)
  const taken = sparseMatrix(nodes.length, {
    rows: meant.map(({ maker }) => maker),
    columns: meant.map(({ taker }) => taker),
    values: meant.map(({ amount }) => amount),
  })
  return withEntries(
    taken,
    taken.values.map((amount, entry) => {
      const { output, pointer } = nodes[taken.rows[entry] as number] as ProductNode
      return at(`${pointer}/output`, () => over(amount, output.value))
    }),
  )
}

const sentences: Readonly<Record<FaultKind, string>> = {
  unproductive: 'more is taken of a product, on the way round, than is made of it',
  singular: 'all that is made is taken again on the way round, so that nothing is left for the declared unit',
  cancelling:
    'less than a billionth of what is made is left on the way round, which is no more than a rounding',
  unsolved: 'no amounts of runs were found that hold in every equation',
}

/** The refusal of a network that has no answer. */
export function singularSystem(
  { fault, nodes }: NetworkFault,
  network: ProductNetwork,
  input: ProductInput,
): Problem {
  const processes = [...new Set(nodes.map((node) => network.nodes[node]?.process as string))]
  const index = input.processes.findIndex(({ id }) => processes.includes(id))
  const shown = processes.slice(0, mostInDetail).map((id) => `"${id}"`)
  const more = processes.length > mostInDetail ? ` and ${processes.length - mostInDetail} more` : ''
  const whose = processes.length === 1 ? 'Of process' : 'Among the processes'
  const detail = `${whose} ${shown.join(', ')}${more} ${sentences[fault]}; correct what they take of each other.`
  return new Problem('singular-system', detail, { pointer: `/processes/${index}`, fault, processes })
}
