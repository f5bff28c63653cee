/** An analysis that asks for everything, within small bounds. */

import { type AnalysisRequest, analysisParts } from '../../../src/engine/analysis/types.ts'

export const analysisRequest: AnalysisRequest = {
  parts: analysisParts,
  ...{ cutOff: 0.001, depthMax: 10, nodesMax: 200, most: 100, carried: 0.95, draws: 100, seed: 1 },
  ...{ scenarios: [], parameterTables: [] },
}
