/** Starts the API reference with everything off that would leave this origin: fonts, telemetry, proxy, registry, agent. */

interface Scalar {
  createApiReference(selector: string, configuration: Readonly<Record<string, unknown>>): unknown
}

declare global {
  var Scalar: Scalar | undefined
}

const configuration = {
  url: '/openapi.json',
  theme: 'none',
  layout: 'modern',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  darkMode: false,
  hideDarkModeToggle: true,
  forceDarkModeState: 'light',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}

/** Parts of the bundle make style elements without the page's nonce; the policy would drop them. */
function giveStylesTheNonce(nonce: string): void {
  const create = document.createElement
  document.createElement = function createElement(name: string, options?: ElementCreationOptions) {
    const element: HTMLElement = create.call(document, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  } as typeof document.createElement
}

function load(source: string): Promise<unknown> {
  const script = document.createElement('script')
  script.src = source
  return new Promise((resolve, reject) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
    document.head.append(script)
  })
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')
giveStylesTheNonce(nonce?.nonce ?? '')
await load('/assets/api-reference.js')
globalThis.Scalar?.createApiReference('#reference', configuration)

export {}
