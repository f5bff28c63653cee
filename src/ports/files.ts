/**
 * Files that people bring, in the private bucket: put and fetched by their owners at addresses that the store itself honours, so that
 * their bytes go past this system, and read here as a stream.
 */

/** How a file is put: with this method, at this address, with all of these headers, before it expires. */
export interface UploadAddress {
  readonly method: 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly expiresAt: Date
}

/** Where a file can be fetched by whoever holds the address, until it expires. */
export interface DownloadAddress {
  readonly url: string
  readonly expiresAt: Date
}

/** What an upload address binds: the bytes' length and SHA-256, 64 lower-case hex digits. */
export interface UploadBound {
  readonly size: number
  readonly sha256: string
}

/** As what a file is handed out: always to be saved, never to be shown in place. */
export interface FileFace {
  /** Of letters, digits, dots, hyphens and underscores. */
  readonly name: string
  readonly mediaType: string
}

export interface FileStore {
  uploadAddress(key: string, bound: UploadBound, seconds: number): Promise<UploadAddress>
  downloadAddress(key: string, face: FileFace, seconds: number): Promise<DownloadAddress>
  /** Bytes of the object; null where there is none. */
  size(key: string): Promise<number | null>
  /** The bytes as they come; null where there is no such object. */
  read(key: string): Promise<AsyncIterable<Uint8Array> | null>
  /** Copies within the store, whole or not at all; false where there is nothing to copy. */
  copy(from: string, to: string): Promise<boolean>
  /** Also where there is no such object. */
  remove(key: string): Promise<void>
}

/** What is being uploaded, and what is being read of it: anything under `uploads/` may be removed a day after it was written. */
export function uploadKey(evidenceId: string): string {
  return `uploads/evidence/${evidenceId}`
}

/** A copy of an upload that nobody holds an address of, made to be read. */
export function uploadCopyKey(copyId: string): string {
  return `uploads/evidence-copies/${copyId}`
}

/** Evidence that counts, within its owner's organization named by its bytes. */
export function evidenceKey(organizationId: string, sha256: string): string {
  return `evidence/${organizationId}/${sha256}`
}
