import { proposalKindNames, rolesFor, secondsFor } from '@buergerdraht/contract'
import type { Configuration } from './configuration.ts'
import { type OfficeDocument, type Section, table, text } from './document.ts'
import { basisInWords, rolesInWords } from './document-words.ts'
import { channelsTable, periodsOf, secondsTable } from './shared-sections.ts'

/** What only the controller can say: it stands where it belongs, so that nobody takes the skeleton for an assessment. */
const open = 'von der Kommune auszufüllen'

type Risk = {
  readonly what: string
  readonly from: string
  /** What the program does about it as it is set up; null: nothing. */
  readonly measure: (it: Configuration) => string | null
}

/** Of which the design of this program knows. What a municipality adds is its own; how likely and how grave each is, too. */
const risks: readonly Risk[] = [
  {
    what: 'Meta erfährt, wer wann mit welchem Amt schreibt, und führt Rufnummer und Kennung in einem eigenen Verzeichnis',
    from: 'Betrieb von WhatsApp durch Meta; Übermittlung in Drittländer',
    measure: () =>
      'Löschung des Eintrags wird nach jeder Löschung verlangt und nachgehalten; er besteht bis zu 30 Tage weiter. Verhindern kann das Programm die Übermittlung nicht: Ein anderer, gleichwertiger Weg zum Amt muss angeboten werden.',
  },
  {
    what: 'Bürgerinnen und Bürger schicken unaufgefordert Ausweise, Befunde oder Daten Dritter',
    from: 'Nutzung durch Betroffene',
    measure: () =>
      'Hinweise der Suche nach solchen Inhalten; Löschung vor der Frist durch zwei Personen (Notlöschung); Anhänge ohne Akte gehen nach der Frist für DA04.',
  },
  {
    what: 'Inhalte bleiben länger, als sie gebraucht werden',
    from: 'fehlende Entscheidung, fehlender Abschluss',
    measure: ({ signed }) =>
      signed
        ? 'Jede Zeile hat eine Frist; Löschläufe werden wöchentlich vorbereitet; die Löschwerkstatt findet, was niemand abgeschlossen hat.'
        : null,
  },
  {
    what: 'Beschäftigte lesen Gespräche, die nicht ihres Teams sind',
    from: 'Zugriff von innen',
    measure: () =>
      'Trennung der Teams in Programm und Datenbank; jeder Zugriff steht im Protokoll; Notfallzugriff nur durch zwei Personen, für höchstens eine Stunde, mit Hinweis an den Datenschutz.',
  },
  {
    what: 'Ein fremdes Konto wird benutzt',
    from: 'Angriff von außen, erratene oder verlorene Passwörter',
    measure: ({ secondFactorRoles }) =>
      secondFactorRoles.length === 0 ? null : `Zweiter Faktor für: ${rolesInWords(secondFactorRoles)}.`,
  },
  {
    what: 'Inhalte werden auf dem Weg mitgelesen',
    from: 'Netze zwischen Browser, Server und Datenbank',
    measure: ({ installation: { tls, database } }) =>
      tls && database !== 'open' ? 'Verbindungen sind verschlüsselt, die Gegenseite wird geprüft.' : null,
  },
  {
    what: 'Gelöschtes kehrt aus einer Sicherung zurück',
    from: 'Wiederherstellung',
    measure: () =>
      'Das Löschregister liegt außerhalb der Datenbank; nach einer Wiederherstellung wird zuerst erneut gelöscht, und zwei Personen geben frei. Schlüssel, die vernichtet sind, öffnen keine Sicherung mehr.',
  },
  {
    what: 'Jemand löscht, was noch gebraucht wird',
    from: 'Irrtum oder Absicht von innen',
    measure: () =>
      `Niemand löscht allein; Sperren gelten auch für freigegebene Läufe; die zweite Person hat eine der Rollen: ${rolesInWords(secondsFor('deletion-run'))}.`,
  },
  {
    what: 'Eine Datei enthält Schadsoftware',
    from: 'Anhänge',
    measure: ({ installation: { virusScan } }) =>
      virusScan
        ? 'Jede Datei wird geprüft, bevor sie gezeigt wird; gefährliche Arten werden nie geöffnet.'
        : null,
  },
]

/** Art. 35 (7) (c) and (d): each risk with what is done about it, and the gaps that the configuration shows. */
function riskSections(it: Configuration): Section[] {
  const judged = risks.map((risk) => ({ ...risk, measure: risk.measure(it) }))
  return [
    {
      heading: '4 Risiken für die Rechte und Freiheiten der Betroffenen (c)',
      level: 1,
      blocks: [
        text(
          'Die Liste nennt Risiken, die aus der Art des Programms folgen. Wie wahrscheinlich und wie schwer sie sind, hängt von der Kommune ab, und weitere können dazukommen.',
        ),
        table(
          ['Risiko', 'Quelle', 'Eintrittswahrscheinlichkeit', 'Schwere'],
          judged.map(({ what, from }) => [what, from, open, open]),
        ),
      ],
    },
    {
      heading: '5 Abhilfemaßnahmen (d)',
      level: 1,
      blocks: [
        table(
          ['Gegen', 'Maßnahme, wie eingestellt', 'Verbleibendes Risiko'],
          judged.map(({ what, measure }) => [what, measure ?? 'in dieser Einstellung keine: Lücke', open]),
        ),
        text(
          'Alle Maßnahmen stehen in der Ausgabe „Technische und organisatorische Maßnahmen“ (Art. 32 DSGVO), die Fristen im Löschkonzept.',
        ),
        secondsTable(),
      ],
    },
  ]
}

