/** Documents on other hosts: asked only where the host is on the installation's list, and read in bounds. */
export interface Foreign {
  /** Hosts that may be asked, with port where there is one. */
  readonly hosts: readonly string[]
  /** The bytes at a URL. @throws Problem `unavailable` for a host off the list, and for what does not answer as it should. */
  get(url: string): Promise<Uint8Array>
}
