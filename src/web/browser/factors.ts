/** Makes the registry's pages handier where there is script: copying, and short addresses. */

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const text = document.getElementById(button.dataset.copy ?? '')?.textContent ?? ''
  const told = button.parentElement?.querySelector<HTMLElement>('.copied')
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text)
    if (told) told.hidden = false
  })
}

/** Blank fields say nothing; without them an address can be read and passed on. */
for (const form of document.querySelectorAll<HTMLFormElement>('form.search')) {
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, value] of [...formData]) if (value === '') formData.delete(name)
  })
}

export {}
