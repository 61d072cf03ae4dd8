import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { evidenceName, timeStampName } from '../archive/package-layout.ts'
import { bytesInFile } from './byte-source.ts'
import type { ProvenTime } from './check-time.ts'
import { givenPath, type Invocation, parseInvocation, Unusable, usage } from './command-line.ts'
import { type Finding, type Verdict, verdictOf } from './finding.ts'
import type { FindingCode } from './finding-code.ts'
import { openAuditExport, openLedgerFolder } from './open-ledger-folder.ts'
import {
  commandsForCheckpoint,
  commandsForPackage,
  type StampToRepeat,
  stampToRepeat,
} from './repeating-commands.ts'
import { type Report, reportOf } from './report.ts'
import { verifyLedger } from './verify-ledger.ts'
import { verifyPackage } from './verify-package.ts'

/** The program text of test/EvidenceCheck.java, put in by the bundler. */
declare const evidenceCheckJava: string
/** The program text of test/inclusion-check.py, likewise. */
declare const inclusionCheckPython: string

type Judged = Invocation & { isLedger: boolean }
type Output = { write: (text: string) => void; progress: (text: string) => void }

const words = {
  de: {
    verdicts: ['GÜLTIG', 'UNGÜLTIG', 'NICHT PRÜFBAR', 'NICHT ENTSCHEIDBAR'],
    repeat: 'Mit fremden Werkzeugen wiederholen:',
    unchecked: 'Nicht geprüft:',
  },
  en: {
    verdicts: ['VALID', 'INVALID', 'UNUSABLE', 'INDETERMINATE'],
    repeat: 'Repeat with tools of others:',
    unchecked: 'Not checked:',
  },
} as const

/** Runs the command line; answers the exit status. */
export async function run(args: readonly string[], now: Date, output: Output): Promise<Verdict> {
  if (args.includes('--help') || args.includes('-h')) {
    output.write(`${usage}\n`)
    return 0
  }
  if (args.includes('--print-evidence-check')) {
    output.write(evidenceCheckJava)
    return 0
  }
  if (args.includes('--print-inclusion-check')) {
    output.write(inclusionCheckPython)
    return 0
  }
  try {
    const invocation = parseInvocation(args, now)
    const judged = {
      ...invocation,
      isLedger: isAuditExport(invocation.target) || (await stat(invocation.target)).isDirectory(),
    }
    const { findings, proven } = await verify(judged, output)
    const report = reportOf(findings, proven, judged.trust, {
      on: judged.on,
      isLedger: judged.isLedger,
      itemKeys: judged.itemKeys !== undefined,
      ledger: judged.ledger !== undefined,
      checkpoints: judged.checkpoints.length > 0,
    })
    output.write(
      judged.json ? `${JSON.stringify(report, undefined, 2)}\n` : asText(findings, proven, report, judged),
    )
    return verdictOf(findings)
  } catch (error) {
    // A defect of this program must never look like a verdict.
    const complaint = error instanceof Error ? error.message : String(error)
    output.write(
      args.includes('--json') ? `${JSON.stringify({ verdict: 'unusable', complaint })}\n` : `${complaint}\n`,
    )
    if (error instanceof Unusable && !args.includes('--json')) output.write(`\n${usage}\n`)
    return 2
  }
}

async function verify(
  invocation: Judged,
  output: Output,
): Promise<{ findings: Finding[]; proven: ProvenTime[] }> {
  const { target, trust, ledger, itemKeys } = invocation
  const progress = progressOf(invocation, output)
  if (invocation.isLedger) return verifyFolder(target, invocation, output)
  const explained = ledger === undefined ? undefined : await verifyFolder(ledger, invocation, output)
  const source = await bytesInFile(target)
  try {
    const { findings, proven } = await verifyPackage(source, {
      trust,
      progress,
      ...(itemKeys && { itemKeys }),
      ...(explained && { ledger: explained }),
    })
    return {
      findings: [...(explained?.findings ?? []), ...findings],
      proven: [...(explained?.proven ?? []), ...proven],
    }
  } finally {
    await source.close()
  }
}

/** By its name; `stat` says whether there is anything. */
function isAuditExport(path: string): boolean {
  return path.endsWith('.jsonl')
}

async function verifyFolder(path: string, invocation: Invocation, output: Output) {
  const folder = await (isAuditExport(path) ? openAuditExport(path) : openLedgerFolder(path))
  folder.checkpoints.push(...invocation.checkpoints)
  try {
    return await verifyLedger(folder, invocation.trust, progressOf(invocation, output))
  } finally {
    await folder.close()
  }
}

