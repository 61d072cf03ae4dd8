import { randomUUID } from 'node:crypto'
import type { Attachment, Message } from '@buergerdraht/contract'

const me = { id: randomUUID(), displayName: 'Sabine Krüger' }

const minuteMs = 60_000
function ago(minutes: number): string {
  return new Date(Date.now() - minutes * minuteMs).toISOString()
}

function attachment(more: Partial<Attachment> & Pick<Attachment, 'kind'>): Attachment {
  return {
    id: randomUUID(),
    state: 'ready',
    quarantine: null,
    mediaType: 'image/jpeg',
    fileName: 'Foto.jpg',
    sizeBytes: 482_000,
    preview: null,
    width: null,
    height: null,
    pages: null,
    durationMs: null,
    waveform: null,
    ...more,
  }
}

function message(
  conversationId: string,
  minutesAgo: number,
  more: Partial<Message> & { text?: string | null },
): Message {
  const at = ago(minutesAgo)
  const ours = more.direction === 'outbound'
  function reached(...states: Message['status'][]): string | null {
    return ours && states.includes(more.status ?? 'read') ? at : null
  }
  const id = more.id ?? randomUUID()
  return {
    id,
    statementId: id,
    conversationId,
    direction: 'inbound',
    kind: 'text',
    text: null,
    details: null,
    sentAt: at,
    receivedAt: at,
    late: false,
    status: ours ? 'read' : 'received',
    statusAt: {
      sent: reached('sent', 'delivered', 'read'),
      delivered: reached('delivered', 'read'),
      read: reached('read'),
      failed: reached('failed'),
    },
    failure: null,
    attachments: [],
    erasedFiles: [],
    reactions: [],
    replyTo: null,
    forwarded: 'no',
    referral: null,
    editedAt: null,
    versions: [],
    revokedAt: null,
    settledAt: null,
    author: ours ? me : null,
    fromApp: false,
    clientId: ours ? randomUUID() : null,
    ...more,
  }
}

const wave = Array.from({ length: 64 }, (_, i) =>
  Math.round(12 + 60 * Math.abs(Math.sin(i / 3.1) * Math.cos(i / 7.3)) + (i % 5) * 4),
)

/**
 * One thread with every kind of message and every state that one can be in, oldest first: more than a product can be brought to show
 * in one conversation, and some that it shows for a moment only.
 */
