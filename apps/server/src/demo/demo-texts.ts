/** What was asked, what the office answered, and what the person said to that, if anything. */
export type Exchange = readonly [question: string, answer: string, thanks?: string]

/** Questions that were done with their answer. Whoever does not close such a matter leaves it to the Löschwerkstatt. */
export const settledExchanges = {
  Bürgeramt: [
    [
      'Was kostet ein polizeiliches Führungszeugnis?',
      'Guten Tag, das Führungszeugnis kostet 13 Euro. Sie können es bei uns oder online beantragen.',
    ],
    [
      'Hallo, ist das Bürgeramt am 2. Mai geöffnet?',
      'Guten Tag, nein, am 2. Mai ist das ganze Rathaus geschlossen.',
    ],
    ['Wie lange ist ein Kinderreisepass gültig?', 'Guten Tag, ein Jahr ab der Ausstellung.'],
    [
      'Muss ich für eine Meldebescheinigung persönlich kommen?',
      'Guten Tag, nein, Sie bekommen sie auch über unser Serviceportal.',
    ],
    [
      'Gibt es im Rathaus einen Fotoautomaten?',
      'Guten Tag, ja, im Erdgeschoss neben der Information. Vier Bilder kosten 6 Euro.',
    ],
    [
      'Welche Unterlagen brauche ich für die Anmeldung der Wohnung?',
      'Guten Tag, Ihren Ausweis und die Bestätigung des Vermieters.',
    ],
    [
      'Kann man bei euch mit Karte zahlen?',
      'Guten Tag, ja, mit allen gängigen Karten und auch mit dem Telefon.',
    ],
    [
      'Wo finde ich das Formular für den Bewohnerparkausweis?',
      'Guten Tag, auf unserer Seite unter „Formulare“ und an der Information im Rathaus.',
    ],
    [
      'Ab wann darf man einen Personalausweis allein beantragen?',
      'Guten Tag, ab 16 Jahren. Vorher kommt ein Elternteil mit.',
    ],
    ['How much is a certificate of residence?', 'Good morning, it is 5 euros. You can pay by card.'],
    [
      'Where do I register my new flat?',
      'Good morning, at the citizens’ office on the ground floor of the town hall.',
    ],
    ['İkamet belgesi ne kadar?', 'İyi günler, ikamet belgesi 5 euro. Kartla ödeyebilirsiniz.'],
    ['Belediye cumartesi açık mı?', 'İyi günler, hayır, cumartesi ve pazar kapalıyız.'],
    ['Скільки коштує довідка про реєстрацію?', 'Добрий день, довідка коштує 5 євро.'],
    ['Чи працює ратуша в суботу?', 'Добрий день, ні, у суботу ми зачинені.'],
    ['Сколько стоит справка о регистрации?', 'Добрый день, справка стоит 5 евро.'],
    ['Ile kosztuje zaświadczenie o zameldowaniu?', 'Dzień dobry, zaświadczenie kosztuje 5 euro.'],
    ['Cât costă o adeverință de domiciliu?', 'Bună ziua, adeverința costă 5 euro.'],
    ['كم سعر شهادة التسجيل؟', 'مرحبا، سعر الشهادة 5 يورو.'],
    [
      'Ist die Stadtbücherei in den Ferien offen?',
      'Guten Tag, ja, wie sonst auch: dienstags bis freitags von 10 bis 18 Uhr.',
    ],
    [
      'Wie viel kostet ein Platz in der Musikschule?',
      'Guten Tag, 42 Euro im Monat für Einzelunterricht, 24 Euro in der Gruppe.',
    ],
    [
      'Gibt es eine Ermäßigung für das Hallenbad mit der Ehrenamtskarte?',
      'Guten Tag, ja, der Eintritt ist damit um die Hälfte günstiger.',
    ],
    [
      'Welche Steuerklasse steht wo? Muss ich dafür zu euch?',
      'Guten Tag, nein, dafür ist das Finanzamt da, nicht das Bürgeramt.',
    ],
    ['Reicht für das Abholen eines Ausweises eine Vollmacht?', 'Guten Tag, ja, mit einer Vollmacht.'],
    [
      'Wie heißt die Stelle, die Wohngeld auszahlt?',
      'Guten Tag, das ist die Wohngeldstelle im Rathaus, Zimmer 4.',
    ],
    ['Wann ist das Trauzimmer zu besichtigen?', 'Guten Tag, freitags von 10 bis 12 Uhr, ohne Anmeldung.'],
    [
      'Kann ich einen Hund online anmelden?',
      'Guten Tag, ja, über das Serviceportal, oder mit dem Formular an der Information.',
    ],
    [
      'Wie hoch ist die Hundesteuer für den zweiten Hund?',
      'Guten Tag, für jeden weiteren Hund sind es 144 Euro im Jahr.',
    ],
    ['Gibt es Mülltüten für Windeln umsonst?', 'Guten Tag, ja, eine Rolle im Halbjahr, an der Information.'],
    [
      'Was ist der Unterschied zwischen dem vorläufigen und dem richtigen Reisepass?',
      'Guten Tag, der vorläufige gilt höchstens ein Jahr.',
    ],
    [
      'Habt ihr noch gelbe Säcke?',
      'Guten Tag, ja, an der Information und in der Bücherei, zwei Rollen je Haushalt.',
    ],
    [
      'Wie lange dauert es, bis ein neuer Personalausweis da ist?',
      'Guten Tag, etwa drei Wochen. Im Expressverfahren sind es drei Tage.',
    ],
    ['Kostet die Abmeldung ins Ausland etwas?', 'Guten Tag, nein, die Abmeldung ist kostenlos.'],
    [
      'Braucht ein Säugling für Dänemark einen eigenen Ausweis?',
      'Guten Tag, ja, jedes Kind braucht ein eigenes Dokument.',
    ],
    [
      'Wo ist der Eingang für Rollstuhlfahrer?',
      'Guten Tag, auf der Rückseite am Parkplatz, die Tür öffnet mit dem Taster.',
    ],
    [
      'Welche Farbe hat die neue Biotonne?',
      'Guten Tag, die neue Tonne ist braun, die alte grüne bleibt gültig.',
    ],
  ],
  Ordnungsamt: [
    [
      'Darf ich im Garten ein Lagerfeuer machen?',
      'Guten Tag, kleine Feuer in einer Schale sind erlaubt, offene auf dem Boden nicht.',
    ],
    ['Ab wann ist Nachtruhe?', 'Guten Tag, von 22 bis 6 Uhr, an Feiertagen auch mittags.'],
    [
      'Was kostet es, wenn man ohne Parkschein steht?',
      'Guten Tag, in der ersten halben Stunde 20 Euro, danach mehr.',
    ],
    [
      'Muss mein Hund im Stadtpark an die Leine?',
      'Guten Tag, ja, im Stadtpark immer, auf den Wiesen am Fluss nicht.',
    ],
    [
      'Is it allowed to park on the market square on Sundays?',
      'Good morning, yes, on Sundays it is free and without a limit.',
    ],
    ['Wie lange darf ein Anhänger ohne Auto am Straßenrand stehen?', 'Guten Tag, höchstens zwei Wochen.'],
    ['Wo ist das Fundbüro?', 'Guten Tag, im Rathaus, Zimmer 3, gegenüber der Information.'],
    ['Gilt die Winterstreupflicht auch sonntags?', 'Guten Tag, ja, sonntags ab 9 Uhr.'],
    [
      'Braucht ein Straßenmusiker eine Erlaubnis?',
      'Guten Tag, nein, solange er nach einer halben Stunde weiterzieht und keinen Verstärker hat.',
    ],
    ['Czy można grillować w parku?', 'Dzień dobry, tak, na wyznaczonych miejscach nad rzeką.'],
  ],
} as const satisfies Readonly<Record<string, readonly Exchange[]>>