/** A line whenever another tenth is done, for files that take more than a moment. */
function progressOf({ quiet, json }: Invocation, output: Output): (done: number, total: number) => void {
  let shown = 0
  return (done, total) => {
    const tenth = Math.floor((done / total) * 10)
    if (quiet || json || total < 64 << 20 || tenth <= shown) return
    shown = tenth
    output.progress(`${tenth * 10} %\n`)
  }
}

function asText(
  findings: readonly Finding[],
  proven: readonly ProvenTime[],
  report: Report,
  judged: Judged,
): string {
  const marks = { error: '✗', indeterminate: '!', notice: '·', unusable: '?' } as const
  const lines = findings.map(({ severity, code, location, detail, [judged.language]: sentence }) => {
    const particulars = detail === '' ? '' : ` (${detail})`
    return `${marks[severity]} ${code}  ${location}\n    ${sentence}${particulars}`
  })
  const { verdicts, repeat, unchecked } = words[judged.language]
  const commands = repeatingCommands(findings, proven, judged)
  const repeated = commands.length === 0 ? [] : ['', repeat, ...commands.map((command) => `  ${command}`)]
  const reasons = report.subIndications.length === 0 ? [] : [`  ${report.subIndications.join(', ')}`]
  const notChecked =
    report.notChecked.length === 0 ? [] : ['', unchecked, `  ${report.notChecked.join(', ')}`]
  return `${[...lines, ...stampLines(report), ...notChecked, '', verdicts[verdictOf(findings)], ...reasons, ...repeated].join('\n')}\n`
}

/** Of each time stamp what an auditor files: authority, number, policy, algorithms, path, revocation. */
function stampLines({ proofs }: Report): string[] {
  return proofs.flatMap(({ location, covers, stamps }) => [
    '',
    `${location}: ${covers.join(', ')}`,
    ...stamps.flatMap((stamp) => [
      `  ${stamp.at}${stamp.accuracy === null ? '' : ` ± ${stamp.accuracy / 1e6} s`}  ${stamp.authority}`,
      `    serial ${stamp.serialNumber}, policy ${stamp.policy}, qualified: ${stamp.qualified}`,
      `    ${stamp.algorithms.join(', ')}`,
      `    ${stamp.path.map(({ subject, notAfter }) => `${subject} (${notAfter.slice(0, 10)})`).join(' < ')}`,
      ...stamp.revocation.map(
        ({ subject, status, evidence, offered }) =>
          `    revocation of ${subject}: ${status}${evidence === null ? '' : ` (${evidence})`}${offered ? '' : ', no source named'}`,
      ),
    ]),
  ])
}

/** By number, each once. */
function evidencedErasures(findings: readonly Finding[]): number[] {
  const numbers = findings.flatMap(({ location }) => {
    const number = /^erasures\/(\d{6})\/evidence\.er$/.exec(location)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
  return [...new Set(numbers)]
}

const withoutStamp: readonly FindingCode[] = ['TIME_STAMP_ABSENT', 'TIME_STAMP_MISSING']

/** With the key of the log that signed; when none did, the first one given shows that it did not. */
function repeatingCommands(
  findings: readonly Finding[],
  proven: readonly ProvenTime[],
  { target, isLedger, trust, rootPath, on }: Judged,
): string[] {
  const signed = findings.find(({ code }) => code === (isLedger ? 'LEDGER_AGREES' : 'PROOF_GOOD'))
  const logKeys = trust.keys.filter(({ kind }) => kind === 'log')
  const signer = logKeys.find(({ name }) => signed?.detail.startsWith(`${name}, `)) ?? logKeys[0]
  if (signer === undefined) return []
  const cosigned = findings.filter(({ code }) => code === 'CHECKPOINT_COSIGNED').map(({ detail }) => detail)
  const witnesses = trust.keys.filter(
    ({ kind, name }) => kind === 'witness' && cosigned.some((detail) => detail.startsWith(`${name}, `)),
  )
  function stampAt(place: string): StampToRepeat | undefined {
    const isThere = findings.some(
      ({ location, code }) =>
        location === place && code.startsWith('TIME_STAMP_') && !withoutStamp.includes(code),
    )
    if (!isThere) return undefined
    const [stamp] =
      proven.find(({ kind, location }) => kind === 'TIME_STAMP' && location === place)?.stamps ?? []
    return stampToRepeat(stamp, on)
  }
  if (!isLedger) {
    return commandsForPackage(target, signer, witnesses, {
      hasItems: findings.some(({ code }) => code === 'ITEMS_UNCHANGED' || code === 'ITEM_CHANGED'),
      timeStamp: stampAt(timeStampName),
      hasEvidence: findings.some(({ location }) => location === evidenceName),
      evidencedErasures: evidencedErasures(findings),
      rootPath,
    })
  }
  if (signed === undefined) return []
  const path = givenPath(signed.location) ?? join(target, signed.location)
  return commandsForCheckpoint(path, signer, witnesses, stampAt(signed.location), rootPath)
}
