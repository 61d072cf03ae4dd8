import { isWritten } from './profile.ts'
import { type MessageHead, messageOf, type Written } from './write-head.ts'
import { valued } from './write-message.ts'
import { element, leaf, type Xml } from './xml.ts'

/** What an archive values as a whole (Aktenplaneinheit). All text may be anything. */
type PlanUnit = {
  readonly id: string
  readonly code: string
  readonly title: string
  /** As it is valued now; B: not yet. */
  readonly valuation: 'A' | 'B' | 'V'
  /** Whole years; 0: less than one. */
  readonly years: number
}

export type Plan = {
  readonly id: string
  readonly title: string
  readonly version: string
  readonly units: readonly PlanUnit[]
}

function unitOf({ id, code, title, valuation, years }: PlanUnit): Xml {
  return element(
    'Einheit',
    leaf('Kennzeichen', code),
    leaf('Inhaltsangabe', title),
    leaf('ID', id),
    valued(valuation),
    leaf('Stillgelegt', 0),
    element('Aufbewahrungsdauer', leaf('AnzahlJahre', years)),
  )
}

/**
 * The plan that an archive is asked to value (0511), named by the standard; its answer is the catalogue (0513). No receipt is asked for.
 * `unsupported-version`: it is not written in that version.
 */
export function writePlan(about: MessageHead, plan: Plan): Written | 'unsupported-version' {
  if (!isWritten('0511', about.version)) return 'unsupported-version'
  return messageOf(
    '0511',
    about,
    element(
      'Aktenplan',
      leaf('ID', plan.id),
      leaf('Bezeichnung', plan.title),
      leaf('Version', plan.version),
      plan.units.map(unitOf),
    ),
  )
}
