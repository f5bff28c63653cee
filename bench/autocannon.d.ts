/** The part of autocannon the bench uses; its own types are a package apart. */

declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly method: string
    readonly headers: Record<string, string>
    readonly body?: string
    readonly connections: number
    readonly duration: number
  }
  interface Result {
    readonly requests: { readonly average: number; readonly total: number }
    readonly latency: { readonly p50: number; readonly p99: number }
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
