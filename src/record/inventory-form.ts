/** The one form of an inventory's input. */

import type {
  CertificateRange,
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
import { choice, type Form, type FormsOf, names, period, quantity } from './forms.ts'

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

const certificateRange: Form = {
  members: { from: 'text', to: 'text', certificates: 'number' } satisfies FormsOf<CertificateRange>,
}

const instrument: Form = {
  members: {
    id: 'text',
    kind: 'text',
    quantity,
    factor: { members: choice },
    generated: period,
    market: 'text',
    exclusive: 'boolean',
    consumption: { members: { consumer: 'text', period, retiredOn: 'text' } },
    certificates: { list: certificateRange },
    facilities: { list: 'text' },
  } satisfies FormsOf<ContractualInstrument>,
}

const marketBased: Form = {
  members: {
    instruments: { list: instrument },
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
