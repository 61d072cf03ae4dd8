import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const id = 'virtual:kern-tokens.css'
const declaration = /^\s*(--[\w-]+):\s*([^;]+);/gm
const used = /var\(\s*(--[\w-]+)/g

function block(css: string, pattern: RegExp): string {
  return [...css.matchAll(pattern)].map((m) => m[0]).join('\n')
}

/** Every KERN token our style sheets name, and what those tokens name in turn. */
function reachable(tokens: string, ours: string): Set<string> {
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of tokens.matchAll(declaration))
    values.set(name, `${values.get(name) ?? ''} ${value}`)
  const found = new Set<string>()
  function follow(text: string): void {
    for (const [, name = ''] of text.matchAll(used)) {
      const value = values.get(name)
      if (value === undefined || found.has(name)) continue
      found.add(name)
      follow(value)
    }
  }
  follow(ours)
  return found
}

/** The tokens out of KERN's style sheet without its 330 kB of components: `import 'virtual:kern-tokens.css'`. */
export function kernTokens(): Plugin {
  return {
    name: 'kern-tokens',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load(resolved) {
      if (resolved !== `\0${id}`) return undefined
      const css = readFileSync(
        createRequire(import.meta.url).resolve('@kern-ux/native/dist/kern.css'),
        'utf8',
      )
      const light = block(css, /^:root \{[\s\S]*?^\}/gm)
      function theme(name: string): string {
        return block(
          css,
          new RegExp(`^\\[data-kern-theme=${name}\\],\\n\\.kern-${name} \\{\\n  /\\*[\\s\\S]*?^\\}`, 'gm'),
        )
      }
      const media = block(css, /^@media \(prefers-color-scheme: (?:dark|light)\) \{[\s\S]*?^\}/gm)
      const tokens = `${light}\n${media}\n${theme('light')}\n${theme('dark')}`
      const source = `${import.meta.dirname}/src`
      const sheets = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) =>
        f.endsWith('.css'),
      )
      const keep = reachable(tokens, sheets.map((f) => readFileSync(`${source}/${f}`, 'utf8')).join('\n'))
      return tokens.replace(declaration, (whole, name: string) => (keep.has(name) ? whole : ''))
    },
  }
}
