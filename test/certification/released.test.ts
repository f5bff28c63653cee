import { describe, expect, test } from 'vitest'
import { faults, releasedDigests, schemeTexts } from '../../scripts/schemes-check.ts'

describe('released schemes', () => {
  test('are as they were released', () => {
    expect(faults(schemeTexts(), releasedDigests())).toEqual([])
  })

  const name = 'egret-development/1.0'
  const text = schemeTexts().get(name) ?? ''

  test('are found out when a rule changes under the same version', () => {
    const changed = new Map([[name, text.replace('"exclusionMax": "0.2"', '"exclusionMax": "0.3"')]])
    const [fault] = faults(changed, { [name]: releasedDigests()[name] ?? '' })
    expect(fault).toContain('make a new version')
  })

  test('are found out when a file is gone, stands in another folder, or is no scheme', () => {
    expect(faults(new Map(), { [name]: 'sha256:00' })).toEqual([`${name} is released and its file is gone`])
    expect(faults(new Map([['other/1.0', text]]), {})[0]).toContain('names itself')
    expect(faults(new Map([[name, '{}']]), {})).toHaveLength(1)
  })

  const newer = JSON.parse(schemeTexts().get('egret-development/1.1') ?? '')
  const faultsWith = (factorTables: readonly object[]) => {
    const changed = JSON.stringify({ ...newer, version: '9.9', factorTables })
    return faults(new Map([['egret-development/9.9', changed]]), {})
  }
  const reason = { en: 'On purpose.', zh: '有意为之。' }

  test('are found out when they name a table of an unclear or share-alike licence without a reason', () => {
    const unclear = { table: 'cn-cpcd-core', versions: 'all' }
    expect(faultsWith([unclear])).toEqual([
      'egret-development/9.9 names cn-cpcd-core (unclear) without a reason',
    ])
    const shareAlike = { table: 'world-electricity-ember', versions: 'all' }
    expect(faultsWith([shareAlike])[0]).toContain('(share-alike) without a reason')
    expect(faultsWith([{ ...unclear, reason }])[0]).toContain('no released digest')
    expect(faultsWith([{ table: 'cn-fuel', versions: 'all' }])[0]).toContain('no released digest')
  })

  test('are found out when they name a table that is not here', () => {
    expect(faultsWith([{ table: 'cn-feul', versions: 'all' }])).toEqual([
      'egret-development/9.9 names the factor table cn-feul, which is not here',
    ])
  })

  test('are drafts only where they are named as such, must read even so, and are none once released', () => {
    const draft = new Map([['egret-development/9.9', JSON.stringify({ ...newer, version: '9.9' })]])
    const named = (texts: ReadonlyMap<string, string>, released = {}) =>
      faults(texts, released, undefined, ['egret-development/9.9'])
    expect(named(draft)).toEqual([])
    expect(faults(draft, {})[0]).toContain('no released digest')
    expect(named(new Map([['egret-development/9.9', '{}']]))).toHaveLength(1)
    expect(named(draft, { 'egret-development/9.9': 'sha256:00' })).toEqual([
      'egret-development/9.9 is released, and no draft any more',
    ])
  })

  test('may be reformatted: the digest is of the canonical form', () => {
    const reformatted = new Map([[name, JSON.stringify(JSON.parse(text))]])
    expect(faults(reformatted, { [name]: releasedDigests()[name] ?? '' })).toEqual([])
  })
})
