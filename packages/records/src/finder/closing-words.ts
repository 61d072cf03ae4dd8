/**
 * Words of which a message that only ends a conversation consists. At least one of them must be one of `closing`; the rest
 * may be politeness. No model, no cloud: a list that anybody can read.
 */
const closing = new Set(
  'danke dankeschön dankeschoen dank thx thanks thank merci teşekkürler tesekkurler спасибо дякую dziękuję gracias grazie ok okay oki okey jo ja jap passt super prima perfekt klasse toll top spitze alles gut verstanden erledigt bescheid 👍 🙏 ❤ 😊 👌 🙂 😀 👏'.split(
    ' ',
  ),
)

const polite = new Set(
  'vielen herzlichen besten lieben tausend ganz sehr nochmal nochmals dir ihnen euch für fuer die das den der hilfe info infos auskunft antwort rückmeldung rueckmeldung schnelle nette freundliche klar in ordnung geklappt hat es ist so wunderbar und auch schönen schönes schoenen schoenes tag abend wochenende feierabend noch einen ein mit freundlichen grüßen grüße gruß grüsse gruesse gruss liebe viele lg mfg vg bis dann tschüss ciao you very much so'.split(
    ' ',
  ),
)

const longestClosing = 14

/** Whether a text does nothing but thank or agree. A question or a number is never a closing message. */
export function isClosingText(text: string): boolean {
  if (text.length > 200 || /[?0-9]/.test(text)) return false
  // Skin tones and variation selectors are forms of the same sign.
  const plain = text.toLowerCase().replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F\u200D]/gu, '')
  const words = plain.match(/\p{L}+|\p{Extended_Pictographic}/gu) ?? []
  if (words.length === 0 || words.length > longestClosing) return false
  return (
    words.some((word) => closing.has(word)) && words.every((word) => closing.has(word) || polite.has(word))
  )
}
