import { commandNamed, commands } from './cli/commands.ts'
import { report, UsageError } from './cli/output.ts'
import { operatorFault } from './process/operator-fault.ts'

function usage(): string {
  return [
    'cli COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`),
    '',
    'Each takes --help and --json. Results go to standard output, errors to standard error; the exit status is 0 when it worked.',
    '',
  ].join('\n')
}

function complain(json: boolean, text: string): void {
  process.stderr.write(json ? `${JSON.stringify({ error: text })}\n` : `${text}\n`)
}

async function run(args: readonly string[]): Promise<number> {
  const found = commandNamed(args)
  if (found === null) {
    const asked = args.length === 0 || args[0] === '--help' || args[0] === 'help'
    if (asked) process.stdout.write(usage())
    else complain(args.includes('--json'), 'There is no such command; --help names all.')
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
    if (error instanceof UsageError) {
      complain(json, error.message)
      return 2
    }
    complain(
      json,
      operatorFault(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    return 1
  }
}

report.isTerminal = process.stderr.isTTY === true
process.exitCode = await run(process.argv.slice(2))
