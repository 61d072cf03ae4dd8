import type * as contract from '@buergerdraht/contract'
import type {
  ArchiveOffer,
  ArchiveValuation,
  ErrorBody,
  OfferDecision,
  Proposal,
} from '@buergerdraht/contract'
import { beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { schemaFaults, xdomeaSchemas } from '../../../testing/xdomea-schema.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

type Desk = z.output<typeof contract.listArchiveOffers.reply>
type Offer = z.output<typeof contract.readArchiveOffer.reply>

const day = 24 * 60 * 60 * 1000

let office: StoryOffice
let records: Visitor
let ahead = 0
beforeEach(async () => {
  ahead = 0
  office = await startOffice({ now: () => new Date(Date.now() + ahead) })
  records = await office.signIn('records')
  return () => office.close()
})

/** What has been agreed; where silence releases, only the law of the Land lets it. */
async function agreed(land: 'HE' | 'ST', mode: object = { kind: 'OFFER_EACH' }): Promise<void> {
  const silence = land === 'ST' ? 'RELEASES' : 'RELEASES_NOTHING'
  await office.database.pool.query('insert into archive_agreement values (now(), $1)', [
    JSON.stringify({ land, answerWithinMonths: 12, silence, mode }),
  ])
}

/** Matters that are over long ago: no records, and one that is in a file. @returns their ids, in the order in which they were written */
async function oldMatters(...filings: ('NOT_FILE_RELEVANT' | 'FILED')[]): Promise<string[]> {
  const { pool } = office.database
  const ids: string[] = []
  for (const [at, filing] of filings.entries()) {
    await office.citizenWrites(`4917139856${String(at).padStart(2, '0')}`, `Geheimnis Nummer ${at}`)
    await office.settled()
    const { rows } = await pool.query<{ id: string }>(
      `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null, filing = $1,
         waiting_since = null where state = 'open' and closed_at is null returning id`,
      [filing],
    )
    ids.push(rows[0]?.id ?? expect.fail('no conversation'))
  }
  return ids
}

async function offered(proposals: Record<string, ArchiveValuation> = {}): Promise<ArchiveOffer> {
  const { status, body } = await records.post<ArchiveOffer>('/archive-offers', { proposals })
  expect(status).toBe(201)
  return body
}
async function read(id: string): Promise<Offer> {
  return (await records.get<Offer>(`/archive-offers/${id}`)).body
}
function decide(id: string, ...decisions: OfferDecision[]) {
  return records.post<ArchiveOffer & ErrorBody>(`/archive-offers/${id}/decisions`, { decisions })
}
async function planned(kind: object = { kind: 'planned' }) {
  return records.post<{ code?: string; waiting: number; fallenOut: { reason: string; count: number }[] }>(
    '/deletion-runs',
    kind,
  )
}
async function listOf(id: string, format: 'csv' | 'pdf') {
  const answer = await fetch(`${office.baseUrl}/api/v1/archive-offers/${id}/list?format=${format}`, {
    headers: records.headers(),
  })
  expect(answer.status).toBe(200)
  return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers }
}
function answerFile(id: string, text: string) {
  return records.post<{ decisions: OfferDecision[] } & ErrorBody>(`/archive-offers/${id}/answer-file`, {
    file: Buffer.from(text).toString('base64'),
  })
}

