import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webhook, wireTime } from '../../../../testing/webhook-payload.ts'
import { listMessages, sendReply } from '../../src/index.ts'
import { type Desk, minutesAfter, noon, openDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  desk.test.setNow(minutesAfter(noon, 30))
})
afterAll(() => desk.close())

let citizens = 0
/** Somebody whose message is not here yet, and what they do to it. */
function unsent() {
  citizens += 1
  const [from, wamid] = [`491713960${100 + citizens}`, `wamid.${randomUUID()}`]
  function changes(minutes: number, what: object) {
    const message = {
      id: `wamid.${randomUUID()}`,
      from,
      timestamp: wireTime(minutesAfter(noon, minutes)),
      ...what,
    }
    return desk.test.deliver(desk.channelId, webhook({ contacts: [{ wa_id: from }], messages: [message] }))
  }
  return {
    writes: (text: string) => desk.citizenWrites({ from, id: wamid, text }),
    edits: (minutes: number, body: string) =>
      changes(minutes, {
        type: 'edit',
        edit: { original_message_id: wamid, message: { type: 'text', text: { body } } },
      }),
    takesBack: (minutes: number) =>
      changes(minutes, { type: 'revoke', revoke: { original_message_id: wamid } }),
  }
}
async function asks(text: string) {
  const { writes, ...changes } = unsent()
  return { id: await writes(text), ...changes }
}
async function thread(id: string) {
  const { items } = await listMessages(desk.office, desk.yilmaz, id, { limit: 50 })
  return items.filter(({ kind }) => kind !== 'system').toReversed()
}
function until(minutes: number) {
  return minutesAfter(noon, minutes).toISOString()
}

test('what a message said before is read with it, oldest first, and until when', async () => {
  const { id, edits } = await asks('Bitte absagen')
  await edits(2, 'Bitte verschieben')
  await edits(5, 'Bitte doch so lassen')
  const [message] = await thread(id)
  expect(message).toMatchObject({
    text: 'Bitte doch so lassen',
    editedAt: until(5),
    versions: [
      { text: 'Bitte absagen', until: until(2) },
      { text: 'Bitte verschieben', until: until(5) },
    ],
  })
})

test('an older edit that comes late is history at once', async () => {
  const { id, edits } = await asks('Bitte absagen')
  await edits(5, 'Bitte doch so lassen')
  await edits(2, 'Bitte verschieben')
  await edits(2, 'Bitte verschieben')
  const [message] = await thread(id)
  expect(message).toMatchObject({
    text: 'Bitte doch so lassen',
    versions: [
      { text: 'Bitte absagen', until: until(2) },
      { text: 'Bitte verschieben', until: until(5) },
    ],
  })
})

test('edits that come before their message, the later one first, take their places in time', async () => {
  const { edits, writes } = unsent()
  await edits(5, 'Bitte doch so lassen')
  await edits(7, 'Bitte wirklich so lassen')
  await edits(2, 'Bitte verschieben')
  const [message] = await thread(await writes('Bitte absagen'))
  expect(message).toMatchObject({
    text: 'Bitte wirklich so lassen',
    sentAt: noon.toISOString(),
    versions: [
      { text: 'Bitte absagen', until: until(2) },
      { text: 'Bitte verschieben', until: until(5) },
      { text: 'Bitte doch so lassen', until: until(7) },
    ],
  })
})

test('they are sealed like the message, and a message that was taken back shows none', async () => {
  const { id, edits, takesBack } = await asks('Geheimer Wortlaut')
  await edits(2, 'Anderer Wortlaut')
  const [stored] = await desk.office.prisma.messageVersion.findMany({
    where: { message: { conversationId: id } },
  })
  expect(Buffer.from(stored?.contentSealed ?? []).toString('latin1')).not.toContain('Geheim')
  await takesBack(3)
  const [message] = await thread(id)
  expect(message).toMatchObject({ text: null, versions: [], revokedAt: until(3) })
})

test('an answer that quoted the old wording says so, and shows it', async () => {
  const { office, yilmaz } = desk
  const { id, edits } = await asks('Um acht?')
  const [asked] = await thread(id)
  function answers(text: string) {
    return sendReply(office, yilmaz, id, { clientId: randomUUID(), text, replyTo: asked?.id })
  }
  await answers('Ja.')
  expect((await thread(id))[1]?.replyTo).toMatchObject({ text: 'Um acht?', outdated: false })
  await edits(30, 'Um neun?')
  await answers('Auch gut.')
  const [now, first, second] = await thread(id)
  expect(now?.text).toBe('Um neun?')
  expect(first?.replyTo).toMatchObject({ id: asked?.id, text: 'Um acht?', outdated: true })
  expect(second?.replyTo).toMatchObject({ text: 'Um neun?', outdated: false })
})

test('so does one whose author had not seen an edit that was there already', async () => {
  const { office, yilmaz } = desk
  const { id, edits } = await asks('Um acht?')
  const [asked] = await thread(id)
  await edits(2, 'Um neun?')
  const seen = { replyTo: asked?.id, seenUpTo: asked?.id }
  const { replyTo } = await sendReply(office, yilmaz, id, { clientId: randomUUID(), text: 'Ja.', ...seen })
  expect(replyTo).toMatchObject({ text: 'Um acht?', outdated: true })
})
