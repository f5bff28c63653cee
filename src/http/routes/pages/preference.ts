/** Which of two forms a request would rather have (RFC 9110 §12.5.1). */

/** Whether `Accept` weighs `wanted` above `other`; only a type named outright counts, since `*`/`*` says nothing of a wish. */
export function prefers(accept: string | undefined, wanted: string, other: string): boolean {
  const weights = weightsOf(accept ?? '')
  return (weights.get(wanted) ?? 0) > (weights.get(other) ?? 0)
}

/** Whether `Accept` names a type at all, other than to refuse it. */
export function names(accept: string | undefined, type: string): boolean {
  return (weightsOf(accept ?? '').get(type) ?? 0) > 0
}

function weightsOf(accept: string): Map<string, number> {
  return new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
      return [type, quality === undefined ? 1 : Number(quality) || 0]
    }),
  )
}
