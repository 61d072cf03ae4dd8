import { isBoundary, type PiiMatch } from './pii-match.ts'

/**
 * E-mail addresses in a plain text: around each `@`, and around each "at", "ät", "(at)", "собака" … that people write instead, with
 * "punkt", "dot", "точка" for the full stop. At most 64 characters before and 253 behind (RFC 5321, 4.5.3.1).
 */
export function emailAddressesIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  let free = 0
  for (const sign of text.matchAll(atSign)) {
    if (sign.index < free) continue
    const start = startOfLocalPart(text, sign.index, free)
    const end = endOfDomain(text, sign.index + sign[0].length)
    if (start === undefined || end === undefined) continue
    const domain = text.slice(sign.index + sign[0].length, end)
    if (/^ \p{L}/u.test(sign[0]) && !isMeant(text, start, sign.index, domain)) continue
    if (/\s/.test(sign[0] + domain) && !commonEnds.has(/\p{L}+$/u.exec(domain)?.[0].toLowerCase() ?? ''))
      continue
    matches.push({ kind: 'EMAIL', start, end })
    free = end
  }
  return matches
}

const atSign =
  / ?[[({<] ?(?:at|ät|aet|a|@|klammeraffe|affe|собака) ?[\])}>] ?| (?:at|ät|aet|klammeraffe|affenschwanz|собака|собачка|равлик|равлык|małpa|malpa|chiocciola|arobase) |[-_.](?:at|ät)[-_.]| ?@[ \n]?/giu

/** "treffen uns at web.de" is no address: a bare word for the sign wants a spoken full stop, a name with a sign in it, or "Mail" before. */
function isMeant(text: string, start: number, at: number, domain: string): boolean {
  if (/ |[[({]/.test(domain) || /[._0-9-]/.test(text.slice(start, at))) return true
  return /mail/i.test(text.slice(Math.max(0, start - 30), start))
}

const spokenDot =
  / ?[[({] ?(?:\.|punkt|dot|pkt) ?[\])}] ?| (?:punkt|dot|pkt|точка|крапка|kropka|nokta|punct) /iuy
const spokenBefore = / (?:punkt|dot|точка|крапка|kropka|nokta|unterstrich|minus|bindestrich) $/iu
const localCharacter = /[\p{L}\p{N}._%+'-]/u
const domainCharacter = /[\p{L}\p{N}-]/u
const topLevel = /^\p{L}{2,24}$/u

function startOfLocalPart(text: string, at: number, free: number): number | undefined {
  let start = backOverName(text, at, free)
  if (start === at || text[at - 1] === '.') return undefined
  for (let spoken = 0; spoken < 3; spoken++) {
    const word = spokenBefore.exec(text.slice(Math.max(free, start - 16), start))
    if (word === null) break
    const further = backOverName(text, start - word[0].length, free)
    if (further === start - word[0].length) break
    start = further
  }
  // A handle (`@stadt@social.example`) or a piece of an address of the web.
  return text[start - 1] === '@' || text[start - 1] === '/' ? undefined : start
}

function backOverName(text: string, end: number, free: number): number {
  let start = end
  while (start > free && end - start < 64 && localCharacter.test(text.charAt(start - 1))) start -= 1
  while (start < end && isBoundary(text, start)) start += 1
  return start
}

function endOfDomain(text: string, from: number): number | undefined {
  let best: number | undefined
  let at = from
  for (let labels = 0; labels < 9; labels++) {
    const start = at
    while (at - start < 63 && domainCharacter.test(text.charAt(at))) at += 1
    let end = at
    while (end > start && text[end - 1] === '-') end -= 1
    if (end === start || text[start] === '-') break
    const label = text.slice(start, end)
    if (labels > 0 && topLevel.test(label) && isBoundary(text, end)) best = end
    const dot = endOfDot(text, at, labels)
    if (dot === undefined) break
    at = dot
  }
  return best
}

function endOfDot(text: string, at: number, labels: number): number | undefined {
  spokenDot.lastIndex = at
  if (spokenDot.test(text)) return spokenDot.lastIndex
  // "web,de" and "web. de": slips of the thumb, taken only for the first one and before an ending that people have.
  const slip = labels === 0 ? /^(?: ?[.,] ?)(\p{L}{2,10})(?!\p{L})/u.exec(text.slice(at, at + 14)) : null
  if (slip !== null && commonEnds.has(slip[1]?.toLowerCase() ?? ''))
    return at + slip[0].length - (slip[1]?.length ?? 0)
  return text[at] === '.' ? at + 1 : undefined
}

const commonEnds = new Set(
  'de com net org info eu at ch example test invalid ru ua рф укр pl ro tr uk fr it es nl be dk se no fi cz sk hu bg gr io me online email berlin hamburg bayern koeln cologne nrw shop biz gmx tv app dev cloud gov edu li lu ie pt rs hr si ba al mk by kz am ge'.split(
    ' ',
  ),
)
