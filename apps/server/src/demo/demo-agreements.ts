import { dayMs, type Stage } from './demo-stage.ts'

/** What the archive has waived: without that nothing may be deleted. */
export async function agreeWithArchive({ ago, at, now }: Stage): Promise<void> {
  await ago(1090 * dayMs)
  const [records, dpo] = [await at('martin'), await at('sabine')]
  const path = '/retention/archive-agreement'
  const { current } = await dpo.ask<{ current: object | null }>('GET', path)
  if (current !== null) return
  const validFrom = now().toISOString().slice(0, 10)
  const waiver = { basis: `GV-${validFrom.slice(0, 4)}-01`, category: 'DA01', validFrom, validUntil: null }
  await records.ask('POST', path, {
    land: 'HE',
    answerWithinMonths: 6,
    silence: 'RELEASES_NOTHING',
    mode: { kind: 'GENERAL_WAIVER', waivers: [waiver] },
  })
  await dpo.decides('agree-with-archive', 'approval')
}

/** The filing plan, as two have agreed: how long what is filed is kept. */
export async function agreeOnFilingPlan({ ago, at }: Stage): Promise<void> {
  await ago(1080 * dayMs)
  const [records, dpo] = [await at('martin'), await at('sabine')]
  const path = '/retention/filing-plan'
  const plan = await dpo.ask<{ current: object | null; proposed: object | null }>('GET', path)
  if (plan.current !== null) return
  if (plan.proposed === null) await records.ask('POST', path, { basedOn: 0, entries: filingPlan })
  await dpo.decides('change-filing-plan', 'approval')
}

const filingPlan = [
  { reference: '0', title: 'Allgemeine Verwaltung', years: null },
  { reference: '022', title: 'Abgaben und Gebühren', years: 10 },
  { reference: '050', title: 'Hilfen in besonderen Lagen', years: 10 },
  { reference: '063', title: 'Bauakten', years: 30 },
  { reference: '1', title: 'Sicherheit und Ordnung', years: null },
  { reference: '113', title: 'Fundsachen', years: 1 },
  { reference: '6', title: 'Bau und Verkehr', years: null },
  { reference: '621', title: 'Bauleitplanung', years: 30 },
] as const
