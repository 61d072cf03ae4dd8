import { messageNames } from '../src/xdomea/profile.ts'
import type { AnswerCode } from '../src/xdomea/read-message.ts'

/** An answer as the other side writes it: valid under the official schema of 3.1.0. */
export function answerOf(of: AnswerCode, processId: string, body = ''): Buffer {
  const ends: Partial<Record<AnswerCode, string>> = {
    '0513': '<x:Empfangsbestaetigung>0</x:Empfangsbestaetigung>',
    '0630': '<x:FVSessionID>1</x:FVSessionID>',
  }
  const end = ends[of] ?? ''
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<x:${messageNames[of]} xmlns:x="urn:xoev-de:xdomea:schema:3.1.0"><x:Kopf><x:ProzessID>${processId}</x:ProzessID><x:Nachrichtentyp><code>${of}</code></x:Nachrichtentyp><x:Erstellungszeitpunkt>2026-12-01T10:00:00Z</x:Erstellungszeitpunkt><x:Absender/><x:Empfaenger/>${end}</x:Kopf>${body}</x:${messageNames[of]}>`)
}

/** 0402 of 4.0.0: the other office has taken over what 0401 carried, or not. */
export function takenOver4(processId: string, matter: string, taken = true): Buffer {
  const rest = taken ? '' : '<x:Fehlermeldung>Nicht zuständig.</x:Fehlermeldung>'
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<x:${messageNames['0402']} xmlns:x="urn:xoev-de:xdomea:schema:4.0.0" produkt="E" produkthersteller="E" standard="xdomea" version="4.0.0"><x:nachrichtenkopf><x:identifikation.nachricht><nachrichtenUUID>95b80307-d19c-11ef-a43a-005056871b7c</nachrichtenUUID><nachrichtentyp><code>0402</code></nachrichtentyp><erstellungszeitpunkt>2026-12-01T10:00:00.000Z</erstellungszeitpunkt></x:identifikation.nachricht><x:leser/><x:autor/><x:ProzessID>${processId}</x:ProzessID></x:nachrichtenkopf><x:AbgegebenesObjekt><x:Erfolgreich>${taken}</x:Erfolgreich>${rest}<x:xdomeaUUID>${matter}</x:xdomeaUUID></x:AbgegebenesObjekt></x:${messageNames['0402']}>`)
}

function outcome(name: string, id: string, taken: boolean, rest: string): string {
  return `<x:${name}><x:IDSGO>${id}</x:IDSGO><x:Erfolgreich>${taken}</x:Erfolgreich>${rest}</x:${name}>`
}

/** 0630: the DMS has taken in what 0605 carried; or why not, in its words. */
export function filed(processId: string, complaint: string | null = null): Buffer {
  const said =
    complaint === null
      ? '<x:AllgemeineRueckmeldung><code>0000000</code></x:AllgemeineRueckmeldung>'
      : `<x:SonstigeFehlermeldung>${complaint}</x:SonstigeFehlermeldung>`
  return answerOf(
    '0630',
    processId,
    `<x:ErfolgOderMisserfolg><x:Rueckmeldung>${said}</x:Rueckmeldung></x:ErfolgOderMisserfolg>`,
  )
}

/** 0402: the other office has taken over what 0401 carried, or not. */
export function takenOver(processId: string, matter: string, taken = true): Buffer {
  const rest = taken ? '' : '<x:Fehlermeldung>Nicht zuständig.</x:Fehlermeldung>'
  return answerOf('0402', processId, outcome('AbgegebenesObjekt', matter, taken, rest))
}

/** 0506: the public archive has taken it in. */
export function archived(processId: string, matter: string): Buffer {
  const rest = '<x:Archivkennung>Best. 7 Nr. 1</x:Archivkennung>'
  return answerOf('0506', processId, outcome('AusgesondertesSGO', matter, true, rest))
}

/** 0513: how the archive values units of the plan. */
export function catalogueOf(processId: string, values: Readonly<Record<string, 'A' | 'B' | 'V'>>): Buffer {
  const units = Object.entries(values).map(
    ([id, value]) =>
      `<x:BewerteteAktenplaneinheit><x:ID>${id}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>${value}</code></x:Aussonderungsart></x:Aussonderungsart></x:BewerteteAktenplaneinheit>`,
  )
  return answerOf('0513', processId, units.join(''))
}
