import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong on the page as it stands now, by the rules that have one of these tags; without tags by all that it runs by default.
 * axe is brought to a document once and not with every question: half a megabyte, which took more of the machine than the answer.
 */
export async function axeViolations(
  page: { evaluate<T>(script: string): Promise<T> },
  tags?: readonly string[],
): Promise<AxeResults['violations']> {
  const options = { resultTypes: ['violations'], ...(tags && { runOnly: { type: 'tag', values: tags } }) }
  if (await page.evaluate<boolean>(`typeof axe === 'undefined'`)) await page.evaluate(`${source};0`)
  return page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`)
}
