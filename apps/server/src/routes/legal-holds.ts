import * as contract from '@buergerdraht/contract'
import {
  holdConversation,
  listHolds,
  proposeLifting,
  readHold,
  reviewHold,
  setHold,
} from '@buergerdraht/custody'
import { approveProposalOf, type OfficeContext, type Viewer } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

type Kind = contract.LegalHold['kind']
/** Who asks, and about which one. */
type Asked = {
  readonly office: OfficeContext
  readonly viewer: Viewer
  readonly params: { readonly id: string }
}

export function legalHoldRoutes(app: FastifyInstance): void {
  const { proposalKinds: kinds } = app

  async function set(
    { office, viewer }: Omit<Asked, 'params'>,
    body: { scope: contract.HoldScope; protection: contract.Protection },
  ): Promise<contract.LegalHold> {
    const id = await setHold(office, viewer, body.scope, body.protection)
    return readHold(office, viewer, id)
  }

  async function review(kind: Kind, { office, viewer, params }: Asked, reviewOn: string) {
    await readHold(office, viewer, params.id, kind)
    await reviewHold(office, viewer, params.id, reviewOn)
    return readHold(office, viewer, params.id)
  }

  async function release(kind: Kind, { office, viewer, params }: Asked, personInformed: boolean) {
    await readHold(office, viewer, params.id, kind)
    return proposeLifting(office, kinds, viewer, params.id, personInformed)
  }

  async function approveRelease(kind: Kind, { office, viewer, params }: Asked) {
    await readHold(office, viewer, params.id, kind)
    await approveProposalOf(office, kinds, viewer, 'lift-hold', params.id)
    return readHold(office, viewer, params.id)
  }

  route(app, contract.listHolds, async ({ office, viewer }) => ({
    items: await listHolds(office, viewer, { kind: 'hold' }),
  }))
  route(app, contract.setHold, (asked) => set(asked, asked.body))
  route(app, contract.reviewHold, (asked) => review('hold', asked, asked.body.reviewOn))
  route(app, contract.releaseHold, (asked) => release('hold', asked, asked.body.personInformed))
  route(app, contract.approveHoldRelease, (asked) => approveRelease('hold', asked))

  route(app, contract.listRestrictions, async ({ office, viewer }) => ({
    items: await listHolds(office, viewer, { kind: 'restriction' }),
  }))
  route(app, contract.setRestriction, (asked) => set(asked, asked.body))
  route(app, contract.reviewRestriction, (asked) => review('restriction', asked, asked.body.reviewOn))
  route(app, contract.releaseRestriction, (asked) => release('restriction', asked, asked.body.personInformed))
  route(app, contract.approveRestrictionRelease, (asked) => approveRelease('restriction', asked))

  route(app, contract.holdConversation, async ({ office, viewer, params, body }) => {
    await holdConversation(office, viewer, params.id, body)
    return undefined
  })
}
