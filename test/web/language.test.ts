import { describe, expect, test } from 'vitest'
import { chooseLanguage } from '../../src/web/language.ts'

const choose = (accept: string | undefined, query?: string, cookie?: string) =>
  chooseLanguage({ accept, query, cookie })

describe('the language a page opens in', () => {
  test('is Chinese where the request says nothing that we have', () => {
    expect(choose(undefined)).toBe('zh')
    expect(choose('*')).toBe('zh')
    expect(choose('fr-FR, de;q=0.8')).toBe('zh')
    expect(choose(';;;q=,zh;q=x')).toBe('zh')
  })

  test('follows the highest quality of Accept-Language', () => {
    expect(choose('en-GB,en;q=0.9,zh-CN;q=0.8')).toBe('en')
    expect(choose('en;q=0.3, zh-Hans-CN;q=0.7')).toBe('zh')
    expect(choose('zh;q=0, en;q=0.1')).toBe('en')
  })

  test('was chosen before, or is asked for in the address, above all', () => {
    expect(choose('zh', undefined, 'en')).toBe('en')
    expect(choose('en', 'zh', 'en')).toBe('zh')
    expect(choose('en', '<script>', 'xx')).toBe('en')
  })
})