describe('what is due and a record', () => {
  test('is offered, hidden from then on, and deleted only when the archive has said V', async () => {
    expect((await records.post('/archive-offers', {})).body).toMatchObject({ code: 'no-archive-agreement' })
    await agreed('HE')
    expect((await records.post('/archive-offers', {})).body).toMatchObject({ code: 'nothing-to-offer' })
    const [first, second] = await oldMatters('NOT_FILE_RELEVANT', 'NOT_FILE_RELEVANT')
    const clerk = await office.signIn('clerk')
    expect((await clerk.get(`/conversations/${first}`)).status).toBe(200)
    const { body: desk } = await records.get<Desk>('/archive-offers')
    expect(desk).toMatchObject({
      toOffer: [{ cluster: 'DA01', matters: 2, messages: 2, files: 0, title: { de: expect.any(String) } }],
      offers: [],
    })
    expect((await planned()).body.code).toBe('nothing-to-delete')

    const offer = await offered()
    expect(offer).toMatchObject({ state: 'waiting', offered: 2, counts: { undecided: 2, A: 0, B: 0, V: 0 } })
    expect((await read(offer.id)).items).toMatchObject([
      { number: 1, proposal: 'V', valuation: null },
      { number: 2, proposal: 'V' },
    ])
    expect((await records.get<Desk>('/archive-offers')).body.toOffer).toEqual([])
    for (const id of [first, second]) expect((await clerk.get(`/conversations/${id}`)).status).toBe(404)
    expect((await planned()).body.code).toBe('nothing-to-delete')

    const decided = await decide(offer.id, { numbers: [2], valuation: 'V', basis: 'EE-2026-01' })
    expect(decided.body).toMatchObject({ counts: { undecided: 1, V: 1 } })
    expect((await planned()).body).toMatchObject({ waiting: 1 })
    expect((await planned({ kind: 'manual', conversationIds: [first] })).body.code).toBe('nothing-to-delete')
  })

  test('goes by a run that a second person approves, and the ledger names the decision that let it go', async () => {
    await agreed('HE')
    await oldMatters('NOT_FILE_RELEVANT')
    const offer = await offered()
    await decide(offer.id, { numbers: 'undecided', valuation: 'V', basis: 'EE-2026-07' })
    expect((await planned()).status).toBe(201)
    const dpo = await office.signIn('dpo')
    const { items } = (await dpo.get<{ items: Proposal[] }>('/proposals')).body
    const run = items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')
    expect((await dpo.post(`/proposals/${run?.id}/approval`)).status).toBe(200)
    await expect
      .poll(async () => (await office.database.pool.query('select from conversation')).rowCount, {
        timeout: 60_000,
      })
      .toBe(0)
    expect(await read(offer.id)).toMatchObject({ state: 'answered', offered: 1, items: [] })
    const protocol = await fetch(
      `${office.baseUrl}/api/v1/deletion-protocol?from=2026-01-01&to=2099-01-01&format=csv`,
      { headers: dpo.headers() },
    )
    expect(await protocol.text()).toContain('zur Vernichtung freigegeben (EE-2026-07)')
  })

  test('stays when the archive wants it, whatever is entered later, until it is handed over', async () => {
    await agreed('HE')
    const [id] = await oldMatters('NOT_FILE_RELEVANT')
    const offer = await offered({ DA01: 'A' })
    expect((await read(offer.id)).items).toMatchObject([{ proposal: 'A' }])
    await decide(offer.id, { numbers: 'undecided', valuation: 'B', basis: 'EE-2026-01' })
    expect(await read(offer.id)).toMatchObject({ state: 'waiting', counts: { undecided: 0, B: 1 } })
    await decide(offer.id, { numbers: 'undecided', valuation: 'A', basis: 'EE-2026-02' })
    expect((await decide(offer.id, { numbers: [1], valuation: 'V', basis: 'EE-2026-03' })).body.code).toBe(
      'archive-wants-it',
    )
    await expect(
      office.database.pool.query(`update archive_offer_item set valuation = 'V', transfer = null`),
    ).rejects.toThrow(/archive wants/)
    const dpo = await office.signIn('dpo')
    expect(
      (await dpo.post<{ code: string }>('/deletion-runs', { kind: 'manual', conversationIds: [id] })).body
        .code,
    ).toBe('nothing-to-delete')
    // It is sealed, so that it can be handed over.
    await expect.poll(async () => (await read(offer.id)).items).toMatchObject([{ transfer: 'OPEN' }])
    expect((await read(offer.id)).items).toMatchObject([{ packageId: expect.any(String) }])
    // As the archive will once confirm it: then it may go.
    await office.database.pool.query(`update archive_offer_item set transfer = 'CONFIRMED'`)
    expect((await planned()).body).toMatchObject({ waiting: 1 })
  })

  test('is not offered twice, and opens a matter of its own when the person writes again', async () => {
    await agreed('HE')
    const [id] = await oldMatters('NOT_FILE_RELEVANT')
    await offered()
    expect((await records.post('/archive-offers', {})).body).toMatchObject({ code: 'nothing-to-offer' })
    await office.citizenWrites('491713985600', 'Noch eine Frage')
    await office.settled()
    const { rows } = await office.database.pool.query<{ id: string; state: string; n: number }>(
      `select id, state, (select count(*)::int from message m where m.conversation_id = c.id and direction = 'inbound') as n from conversation c
       order by opened_at`,
    )
    expect(rows).toMatchObject([
      { id, state: 'closed', n: 1 },
      { state: 'open', n: 1 },
    ])
  })
})

