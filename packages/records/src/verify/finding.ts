import type { FindingCode, Severity } from './finding-code.ts'
import { sentences } from './finding-sentences.ts'

export type Finding = {
  code: FindingCode
  severity: Severity
  /** A file in the package or folder, with a byte offset, an item or an entry number where there is one. */
  location: string
  /** Particulars for a person: times, names of keys, rules. Never content. */
  detail: string
  de: string
  en: string
}

export function finding(code: FindingCode, location: string, detail = ''): Finding {
  const [severity, de, en] = sentences[code]
  return { code, severity, location: printable(location), detail: printable(detail), de, en }
}

/** Names of files and of logs come from whoever made them: no sequence for a terminal, no turned reading direction. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
}

/** The exit status of the program: 0 valid, 1 invalid, 2 unusable, 3 indeterminate. */
export type Verdict = 0 | 1 | 2 | 3

/** An error weighs more than what could not be judged, and that more than what has lapsed. */
export function verdictOf(findings: readonly Pick<Finding, 'severity'>[]): Verdict {
  function has(wanted: Severity) {
    return findings.some(({ severity }) => severity === wanted)
  }
  if (has('error')) return 1
  if (has('unusable')) return 2
  return has('indeterminate') ? 3 : 0
}
