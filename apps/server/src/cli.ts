import { commandNamed, commands } from './cli/command.ts'
import { report, UsageError } from './cli/output.ts'
import { ConfigUnusable } from './config.ts'

const usage = (): string =>
  [
    'cli COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`),
    '',
    'Each takes --help and --json. Results go to standard output, errors to standard error; the exit status is 0 when it worked.',
    '',
  ].join('\n')

const run = async (args: readonly string[]): Promise<number> => {
  const found = commandNamed(args)
  if (found === null) {
    const asked = args.length === 0 || args[0] === '--help' || args[0] === 'help'
    ;(asked ? process.stdout : process.stderr).write(usage())
    return asked ? 0 : 2
  }
  const { command, rest } = found
  const json = rest.includes('--json')
  if (rest.includes('--help') && command.ownHelp !== true) {
    process.stdout.write(`cli ${command.name} ${command.options}\n\n${command.help}\n`)
    return 0
  }
  try {
    return await command.run(rest)
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof ConfigUnusable
    const text =
      error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
    process.stderr.write(json ? `${JSON.stringify({ error: text })}\n` : `${text}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

report.isTerminal = process.stderr.isTTY === true
process.exitCode = await run(process.argv.slice(2))
