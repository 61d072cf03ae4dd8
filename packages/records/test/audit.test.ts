import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditCommitment, checkAuditEntry } from '../src/audit/audit-entry.ts'
import { auditExportHeader, auditExportLine } from '../src/audit/audit-export.ts'
import { canonicalJson } from '../src/canonical-json.ts'
import { checkpointText } from '../src/log/checkpoint.ts'
import type { LogRecord } from '../src/log/log-line.ts'
import { leafHash, RightEdge } from '../src/log/merkle-tree.ts'
import { formatNoteKey, logSigner, noteKey, rawPublicKey } from '../src/log/note-key.ts'
import { formatNote, signNote } from '../src/log/signed-note.ts'
import { run } from '../src/verify/main.ts'

const origin = 'buergerdraht/audit/test'
const { privateKey } = generateKeyPairSync('ed25519')
const key = formatNoteKey(noteKey('log', origin, rawPublicKey(privateKey)))
const base = {
  v: 1,
  log: 'audit',
  at: '2026-11-28T09:15:30.250Z',
  cluster: 'DA13',
  act: 'conversation-read',
  actor: { id: '2f9b1f6e-5f44-4a9c-9a0e-0c8f4f0a1b2c', role: 'clerk' },
  network: '192.0.2.7',
  object: { kind: 'conversation', id: '01a2222d-de61-7003-8fc5-7a258501745a' },
  facts: { hits: 3, asDocument: true },
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
})
afterEach(() => rm(folder, { recursive: true }))

function records(count: number): LogRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const checked = checkAuditEntry({ ...base, facts: { hits: n } })
    if (!('accepted' in checked)) throw new Error('The entry is refused')
    const salt = createHash('sha256').update(`salt ${n}`).digest()
    const leaf = leafHash(auditCommitment(checked.accepted, salt))
    return { leaf, opening: { salt, entry: checked.accepted } }
  })
}
function checkpointOf(all: readonly LogRecord[], size: number): string {
  const edge = new RightEdge()
  for (const { leaf } of all.slice(0, size)) edge.append(leaf)
  const text = checkpointText({ origin, size, root: edge.root(), extensions: [] })
  return formatNote(signNote({ text, signatures: [] }, [logSigner(origin, privateKey)]))
}
async function verified(text: string): Promise<{ status: number; codes: string[] }> {
  const path = join(folder, 'audit.jsonl')
  await writeFile(path, text)
  let out = ''
  const status = await run([path, '--key', key, '--json', '--on', '2026-12-01'], new Date(), {
    write: (words) => {
      out += words
    },
    progress: () => undefined,
  })
  const { findings } = JSON.parse(out) as { findings: { code: string }[] }
  return { status, codes: findings.map(({ code }) => code) }
}
function exported(all: readonly LogRecord[], checkpoints: readonly string[]): string {
  return auditExportHeader(checkpoints) + all.map((record, n) => auditExportLine(n, record)).join('')
}

describe('an export of the audit log', () => {
  const all = records(7)
  const checkpoint = checkpointOf(all, 6)

  it('is accepted as a whole and in part', async () => {
    expect((await verified(exported(all, [checkpoint]))).status).toBe(0)
    const part = all.map((record, n) => (n % 2 === 0 ? record : { leaf: record.leaf }))
    const { status, codes } = await verified(exported(part, [checkpoint]))
    expect(status).toBe(0)
    expect(codes).toContain('LEDGER_ENTRY_PRUNED')
  })

  it.each<[string, (text: string) => string, string]>([
    ['a changed entry', (text) => text.replace('"hits":3', '"hits":4'), 'LEDGER_ENTRY_CHANGED'],
    ['a changed actor', (text) => text.replace('clerk', 'admin'), 'LEDGER_ENTRY_CHANGED'],
    ['a line that is missing', (text) => text.replace(/\{"index":3.*\n/, ''), 'LEDGER_DAMAGED'],
    ['two lines exchanged', (text) => swapped(text), 'LEDGER_DAMAGED'],
    ['the end cut off', (text) => text.replace(/(\{"index":[56].*\n)+/, ''), 'LEDGER_SHORT'],
    ['free text', (text) => text.replace('conversation-read', 'Herr Müller'), 'LEDGER_ENTRY_REFUSED'],
    [
      'a checkpoint of somebody else',
      (text) => text.replace('\\n6\\n', '\\n5\\n'),
      'LEDGER_WITHOUT_CHECKPOINT',
    ],
    [
      'no checkpoint',
      (text) => text.replace(/"checkpoints":\[.*\]/, '"checkpoints":[]'),
      'LEDGER_WITHOUT_CHECKPOINT',
    ],
  ])('shows %s', async (_, tamper, code) => {
    const text = exported(all, [checkpoint])
    const tampered = tamper(text)
    expect(tampered).not.toBe(text)
    const { status, codes } = await verified(tampered)
    expect(status).not.toBe(0)
    expect(codes).toContain(code)
  })

  it('shows a leaf that was made anew for a changed entry', async () => {
    const [first, second] = [records(7), records(8)]
    const forged = first.with(2, second[7] as LogRecord)
    expect((await verified(exported(forged, [checkpoint]))).codes).toContain('LEDGER_ROOT_DIFFERS')
  })
})

function swapped(text: string): string {
  const lines = text.split('\n')
  return lines
    .with(2, lines[3] ?? '')
    .with(3, lines[2] ?? '')
    .join('\n')
}

describe('an entry', () => {
  it.each([
    ['text in a fact', { facts: { reason: 'Anruf von Frau Yıldız' } }, 'facts'],
    ['a number long enough to call', { facts: { hits: 491713940022 } }, 'facts'],
    ['a day that does not exist', { at: '2026-02-30T09:15:30.250Z' }, 'at'],
    ['a field that nobody knows', { note: 'x' }, null],
    ['an actor by name', { actor: { id: 'Demir', role: 'clerk' } }, 'actor'],
  ])('is refused with %s', (_, change, field) => {
    expect(checkAuditEntry({ ...base, ...change })).toEqual({ refused: 'NOT_AN_ENTRY', field })
  })

  it('is committed to as the format says', () => {
    const checked = checkAuditEntry(base)
    if (!('accepted' in checked)) throw new Error('The entry is refused')
    const salt = Buffer.alloc(32, 7)
    const expected = createHash('sha256')
      .update(`bc-audit-v1`)
      .update(salt)
      .update(canonicalJson(base))
      .digest()
    expect(Buffer.from(auditCommitment(checked.accepted, salt))).toEqual(expected)
    expect(() => auditCommitment(checked.accepted, salt.subarray(1))).toThrow(RangeError)
  })
})
