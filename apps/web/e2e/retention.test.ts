import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('the data-protection officer sees at a glance whether everything is classified, ends the trial, and has it counted anew', async () => {
  await office().citizenWrites('491713978011', 'Wann ist das Amt offen?')
  await office().settled()
  // As before anybody has signed; the trigger lets nobody else do that.
  await office().database.pool.query(`set session_replication_role = replica;
    update deletion_rule set proposed_by = null, approved_by = null, approved_at = null;
    set session_replication_role = origin`)

  const records = await atDesk('records')
  await records.page.getByRole('heading', { name: 'Löschkonzept', level: 1 }).waitFor()
  await records.page
    .getByText('Testbetrieb: Das Löschkonzept ist nicht freigegeben.', { exact: false })
    .waitFor()
  await records.page.getByRole('button', { name: 'Zur Freigabe vorschlagen' }).click()
  await records.page.getByRole('main').getByText('wartet unter „Vier-Augen“', { exact: false }).waitFor()
  await records.page.getByRole('button', { name: 'Zur Freigabe vorschlagen' }).waitFor({ state: 'detached' })
  expect(await axeViolations(records.page)).toEqual([])

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('heading', { name: 'Löschkonzept', level: 1 }).waitFor()
  expect(await page.getByRole('button', { name: 'Zur Freigabe vorschlagen' }).count()).toBe(0)
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await page.getByText('20 Löschregeln sollen so gelten', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Billigen' }).click()
  await page.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  await page.reload()
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByText('Für jeden Datensatz mit Personenbezug steht fest', { exact: false }).waitFor()
  await expect.poll(() => page.getByText('Testbetrieb', { exact: false }).count()).toBe(0)

  async function lastCount(): Promise<number> {
    const { rows } = await office().database.pool.query<{ last: number }>(
      'select max(id)::int as last from coverage where computed_at is not null',
    )
    return rows[0]?.last ?? 0
  }
  const before = await lastCount()
  await page.getByRole('button', { name: 'Neu zählen' }).click()
  await expect.poll(lastCount).toBeGreaterThan(before)
  await page.getByRole('button', { name: 'Neu zählen' }).waitFor()
  const table = page.getByRole('region', { name: 'Nach Datenart' })
  await table.getByRole('row', { name: /Nachrichtentext ohne Aktenrelevanz DA01/ }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)

  await page.getByRole('link', { name: 'Ansehen, was im Löschregister steht' }).click()
  await page.getByRole('heading', { name: 'Löschregister', level: 1 }).waitFor()
  await page.getByRole('heading', { name: /^Löschregeln unterzeichnet/ }).waitFor()
  // A worker signs what is new as it ends.
  await office().stopWorker()
  await office().startWorker()
  await page.getByRole('cell', { name: 'Unterschrift gültig, stimmt mit der Datenbank überein' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.goBack()

  // What is late and what becomes due, and behind each number its list, by marks alone.
  await office().database.pool.query(`update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days',
    waits_for = null, filing = 'UNDECIDED'`)
  await page.reload()
  const ahead = page.getByRole('region', { name: 'Was fällig wird' })
  await ahead.getByRole('row', { name: /^KW \d+, diese Woche/ }).waitFor()
  expect(await ahead.getByRole('row').count()).toBe(15)
  const undecided = page.getByRole('region', { name: 'Worüber niemand entschieden hat' })
  await undecided.getByRole('link', { name: 'unter 90 Tage, Vorgänge: 1' }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await ahead.getByRole('link', { name: 'überfällig, Vorgänge: 1' }).click()
  await page.getByRole('heading', { name: 'Überfällig: Vorgänge', level: 1 }).waitFor()
  const [matter] = await office().database.prisma.conversation.findMany()
  const mark = matter?.id.replaceAll('-', '').toUpperCase().slice(-8) ?? ''
  await page
    .getByRole('row', { name: new RegExp(`^Vorgang ${mark.slice(0, 4)}-${mark.slice(4)} .*LR-DA01@1`) })
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.goBack()
  // Held, it is not late any more, and its list says what keeps it.
  await office().database.pool.query(
    `insert into legal_hold (id, kind, scope, object_id, reason, basis, set_by, set_role, set_at, review_at, expires_at)
     values (gen_random_uuid(), 'hold', 'CONVERSATION', $1, 'LITIGATION', 'ART17_3E', gen_random_uuid(), 'records', now() - interval '1 day',
       now() + interval '30 days', now() + interval '30 days')`,
    [matter?.id],
  )
  await page.reload()
  await ahead.getByRole('link', { name: 'fällig, aber aufgehalten, Vorgänge: 1' }).click()
  await page
    .getByRole('heading', { name: 'Fällig, aber aufgehalten (Löschsperre oder Archiv): Vorgänge', level: 1 })
    .waitFor()
  await page.getByRole('row', { name: /^Vorgang .* gesperrt oder eingeschränkt$/ }).waitFor()
  await page.goBack()
  await ahead.getByRole('row', { name: /^überfällig 0 0 0 0 0 0$/ }).waitFor()
  await page.getByRole('link', { name: /^warten auf ihren Beginn: / }).click()
  await page.getByRole('heading', { name: 'Wartet auf den Beginn der Frist', level: 1 }).waitFor()
  await page.getByRole('row', { name: /^Person .* Ende der Beziehung/ }).waitFor()
  await page.getByText('ohne Liste, Stand der letzten Zählung', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.goBack()

  // A gap is red, in words and as a figure below 100.
  await office().database.pool.query(`insert into search_entry (id, conversation_id, team_id, at, tokens)
    select gen_random_uuid(), gen_random_uuid(), id, now(), '{1}' from team limit 1`)
  await page.getByRole('button', { name: 'Neu zählen' }).click()
  await page.getByText('Ein Datensatz sagt nicht, wann er gelöscht sein muss.', { exact: false }).waitFor()
  await page.getByText(/^9\d(,\d)?\s%$/).waitFor()
  await page.getByRole('link', { name: 'Liste ansehen' }).last().waitFor()
  await page.goto(new URL('/loeschkonzept/ohne-datum', page.url()).href)
  await page.getByRole('row', { name: /^Sucheintrag .*DA11/ }).waitFor()
})
