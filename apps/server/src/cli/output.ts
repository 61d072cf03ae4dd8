/** The command line was not usable; the message says why. */
export class UsageError extends Error {}

/** Takes the options that a command knows. @throws UsageError naming one that it does not */
export function onlyOptions(args: readonly string[], known: readonly string[]): void {
  const unknown = args.find((arg) => !known.includes(arg))
  if (unknown !== undefined) throw new UsageError(`${unknown} is not understood here.`)
}

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
