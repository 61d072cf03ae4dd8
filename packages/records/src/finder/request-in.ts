import { wordsOf } from './words.ts'

/** What a short message asks for in so many words: access (Art. 15 GDPR) or erasure (Art. 17). */
export type AskedRight = 'ACCESS' | 'ERASURE'

/** A longer one says something besides, and a person reads it. */
const maxLength = 80

/** Whole messages, by the languages of the finder; as people write them, spelling, courtesy and punctuation apart. */
const phrases: Readonly<Record<AskedRight, readonly string[]>> = {
  ERASURE: [
    'löschen',
    'Löschung',
    'löscht meine Daten',
    'löschen Sie meine Daten',
    'lösch meine Daten',
    'meine Daten löschen',
    'Daten löschen',
    'alle Daten löschen',
    'alle meine Daten löschen',
    'löschen Sie alle meine Daten',
    'löschen Sie alles',
    'alles löschen',
    'Löschung meiner Daten',
    'Löschantrag',
    'Antrag auf Löschung',
    'Antrag auf Löschung meiner Daten',
    'Datenlöschung',
    'ich möchte dass meine Daten gelöscht werden',
    'ich möchte meine Daten löschen lassen',
    'ich will dass meine Daten gelöscht werden',
    'ich beantrage die Löschung meiner Daten',
    'delete my data',
    'delete all my data',
    'erase my data',
    'delete',
    'supprimer mes données',
    'supprimez mes données',
    'verilerimi sil',
    'verilerimi silin',
    'usuń moje dane',
    'proszę usunąć moje dane',
    'удалите мои данные',
    'удалить мои данные',
    'видаліть мої дані',
    'видалити мої дані',
    'șterge datele mele',
    'ștergeți datele mele',
    'احذف بياناتي',
    'احذفوا بياناتي',
  ],
  ACCESS: [
    'Auskunft',
    'Datenauskunft',
    'Selbstauskunft',
    'DSGVO Auskunft',
    'Auskunft DSGVO',
    'Auskunft nach DSGVO',
    'Auskunft Art 15',
    'Auskunft nach Art 15 DSGVO',
    'Auskunft nach Artikel 15 DSGVO',
    'Auskunft über meine Daten',
    'Auskunft zu meinen Daten',
    'Auskunftsersuchen',
    'Antrag auf Auskunft',
    'Antrag auf Datenauskunft',
    'ich möchte Auskunft über meine Daten',
    'ich beantrage Auskunft über meine Daten',
    'ich beantrage Auskunft nach Art 15 DSGVO',
    'welche Daten haben Sie über mich',
    'welche Daten haben Sie von mir',
    'welche Daten haben Sie über mich gespeichert',
    'welche Daten haben Sie von mir gespeichert',
    'welche Daten speichern Sie über mich',
    'welche Daten habt ihr über mich',
    'welche Daten habt ihr von mir',
    'welche Daten sind über mich gespeichert',
    'welche Daten sind von mir gespeichert',
    'was haben Sie über mich gespeichert',
    'was habt ihr über mich gespeichert',
    'was Sie über mich gespeichert haben',
    'was ist über mich gespeichert',
    'ich möchte wissen was Sie über mich gespeichert haben',
    'ich möchte wissen welche Daten Sie über mich gespeichert haben',
    'Kopie meiner Daten',
    'ich möchte eine Kopie meiner Daten',
    'access my data',
    'data access request',
    'subject access request',
    'what data do you have about me',
    'what data do you store about me',
    'what have you stored about me',
    'a copy of my data',
    'accès à mes données',
    'hangi verilerim var',
    'dostęp do moich danych',
    'доступ к моим данным',
    'доступ до моїх даних',
    'accesul la datele mele',
  ],
}

const courtesies = 'bitte hallo moin danke vielen dank guten tag morgen abend please hello hi thanks merci'
const courtesy = new Set(keyOf(courtesies).split(' '))

function keyOf(text: string): string {
  return wordsOf(text)
    .map((word) => word.text)
    .join(' ')
}

const known: ReadonlyMap<string, AskedRight> = new Map(
  (Object.entries(phrases) as [AskedRight, readonly string[]][]).flatMap(([right, texts]) =>
    texts.map((text) => [keyOf(text), right] as const),
  ),
)

/**
 * The right that a message asks for, when it says nothing else: an ordinary sentence in which such a word stands is none. Recognised is put before a
 * person; nothing follows from it by itself.
 */
export function requestIn(text: string): AskedRight | null {
  if (text.length > maxLength) return null
  const words = keyOf(text).split(' ')
  return known.get(words.filter((word) => !courtesy.has(word)).join(' ')) ?? null
}
