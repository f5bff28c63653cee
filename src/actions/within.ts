/** Waits so long and no longer. */

/** What was asked for; null where it takes longer. What takes longer goes on, and nobody hears of it. */
export async function within<Answer>(seconds: number, asked: Promise<Answer>): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1000)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
