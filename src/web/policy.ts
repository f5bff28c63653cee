/**
 * What a page may load: from this origin and nowhere else. Nothing inline runs, nothing is framed, and where a page reads what a
 * stranger wrote, text cannot become markup even by mistake (Trusted Types).
 */

interface PolicyNeeds {
  /** Origins besides ours that the page's script may ask, e.g. for a DID document. */
  readonly connect?: readonly string[]
  /** Nonce of style elements that a bundled library makes at run time. */
  readonly styleNonce?: string
  /** Whether scripts may not make markup from strings. */
  readonly trustedTypes?: boolean
}

/** The `Content-Security-Policy` of a page. */
export function contentSecurityPolicy(needs: PolicyNeeds = {}): string {
  const styleNonce = needs.styleNonce === undefined ? [] : [`'nonce-${needs.styleNonce}'`]
  const directives: readonly (readonly string[])[] = [
    ['default-src', "'none'"],
    ['script-src', "'self'"],
    ['style-src', "'self'", ...styleNonce],
    ['img-src', "'self'", 'data:'],
    ['font-src', "'self'"],
    ['connect-src', "'self'", ...(needs.connect ?? [])],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
    ...(needs.trustedTypes === true
      ? [
          ['require-trusted-types-for', "'script'"],
          ['trusted-types', "'none'"],
        ]
      : []),
  ]
  return directives.map((directive) => directive.join(' ')).join('; ')
}

/** The policy of a document that stands alone: no script, nothing from anywhere, and no style but the one that stands in it. */
export function standalonePolicy(styleHash: string): string {
  const directives = [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return directives.join('; ')
}
