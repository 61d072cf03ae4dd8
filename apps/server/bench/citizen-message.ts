import { createHmac } from 'node:crypto'
import { requestBytes } from './http-load.ts'

export const benchSecret = 'bench-webhook-secret'
export const benchPhoneNumberId = '300000000000001'

const words =
  'Guten Tag wann hat das Bürgeramt am Donnerstag offen ich möchte einen neuen Personalausweis beantragen und brauche dafür einen Termin am Nachmittag weil ich vormittags arbeite vielen Dank Straße Laterne Müllabfuhr Sperrmüll Hundesteuer Anmeldung Wohnung Kita Spielplatz Baum Hecke Baustelle Parkausweis'.split(
    ' ',
  )

/** Some 1.2 kB of webhook with one text message; citizen and text follow from `n`. */
export function webhookBody(n: number, citizen: number, at: Date): Buffer {
  const text = Array.from(
    { length: 60 },
    (_, i) => words[(n * 7 + i * 13 + ((n * i) % 5)) % words.length],
  ).join(' ')
  const phone = `4917100${String(citizen).padStart(6, '0')}`
  const bsuid = `DE.7${String(citizen).padStart(18, '0')}`
  return Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '200000000000001',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '493023125010', phone_number_id: benchPhoneNumberId },
                contacts: [{ profile: { name: `Bürgerin ${citizen}` }, wa_id: phone, user_id: bsuid }],
                messages: [
                  {
                    from: phone,
                    from_user_id: bsuid,
                    id: providerId(n),
                    timestamp: String(Math.floor(at.getTime() / 1000)),
                    type: 'text',
                    text: { body: `${n} ${text}` },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  )
}

export function providerId(n: number): string {
  return `wamid.BENCH${String(n).padStart(10, '0')}`
}

/** The whole signed request. */
export function webhookRequest(channelId: string, body: Buffer): Buffer {
  return requestBytes(
    `/webhooks/whatsapp/${channelId}`,
    { 'x-hub-signature-256': `sha256=${createHmac('sha256', benchSecret).update(body).digest('hex')}` },
    body,
  )
}
