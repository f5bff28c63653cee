/**
 * The working paper of a product: every figure of the result calculated once more by formulas, from the activity data, the sites, the
 * published factors and the warming potentials, and set beside the figure of the record; and the network itself, whose balance shows
 * that the record's runs solve it.
 */

import { exactSum } from '../../../engine/exact-sum.ts'
import type { ActivityLine, ParameterUse } from '../../../engine/types.ts'
import { chainsOf, placeChains } from '../chains.ts'
import { factorRows, factorsSheet } from '../factors-sheet.ts'
import { gapsSheet } from '../gaps-sheet.ts'
import { gasesSheet, gasRows } from '../gases-sheet.ts'
import { gwpSheet } from '../gwp-sheet.ts'
import { refuseTooMany } from '../paper.ts'
import { plain } from '../steps.ts'
import { summarySheet } from '../summary-sheet.ts'
import type { Found } from '../ways.ts'
import type { PaperLanguage } from '../words.ts'
import type { Sheet } from '../workbook.ts'
import { workingSheet } from '../working-sheet.ts'
import { type AllocationPlaces, allocationPlaces } from './allocation-sheet.ts'
import { type CircularPlaces, circularPlaces, conversionSteps } from './end-of-life-sheet.ts'
import { exchangesOf, exchangesSheet, networkSetting, processesSheet } from './network-sheets.ts'
import { type ParameterPlaces, parameterPlaces } from './parameters-sheet.ts'
import { productLinesSheet } from './product-lines-sheet.ts'
import { productSums } from './product-sums.ts'
import { type SitePlaces, siteChains, sitePlaces } from './site-sheets.ts'
import type { ProductPaperSource } from './source.ts'
import { productWordsOf } from './words.ts'

/** Where what lines take of others stands. */
interface Places {
  readonly parameters: ParameterPlaces
  readonly sites: SitePlaces
  readonly circular: CircularPlaces
  readonly allocations: AllocationPlaces
}

/** The sheets of a product's working paper. @throws Problem `too-many-items`. */
export function productPaper(source: ProductPaperSource, language: PaperLanguage): readonly Sheet[] {
  const words = productWordsOf(language)
  const places: Places = {
    parameters: parameterPlaces(source, words),
    sites: sitePlaces(source, words),
    circular: circularPlaces(source, words),
    allocations: allocationPlaces(source, words),
  }
  const chains = [...chainsOf(source, (line) => wayOfLine(line, source, places)), ...siteChains(source)]
  refuseTooMany(chains.reduce((sum, { way }) => sum + way.steps.length, 0))
  const placed = placeChains(chains)
  const network = networkSetting(source, places.allocations, words)
  const exchanges = exchangesOf(network)
  const factors = factorRows(source)
  const gases = gasRows(source, placed, factors, words.base)
  const size = exactSum(source.result.lines.map(({ kgCo2e }) => Math.abs(Number(kgCo2e))))
  const checked = [
    processesSheet(exchanges, network),
    ...present(places.allocations.sheet),
    ...places.sites.sheets(placed),
    ...present(places.circular.sheet),
  ]
  const sums = productSums({ source, gasCount: gases.length, words, checked })
  return [
    summarySheet(source, sums, words.base, size === 0 ? 1 : size),
    productLinesSheet({ placed, gases, network }),
    workingSheet(placed, words.base),
    gasesSheet(gases, source, words.base),
    ...checked.slice(0, 1),
    exchangesSheet(exchanges, network),
    ...checked.slice(1),
    ...present(places.parameters.sheet),
    factorsSheet(factors, words.base),
    gwpSheet(source.gwpSet, words.base),
    gapsSheet(source, words.base, (code) => `${words.finding}: ${words.findingName(code)}`),
  ]
}

function present(sheet: Sheet | undefined): readonly Sheet[] {
  return sheet === undefined ? [] : [sheet]
}

/** What a line takes of a parameter or of a site, what of a material counts, and which year of a conversion it is. */
function wayOfLine(line: ActivityLine, source: ProductPaperSource, { parameters, sites, circular }: Places) {
  const { parameter, circular: part, landUseChange = {} } = line
  const process = source.system.processes.find(({ id }) => id === line.process)
  const reporting = process?.period ?? source.period
  const year = Number((line.period ?? reporting).start.slice(0, 4))
  return {
    reporting,
    found: parameter === undefined ? sites.found(line) : takenTimes(parameter, parameters),
    weighed: part && ((unit: string) => circular.weighed(part, unit)),
    after: conversionSteps(landUseChange, year),
  }
}

function takenTimes({ id, times }: ParameterUse, parameters: ParameterPlaces): Found | undefined {
  const found = parameters.found(id)
  if (found === undefined || times === undefined) return found
  return { ...found, steps: [...found.steps, plain('times', '×', times, '1')] }
}
