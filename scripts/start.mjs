// `npm start`: the demo office on this machine. Only what the oldest Node still reads may be imported before the check.
import { readFileSync } from 'node:fs'

const required = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node
const [wantedMajor, wantedMinor] = required.replace('>=', '').split('.').map(Number)
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  const wanted = `${wantedMajor}.${wantedMinor}`
  process.stderr.write(`Bürgerdraht needs Node ${wanted} or newer; this is ${process.versions.node}.\n`)
  process.exit(1)
}

const { startOffice } = await import('./start-office.mjs')
await startOffice()