describe('an offer that was sent by mistake', () => {
  test('is withdrawn by two, as far as the archive has said nothing of it, and can be offered again', async () => {
    await agreed('HE')
    const [first, second, third] = await oldMatters(
      'NOT_FILE_RELEVANT',
      'NOT_FILE_RELEVANT',
      'NOT_FILE_RELEVANT',
    )
    const offer = await offered()
    const path = `/archive-offers/${offer.id}/withdrawal`
    function download(as: Visitor) {
      return fetch(`${office.baseUrl}/api/v1${path}`, { headers: as.headers() })
    }
    await decide(offer.id, { numbers: [2], valuation: 'B', basis: 'EE-2026-01' })
    expect((await download(records)).status).toBe(404)
    const dpo = await office.signIn('dpo')
    expect((await dpo.post(path, { reason: 'BY_MISTAKE' })).status).toBe(403)
    expect((await records.post(path, { reason: 'weil es falsch war' })).status).toBe(400)
    // The later proposal of the same person takes the place of the earlier one.
    for (const reason of ['WRONG_LIST', 'BY_MISTAKE'])
      expect((await records.post(path, { reason })).status).toBe(202)
    expect(await read(offer.id)).toMatchObject({ withdrawalProposed: true, withdrawn: null })
    const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
    const open = body.items.find(({ kind, state }) => kind === 'withdraw-offer' && state === 'open')
    expect(open?.payload).toEqual({ offerId: offer.id, reason: 'BY_MISTAKE', matters: 2 })
    expect((await records.post<ErrorBody>(`/proposals/${open?.id}/approval`)).body.code).toBe(
      'second-person-required',
    )
    const clerk = await office.signIn('clerk')
    expect((await clerk.get(`/conversations/${first}`)).status).toBe(404)

    expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
    expect(await read(offer.id)).toMatchObject({
      state: 'waiting',
      counts: { undecided: 0, B: 1 },
      withdrawn: { reason: 'BY_MISTAKE', numbers: [1, 3] },
      withdrawalProposed: false,
      items: [{ number: 2 }],
    })
    for (const id of [first, third]) expect((await clerk.get(`/conversations/${id}`)).status).toBe(200)
    expect((await clerk.get(`/conversations/${second}`)).status).toBe(404)
    expect((await records.post<ErrorBody>(path, { reason: 'BY_MISTAKE' })).body.code).toBe(
      'nothing-to-withdraw',
    )
    // What the archive has judged, or was told of in no way, stays.
    await expect(office.database.pool.query('delete from archive_offer_item')).rejects.toThrow(
      'stays offered',
    )

    const list = await (await download(records)).text()
    const today = /"20\d\d-\d\d-\d\d"/.source
    expect(list.split('\r\n').slice(1, 3)).toEqual([
      expect.stringMatching(new RegExp(`^"${offer.id}";${today};"1";${today};"irrtümlich angeboten"$`)),
      expect.stringMatching(new RegExp(`^"${offer.id}";${today};"3";`)),
    ])
    expect(list).not.toContain('Geheimnis')
    expect((await download(dpo)).status).toBe(403)

    expect((await records.get<Desk>('/archive-offers')).body.toOffer).toMatchObject([{ matters: 2 }])
    const again = await offered()
    expect(again).toMatchObject({ offered: 2, withdrawn: null, counts: { undecided: 2 } })
    expect((await clerk.get(`/conversations/${first}`)).status).toBe(404)
    await expect
      .poll(async () => (await office.database.pool.query('select from ledger_act')).rowCount)
      .toBe(0)
    const ledger = await dpo.get<{ items: { title: { de: string }; facts: { value: { de: string } }[] }[] }>(
      '/ledger/entries',
    )
    const entered = ledger.body.items.find(({ title }) => title.de === 'Angebot zurückgezogen')
    expect(entered?.facts.map(({ value }) => value.de)).toEqual(
      expect.arrayContaining(['Vorgänge: 2', 'irrtümlich angeboten']),
    )
  })

  function inDays(days: number): string {
    return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  }

  test('does not show what is restricted for another reason, and leaves what a run has condemned', async () => {
    await agreed('HE')
    const [restricted, condemned] = await oldMatters('NOT_FILE_RELEVANT', 'NOT_FILE_RELEVANT')
    const { pool } = office.database
    const offer = await offered()
    expect(
      (
        await records.post('/restrictions', {
          scope: { kind: 'CONVERSATION', id: restricted },
          protection: { kind: 'restriction', reason: 'ART18_1A', reviewOn: inDays(60) },
        })
      ).status,
    ).toBe(201)
    await office.stopWorker()
    const run = '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d77'
    await pool.query(
      `insert into deletion_run (id, kind, state, planned_at) values ($1, 'restore', 'running', now())`,
      [run],
    )
    await pool.query('update conversation set condemned_by = $1 where id = $2', [run, condemned])
    expect(
      (await records.post(`/archive-offers/${offer.id}/withdrawal`, { reason: 'STILL_NEEDED' })).status,
    ).toBe(202)
    const dpo = await office.signIn('dpo')
    const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
    const open = body.items.find(({ kind, state }) => kind === 'withdraw-offer' && state === 'open')
    expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
    const { rows } = await pool.query<{ id: string; hidden: boolean }>(
      `select c.id, c.restricted_at is not null as hidden from conversation c where id = any($1::uuid[])
         and not exists (select from archive_offer_item i where i.conversation_id = c.id)`,
      [[restricted, condemned]],
    )
    expect(rows).toEqual([{ id: restricted, hidden: true }])
  })
})

