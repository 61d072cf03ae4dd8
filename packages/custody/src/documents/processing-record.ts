import type { Configuration } from './configuration.ts'
import { type OfficeDocument, table, text } from './document.ts'
import { basisInWords } from './document-words.ts'
import { carriedOutBy, channelsTable, periodsOf } from './shared-sections.ts'

/** The record of processing activities of this program (Art. 30(1) GDPR), in the order of its letters; what the program cannot know it says. */
export function processingRecord(it: Configuration): OfficeDocument {
  const own = it.rules.filter(({ cluster }) => cluster.personalData)
  return {
    title: 'Verzeichnis von Verarbeitungstätigkeiten: Bürgersprechstunde über WhatsApp',
    basis: 'Art. 30 Abs. 1 DSGVO; die Buchstaben stehen in Klammern.',
    sections: [
      {
        heading: '1 Verantwortliche Stelle (a)',
        level: 1,
        blocks: [
          text(
            'Namen und Kontaktdaten der verantwortlichen Stelle und der oder des Datenschutzbeauftragten stehen nicht in der Konfiguration des Programms; die Kommune führt sie im Deckblatt ihres Verzeichnisses.',
          ),
          table(
            ['Organisationseinheit (Team)'],
            it.teams.map((team) => [team]),
          ),
        ],
      },
      {
        heading: '2 Zwecke und Rechtsgrundlagen (b)',
        level: 1,
        blocks: [
          table(
            ['Datenart', 'Zweck', 'Rechtsgrundlage'],
            own.map(({ cluster: { code, title, purpose, legalBasis } }) => [
              `${code} ${title.de}`,
              purpose.de,
              basisInWords(legalBasis),
            ]),
          ),
        ],
      },
      {
        heading: '3 Betroffene Personen und Kategorien von Daten (c)',
        level: 1,
        blocks: [
          table(
            ['Datenart', 'Betroffene', 'Bemerkung'],
            own.map(({ cluster: { code, title, dataSubjects, remark } }) => [
              `${code} ${title.de}`,
              dataSubjects.de,
              remark.de,
            ]),
          ),
        ],
      },
      {
        heading: '4 Empfänger (d)',
        level: 1,
        blocks: [
          channelsTable(it),
          text(
            'Jede Nachricht geht über die Cloud-API von WhatsApp (Meta). Meta führt dabei ein eigenes Verzeichnis von Rufnummern und Kennungen. Eine Abgabe an das öffentliche Archiv ist noch nicht eingebaut.',
          ),
          table(
            ['Weitere Empfänger', 'Wert'],
            [
              ['Anmeldedienst der Beschäftigten', it.installation.identityProvider ?? 'keiner'],
              [
                'Ablage des Protokolls außerhalb',
                { file: 'Datei', syslog: 'Syslog über TLS', none: 'keine' }[
                  it.installation.auditShipping ?? 'none'
                ],
              ],
            ],
          ),
        ],
      },
      {
        heading: '5 Übermittlung in Drittländer (e)',
        level: 1,
        blocks: [
          text(
            'Welche Unterauftragsverarbeiter der Dienstleister und Meta einsetzen, in welchen Ländern und auf welcher Grundlage (Kapitel V DSGVO), steht in deren Verträgen zur Auftragsverarbeitung und nicht in der Konfiguration; die Kommune ergänzt es. Das Programm selbst sendet an keine anderen Stellen als die unter 4 genannten.',
          ),
        ],
      },
      {
        heading: '6 Fristen für die Löschung (f)',
        level: 1,
        blocks: [
          table(
            ['Datenart', 'Frist', 'Umsetzung', 'Beginnt mit', 'Fassung der Regel'],
            own.map((one) => [
              `${one.cluster.code} ${one.cluster.title.de}`,
              periodsOf(one),
              carriedOutBy(one),
              one.cluster.startsWhen.de,
              one.rule === null
                ? '–'
                : `${one.rule.version}${one.rule.approved === null ? ', nicht freigegeben' : ''}`,
            ]),
          ),
        ],
      },
      {
        heading: '7 Technische und organisatorische Maßnahmen (g)',
        level: 1,
        blocks: [
          text(
            'Sie stehen in der Ausgabe „Technische und organisatorische Maßnahmen“ (Art. 32 Abs. 1 DSGVO).',
          ),
        ],
      },
    ],
  }
}