/** What somebody should look at before others: each is one of the finder's signals. */
export const conspicuousExchanges = {
  personalData: [
    [
      'Kann die Gebühr von meinem Konto abgebucht werden? IBAN DE89 3704 0044 0532 0130 00',
      'Guten Tag, nein, nur Barzahlung und Karte sind möglich.',
    ],
    [
      'Reicht meine E-Mail-Adresse für das Serviceportal? hanna.petersen@mail.example',
      'Guten Tag, ja, mehr ist für das Konto nicht nötig.',
    ],
  ],
  specialCategory: [
    [
      'Bekomme ich wegen meiner Epilepsie einen Parkplatz vor dem Haus?',
      'Guten Tag, nein, das hängt am Merkzeichen, nicht an der Krankheit.',
    ],
    [
      'Ich bin schwerbehindert mit Merkzeichen aG. Ist das Hallenbad für mich frei?',
      'Guten Tag, ja, der Eintritt ist für Sie frei.',
    ],
  ],
  spam: [
    [
      'Verdienen Sie von zu Hause 500 Euro am Tag! Jetzt klicken: https://geld-sofort.vip/jetzt',
      'Diese Nummer gehört der Stadtverwaltung.',
    ],
    [
      'Ihr Paket konnte nicht zugestellt werden. Zollgebühr bezahlen: https://paket-info.top/zoll',
      'Diese Nummer gehört der Stadtverwaltung.',
    ],
  ],
  misdirected: [
    ['Oh sorry, falsche Nummer, das war für meine Schwester.', 'Kein Problem, einen schönen Tag noch.'],
    ['Upps, falscher Chat!', 'Kein Problem, einen schönen Tag noch.'],
  ],
  otherTown: [
    [
      'Bin ich hier falsch? Ich wohne in der Nachbargemeinde und suche das Rathaus.',
      'Guten Tag, dann ist Ihre Gemeinde zuständig, nicht wir.',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Exchange[]>>

/** Nobody closed what was done with a thanks: to the list its person waits. */
export const thankedExchange: Exchange = [
  'Darf ich mit dem Lastenrad durch die Fußgängerzone?',
  'Guten Tag, ja, vor 10 und nach 18 Uhr, im Schritttempo.',
  'Vielen Dank!',
]

/** What is silent and not done: the finder proposes none of it, however old it is. */
export const openExchanges: readonly Exchange[] = [
  [
    'Meine Straßenlaterne ist seit drei Wochen kaputt.',
    'Guten Tag, wir kümmern uns darum und melden uns bei Ihnen.',
  ],
  [
    'Hiermit beantrage ich die Befreiung von den Kita-Gebühren.',
    'Guten Tag, bitte reichen Sie noch den Einkommensnachweis ein.',
  ],
  [
    'Ich beschwere mich über den Ton am Schalter 3.',
    'Guten Tag, das tut uns leid. Die Leitung meldet sich bei Ihnen.',
  ],
  [
    'Wann bekomme ich meine Kaution für den Dorfsaal zurück?',
    'Guten Tag, wir prüfen das und geben Ihnen Bescheid.',
  ],
  ['Прошу выдать копию свидетельства о рождении.', 'Добрый день, пришлите, пожалуйста, копию паспорта.'],
  [
    'I object to the parking fine of 12 March.',
    'Good morning, we have your objection and will get back to you.',
  ],
  [
    'Die Heizung in der Turnhalle ist ausgefallen, bitte reparieren.',
    'Guten Tag, der Hausmeister ist unterwegs.',
  ],
  [
    'Ich lege Widerspruch gegen den Bescheid über die Straßenreinigung ein.',
    'Guten Tag, wir haben Ihren Widerspruch.',
  ],
]

const firstNames = [
  'Hannelore',
  'Mehmet',
  'Olena',
  'Jürgen',
  'Agnieszka',
  'Farid',
  'Birgit',
  'Ioana',
  'Torben',
  'Svetlana',
  'Uwe',
  'Leila',
  'Heike',
  'Amadou',
  'Renate',
  'Emre',
  'Silke',
  'Danylo',
  'Karl-Heinz',
  'Zeynep',
  'Antje',
  'Marek',
  'Gisela',
  'Youssef',
  'Frauke',
  'Andrei',
  'Monika',
  'Hüseyin',
  'Wiebke',
  'Natalia',
  'Rainer',
  'Samira',
  'Dörte',
  'Luca',
  'Ursula',
  'Taras',
  'Kerstin',
] as const
const lastNames = [
  'Petersen',
  'Yıldız',
  'Kovalenko',
  'Schröder',
  'Wiśniewska',
  'Rahimi',
  'Albrecht',
  'Popescu',
  'Hansen',
  'Ivanova',
  'Brinkmann',
  'Haddad',
  'Seidel',
  'Diallo',
  'Vogt-Meyer',
  'Öztürk',
  'Lindner',
  'Shevchenko',
  'Grote',
  'Kaya',
  'Wulff',
  'Zieliński',
  'Ehlers',
  'Benali',
  'Thomsen',
  'Dumitru',
  'Kruse',
  'Çelik',
  'Jessen',
  'Morozova',
  'Ackermann',
  'Karimi',
  'Dietz',
] as const

/** The same person for the same number; as people call themselves on their phones, which is not always with both names. */
export function personNamed(number: number): string {
  const first = firstNames[number % firstNames.length] ?? ''
  const last = lastNames[(number * 7) % lastNames.length] ?? ''
  if (number % 11 === 3) return first
  if (number % 13 === 5) return `${first} ${last.slice(0, 1)}.`
  if (number % 17 === 8) return `Familie ${last}`
  return `${first} ${last}`
}
