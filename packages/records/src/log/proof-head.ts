/** Kind and version. */
export const firstLine = 'c2sp.org/tlog-proof@v1'

/**
 * What stands before the checkpoint in a proof to carry away (c2sp.org/tlog-proof): the index of the leaf, and the hashes from it to the root.
 * Texts and numbers alone, so that a page that shows a proof writes its file byte by byte.
 * @param hashes base64
 * @param extra base64
 */
export function proofHead(index: number, hashes: readonly string[], extra?: string): string {
  const lines = [firstLine, ...(extra === undefined ? [] : [`extra ${extra}`]), `index ${index}`, ...hashes]
  return `${lines.join('\n')}\n\n`
}
