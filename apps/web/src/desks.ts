import { type Act, may } from '@buergerdraht/contract'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { matchRoute, type Parser } from 'wouter'
import type { Role, Session } from './api.ts'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import type { IconName } from './ui/icon.tsx'
import type { Words } from './ui/words.tsx'
import type { LiveFeed } from './use-live-connection.ts'

type DeskProps = {
  readonly session: Session
  /** What the address names beyond the desk: the conversation or channel that is open; null: none. */
  readonly openId: string | null
  readonly outbox: OutboxSender
  readonly feed: LiveFeed
  /** What somebody may in this session is another now: it is asked anew. */
  readonly onRightsChanged: () => void
}

type Load = () => Promise<{ default: ComponentType<DeskProps> }>

/** A place of its own for one kind of work, with an address that names it in German; its code comes when it is opened. */
export type Desk = {
  readonly address: string
  /** The address with what is open there, for the router. */
  readonly pattern: string
  readonly act: Act
  readonly icon: IconName
  /** That leads there from another desk. */
  readonly keys?: string
  /** Of the person, not of the work: the account's menu leads there. */
  readonly own?: true
  /** Whoever may do this finds it on that desk, and needs none of its own. */
  readonly unless?: Act
  readonly name: (w: Words) => string
  readonly load: Load
  readonly Page: LazyExoticComponent<ComponentType<DeskProps>>
}

function desk(load: Load, about: Omit<Desk, 'load' | 'Page'>): Desk {
  return { ...about, load, Page: lazy(load) }
}

