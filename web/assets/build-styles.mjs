// Compiles the style sheets into one, with right-to-left rules added: GOV.UK Frontend has none of
// its own. Usage: node build-styles.mjs TARGET
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import postcss from 'postcss'
import mirror from 'postcss-rtlcss'
import * as sass from 'sass'

const here = new URL('.', import.meta.url)

async function compiled (name) {
  const { css } = await sass.compileAsync(fileURLToPath(new URL(`styles/${name}`, here)), {
    loadPaths: [fileURLToPath(new URL('../../node_modules', here))],
    fatalDeprecations: [sass.Version.parse('1.80.0')],
    style: 'compressed'
  })
  return css
}

// The crown and the Royal Arms are for GOV.UK only.
const withoutCrown = {
  postcssPlugin: 'without-crown',
  Rule (rule) {
    if (/govuk-footer__(crown|copyright-logo)/.test(rule.selector)) rule.remove()
  }
}

// "override" leaves the left-to-right rules as they are, and adds what differs under [dir="rtl"].
const mirrored = await postcss([withoutCrown, mirror({ mode: 'override', safeBothPrefix: true })]).process(
  await compiled('main.scss'), { from: undefined }
)
const text = mirrored.css.replaceAll(/\n+/g, '') + (await compiled('right-to-left.scss'))
await writeFile(process.argv[2], text)
