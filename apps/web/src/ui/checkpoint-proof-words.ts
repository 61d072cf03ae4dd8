import type { Reply } from '../api.ts'

type Kind = Reply<'readLedgerState'>['proofs'][number]['kind']

const de = {
  title: 'Was andere bestätigen',
  hint: 'Ein Zeitstempel zeigt, dass es einen Prüfpunkt zu dieser Zeit gab. Wer außerhalb des Hauses Prüfpunkte aufbewahrt oder mitzeichnet, bemerkt, wenn das Register umgeschrieben wird.',
  nobody: 'Niemand außerhalb wird gefragt: Es ist weder ein Zeitstempeldienst noch ein Zeuge eingerichtet.',
  columns: { who: 'Wer', entries: 'Einträge', at: 'Zuletzt bestätigt', state: 'Stand' },
  kinds: {
    'time-stamp': 'Zeitstempeldienst',
    witness: 'Zeuge',
    mailbox: 'Postfach (an den Mailserver übergeben)',
    folder: 'Ordner',
    bucket: 'Speicher mit Objektsperre',
  } satisfies Record<Kind, string>,
  never: 'noch nie',
  works: 'arbeitet',
  missing: (since: string) => `fehlt seit ${since}.`,
  faults: {
    TIME_STAMP_UNREACHABLE: 'Der Dienst antwortet nicht.',
    TIME_STAMP_NOT_GRANTED: 'Der Dienst verweigert den Zeitstempel.',
    TIME_STAMP_UNREADABLE: 'Die Antwort ist kein Zeitstempel.',
    TIME_STAMP_IMPRINT: 'Die Antwort gehört zu etwas anderem.',
    TIME_STAMP_NONCE: 'Die Antwort gehört zu einer anderen Anfrage.',
    TIME_STAMP_PURPOSE: 'Das Zertifikat des Dienstes ist nicht für Zeitstempel.',
    TIME_STAMP_PATH: 'Das Zertifikat des Dienstes ist abgelaufen oder führt zu keiner vertrauten Wurzel.',
    TIME_STAMP_REVOKED: 'Das Zertifikat des Dienstes ist gesperrt.',
    TIME_STAMP_CLOCK: 'Die Uhr des Dienstes und die des Hauses gehen verschieden.',
    TIME_STAMP_ROOTS: 'Die Datei der vertrauten Wurzeln fehlt oder ist nicht lesbar.',
    WITNESS_UNREACHABLE: 'Der Zeuge antwortet nicht.',
    WITNESS_KNOWS_US_NOT: 'Der Zeuge kennt dieses Register oder seinen Schlüssel nicht.',
    WITNESS_AHEAD:
      'Der Zeuge hat schon mehr Einträge mitgezeichnet, als es hier gibt: Bitte die Revision verständigen.',
    WITNESS_REFUSES: 'Der Zeuge hält das Register für umgeschrieben: Bitte die Revision verständigen.',
    WITNESS_SIGNATURE: 'Die Antwort ist keine Mitzeichnung dieses Zeugen.',
    WITNESS_CLOCK: 'Die Uhr des Zeugen und die des Hauses gehen verschieden.',
    FOLDER_UNUSABLE: 'Der Ordner ist nicht zu lesen oder zu beschreiben.',
    FOLDER_AHEAD:
      'Im Ordner liegt ein Prüfpunkt über mehr Einträge, als es hier gibt: Bitte die Revision verständigen.',
    FOLDER_FORKED:
      'Im Ordner liegt ein Prüfpunkt, der nicht zu diesem Register passt: Bitte die Revision verständigen.',
    BUCKET_UNUSABLE: 'Der Speicher antwortet nicht, oder er lässt uns nicht lesen oder schreiben.',
    BUCKET_NOT_LOCKED:
      'Der Speicher nimmt Prüfpunkte an, sperrt sie aber nicht gegen Ändern und Löschen. Das zählt nicht.',
    BUCKET_AHEAD:
      'Im Speicher liegt ein Prüfpunkt über mehr Einträge, als es hier gibt: Bitte die Revision verständigen.',
    BUCKET_FORKED:
      'Im Speicher liegt ein Prüfpunkt, der nicht zu diesem Register passt: Bitte die Revision verständigen.',
    MAILBOX_UNREACHABLE: 'Der Mailserver antwortet nicht, oder nicht verschlüsselt.',
    MAILBOX_LOGIN: 'Der Mailserver nimmt die Anmeldung nicht an.',
    MAILBOX_REFUSES: 'Der Mailserver nimmt die Nachricht an dieses Postfach nicht an.',
  } as Readonly<Record<string, string>>,
  otherFault: (code: string) => `Die Antwort ist nicht zu gebrauchen (${code}).`,
}

