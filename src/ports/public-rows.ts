/** What Postgres knows of everything public, page by page: enough to write the public bucket anew (docs/operations.md). */

/** A public credential with its tlog-proof. */
export interface PublicCredential {
  readonly id: string
  readonly jwt: string
  readonly receipt: string
  /** Its place in the log. */
  readonly leafIndex: number
}

export interface PublicRows {
  /** Bodies that sign or will sign. */
  bodies(): Promise<readonly { readonly id: string; readonly slug: string; readonly did: string | null }[]>
  /** In order of their ids, after one of them. */
  credentials(after: string | null, limit: number): Promise<readonly PublicCredential[]>
  /** Signed facts about bodies. */
  accreditations(): Promise<readonly { readonly id: string; readonly jwt: string }[]>
  statusListIds(): Promise<readonly string[]>
}
