/** A QR code as one SVG path, drawn at the error correction that survives a fold in the paper. */

import { raw } from 'hono/html'
import { encode } from 'uqr'
import type { Markup } from '../language.ts'

/** White margin that readers ask for, in modules (ISO/IEC 18004 §9.1). */
const quietZone = 4

/** The QR code of a text. */
export function renderQrCode(text: string, label: string): Markup {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return raw(
    `<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${path}"/></svg>`,
  )
}
