import { expect, test } from 'vitest'
import { renderResult } from '../../src/web/document/result.ts'
import { makeIssuer, organizationStatement } from './credentials.ts'

const issuer = await makeIssuer('https://egret.test', 'strait')
const { credentialSubject: plain } = organizationStatement(issuer, 'https://egret.test', 'x')

test('breakdowns that a holder added stand in words, in both languages, with the unit', () => {
  const tonnes = (amount: string) => ({ amount, unit: 'tCO2e' as const })
  const shown = String(
    renderResult({
      ...plain,
      result: {
        ...plain.result,
        byIsoCategory: [{ isoCategory: '2', ...tonnes('13242.31') }],
        byCategory: [{ category: 'purchased-electricity', ...tonnes('13242.31') }],
        byGas: [
          { gasGroup: 'CO2', ...tonnes('18000.00') },
          { gasGroup: 'CO2e', ...tonnes('452.37') },
        ],
        bySite: [{ label: { zh: '海沧工厂' }, ...tonnes('1.00') }],
      },
    }),
  )
  for (const words of [
    '2 输入能源 13 242.31',
    '外购电力 13 242.31',
    'purchased electricity 13 242.31',
    'CO₂ 18 000.00 · 来源未分解的 CO₂e CO₂e that the source does not take apart 452.37',
    '海沧工厂 1.00',
  ]) {
    expect(shown.replaceAll(/<[^>]+>/g, '').replaceAll(/[\u2009\u202f\u00a0,]/g, ' ')).toContain(words)
  }
  expect(shown.match(/CO₂ 18/g)).toHaveLength(1)
})

test('what nobody chose to show leaves no empty field', () => {
  expect(String(renderResult(plain))).not.toContain('按气体')
})
