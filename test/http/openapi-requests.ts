/** Requests made from the OpenAPI document: every operation, with ids that a test gives and a body that its schema takes. */

import fc from 'fast-check'
import { call } from './api.ts'

/** A JSON schema as far as the document uses it. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Schema
}

/** One operation of the API. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  /** The scope it asks for; null for anyone's. */
  readonly scope: string | null
  readonly parameters: readonly Parameter[]
  readonly body: { readonly mediaType: string; readonly schema: Schema } | null
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** What stands for an id of this name; undefined where the test knows none. */
export type Ids = (name: string) => string | undefined

/** The served document's operations, and requests of them. */
export class Api {
  readonly operations: readonly Operation[]
  readonly #schemas: Document['components']['schemas']

  constructor(document: Document) {
    this.#schemas = document.components.schemas
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
        .map(([method, operation]) => toOperation(method, path, operation as never)),
    )
  }

  static async read(): Promise<Api> {
    return new Api((await call('GET', '/openapi.json')).body as Document)
  }

  /** Names of ids that a request of the operation can hold: in its path, its query and its body. */
  idsOf({ parameters, body }: Operation): {
    readonly path: readonly string[]
    readonly inside: readonly string[]
  } {
    const path = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
    const query = parameters
      .filter((one) => one.in === 'query' && this.#isId(one.schema))
      .map(({ name }) => name)
    const found = new Set<string>(query)
    if (body) this.#sample(body.schema, (name) => void found.add(name) as undefined, 'body')
    return { path, inside: [...found] }
  }

  /** A request with these ids in its path, query and body. */
  request(
    { path, parameters, body }: Operation,
    ids: Ids,
  ): { readonly path: string; readonly body?: unknown } {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(ids(name) ?? 'unknown'),
    )
    const query = parameters
      .filter((one) => one.in === 'query' && (one.required === true || this.#isId(one.schema)))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(this.#sample(schema, ids, name)))}`)
    return {
      path: query.length === 0 ? filled : `${filled}?${query.join('&')}`,
      ...(body?.mediaType === 'application/json' && { body: this.#sample(body.schema, ids, 'body') }),
    }
  }

  #isId(schema: Schema): boolean {
    return this.#plain(schema).format === 'uuid'
  }

  #plain(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1)
    if (name !== undefined) return this.#plain(this.#schemas[name] ?? {})
    const [first, ...others] = schema.allOf ?? []
    if (first === undefined) return schema
    const { allOf: _, ...rest } = schema
    return Object.assign({}, ...[first, ...others, rest].map((one) => this.#plain(one)))
  }

  /** A value that the schema takes: the smallest there is, and every id that may be given. */
  #sample(written: Schema, ids: Ids, name: string): unknown {
    const schema = this.#plain(written)
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return schema.enum[0]
    const [first] = schema.anyOf ?? schema.oneOf ?? []
    if (first) return this.#sample(first, ids, name)
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
    if (type === 'object') return this.#object(schema, ids)
    if (type === 'array')
      return Array.from({ length: schema.minItems ?? 0 }, () => this.#sample(schema.items ?? {}, ids, name))
    if (type === 'integer' || type === 'number') return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1
    if (type === 'boolean') return true
    return type === 'string' ? textOf(schema, ids, name) : null
  }

  #object({ properties = {}, required = [] }: Schema, ids: Ids): Record<string, unknown> {
    const taken = Object.entries(properties).filter(
      ([name, schema]) => required.includes(name) || this.#isId(schema),
    )
    return Object.fromEntries(taken.map(([name, schema]) => [name, this.#sample(schema, ids, name)]))
  }
}

function toOperation(
  method: string,
  path: string,
  operation: {
    readonly operationId: string
    readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
    readonly parameters?: readonly Parameter[]
    readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  },
): Operation {
  const content = Object.entries(operation.requestBody?.content ?? {})
  const [mediaType, media] = content.find(([type]) => type === 'application/json') ?? content[0] ?? []
  return {
    ...{ id: operation.operationId, method: method.toUpperCase(), path },
    scope: operation.security?.[0]?.clientCredentials?.[0] ?? null,
    parameters: operation.parameters ?? [],
    body: mediaType !== undefined && media ? { mediaType, schema: media.schema } : null,
  }
}

function textOf({ format, pattern }: Schema, ids: Ids, name: string): string {
  if (format === 'uuid') return ids(name) ?? crypto.randomUUID()
  if (format === 'date') return '2025-01-01'
  if (format === 'date-time') return soon()
  if (format === 'uri') return 'https://example.org/'
  if (pattern === undefined) return 'text'
  return fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { seed: 7, numRuns: 1 })[0] ?? ''
}

/** Tomorrow: what is granted until then has an end that is still to come. */
function soon(): string {
  return new Date(Date.now() + 86_400_000).toISOString()
}
