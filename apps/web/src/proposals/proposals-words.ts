import type { NameReason, ProposalKindName, WithdrawalReason } from '@buergerdraht/contract'
import type { Reply } from '../api.ts'

type RefusalReason = NonNullable<Reply<'listProposals'>['items'][number]['refusal']>
type State = Reply<'listProposals'>['items'][number]['state']

type Counted = Readonly<
  Record<'conversations' | 'messages' | 'files' | 'contacts' | 'requests' | 'notices', number>
>

/** Of what there is any, as a sentence lists it. */
function listed(language: 'de' | 'en', counted: readonly (readonly [number, string])[]): string {
  return new Intl.ListFormat(language).format(
    counted.filter(([count]) => count > 0).map(([, words]) => words),
  )
}

const de = {
  title: 'Vier-Augen',
  intro:
    'Was nur zwei Personen gemeinsam entscheiden. Wer etwas vorschlägt oder wen es betrifft, entscheidet nicht mit. Gespräche stehen hier nicht; nur die Stichprobe eines Löschstapels kann geöffnet werden, und das wird protokolliert.',
  waiting: (n: number) =>
    n === 0
      ? 'Nichts wartet auf Sie.'
      : n === 1
        ? 'Ein Vorschlag wartet auf Sie.'
        : `${n} Vorschläge warten auf Sie.`,
  open: 'Offen',
  nothingOpen: 'Kein Vorschlag ist offen.',
  decided: 'Die letzten 30 Tage',
  nothingDecided: 'In den letzten 30 Tagen wurde nichts entschieden.',
  kinds: {
    'grant-role': 'Rolle geben',
    'change-provider-rules': 'Zuordnung des Anmeldedienstes ändern',
    'change-channel-account': 'Zugang eines Kanals ändern',
    'sign-catalogue': 'Löschkonzept freigeben',
    'change-rule': 'Löschregel ändern',
    'change-filing-plan': 'Aktenplan ändern',
    'change-privacy-notice': 'Datenschutzhinweis ändern',
    'agree-with-archive': 'Vereinbarung mit dem Archiv eintragen',
    'withdraw-offer': 'Angebot an das Archiv zurückziehen',
    'change-algorithm-calendar': 'Algorithmenkalender ändern',
    'emergency-access': 'Notfallzugriff gewähren',
    'lift-pseudonym': 'Name hinter einem Kennzeichen aufdecken',
    'deletion-run': 'Löschlauf freigeben',
    'release-restore': 'Nach einer Wiederherstellung wieder einlassen',
    'give-up-ledger': 'Löschregister aufgeben',
    'standing-approval': 'Löschregel dauerhaft freigeben',
    'lift-hold': 'Sperre aufheben',
  } satisfies Record<ProposalKindName, string> as Record<ProposalKindName, string>,
  withdrawal: (n: number, reason: string) =>
    `${n === 1 ? 'Ein Vorgang, über den' : `${n} Vorgänge, über die`} das Archiv noch nicht entschieden hat, ${n === 1 ? 'soll' : 'sollen'} nicht mehr angeboten sein. Grund: ${reason}.`,
  withdrawalReasons: {
    BY_MISTAKE: 'irrtümlich angeboten',
    STILL_NEEDED: 'wird noch gebraucht',
    WRONG_LIST: 'die Liste war falsch',
  } satisfies Record<WithdrawalReason, string> as Record<WithdrawalReason, string>,
  withdrawalHint:
    'Mit Ihrer Zustimmung sehen die Teams die Vorgänge wieder, und sie können erneut angeboten werden. Das Archiv ist zu benachrichtigen; die Liste dafür steht beim Angebot.',
  withdrawalLink: 'Angebot ansehen',
  role: (name: string, role: string) => `${name} soll die Rolle ${role} bekommen.`,
  roleHint:
    'Billigen Sie das nur, wenn Sie wissen, dass die Person das Konto selbst eingerichtet hat und diese Aufgabe hat.',
  pseudonym: (id: string, hours: number) =>
    `Wer im Protokoll als ${id} steht, soll der antragstellenden Person ${hours} Stunden lang mit Namen gezeigt werden.`,
  pseudonymHint: 'Sie selbst erfahren den Namen nicht. Jede Anzeige wird protokolliert.',
  nameReasons: {
    'suspected-misuse': 'Verdacht auf Missbrauch',
    'security-incident': 'Sicherheitsvorfall',
    'data-subject-request': 'Auskunftsersuchen einer betroffenen Person',
    'commissioned-audit': 'Prüfauftrag',
  } satisfies Record<NameReason, string> as Record<NameReason, string>,
  emergency: (name: string, team: string, minutes: number) =>
    `${name} soll ab Ihrer Entscheidung ${minutes} Minuten lang die Gespräche von ${team} lesen und beantworten können.`,
  emergencyReason: (reason: string) => `Grund: ${reason}`,
  emergencyHint:
    'Fragen Sie nach, bevor Sie billigen. Der Datenschutz erfährt es sofort; Sie beide und er können es jederzeit beenden.',
  team: (name: string | undefined) => name ?? 'einem Team',
  account: 'Bei einem Kanal soll sich ändern, über welchen Zugang gesendet und empfangen wird:',
  address: (url: string) => `neue Adresse: ${url}`,
  credentials: {
    apiKey: 'neuer API-Schlüssel',
    webhookSecrets: 'neues Webhook-Geheimnis',
    webhookHeaders: 'neuer Webhook-Header',
    verifyToken: 'neues Prüfwort',
  },
  accountHint:
    'Wer das allein könnte, könnte Antworten unbemerkt umleiten. Fragen Sie nach, woher die Zugangsdaten kommen. Gesendet wird erst wieder, wenn der Anbieter bestätigt, dass sie zu dieser Rufnummer gehören.',
  rules: (claim: string) => `Der Anmeldedienst soll nach „${claim}“ entscheiden, wer hier was ist:`,
  providerRule: (value: string, role: string) => `${value} → ${role}`,
  lifting: {
    hold: (id: string) => `Die Aussetzung der Löschung ${id} soll vor ihrer Zeit enden.`,
    restriction: (id: string) =>
      `Die Einschränkung der Verarbeitung ${id} soll enden. Die betroffene Person ist davon unterrichtet.`,
  },
  liftingHint:
    'Danach wird bei jedem Löschlauf wieder nach den Löschregeln entschieden, und was verborgen war, sieht das Team wieder. Was gemeint ist, steht unter „Sperren“.',
  run: ({ conversations, messages, files, contacts, requests, notices }: Counted) =>
    `Ein Löschlauf soll ${listed('de', [
      [conversations, conversations === 1 ? 'einen Vorgang' : `${conversations} Vorgänge`],
      [
        messages,
        messages === 1 ? 'eine Nachricht mit ihren Dateien' : `${messages} Nachrichten mit ihren Dateien`,
      ],
      [
        files,
        files === 1 ? 'eine Datei, deren Nachricht bleibt' : `${files} Dateien, deren Nachrichten bleiben`,
      ],
      [contacts, contacts === 1 ? 'eine Person' : `${contacts} Personen`],
      [requests, requests === 1 ? 'einen beantworteten Antrag' : `${requests} beantwortete Anträge`],
      [
        notices,
        notices === 1
          ? 'einen Nachweis des Datenschutzhinweises'
          : `${notices} Nachweise des Datenschutzhinweises`,
      ],
    ])} endgültig löschen.`,
  emergencyRun:
    'Notlöschung: Das wurde unrechtmäßig verarbeitet und soll vor seiner Frist gelöscht werden (Art. 17 Abs. 1 Buchst. d DSGVO), ohne dem Archiv angeboten zu sein. Fragen Sie nach, warum. Der Datenschutz weiß davon.',
  brokenLedger:
    'Das Löschregister ist verloren oder beschädigt. Es soll aufgegeben werden; ein neues unter eigenem Namen und Schlüssel soll folgen.',
  restore:
    'Die Datenbank wurde aus einer Sicherung wiederhergestellt. Was im Löschregister steht, ist nachvollzogen; Bürgerdraht soll wieder geöffnet werden.',
  standing: (rule: string, until: string) =>
    `Was nach der Löschregel ${rule} fällig wird, soll bis ${until} jede Woche von selbst gelöscht werden.`,
  standingHint:
    'Danach fragt Sie bei dieser Regel niemand mehr. Jedes Stück wird trotzdem vor dem Löschen geprüft; Sperren gelten. Beide stehen mit Ihrer Rolle im Löschregister. Ändert sich die Regel, gilt die Freigabe nicht mehr; beenden kann sie eine Person allein, unter „Löschläufe“.',
  runHint:
    'Bei der Freigabe wird jedes Stück neu geprüft. Hat sich der Umfang geändert, gilt der Vorschlag nicht mehr.',
  signing: (n: number) =>
    `${n} Löschregeln sollen so gelten, wie sie unter „Löschkonzept“ stehen. Damit endet der Testbetrieb.`,
  signingHint:
    'Sie geben als Datenschutzbeauftragte oder Datenschutzbeauftragter frei, wie lange welche Daten bleiben. Danach darf nach diesen Regeln gelöscht werden; jede spätere Änderung braucht wieder zwei Personen.',
  rule: (cluster: string, version: number) => `Für ${cluster} soll Fassung ${version} der Löschregel gelten:`,
  ruleBefore: (rule: string) => `bisher: ${rule}`,
  ruleAfter: (rule: string) => `neu: ${rule}`,
  ruleHint: 'Was sich dadurch zurzeit ändern würde:',
  plan: (entries: number, added: number, removed: number) =>
    `Der Aktenplan soll ${entries} Einträge haben: ${added} neue, ${removed} fallen weg.`,
  planPeriods: (shorter: number, longer: number) => `Fristen: ${shorter} kürzer, ${longer} länger.`,
  planHint:
    'Unter „Löschkonzept“, „Aktenplan“ steht, was sich ändert. Längere Fristen gelten auch für Vorgänge, die schon zur Akte gegeben sind, kürzere nur für spätere.',
  notice: (version: number) => `Wer schreibt, soll den Datenschutzhinweis in Fassung ${version} bekommen:`,
  noticeHint:
    'Lesen Sie, was die Leute lesen. Mit Ihrer Zustimmung bekommt jede Person, die danach schreibt, diese Fassung einmal.',
  noticeLink: 'Entwurf ansehen',
  calendar: (source: string) => `Bis wann Verfahren als sicher gelten, nach: ${source}`,
  calendarHint: 'Bitte mit der Quelle vergleichen. Der Kalender ersetzt den geltenden als Ganzes.',
  archive: 'Mit dem öffentlichen Archiv ist vereinbart:',
  archiveHint:
    'Lassen Sie sich zeigen, was das Archiv schriftlich erklärt hat. Worauf es verzichtet hat, darf danach gelöscht werden, ohne dass es angeboten wird.',
  by: (name: string, when: string) => `Vorgeschlagen von ${name}, ${when}`,
  until: (when: string) => `wartet bis ${when}`,
  states: {
    open: 'offen',
    approved: 'gebilligt',
    refused: 'abgelehnt',
    withdrawn: 'zurückgezogen',
    expired: 'abgelaufen',
  } satisfies Record<State, string>,
  decidedBy: (state: string, name: string, when: string) => `${state} von ${name}, ${when}`,
  approve: 'Billigen',
  refuse: 'Ablehnen',
  withdraw: 'Zurückziehen',
  refusalReason: 'Grund, falls Sie ablehnen',
  refusalHint: 'Kommt der Löschstapel aus der Löschwerkstatt, steht der Grund dort an jedem Vorgang.',
  noReason: 'ohne Grund',
  refusalReasons: {
    'still-needed': 'Wird noch gebraucht',
    'belongs-to-file': 'Gehört zur Akte',
    'still-open': 'Die Sache ist noch offen',
    'sample-differs': 'Die Stichprobe passt nicht zu den Gründen',
  } satisfies Record<RefusalReason, string> as Record<RefusalReason, string>,
  done: 'Die Entscheidung ist gespeichert und gilt.',
  notYou: 'Eine andere Person muss entscheiden.',
}

