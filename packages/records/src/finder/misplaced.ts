import { isBoundary } from './pii-match.ts'

const misdirectedPhrases = [
  'falsche nummer',
  'falschen chat',
  'falscher chat',
  'falsch verbunden',
  'verwählt',
  'nicht für sie bestimmt',
  'nicht für dich bestimmt',
  'war für jemand anderen',
  'sorry, falsch',
  'wrong number',
]

const spamPhrases = [
  'sie haben gewonnen',
  'gewinnspiel',
  'bitcoin',
  'krypto',
  'investition mit rendite',
  'kredit ohne schufa',
  'casino',
  'jetzt klicken',
  'paket konnte nicht zugestellt',
  'hallo mama',
  'hallo papa, mein handy',
  'verdienen sie von zu hause',
  'passives einkommen',
]

/** Whether the sender says that the message was meant for somebody else. */
export function soundsMisdirected(text: string): boolean {
  const lower = text.toLowerCase()
  return misdirectedPhrases.some((phrase) => lower.includes(phrase))
}

/** Two marks of spam at least: each typical phrase is one, a link is one, three links are two. */
export function soundsLikeSpam(text: string): boolean {
  const lower = text.toLowerCase()
  const phrases = spamPhrases.filter((phrase) => lower.includes(phrase)).length
  const links = lower.split('http').length - 1
  return phrases + (links > 0 ? 1 : 0) + (links > 2 ? 1 : 0) >= 2
}

/** Postal codes with a place name behind them ("12345 Musterstadt"), each once. */
export function postalCodesIn(text: string): string[] {
  const found = new Set<string>()
  for (const match of text.matchAll(/[0-9]{5}(?= \p{Lu}\p{Ll})/gu)) {
    if (isBoundary(text, match.index - 1)) found.add(match[0])
  }
  return [...found]
}

/** What makes two messages the same for the finder: letters and digits, case and spacing aside. */
export function wordingOf(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ')
}
