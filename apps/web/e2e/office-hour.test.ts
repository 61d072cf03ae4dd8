import type { Conversation, Message } from '@buergerdraht/contract'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { focused, goOffline } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

const citizens = 30
function numberOf(place: number): string {
  return `4917139800${String(place).padStart(2, '0')}`
}
function answerTo(question: string): string {
  return `Antwort auf ${question}`
}

/**
 * Notes in the page when the row under the hand – the pointer, else the ring – is another one, or somewhere else, without anybody having
 * moved it, by four pixels or more. What is put right before it is painted has not moved: only what two frames agree on counts.
 */
const watchTheHand = `
  window.moved = []
  let settled = null
  let last = null
  let acted = false
  for (const kind of ['keydown', 'pointermove', 'pointerdown', 'click', 'wheel', 'focusin', 'focusout', 'hand'])
    window.addEventListener(kind, () => { acted = true }, { capture: true })
  function isSame(one, other) {
    return one?.row === other?.row && (one === null || Math.abs(one.top - other.top) < 4)
  }
  function look() {
    const row = document.querySelector('[data-row]:hover') ?? document.querySelector('[data-row]:focus')
    const now = row === null ? null : { row: row.dataset.row, top: row.getBoundingClientRect().top }
    if (isSame(now, last) && !isSame(now, settled)) {
      if (!acted && settled !== null) window.moved.push(JSON.stringify([settled, now]))
      settled = now
      acted = false
    }
    last = now
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
`

/** Presses and clicks, and counts them: a chord is one. The text of an answer is not counted. */
class Hand {
  #count = 0
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }
  async press(key: string): Promise<void> {
    this.#count += 1
    await this.#page.keyboard.press(key)
  }
  async click(target: Locator): Promise<void> {
    this.#count += 1
    // What is out of sight is scrolled to before the pointer moves, as a wheel would.
    await this.#page.evaluate("window.dispatchEvent(new Event('hand'))")
    await target.click()
  }
  /** So many since it was asked last. */
  counted(): number {
    const counted = this.#count
    this.#count = 0
    return counted
  }
}

