import { isBoundary, type PiiMatch } from './pii-match.ts'

/** E-mail addresses in a text: from each `@` outwards, at most 64 characters before and 253 behind (RFC 5321, 4.5.3.1). */
export function emailAddressesIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  let free = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = startOfLocalPart(text, at, free)
    const end = endOfDomain(text, at)
    if (start === undefined || end === undefined) continue
    matches.push({ kind: 'EMAIL', start, end })
    free = end
  }
  return matches
}

const localCharacter = /[\p{L}\p{N}._%+'-]/u
const domainCharacter = /[\p{L}\p{N}.-]/u
const domainShape = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}]{2,24}$/u

function startOfLocalPart(text: string, at: number, free: number): number | undefined {
  let start = at
  while (start > free && at - start < 64 && localCharacter.test(text.charAt(start - 1))) start -= 1
  while (start < at && isBoundary(text, start)) start += 1
  return start < at && text[at - 1] !== '.' ? start : undefined
}

function endOfDomain(text: string, at: number): number | undefined {
  let end = at + 1
  while (end < text.length && end - at <= 253 && domainCharacter.test(text.charAt(end))) end += 1
  // The full stop of the sentence does not belong to the address.
  while (end > at + 1 && isBoundary(text, end - 1)) end -= 1
  return domainShape.test(text.slice(at + 1, end)) ? end : undefined
}
