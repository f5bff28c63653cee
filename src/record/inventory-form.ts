/** The one form of an inventory's input. */

import type {
  Consolidation,
  ContractualInstrument,
  EntityHolding,
  Facility,
  Holding,
  IntensityBase,
  InventoryInput,
  LegalEntity,
  MarketBased,
  SectorGuideline,
} from '../engine/types.ts'
import { calculation } from './calculation-form.ts'
import { choice, type Form, type FormsOf, names, quantity } from './forms.ts'
import { instrument } from './instrument-form.ts'

const holding = {
  from: 'text',
  to: 'text',
  equityShare: 'decimal',
  financialControl: 'text',
  operationalControl: 'boolean',
} satisfies FormsOf<Holding>
const entityHolding: Form = { members: { ...holding, by: 'text' } satisfies FormsOf<EntityHolding> }

const entity: Form = {
  members: {
    id: 'text',
    name: names,
    holdings: { list: entityHolding },
  } satisfies FormsOf<LegalEntity>,
}

const facility: Form = {
  members: {
    id: 'text',
    name: names,
    entity: 'text',
    holdings: { list: { members: holding } },
  } satisfies FormsOf<Facility>,
}

const consolidation: Form = {
  members: {
    approach: 'text',
    changeOption: 'text',
    entities: { list: entity },
    facilities: { list: facility },
  } satisfies FormsOf<Consolidation>,
}

const contractualInstrument: Form = {
  members: { ...instrument, facilities: { list: 'text' } } satisfies FormsOf<ContractualInstrument>,
}

const marketBased: Form = {
  members: {
    instruments: { list: contractualInstrument },
    ageMonthsMax: 'number',
    residual: { members: choice },
  } satisfies FormsOf<MarketBased>,
}

const intensityBase: Form = {
  members: { kind: 'text', name: names, quantity } satisfies FormsOf<IntensityBase>,
}

const sectorGuideline: Form = {
  members: { id: 'text', fuelDefaults: 'text' } satisfies FormsOf<SectorGuideline>,
}

export const inventory = {
  ...calculation,
  consolidation,
  marketBased,
  sectorGuideline,
  intensityBases: { list: intensityBase },
} satisfies FormsOf<InventoryInput>
