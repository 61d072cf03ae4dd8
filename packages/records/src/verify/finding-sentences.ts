import type { FindingCode, Severity } from './finding-code.ts'
import { timeSentences } from './time-sentences.ts'

/** Severity, German sentence, English sentence. */
export const sentences: Readonly<Record<FindingCode, readonly [Severity, string, string]>> = {
  ZIP_UNREADABLE: [
    'error',
    'Die Datei ist kein lesbares Zip-Archiv oder ist abgeschnitten.',
    'The file is not a readable zip archive, or it is cut off.',
  ],
  ZIP_NOT_CANONICAL: [
    'error',
    'Ein Byte zwischen den Dateien des Pakets ist nicht das vorgeschriebene.',
    'A byte between the files of the package is not the prescribed one.',
  ],
  ZIP_BAD_NAME: [
    'error',
    'Ein Dateiname im Paket ist unzulässig.',
    'A file name in the package is not allowed.',
  ],
  ZIP_DUPLICATE_NAME: [
    'error',
    'Ein Dateiname kommt im Paket doppelt vor.',
    'A file name occurs twice in the package.',
  ],
  ZIP_CHECKSUM: [
    'error',
    'Die Prüfsumme einer Datei stimmt nicht: Sie wurde beschädigt.',
    'The checksum of a file is wrong: it was damaged.',
  ],
  FILE_MISSING: ['error', 'Eine vorgeschriebene Datei fehlt.', 'A required file is missing.'],
  FILE_UNLISTED: [
    'error',
    'Das Paket enthält eine Datei, die nicht hineingehört oder an der falschen Stelle steht.',
    'The package has a file that does not belong in it or stands in the wrong place.',
  ],
  FILE_TOO_LARGE: ['error', 'Eine Datei ist größer, als sie sein darf.', 'A file is larger than it may be.'],
  UNKNOWN_VERSION: [
    'unusable',
    'Diese Version des Formats ist unbekannt; es wird nicht geraten.',
    'This version of the format is unknown; nothing is guessed.',
  ],
  MANIFEST_MALFORMED: [
    'error',
    'Das Verzeichnis des Pakets entspricht nicht dem Format.',
    'The manifest of the package does not follow the format.',
  ],
  MANIFEST_FUTURE: [
    'notice',
    'Das Verzeichnis gibt an, nach dem Tag der Prüfung entstanden zu sein.',
    'The manifest says that it was made after the day of verification.',
  ],
  ITEMS_UNCHANGED: [
    'notice',
    'Die Inhalte sind die, die das Verzeichnis nennt.',
    'The items are the ones the manifest lists.',
  ],
  ITEM_MISSING: [
    'error',
    'Ein Inhalt FEHLT, und keine Löschung ist dafür nachgewiesen.',
    'An item is MISSING, and no erasure is proven for it.',
  ],
  ITEM_CHANGED: ['error', 'Ein Inhalt wurde verändert.', 'An item was changed.'],
  ITEM_ERASED: ['notice', 'Ein Inhalt wurde rechtmäßig gelöscht.', 'An item was lawfully erased.'],
  ITEM_NOT_ERASED: [
    'error',
    'Ein Inhalt ist als gelöscht nachgewiesen, aber noch vorhanden.',
    'An item is proven to be erased but is still there.',
  ],
  ITEM_KEY_WRONG: [
    'error',
    'Ein Inhalt lässt sich mit dem angegebenen Schlüssel nicht entschlüsseln.',
    'An item cannot be decrypted with the given key.',
  ],
  ITEM_COMMITMENT_WRONG: [
    'error',
    'Der entschlüsselte Inhalt ist nicht der, auf den das Verzeichnis festgelegt ist.',
    'The decrypted content is not the one the manifest commits to.',
  ],
  ITEM_CONTENT_CHECKED: [
    'notice',
    'Der entschlüsselte Inhalt ist der festgelegte.',
    'The decrypted content is the one committed to.',
  ],
  ITEM_HASHES_ENDED: [
    'indeterminate',
    'Nach dem Kalender ist keines der Hashverfahren mehr geeignet, die die Inhalte an das Verzeichnis binden.',
    'By the calendar none of the hash functions that bind the items to the manifest is suitable any more.',
  ],
  ITEM_METADATA_MALFORMED: [
    'error',
    'Die Metadaten des Pakets entsprechen nicht dem Format.',
    'The metadata of the package do not follow the format.',
  ],
  ERASURE_MALFORMED: [
    'error',
    'Der Nachweis einer Löschung entspricht nicht dem Format.',
    'The evidence of an erasure does not follow the format.',
  ],
  ERASURE_UNPROVEN: [
    'error',
    'Der Nachweis einer Löschung hält der Prüfung nicht stand.',
    'The evidence of an erasure does not stand up.',
  ],
  PROOF_GOOD: [
    'notice',
    'Das Verzeichnis steht im Protokoll, dessen Prüfpunkt richtig unterschrieben ist.',
    'The manifest stands in the log, whose checkpoint is rightly signed.',
  ],
  PROOF_MALFORMED: [
    'error',
    'Der Protokollnachweis entspricht nicht dem Format (c2sp.org/tlog-proof).',
    'The log proof does not follow the format (c2sp.org/tlog-proof).',
  ],
  PROOF_WRONG: [
    'error',
    'Der Protokollnachweis gehört nicht zu diesem Inhalt (RFC 6962).',
    'The log proof does not belong to this content (RFC 6962).',
  ],
  CHECKPOINT_MALFORMED: [
    'error',
    'Der Prüfpunkt entspricht nicht dem Format (c2sp.org/tlog-checkpoint).',
    'The checkpoint does not follow the format (c2sp.org/tlog-checkpoint).',
  ],
  CHECKPOINT_SIGNATURE: [
    'error',
    'Eine Unterschrift unter dem Prüfpunkt ist falsch.',
    'A signature under the checkpoint is wrong.',
  ],
  CHECKPOINT_UNKNOWN_KEY: [
    'error',
    'Der Prüfpunkt trägt keine Unterschrift eines der angegebenen Schlüssel.',
    'The checkpoint has no signature of one of the given keys.',
  ],
  CHECKPOINT_DIFFERS: [
    'error',
    'checkpoint.txt ist nicht der Prüfpunkt aus dem Protokollnachweis.',
    'checkpoint.txt is not the checkpoint of the log proof.',
  ],
  CHECKPOINT_COSIGNED: [
    'notice',
    'Ein Zeuge hat den Prüfpunkt gegengezeichnet.',
    'A witness cosigned the checkpoint.',
  ],
  CHECKPOINT_COSIGNED_FUTURE: [
    'notice',
    'Ein Zeuge gibt eine Zeit nach dem Tag der Prüfung an.',
    'A witness states a time after the day of verification.',
  ],
  CHECKPOINT_SIGNATURE_UNREAD: [
    'notice',
    'Weitere Unterschriften wurden nicht geprüft: Ihr Schlüssel wurde nicht angegeben oder ihr Verfahren (etwa ML-DSA) ist hier unbekannt.',
    'Further signatures were not checked: their key was not given, or their algorithm (ML-DSA, say) is unknown here.',
  ],
  WITNESSES_MISSING: [
    'error',
    'Weniger Zeugen als verlangt haben den Prüfpunkt gegengezeichnet.',
    'Fewer witnesses than required cosigned the checkpoint.',
  ],
  ...timeSentences,
  LEDGER_AGREES: [
    'notice',
    'Das Register ist bis hierher das, für das der Prüfpunkt unterschrieben wurde.',
    'Up to here the ledger is the one the checkpoint was signed for.',
  ],
  LEDGER_DAMAGED: [
    'error',
    'Eine Zeile des Registers ist beschädigt, fehlt oder steht an der falschen Stelle.',
    'A line of the ledger is damaged, missing or in the wrong place.',
  ],
  LEDGER_TORN: [
    'notice',
    'Die letzte Zeile ist unvollständig: Sie wurde nie bestätigt.',
    'The last line is incomplete: it was never acknowledged.',
  ],
  LEDGER_ENTRY_REFUSED: [
    'error',
    'Ein Eintrag des Registers entspricht nicht dem Schema.',
    'An entry of the ledger does not follow the schema.',
  ],
  LEDGER_ENTRY_CHANGED: [
    'error',
    'Ein Eintrag des Registers wurde verändert.',
    'An entry of the ledger was changed.',
  ],
  LEDGER_ENTRY_PRUNED: [
    'notice',
    'Der Text eines Eintrags wurde entfernt; sein Platz im Register ist weiter nachgewiesen.',
    'The text of an entry was removed; its place in the ledger is still proven.',
  ],
  LEDGER_SHORT: [
    'error',
    'Das Register hat weniger Einträge als ein unterschriebener Prüfpunkt.',
    'The ledger has fewer entries than a signed checkpoint.',
  ],
  LEDGER_ROOT_DIFFERS: [
    'error',
    'Das Register ist nicht das, für das der Prüfpunkt unterschrieben wurde.',
    'The ledger is not the one the checkpoint was signed for.',
  ],
  LEDGER_WITHOUT_CHECKPOINT: [
    'error',
    'Kein gültiger Prüfpunkt gehört zu diesem Register.',
    'No valid checkpoint belongs to this ledger.',
  ],
  LEDGER_BEYOND_CHECKPOINT: [
    'notice',
    'Die jüngsten Einträge sind noch von keinem Prüfpunkt gedeckt.',
    'The newest entries are not covered by a checkpoint yet.',
  ],
  LEDGER_FOLLOWS_BROKEN: [
    'notice',
    'Dieses Register folgt einem aufgegebenen, das verloren oder beschädigt war; was darin stand, beweist es nicht.',
    'This ledger follows one that was given up because it was lost or damaged; it does not prove what stood in that.',
  ],
  TOMBSTONES_MALFORMED: [
    'error',
    'Ein Abschnitt der Löschmarken ist beschädigt.',
    'A segment of tombstones is damaged.',
  ],
  TOMBSTONES_SHORT: [
    'error',
    'Ein Abschnitt der Löschmarken ist kürzer, als das Register sagt.',
    'A segment of tombstones is shorter than the ledger says.',
  ],
  TOMBSTONES_CHANGED: [
    'error',
    'Löschmarken sind nicht die, auf die ein Eintrag des Registers festgelegt ist.',
    'Tombstones are not the ones an entry of the ledger is bound to.',
  ],
  TOMBSTONES_UNEXPLAINED: [
    'notice',
    'Zu Löschmarken gibt es keinen lesbaren, von einem Prüfpunkt gedeckten Eintrag; sie belegen nichts.',
    'No readable entry under a checkpoint covers some tombstones; they prove nothing.',
  ],
}
