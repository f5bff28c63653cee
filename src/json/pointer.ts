/** JSON Pointer (RFC 6901): how a problem names a place inside a JSON document. */

/** A member's or item's name as one token of a pointer. */
export function pointerToken(name: string | number): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The pointer of a path of names and indices; the empty path is the whole document. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((name) => `/${pointerToken(name)}`).join('')
}

/** The names of a pointer; undefined where the text is no pointer. */
export function pointerPath(pointer: string): readonly string[] | undefined {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}
