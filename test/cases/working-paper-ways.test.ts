/**
 * Every way to an amount and every bridge from there to a factor, once in codes and once as people write units in Chinese: what the
 * paper's formulas work out is what the engine did, line by line, gas by gas and sum by sum, and so is every value that it writes
 * beside a formula. Where a figure stands in the table it was worked out by hand, so that the two are not wrong together.
 */

import { describe, expect, test } from 'vitest'
import { calculate, presentResult, unitAliases } from '../../src/engine/index.ts'
import type { ActivityLine, Consolidation, InventoryInput, Quantity } from '../../src/engine/types.ts'
import { gasColumn } from '../../src/http/working-paper/gases-sheet.ts'
import { lineColumn } from '../../src/http/working-paper/lines-sheet.ts'
import { workingPaper } from '../../src/http/working-paper/paper.ts'
import { scope2Column } from '../../src/http/working-paper/scope-2-sheet.ts'
import type { PaperSource } from '../../src/http/working-paper/source.ts'
import { summaryColumn } from '../../src/http/working-paper/summary-sheet.ts'
import { wordsOf } from '../../src/http/working-paper/words.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import {
  ar6,
  co2eFactor,
  diesel,
  factor,
  gridFactor,
  inventory,
  naturalGas,
  table,
} from '../engine/fixtures.ts'
import { Spreadsheet } from '../harness/formulas.ts'

function q(amount: string, unit: string): Quantity {
  return { amount, unit }
}

const byMass = {
  ...diesel,
  id: 'coalmass',
  carbonContent: q('0.5', 'tC/t'),
  netCalorificValue: q('5000', 'kcal/kg'),
}
const factors = [
  factor({
    id: 'vch4',
    family: 'transport',
    unit: 'vehicle.km',
    flows: [{ kind: 'fossil', gas: 'CH4', kg: '0.01' }],
  }),
  gridFactor('cn', 'CN', 2023, '0.5'),
  factor({
    id: 'tkm',
    family: 'transport',
    unit: 't.km',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.1' }],
  }),
  factor({
    id: 'vkm',
    family: 'transport',
    unit: 'vehicle.km',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.9' }],
  }),
  factor({
    id: 'pkm',
    family: 'travel',
    unit: 'passenger.km',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.15' }],
  }),
  factor({
    id: 'wtkm',
    family: 'transport',
    unit: '1e4t.km',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '1000' }],
  }),
  factor({
    id: 'ncv',
    family: 'combustion',
    unit: 'TJ{NCV}',
    flows: [
      { kind: 'fossil', gas: 'CO2', kg: '95000' },
      { kind: 'fossil', gas: 'CH4', kg: '1' },
      { kind: 'fossil', gas: 'N2O', kg: '1.5' },
    ],
  }),
  factor({ id: 'dies', family: 'combustion', unit: 't', gasesNotCovered: ['CH4', 'N2O'] }),
  factor({
    id: 'gasvol',
    family: 'combustion',
    unit: '1e4m3',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '21000' }],
  }),
  factor({
    id: 'bio',
    family: 'combustion',
    unit: 't',
    flows: [
      { kind: 'biogenic', gas: 'CO2', kg: '1800' },
      { kind: 'biogenic', gas: 'CH4', kg: '5' },
      { kind: 'fossil', gas: 'N2O', kg: '0.1' },
      { kind: 'pollutant', gas: 'SO2-per-percent-sulphur', kg: '19' },
    ],
  }),
  factor({
    id: 'heat',
    family: 'heat',
    category: 'heat',
    unit: 'GJ',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '110' }],
  }),
  co2eFactor({ id: 'usd', family: 'spend-based', unit: 'USD{2022}', year: 2022 }, '0.3'),
  co2eFactor({ id: 'cny', family: 'spend-based', unit: '1e4CNY', year: 2021 }, '800'),
  factor({
    id: 'blendf',
    family: 'fugitive',
    unit: 'piece',
    flows: [{ kind: 'fossil', gas: 'R-417A', kg: '0.3' }],
  }),
  factor({
    id: 'td',
    family: 'transmission-and-distribution',
    unit: 'kWh',
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.03' }],
  }),
]
const tables = [table('t', factors, [diesel, naturalGas, byMass])]

