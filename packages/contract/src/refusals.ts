import type { FieldRefusal } from './field-refusal.ts'
import type { Sentence } from './language.ts'

type Meaning = {
  readonly status: number
  readonly message: Sentence
}

/** Every refusal the product can give: HTTP status and a sentence for a human. The codes are a closed list. */
export const errorCodes = {
  'invalid-input': {
    status: 400,
    message: { de: 'Bitte prüfen Sie Ihre Eingaben.', en: 'Please check what you entered.' },
  },
  'search-in-address': {
    status: 400,
    message: {
      de: 'Was gesucht wird, gehört nicht in eine Adresse. Gesucht wird mit POST /api/v1/conversations/search.',
      en: 'What is searched for does not belong into an address. Search with POST /api/v1/conversations/search.',
    },
  },
  'not-signed-in': {
    status: 401,
    message: { de: 'Bitte melden Sie sich an.', en: 'Please sign in.' },
  },
  'wrong-credentials': {
    status: 401,
    message: {
      de: 'E-Mail-Adresse oder Passwort ist nicht richtig.',
      en: 'The e-mail address or the password is not right.',
    },
  },
  'wrong-second-factor': {
    status: 401,
    message: {
      de: 'Der Bestätigungscode oder der Passkey gilt nicht. Ein Code gilt nur einmal und nur kurz.',
      en: 'The code or the passkey is not valid. A code is valid once, and not for long.',
    },
  },
  'step-up-required': {
    status: 401,
    message: {
      de: 'Bestätigen Sie bitte noch einmal, dass Sie es sind.',
      en: 'Please confirm once more that it is you.',
    },
  },
  'second-factor-required': {
    status: 403,
    message: {
      de: 'Mit Ihrer Rolle brauchen Sie einen zweiten Faktor. Richten Sie ihn ein oder bestätigen Sie ihn.',
      en: 'Your role needs a second factor. Set one up, or confirm it.',
    },
  },
  'network-not-allowed': {
    status: 403,
    message: {
      de: 'Aus diesem Netz ist Bürgerdraht mit Ihrer Rolle nicht erreichbar. Die Administration legt fest, aus welchen Netzen.',
      en: 'With your role Bürgerdraht is not available from this network. The administrators decide from which it is.',
    },
  },
  'certificate-required': {
    status: 403,
    message: {
      de: 'Mit Ihrer Rolle geht das nur an einem Gerät der Verwaltung: Dieses weist sich nicht mit einem Zertifikat aus.',
      en: 'With your role this works on a device of the administration only: this one shows no certificate.',
    },
  },
  'rule-shuts-you-out': {
    status: 409,
    message: {
      de: 'Mit dieser Regel wären Sie selbst ausgesperrt: Ihr Netz oder Ihr Gerät erfüllt sie nicht. Es wurde nichts geändert.',
      en: 'This rule would shut you out yourself: your network or your device does not meet it. Nothing was changed.',
    },
  },
  'second-factor-exists': {
    status: 409,
    message: {
      de: 'Eine App für Bestätigungscodes ist schon eingerichtet. Entfernen Sie sie zuerst.',
      en: 'An app for codes is set up already. Remove it first.',
    },
  },
  'last-second-factor': {
    status: 409,
    message: {
      de: 'Ihre Rolle braucht einen zweiten Faktor. Richten Sie zuerst einen anderen ein.',
      en: 'Your role needs a second factor. Set up another one first.',
    },
  },
  'passkeys-impossible': {
    status: 409,
    message: {
      de: 'Unter dieser Adresse gibt es keine Passkeys: Sie brauchen einen Namen statt einer IP-Adresse.',
      en: 'There are no passkeys under this address: they need a name, not an IP address.',
    },
  },
  'local-sign-in-off': {
    status: 403,
    message: {
      de: 'Hier meldet man sich über den Anmeldedienst der Verwaltung an, nicht mit einem Passwort.',
      en: 'One signs in here with the identity provider of the administration, not with a password.',
    },
  },
  'provider-unavailable': {
    status: 503,
    message: {
      de: 'Der Anmeldedienst ist gerade nicht erreichbar. Bitte versuchen Sie es später noch einmal.',
      en: 'The identity provider cannot be reached right now. Please try again later.',
    },
  },
  'provider-refused-sign-in': {
    status: 401,
    message: {
      de: 'Die Anmeldung über den Anmeldedienst wurde abgelehnt oder gilt nicht mehr. Bitte beginnen Sie neu.',
      en: 'The sign-in with the identity provider was refused or is not valid any more. Please start again.',
    },
  },
  'provider-assurance-missing': {
    status: 403,
    message: {
      de: 'Der Anmeldedienst hat nicht bestätigt, dass Sie sich so sicher angemeldet haben, wie es hier verlangt wird.',
      en: 'The identity provider did not confirm a sign-in as strong as it is demanded here.',
    },
  },
  'provider-gives-no-role': {
    status: 403,
    message: {
      de: 'Der Anmeldedienst kennt Sie, aber Ihnen ist hier keine Rolle zugeordnet. Wenden Sie sich an die Administration.',
      en: 'The identity provider knows you, but no role is assigned to you here. Ask the administrators.',
    },
  },
  'account-not-linked': {
    status: 409,
    message: {
      de: 'Für diese E-Mail-Adresse gibt es hier schon ein Konto. Melden Sie sich damit an und verknüpfen Sie es unter „Anmeldung und Sicherheit“.',
      en: 'There is an account with this e-mail address here already. Sign in with it and link it under “Sign-in and security”.',
    },
  },
  'identity-linked-already': {
    status: 409,
    message: {
      de: 'Diese Anmeldung gehört schon zu einem Konto.',
      en: 'This identity belongs to an account already.',
    },
  },
  'second-person-required': {
    status: 409,
    message: {
      de: 'Das muss eine zweite Person entscheiden: nicht, wer es vorgeschlagen hat, und nicht, wen es betrifft.',
      en: 'A second person must decide this: neither whoever proposed it nor whom it concerns.',
    },
  },
  'proposal-closed': {
    status: 409,
    message: {
      de: 'Über diesen Vorschlag ist schon entschieden, er wurde zurückgezogen oder ist abgelaufen.',
      en: 'This proposal has been decided already, was withdrawn, or has expired.',
    },
  },
  'no-password': {
    status: 409,
    message: {
      de: 'Dieses Konto hat kein Passwort: Sie melden sich beim Anmeldedienst an.',
      en: 'This account has no password: you sign in with the sign-in service.',
    },
  },
  'emergency-access-holds': {
    status: 409,
    message: {
      de: 'Für dieses Konto gilt schon ein Notfallzugriff. Beenden Sie ihn zuerst.',
      en: 'An emergency access already holds for this account. End it first.',
    },
  },
  'emergency-access-over': {
    status: 409,
    message: {
      de: 'Dieser Notfallzugriff ist beendet oder abgelaufen.',
      en: 'This emergency access has ended or run out.',
    },
  },
  'proposal-open': {
    status: 409,
    message: {
      de: 'Dazu wartet schon ein Vorschlag. Er muss erst entschieden oder zurückgezogen werden.',
      en: 'A proposal about this is waiting already. It has to be decided or withdrawn first.',
    },
  },
  'nothing-to-withdraw': {
    status: 409,
    message: {
      de: 'Das Archiv hat über alles entschieden, was noch da ist, oder es ist schon zurückgezogen.',
      en: 'The archive has decided about everything that is still there, or it is withdrawn already.',
    },
  },
  'restore-task-done': {
    status: 409,
    message: {
      de: 'Diese Aufgabe ist schon erledigt.',
      en: 'This task is done already.',
    },
  },
  'restore-task-of-another': {
    status: 409,
    message: {
      de: 'Erledigt melden kann sie nur, wer die Aufgabe übernommen hat. Übernehmen Sie sie zuerst.',
      en: 'Only whoever has taken over the task can say that it is done. Take it over first.',
    },
  },
  'restore-task-for-others': {
    status: 403,
    message: {
      de: 'Diese Aufgabe ist für eine andere Rolle. Für welche, steht bei der Aufgabe.',
      en: 'This task is for another role. The task says for which.',
    },
  },
  'restore-tasks-open': {
    status: 409,
    message: {
      de: 'Erst muss jemand übernehmen, was das Löschregister nicht von selbst wiederherstellen kann. Die Aufgaben stehen auf dieser Seite.',
      en: 'First somebody has to take over what the deletion ledger cannot restore by itself. The tasks stand on this page.',
    },
  },
  'changed-meanwhile': {
    status: 409,
    message: {
      de: 'Das hat inzwischen jemand geändert. Sehen Sie sich den neuen Stand an und entscheiden Sie dann.',
      en: 'Somebody has changed this meanwhile. Look at how it is now, and decide then.',
    },
  },
  'request-open': {
    status: 409,
    message: {
      de: 'Von dieser Person ist schon ein Antrag dieser Art offen.',
      en: 'A request of this kind by this person is open already.',
    },
  },
  'request-closed': {
    status: 409,
    message: {
      de: 'Dieser Antrag ist schon beantwortet.',
      en: 'This request has been answered already.',
    },
  },
  'request-decided': {
    status: 409,
    message: {
      de: 'Über diesen Antrag ist schon entschieden.',
      en: 'This request has been decided about already.',
    },
  },
  'nothing-chosen': {
    status: 422,
    message: {
      de: 'Es ist nichts ausgewählt. Wählen Sie Nachrichten oder Dateien aus, oder dass es um alles geht.',
      en: 'Nothing is chosen. Choose messages or files, or that it is about everything.',
    },
  },
  'too-much-chosen': {
    status: 422,
    message: {
      de: 'Es ist zu viel ausgewählt: höchstens 50 Nachrichten und Dateien zusammen.',
      en: 'Too much is chosen: at most 50 messages and files together.',
    },
  },
  'chosen-not-there': {
    status: 409,
    message: {
      de: 'Von dem, was ausgewählt ist, gehört etwas nicht zu dieser Person oder gibt es nicht mehr. Laden Sie die Liste neu und wählen Sie noch einmal.',
      en: 'Something that is chosen is not of this person, or is there no more. Load the list again and choose anew.',
    },
  },
  'request-undecided': {
    status: 409,
    message: {
      de: 'Über diesen Antrag ist noch nicht entschieden.',
      en: 'This request has not been decided about yet.',
    },
  },
  'request-not-granted': {
    status: 409,
    message: {
      de: 'Diesem Antrag ist nicht stattgegeben. Darüber entscheidet zuerst, wer das darf.',
      en: 'This request has not been granted. Whoever may decides about it first.',
    },
  },
  'request-restricted': {
    status: 409,
    message: {
      de: 'Aus diesem Antrag ist die Einschränkung schon gesetzt.',
      en: 'The restriction that this request asks for has been set already.',
    },
  },
  'redaction-open': {
    status: 409,
    message: {
      de: 'Es ist noch nicht überall entschieden, was geschwärzt wird. Sehen Sie zuerst die markierten Stellen und die Dateien durch.',
      en: 'It has not been decided everywhere what is blacked out. Look through the marked passages and the files first.',
    },
  },
  'copy-too-large': {
    status: 409,
    message: {
      de: 'Das sind mehr als 20 000 Nachrichten. Erstellen Sie die Kopie für jeden Vorgang einzeln, oder bitten Sie die Person zu sagen, um welche es geht (Erwägungsgrund 63 DSGVO).',
      en: 'These are more than 20,000 messages. Make the copy of each matter by itself, or ask the person which they mean (recital 63 GDPR).',
    },
  },
  'nothing-erased-yet': {
    status: 409,
    message: {
      de: 'Zu diesem Antrag ist noch kein Löschlauf abgeschlossen. Das Schreiben gibt es danach.',
      en: 'No deletion run of this request has been completed yet. The letter comes after it.',
    },
  },
  'no-open-matter': {
    status: 409,
    message: {
      de: 'Mit dieser Person ist kein Vorgang offen, in dem geantwortet werden kann. Laden Sie das Schreiben herunter.',
      en: 'There is no open matter of this person to answer in. Download the letter.',
    },
  },
  'request-extended': {
    status: 409,
    message: {
      de: 'Die Frist dieses Antrags ist schon einmal verlängert.',
      en: 'The period of this request has been extended once already.',
    },
  },
  'extension-too-late': {
    status: 409,
    message: {
      de: 'Verlängern lässt sich nur innerhalb des ersten Monats (Art. 12 Abs. 3 DSGVO).',
      en: 'It can be extended only within the first month (Art. 12(3) GDPR).',
    },
  },
  'identity-unconfirmed': {
    status: 409,
    message: {
      de: 'Es ist noch nicht festgehalten, wer den Antrag stellt. Bestätigen Sie zuerst die Identität.',
      en: 'It is not written down yet who makes the request. Confirm the identity first.',
    },
  },
  'person-has-not-answered': {
    status: 409,
    message: {
      de: 'Die Person hat seit dem Antrag nichts in diesem Chat geschrieben. Stellen Sie ihr dort eine Rückfrage, oder bestätigen Sie die Identität persönlich.',
      en: 'The person has written nothing in this chat since the request. Ask them something there, or confirm the identity in person.',
    },
  },
  'person-not-told': {
    status: 409,
    message: {
      de: 'Zuerst muss die Person benachrichtigt sein (Art. 12 DSGVO).',
      en: 'The person must have been told first (Art. 12 GDPR).',
    },
  },
  'nothing-to-offer': {
    status: 409,
    message: {
      de: 'Zurzeit muss nichts angeboten werden.',
      en: 'There is nothing to be offered now.',
    },
  },
  'no-archive-agreement': {
    status: 409,
    message: {
      de: 'Mit dem Archiv ist noch nichts vereinbart. Tragen Sie zuerst die Vereinbarung ein.',
      en: 'Nothing has been agreed with the archive yet. Put down the agreement first.',
    },
  },
  'archive-wants-it': {
    status: 409,
    message: {
      de: 'Das Archiv übernimmt das (A). Diese Entscheidung lässt sich hier nicht zurücknehmen.',
      en: 'The archive takes this over (A). That decision cannot be taken back here.',
    },
  },
  'not-sealed': {
    status: 409,
    message: {
      de: 'Das ist noch nicht versiegelt. Warum es wartet, steht in der Liste.',
      en: 'This is not sealed yet. Why it waits stands in the list.',
    },
  },
  'package-missing': {
    status: 409,
    message: {
      de: 'Die Datei dieses Pakets ist nicht da. Die Administration muss den Archiv-Ordner prüfen.',
      en: 'The file of this package is not there. The administrator has to look into the archive folder.',
    },
  },
  'package-too-large': {
    status: 413,
    message: {
      de: 'Geprüft werden hier Pakete bis 4 GB. Für größere gibt es das Prüfprogramm.',
      en: 'Packages of up to 4 GB are verified here. For larger ones there is the verifier.',
    },
  },
  'way-not-set-up': {
    status: 409,
    message: {
      de: 'Dieser Übergabeweg ist nicht eingerichtet oder passt nicht zu dieser Übergabe.',
      en: 'This way of handing over is not set up, or is not that of this hand-over.',
    },
  },
  'no-catalogue-in-version': {
    status: 409,
    message: {
      de: 'In der Version von xdomea, die für das Archiv eingestellt ist, lässt sich von hier kein Bewertungskatalog anfragen. Eingestellt werden muss 3.1.0.',
      en: 'In the version of xdomea that is set for the archive, no valuation catalogue can be asked for from here. It has to be 3.1.0.',
    },
  },
  'not-in-version': {
    status: 409,
    message: {
      de: 'In der Version von xdomea, die für diese Gegenseite eingestellt ist, wird diese Nachricht hier nicht geschrieben. Fragen Sie die Administration.',
      en: 'In the version of xdomea that is set for this other side, this message is not written here. Ask the administration.',
    },
  },
  'no-document': {
    status: 409,
    message: {
      de: 'In diesem Paket liegt kein lesbares Dokument (PDF/A), oder es ist gelöscht. So kann es nicht übergeben werden.',
      en: 'There is no readable document (PDF/A) in this package, or it has been erased. It cannot be handed over like this.',
    },
  },
  'handed-over-already': {
    status: 409,
    message: {
      de: 'Dieses Paket ist schon übergeben oder auf dem Weg dorthin.',
      en: 'This package has been handed over there, or is on its way.',
    },
  },
  'archive-does-not-want-it': {
    status: 409,
    message: {
      de: 'Das Archiv hat nicht entschieden, dass es diesen Vorgang übernimmt (A).',
      en: 'The archive has not decided to take this matter over (A).',
    },
  },
  'hand-over-ended': {
    status: 409,
    message: {
      de: 'Diese Übergabe ist abgeschlossen. Es wurde nichts geändert.',
      en: 'This hand-over has ended. Nothing was changed.',
    },
  },
  'hand-over-not-sent': {
    status: 409,
    message: {
      de: 'Diese Übergabe ist noch nicht abgesendet. Laden Sie sie zuerst herunter.',
      en: 'This hand-over has not been sent. Download it first.',
    },
  },
  'hand-over-not-possible': {
    status: 409,
    message: {
      de: 'Das Paket kann nicht übergeben werden: Die Datei oder ein Schlüssel fehlt, oder es ist zu groß.',
      en: 'The package cannot be handed over: its file or a key is missing, or it is too large.',
    },
  },
  'hold-ended': {
    status: 409,
    message: {
      de: 'Diese Sperre ist schon beendet.',
      en: 'This hold has ended already.',
    },
  },
  'person-not-informed': {
    status: 409,
    message: {
      de: 'Eine Einschränkung wird erst aufgehoben, wenn die betroffene Person vorher davon unterrichtet ist (Art. 18 Abs. 3 DSGVO).',
      en: 'A restriction is lifted only when the person has been told before (Art. 18(3) GDPR).',
    },
  },
  'conversation-restricted': {
    status: 409,
    message: {
      de: 'Die Verarbeitung dieses Vorgangs ist eingeschränkt (Art. 18 DSGVO). Er wird erst wieder geöffnet, wenn das aufgehoben ist.',
      en: 'Processing of this matter is restricted (Art. 18 GDPR). It is not opened again before that is lifted.',
    },
  },
  'nothing-to-delete': {
    status: 409,
    message: {
      de: 'Davon darf zurzeit nichts gelöscht werden.',
      en: 'None of it may be deleted at present.',
    },
  },
  'rule-unchanged': {
    status: 409,
    message: {
      de: 'So ist die Löschregel schon. Ändern Sie eine Frist, bevor Sie sie vorschlagen.',
      en: 'The deletion rule is like that already. Change a period before you propose it.',
    },
  },
  'in-quarantine': {
    status: 503,
    message: {
      de: 'Bürgerdraht ist geschlossen, weil die Datenbank aus einer Sicherung wiederhergestellt wurde oder das Löschregister nicht benutzbar ist. Zwei Personen müssen entscheiden.',
      en: 'Bürgerdraht is closed because its database was restored from a backup or its deletion ledger cannot be used. Two persons have to decide.',
    },
  },
  'protocol-too-long': {
    status: 409,
    message: {
      de: 'Das wären zu viele Einträge für ein PDF. Wählen Sie einen kürzeren Zeitraum, oder laden Sie CSV.',
      en: 'These would be too many entries for a PDF. Choose a shorter period, or download CSV.',
    },
  },
  'filing-plan-unchanged': {
    status: 409,
    message: {
      de: 'So ist der Aktenplan schon.',
      en: 'The filing plan is like that already.',
    },
  },
  'privacy-notice-unchanged': {
    status: 409,
    message: {
      de: 'So lautet der Datenschutzhinweis schon.',
      en: 'The privacy notice says that already.',
    },
  },
  'rule-not-changeable': {
    status: 409,
    message: {
      de: 'Diese Frist lässt sich hier nicht ändern: Die Datenart hat keine eigene Frist, oder das Programm hält sie fest ein.',
      en: 'This period cannot be changed here: the cluster has none of its own, or the program keeps a fixed one.',
    },
  },
  'last-administrator': {
    status: 409,
    message: {
      de: 'Das ist das letzte Konto, das verwalten kann; ohne es käme niemand mehr hinein. Geben Sie zuerst einer weiteren Person die Rolle Administration. Ist niemand mehr da, hilft der Betrieb auf der Kommandozeile: buergerdraht account role.',
      en: 'This is the last account that can administer; without it nobody would get in. Give the role of administrator to somebody else first. If nobody is left, the operator helps at the command line: buergerdraht account role.',
    },
  },
  'invitation-open': {
    status: 409,
    message: {
      de: 'Die eingeladene Person hat ihr Konto noch nicht selbst eingerichtet. Erst danach kann es diese Rolle bekommen.',
      en: 'The invited person has not set up their account yet. Only then can it be given this role.',
    },
  },
  'invitation-void': {
    status: 404,
    message: {
      de: 'Diese Einladung gilt nicht: Sie wurde schon benutzt, zurückgenommen oder ist abgelaufen. Bitten Sie die Administration um eine neue.',
      en: 'This invitation is not valid: it was used already, taken back, or has expired. Ask your administrators for a new one.',
    },
  },
  'invitation-for-other': {
    status: 409,
    message: {
      de: 'In diesem Browser ist jemand anderes angemeldet. Melden Sie sich erst ab und öffnen Sie die Einladung dann noch einmal.',
      en: 'Somebody else is signed in in this browser. Sign out first, then open the invitation again.',
    },
  },
  'account-set-up': {
    status: 409,
    message: {
      de: 'Dieses Konto ist schon eingerichtet. Ein vergessenes Passwort setzt der Betrieb auf der Kommandozeile neu: buergerdraht account password.',
      en: 'This account is set up already. A forgotten password is set anew by the operator at the command line: buergerdraht account password.',
    },
  },
  'webhook-not-authentic': {
    status: 401,
    message: {
      de: 'Die Nachricht trägt keinen gültigen Echtheitsnachweis.',
      en: 'The message carries no valid proof of origin.',
    },
  },
  'not-allowed': {
    status: 403,
    message: { de: 'Dafür fehlt Ihnen die Berechtigung.', en: 'You are not allowed to do this.' },
  },
  'foreign-origin': {
    status: 403,
    message: {
      de: 'Die Anfrage kommt von einer fremden Seite und wurde abgelehnt.',
      en: 'The request came from a foreign page and was refused.',
    },
  },
  'verify-token-wrong': {
    status: 403,
    message: { de: 'Das Prüfwort stimmt nicht.', en: 'The verify token is not right.' },
  },
  'not-found': {
    status: 404,
    message: { de: 'Das gibt es hier nicht.', en: 'There is no such thing here.' },
  },
  'method-not-allowed': {
    status: 405,
    message: { de: 'So geht das hier nicht.', en: 'This cannot be done here in this way.' },
  },
  'incomplete-request': {
    status: 408,
    message: {
      de: 'Die Anfrage ist nicht vollständig angekommen. Bitte versuchen Sie es noch einmal.',
      en: 'The request did not arrive completely. Please try again.',
    },
  },
  'already-claimed': {
    status: 409,
    message: {
      de: 'Das Gespräch hat inzwischen jemand anderes übernommen.',
      en: 'Somebody else has taken the conversation meanwhile.',
    },
  },
  'conversation-open': {
    status: 409,
    message: {
      de: 'Das Gespräch ist offen. Ob es zur Akte gehört, wird beim Abschließen entschieden.',
      en: 'The conversation is open. Whether it belongs to a file is decided when it is closed.',
    },
  },
  'conversation-closed': {
    status: 409,
    message: {
      de: 'Das Gespräch ist abgeschlossen. Schreibt die Person wieder, beginnt ein neues.',
      en: 'The conversation is closed. When the person writes again, a new one begins.',
    },
  },
  'answered-meanwhile': {
    status: 409,
    message: {
      de: 'Inzwischen hat jemand aus dem Team geantwortet. Bitte lesen Sie das zuerst.',
      en: 'Somebody of the team has answered meanwhile. Please read that first.',
    },
  },
  'assigned-meanwhile': {
    status: 409,
    message: {
      de: 'Das Gespräch bearbeitet jemand anderes aus dem Team.',
      en: 'Somebody else of the team is handling this conversation.',
    },
  },
  'unseen-message': {
    status: 409,
    message: {
      de: 'Inzwischen hat die Person etwas Neues geschrieben. Bitte lesen Sie es zuerst.',
      en: 'The person has written something new meanwhile. Please read it first.',
    },
  },
  'other-conversation-open': {
    status: 409,
    message: {
      de: 'Die Person hat inzwischen ein neues Gespräch begonnen. Bitte antworten Sie dort.',
      en: 'The person has begun a new conversation meanwhile. Please answer there.',
    },
  },
  'client-id-reused': {
    status: 409,
    message: {
      de: 'Diese Nachricht wurde schon mit anderem Inhalt gesendet.',
      en: 'This message was already sent with other content.',
    },
  },
  'window-closed': {
    status: 409,
    message: {
      de: 'Das Antwortfenster ist geschlossen. Möglich ist nur noch eine genehmigte Vorlage.',
      en: 'The reply window is closed. Only an approved template can be sent now.',
    },
  },
  'receives-only': {
    status: 409,
    message: {
      de: 'Über WhatsApp wird hier nur empfangen und nichts gesendet. Antworten Sie auf einem anderen Weg und halten Sie das mit „Anders beantwortet“ fest.',
      en: 'This office only receives through WhatsApp and sends nothing. Answer in another way, and note it with “Answered elsewhere”.',
    },
  },
  'channel-stopped': {
    status: 409,
    message: {
      de: 'Über diese Nummer kann im Moment nicht gesendet werden. Die Administration ist informiert.',
      en: 'Nothing can be sent through this number at the moment. The administrators know.',
    },
  },
  'account-of-other-number': {
    status: 409,
    message: {
      de: 'Der Anbieter sagt, dass diese Zugangsdaten nicht zu dieser Rufnummer gehören oder nicht gelten. Geändert wurde nichts.',
      en: 'The provider says that these credentials do not belong to this number, or are not valid. Nothing was changed.',
    },
  },
  'account-not-proven': {
    status: 409,
    message: {
      de: 'Der Anbieter hat noch nicht bestätigt, dass die neuen Zugangsdaten zu dieser Rufnummer gehören. Gesendet wird erst danach; es wird von selbst weiter gefragt.',
      en: 'The provider has not confirmed yet that the new credentials belong to this number. Nothing is sent until then; it is asked again by itself.',
    },
  },
  'not-decidable': {
    status: 409,
    message: {
      de: 'Zu dieser Nachricht ist nichts mehr zu entscheiden.',
      en: 'There is nothing left to decide about this message.',
    },
  },
  'not-quotable': {
    status: 409,
    message: {
      de: 'Auf diese Nachricht kann nicht geantwortet oder reagiert werden.',
      en: 'This message cannot be quoted or reacted to.',
    },
  },
  'template-not-usable': {
    status: 409,
    message: {
      de: 'Diese Vorlage kann zurzeit nicht gesendet werden: Sie ist nicht (mehr) freigegeben oder wurde geändert.',
      en: 'This template cannot be sent at the moment: it is not approved (any more), or was changed.',
    },
  },
  'template-exists': {
    status: 409,
    message: {
      de: 'Eine Vorlage mit diesem Namen und dieser Sprache gibt es schon.',
      en: 'There is a template with this name and language already.',
    },
  },
  'provider-refused': {
    status: 502,
    message: {
      de: 'Der Dienstleister hat das nicht angenommen.',
      en: 'The provider did not accept this.',
    },
  },
  'attachment-not-ready': {
    status: 409,
    message: {
      de: 'Die Datei steht nicht zur Verfügung.',
      en: 'The file is not available.',
    },
  },
  'download-not-allowed': {
    status: 403,
    message: {
      de: 'Dateien werden hier nur angesehen: Ihrer Rolle ist das Herunterladen nicht erlaubt. Die Administration kann es erlauben.',
      en: 'Files are only looked at here: your role is not allowed to download them. The administrators can allow it.',
    },
  },
  'too-large': {
    status: 413,
    message: { de: 'Das ist zu groß.', en: 'This is too large.' },
  },
  'document-too-large': {
    status: 413,
    message: {
      de: 'Dateien nimmt WhatsApp bis 100 MB; diese ist größer.',
      en: 'WhatsApp takes files of up to 100 MB; this one is larger.',
    },
  },
  'film-too-large': {
    status: 413,
    message: {
      de: 'Filme und Tonaufnahmen nimmt WhatsApp bis 16 MB; diese Datei ist größer.',
      en: 'WhatsApp takes films and sound of up to 16 MB; this file is larger.',
    },
  },
  'picture-too-large': {
    status: 413,
    message: {
      de: 'Bilder werden bis 100 Megapixel und 48 MB angenommen; dieses ist größer. Verkleinern Sie es, bevor Sie es anhängen.',
      en: 'Pictures of up to 100 megapixels and 48 MB are taken; this one is larger. Reduce it before you attach it.',
    },
  },
  'file-held-back': {
    status: 415,
    message: {
      de: 'Diese Datei wird nicht gesendet: Sie enthält Programmcode oder eine weitere Datei, lädt etwas nach oder lässt sich nicht prüfen.',
      en: 'This file is not sent: it holds program code or another file, loads something, or cannot be checked.',
    },
  },
  'media-type-refused': {
    status: 415,
    message: {
      de: 'Dateien dieser Art werden nicht gesendet. Möglich sind Bilder, PDF, Office-Dokumente, Texte, Film und Ton.',
      en: 'Files of this kind are not sent. Pictures, PDF, office documents, texts, films and sound are.',
    },
  },
  'page-not-drawable': {
    status: 422,
    message: {
      de: 'Diese Seite lässt sich hier nicht anzeigen. Laden Sie die Datei herunter, um sie zu lesen.',
      en: 'This page cannot be shown here. Download the file to read it.',
    },
  },
  'encoding-refused': {
    status: 415,
    message: {
      de: 'Diese Kodierung wird nicht angenommen.',
      en: 'This encoding is not accepted.',
    },
  },
  'range-not-satisfiable': {
    status: 416,
    message: {
      de: 'Diesen Ausschnitt der Datei gibt es nicht.',
      en: 'The file has no such range.',
    },
  },
  'too-many-requests': {
    status: 429,
    message: {
      de: 'Das waren zu viele Anfragen oder Versuche. Bitte warten Sie einen Moment.',
      en: 'Those were too many requests or attempts. Please wait a moment.',
    },
  },
  defect: {
    status: 500,
    message: {
      de: 'Hier ist ein Fehler passiert. Bitte nennen Sie der Administration die Fehlernummer.',
      en: 'Something went wrong here. Please tell the administrators the error number.',
    },
  },
  'not-ready': {
    status: 503,
    message: {
      de: 'Bürgerdraht ist gerade nicht bereit. Bitte versuchen Sie es gleich noch einmal.',
      en: 'Bürgerdraht is not ready right now. Please try again in a moment.',
    },
  },
} as const satisfies Record<string, Meaning>

export type ErrorCode = keyof typeof errorCodes

/** A refused field as the browser hears of it: its place, and a sentence in the asker's language. */
export type FieldFault = {
  readonly path: string
  readonly message: string
}

/** The body of every answer that is not a success. */
export type ErrorBody = {
  readonly code: ErrorCode
  readonly message: string
  readonly requestId: string
  readonly fields?: readonly FieldFault[]
}

/**
 * The product says no. A use case throws it, the server turns it into the {@link ErrorBody}, a job ends with it.
 * Everything else that is thrown is a defect.
 */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly fields: readonly FieldRefusal[]
  constructor(code: ErrorCode, fields: readonly FieldRefusal[] = []) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
  }
}
