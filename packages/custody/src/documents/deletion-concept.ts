import { type AgreementMode, rolesFor, secondsFor } from '@buergerdraht/contract'
import { type ClusterCode, catalogue, ruleReference, standardPeriods } from '@buergerdraht/records'
import { classesOf } from '../rules/rule-periods.ts'
import { backupDays } from '../runs/residue.ts'
import { type Configuration, dayOf, type RuleInForce } from './configuration.ts'
import { type OfficeDocument, type Section, table, text } from './document.ts'
import {
  basisInWords,
  offeringWords,
  periodInWords,
  rolesInWords,
  roleWords,
  startOf,
  startWords,
  valuationWords,
} from './document-words.ts'
import {
  actsTable,
  carriedOutBy,
  channelsTable,
  periodsOf,
  secondsTable,
  tablesOf,
} from './shared-sections.ts'

function frame({ signed, teams }: Configuration): Section {
  return {
    heading: '1 Rahmen (Abschnitt 5)',
    level: 1,
    blocks: [
      text(
        'Dieses Konzept beschreibt, welche personenbezogenen Daten das Programm Bürgerdraht in der Bürgersprechstunde über WhatsApp hält, wie lange, und wie sie gelöscht werden. Es ist aus der laufenden Konfiguration erzeugt. Wo etwas Sache des Betriebs oder noch nicht eingebaut ist, steht es dabei.',
      ),
      text(
        signed
          ? `Jede Löschregel ist freigegeben. Zweite Person bei der Freigabe: ${rolesInWords(secondsFor('sign-catalogue'))}.`
          : 'Testbetrieb: Mindestens eine Löschregel ist ein Vorschlag des Produkts und nicht freigegeben. Nach ihr wird nichts gelöscht.',
      ),
      table(
        ['Team'],
        teams.map((team) => [team]),
      ),
    ],
  }
}

function clusters({ rules }: Configuration): Section {
  return {
    heading: '2 Datenarten (Abschnitt 6)',
    level: 1,
    blocks: [
      text(
        'Eine Datenart sind Daten zu einem Zweck, gleich wo sie gespeichert sind; jede hat genau eine Löschregel. Wo eine Tabelle der Datenbank genannt ist, gehört sie ganz oder in Teilen dazu; Vorgänge, Kontakte und Dateien (conversation, contact, attachment) nennen ihre Datenart Zeile für Zeile selbst.',
      ),
      table(
        ['Code', 'Datenart', 'Zweck', 'Betroffene', 'Rechtsgrundlage', 'Weitere Tabellen', 'Bemerkung'],
        rules.map(({ cluster: { code, title, purpose, dataSubjects, legalBasis, remark } }) => [
          code,
          title.de,
          purpose.de,
          dataSubjects.de,
          basisInWords(legalBasis),
          tablesOf(code).join(', '),
          remark.de,
        ]),
      ),
    ],
  }
}

function approvalOf({ rule }: RuleInForce): string {
  if (rule === null || rule.approved === null) return 'nicht freigegeben'
  // Version 1 is what was signed as a whole; whichever it is, the second person is the same.
  const kind = rule.version === 1 ? 'sign-catalogue' : 'change-rule'
  const proposers = rolesFor('propose-rules').map((role) => roleWords[role])
  return `${dayOf(rule.approved.at)}: ${rolesInWords(secondsFor(kind))}, auf Vorschlag von ${proposers.join(' oder ')}`
}

/** With the day from which it holds; the first version holds since there is the program. */
function versionOf({ rule }: RuleInForce): string {
  if (rule === null) return '–'
  return rule.version === 1
    ? ruleReference(rule)
    : `${ruleReference(rule)} seit ${dayOf(new Date(rule.validFrom))}`
}

function rulesSection({ rules }: Configuration): Section {
  return {
    heading: '3 Löschregeln und Löschfristen (Abschnitt 7)',
    level: 1,
    blocks: [
      text(
        'Eine Frist ist die Regellöschfrist: Bis zu ihrem Ende sind die Daten gelöscht, Sicherungen ausgenommen. Eine Verkürzung löscht nichts von selbst, sondern erst mit einem Löschlauf, den danach zwei Personen freigeben.',
      ),
      table(
        ['Regel', 'Datenart', 'Beginnt mit', 'Frist', 'Umsetzung', 'Archiv', 'Fassung', 'Freigegeben'],
        rules.map((one) => {
          const { cluster } = one
          return [
            // Without its version, which is a cell: so another version is the same row.
            `LR-${cluster.code}`,
            cluster.title.de,
            cluster.startsWhen.de,
            periodsOf(one),
            carriedOutBy(one),
            offeringWords[cluster.offering],
            versionOf(one),
            approvalOf(one),
          ]
        }),
      ),
    ],
  }
}