describe('an archive that stays silent', () => {
  test.each([
    ['HE', 'overdue', 'nothing-to-delete', 'ended'],
    ['ST', 'released', undefined, 'released'],
  ] as const)('in %s makes the offer %s', async (land, state, code, told) => {
    await agreed(land)
    await oldMatters('NOT_FILE_RELEVANT')
    const offer = await offered()
    async function later(days: number): Promise<void> {
      await office.stopWorker()
      ahead += days * day
      await office.startWorker()
      records = await office.signIn('records')
    }
    await later(340)
    const dpo = await office.signIn('dpo')
    async function notices() {
      const { body } = await dpo.get<{ items: { kind: string; offer: { due: string } | null }[] }>(
        '/dpo-notices',
      )
      return body.items.flatMap(({ offer }) => (offer === null ? [] : [offer.due]))
    }
    await expect.poll(notices).toEqual(['ends-soon'])
    expect((await read(offer.id)).state).toBe('waiting')
    expect((await planned()).body.code).toBe('nothing-to-delete')
    await later(30)
    await dpo.signIn(...(await loginOf('dpo')))
    await expect.poll(notices).toEqual([told, 'ends-soon'])
    expect((await read(offer.id)).state).toBe(state)
    expect((await planned()).body.code).toBe(code)
  })
  async function loginOf(role: string): Promise<[string, string]> {
    const login = office.demo.logins.find((one) => one.role === role)
    return [login?.email ?? '', login?.password ?? '']
  }
})

