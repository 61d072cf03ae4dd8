import { parseArgs } from 'node:util'
import { UsageError } from './output.ts'

/** An option, and what stands for its value in the help. One that is neither wanted nor repeatable may be left away. */
type Option =
  | { readonly type: 'boolean' }
  | { readonly type: 'string'; readonly value: string; readonly wanted?: true; readonly multiple?: true }

type Options = Readonly<Record<string, Option>>

type Value<O extends Option> = O extends { type: 'boolean' }
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    : O extends { wanted: true }
      ? string
      : string | undefined

/** What a command was asked: its options by name, `json` among them, and the words that are none. */
type Asked<O extends Options> = { readonly [Name in keyof O]: Value<O[Name]> } & {
  readonly json: boolean
  readonly words: readonly string[]
}

export type Command = {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  /** How it is written, for the help. */
  readonly options: string
  readonly help: string
  /** Another program answers `--help`. */
  readonly ownHelp?: boolean
  /** Resolves with the exit status. @throws UsageError */
  readonly run: (args: readonly string[]) => Promise<number>
}

function written(name: string, option: Option): string {
  if (option.type === 'boolean') return `[--${name}]`
  const plain = `--${name} ${option.value}`
  return option.multiple ? `[${plain} …]` : option.wanted ? plain : `[${plain}]`
}

function parsed(args: readonly string[], options: Options, takesWords: boolean) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: takesWords,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { type, ...rest }]) => [
          name,
          { type, multiple: 'multiple' in rest },
        ]),
      ),
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/**
 * A command whose options are read here and nowhere else; `json` is one of each. It resolves with the exit status, or with nothing
 * when it worked.
 */
export function command<const O extends Options>(definition: {
  readonly name: string
  readonly summary: string
  readonly help: string
  readonly options: O
  /** What stands for the words in the help; left away: it takes none. */
  readonly words?: string
  readonly run: (asked: Asked<O>) => Promise<number | undefined>
}): Command {
  const { name, summary, help, words, run } = definition
  const options: Options = { ...definition.options, json: { type: 'boolean' } }
  const entries = Object.entries(options)
  return {
    name,
    summary,
    help,
    options: [...(words === undefined ? [] : [words]), ...entries.map((entry) => written(...entry))].join(
      ' ',
    ),
    run: async (args) => {
      const { values, positionals } = parsed(args, options, words !== undefined)
      const missing = entries.filter(([one, option]) => 'wanted' in option && !values[one])
      if (missing.length > 0) {
        throw new UsageError(`Needed: ${missing.map((entry) => written(...entry)).join(', ')}`)
      }
      const given = entries.map(([one, option]) => [
        one,
        values[one] ?? (option.type === 'boolean' ? false : option.multiple ? [] : undefined),
      ])
      // The types of the definition say what has just been read by it.
      const asked = { ...Object.fromEntries(given), words: positionals } as Asked<O>
      return (await run(asked)) ?? 0
    },
  }
}