/** Standard period × start event, as far as anything lies in them. */
function matrix({ rules }: Configuration): Section {
  const cells = rules.flatMap(({ cluster, rule }) =>
    rule === null ? [] : classesOf(rule.retention).map((one) => ({ code: cluster.code, ...one })),
  )
  const starts = Object.keys(startWords).filter((start) => cells.some((cell) => startOf(cell) === start))
  const periods = standardPeriods.filter((period) => cells.some((cell) => cell.period === period))
  return {
    heading: '4 Löschklassen (Abschnitt 8)',
    level: 1,
    blocks: [
      text(
        'Zeile: Standardlöschfrist. Spalte: Startzeitpunkt. In der Zelle die Datenarten dieser Löschklasse.',
      ),
      table(
        ['Frist', ...starts.map((start) => startWords[start] ?? start)],
        periods.map((period) => [
          periodInWords(period),
          ...starts.map((start) =>
            [
              ...new Set(
                cells
                  .filter((cell) => cell.period === period && startOf(cell) === start)
                  .map(({ code }) => code),
              ),
            ].join(', '),
          ),
        ]),
      ),
    ],
  }
}

function filingPlan({ plan }: Configuration): Section {
  const heading = '5 Aktenplan'
  if (plan === null)
    return {
      heading,
      level: 1,
      blocks: [text('Es ist kein Aktenplan in Kraft. Was zur Akte gegeben wird, wartet auf eine Frist.')],
    }
  return {
    heading,
    level: 1,
    blocks: [
      table(
        ['Aktenplan', 'Wert'],
        [
          ['Fassung in Kraft', String(plan.version)],
          ['Zugestimmt', `${plan.approvedOn}: ${rolesInWords(secondsFor('change-filing-plan'))}`],
          ...plan.entries.map(({ years, count }) => [
            years === null ? 'Überschriften ohne Frist' : `Einträge mit ${periodInWords(`${years}y`)}`,
            String(count),
          ]),
        ],
      ),
    ],
  }
}

const modeWords: Readonly<Record<AgreementMode, string>> = {
  OFFER_EACH: 'jedes wird angeboten',
  GENERAL_WAIVER: 'Generalverzicht',
  CATALOGUE: 'Bewertungskatalog',
}

function archive({ agreement }: Configuration): Section {
  const heading = '6 Anbietung an das öffentliche Archiv'
  if (agreement === null)
    return {
      heading,
      level: 1,
      blocks: [
        text(
          'Mit dem Archiv ist nichts vereinbart. Was Unterlage ist, wird nicht gelöscht, bevor es angeboten wurde.',
        ),
      ],
    }
  const { agreed, on } = agreement
  const { mode } = agreed
  const decisions = [
    ...(mode.kind === 'CATALOGUE'
      ? mode.entries.map((one) => ({ ...one, says: valuationWords[one.valuation] }))
      : []),
    ...(mode.kind === 'GENERAL_WAIVER' ? mode.waivers.map((one) => ({ ...one, says: 'verzichtet' })) : []),
  ]
  return {
    heading,
    level: 1,
    blocks: [
      table(
        ['Vereinbarung', 'Wert'],
        [
          ['Land', agreed.land],
          ['Festgehalten', `${on}: ${rolesInWords(secondsFor('agree-with-archive'))}`],
          ['Verfahren', modeWords[mode.kind]],
          ['Frist für Antworten', `${agreed.answerWithinMonths} Monate`],
          ['Schweigen des Archivs', agreed.silence === 'RELEASES' ? 'gibt frei' : 'gibt nichts frei'],
        ],
      ),
      table(
        ['Aktenzeichen der Entscheidung', 'Datenart', 'Bewertung', 'Gilt ab', 'Endet'],
        decisions.map((one) => [
          one.basis,
          one.category in catalogue
            ? `${one.category} ${catalogue[one.category as ClusterCode].title.de}`
            : one.category,
          one.says,
          dayOf(new Date(one.validFrom)),
          one.validUntil === null ? 'unbefristet' : dayOf(new Date(one.validUntil)),
        ]),
      ),
    ],
  }
}

function periodsOfCluster({ rules }: Configuration, code: ClusterCode): string {
  const found = rules.find(({ cluster }) => cluster.code === code)
  return found === undefined ? '' : periodsOf(found)
}

