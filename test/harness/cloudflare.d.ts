/** The part of workerd's own modules that the harness uses. */

declare module 'cloudflare:workers' {
  export const exports: {
    readonly default: {
      fetch(request: Request): Promise<Response>
      scheduled(options: { cron: string }): Promise<unknown>
    }
  }
}
