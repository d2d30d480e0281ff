// Start what a page says in its data: allauth's form for passkeys, and a sentence when the device says no.
for (const told of document.querySelectorAll('script[data-passkey]')) {
  window.allauth.webauthn.forms[told.dataset.passkey](JSON.parse(told.textContent))
}
document.addEventListener('allauth.error', (event) => {
  const trouble = document.getElementById('passkey_trouble')
  if (trouble) {
    event.preventDefault()
    trouble.hidden = false
  }
})
