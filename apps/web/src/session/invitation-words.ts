const de = {
  title: 'Konto einrichten',
  hello: (name: string) =>
    `Guten Tag, ${name}. Legen Sie ein Passwort fest; damit und mit Ihrer E-Mail-Adresse melden Sie sich künftig an.`,
  email: 'E-Mail-Adresse',
  password: 'Neues Passwort',
  passwordHint: 'Mindestens zwölf Zeichen. Gut sind mehrere Wörter, die nichts miteinander zu tun haben.',
  until: (moment: string) => `Diese Einladung gilt bis ${moment} und nur einmal.`,
  accept: 'Konto einrichten',
  toSignIn: 'Zur Anmeldung',
}
const en: typeof de = {
  title: 'Set up your account',
  hello: (name) =>
    `Hello ${name}. Choose a password; with it and your e-mail address you sign in from now on.`,
  email: 'E-mail address',
  password: 'New password',
  passwordHint: 'At least twelve characters. Several words that have nothing to do with each other are good.',
  until: (moment) => `This invitation is valid until ${moment}, and once.`,
  accept: 'Set up account',
  toSignIn: 'To sign-in',
}

/** The words of this page alone; they come with it. */
export const invitationWords: Readonly<Record<'de' | 'en', typeof de>> = { de, en }