export type CheckpointProofWords = typeof de

export const checkpointProofWords: Record<'de' | 'en', CheckpointProofWords> = {
  de,
  en: {
    title: 'What others confirm',
    hint: 'A time stamp shows that a checkpoint was there at that time. Whoever keeps or cosigns checkpoints outside this house notices when the log is rewritten.',
    nobody: 'Nobody outside is asked: neither a time-stamping authority nor a witness is set.',
    columns: { who: 'Who', entries: 'Entries', at: 'Last confirmed', state: 'State' },
    kinds: {
      'time-stamp': 'Time-stamping authority',
      witness: 'Witness',
      mailbox: 'Mailbox (handed to the mail server)',
      folder: 'Folder',
      bucket: 'Store with object lock',
    },
    never: 'never yet',
    works: 'works',
    missing: (since) => `missing for ${since}.`,
    faults: {
      TIME_STAMP_UNREACHABLE: 'The authority does not answer.',
      TIME_STAMP_NOT_GRANTED: 'The authority refuses the time stamp.',
      TIME_STAMP_UNREADABLE: 'The answer is no time stamp.',
      TIME_STAMP_IMPRINT: 'The answer is about something else.',
      TIME_STAMP_NONCE: 'The answer is to another request.',
      TIME_STAMP_PURPOSE: 'The certificate of the authority is not for time stamps.',
      TIME_STAMP_PATH: 'The certificate of the authority has expired or leads to no trusted root.',
      TIME_STAMP_REVOKED: 'The certificate of the authority is revoked.',
      TIME_STAMP_CLOCK: 'The clocks of the authority and of this house differ.',
      TIME_STAMP_ROOTS: 'The file of the trusted roots is missing or cannot be read.',
      WITNESS_UNREACHABLE: 'The witness does not answer.',
      WITNESS_KNOWS_US_NOT: 'The witness does not know this log, or not its key.',
      WITNESS_AHEAD: 'The witness has cosigned more entries than there are here: please tell the auditors.',
      WITNESS_REFUSES: 'The witness takes the log for rewritten: please tell the auditors.',
      WITNESS_SIGNATURE: 'The answer is no cosignature of this witness.',
      WITNESS_CLOCK: 'The clocks of the witness and of this house differ.',
      FOLDER_UNUSABLE: 'The folder cannot be read or written.',
      FOLDER_AHEAD:
        'The folder has a checkpoint of more entries than there are here: please tell the auditors.',
      FOLDER_FORKED:
        'The folder has a checkpoint that does not go together with this log: please tell the auditors.',
      BUCKET_UNUSABLE: 'The store does not answer, or does not let us read or write.',
      BUCKET_NOT_LOCKED:
        'The store takes checkpoints, but does not lock them against change and removal. That does not count.',
      BUCKET_AHEAD:
        'The store has a checkpoint of more entries than there are here: please tell the auditors.',
      BUCKET_FORKED:
        'The store has a checkpoint that does not go together with this log: please tell the auditors.',
      MAILBOX_UNREACHABLE: 'The mail server does not answer, or not encrypted.',
      MAILBOX_LOGIN: 'The mail server does not accept the login.',
      MAILBOX_REFUSES: 'The mail server does not take the message for this mailbox.',
    },
    otherFault: (code) => `The answer cannot be used (${code}).`,
  },
}
