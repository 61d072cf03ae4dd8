type Because = { readonly rule: string; readonly ground: string }

/** `ART17_1A` → 17, 1, a */
function partsOf(ground: string): readonly [string, string, string] {
  const [, article = '', paragraph = '', letter = ''] = /^ART(\d+)_(\d)([A-F])$/.exec(ground) ?? []
  return [article, paragraph, letter.toLowerCase()]
}

const de = {
  erase: 'Nachricht löschen lassen',
  title: 'Diese Nachricht löschen lassen (Art. 17 DSGVO)',
  when: 'Nur wenn sie nie hätte verarbeitet werden dürfen (Art. 17 Abs. 1 Buchst. d DSGVO), etwa ein Ausweis oder ein Befund, der niemanden hier etwas angeht. Mit ihr gehen ihre Dateien. Der Vorgang und alles andere darin bleiben.',
  how: 'Geplant wird eine Notlöschung. Gelöscht wird erst, wenn eine zweite Person zustimmt. Sperren halten sie auf.',
  plan: 'Weiter zur Notlöschung',
  who: 'Planen dürfen es Teamleitung, Schriftgutverwaltung und Datenschutz. Bitten Sie dort darum, und nennen Sie diese Nummer; sie sagt nichts über den Inhalt:',
  number: 'Nummer der Nachricht',
  copy: 'Nummer kopieren',
  erasedFile: (n: number, when: string, { rule, ground }: Because) => {
    const [article, paragraph, letter] = partsOf(ground)
    const what = n === 1 ? 'Eine Datei dieser Nachricht wurde' : `${n} Dateien dieser Nachricht wurden`
    return `${what} am ${when} gelöscht: Löschregel ${rule}, Art. ${article} Abs. ${paragraph} Buchst. ${letter} DSGVO.`
  },
}

type ErasureWords = typeof de

const en: ErasureWords = {
  erase: 'Have the message erased',
  title: 'Have this message erased (Art. 17 GDPR)',
  when: 'Only where it should never have been processed (Art. 17 (1) (d) GDPR), such as an identity card or a finding that is nobody’s business here. Its files go with it. The matter and everything else in it stay.',
  how: 'An emergency erasure is planned. Nothing is erased before a second person agrees. Holds stop it.',
  plan: 'Go on to the emergency erasure',
  who: 'Team leads, records management and data protection may plan it. Ask them, and give them this number; it says nothing of the content:',
  number: 'Number of the message',
  copy: 'Copy the number',
  erasedFile: (n, when, { rule, ground }) => {
    const [article, paragraph, letter] = partsOf(ground)
    const what = n === 1 ? 'One file of this message was' : `${n} files of this message were`
    return `${what} erased on ${when}: deletion rule ${rule}, Art. ${article} (${paragraph}) (${letter}) GDPR.`
  },
}

export const erasureWords: Readonly<Record<'de' | 'en', ErasureWords>> = { de, en }
