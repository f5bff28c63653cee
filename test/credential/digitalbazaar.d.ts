/** The independent reader of status lists comes without types; the tests use this much of it. */

declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function decodeList(list: {
    encodedList: string
  }): Promise<{ readonly length: number; getStatus(index: number): boolean }>
}
