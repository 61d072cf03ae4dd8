import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The folder with the official schemas (`3.0.0/`, `3.1.0/`, `xoev/` and, where somebody has put it there, `4.0.0/` side by side), which belong to KoSIT and are no part of this repository;
 * undefined where the machine does not give it: then messages are tested by their structure alone.
 */
export const xdomeaSchemas = process.env['XDOMEA_XSD_DIR'] || undefined

type Version = '3.0.0' | '3.1.0' | '4.0.0'

/** Whether the official schema of a version is given. */
export function hasSchema(version: Version): boolean {
  return xdomeaSchemas !== undefined && existsSync(join(xdomeaSchemas, version, 'xdomea.xsd'))
}

/** What xmllint (Debian: libxml2-utils) has against a message under the official schema; empty: it is valid. */
export function schemaFaults(version: Version, message: Uint8Array): string {
  if (xdomeaSchemas === undefined) throw new Error('The schemas are not given')
  const folder = mkdtempSync(join(tmpdir(), 'xdomea-'))
  try {
    const file = join(folder, 'message.xml')
    writeFileSync(file, message)
    const schema = join(xdomeaSchemas, version, 'xdomea.xsd')
    const { status, stderr, error } = spawnSync(
      '/usr/bin/xmllint',
      ['--nonet', '--noout', '--schema', schema, file],
      { encoding: 'utf8' },
    )
    if (error !== undefined) throw error
    return status === 0 ? '' : stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}