function implementation(it: Configuration): Section[] {
  function part(heading: string, ...blocks: Section['blocks']): Section {
    return { heading, level: 2, blocks }
  }
  return [
    {
      heading: '7 Umsetzung (Abschnitt 9)',
      level: 1,
      blocks: [
        text(
          'Gelöscht wird auf einem einzigen Weg: geplant, von einer zweiten Person freigegeben, im Löschregister festgehalten, dann vernichtet: erst die Schlüssel, dann die Zeilen, dann die Dateien. Jedes Objekt wird unmittelbar vorher noch einmal geprüft, auch gegen Sperren.',
        ),
      ],
    },
    part(
      '7.1 Aussetzung der Löschung (Abschnitt 7.4.4)',
      text(
        `Eine Sperre hält zurück, was sonst gelöscht würde, oder schränkt die Verarbeitung ein (Art. 18 DSGVO). Sie hat Grund, Tag der Prüfung und Ende. Setzen dürfen sie: ${rolesInWords(rolesFor('set-holds'))}; für Vorgänge des eigenen Teams: ${rolesInWords(rolesFor('hold-own-matters'))}. Vorzeitig aufheben nur zwei Personen; die zweite: ${rolesInWords(secondsFor('lift-hold'))}.`,
      ),
    ),
    part(
      '7.2 Sicherungen (Abschnitte 7.4.5 und 9.3.2)',
      text(
        `Fristen: ${periodsOfCluster(it, 'DA16')}. Sicherungen legt der Betrieb an und vernichtet sie nach diesen Fristen; das Programm tut es nicht. Im Löschregister steht bei jeder Löschung, bis wann ein Rest in Sicherungen liegen kann: ${backupDays} Tage; lesbar ist er nur, solange es auch eine Sicherung seines Schlüssels gibt. Eine Datenbank, die aus einer Sicherung wiederhergestellt ist und nicht zum Löschregister passt, bleibt geschlossen. Nach einer Wiederherstellung erneut zu löschen und die Liste dafür (DA15) nach ihrer Frist zu vernichten, ist noch nicht eingebaut.`,
      ),
    ),
    part(
      '7.3 Protokolle (Abschnitt 9.3.3)',
      table(
        ['Protokoll', 'Frist'],
        (['DA12', 'DA13', 'DA14'] as const).map((code) => [
          `${catalogue[code].title.de} (${code})`,
          periodsOfCluster(it, code),
        ]),
      ),
    ),
    part(
      '7.4 Übermittlung und Zwischenspeicher (Abschnitt 9.3.4)',
      table(
        ['Speicher', 'Frist'],
        (['DA08', 'DA09', 'DA10', 'DA11', 'DA17'] as const).map((code) => [
          `${catalogue[code].title.de} (${code})`,
          periodsOfCluster(it, code),
        ]),
      ),
    ),
    part(
      '7.5 Arbeitsalltag (Abschnitt 9.3.6)',
      text(
        `Dateien auf dem eigenen Rechner speichern dürfen: ${rolesInWords(it.downloadRoles)}. Was gespeichert oder gedruckt ist, erreicht keine Löschung des Programms; die Dienstanweisung regelt es. Alte Vorgänge werden je Team am monatlichen Löschtag gesichtet.`,
      ),
    ),
    part(
      '7.6 Auftragsverarbeiter (Abschnitt 9.6)',
      channelsTable(it),
      ...(it.receivesOnly
        ? [
            text(
              'Über WhatsApp wird nur empfangen, gesendet wird nichts. Geantwortet wird auf anderem Weg; dass und wie, und was dabei gesagt wurde, soweit es jemand festhält, steht im Gespräch und vergeht mit ihm. Anschriften werden dazu nicht erhoben.',
            ),
          ]
        : []),
      text(
        'Dateien und der Eintrag im Kontaktbuch von Meta werden nach der Vernichtung auch dort gelöscht, wo der Dienstleister das anbietet; das Programm fragt so lange nach, bis es geschehen ist. Nachrichten vergehen bei WhatsApp von selbst nach 30 Tagen.',
      ),
    ),
    part(
      '7.7 Sonderfälle (Abschnitt 9.7)',
      text(
        `Anträge betroffener Personen (Art. 15 bis 18 und 20 DSGVO) entscheiden: ${rolesInWords(rolesFor('decide-requests'))}. Eine Löschung auf Antrag nimmt denselben Weg wie jede andere. Eingangsbestätigung: ${it.acknowledges ? 'wird sofort gesendet' : 'wird nicht gesendet'}.`,
      ),
    ),
  ]
}

function responsibilities(): Section {
  return { heading: '8 Verantwortlichkeiten (Abschnitt 10)', level: 1, blocks: [actsTable(), secondsTable()] }
}

/** The deletion concept (Löschkonzept) in the structure of DIN EN ISO/IEC 27555:2025, whose clauses the headings name. */
export function deletionConcept(it: Configuration): OfficeDocument {
  return {
    title: 'Löschkonzept',
    basis: 'Gliederung nach DIN EN ISO/IEC 27555; die Abschnitte der Norm stehen in Klammern.',
    sections: [
      frame(it),
      clusters(it),
      rulesSection(it),
      matrix(it),
      filingPlan(it),
      archive(it),
      ...implementation(it),
      responsibilities(),
    ],
  }
}
