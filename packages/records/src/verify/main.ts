import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { evidenceName, timeStampName } from '../archive/package-layout.ts'
import { bytesInFile } from './byte-source.ts'
import { givenPath, type Invocation, parseInvocation, Unusable, usage } from './command-line.ts'
import { type Finding, verdictOf } from './finding.ts'
import { openLedgerFolder } from './open-ledger-folder.ts'
import { commandsForCheckpoint, commandsForPackage } from './repeating-commands.ts'
import { verifyLedger } from './verify-ledger.ts'
import { verifyPackage } from './verify-package.ts'

/** The program text of test/EvidenceCheck.java, put in by the bundler. */
declare const EVIDENCE_CHECK_JAVA: string

type Judged = Invocation & { isLedger: boolean }
type Output = { write: (text: string) => void; progress: (text: string) => void }

const words = {
  de: { verdicts: ['GÜLTIG', 'UNGÜLTIG', 'NICHT PRÜFBAR'], repeat: 'Mit fremden Werkzeugen wiederholen:' },
  en: { verdicts: ['VALID', 'INVALID', 'UNUSABLE'], repeat: 'Repeat with tools of others:' },
} as const

/** Runs the command line; answers the exit status. */
export async function run(args: readonly string[], now: Date, output: Output): Promise<0 | 1 | 2> {
  if (args.includes('--help') || args.includes('-h')) {
    output.write(`${usage}\n`)
    return 0
  }
  if (args.includes('--print-evidence-check')) {
    output.write(EVIDENCE_CHECK_JAVA)
    return 0
  }
  try {
    const invocation = parseInvocation(args, now)
    const judged = { ...invocation, isLedger: (await stat(invocation.target)).isDirectory() }
    const findings = await verify(judged, output)
    const status = verdictOf(findings)
    output.write(invocation.json ? asJson(findings, status) : asText(findings, status, judged))
    return status
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

async function verify(invocation: Judged, output: Output): Promise<Finding[]> {
  const { target, trust, ledger, itemKeys } = invocation
  const progress = progressOf(invocation, output)
  if (invocation.isLedger) return (await verifyFolder(target, invocation, output)).findings
  const explained = ledger === undefined ? undefined : await verifyFolder(ledger, invocation, output)
  const source = await bytesInFile(target)
  try {
    const findings = await verifyPackage(source, {
      trust,
      progress,
      ...(itemKeys && { itemKeys }),
      ...(explained && { ledger: explained }),
    })
    return [...(explained?.findings ?? []), ...findings]
  } finally {
    await source.close()
  }
}

async function verifyFolder(path: string, invocation: Invocation, output: Output) {
  const folder = await openLedgerFolder(path)
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

function asJson(findings: readonly Finding[], status: 0 | 1 | 2): string {
  return `${JSON.stringify({ verdict: ['valid', 'invalid', 'unusable'][status], findings }, undefined, 2)}\n`
}

function asText(findings: readonly Finding[], status: 0 | 1 | 2, judged: Judged): string {
  const marks = { error: '✗', notice: '·', unusable: '?' } as const
  const lines = findings.map(({ severity, code, location, detail, [judged.language]: sentence }) => {
    const particulars = detail === '' ? '' : ` (${detail})`
    return `${marks[severity]} ${code}  ${location}\n    ${sentence}${particulars}`
  })
  const { verdicts, repeat } = words[judged.language]
  const commands = repeatingCommands(findings, judged)
  const repeated = commands.length === 0 ? [] : ['', repeat, ...commands.map((command) => `  ${command}`)]
  return `${[...lines, '', verdicts[status], ...repeated].join('\n')}\n`
}

/** With the key of the log that signed; when none did, the first one given shows that it did not. */
function repeatingCommands(
  findings: readonly Finding[],
  { target, isLedger, trust, rootPath }: Judged,
): string[] {
  const signed = findings.find(({ code }) => code === (isLedger ? 'LEDGER_AGREES' : 'PROOF_GOOD'))
  const logKeys = trust.keys.filter(({ kind }) => kind === 'log')
  const signer = logKeys.find(({ name }) => signed?.detail.startsWith(`${name}, `)) ?? logKeys[0]
  if (signer === undefined) return []
  function isStamped(place: string) {
    return findings.some(
      ({ location, code }) =>
        location === place && code.startsWith('TIME_STAMP_') && code !== 'TIME_STAMP_ABSENT',
    )
  }
  if (!isLedger) {
    return commandsForPackage(target, signer, {
      hasTimeStamp: isStamped(timeStampName),
      hasEvidence: findings.some(({ location }) => location === evidenceName),
      rootPath,
    })
  }
  if (signed === undefined) return []
  const path = givenPath(signed.location) ?? join(target, signed.location)
  return commandsForCheckpoint(path, signer, isStamped(signed.location), rootPath)
}
