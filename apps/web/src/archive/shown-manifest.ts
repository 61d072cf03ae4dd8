import type { Package } from './archive-query.ts'

/**
 * The manifest, byte by byte, of what a page shows (docs/archive-format.md section 3, RFC 8785: members in order, nothing between them). Its checksum is
 * the leaf: when that is right, nothing that is shown is other than what was sealed. Null: it is not sealed.
 */
export function shownManifest({ id, cluster, rule, class: deletionClass, createdAt, entries }: Package) {
  if (cluster === null || rule === null || deletionClass === null || createdAt === null) return null
  return JSON.stringify({
    algorithms: { cipher: 'aes-256-gcm', hash: 'sha256', secondHash: 'sha3-512' },
    class: deletionClass,
    cluster,
    createdAt,
    format: 'buergerdraht-archive-package',
    items: entries.map((item) => ({
      cipherHash: item.cipherHash,
      commit: item.commit,
      id: item.id,
      kind: item.kind,
      mediaType: item.mediaType,
      secondCipherHash: item.secondCipherHash,
      size: item.size,
    })),
    package: id,
    rule,
    v: 1,
  })
}
