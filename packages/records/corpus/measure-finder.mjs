/** How well the finder does on the corpus: `node packages/records/corpus/measure-finder.mjs [--misses]`, after `npm run build`. */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { readChats, readMessages, writtenOn } from './read-corpus.mjs'

/**
 * @typedef {import('./read-corpus.mjs').CorpusChat} CorpusChat
 * @typedef {{ right: number, missed: number, wrong: number, examples: string[] }} Count
 * @typedef {Pick<typeof import('../src/index.ts'), 'personalDataIn' | 'piiKinds' | 'openMatter' | 'lastMessageIsThanks' | 'doesNotBelongHere' | 'wordingOf'>} Finder
 * @typedef {(name: string, expected: boolean, found: boolean, text: string) => void} Judge
 */

/**
 * Counts for each kind, on the half that may be looked at or on the other; perhaps only what the second hand wrote.
 *
 * @param {Finder} finder
 * @param {boolean} held
 * @param {boolean} [secondHandOnly]
 * @returns {Map<string, Count>}
 */
export function measure(finder, held, secondHandOnly = false) {
  /** @type {Map<string, Count>} */
  const counts = new Map()
  /** @param {string} name */
  function count(name) {
    const known = counts.get(name) ?? { right: 0, missed: 0, wrong: 0, examples: [] }
    counts.set(name, known)
    return known
  }
  /** @param {string} name @param {boolean} expected @param {boolean} found @param {string} text */
  function judge(name, expected, found, text) {
    const one = count(name)
    if (expected && found) one.right += 1
    else if (expected) one.missed += 1
    else if (found) one.wrong += 1
    if (expected !== found) one.examples.push(`${expected ? 'missed' : 'wrong '} ${text}`)
  }
  /** @param {{ held: boolean, secondHand: boolean }} each */
  function counted(each) {
    return each.held === held && (each.secondHand || !secondHandOnly)
  }
  for (const message of readMessages().filter(counted)) judgeMessage(finder, message, judge)
  for (const chat of readChats().filter(counted)) judgeChat(finder, chat, judge)
  return counts
}

/**
 * A value counts as found when a match of its kind overlaps it, a special category once a message. Every other match is wrong.
 *
 * @param {Finder} finder
 * @param {import('./read-corpus.mjs').CorpusMessage} message
 * @param {Judge} judge
 */
function judgeMessage(finder, { file, text, expected }, judge) {
  const found = finder.personalDataIn(text, /** @type {any} */ (writtenOn))
  for (const kind of finder.piiKinds) {
    const ours = found.filter((match) => match.kind === kind)
    const theirs = expected.filter((each) => each.kind === kind)
    if (kind === 'SPECIAL_CATEGORY') {
      const language = file.match(/^special\.(\w+)\./)?.[1]
      const name = language === undefined ? kind : `${kind} ${language}`
      if (theirs.length > 0 || ours.length === 0) judge(name, theirs.length > 0, ours.length > 0, text)
      else for (const _ of ours) judge(name, false, true, text)
      continue
    }
    for (const { start, end } of theirs) {
      judge(
        kind,
        true,
        ours.some((match) => match.start < end && start < match.end),
        text,
      )
    }
    for (const match of ours) {
      if (!theirs.some(({ start, end }) => match.start < end && start < match.end))
        judge(kind, false, true, text)
    }
  }
}

/**
 * @param {CorpusChat} chat
 * @param {(name: string, expected: boolean, found: boolean, text: string) => void} judge
 */
function judgeChat(finder, chat, judge) {
  const { label, lines, elsewhere } = chat
  const conversation = /** @type {import('../src/index.ts').Conversation} */ (
    /** @type {unknown} */ ({
      messages: lines,
      media: [],
      hasFileReference: true,
      hasNote: true,
      receivedOutsideOfficeHours: false,
      acceptedAt: null,
      wordingsElsewhere: new Set(elsewhere.map(finder.wordingOf)),
      ownPostalCodes: new Set(['62344', '62345', '62346']),
    })
  )
  const text = lines.map((line) => `${line.direction === 'IN' ? '>' : '<'} ${line.text}`).join(' ')
  const open = finder.openMatter(conversation)
  const thanks = finder.lastMessageIsThanks(conversation)
  const wrong = finder.doesNotBelongHere(conversation)
  const last = lines.at(-1)
  const stays = label === 'open' || label === 'record'
  // Of an open matter thanks are not said: there only a wrong "thanks" counts.
  if (stays) judge('ONLY_THANKS', false, thanks !== null, text)
  else judge('ONLY_THANKS', last?.direction === 'IN' && last.onlyThanks, thanks !== null, text)
  for (const [name, detail] of Object.entries(details))
    judge(detail, label === name, wrong?.detail === detail, text)
  if (stays) judge('OPEN_PROPOSED', false, thanks !== null || wrong !== null || open === null, text)
  else if (label !== 'undecided')
    judge('CAN_GO_NAMED', true, open === null && (thanks !== null || wrong !== null), text)
}

const details = {
  spam: 'SPAM',
  misdirected: 'MISDIRECTED',
  'other-town': 'OTHER_MUNICIPALITY',
  duplicate: 'DUPLICATE',
}

/** Wilson's interval of 95 % for a share, in per cent. @param {number} good @param {number} all */
export function wilson(good, all) {
  if (all === 0) return '–'
  const z = 1.96
  const share = good / all
  const centre = share + (z * z) / (2 * all)
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all))
  const [low, high] = [centre - spread, centre + spread].map((bound) => (100 * bound) / (1 + (z * z) / all))
  return `${((100 * good) / all).toFixed(1)} (${low?.toFixed(0)}–${high?.toFixed(0)})`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { misses } = parseArgs({ options: { misses: { type: 'boolean' } } }).values
  const finder = await import('../dist/index.js')
  for (const [held, secondHandOnly, title] of /** @type {const} */ ([
    [false, false, 'The half that may be looked at'],
    [false, true, '… of it what the second hand wrote'],
    [true, false, 'The half nobody looks at'],
    [true, true, '… of it what the second hand wrote'],
  ])) {
    process.stdout.write(`\n${title}\n`)
    for (const [name, { right, missed, wrong, examples }] of measure(finder, held, secondHandOnly)) {
      const recall = name === 'OPEN_PROPOSED' ? '' : `recall ${wilson(right, right + missed)}`
      const precision =
        name === 'OPEN_PROPOSED' ? `proposed ${wrong}` : `precision ${wilson(right, right + wrong)}`
      process.stdout.write(
        `${name.padEnd(26)} ${recall.padEnd(24)} ${precision.padEnd(28)} ${right + missed} expected\n`,
      )
      if (!misses || held || secondHandOnly) continue
      for (const example of examples) process.stdout.write(`    ${example.replaceAll('\n', '⏎')}\n`)
    }
  }
}