type Line = ActivityLine

const cases: Readonly<Record<string, readonly Line[]>> = {
  qty: [{ id: 'a', category: 'purchased-electricity', factor: { id: 'cn' }, quantity: q('123.4', 'MWh') }],
  aliasQty: [
    { id: 'a', category: 'purchased-electricity', factor: { id: 'cn' }, quantity: q('123.4', '万度') },
  ],
  meter: [
    {
      id: 'a',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      meter: {
        unit: 'kWh',
        meters: [
          {
            serial: '=m"1',
            multiplier: '80',
            digits: 5,
            readings: [
              { date: '2023-01-01', value: '99990.5' },
              { date: '2023-07-01', value: '10.25' },
            ],
          },
          {
            serial: 'm2',
            multiplier: '1',
            readings: [
              { date: '2023-07-01', value: '0' },
              { date: '2024-01-01', value: '1e3' },
            ],
          },
        ],
      },
    },
  ],
  meterApp: [
    {
      id: 'a',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      apportion: 'by-days',
      meter: {
        unit: 'kWh',
        meters: [
          {
            serial: 'm1',
            multiplier: '80',
            readings: [
              { date: '2022-12-20', value: '0' },
              { date: '2024-01-10', value: '1000' },
            ],
          },
        ],
      },
    },
  ],
  stock: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel' },
      stock: { unit: 't', opening: '1', received: '10.3', passedOn: '0.2', closing: '2' },
    },
  ],
  stockDensity: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel' },
      density: q('0.84', 'kg/L'),
      quantity: q('1234', 'L'),
    },
  ],
  fuelGas: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'natural-gas' },
      quantity: q('12345', 'm3'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  fuelEnergy: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel' },
      quantity: q('12', 'tce{NCV}'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  fuelMass: [
    { id: 'a', category: 'stationary-combustion', fuel: { id: 'coalmass' }, quantity: q('10', 't') },
  ],
  fuelMassBesideNcv: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'coalmass' },
      quantity: q('10', 't'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  fuelMassBesideDensity: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'coalmass', netCalorificValue: q('35', 'MJ/L') },
      density: q('0.84', 'kg/L'),
      quantity: q('10', 't'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  fuelMeasuredKcal: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel', netCalorificValue: q('10000', 'kcal/kg'), carbonContent: q('0.0202', 'kgC/GJ') },
      quantity: q('10', 't'),
    },
  ],
  fuelAliasKcal: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel', netCalorificValue: q('10000', '大卡/千克') },
      quantity: q('10', 't'),
    },
  ],
  fuelAliasTJGg: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'diesel', netCalorificValue: q('42', 'TJ/Gg') },
      quantity: q('10', 't'),
    },
  ],
  fuelAliasWan: [
    {
      id: 'a',
      category: 'stationary-combustion',
      fuel: { id: 'natural-gas', netCalorificValue: q('389', 'GJ/万m³') },
      quantity: q('10', '万m³'),
    },
  ],
  factorNcvKcal: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'ncv' },
      netCalorificValue: q('5000', 'kcal/kg'),
      quantity: q('10', 't'),
    },
  ],
  factorNcvAlias: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'ncv' },
      netCalorificValue: q('42', 'TJ/Gg'),
      quantity: q('10', 't'),
    },
  ],
  factorNcvGJ: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'ncv' },
      netCalorificValue: q('42', 'GJ/t'),
      quantity: q('10', 't'),
    },
  ],
  factorNcvDensity: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'ncv' },
      netCalorificValue: q('42', 'GJ/t'),
      density: q('0.84', 'kg/L'),
      quantity: q('10', 'kL'),
    },
  ],
  factorNcvMcal: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'ncv' },
      netCalorificValue: q('9000', 'Mcal/t'),
      quantity: q('10', 't'),
    },
  ],
  dieselBeside: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'dies' },
      netCalorificValue: q('42', 'GJ/t'),
      quantity: q('10', 't'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  dieselBesideKcal: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'dies' },
      netCalorificValue: q('10000', 'kcal/kg'),
      quantity: q('10', 't'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  dieselVolBeside: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'dies' },
      density: q('0.84', 't/m3'),
      netCalorificValue: q('42', 'GJ/t'),
      quantity: q('10', 'kL'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  bio: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'bio' },
      sulphurPercent: '0.8',
      quantity: q('10', 't'),
    },
  ],
  tkm: [
    {
      id: 'a',
      category: 'upstream-transportation-and-distribution',
      factor: { id: 'tkm' },
      quantity: q('10000', 'kg'),
      distance: q('100', 'mi'),
    },
  ],
  wtkm: [
    {
      id: 'a',
      category: 'upstream-transportation-and-distribution',
      factor: { id: 'wtkm' },
      quantity: q('10000', 'kg'),
      distance: q('100', '公里'),
      transport: { distanceBasis: 'great-circle', distanceAdjustment: '1.1' },
    },
  ],
  vkmMass: [
    {
      id: 'a',
      category: 'upstream-transportation-and-distribution',
      factor: { id: 'vkm' },
      quantity: q('1000000', 'kg'),
      distance: q('100', 'km'),
      transport: {
        payload: q('18', 't'),
        loadFactor: '0.6',
        emptyReturn: '0.5',
        distanceBasis: 'shortest-feasible',
        distanceAdjustment: '1.05',
      },
    },
  ],
  vkmVeh: [
    {
      id: 'a',
      category: 'upstream-transportation-and-distribution',
      factor: { id: 'vkm' },
      quantity: q('7', 'vehicle'),
      distance: q('100', 'km'),
      transport: { emptyReturn: '0.3' },
    },
  ],
  vkmDirect: [
    {
      id: 'a',
      category: 'upstream-transportation-and-distribution',
      factor: { id: 'vkm' },
      quantity: q('7000', '车公里'),
    },
  ],
  pkm: [
    {
      id: 'a',
      category: 'business-travel',
      factor: { id: 'pkm' },
      quantity: q('7', 'passenger'),
      distance: q('100', 'nmi'),
    },
  ],
  steam: [
    {
      id: 'a',
      category: 'purchased-heat',
      factor: { id: 'heat' },
      quantity: q('70000', 'kg'),
      enthalpy: q('660', 'kcal/kg'),
    },
  ],
  steam2: [
    {
      id: 'a',
      category: 'purchased-heat',
      factor: { id: 'heat' },
      quantity: q('70', 't'),
      enthalpy: q('2.76', 'GJ/t'),
    },
  ],
  cooling: [
    {
      id: 'a',
      category: 'purchased-cooling',
      factor: { id: 'cn' },
      coefficientOfPerformance: '4.2',
      quantity: q('7000', 'ton_hour'),
    },
  ],
  gasBal: [
    {
      id: 'a',
      category: 'fugitive-emissions',
      gas: 'R-417A',
      gasBalance: { unit: 'kg', opening: '10', purchased: '5', returned: '1', closing: '2', newCharge: '-3' },
    },
  ],
  gasAlias: [{ id: 'a', category: 'fugitive-emissions', gas: 'R-134a', quantity: q('500', 'g') }],
  ch4: [
    { id: 'a', category: 'fugitive-emissions', gas: 'CH4-other', quantity: q('500', 'g') },
    { id: 'b', category: 'fugitive-emissions', gas: 'CH4-fossil-fugitive', quantity: q('500', 'g') },
  ],
  leak: [
    {
      id: 'a',
      category: 'fugitive-emissions',
      gas: 'R-410A',
      leakage: { unit: 'kg', charge: '10', annualRate: '0.05' },
    },
  ],
  leakTop: [
    {
      id: 'a',
      category: 'fugitive-emissions',
      gas: 'R-410A',
      period: { start: '2023-01-01', end: '2023-07-01' },
      leakage: { unit: 'kg', charge: '10', toppedUp: '1.3', days: '400' },
    },
  ],
  leakTop0: [
    {
      id: 'a',
      category: 'fugitive-emissions',
      gas: 'R-410A',
      leakage: { unit: 'kg', charge: '10', toppedUp: '0', days: '400' },
    },
  ],
  blendFactor: [
    { id: 'a', category: 'fugitive-emissions', factor: { id: 'blendf' }, quantity: q('3', '台') },
  ],
  use: [
    {
      id: 'a',
      category: 'use-of-sold-products',
      factor: { id: 'cn' },
      quantity: q('3', '1e4piece'),
      use: { consumption: q('1.2', 'kWh'), times: '1000' },
    },
  ],
  useAttr: [
    {
      id: 'a',
      category: 'use-of-sold-products',
      factor: { id: 'cn' },
      attribution: '0.4',
      quantity: q('3', '1e4piece'),
      use: { consumption: q('1.2', 'MJ'), times: '1000' },
    },
  ],
  spend: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', '1e4CNY'),
      spend: { year: 2023, priceIndex: '0.97', exchangeRate: '0.14', source: 'x' },
    },
  ],
  spendAlias: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', '万元'),
      spend: { year: 2023, priceIndex: '0.97', exchangeRate: '0.14', source: 'x' },
    },
  ],
  spendUsd: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', '1e4USD'),
      spend: { year: 2023, priceIndex: '0.97' },
    },
  ],
  spendUsd22: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', 'USD{2022}'),
    },
  ],
  spendUsd19: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', 'USD{2019}'),
      spend: { year: 2019, priceIndex: '1.1' },
    },
  ],
  spendCny: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'cny' },
      quantity: q('12', '万元'),
      spend: { year: 2021 },
    },
  ],
  spendCny2: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'cny' },
      quantity: q('120000', '元'),
      spend: { year: 2023, priceIndex: '0.97' },
    },
  ],
  spendCny3: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'cny' },
      quantity: q('120000', 'CNY'),
      spend: { year: 2023, priceIndex: '0.97' },
    },
  ],
  own: [
    { id: 'a', category: 'self-generated-electricity', attributes: 'kept', quantity: q('12', 'MWh') },
    { id: 'b', category: 'self-generated-electricity', attributes: 'sold', quantity: q('12', 'MWh') },
  ],
  exported: [
    { id: 'a', category: 'exported-electricity', factor: { id: 'cn' }, quantity: q('12', 'MWh') },
    { id: 'b', category: 'purchased-electricity', factor: { id: 'cn' }, quantity: q('15', 'MWh') },
    { id: 'c', category: 'resold-electricity', factor: { id: 'cn' }, partOf: 'b', quantity: q('5000', '度') },
  ],
  parts: [
    { id: 'main', category: 'purchased-electricity', factor: { id: 'cn' }, quantity: q('100', 'MWh') },
    {
      id: 'p1',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      partOf: 'main',
      attribution: '0.5',
      quantity: q('30000', 'kWh'),
    },
    { id: 'p2', category: 'resold-electricity', factor: { id: 'cn' }, partOf: 'p1', quantity: q('36', 'GJ') },
    {
      id: 'p3',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      partOf: 'main',
      apportion: 'by-days',
      period: { start: '2023-12-01', end: '2024-02-01' },
      quantity: q('3', 'MWh'),
    },
  ],
  partsAll: [
    { id: 'main', category: 'purchased-electricity', factor: { id: 'cn' }, quantity: q('0.3', 'MWh') },
    {
      id: 'p1',
      category: 'resold-electricity',
      factor: { id: 'cn' },
      partOf: 'main',
      quantity: q('0.1', 'MWh'),
    },
    {
      id: 'p2',
      category: 'resold-electricity',
      factor: { id: 'cn' },
      partOf: 'main',
      quantity: q('200', 'kWh'),
    },
  ],
  app: [
    {
      id: 'a',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      apportion: 'by-days',
      period: { start: '2022-12-10', end: '2023-01-10' },
      quantity: q('100', 'MWh'),
    },
  ],
  mass2vol: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'gasvol' },
      density: q('0.7', 'kg/m³'),
      quantity: q('10', 't'),
    },
  ],
  month: [
    {
      id: 'a',
      facility: 'F*',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      period: { start: '2023-01-01', end: '2023-02-01' },
      quantity: q('100', 'MWh'),
    },
    {
      id: 'b',
      facility: 'FF',
      category: 'purchased-electricity',
      factor: { id: 'cn' },
      quantity: q('100', 'MWh'),
      period: { start: '2023-01-01', end: '2024-01-01' },
    },
  ],
  invest: [
    {
      id: 'a',
      category: 'investments',
      attribution: '0.2',
      investee: 'x',
      factor: { id: 'cn' },
      quantity: q('100', 'MWh'),
    },
  ],
  volumeWithNcvForMass: [
    {
      id: 'a',
      category: 'stationary-combustion',
      factor: { id: 'dies' },
      density: q('0.84', 't/m3'),
      netCalorificValue: q('10000', 'kcal/kg'),
      quantity: q('10', 'kL'),
      beside: [{ id: 'ncv', gases: ['CH4', 'N2O'] }],
    },
  ],
  spendIndexIdle: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'cny' },
      quantity: q('12', '1e4CNY'),
      spend: { year: 2021 },
    },
  ],
  spendFull: [
    {
      id: 'a',
      category: 'purchased-goods-and-services',
      factor: { id: 'usd' },
      quantity: q('12', '1e4CNY'),
      spend: { year: 2022, exchangeRate: '0.14', source: 'x' },
    },
  ],
  emptyReturnForOneOfTwo: [
    {
      ...{ id: 'a', category: 'upstream-transportation-and-distribution', factor: { id: 'tkm' } },
      ...{ quantity: q('36', 't'), distance: q('100', 'km') },
      transport: { payload: q('18', 't'), loadFactor: '0.5', emptyReturn: '1' },
      beside: [{ id: 'vch4', gases: ['CH4'] }],
    },
  ],
  smallNumbers: [
    {
      id: 'a',
      category: 'fugitive-emissions',
      gas: 'R-410A',
      leakage: { unit: 'kg', charge: '1e-7', toppedUp: '1e-8', days: '400' },
    },
  ],
}

