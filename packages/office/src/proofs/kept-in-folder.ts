import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KeepUnusable, type KeptElsewhere } from './kept-elsewhere.ts'

async function usable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new KeepUnusable()
    throw error
  }
}

/** A folder of somebody else, best on storage where nothing can be overwritten: nothing is, and nothing is renamed or deleted there. */
export function keptInFolder(folder: string): KeptElsewhere {
  return {
    sizes: (log) =>
      usable(async () => {
        const beginning = `${log}-`
        return (await readdir(folder)).flatMap((name) =>
          name.startsWith(beginning) && /^\d+\.txt$/.test(name.slice(beginning.length))
            ? [Number.parseInt(name.slice(beginning.length), 10)]
            : [],
        )
      }),
    read: (log, size) => usable(() => readFile(join(folder, `${log}-${size}.txt`))),
    add: (log, size, ending, bytes) =>
      usable(async () => {
        try {
          await writeFile(join(folder, `${log}-${size}.${ending}`), bytes, { flag: 'wx' })
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        }
      }),
  }
}
