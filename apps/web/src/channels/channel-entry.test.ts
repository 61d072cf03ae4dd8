import { expect, test } from 'vitest'
import { de } from '../ui/words/de.ts'
import { credentialsOf, type Entries, entryOf, faultsOf } from './channel-entry.ts'

const good: Entries = {
  name: 'Bürgeramt',
  vendor: 'meta',
  team: 'b2c7f3a0-0000-4000-8000-000000000001',
  displayPhoneNumber: '+49 30 23125010',
  phoneNumberId: '300000000000001',
  wabaId: '',
  baseUrl: 'https://graph.example',
  apiKey: 'key',
  verifyToken: 'wort-wort',
  secret: '',
  oldSecret: '',
  headerName: '',
  headerValue: '',
}

test('a complete new channel has no fault', () => {
  expect(faultsOf(de, good, true)).toEqual({})
})

test('each missing or impossible entry is named', () => {
  const faults = faultsOf(
    de,
    { ...good, name: '', baseUrl: 'graph.example', phoneNumberId: '+49', apiKey: '', verifyToken: 'kurz' },
    true,
  )
  expect(Object.keys(faults).sort()).toEqual(['apiKey', 'baseUrl', 'name', 'phoneNumberId', 'verifyToken'])
})

test('a change may leave every secret as it is', () => {
  const change = { ...good, apiKey: '', verifyToken: '', team: '', phoneNumberId: '' }
  expect(faultsOf(de, change, false)).toEqual({})
  expect(credentialsOf(change)).toEqual({})
})

test('a header needs its name and its value, an old secret needs a new one', () => {
  expect(faultsOf(de, { ...good, headerValue: 'geheim-geheim' }, false)).toHaveProperty('headerName')
  expect(faultsOf(de, { ...good, headerName: 'x-key' }, false)).toHaveProperty('headerValue')
  expect(faultsOf(de, { ...good, oldSecret: 'geheim-geheim' }, false)).toHaveProperty('secret')
})

test('both secrets go during a change of keys, and the server’s faults find their entry', () => {
  expect(
    credentialsOf({ ...good, apiKey: '', verifyToken: '', secret: 'neu-neu-neu', oldSecret: 'alt-alt-alt' }),
  ).toEqual({ webhookSecrets: ['neu-neu-neu', 'alt-alt-alt'] })
  expect(entryOf('credentials.webhookSecrets.1')).toBe('oldSecret')
  expect(entryOf('phoneNumberId')).toBe('phoneNumberId')
  expect(entryOf('something.else')).toBeNull()
})