/** What whoever writes is told, by the privacy notice in force. */
function information({ notice }: Configuration): string {
  if (notice === null) return 'keine: Es gibt keinen Datenschutzhinweis, wer schreibt, erfährt nichts: Lücke'
  const { version, on, namesMeta, easy, link } = notice
  return [
    `Datenschutzhinweis, Fassung ${version} vom ${on}, einmal an alle, die schreiben`,
    namesMeta ? 'nennt Meta' : 'nennt Meta nicht: Lücke',
    easy ? 'auf Wunsch in Leichter Sprache' : 'nicht in Leichter Sprache',
    link === '' ? 'ohne Verweis auf die ganze Information: Lücke' : `ganze Information: ${link}`,
  ].join('; ')
}

/**
 * A skeleton of the data protection impact assessment (Art. 35 (7) GDPR), in the order of its letters: filled with what the configuration says, and open where
 * only the controller can judge. It is none.
 */
export function impactAssessment(it: Configuration): OfficeDocument {
  const own = it.rules.filter(({ cluster }) => cluster.personalData)
  return {
    title: 'Gerüst einer Datenschutz-Folgenabschätzung: Bürgersprechstunde über WhatsApp',
    basis:
      'Art. 35 Abs. 7 DSGVO; die Buchstaben stehen in Klammern. Dies ist ein Gerüst aus der Konfiguration, keine Folgenabschätzung.',
    sections: [
      {
        heading: '1 Ob eine Folgenabschätzung nötig ist',
        level: 1,
        blocks: [
          table(
            ['Frage', 'Antwort'],
            [
              ['Umfang: wie viele Personen schreiben im Jahr', open],
              ['Besondere Kategorien (Art. 9 DSGVO) sind zu erwarten', 'ja, unaufgefordert'],
              ['Schutzbedürftige Personen (Kinder, Pflege, Asyl) schreiben', open],
              ['Steht die Verarbeitung auf der Liste der Aufsichtsbehörde (Art. 35 Abs. 4 DSGVO)', open],
              ['Rat der oder des Datenschutzbeauftragten (Art. 35 Abs. 2 DSGVO)', open],
              ['Standpunkt der Betroffenen (Art. 35 Abs. 9 DSGVO)', open],
            ],
          ),
        ],
      },
      {
        heading: '2 Beschreibung der Verarbeitung und ihrer Zwecke (a)',
        level: 1,
        blocks: [
          table(
            ['Datenart', 'Zweck', 'Betroffene', 'Frist'],
            own.map((one) => [
              `${one.cluster.code} ${one.cluster.title.de}`,
              one.cluster.purpose.de,
              one.cluster.dataSubjects.de,
              periodsOf(one),
            ]),
          ),
          channelsTable(it),
          text(
            `Gespräche lesen und beantworten: ${rolesInWords(rolesFor('answer-citizens'))}, je Team. Entscheidungen, die zwei Personen treffen: ${proposalKindNames.length} Arten (Abschnitt 5).`,
          ),
        ],
      },
      {
        heading: '3 Notwendigkeit und Verhältnismäßigkeit (b)',
        level: 1,
        blocks: [
          table(
            ['Datenart', 'Rechtsgrundlage', 'Warum es nicht mit weniger geht'],
            own.map(({ cluster: { code, title, legalBasis } }) => [
              `${code} ${title.de}`,
              basisInWords(legalBasis),
              open,
            ]),
          ),
          table(
            ['Angabe', 'Stand'],
            [
              ['Löschregeln freigegeben', it.signed ? 'ja' : 'nein: Testbetrieb, keine echten Bürgerdaten'],
              ['Vereinbarung mit dem Archiv', it.agreement === null ? 'keine' : `vom ${it.agreement.on}`],
              ['Anderer, gleichwertiger Weg zum Amt', open],
              ['Information nach Art. 13 DSGVO, auch über Meta', information(it)],
              ['Vertrag zur Auftragsverarbeitung mit dem Dienstleister (Art. 28 DSGVO)', open],
            ],
          ),
        ],
      },
      ...riskSections(it),
      {
        heading: '6 Ergebnis',
        level: 1,
        blocks: [
          table(
            ['Angabe', 'Wert'],
            [
              ['Verbleibendes Risiko insgesamt', open],
              ['Vorherige Konsultation der Aufsichtsbehörde (Art. 36 DSGVO)', open],
              ['Überprüfung am (Art. 35 Abs. 11 DSGVO)', open],
              ['Entscheidung der verantwortlichen Stelle', open],
            ],
          ),
        ],
      },
    ],
  }
}
