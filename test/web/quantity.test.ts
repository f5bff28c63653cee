import { describe, expect, test } from 'vitest'
import { dayInChina, lastDay, writeAmount, writeGas, writeShare, writeUnit } from '../../src/web/quantity.ts'

const space = '\u202f'
const minus = '\u2212'

describe('amounts for people', () => {
  test('keep every digit and set thousands apart', () => {
    expect(writeAmount('1234567.8900')).toBe(`1${space}234${space}567.8900`)
    expect(writeAmount('-9120')).toBe(`${minus}9${space}120`)
    expect(writeAmount('100')).toBe('100')
    expect(writeAmount('0.0001234')).toBe('0.0001234')
  })

  test('carry their unit’s and gas’s signs, and leave trade names alone', () => {
    expect(writeUnit('tCO2e')).toBe('t CO₂e')
    expect(writeUnit('piece')).toBe('piece')
    expect(['CO2', 'N2O', 'C3F8', 'R-410A', 'HFC-134a'].map(writeGas)).toEqual([
      'CO₂',
      'N₂O',
      'C₃F₈',
      'R-410A',
      'HFC-134a',
    ])
  })
})

describe('shares in percent', () => {
  test('move the point by two places, exactly', () => {
    // 0.0123456789 × 100 = 1.23456789; in doubles it would be 1.2345678900000001.
    expect(writeShare('0.0123456789')).toBe(`1.23456789${space}%`)
    expect(writeShare('0.05')).toBe(`5${space}%`)
    expect(writeShare('0.7176')).toBe(`71.76${space}%`)
    expect(writeShare('1')).toBe(`100${space}%`)
    expect(writeShare('0')).toBe(`0${space}%`)
    expect(writeShare('-0.5')).toBe(`${minus}50${space}%`)
  })
})

describe('days', () => {
  test('are those of China: 16:00 UTC is the next day there', () => {
    expect(dayInChina('2026-11-19T15:59:59Z')).toBe('2026-11-19')
    expect(dayInChina('2026-11-19T16:00:00Z')).toBe('2026-11-20')
  })

  test('end a period the day before its end', () => {
    expect(lastDay('2026-01-01')).toBe('2025-12-31')
    expect(lastDay('2024-03-01')).toBe('2024-02-29')
  })
})
