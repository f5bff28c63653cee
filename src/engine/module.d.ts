/** What `#engine` is: the engine built into one module, with its name. Whoever calculates for a record imports that, never the sources. */

export * from './index.ts'

/** The version, and `sha256:<hex>` of the module that these functions are of. */
export declare const engineRelease: { readonly version: string; readonly digest: string }
