import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Lays a `.br` and a `.gz` beside every text file of the build, so that the server compresses nothing while people wait. */
export function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return
      const texts = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /\.(js|css|svg)$/.test(path),
      )
      for (const path of texts) {
        const bytes = readFileSync(join(dir, path))
        if (bytes.length < 1024) continue
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 }
        writeFileSync(join(dir, `${path}.br`), brotliCompressSync(bytes, { params: quality }))
        writeFileSync(join(dir, `${path}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
