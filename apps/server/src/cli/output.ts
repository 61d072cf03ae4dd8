/** The command line was not usable; the message says why. */
export class UsageError extends Error {}

/** What a command has to say: a result for scripts or for people, and progress for people only. */
export const report = {
  isTerminal: false,
  result(json: boolean, facts: Readonly<Record<string, unknown>>, sentence: string): void {
    process.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${sentence}\n`)
  },
  progress(sentence: string): void {
    if (report.isTerminal) process.stderr.write(`${sentence}\n`)
  },
}
