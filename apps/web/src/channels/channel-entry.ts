import type { Words } from '../ui/words.tsx'

const entryNames = [
  'name',
  'vendor',
  'team',
  'displayPhoneNumber',
  'phoneNumberId',
  'wabaId',
  'baseUrl',
  'apiKey',
  'verifyToken',
  'secret',
  'oldSecret',
  'headerName',
  'headerValue',
] as const
export type EntryName = (typeof entryNames)[number]

export type Entries = Readonly<Record<EntryName, string>>
export type Faults = Partial<Record<EntryName, string>>

/** What was filled in; what the form does not ask for is empty. */
export function entriesOf(form: FormData): Entries {
  const given = entryNames.map((name) => [name, String(form.get(name) ?? '').trim()] as const)
  return Object.fromEntries(given) as Entries
}

/** Without what is secret: the rest may stay on a page while nobody is signed in. */
export type OpenEntries = ReturnType<typeof openEntries>

export function openEntries(entries: Entries) {
  const { apiKey: _, verifyToken: _v, secret: _s, oldSecret: _o, headerValue: _h, ...open } = entries
  return open
}

/** What the form can tell by itself; the server has the last word. `isNew`: all is needed, not only what changes. */
export function faultsOf(w: Words, entries: Entries, isNew: boolean): Faults {
  const c = w.channels
  const faults: Faults = {}
  function need(name: EntryName, label: string): void {
    if (entries[name] === '') faults[name] = c.required(label)
  }
  need('name', c.name)
  need('baseUrl', c.baseUrl)
  if (entries.baseUrl !== '' && !/^https?:\/\/[^\s/]+/i.test(entries.baseUrl))
    faults.baseUrl = c.url(c.baseUrl)
  if (isNew) {
    need('team', c.team)
    need('displayPhoneNumber', c.displayPhoneNumber)
    need('phoneNumberId', c.phoneNumberId)
    need('apiKey', c.apiKey)
    need('verifyToken', c.verifyToken)
    if (entries.phoneNumberId !== '' && !/^\d{1,32}$/.test(entries.phoneNumberId))
      faults.phoneNumberId = c.digits(c.phoneNumberId)
    if (!/^\d{0,32}$/.test(entries.wabaId)) faults.wabaId = c.digits(c.wabaId)
  }
  const long = [
    ['verifyToken', c.verifyToken],
    ['secret', c.secret],
    ['oldSecret', c.oldSecret],
    ['headerValue', c.headerValue],
  ] as const
  for (const [name, label] of long)
    if (entries[name] !== '' && entries[name].length < 8) faults[name] = c.tooShort(label, 8)
  if (entries.headerValue !== '') need('headerName', c.headerName)
  if (entries.headerName !== '') need('headerValue', c.headerValue)
  if (entries.oldSecret !== '') need('secret', c.secret)
  return faults
}

export function credentialsOf(entries: Entries) {
  return {
    ...(entries.apiKey === '' ? {} : { apiKey: entries.apiKey }),
    ...(entries.verifyToken === '' ? {} : { verifyToken: entries.verifyToken }),
    ...(entries.secret === ''
      ? {}
      : { webhookSecrets: [entries.secret, entries.oldSecret].filter((one) => one !== '') }),
    ...(entries.headerValue === '' ? {} : { webhookHeaders: { [entries.headerName]: entries.headerValue } }),
  }
}

const serverNames: Readonly<Record<string, EntryName>> = {
  'credentials.apiKey': 'apiKey',
  'credentials.verifyToken': 'verifyToken',
  'credentials.webhookSecrets': 'secret',
  'credentials.webhookSecrets.0': 'secret',
  'credentials.webhookSecrets.1': 'oldSecret',
  'credentials.webhookHeaders': 'headerName',
}

/** The entry a fault of the server belongs to. */
export function entryOf(path: string): EntryName | null {
  return entryNames.find((name) => name === path) ?? serverNames[path] ?? null
}
