import { expect, test } from 'vitest'
import { asksForNumbers } from './asks-for-numbers.ts'

test.each([
  'Bitte schicken Sie uns ein Foto Ihres Personalausweises.'.replace('ausweises', 'ausweis'),
  'Wie lautet Ihre IBAN?',
  'Können Sie uns die Kreditkartennummer nennen',
  'Please send us your passport number',
])('%s', (text) => {
  expect(asksForNumbers(text)).toBe(true)
})

test.each(['Ihr Ausweis liegt zur Abholung bereit.', 'Wir passen das an. Geht es um 12 Uhr?', ''])(
  'not: %s',
  (text) => {
    expect(asksForNumbers(text)).toBe(false)
  },
)
