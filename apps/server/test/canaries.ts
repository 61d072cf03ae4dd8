import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A word, as bytes would show it: plain, as UTF-16, in hexadecimal and at each of the three alignments of base64. */
function traces(word: string | Buffer): Buffer[] {
  const plain = Buffer.from(word)
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  const elsewhere = [
    ...(typeof word === 'string' ? [Buffer.from(word, 'utf16le')] : []),
    Buffer.from(plain.toString('hex')),
    ...inBase64.map((text) => Buffer.from(text)),
  ]
  // A trace of a few bytes would be found anywhere by chance.
  return [plain, ...elsewhere.filter((trace) => trace.length >= 8)]
}

export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true })
  const below = found.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return [path]
    return entry.isDirectory() ? filesBelow(path).catch(goneMeanwhile) : []
  })
  return (await Promise.all(below)).flat()
}
/** Other tests have databases on the same server, and drop them when they end. */
function goneMeanwhile(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error
  return []
}

/** Files in which one of the words can be read. */
export async function filesWith(folder: string, words: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = []
  for (const file of await filesBelow(folder)) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    for (const word of words) {
      if (traces(word).some((trace) => bytes.includes(trace)))
        found.push(`${file.slice(folder.length)}: ${word.toString()}`)
    }
  }
  return found
}

/** A word that nothing else holds. */
export function letters(): string {
  return `kanari${randomBytes(9)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`
}