describe('the list for the archive', () => {
  test('has the columns that archives want, is safe in a spreadsheet, and is read again as it was filled in', async () => {
    await agreed('HE')
    const [, filed] = await oldMatters('NOT_FILE_RELEVANT', 'NOT_FILE_RELEVANT')
    const clerk = await office.signIn('clerk')
    // A file reference that a spreadsheet would take for a formula.
    const decision = { relevance: 'to-file', fileReference: '=10.2-7/2026' }
    expect((await clerk.put(`/conversations/${filed}/filing`, decision)).status).toBe(200)
    await office.database.pool.query(
      `update conversation set cluster = 'DA01', filing = 'NOT_FILE_RELEVANT', variant = null, due_at = now() - interval '9 days', waits_for = null`,
    )
    const offer = await offered()
    const { bytes, headers } = await listOf(offer.id, 'csv')
    expect(headers.get('content-type')).toMatch(/^text\/csv/)
    const [head = '', ...lines] = bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(head).toBe(
      '"Prozess-ID";"Nr.";"Gruppe";"Aktenzeichen";"Inhalt laut Aktenplan";"Laufzeit von";"Laufzeit bis";"Umfang";"Vorschlag";"Entscheidung";"Aktenzeichen der Entscheidung"',
    )
    expect(lines).toHaveLength(2)
    expect(lines.filter((line) => line.includes(`"'=10.2-7/2026"`))).toHaveLength(1)
    expect(bytes.toString('utf8')).not.toMatch(/Geheimnis|4917139856/)
    const pdf = (await listOf(offer.id, 'pdf')).bytes
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const { rows } = await office.database.pool.query(
      `select facts from audit_entry where act = 'archive-list-written' order by id`,
    )
    expect(rows).toEqual([{ facts: { format: 'csv' } }, { facts: { format: 'pdf' } }])

    const filledIn = [head, ...lines.map((line) => line.replace('"";""', '"v";"ee-2026-11"'))].join('\r\n')
    const { status, body } = await answerFile(offer.id, filledIn)
    expect({ status, body }).toEqual({
      status: 200,
      body: { decisions: [{ numbers: [1, 2], valuation: 'V', basis: 'EE-2026-11' }] },
    })
    expect((await read(offer.id)).counts.undecided).toBe(2)
    expect((await decide(offer.id, ...body.decisions)).body).toMatchObject({
      state: 'answered',
      counts: { V: 2 },
    })
  })

  test('is xdomea 0501 too, and 0502 is read as the filled in list is', async () => {
    await agreed('HE')
    const [first, second] = await oldMatters('NOT_FILE_RELEVANT', 'NOT_FILE_RELEVANT')
    const offer = await offered({ DA01: 'V' })
    expect((await read(offer.id)).listFormats).toEqual(['csv', 'pdf', 'xdomea'])
    const answer = await fetch(`${office.baseUrl}/api/v1/archive-offers/${offer.id}/list?format=xdomea`, {
      headers: records.headers(),
    })
    expect(answer.headers.get('content-disposition')).toContain(
      `${offer.id}_Aussonderung.Anbieteverzeichnis.0501.zip`,
    )
    const zip = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    const end = '</xdomea:Aussonderung.Anbieteverzeichnis.0501>'
    const message = Buffer.from(zip.slice(zip.indexOf('<?xml'), zip.indexOf(end) + end.length), 'latin1')
    if (xdomeaSchemas !== undefined) expect(schemaFaults('3.1.0', message)).toBe('')
    for (const id of [first, second]) expect(message.toString()).toContain(`<xdomea:ID>${id}</xdomea:ID>`)
    expect(message.toString()).not.toMatch(/Geheimnis|4917139856/)
    function valued(id: string | undefined, value: string): string {
      return `<x:BewertetesObjekt><x:ID>${id}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>${value}</code></x:Aussonderungsart></x:Aussonderungsart></x:BewertetesObjekt>`
    }
    function of0502(process: string, ...values: string[]): string {
      return `<x:Aussonderung.Bewertungsverzeichnis.0502 xmlns:x="urn:xoev-de:xdomea:schema:3.1.0"><x:Kopf><x:ProzessID>${process}</x:ProzessID><x:Nachrichtentyp><code>0502</code></x:Nachrichtentyp></x:Kopf>${values.join('')}</x:Aussonderung.Bewertungsverzeichnis.0502>`
    }
    function readIt(text: string, basis?: string) {
      const body = { file: Buffer.from(text).toString('base64'), ...(basis && { basis }) }
      return records.post<{ decisions: OfferDecision[] } & ErrorBody>(
        `/archive-offers/${offer.id}/answer-file`,
        body,
      )
    }
    const good = of0502(offer.id.toUpperCase(), valued(first, 'V'), valued(second, 'A'))
    const { items } = await read(offer.id)
    expect(items).toHaveLength(2)
    const decisions = (await readIt(good, 'EE-2026-12')).body.decisions
    expect(decisions.map(({ valuation, basis }) => [valuation, basis])).toEqual([
      ['A', 'EE-2026-12'],
      ['V', 'EE-2026-12'],
    ])
    async function fault(text: string, basis?: string): Promise<string | undefined> {
      const { status, body } = await readIt(text, basis)
      expect(status).toBe(400)
      return body.fields?.map(({ path, message }) => `${path}: ${message}`).join()
    }
    expect(await fault(good)).toMatch(/^basis: /)
    const foreign = '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11'
    expect(await fault(of0502(foreign, valued(first, 'V')), 'EE-2026-12')).toContain('keiner Übergabe')
    expect(await fault(of0502(offer.id, valued(foreign, 'V')), 'EE-2026-12')).toContain('nicht übergeben')
    expect(await fault('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', 'EE-2026-12')).toContain('DOCTYPE')
    expect(await fault('<html/>', 'EE-2026-12')).toContain('xdomea')
    const received = of0502(offer.id)
      .replaceAll('Bewertungsverzeichnis.0502', 'AnbietungEmpfangBestaetigen.0504')
      .replace('<code>0502</code>', '<code>0504</code>')
    expect(await fault(received, 'EE-2026-12')).toContain('keine Entscheidung')
    expect((await read(offer.id)).counts.undecided).toBe(2)
    expect((await decide(offer.id, ...decisions)).body).toMatchObject({ counts: { A: 1, V: 1 } })
    // The same again is no news, in whatever words; otherwise than what the archive wants is none of a message's.
    const turned = of0502(offer.id, valued(second, 'A'), valued(first, 'V'))
    expect(await fault(turned, 'EE-2026-13')).toContain('schon eingegangen')
    expect(await fault(of0502(offer.id, valued(second, 'A')), 'EE-2026-13')).toContain('schon eingegangen')
    expect(await fault(of0502(offer.id, valued(second, 'V')), 'EE-2026-13')).toContain('sagt etwas anderes')
    // It may still want what it has released.
    const wanted = await readIt(of0502(offer.id, valued(first, 'A'), valued(second, 'A')), 'EE-2026-13')
    expect(wanted.body.decisions).toMatchObject([{ valuation: 'A', numbers: [1, 2] }])
  })

  test('is refused where it is another’s, names what it has not, or says nothing, with the place of each fault', async () => {
    await agreed('HE')
    await oldMatters('NOT_FILE_RELEVANT')
    const { id } = await offered()
    const head = 'Prozess-ID;Nr.;Entscheidung;Aktenzeichen der Entscheidung'
    const other = '018f0000-0000-7000-8000-000000000001'
    const file = `${head}\n${other};1;V;EE-2026-01\n${id};9;V;EE-2026-01\n${id};1;X;per Telefon\n`
    const { status, body } = await answerFile(id, file)
    expect({ status, fields: body.fields?.map(({ path }) => path) }).toEqual({
      status: 400,
      fields: [
        'lines.2.columns.1',
        'lines.3.columns.2',
        'lines.4.columns.2',
        'lines.4.columns.3',
        'lines.4.columns.4',
      ],
    })
    for (const nonsense of ['', 'Hallo', `${head}\n${id};1;;\n`, 'a;b\n1;2\n', '\u0000'])
      expect((await answerFile(id, nonsense)).status).toBe(400)
    expect((await answerFile(other, `${head}\n${other};1;V;EE-2026-01\n`)).status).toBe(404)
    expect((await decide(id, { numbers: [2], valuation: 'V', basis: 'EE-2026-01' })).status).toBe(400)
    expect((await read(id)).counts.undecided).toBe(1)
  })
})

