// What the browser has to load: used by the bench and by the test of the page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './workspace.mjs'

const folder = join(root, 'apps/web/dist')

/** The scripts that are there before the sign-in page is: those that index.html names; paths in the built page. */
export function initialScripts() {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path)
}

/** Every script of the built page; paths in it. */
export function allScripts() {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'))
}

/** One of them, as text. */
export function readScript(path) {
  return readFileSync(join(folder, path), { encoding: 'utf8' })
}

/** What they weigh as they travel, each compressed for itself (gzip), in bytes. */
export function weightOf(paths) {
  return paths.reduce((sum, path) => sum + gzipSync(readScript(path), { level: 9 }).length, 0)
}
