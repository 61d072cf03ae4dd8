import {
  acts,
  actWords,
  needsStepUp,
  type Role,
  roles,
  rolesFor,
  stepUpMinutes,
} from '@buergerdraht/contract'
import type { ClusterCode } from '@buergerdraht/records'
import type { Configuration, Wire } from './configuration.ts'
import { type OfficeDocument, table, text } from './document.ts'
import { rolesInWords, roleWords } from './document-words.ts'
import { actsTable, channelsTable, periodsOf, secondsTable } from './shared-sections.ts'

const wireWords: Readonly<Record<Wire, string>> = {
  here: 'verlässt diesen Rechner nicht',
  verified: 'TLS',
  open: 'nicht zugesichert: das Netz dazwischen muss vertrauenswürdig sein',
}

const passwordWords: Readonly<Record<Configuration['installation']['passwords'], string>> = {
  all: 'alle Konten',
  emergency: 'nur das Notfallkonto',
  nobody: 'niemand',
}

function yesOrNo(is: boolean): string {
  return is ? 'ja' : 'nein'
}

/** The technical and organisational measures (Art. 32(1) GDPR): what the program is set to, and which parts are the operator's. */
export function securityMeasures(it: Configuration): OfficeDocument {
  const { installation: set, rules } = it
  function periodOf(code: ClusterCode): string {
    const found = rules.find(({ cluster }) => cluster.code === code)
    return found === undefined ? '' : periodsOf(found)
  }
  function demands(role: Role): string[] {
    return [it.secondFactorRoles, it.limitedRoles, it.certificateRoles].map((those) =>
      yesOrNo(those.includes(role)),
    )
  }
  return {
    title: 'Technische und organisatorische Maßnahmen',
    basis: 'Art. 32 Abs. 1 DSGVO; die Buchstaben stehen in Klammern.',
    sections: [
      {
        heading: '1 Verschlüsselung und Pseudonymisierung (a)',
        level: 1,
        blocks: [
          text(
            'Nachrichten, Dateien, Namen und Rufnummern sind in der Datenbank und auf der Platte mit AES-256-GCM verschlüsselt; jeder Vorgang und jede Datei hat einen eigenen Schlüssel, der mit ihm vernichtet wird. Gesucht wird über Kennzahlen von Wörtern, die ohne Schlüssel nicht lesbar sind. Im Protokoll stehen Beschäftigte unter einem Kennzeichen.',
          ),
          table(
            ['Verbindung', 'Schutz'],
            [
              ['Browser der Beschäftigten', set.tls ? 'TLS' : 'ohne TLS'],
              ['Datenbank', wireWords[set.database]],
              ['Warteschlange (Redis)', set.redis === null ? 'keine' : wireWords[set.redis]],
            ],
          ),
        ],
      },
      {
        heading: '2 Vertraulichkeit: Anmeldung (b)',
        level: 1,
        blocks: [
          table(
            ['Rolle', 'Zweiter Faktor verlangt', 'Auf Netze beschränkt', 'Gerätezertifikat verlangt'],
            roles.map((role) => [roleWords[role], ...demands(role)]),
          ),
          table(
            ['Einstellung', 'Wert'],
            [
              ['Anmeldung mit Passwort', passwordWords[set.passwords]],
              ['Anmeldedienst (OpenID Connect)', set.identityProvider ?? 'keiner'],
              ['Sitzung endet ohne Anfrage nach', `${set.idleMinutes} Minuten`],
              ['Sitzung endet spätestens nach', `${set.absoluteMinutes} Minuten`],
              ['Dateien speichern dürfen', rolesInWords(it.downloadRoles)],
            ],
          ),
          text(
            `Wer sich vor mehr als ${stepUpMinutes} Minuten ausgewiesen hat, weist sich erneut aus für: ${acts
              .filter(needsStepUp)
              .map((act) => actWords[act].de)
              .join('; ')}.`,
          ),
        ],
      },
      { heading: '3 Vertraulichkeit: Wer was darf (b)', level: 1, blocks: [actsTable(), secondsTable()] },
      {
        heading: '4 Integrität: Eingang, Protokoll und Nachweis (b)',
        level: 1,
        blocks: [
          table(
            ['Maßnahme', 'Wert'],
            [
              ['Dateien werden auf Schadsoftware geprüft (ClamAV)', yesOrNo(set.virusScan)],
              ['Sicherheitsprotokoll wird aufbewahrt', periodOf('DA12')],
              ['Protokoll der Lesezugriffe wird aufbewahrt', periodOf('DA13')],
              [
                'Protokoll wird zusätzlich abgelegt',
                { file: 'als Datei', syslog: 'über Syslog mit TLS', none: 'nein' }[
                  set.auditShipping ?? 'none'
                ],
              ],
              ['Protokoll lesen', rolesInWords(rolesFor('read-audit-log'))],
            ],
          ),
          text(
            'Jeder Eingang ist echt, bevor er gespeichert wird: Unterschrift oder vereinbarte Kopfzeilen des Dienstleisters. Protokoll und Löschregister sind Merkle-Logs (RFC 6962) mit unterschriebenen Ständen; eine Änderung fällt bei der Prüfung auf, auch außerhalb dieses Servers.',
          ),
        ],
      },
      {
        heading: '5 Verfügbarkeit und Wiederherstellung (b, c)',
        level: 1,
        blocks: [
          text(
            `Sicherungen legt der Betrieb an, Schlüssel und Daten getrennt; Fristen: ${periodOf('DA16')}. Eine wiederhergestellte Datenbank, die nicht zum Löschregister passt, bleibt geschlossen; erneut zu löschen, was nach der Sicherung gelöscht wurde, ist noch nicht eingebaut.`,
          ),
        ],
      },
      {
        heading: '6 Regelmäßige Überprüfung (d)',
        level: 1,
        blocks: [
          text(
            `Jede Nacht wird gezählt, ob für jeden Datensatz mit Personenbezug feststeht, wann er gelöscht sein muss. Hinweise an den Datenschutz werden einzeln bestätigt. ${it.signed ? 'Jede Löschregel ist freigegeben.' : 'Testbetrieb: Nicht jede Löschregel ist freigegeben.'}`,
          ),
        ],
      },
      { heading: '7 Auftragsverarbeiter (Art. 28, Art. 32 Abs. 4)', level: 1, blocks: [channelsTable(it)] },
    ],
  }
}
