// `node scripts/unpinned-images.mjs`: names every container image that is not pinned by digest; exit status 1 when there is one. A tag
// can be moved to another image, a digest cannot. Run it before a release, with a registry in reach:
//   docker buildx imagetools inspect node:22-bookworm-slim     tells the digest of today
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './workspace.mjs'

/** Pulled from a registry, by the forms in which Dockerfile and docker-compose.yml name them. */
const named = /^\s*(?:FROM\s+(?!\$)|ARG\s+\w+=|image:\s*)(\S+)/gm

/** @param {string} text of a Dockerfile or a compose file @returns {string[]} what it pulls without a digest */
export function unpinnedImages(text) {
  const built = /^\s*build:/m.test(text) ? [/^buergerdraht(:|$)/] : []
  return [...text.matchAll(named)]
    .map(([, image = '']) => image)
    .filter((image) => /[:/]/.test(image) && !built.some((own) => own.test(image)))
    .filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const unpinned = ['Dockerfile', 'docker-compose.yml'].flatMap((file) =>
    unpinnedImages(readFileSync(join(root, file), 'utf8')).map((image) => `${file}: ${image}`),
  )
  for (const line of unpinned) process.stderr.write(`${line} is not pinned by digest\n`)
  if (unpinned.length > 0) process.exitCode = 1
}
