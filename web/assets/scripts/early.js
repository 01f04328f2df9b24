// Runs before the first paint, so that the menu of a narrow window is not shown open and then folded.
// Where the script that folds it does not come, the menu is there all the same.
if ('noModule' in HTMLScriptElement.prototype) {
  document.documentElement.classList.add('hv-script')
  addEventListener('load', () => {
    if (!document.body.classList.contains('govuk-frontend-supported')) {
      document.documentElement.classList.remove('hv-script')
    }
  })
}
