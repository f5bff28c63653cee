/**
 * Every reason Egret refuses, in one closed list. A code is published as the problem type `…/problems/<code>` (RFC 9457),
 * has a page of its own under `docs/problems/`, and is never given another meaning.
 */

interface Kind {
  readonly status: number
  readonly title: string
}

export const problems = {
  // The request itself
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'malformed-csv': { status: 400, title: 'The body is not valid CSV' },
  'malformed-workbook': { status: 400, title: 'The workbook cannot be read as activity data' },
  'duplicate-key': { status: 400, title: 'A JSON object names the same member twice' },
  'nesting-too-deep': { status: 400, title: 'The body is nested too deeply' },
  'body-too-large': { status: 413, title: 'The body is larger than this operation accepts' },
  'unsupported-media-type': { status: 415, title: 'The operation does not read this media type' },
  'invalid-request': { status: 400, title: 'A field of the request is missing or wrong' },
  'not-found': { status: 404, title: 'There is no such resource' },
  'method-not-allowed': { status: 405, title: 'The resource does not answer this method' },
  'too-many-items': { status: 400, title: 'The request holds more items than this operation accepts' },

  // Who may call
  unauthorized: { status: 401, title: 'A valid access token is needed' },
  'invalid-client': { status: 401, title: 'The client id or secret is wrong' },
  'client-unconfirmed': { status: 400, title: 'The client is not confirmed by its organization yet' },
  'insufficient-scope': { status: 403, title: 'The access token lacks a scope this operation needs' },
  'role-required': { status: 403, title: 'The member lacks the role this operation needs' },
  'member-required': { status: 403, title: 'This is a personal act: the client must be bound to a member' },

  // Writing
  'stale-state': { status: 409, title: 'Someone else changed the resource first' },
  'precondition-failed': { status: 412, title: 'The resource is no longer the one If-Match names' },
  'precondition-required': { status: 428, title: 'If-Match is needed to change this resource' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used with another request' },
  'already-exists': { status: 409, title: 'Such a resource exists already' },
  'invalid-transition': { status: 409, title: 'The state does not allow this move' },
  'person-on-both-sides': { status: 409, title: 'One person would stand on both sides of an engagement' },
  'not-independent': { status: 409, title: 'The reviewer or decision maker took part in the verification' },
  'opinion-inconsistent': { status: 409, title: 'The opinion does not fit the findings or what was agreed' },
  'finding-open': { status: 409, title: 'A finding is still open' },
  'finding-overdue': { status: 409, title: 'A major nonconformity was not closed in time' },
  'factor-table-not-accepted': { status: 409, title: 'The team has not accepted a private factor table' },
  'paper-missing': { status: 409, title: 'A working paper that the scheme asks for is not on file' },
  'evidence-missing': { status: 409, title: 'Lines lack the evidence that the scheme asks for' },
  'competence-missing': { status: 409, title: 'No competence is recorded for this role and sector' },
  'accreditation-missing': {
    status: 409,
    title: 'No accreditation or approval of the body covers the document',
  },
  'revision-frozen': { status: 409, title: 'A submitted revision cannot be changed' },
  'unknown-base-year': { status: 422, title: 'The base year is no submitted inventory of the organization' },
  'not-comparable': { status: 409, title: 'The two results cannot be compared' },
  'footprint-incomplete': { status: 409, title: 'The footprint lacks something it needs before this step' },

  'limit-reached': { status: 409, title: 'The organization has as many of these as it may' },
  'too-many-cases': { status: 429, title: 'As many cases wait as are taken in at once' },

  // Green electricity certificates
  'certificate-already-claimed': { status: 409, title: 'A green certificate is claimed already' },
  'certificate-expired': { status: 422, title: 'A green certificate is used after its validity' },
  'certificate-dates-invalid': {
    status: 422,
    title: 'The dates of a retirement contradict each other or its use',
  },
  'certificate-overallocated': {
    status: 409,
    title: 'More certificates would be allocated than the retirement holds',
  },
  'certificate-not-retired': {
    status: 409,
    title: 'A green certificate stands in no retirement of the organization',
  },
  'certificate-not-allocated': {
    status: 409,
    title: 'Fewer certificates are allocated to the footprint than it takes',
  },
  'certificate-in-use': { status: 409, title: 'Footprints rest on the certificates' },

  // Long work
  'too-many-jobs': { status: 429, title: 'The organization has as many jobs in work as it may' },
  'job-unfinished': { status: 409, title: 'The job has no result yet' },
  'job-without-result': { status: 409, title: 'The job ended without a result' },
  'job-result-removed': { status: 410, title: 'The result of the job is kept no longer' },
  'job-attempts-exhausted': {
    status: 500,
    title: 'The job was begun again too often without getting further',
  },
  'impact-not-possible': { status: 409, title: 'The version has no effect that could be computed' },

  // Activity data
  'invalid-number': { status: 422, title: 'A number is not one the calculation can use' },
  'negative-amount': { status: 422, title: 'An amount is negative where that is impossible' },
  'positive-uptake': { status: 422, title: 'An uptake or a removal is written as an emission' },
  'unknown-unit': { status: 422, title: 'The unit is not known' },
  'incompatible-dimension': { status: 422, title: 'The unit measures something else than the factor needs' },
  'density-missing': { status: 422, title: 'A volume becomes a mass only with a density' },
  'unknown-category': { status: 422, title: 'The activity category is not known for this kind of footprint' },
  'duplicate-id': { status: 422, title: 'Two items carry the same id' },
  'period-outside': { status: 422, title: 'A line lies outside the reporting period' },
  'period-invalid': { status: 422, title: 'A period does not end after it starts' },
  'month-missing': { status: 422, title: 'A month of the reporting period has no data' },
  'reading-falls': { status: 422, title: 'A later meter reading is lower than an earlier one' },
  'reading-gap': { status: 422, title: 'Between two meters there are days that nobody read' },
  'balance-negative': { status: 422, title: 'More is left than there was' },
  'unknown-line': { status: 422, title: 'A line names a line that does not exist' },
  'part-of-itself': { status: 422, title: 'A line stands behind its own meter' },
  'part-outside-whole': { status: 422, title: 'A part reaches beyond the line it is a part of' },
  'parts-exceed-whole': { status: 422, title: 'The parts of a line come to more than the line' },
  'line-ambiguous': { status: 422, title: 'A line must say exactly one way to weigh it' },
  'no-lines': { status: 422, title: 'The calculation has no activity data' },
  'property-missing': { status: 422, title: 'A property that the method needs is missing' },
  'property-out-of-range': { status: 422, title: 'A property lies outside its possible range' },

  // Whose activities count
  'unknown-entity': { status: 422, title: 'No entity of the consolidation has that id' },
  'unknown-facility': { status: 422, title: 'No facility of the consolidation has that id' },
  'reporting-entity-unclear': { status: 422, title: 'Not exactly one entity is held by nobody' },
  'holding-loop': { status: 422, title: 'Entities hold each other in a circle' },
  'holdings-over-whole': { status: 422, title: 'Holdings together are more than the whole' },
  'holdings-overlap': { status: 422, title: 'Two holdings of one holder overlap in time' },
  'not-held': { status: 422, title: 'The facility is not held at the time of the activity' },
  'share-changes': { status: 422, title: 'What a facility counts for changes during an activity' },
  'entity-counted-twice': { status: 422, title: 'An investment is counted as an entity already' },

  // Factors
  'unknown-factor-table': { status: 422, title: 'The factor-table version is not published' },
  'factor-table-withdrawn': { status: 422, title: 'The factor-table version has been withdrawn' },
  'unknown-factor': { status: 422, title: 'No factor matches' },
  'ambiguous-factor': { status: 422, title: 'More than one factor matches' },
  'gas-not-stated': { status: 422, title: 'The factor does not state the gas that is taken of it' },
  'gas-counted-twice': { status: 422, title: 'One gas would be counted by two factors of a line' },
  'no-greenhouse-gas': { status: 422, title: 'A factor of pollutants alone cannot weigh a line' },
  'wrong-family': { status: 422, title: 'The factor is of a family this category does not accept' },
  'factor-conveyed-only': {
    status: 422,
    title: 'The factor is what an instrument conveys, and weighs nothing else',
  },
  'unknown-fuel': { status: 422, title: 'No fuel matches' },
  'fuel-defaults-mixed': { status: 422, title: 'Fuel defaults of several sources stand in one inventory' },
  'wrong-fuel-defaults': {
    status: 422,
    title: 'Fuel defaults are of another source than the guideline asks for',
  },
  'transmission-counted-twice': {
    status: 422,
    title: 'Transmission is added to a factor that holds it already',
  },
  'instrument-criteria': { status: 422, title: 'A contractual instrument fails a quality criterion' },
  'instrument-exceeds-consumption': {
    status: 422,
    title: 'A contractual instrument covers more electricity than there is',
  },
  'unknown-instrument': { status: 422, title: 'No contractual instrument has this name' },
  'instrument-exceeded': {
    status: 422,
    title: 'Lines take more electricity of a contractual instrument than it is of',
  },
  'generation-factor-zero': { status: 422, title: 'Covered electricity of a product is never zero' },
  'transmission-missing': {
    status: 422,
    title: 'Covered electricity comes without its transmission',
  },
  'unknown-gwp-set': { status: 422, title: 'The GWP set is not published' },
  'gwp-missing': { status: 422, title: 'The GWP set lacks a gas' },
  'gwp-basis-mismatch': { status: 422, title: 'A stated CO2e cannot be restated on another GWP set' },
  'factor-table-invalid': { status: 422, title: 'The factor table breaks a rule' },
  'published-version-changed': { status: 409, title: 'A published version is never changed' },
  'row-gone': { status: 422, title: 'The newer version of the table has no such row' },
  'row-changed-kind': {
    status: 422,
    title: 'The newer version of the table means something else by the row',
  },
  'recomputation-differs': { status: 409, title: 'The certified figure is not what this engine computes' },

  // Product systems
  'unknown-process': { status: 422, title: 'A line names a process that does not exist' },
  'unknown-product': { status: 422, title: 'No process makes the product' },
  'product-not-offered': { status: 422, title: 'The process does not make the product' },
  'process-ambiguous': { status: 422, title: 'Several processes make the product' },
  'process-empty': { status: 422, title: 'A process has no line' },
  'allocation-missing': { status: 422, title: 'A process makes several products without an allocation' },
  'shares-not-whole': { status: 422, title: 'Parts do not come to their whole' },
  'property-unused': { status: 422, title: 'Something is stated that nothing would use' },
  'unconnected-process': { status: 422, title: 'A process is not reached from the declared unit' },
  'unknown-parameter': { status: 422, title: 'A line or a formula names a parameter that does not exist' },
  'parameter-invalid': { status: 422, title: 'A parameter is stated in a way that cannot be worked out' },
  'parameter-loop': { status: 422, title: 'Parameters rest on each other in a circle' },
  'parameter-unused': { status: 422, title: 'No line and no formula uses a parameter' },
  'unit-not-for-boundary': { status: 422, title: 'The boundary asks for another kind of unit' },
  'stage-missing': { status: 422, title: 'A stage within the boundary has no line' },
  'capital-goods-excluded': {
    status: 422,
    title: 'A line of capital goods stands where they are not counted',
  },
  'unknown-material': { status: 422, title: 'A line names a material that does not exist' },
  'recovery-over-whole': { status: 422, title: 'More of a material would be recovered than there is' },
  'material-mass-differs': { status: 422, title: 'The lines of one material speak of different masses' },
  'end-of-life-credit': { status: 422, title: 'A credit at the end of life that the method does not give' },
  'analysis-too-large': { status: 422, title: 'The analysis asks for more work than is done at once' },
  'singular-system': { status: 422, title: 'The product system has no unique solution' },
  'carbon-exceeds-mass': { status: 422, title: 'A product holds more carbon than it weighs' },

  // The year of a site
  'unknown-site-data': { status: 422, title: 'Something named is not among the site data' },
  'site-not-balanced': { status: 422, title: 'What a site states does not come to a whole' },
  'site-total-used-twice': { status: 422, title: 'A total of a site would count twice' },
  'site-total-of-another-product': {
    status: 422,
    title: 'A line takes a total of which nothing goes to its product',
  },
  'site-data-unused': { status: 422, title: 'Something stated of a site counts nowhere' },

  // Schemes and issuing
  'unknown-scheme': { status: 422, title: 'The scheme version is not published' },
  'scheme-violation': { status: 422, title: 'The scheme does not allow this' },
  'scheme-not-issuable': { status: 409, title: 'Credentials are not yet issued under this scheme' },
  'identifier-invalid': { status: 422, title: 'An identifier fails its check' },

  // Trouble that is ours
  'stored-object-corrupt': { status: 500, title: 'A stored object does not match its digest' },
  'log-inconsistent': { status: 500, title: 'The transparency log contradicts what it has published' },
  unavailable: { status: 503, title: 'A part this operation needs does not answer' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, Kind>

export type ProblemCode = keyof typeof problems

/** Facts beside the code: what was given, where it stands (`pointer`, `line`, `column`), what would be right. JSON values only. */
export type ProblemFacts = Readonly<Record<string, unknown>>

/**
 * A refusal. `detail` says in one sentence what is wrong and how to mend it; `pointer` (RFC 6901) names the field,
 * `line` and `column` the place in a file.
 */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly facts: ProblemFacts

  constructor(code: ProblemCode, detail: string, facts: ProblemFacts = {}) {
    super(`${code}: ${detail}`)
    this.name = 'Problem'
    this.code = code
    this.facts = { detail, ...facts }
  }

  get status(): number {
    return problems[this.code].status
  }

  get title(): string {
    return problems[this.code].title
  }

  /** The same refusal with more facts, e.g. the line it was met at. */
  with(facts: ProblemFacts): Problem {
    const { detail, ...rest } = this.facts
    return new Problem(this.code, String(detail), { ...rest, ...facts })
  }
}

/** Whether a thrown thing is a refusal, also when it crossed a realm or bundle border. */
export function isProblem(thrown: unknown): thrown is Problem {
  return thrown instanceof Error && thrown.name === 'Problem' && 'code' in thrown && 'facts' in thrown
}
