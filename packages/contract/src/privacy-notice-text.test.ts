import { expect, test } from 'vitest'
import { sentenceOfField } from './field-refusal.ts'
import { defaultNotice } from './privacy-notice-default.ts'
import { filledNotice, type NoticeDraft, noticeFaults } from './privacy-notice-text.ts'

const values = {
  office: 'Stadt Musterstadt',
  phone: '0800 123',
  email: 'buergeramt@musterstadt.example',
  form: 'https://musterstadt.example/formular',
  retention: '30 Tage',
  link: 'https://musterstadt.example/datenschutz',
}
const good: NoticeDraft = {
  plain: 'Hier schreibt {Behörde}. Mehr: {Hinweise}',
  english: 'This is { Behörde }. More: {Hinweise}',
  easy: '',
  easyTestedOn: null,
  values,
}
function faultsOf(change: Partial<NoticeDraft>) {
  return noticeFaults({ ...good, ...change }).map(({ path, fault, detail }) => [path, fault, detail])
}

test('is sent filled in, German first and English below', () => {
  expect(noticeFaults(good)).toEqual([])
  expect(filledNotice(good)).toEqual({
    text: 'Hier schreibt Stadt Musterstadt. Mehr: https://musterstadt.example/datenschutz\n\nThis is Stadt Musterstadt. More: https://musterstadt.example/datenschutz',
    easyText: null,
  })
  expect(
    filledNotice({ ...good, english: ' ', easy: 'Wir sind {Behörde}.\nMehr: {Hinweise}' }),
  ).toMatchObject({
    text: 'Hier schreibt Stadt Musterstadt. Mehr: https://musterstadt.example/datenschutz',
    easyText: 'Wir sind Stadt Musterstadt.\nMehr: https://musterstadt.example/datenschutz',
  })
})

test('a placeholder of a value that holds one is not filled in once more', () => {
  const sent = filledNotice({ ...good, english: '', values: { ...values, office: '{Telefon} & $&' } })
  expect(sent.text).toBe('Hier schreibt {Telefon} & $&. Mehr: https://musterstadt.example/datenschutz')
})

test.each<[string, Partial<NoticeDraft>, unknown[]]>([
  ['no text', { plain: ' ' }, [['plain', 'missing', undefined]]],
  [
    'who is responsible',
    { plain: 'Mehr: {Hinweise}' },
    [['plain', 'notice-placeholder-needed', '{Behörde}']],
  ],
  [
    'where the rest is told',
    { easy: 'Wir sind {Behörde}.' },
    [['easy', 'notice-placeholder-needed', '{Hinweise}']],
  ],
  [
    'a word that stands for nothing',
    { english: '{Office} {Behörde} {Hinweise}' },
    [['english', 'no-such-notice-placeholder', '{Office}']],
  ],
  [
    'a value that is empty',
    { plain: `${good.plain} {Telefon}`, values: { ...values, phone: ' ' } },
    [['values.phone', 'notice-placeholder-empty', '{Telefon}']],
  ],
  [
    'longer than WhatsApp takes',
    { plain: `${good.plain}${'x'.repeat(4096)}` },
    [['plain', 'max-characters', 4096]],
  ],
])('is refused for %s', (_what, change, faults) => {
  expect(faultsOf(change)).toEqual(faults)
})

test('a value that no text names may be empty, and the sentence names the placeholder', () => {
  expect(faultsOf({ values: { ...values, phone: '', email: '', form: '' } })).toEqual([])
  const [fault] = noticeFaults({ ...good, values: { ...values, office: '' } })
  if (fault === undefined) expect.fail('no fault')
  expect(sentenceOfField(fault, 'de')).toBe(
    'Der Text nennt {Behörde}. Bitte ausfüllen oder aus dem Text nehmen.',
  )
})

test('the texts of the product are complete once the values are there, and too empty before', () => {
  expect(noticeFaults({ ...defaultNotice, values })).toEqual([])
  expect(noticeFaults(defaultNotice).map(({ path }) => path)).toEqual([
    'values.office',
    'values.retention',
    'values.phone',
    'values.email',
    'values.form',
    'values.link',
  ])
  const { text, easyText } = filledNotice({ ...defaultNotice, values })
  for (const said of ['Meta', 'AUSKUNFT', 'LÖSCHEN', 'LEICHT', values.phone, values.link, values.retention])
    expect(text).toContain(said)
  for (const said of ['Meta', 'AUSKUNFT', 'LÖSCHEN']) expect(easyText).toContain(said)
})