test('a restriction that is lifted shows nothing that is offered, and what is held is not offered', async () => {
  await agreed('HE')
  const [first, second] = await oldMatters('NOT_FILE_RELEVANT', 'NOT_FILE_RELEVANT')
  const { pool } = office.database
  await pool.query(
    `insert into legal_hold (id, kind, scope, object_id, reason, set_by, set_role, set_at, review_at)
     select gen_random_uuid(), 'restriction', 'CONVERSATION', $1, 'ART18_1A', id, 'dpo', now(), now() + interval '30 days' from account limit 1`,
    [second],
  )
  expect((await offered()).offered).toBe(1)
  await pool.query(
    `insert into legal_hold (id, kind, scope, object_id, reason, set_by, set_role, set_at, review_at)
     select gen_random_uuid(), 'restriction', 'CONVERSATION', $1, 'ART18_1A', id, 'dpo', now(), now() + interval '30 days' from account limit 1`,
    [first],
  )
  const accounts = await pool.query<{ id: string }>('select distinct on (person_id) id from account limit 2')
  await pool.query(
    `update legal_hold set ended_at = now(), release_proposed_by = $1, released_by = $2, informed_at = now()`,
    accounts.rows.map(({ id }) => id),
  )
  const clerk = await office.signIn('clerk')
  expect((await clerk.get(`/conversations/${first}`)).status).toBe(404)
  expect((await clerk.get(`/conversations/${second}`)).status).toBe(200)
})

test('records management alone offers, lists and decides; those who answer for deletion watch', async () => {
  await agreed('HE')
  await oldMatters('NOT_FILE_RELEVANT')
  const { id } = await offered()
  for (const [role, watches] of [
    ['dpo', 200],
    ['admin', 200],
    ['clerk', 403],
    ['team-lead', 403],
    ['auditor', 403],
  ] as const) {
    const visitor = await office.signIn(role)
    expect((await visitor.get('/archive-offers')).status).toBe(watches)
    expect((await visitor.get(`/archive-offers/${id}`)).status).toBe(watches)
    expect((await visitor.get(`/archive-offers/${id}/list`)).status).toBe(403)
    expect((await visitor.post('/archive-offers', {})).status).toBe(403)
    expect((await visitor.post(`/archive-offers/${id}/decisions`, { decisions: [] })).status).toBe(403)
    expect((await visitor.post(`/archive-offers/${id}/answer-file`, { file: '' })).status).toBe(403)
  }
})
