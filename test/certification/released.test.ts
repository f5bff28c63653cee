import { describe, expect, test } from 'vitest'
import { faults, releasedDigests, schemeTexts } from '../../scripts/schemes-check.ts'

describe('released schemes', () => {
  test('are as they were released', () => {
    expect(faults(schemeTexts(), releasedDigests())).toEqual([])
  })

  const [[name, text] = ['', '']] = schemeTexts()

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

  test('may be reformatted: the digest is of the canonical form', () => {
    const reformatted = new Map([[name, JSON.stringify(JSON.parse(text))]])
    expect(faults(reformatted, { [name]: releasedDigests()[name] ?? '' })).toEqual([])
  })
})
