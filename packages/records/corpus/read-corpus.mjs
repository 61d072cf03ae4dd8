import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * @typedef {{ kind: string, category?: string, start: number, end: number }} Expected
 * @typedef {{ file: string, text: string, expected: Expected[], held: boolean, secondHand: boolean }} CorpusMessage
 * @typedef {{ direction: 'IN' | 'OUT', text: string, writtenOn: string, onlyThanks: boolean }} CorpusLine
 * @typedef {{ label: string, lines: CorpusLine[], elsewhere: string[], held: boolean, secondHand: boolean }} CorpusChat
 */

const folder = new URL('./', import.meta.url)
/** The day on which everything in the corpus was written. */
export const writtenOn = '2026-06-03'

const kinds = {
  IBAN: 'IBAN',
  TAX: 'TAX_ID',
  KV: 'HEALTH_INSURANCE_NUMBER',
  ID: 'IDENTITY_DOCUMENT',
  DOB: 'DATE_OF_BIRTH',
  EMAIL: 'EMAIL',
  PHONE: 'PHONE',
}
const categories = {
  HEALTH: 'HEALTH',
  RELIGION: 'RELIGION_OR_BELIEF',
  POLITICS: 'POLITICAL_OPINION',
  UNION: 'TRADE_UNION',
  ORIGIN: 'ETHNIC_ORIGIN',
  SEX: 'SEX_LIFE',
  GENETIC: 'GENETIC_OR_BIOMETRIC',
  CRIME: 'CRIMINAL_MATTER',
}

/**
 * Which half a text belongs to is decided by its hash, so that nobody chooses. What was written while tuning (`….tuned.txt`) has been
 * looked at already.
 *
 * @param {string} text
 * @param {string} file
 */
function isHeld(text, file) {
  if (file.includes('.tuned.')) return false
  return (createHash('sha256').update(text).digest()[0] ?? 0) % 2 === 1
}

/** `….voices.txt`: written by somebody else, after the tables stood. @param {string} file */
function isOfSecondHand(file) {
  return file.includes('.voices.')
}

/** @param {string} line @param {string} file @returns {CorpusMessage} */
export function readMessage(line, file) {
  /** @type {Expected[]} */
  const expected = []
  let text = ''
  let last = 0
  const written = line.replaceAll('\\n', '\n')
  for (const mark of written.matchAll(/\[([A-Z]+)\|([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/g)) {
    text += written.slice(last, mark.index)
    const name = /** @type {string} */ (mark[1])
    const value = /** @type {string} */ (mark[2])
    const span = { start: text.length, end: text.length + value.length }
    if (name in kinds) expected.push({ kind: kinds[/** @type {keyof typeof kinds} */ (name)], ...span })
    else if (name in categories) {
      const category = categories[/** @type {keyof typeof categories} */ (name)]
      expected.push({ kind: 'SPECIAL_CATEGORY', category, ...span })
    } else if (name === 'CARE') expected.push({ kind: 'SPECIAL_CATEGORY', ...span })
    else throw new Error(`${file}: no such mark: ${name}`)
    text += value
    last = mark.index + mark[0].length
  }
  text += written.slice(last)
  return { file, text, expected, held: isHeld(text, file), secondHand: isOfSecondHand(file) }
}

/** @returns {CorpusMessage[]} */
export function readMessages() {
  return readdirSync(new URL('messages/', folder))
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) =>
      readFileSync(new URL(`messages/${file}`, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('# '))
        .map((line) => readMessage(line, file)),
    )
}

/** @returns {CorpusChat[]} */
export function readChats() {
  return readdirSync(new URL('chats/', folder))
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) =>
      readFileSync(new URL(`chats/${file}`, folder), 'utf8')
        .trim()
        .split(/\n{2,}/)
        .map((block) => readChat(block, file)),
    )
}

/** @param {string} block @param {string} file @returns {CorpusChat} */
function readChat(block, file) {
  const label = file.replace(/[0-9]*\..*/, '')
  /** @type {CorpusChat} */
  const chat = {
    label,
    lines: [],
    elsewhere: [],
    held: isHeld(block, file),
    secondHand: isOfSecondHand(file),
  }
  for (const line of block.split('\n')) {
    const text = line.slice(2).replaceAll('\\n', '\n')
    if (line.startsWith('= ')) chat.elsewhere.push(text)
    else if (/^[<>~] /.test(line)) {
      const direction = line.startsWith('<') ? 'OUT' : 'IN'
      chat.lines.push({ direction, text, writtenOn, onlyThanks: line.startsWith('~') })
    } else throw new Error(`${label}: ${line}`)
  }
  return chat
}
