import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaFaults, xdomeaSchemas } from '../../../../testing/xdomea-schema.ts'
import { readXml } from './read-xml.ts'
import type { MessageHead } from './write-head.ts'
import { type Plan, writePlan } from './write-plan.ts'

const head: MessageHead = {
  version: '3.1.0',
  processId: '0d6c5b6e-3c0f-4a60-9a2b-6f2b9a0f7d11',
  at: new Date('2026-11-30T08:15:00Z'),
  from: { institution: 'Stadt Musterstadt', unit: null },
  to: { institution: 'Stadtarchiv', unit: null },
  product: 'Bürgerdraht',
}
const plan: Plan = {
  id: '11111111-1111-4111-8111-111111111111',
  title: 'Datenarten',
  version: '2026-11-30',
  units: [
    {
      id: '22222222-2222-4222-8222-222222222222',
      code: 'DA01',
      title: 'Nachrichtentext',
      valuation: 'B',
      years: 0,
    },
    {
      id: '33333333-3333-4333-8333-333333333333',
      code: 'DA03',
      title: 'Akten & <Vorgänge>',
      valuation: 'A',
      years: 30,
    },
  ],
}
function written(of: Plan, about: Partial<MessageHead> = {}) {
  const message = writePlan({ ...head, ...about }, of)
  if (message === 'unsupported-version') throw new Error('The version is written')
  return message
}

test('0511 names each unit, its period and how it is valued now, and asks for no receipt', async () => {
  const { fileName, content } = written(plan)
  expect(fileName).toBe(`${head.processId}_Aussonderung.AktenplanZurBewertung.0511.xml`)
  const root = await readXml(content)
  expect(root?.name).toBe('Aussonderung.AktenplanZurBewertung.0511')
  const text = content.toString()
  expect(text).toContain('<xdomea:Empfangsbestaetigung>0</xdomea:Empfangsbestaetigung></xdomea:Kopf>')
  expect(text).toContain(
    '<xdomea:Einheit><xdomea:Kennzeichen>DA03</xdomea:Kennzeichen><xdomea:Inhaltsangabe>Akten &amp; &lt;Vorgänge&gt;</xdomea:Inhaltsangabe><xdomea:ID>33333333-3333-4333-8333-333333333333</xdomea:ID><xdomea:Aussonderungsart><xdomea:Aussonderungsart><code>A</code></xdomea:Aussonderungsart></xdomea:Aussonderungsart><xdomea:Stillgelegt>0</xdomea:Stillgelegt><xdomea:Aufbewahrungsdauer><xdomea:AnzahlJahre>30</xdomea:AnzahlJahre></xdomea:Aufbewahrungsdauer></xdomea:Einheit>',
  )
})

test('of 0511 the bytes stay the same, because it is made again', () => {
  expect(createHash('sha256').update(written(plan).content).digest('hex')).toBe(
    'bca142276a5bcd9c30a83a67378710d20e54fb37e111ffcb935da666be31af45',
  )
})

test.each(['3.0.0', '4.0.0'] as const)('0511 is not written in %s, where a unit has no name', (version) => {
  expect(writePlan({ ...head, version }, plan)).toBe('unsupported-version')
})

test('0511 is readable XML for every text in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
      const units = plan.units.map((one) => ({ ...one, code: text, title: text }))
      expect(await readXml(written({ ...plan, title: text, units }).content)).toBeDefined()
    }),
    { numRuns: 50 },
  )
})

if (xdomeaSchemas !== undefined)
  test('0511 is valid under the official schema', () => {
    expect(schemaFaults('3.1.0', written(plan).content)).toBe('')
    expect(schemaFaults('3.1.0', written({ ...plan, units: [] }).content)).toBe('')
  })
