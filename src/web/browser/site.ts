/** Switches the page's language in place, so that nothing a visitor has pasted or checked is lost, and remembers the choice. */

type Language = 'zh' | 'en'

const root = document.documentElement
const secondsOfAYear = 31_536_000

function show(language: Language): void {
  root.dataset.language = language
  root.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const element of document.querySelectorAll<HTMLElement>('title, option[data-zh]')) {
    element.textContent = element.dataset[language] ?? element.textContent
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-switch]')) {
    if (link.dataset.switch === language) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}

function remember(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve.
  document.cookie = `lang=${language}; path=/; max-age=${secondsOfAYear}; samesite=lax`
}

/** An address that asks for a language would win over the choice when the page is loaded again. */
function forgetAsked(): void {
  const address = new URL(location.href)
  if (!address.searchParams.has('lang')) return
  address.searchParams.delete('lang')
  history.replaceState(history.state, '', address)
}

for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-switch]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    const language = link.dataset.switch === 'en' ? 'en' : 'zh'
    show(language)
    remember(language)
    forgetAsked()
  })
}

export {}