test('a morning of thirty citizens, half of them by keyboard alone: nobody is forgotten, and nothing moves under the hand', async () => {
  let written = 0
  async function arrive(count: number): Promise<void> {
    for (const last = written + count; written < last; written += 1)
      await office().citizenWrites(numberOf(written), `Frage Nr. ${written + 1}`)
    await office().settled()
  }
  const lead = await office().signIn('team-lead')
  /** A colleague answers whoever waits longest and is nobody's. */
  async function colleagueAnswers(): Promise<void> {
    const { body } = await lead.get<{ items: Conversation[] }>('/conversations?assignee=none&limit=100')
    const next = body.items.findLast(({ waitingSince }) => waitingSince !== null)
    const sent = await lead.post(`/conversations/${next?.id}/messages`, {
      clientId: crypto.randomUUID(),
      text: answerTo(next?.lastMessage?.text ?? ''),
      seenUpTo: next?.lastMessage?.id,
    })
    expect(sent.status).toBe(201)
  }

  await arrive(10)
  const { page, expectError } = await atDesk('clerk', 0, { viewport: { width: 1366, height: 768 } })
  await page.getByText('10 warten').waitFor()
  await page.evaluate(watchTheHand)
  const hand = new Hand(page)
  const field = page.getByLabel('Antwort', { exact: true })
  const list = page.getByRole('region', { name: 'Gespräche' })
  /** Whose conversation is open, by what they asked, once the field has the caret. */
  async function asked(before: string | null): Promise<string> {
    const questions = page.getByRole('log').getByText(/^Frage Nr\. \d+$/)
    await expect.poll(() => questions.last().textContent()).not.toBe(before)
    await focused(page, 'textarea')
    return (await questions.last().textContent()) ?? ''
  }

  const strokes = { answers: [] as number[], closes: [] as number[] }
  let question: string | null = null
  await page.keyboard.press('n')
  for (let place = 1; place <= 14; place += 1) {
    question = await asked(question)
    await page.keyboard.type(answerTo(question))
    if (place % 5 === 0) {
      await hand.press('Control+Alt+Enter')
      await page.getByRole('dialog').locator('input[type=radio]:focus').waitFor()
      // It belongs to no file; Enter does the rest.
      await hand.press('Space')
      await hand.press('Enter')
      strokes.closes.push(hand.counted())
    } else {
      await hand.press('Control+Shift+Enter')
      strokes.answers.push(hand.counted())
    }
    if (place % 2 === 0) await arrive(2)
  }
  await asked(question)

  // The ring stands in the list, and others come and are answered meanwhile.
  await field.press('Escape')
  const ringed = page.locator('[data-row]:focus')
  const left = await ringed.getAttribute('data-row')
  await ringed.press('j')
  await expect.poll(() => ringed.getAttribute('data-row')).not.toBe(left)
  const ring = await ringed.getAttribute('data-row')
  await arrive(2)
  await list.getByRole('button', { name: /neue/ }).waitFor()
  await colleagueAnswers()
  expectError(/Failed to load resource|ERR_/)
  // What appears above the list takes its room from the list, not from the row.
  await goOffline(page)
  await page.getByText('Verbindung unterbrochen', { exact: false }).first().waitFor()
  await page.context().setOffline(false)
  await page.getByText('Verbindung unterbrochen', { exact: false }).first().waitFor({ state: 'detached' })
  await expect.poll(() => ringed.getAttribute('data-row')).toBe(ring)

  // The other half by mouse.
  const clicks = { answers: [] as number[], closes: [] as number[] }
  await hand.click(list.getByRole('link', { name: /Wartet auf Antwort/ }).first())
  const remaining = citizens - 14 - 1
  await field.click()
  for (let place = 1; place <= remaining; place += 1) {
    question = await asked(place === 1 ? null : question)
    await page.keyboard.type(answerTo(question))
    if (place % 5 === 0) {
      await hand.click(page.getByRole('button', { name: 'Senden', exact: true }))
      await hand.click(
        page.getByRole('main').getByRole('button', { name: 'Abschließen', exact: true }).first(),
      )
      await hand.click(page.getByRole('dialog').getByRole('radio', { name: 'Nein, keine Akte' }))
      await hand.click(page.getByRole('dialog').getByRole('button', { name: 'Abschließen und weiter' }))
      clicks.closes.push(hand.counted())
    } else {
      await hand.click(page.getByRole('button', { name: 'Senden und weiter' }))
      clicks.answers.push(hand.counted())
    }
    if (place % 4 === 0 && written < citizens) await arrive(Math.min(2, citizens - written))
  }
  await page
    .getByRole('status')
    .getByText('Niemand wartet mehr auf eine Antwort.')
    .first()
    .waitFor({ state: 'attached' })

  expect(written).toBe(citizens)
  for (const counts of [strokes, clicks]) expect(Math.max(...counts.answers)).toBeLessThanOrEqual(2)
  // One of each is the decision whether the matter belongs to a file.
  expect(Math.max(...strokes.closes)).toBeLessThanOrEqual(3)
  expect(Math.max(...clicks.closes)).toBeLessThanOrEqual(4)
  expect(await page.evaluate<string[]>('window.moved')).toEqual([])
  await office().settled()
  const { body } = await lead.get<{ items: Conversation[] }>('/conversations?status=all&limit=100')
  expect(body.items.filter(({ waitingSince }) => waitingSince !== null)).toEqual([])
  for (const { id } of body.items) {
    const { body: thread } = await lead.get<{ items: Message[] }>(`/conversations/${id}/messages`)
    const said = thread.items.filter(({ kind }) => kind === 'text').map(({ text }) => text)
    expect(said).toEqual([answerTo(said.at(-1) ?? ''), said.at(-1)])
  }
  expect(body.items).toHaveLength(citizens)
})