export function everyKindOfMessage(id: string): readonly Message[] {
  const photo = attachment({
    kind: 'image',
    fileName: 'Schlagloch.jpg',
    preview: { width: 480, height: 640 },
  })
  const asked = message(id, 300, { direction: 'outbound', text: 'Wo genau ist das Schlagloch?' })
  return [
    message(id, 320, { kind: 'image', text: 'Schlagloch in der Lindenstraße', attachments: [photo] }),
    asked,
    message(id, 299, {
      kind: 'system',
      details: {
        kind: 'system',
        event: 'claimed',
        by: me.displayName,
        reason: null,
        cause: null,
        earlier: null,
      },
    }),
    message(id, 296, {
      kind: 'location',
      details: {
        kind: 'location',
        latitude: 52.51631,
        longitude: 13.37777,
        name: 'Lindenstraße 14',
        address: '12345 Musterstadt',
        url: null,
      },
      replyTo: { id: asked.id, direction: 'outbound', kind: 'text', text: asked.text, outdated: false },
    }),
    message(id, 290, {
      kind: 'voice',
      attachments: [
        attachment({
          kind: 'voice',
          mediaType: 'audio/ogg',
          fileName: 'Sprachnachricht.ogg',
          durationMs: 17_400,
          waveform: wave,
        }),
      ],
    }),
    message(id, 285, {
      kind: 'document',
      text: 'Und hier der Schaden an meinem Rad.',
      attachments: [
        attachment({
          kind: 'document',
          mediaType: 'application/pdf',
          fileName: 'Kostenvoranschlag Fahrradwerkstatt.pdf',
          pages: 2,
          preview: { width: 600, height: 848 },
        }),
      ],
    }),
    message(id, 280, {
      kind: 'document',
      attachments: [
        attachment({
          kind: 'document',
          state: 'quarantined',
          quarantine: 'dangerous-type',
          fileName: 'Rechnung.exe',
          mediaType: 'application/x-msdownload',
        }),
      ],
    }),
    message(id, 279, { kind: 'image', attachments: [attachment({ kind: 'image', state: 'pending' })] }),
    message(id, 278, { kind: 'image', attachments: [attachment({ kind: 'image', state: 'expired' })] }),
    message(id, 277, { kind: 'video', attachments: [attachment({ kind: 'video', state: 'too-large' })] }),
    message(id, 276, {
      kind: 'document',
      attachments: [attachment({ kind: 'document', state: 'infected', fileName: 'Formular.docx' })],
    }),
    message(id, 275, {
      kind: 'document',
      attachments: [attachment({ kind: 'document', state: 'failed', fileName: 'Dokument.pdf' })],
    }),
    message(id, 270, {
      kind: 'contacts',
      details: {
        kind: 'contacts',
        contacts: [
          {
            name: 'Fahrrad Baumann',
            phones: ['+49 30 23125 044'],
            emails: ['werkstatt@baumann.example'],
            organisation: 'Werkstatt',
            requested: false,
          },
          { name: null, phones: ['+49 171 39200 44'], emails: [], organisation: null, requested: false },
        ],
      },
    }),
    message(id, 260, {
      kind: 'choice',
      text: 'Termin vor Ort',
      details: { kind: 'choice', title: 'Termin vor Ort', description: 'Dienstag, 14 bis 16 Uhr' },
    }),
    message(id, 255, {
      kind: 'form',
      details: {
        kind: 'form',
        answers: { Straße: 'Lindenstraße 14', Seit: 'etwa zwei Wochen', Gefährdung: 'ja' },
      },
    }),
    message(id, 254, { kind: 'form', details: { kind: 'form', answers: null } }),
    message(id, 250, {
      kind: 'order',
      details: { kind: 'order', items: [{ productId: 'Gelber Sack', quantity: 2 }] },
    }),
    message(id, 240, {
      kind: 'unsupported',
      details: { kind: 'unsupported', type: 'unsupported', unavailable: false },
    }),
    message(id, 239, {
      kind: 'unsupported',
      details: { kind: 'unsupported', type: 'poll', unavailable: false },
    }),
    message(id, 238, {
      kind: 'unsupported',
      details: { kind: 'unsupported', type: 'hologram', unavailable: false },
    }),
    message(id, 237, {
      kind: 'unsupported',
      details: { kind: 'unsupported', type: 'unsupported', unavailable: true },
    }),
    message(id, 230, {
      forwarded: 'many',
      text: 'Achtung! Ab morgen kostet das Parken überall 10 €. Bitte an alle weiterleiten!',
    }),
    message(id, 229, { forwarded: 'once', text: 'Stimmt das?' }),
    message(id, 220, { text: null, revokedAt: ago(219) }),
    message(id, 215, { text: 'Ich meinte natürlich Hausnummer *16*.', editedAt: ago(214) }),
    message(id, 210, {
      text: 'Gestern schon geschrieben, kam wohl nicht an.',
      late: true,
      receivedAt: ago(60),
    }),
    message(id, 205, { text: 'مرحبا، متى يفتح المكتب؟ Danke' }),
    message(id, 204, {
      text: '<b>Kein HTML</b> <script>alert(1)</script> javascript:alert(1) ~alt~ `code`\n> zitiert\n```\nab = 1\n```',
    }),
    message(id, 203, {
      text: 'Antwort auf etwas Altes.',
      replyTo: { id: null, direction: null, kind: null, text: null, outdated: false },
    }),
    message(id, 202, { text: '🎉👍' }),
    message(id, 201, {
      text: 'Hallo',
      referral: { sourceType: 'ad', headline: 'Sprechstunde per WhatsApp' },
    }),
    message(id, 200, {
      kind: 'system',
      details: {
        kind: 'system',
        event: 'call-attempted',
        by: null,
        reason: null,
        cause: null,
        earlier: null,
      },
    }),
    message(id, 150, {
      direction: 'outbound',
      text: 'Danke, wir schauen uns das an.',
      fromApp: true,
      author: null,
      status: 'delivered',
    }),
    message(id, 120, {
      direction: 'outbound',
      kind: 'document',
      text: 'Hier das Formular für den Schadenersatz.',
      status: 'delivered',
      attachments: [
        attachment({
          kind: 'document',
          mediaType: 'application/pdf',
          fileName: 'Schadenmeldung.pdf',
          pages: 3,
          sizeBytes: 211_000,
        }),
      ],
    }),
    message(id, 110, {
      direction: 'outbound',
      text: 'Kennen Sie schon unseren Mängelmelder?',
      status: 'failed',
      failure: { reason: 'provider-down', code: '131016', retryable: true },
    }),
    message(id, 100, {
      direction: 'outbound',
      text: 'Ihre Meldung hat die Nummer 2026-4711.',
      status: 'unknown',
    }),
    message(id, 60, {
      text: `Vielen Dank. Ich beschreibe es noch einmal ausführlich. ${'Die Stelle liegt direkt hinter der Einmündung, dort, wo die Straße nach der Baustelle im Sommer nur notdürftig geflickt wurde. '.repeat(12)}`,
    }),
    message(id, 30, {
      direction: 'outbound',
      text: 'Das Tiefbauamt kommt am *Donnerstag*.',
      status: 'sent',
    }),
  ]
}
