/** jsonld and the W3C contexts come without types; the tests use this much of them. */

declare module 'jsonld' {
  const jsonld: {
    expand(document: object, options: object): Promise<readonly object[]>
    compact(document: object, context: object, options: object): Promise<object>
    toRDF(document: object, options: object): Promise<string>
  }
  export default jsonld
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>
}