/** Worked out by hand, kg CO2e. */
const figures: Readonly<Record<string, number>> = {
  // 123.4 MWh × 1000 × 0.5.
  qty: 61_700,
  // 10 t × 5000 kcal/kg = 50e6 kcal × 4.1868e-9 TJ = 0.20934 TJ × (95000 + 27 × 1 + 273 × 1.5 = 95436.5).
  factorNcvKcal: 0.20934 * 95_436.5,
  // 42 TJ/Gg is 42 GJ/t: 10 t × 42 = 420 GJ = 0.42 TJ × 95436.5.
  factorNcvAlias: 0.42 * 95_436.5,
  // 10 kL × 0.84 t/m3 = 8.4 t × 3000; and 8.4 t × 10000 kcal/kg × 4.1868e-9 TJ × (27 × 1 + 273 × 1.5), in TJ: 0.35169120.
  volumeWithNcvForMass: 8.4 * 3000 + 0.3516912 * 436.5,
  // 10 t × 0.5 tC/t = 5000 kgC × 0.98 × 44 ÷ 12; and 0.20934 TJ × 436.5 beside.
  fuelMassBesideNcv: (5000 * 0.98 * 44) / 12 + 0.20934 * 436.5,
  // 120,000 CNY of 2021, the factor's own year: 12 × 800.
  spendCny: 9600,
  // The prices are of the factor's year: only the rate. 120,000 × 0.14 × 0.3.
  spendFull: 5040,
  // 36 t × 100 km × 0.1; and 36 ÷ (18 × 0.5) = 4 vehicles × 100 km × 2 with the way back × 0.01 × 27 beside.
  emptyReturnForOneOfTwo: 360 + 216,
  // 10000 kcal/kg × 10 t = 418.68 GJ × 20.2 kgC/GJ × 0.98 × 44 ÷ 12.
  fuelAliasKcal: (418.68 * 20.2 * 0.98 * 44) / 12,
}