export type ProposalsWords = typeof de

const en: ProposalsWords = {
  title: 'Second person',
  intro:
    'What only two people decide together. Whoever proposes something, and whom it concerns, does not decide. Conversations do not stand here; only the sample of a batch for deletion can be opened, and that is recorded.',
  waiting: (n) =>
    n === 0
      ? 'Nothing waits for you.'
      : n === 1
        ? 'One proposal waits for you.'
        : `${n} proposals wait for you.`,
  open: 'Open',
  nothingOpen: 'No proposal is open.',
  decided: 'The last 30 days',
  nothingDecided: 'Nothing was decided in the last 30 days.',
  kinds: {
    'change-channel-account': 'Change the account of a channel',
    'sign-catalogue': 'Sign the deletion concept',
    'change-rule': 'Change a deletion rule',
    'change-filing-plan': 'Change the filing plan',
    'change-privacy-notice': 'Change the privacy notice',
    'agree-with-archive': 'Put down the agreement with the archive',
    'withdraw-offer': 'Withdraw an offer to the archive',
    'change-algorithm-calendar': 'Change the calendar of algorithms',
    'emergency-access': 'Grant emergency access',
    'lift-pseudonym': 'Reveal the name behind a mark',
    'deletion-run': 'Approve a deletion run',
    'release-restore': 'Let people in again after a restore',
    'give-up-ledger': 'Give up the deletion ledger',
    'standing-approval': 'Approve a deletion rule for a time',
    'lift-hold': 'Lift a hold',
    'grant-role': 'Give a role',
    'change-provider-rules': 'Change the rules of the sign-in service',
  },
  withdrawal: (n, reason) =>
    `${n === 1 ? 'One matter' : `${n} matters`} about which the archive has not decided ${n === 1 ? 'is' : 'are'} to be offered no longer. Reason: ${reason}.`,
  withdrawalReasons: {
    BY_MISTAKE: 'offered by mistake',
    STILL_NEEDED: 'still needed',
    WRONG_LIST: 'the list was wrong',
  },
  withdrawalHint:
    'When you agree, the teams see the matters again, and they can be offered anew. The archive has to be told; the list for that stands with the offer.',
  withdrawalLink: 'See the offer',
  role: (name, role) => `${name} is to be given the role ${role}.`,
  roleHint: 'Approve only if you know that the person has set up the account themselves and has this task.',
  pseudonym: (id, hours) =>
    `Who stands in the audit log as ${id} is to be shown by name to the person who asks, for ${hours} hours.`,
  pseudonymHint: 'You are not told the name. Each time it is shown is recorded.',
  nameReasons: {
    'suspected-misuse': 'Suspected misuse',
    'security-incident': 'Security incident',
    'data-subject-request': 'Request of a person concerned',
    'commissioned-audit': 'Commissioned audit',
  },
  emergency: (name, team, minutes) =>
    `${name} is to read and answer the conversations of ${team} for ${minutes} minutes from your decision on.`,
  emergencyReason: (reason) => `Reason: ${reason}`,
  emergencyHint:
    'Ask before you approve. Data protection is told at once; both of you and they can end it at any time.',
  team: (name) => name ?? 'a team',
  account: 'For a channel it is to change by which account messages are sent and received:',
  address: (url) => `new address: ${url}`,
  credentials: {
    apiKey: 'new API key',
    webhookSecrets: 'new webhook secret',
    webhookHeaders: 'new webhook header',
    verifyToken: 'new verify token',
  },
  accountHint:
    'Whoever could do this alone could lead answers elsewhere, unnoticed. Ask where the credentials come from. Sending goes on only when the provider confirms that they belong to this number.',
  rules: (claim) => `The sign-in service is to decide by “${claim}” who is what here:`,
  providerRule: (value, role) => `${value} → ${role}`,
  lifting: {
    hold: (id) => `The suspension of deletion ${id} is to end before its time.`,
    restriction: (id) => `The restriction of processing ${id} is to end. The person has been told of it.`,
  },
  liftingHint:
    'After that every deletion run decides by the deletion rules again, and the team sees again what was hidden. What it is about stands under “Holds”.',
  run: ({ conversations, messages, files, contacts, requests, notices }) =>
    `A deletion run is to destroy ${listed('en', [
      [conversations, conversations === 1 ? 'one matter' : `${conversations} matters`],
      [messages, messages === 1 ? 'one message with its files' : `${messages} messages with their files`],
      [files, files === 1 ? 'one file whose message stays' : `${files} files whose messages stay`],
      [contacts, contacts === 1 ? 'one person' : `${contacts} people`],
      [requests, requests === 1 ? 'one answered request' : `${requests} answered requests`],
      [
        notices,
        notices === 1
          ? 'one proof that a privacy notice was sent'
          : `${notices} proofs that privacy notices were sent`,
      ],
    ])} for good.`,
  emergencyRun:
    'Emergency erasure: this was unlawfully processed and is to be deleted before its time (Art. 17 (1) (d) GDPR), without being offered to the archive. Ask why. Data protection knows of it.',
  brokenLedger:
    'The deletion ledger is lost or damaged. It is to be given up; a new one under a name and a key of its own is to follow.',
  restore:
    'The database was restored from a backup. What stands in the deletion ledger has been carried out; Bürgerdraht is to be opened again.',
  standing: (rule, until) =>
    `What falls due under the rule ${rule} is to be deleted each week by itself until ${until}.`,
  standingHint:
    'After that nobody asks you about this rule any more. Each object is still checked before it is deleted; holds count. Both of you stand in the deletion ledger by your roles. When the rule changes, the approval counts no longer; one person alone can end it, under “Deletion runs”.',
  runHint:
    'Each is decided anew at the approval. Where the batch has changed, the proposal counts no longer.',
  signing: (n) =>
    `${n} deletion rules are to hold as they stand under “Deletion concept”. That ends the trial.`,
  signingHint:
    'As the data-protection officer you sign how long which data stay. After that they may be deleted by these rules; every later change takes two persons again.',
  rule: (cluster, version) => `For ${cluster} version ${version} of the deletion rule is to be in force:`,
  ruleBefore: (rule) => `until now: ${rule}`,
  ruleAfter: (rule) => `new: ${rule}`,
  ruleHint: 'What that would change at present:',
  plan: (entries, added, removed) =>
    `The filing plan is to have ${entries} entries: ${added} new ones, ${removed} are left out.`,
  planPeriods: (shorter, longer) => `Periods: ${shorter} shorter, ${longer} longer.`,
  planHint:
    'Under “Deletion concept”, “Filing plan” one sees what changes. Longer periods hold for matters that are filed already too, shorter ones only for later ones.',
  notice: (version) => `Whoever writes is to be sent the privacy notice in version ${version}:`,
  noticeHint:
    'Read what people will read. With your approval everybody who writes from then on is sent this version once.',
  noticeLink: 'See the draft',
  calendar: (source) => `Until when algorithms are relied on, by: ${source}`,
  calendarHint: 'Please compare it with its source. The calendar replaces the one in force as a whole.',
  archive: 'With the public archive has been agreed:',
  archiveHint:
    'Have shown to you what the archive has declared in writing. What it has waived may be deleted afterwards without being offered.',
  by: (name, when) => `Proposed by ${name}, ${when}`,
  until: (when) => `waits until ${when}`,
  states: {
    open: 'open',
    approved: 'approved',
    refused: 'refused',
    withdrawn: 'withdrawn',
    expired: 'expired',
  },
  decidedBy: (state, name, when) => `${state} by ${name}, ${when}`,
  approve: 'Approve',
  refuse: 'Refuse',
  withdraw: 'Withdraw',
  refusalReason: 'Reason, if you refuse',
  refusalHint: 'Where the batch comes from the workbench, the reason stands there beside each matter.',
  noReason: 'no reason',
  refusalReasons: {
    'still-needed': 'Still needed',
    'belongs-to-file': 'Belongs to a file',
    'still-open': 'The matter is still open',
    'sample-differs': 'The sample does not fit the reasons',
  },
  done: 'The decision is stored and holds.',
  notYou: 'Another person has to decide.',
}

/** The words of this desk alone; they come with it. */
export const proposalsWords: Readonly<Record<'de' | 'en', ProposalsWords>> = { de, en }
