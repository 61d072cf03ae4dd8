import type { Reply } from '../api.ts'

type Kind = Reply<'readLedgerState'>['proofs'][number]['kind']

const de = {
  title: 'Was andere bestätigen',
  hint: 'Ein Zeitstempel zeigt, dass es einen Prüfpunkt zu dieser Zeit gab. Wer außerhalb des Hauses Prüfpunkte aufbewahrt oder mitzeichnet, bemerkt, wenn das Register umgeschrieben wird.',
  nobody: 'Niemand außerhalb wird gefragt: Es ist kein Zeitstempeldienst eingerichtet.',
  columns: { who: 'Wer', entries: 'Einträge', at: 'Zuletzt bestätigt', state: 'Stand' },
  kinds: {
    'time-stamp': 'Zeitstempeldienst',
    witness: 'Zeuge',
    mailbox: 'Postfach',
    folder: 'Ordner',
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
  } as Readonly<Record<string, string>>,
  otherFault: (code: string) => `Die Antwort ist nicht zu gebrauchen (${code}).`,
}

export type CheckpointProofWords = typeof de

export const checkpointProofWords: Record<'de' | 'en', CheckpointProofWords> = {
  de,
  en: {
    title: 'What others confirm',
    hint: 'A time stamp shows that a checkpoint was there at that time. Whoever keeps or cosigns checkpoints outside this house notices when the log is rewritten.',
    nobody: 'Nobody outside is asked: no time-stamping authority is set.',
    columns: { who: 'Who', entries: 'Entries', at: 'Last confirmed', state: 'State' },
    kinds: {
      'time-stamp': 'Time-stamping authority',
      witness: 'Witness',
      mailbox: 'Mailbox',
      folder: 'Folder',
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
    },
    otherFault: (code) => `The answer cannot be used (${code}).`,
  },
}