const consolidation: Consolidation = {
  approach: 'equity-share',
  changeOption: 'from-date',
  entities: [
    { id: 'G', name: { en: 'G', zh: null } },
    {
      id: 'S',
      name: { en: 'S', zh: null },
      holdings: [{ by: 'G', equityShare: '0.6', financialControl: 'none', operationalControl: false }],
    },
  ],
  facilities: [{ id: 'f1', name: { en: 'f1', zh: null }, entity: 'S' }],
}

/** Each unit as people write it, where there is another way than its code. */
const writtenAs = new Map(Object.entries(unitAliases).map(([written, code]) => [code, written] as const))

function spelled<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(spelled) as Value
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [
    name,
    name === 'unit' ? (writtenAs.get(member as string) ?? member) : spelled(member),
  ])
  return Object.fromEntries(members) as Value
}

function sourceOf(lines: readonly Line[], given: Partial<InventoryInput> = {}): PaperSource {
  const input = canonicalInput(inventory(lines, tables, given)) as InventoryInput
  const { result } = presentResult(calculate(input, { tables, gwpSet: ar6 }))
  return {
    ...{ title: 'Paper', period: input.period, lines: input.lines, result, tables, gwpSet: ar6 },
    ownFactors: [],
    categoryName: (category) => `the category ${category}`,
  }
}

