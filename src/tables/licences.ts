/**
 * The rule `licence`: whether a version may be passed on is decided by terms from a closed list, never by silence. Versions frozen
 * before the terms were asked for are read by the name of their licence; a new version may use such a name, or states its terms.
 */

import { type Fault, type Licence, type LicenceTerms, licenceTerms } from './format.ts'

/** Terms under which bytes may go to strangers, none of whose own work is bound by them. */
const passedOnUnder: readonly LicenceTerms[] = ['public-domain', 'attribution']

/** Licences known by name. Counsel has confirmed none of these readings; each table's `licence.note` says how far it is sure. */
const termsByName: ReadonlyMap<string, LicenceTerms> = new Map<string, LicenceTerms>([
  ['Open Government Licence v3.0', 'attribution'],
  ['Creative Commons Attribution 4.0 International (CC BY 4.0)', 'attribution'],
  ['Chinese government announcements (official documents)', 'public-domain'],
  ['Chinese government documents and national standards; values as facts', 'public-domain'],
  ['Values as facts; transcription CC0 1.0', 'public-domain'],
  ['IPCC and IGES copyright; values carried over as facts with attribution', 'unclear'],
  ['Not stated in what was retrieved', 'unclear'],
])

/** Names of licences that bind whoever builds on the work. */
const shareAlike = /\bshare-?\s?alike\b|\bBY-(?:NC-)?SA\b|\bODbL\b|\bGPL\b/i
/** Names of licences that keep some users or uses out. */
const restricted = /\bnon-?commercial\b|\bno-?deriv\w*|\bBY-N[CD]\b/i

/**
 * The terms of a licence: as stated, else as its name is known to mean; `null` where neither says.
 * A table without known terms is not passed on, and schemes refuse it unless they name it.
 */
export function termsOf({ terms, name }: Licence): LicenceTerms | null {
  return terms ?? termsByName.get(name) ?? null
}

/** What a version's licence lacks or contradicts, by JSON pointer in the file that states it. */
export function licenceFaults(
  file: string,
  licence: Licence,
  sources: readonly { readonly licence: string }[],
): readonly Fault[] {
  const fault = (column: string, message: string): Fault => {
    return { file, row: null, column, rule: 'licence', message }
  }
  const terms = termsOf(licence)
  if (terms === null) {
    return [
      fault(
        '/licence/terms',
        `write terms: ${licenceTerms.join(', ')}; nothing tells those of "${licence.name}"`,
      ),
    ]
  }
  const contradiction = contradictionOf(licence, terms)
  if (contradiction !== null) return [fault('/licence/terms', contradiction)]
  if (!licence.redistributable) return []
  if (!passedOnUnder.includes(terms)) {
    const message = `only ${passedOnUnder.join(' or ')} may be passed on, not ${terms}; write redistributable: false`
    return [fault('/licence/redistributable', message)]
  }
  return sources.flatMap((source, at) => {
    if (!shareAlike.test(source.licence)) return []
    const message =
      'a source asks for share-alike; write redistributable: false, or give its rows a table of their own'
    return [fault(`/sources/${at}/licence`, message)]
  })
}

/** Stated terms against what the licence's name says by itself. */
function contradictionOf({ name }: Licence, terms: LicenceTerms): string | null {
  const known = termsByName.get(name)
  if (known !== undefined && known !== terms) return `"${name}" is ${known}, not ${terms}`
  if (!passedOnUnder.includes(terms)) return null
  if (shareAlike.test(name)) return `"${name}" asks for share-alike; write terms: share-alike`
  if (restricted.test(name)) return `"${name}" does not allow every use; write terms: unclear`
  return null
}
