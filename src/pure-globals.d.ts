/**
 * The few platform globals the pure rooms may use. `tsconfig.pure.json` checks those rooms without Node's and without the
 * browser's types, so that a clock, a socket or a DOM node does not even have a name there; what is listed here exists,
 * alike, in Node, in workerd and in every browser.
 */

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string
}

declare function atob(data: string): string
declare function btoa(data: string): string
declare function structuredClone<T>(value: T): T
