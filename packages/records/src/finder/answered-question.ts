import { isClosingText } from './closing-text.ts'
import type { SeenMessage } from './conversation.ts'
import { promises } from './office-promise.ts'
import { asksSomething, saysOf } from './said-of-matter.ts'

/** Whoever is answered with yes or no had asked, however it was spelt; whoever is answered "Kein Problem" wanted nothing. */
export function isQuestionByItsAnswer(turn: readonly SeenMessage[], answer: string): boolean {
  if (refused.test(answer) && !promises(answer) && turn.some(({ text }) => asksSomething(text))) return true
  if (turn.some(({ text }) => saysOf(text, 'TO_BE_DONE') || defect.test(text))) return false
  if (no.test(answer) && !promises(answer)) return true
  if (yes.test(answer) && !promises(answer) && !turn.some(({ text }) => firstPerson.test(text))) return true
  return noMatter.test(answer) && isClosingText(answer)
}

/** "Nein, das ist leider nicht möglich": there is nothing left to do. */
const refused =
  /^\s*(?:nein|leider nein|leider nicht|no)(?!\p{L})[^.!?]{0,60}(?<!\p{L})(?:nicht möglich|geht nicht|nicht vorgesehen|leider nicht|not possible)(?!\p{L})/iu
const no = /^\s*(?:nein|nö|no)(?!\p{L})/iu
/** A bare "Ja": "Ja, das wissen wir" may answer a report. */
const yes = /^\s*(?:ja|yes)[,.!]?\s*(?:kostenlos|umsonst|gratis|it is|its free)?[.!]?\s*$/iu
/** Who speaks of themselves may have ordered or reported something, whatever the answer. */
const firstPerson =
  /(?<!\p{L})(?:wir|uns|unser\p{L}*|mein\p{L}*|ich (?:habe?|will|möchte|nehme|melde|komme|bin)|i|we|my|our|я|мы|ми|мой|моя|мій|ja mam|mam|mój|moja|eu|am|meu|mea|ben|biz|benim|bitte|please|lütfen|пожалуйста|будь|прошу|proszę|rog|رجاء|ارجو|انا|عندي|نحن)(?!\p{L})/iu
const noMatter =
  /^\s*(?:kein problem|gern geschehen|nichts zu danken|macht nichts|nicht schlimm|no problem)(?!\p{L})/iu
/** What a report says is wrong. */
const defect =
  /(?<!\p{L})(?:nicht|kein\p{L}*|kaputt|defekt|fehl\p{L}*|weg|laut|nix|ned|net|not|broken|missing|не|нет|немає|nie|nu|لا|ما|değil|yok|bozuk|\p{L}+m[ıiuü]yor)(?!\p{L})/iu
