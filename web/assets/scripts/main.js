// Starts the components that GOV.UK Frontend enhances. Every page works without it.
import { initAll } from './govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// What htmx brings in has components too.
document.body.addEventListener('htmx:load', (event) => {
  if (event.target !== document.body) initAll({ scope: event.target })
})
