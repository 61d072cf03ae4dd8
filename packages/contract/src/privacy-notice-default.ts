import type { NoticeDraft } from './privacy-notice-text.ts'

const plain = `Guten Tag, hier ist {Behörde}. Wir sind für diesen Chat verantwortlich. Das Wichtigste zu Ihren Daten:

• WhatsApp gehört zum Unternehmen Meta. Meta und unser Dienstleister transportieren die Nachrichten und erfahren, wer wann mit wem schreibt, auch außerhalb der EU.
• Schreiben Sie hier bitte nichts über Gesundheit, Religion oder Geld, und schicken Sie keine Ausweise.
• Wir brauchen Ihre Nachrichten, um Ihnen zu antworten. {Löschfrist} nach dem Ende Ihres Anliegens löschen wir den Chat, wenn er nicht in eine Akte gehört.
• Es geht auch ohne WhatsApp: Telefon {Telefon}, E-Mail {E-Mail}, Formular {Formular}
• Was wir über Sie wissen: Schreiben Sie AUSKUNFT. Was weg soll: Schreiben Sie LÖSCHEN.

Alle Hinweise zum Datenschutz: {Hinweise}
Leichte Sprache: Schreiben Sie LEICHT.`

const english = `In English: this is {Behörde}. WhatsApp belongs to Meta, which learns who writes to whom and when. Please send nothing sensitive and no identity documents. We use your messages to answer you. Without WhatsApp: phone {Telefon}, e-mail {E-Mail}. Write AUSKUNFT to get a copy of your data, LÖSCHEN to have it erased. More (in German): {Hinweise}`

const easy = `Wir sind {Behörde}.
Sie schreiben uns mit WhatsApp.

WhatsApp gehört einer Firma.
Die Firma heißt Meta.
Meta weiß: Sie schreiben uns.

Bitte schreiben Sie hier nichts über Krankheiten.
Bitte schicken Sie keinen Ausweis.

Wir lesen Ihre Nachricht.
Dann antworten wir.
Ihr Anliegen ist fertig?
Dann löschen wir die Nachrichten nach einiger Zeit: {Löschfrist}.
Manches kommt in eine Akte.

Sie wollen kein WhatsApp?
Rufen Sie an: {Telefon}
Oder schreiben Sie eine E-Mail: {E-Mail}

Was wissen wir über Sie?
Schreiben Sie: AUSKUNFT
Sollen wir Ihre Daten löschen?
Schreiben Sie: LÖSCHEN

Hier steht mehr: {Hinweise}`

/** The product's proposal: what a notice under Art. 13 GDPR has to say in its first layer. What it names is the office's to fill in. */
export const defaultNotice: NoticeDraft = {
  plain,
  english,
  easy,
  easyTestedOn: null,
  values: { office: '', phone: '', email: '', form: '', retention: '', link: '' },
}