const desks: readonly Desk[] = [
  desk(() => import('./inbox/inbox-page.tsx'), {
    address: '/posteingang',
    pattern: '/posteingang/:id?',
    act: 'answer-citizens',
    icon: 'inbox',
    keys: 'g i',
    name: (w) => w.places.inbox,
  }),
  desk(() => import('./channels/channels-page.tsx'), {
    address: '/kanaele',
    pattern: '/kanaele/:id?',
    act: 'administer-channels',
    icon: 'phone',
    keys: 'g k',
    name: (w) => w.places.channels,
  }),
  desk(() => import('./channels/intake-page.tsx'), {
    address: '/kanaele/eingang',
    pattern: '/kanaele/eingang',
    act: 'administer-channels',
    icon: 'pulse',
    keys: 'g e',
    name: (w) => w.places.intake,
  }),
  desk(() => import('./people/people-page.tsx'), {
    address: '/personen',
    pattern: '/personen/:id?',
    act: 'see-people',
    icon: 'user',
    keys: 'g m',
    name: (w) => w.places.people,
  }),
  desk(() => import('./sign-in-settings/sign-in-settings-page.tsx'), {
    address: '/anmeldung',
    pattern: '/anmeldung',
    act: 'read-sign-in-settings',
    icon: 'shield',
    keys: 'g n',
    name: (w) => w.places.signIn,
  }),
  desk(() => import('./emergency-access/dpo-notices-page.tsx'), {
    address: '/hinweise',
    pattern: '/hinweise',
    act: 'read-dpo-notices',
    icon: 'alert',
    keys: 'g h',
    name: (w) => w.places.dpoNotices,
  }),
  desk(() => import('./retention/retention-page.tsx'), {
    address: '/loeschkonzept',
    pattern: '/loeschkonzept/:id?',
    act: 'watch-retention',
    icon: 'clock',
    keys: 'g l',
    name: (w) => w.places.retention,
  }),
  desk(() => import('./deletion-runs/deletion-runs-page.tsx'), {
    address: '/loeschlaeufe',
    pattern: '/loeschlaeufe',
    act: 'see-deletion-runs',
    icon: 'archive',
    keys: 'g d',
    name: (w) => w.places.deletionRuns,
  }),
  desk(() => import('./archive/archive-page.tsx'), {
    address: '/archiv',
    pattern: '/archiv/:id?',
    act: 'open-packages',
    icon: 'file',
    keys: 'g a',
    name: (w) => w.places.archive,
  }),
  desk(() => import('./holds/holds-page.tsx'), {
    address: '/sperren',
    pattern: '/sperren',
    act: 'see-holds',
    icon: 'pause',
    keys: 'g s',
    name: (w) => w.places.holds,
  }),
  desk(() => import('./requests/requests-page.tsx'), {
    address: '/antraege',
    pattern: '/antraege/:id?',
    act: 'see-requests',
    icon: 'user',
    keys: 'g b',
    name: (w) => w.places.requests,
  }),
  desk(() => import('./workbench/workbench-page.tsx'), {
    address: '/loeschwerkstatt',
    pattern: '/loeschwerkstatt',
    act: 'tidy-up',
    icon: 'list',
    keys: 'g w',
    name: (w) => w.places.workbench,
  }),
  desk(() => import('./audit/audit-page.tsx'), {
    address: '/protokoll',
    pattern: '/protokoll',
    act: 'read-audit-log',
    icon: 'list',
    keys: 'g p',
    name: (w) => w.places.audit,
  }),
  desk(() => import('./archive/inspection-page.tsx'), {
    address: '/pruefung',
    pattern: '/pruefung/:id?',
    act: 'see-archive',
    icon: 'shield',
    keys: 'g u',
    name: (w) => w.places.inspection,
  }),
  desk(() => import('./retention/ledger-page.tsx'), {
    address: '/loeschkonzept/register',
    pattern: '/loeschkonzept/register',
    act: 'see-ledger',
    unless: 'watch-retention',
    icon: 'archive',
    keys: 'g l',
    name: (w) => w.places.ledger,
  }),
  desk(() => import('./proposals/proposals-page.tsx'), {
    address: '/vorschlaege',
    pattern: '/vorschlaege',
    act: 'see-proposals',
    icon: 'check',
    keys: 'g v',
    name: (w) => w.places.proposals,
  }),
  desk(() => import('./roles/roles-page.tsx'), {
    address: '/rollen',
    pattern: '/rollen',
    act: 'see-roles',
    icon: 'panel',
    keys: 'g r',
    name: (w) => w.places.roles,
  }),
  desk(() => import('./session/security-page.tsx'), {
    address: '/konto',
    pattern: '/konto',
    act: 'change-own-sign-in',
    icon: 'lock',
    keys: 'g o',
    own: true,
    name: (w) => w.security.title,
  }),
  desk(() => import('./emergency-access/emergency-access-page.tsx'), {
    address: '/notfall',
    pattern: '/notfall',
    act: 'see-emergency-access',
    icon: 'hand',
    keys: 'g f',
    own: true,
    name: (w) => w.places.emergencyAccess,
  }),
]

export function desksFor(role: Role): readonly Desk[] {
  return desks.filter(({ act, unless }) => may(role, act) && !(unless !== undefined && may(role, unless)))
}

/** Addresses of earlier releases, which somebody may have kept. */
export const movedAddresses: Readonly<Record<string, string>> = { '/eingang': '/kanaele/eingang' }

/**
 * Whose address it is, and what is open there. Where two fit, the later one is meant: `/kanaele/eingang` is no channel.
 * Null: nobody's.
 */
export function deskAt(
  among: readonly Desk[],
  address: string,
  parser: Parser,
): { readonly desk: Desk; readonly openId: string | null } | null {
  for (const one of among.toReversed()) {
    const [fits, params] = matchRoute<{ id?: string | undefined }>(parser, one.pattern, address)
    if (fits) return { desk: one, openId: params.id ?? null }
  }
  return null
}

/** Asks for the code of the desk at an address before it is known who is signed in: that saves one way to the server. */
export function preloadDesk(address: string, parser: Parser): void {
  void deskAt(desks, address, parser)?.desk.load()
}