const { sheets, agrees } = wordsOf('en')

function near(found: unknown, wanted: number): boolean {
  return Math.abs(Number(found) - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))
}

/** What of a paper is not as the engine has it. */
function differences(source: PaperSource): readonly string[] {
  const paper = workingPaper(source, 'en')
  const book = new Spreadsheet(paper)
  const differing = (sheet: string, formula: number, recorded: number) =>
    book
      .rows(sheet)
      .filter((row) => !near(row[formula], Number(row[recorded])))
      .map((row) => `${sheet}: ${row[0]} ${row[1]}: ${row[formula]}, recorded ${row[recorded]}`)
  const amounts = source.result.lines
    .filter(
      ({ activity }, row) => !near(book.at(sheets.lines, lineColumn.amount, row), Number(activity.amount)),
    )
    .map(({ id }) => `the amount of ${id}`)
  const beside = paper.flatMap(({ name, rows }) =>
    rows.flatMap((cells, row) =>
      cells.flatMap((cell, column) => {
        if (typeof cell !== 'object' || cell === null || typeof cell.value !== 'number') return []
        return near(book.at(name, column, row), cell.value)
          ? []
          : [`${name} ${column},${row} beside its formula`]
      }),
    ),
  )
  const checks = book
    .rows(sheets.summary)
    .filter((row) => row[summaryColumn.check] !== agrees)
    .map((row) => `the check of ${row[1]}`)
  return [
    ...differing(sheets.lines, lineColumn.kgCo2e, lineColumn.recorded),
    ...differing(sheets.gases, gasColumn.kgCo2e, gasColumn.recorded),
    ...differing(sheets.scope2, scope2Column.kgCo2e, scope2Column.recorded),
    ...differing(sheets.summary, summaryColumn.formula, summaryColumn.recorded),
    ...amounts,
    ...beside,
    ...checks,
  ]
}

describe.each(Object.entries(cases))('the way %s', (name, lines) => {
  test('is the engine’s, in codes, in Chinese spellings and with a share', () => {
    const source = sourceOf(lines)
    expect(differences(source)).toEqual([])
    expect(differences(sourceOf(spelled(lines)))).toEqual([])
    if (name !== 'month' && name !== 'invest') {
      const held = lines.map((line) => ({ ...line, facility: 'f1' }))
      expect(differences(sourceOf(held, { consolidation }))).toEqual([])
    }
    const figure = figures[name]
    if (figure !== undefined) expect(near(source.result.total, figure)).toBe(true)
  })
})
