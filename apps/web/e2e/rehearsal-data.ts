import { randomUUID } from 'node:crypto'
import type { Attachment, Channel, Conversation, ConversationRead, Message } from '@buergerdraht/contract'

/** A town's afternoon, invented: numbers are from the block reserved for fiction. */
export const me = { id: randomUUID(), displayName: 'Sabine Krüger' }
export const colleague = { id: randomUUID(), displayName: 'Deniz Yılmaz' }
export const team = { id: randomUUID(), name: 'Bürgeramt' }
export const otherTeam = { id: randomUUID(), name: 'Tiefbau und Grün' }

const minuteMs = 60_000
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * minuteMs).toISOString()
}
export function ahead(minutes: number): string {
  return ago(-minutes)
}

export function attachment(more: Partial<Attachment> & Pick<Attachment, 'kind'>): Attachment {
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

export function message(
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

export function conversation(
  displayName: string,
  more: Partial<Conversation> & { digits?: string; shape?: number } = {},
): ConversationRead {
  const { digits = '011', shape = 0, ...rest } = more
  return {
    id: randomUUID(),
    status: 'open',
    contact: { id: randomUUID(), displayName, maskedPhone: `+49 171 ···· ${digits}`, username: null, shape },
    channel: { id: channelId, name: 'Sprechstunde', canSend: true },
    team,
    assignee: null,
    unreadCount: 0,
    waitingSince: null,
    windowClosesAt: ahead(22 * 60),
    lastMessage: null,
    openedAt: ago(26 * 60),
    closedAt: null,
    identityNotice: null,
    hit: null,
    earlier: [],
    ...rest,
  }
}

export const channelId = randomUUID()

const wave = Array.from({ length: 64 }, (_, i) =>
  Math.round(12 + 60 * Math.abs(Math.sin(i / 3.1) * Math.cos(i / 7.3)) + (i % 5) * 4),
)

export type Case = {
  conversation: Conversation
  messages: Message[]
}

function said(start: Conversation, messages: (id: string) => Message[]): Case {
  const list = messages(start.id).sort((a, b) => a.sentAt.localeCompare(b.sentAt))
  const last = list.findLast(({ kind }) => kind !== 'system')
  const answered = list.findLastIndex(({ direction }) => direction === 'outbound')
  const open = list
    .slice(answered + 1)
    .find(({ direction, kind }) => direction === 'inbound' && kind !== 'system')
  return {
    conversation: {
      ...start,
      waitingSince: start.status === 'open' ? (open?.receivedAt ?? null) : null,
      lastMessage:
        last === undefined
          ? null
          : {
              id: last.id,
              direction: last.direction,
              kind: last.kind,
              text: last.revokedAt === null ? last.text : null,
              sentAt: last.sentAt,
              status: last.status,
              revoked: last.revokedAt !== null,
            },
    },
    messages: list,
  }
}

const hedge = said(conversation('Erika Mustermann', { unreadCount: 2, digits: '011', shape: 2 }), (id) => {
  const question = message(id, 26 * 60, {
    text: 'Guten Tag, darf ich meine *Hecke* jetzt im November noch schneiden? Die Nachbarin meint, das sei verboten.',
  })
  const answer = message(id, 25.5 * 60, {
    direction: 'outbound',
    text: 'Guten Tag Frau Mustermann,\n\nein Rückschnitt ist von _1. Oktober bis Ende Februar_ erlaubt (§ 39 BNatSchG). Bitte achten Sie darauf:\n- keine Arbeiten nach 20 Uhr\n- Schnittgut nicht auf den Gehweg legen\n\nMehr dazu: https://www.stadt.example/gruen/hecke',
    reactions: [{ from: 'citizen', emoji: '👍' }],
  })
  return [
    question,
    answer,
    message(id, 25.4 * 60, { text: 'Das ist ja eine klare Auskunft. Vielen Dank!' }),
    message(id, 12, {
      text: 'Noch eine Frage: Wohin mit dem Schnittgut? Es sind etwa zwei Anhänger voll.',
      replyTo: { id: answer.id, direction: 'outbound', kind: 'text', text: answer.text },
    }),
    message(id, 11, {
      kind: 'image',
      text: 'So viel ist es.',
      attachments: [
        attachment({
          kind: 'image',
          fileName: 'Schnittgut.jpg',
          preview: { width: 640, height: 440 },
          width: 2560,
          height: 1760,
        }),
      ],
    }),
  ]
})

const everything = said(
  conversation('Jannik', {
    unreadCount: 0,
    digits: '022',
    shape: 1,
    assignee: me,
    windowClosesAt: ahead(102),
  }),
  (id) => {
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
        details: { kind: 'system', event: 'claimed', by: me.displayName, reason: null },
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
        replyTo: { id: asked.id, direction: 'outbound', kind: 'text', text: asked.text },
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
        replyTo: { id: null, direction: null, kind: null, text: null },
      }),
      message(id, 202, { text: '🎉👍' }),
      message(id, 201, {
        text: 'Hallo',
        referral: { sourceType: 'ad', headline: 'Sprechstunde per WhatsApp' },
      }),
      message(id, 200, {
        kind: 'system',
        details: { kind: 'system', event: 'call-attempted', by: null, reason: null },
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
  },
)

const small: Case[] = [
  said(conversation('@max.beispiel', { digits: '', shape: 3, unreadCount: 1 }), (id) => [
    message(id, 132, { text: 'Kann ich den Reisepass auch am Samstag abholen?' }),
  ]),
  said(
    conversation('Müller, Hans-Jürgen', { shape: 4, digits: '033', assignee: colleague, unreadCount: 1 }),
    (id) => [
      message(id, 47, {
        kind: 'voice',
        attachments: [attachment({ kind: 'voice', durationMs: 8_000, waveform: wave })],
      }),
    ],
  ),
  said(
    conversation('Familie Kowalski', { shape: 5, digits: '044', windowClosesAt: ahead(95), unreadCount: 3 }),
    (id) => [
      message(id, 22.4 * 60, { text: 'Guten Tag, wir ziehen um. Was müssen wir mitbringen?' }),
      message(id, 22.3 * 60, { text: 'Wir sind fünf Personen.' }),
      message(id, 22.2 * 60, { text: 'Und ein Hund 🐶' }),
    ],
  ),
  said(
    conversation('Aylin', { shape: 6, digits: '055', identityNotice: 'number-changed', unreadCount: 1 }),
    (id) => [
      message(id, 200, { text: 'Ich habe eine neue Nummer.' }),
      message(id, 199, {
        kind: 'system',
        details: { kind: 'system', event: 'number-changed', by: null, reason: null },
      }),
    ],
  ),
  said(conversation('Unbekannt', { shape: 7, digits: '066', windowClosesAt: ago(60) }), (id) => [
    message(id, 25 * 60, { text: 'Wann ist der Wertstoffhof offen?' }),
  ]),
  said(conversation('Ingeborg Sänger', { shape: 0, digits: '077', assignee: me }), (id) => [
    message(id, 420, { text: 'Ist die Bücherei heute offen?' }),
    message(id, 410, { direction: 'outbound', text: 'Ja, bis 18 Uhr.' }),
  ]),
  said(
    conversation('Timo', {
      shape: 1,
      digits: '088',
      status: 'closed',
      closedAt: ago(3 * 24 * 60),
      openedAt: ago(4 * 24 * 60),
    }),
    (id) => [
      message(id, 4 * 24 * 60, { text: 'Brauche ich für den Flohmarkt eine Genehmigung?' }),
      message(id, 3.9 * 24 * 60, {
        direction: 'outbound',
        text: 'Für den Stand vor dem eigenen Haus nicht.',
      }),
    ],
  ),
]

const first = [
  'Anna',
  'Bernd',
  'Carla',
  'Dieter',
  'Elif',
  'Fritz',
  'Greta',
  'Horst',
  'Ines',
  'Jonas',
  'Katrin',
  'Leon',
]
const matters = [
  'Wann kommt die Sperrmüllabfuhr?',
  'Die Laterne vor Nummer 8 ist aus.',
  'Wie beantrage ich einen Bewohnerparkausweis?',
  'Danke für die schnelle Hilfe.',
  'Gibt es noch Plätze im Ferienprogramm?',
]
const many = Array.from({ length: 70 }, (_, index) =>
  said(
    conversation(`${first[index % first.length]} ${String.fromCharCode(65 + (index % 26))}.`, {
      shape: index % 8,
      digits: String(100 + index),
    }),
    (id) => [
      message(id, 2_000 + index * 37, { text: matters[index % matters.length] ?? '' }),
      message(id, 1_990 + index * 37, { direction: 'outbound', text: 'Gern, wir kümmern uns darum.' }),
    ],
  ),
)

const long = said(conversation('Vereinsring', { shape: 2, digits: '099', assignee: colleague }), (id) =>
  Array.from({ length: 230 }, (_, index) =>
    message(id, 4_000 - index * 12, {
      text: `Nr. ${index + 1}: ${matters[index % matters.length] ?? ''}`,
      direction: index % 3 === 2 ? 'outbound' : 'inbound',
    }),
  ),
)

export function cases(): Case[] {
  return structuredClone([hedge, everything, ...small, long, ...many])
}

export const templates = [
  {
    name: 'rueckmeldung',
    language: 'de',
    category: 'UTILITY',
    text: 'Guten Tag, zu Ihrer Anfrage vom {{1}} haben wir eine Antwort: {{2}}',
    words: {
      header: null,
      body: 'Guten Tag, zu Ihrer Anfrage vom {{1}} haben wir eine Antwort: {{2}}',
      footer: null,
      buttons: [],
    },
    parameters: ['1', '2'],
  },
  {
    name: 'bitte_melden',
    language: 'de',
    category: 'UTILITY',
    text: 'Guten Tag, bitte melden Sie sich noch einmal bei uns.',
    words: {
      header: null,
      body: 'Guten Tag, bitte melden Sie sich noch einmal bei uns.',
      footer: null,
      buttons: [],
    },
    parameters: [],
  },
]

export function channel(): Channel {
  return {
    id: channelId,
    name: 'Sprechstunde',
    vendor: '360dialog',
    displayPhoneNumber: '+49 30 23125010',
    phoneNumberId: '300000000000001',
    baseUrl: 'https://waba-v2.360dialog.io',
    webhookPath: `/webhooks/whatsapp/${channelId}`,
    team,
    state: 'stopped',
    readReceipts: true,
    verifiedAt: ago(50_000),
    lastTestAt: null,
    lastWebhookAt: ago(11),
    notices: [
      {
        id: randomUUID(),
        code: 'payment-problem',
        detail: '131042',
        severity: 'error',
        count: 3,
        firstAt: ago(90),
        lastAt: ago(20),
      },
      {
        id: randomUUID(),
        code: 'group-message',
        detail: null,
        severity: 'info',
        count: 1,
        firstAt: ago(3_000),
        lastAt: ago(3_000),
      },
    ],
  }
}
