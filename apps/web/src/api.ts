import type * as contract from '@buergerdraht/contract'
import {
  type ErrorBody,
  type ErrorCode,
  errorCodes,
  type FieldFault,
  unattendedHeader,
} from '@buergerdraht/contract'
import { isAttended } from './attendance.ts'
import { hearOfficeTime } from './ui/now.ts'

type Contract = typeof contract
type Name = {
  [K in keyof Contract]: Contract[K] extends contract.Endpoint ? K : never
}[keyof Contract]
type Output<S> = S extends { _zod: { output: infer O } } ? O : undefined
type Input<S> = S extends { _zod: { input: infer I } } ? I : never
type Part<E, K extends 'params' | 'query' | 'body'> =
  E extends Record<K, infer S> ? (S extends 'multipart' ? unknown : Record<K, Input<S>>) : unknown
export type Needs<N extends Name> = Part<Contract[N], 'params'> &
  Partial<Part<Contract[N], 'query'>> &
  Part<Contract[N], 'body'>
export type Reply<N extends Name> = Output<Contract[N]['reply']>

export type Conversation = contract.Conversation
export type ConversationRead = contract.ConversationRead
export type Message = contract.Message
export type Attachment = contract.Attachment
export type Upload = contract.Upload
export type AuditEntry = contract.AuditEntry
export type Channel = contract.Channel
export type Session = contract.Session
export type LiveEvent = contract.LiveEvent
export type MessageDetails = contract.MessageDetails
export type FailureReason = contract.FailureReason
export type Cause = contract.Cause
export type ChannelNoticeCode = contract.ChannelNoticeCode
export type OfficeNoticeCode = contract.OfficeNoticeCode
export type Role = contract.Role
export type { ErrorCode }

/** The limit of the contract, held by the compiler, so that no schema is shipped to the browser. */
export const maxTextLength: typeof contract.maxTextLength = 4096

/** Method and path of what this page asks for; a typo or a change of the contract does not compile. */
const routes = {
  signIn: ['POST', '/session'],
  readSession: ['GET', '/session'],
  signOut: ['DELETE', '/session'],
  stepUp: ['POST', '/session/step-up'],
  readSignInWays: ['GET', '/sign-in-ways'],
  beginProviderSignIn: ['POST', '/sign-in-ways/provider'],
  beginProviderStepUp: ['POST', '/session/step-up/provider'],
  beginProviderLink: ['POST', '/linked-identity'],
  finishAtProvider: ['POST', '/session/provider'],
  changeOwnPassword: ['PUT', '/own-password'],
  listOwnSessions: ['GET', '/session/others'],
  endOtherSessions: ['DELETE', '/session/others'],
  endOwnSession: ['DELETE', '/session/others/:id'],
  readSecondFactors: ['GET', '/second-factors'],
  beginTotp: ['POST', '/second-factors/totp'],
  confirmTotp: ['POST', '/second-factors/totp/confirmation'],
  removeTotp: ['DELETE', '/second-factors/totp'],
  beginPasskey: ['POST', '/second-factors/passkeys/question'],
  addPasskey: ['POST', '/second-factors/passkeys'],
  removePasskey: ['DELETE', '/second-factors/passkeys/:id'],
  renewRecoveryCodes: ['POST', '/second-factors/recovery-codes'],
  readSignInSettings: ['GET', '/sign-in-settings'],
  changeSignInSettings: ['PATCH', '/sign-in-settings'],
  searchPeople: ['POST', '/people/search'],
  readPerson: ['GET', '/people/:id'],
  invitePerson: ['POST', '/people'],
  changePerson: ['PATCH', '/people/:id'],
  renewInvitation: ['POST', '/people/:id/invitation'],
  revokeInvitation: ['DELETE', '/people/:id/invitation'],
  openInvitation: ['POST', '/invitations/opened'],
  acceptInvitation: ['POST', '/invitations/accepted'],
  readTeam: ['GET', '/teams/:id'],
  createTeam: ['POST', '/teams'],
  renameTeam: ['PATCH', '/teams/:id'],
  closeTeam: ['POST', '/teams/:id/closure'],
  listRoleHolders: ['GET', '/role-holders'],
  listProposals: ['GET', '/proposals'],
  approveProposal: ['POST', '/proposals/:id/approval'],
  refuseProposal: ['POST', '/proposals/:id/refusal'],
  withdrawProposal: ['POST', '/proposals/:id/withdrawal'],
  readCoverage: ['GET', '/retention/coverage'],
  listLedgerEntries: ['GET', '/ledger/entries'],
  readLedgerState: ['GET', '/ledger/checkpoints'],
  readDue: ['GET', '/retention/due'],
  listDueObjects: ['GET', '/retention/objects'],
  readCatalogue: ['GET', '/retention/rules'],
  previewRule: ['POST', '/retention/rules/:cluster/preview'],
  proposeRule: ['POST', '/retention/rules/:cluster/versions'],
  listArchiveOffers: ['GET', '/archive-offers'],
  offerToArchive: ['POST', '/archive-offers'],
  readArchiveOffer: ['GET', '/archive-offers/:id'],
  proposeWithdrawal: ['POST', '/archive-offers/:id/withdrawal'],
  readAnswerFile: ['POST', '/archive-offers/:id/answer-file'],
  decideOffer: ['POST', '/archive-offers/:id/decisions'],
  readArchiveState: ['GET', '/archive'],
  listCheckpoints: ['GET', '/logs/:log/checkpoints'],
  proveGrowth: ['GET', '/logs/:log/growth'],
  listSelfChecks: ['GET', '/archive/checks'],
  readRenewals: ['GET', '/archive/renewals'],
  readTimeStampRoots: ['GET', '/archive/time-stamp-roots'],
  searchPackages: ['POST', '/archive/packages/search'],
  readPackage: ['GET', '/archive/packages/:id'],
  listHandOvers: ['GET', '/archive/hand-overs'],
  prepareHandOver: ['POST', '/archive/hand-overs'],
  readHandOver: ['GET', '/archive/hand-overs/:id'],
  confirmHandOver: ['POST', '/archive/hand-overs/:id/confirmation'],
  withdrawHandOver: ['POST', '/archive/hand-overs/:id/withdrawal'],
  takeHandOverAnswer: ['POST', '/archive/hand-overs/answers'],
  listAtProcessors: ['GET', '/retention/processors'],
  listDocuments: ['GET', '/retention/documents'],
  issueDocument: ['POST', '/retention/documents/:kind/issues'],
  readArchiveAgreement: ['GET', '/retention/archive-agreement'],
  proposeArchiveAgreement: ['POST', '/retention/archive-agreement'],
  listCatalogueRequests: ['GET', '/retention/archive-agreement/catalogue-requests'],
  askForCatalogue: ['POST', '/retention/archive-agreement/catalogue-requests'],
  readAlgorithmCalendar: ['GET', '/archive/algorithm-calendar'],
  proposeAlgorithmCalendar: ['POST', '/archive/algorithm-calendar'],
  readFilingPlan: ['GET', '/retention/filing-plan'],
  readFilingPlanFile: ['POST', '/retention/filing-plan/reading'],
  proposeFilingPlan: ['POST', '/retention/filing-plan'],
  readPrivacyNotice: ['GET', '/retention/privacy-notice'],
  proposePrivacyNotice: ['POST', '/retention/privacy-notice'],
  listHolds: ['GET', '/holds'],
  listRestrictions: ['GET', '/restrictions'],
  setHold: ['POST', '/holds'],
  setRestriction: ['POST', '/restrictions'],
  holdConversation: ['POST', '/conversations/:id/holds'],
  reviewHold: ['POST', '/holds/:id/review'],
  reviewRestriction: ['POST', '/restrictions/:id/review'],
  releaseHold: ['POST', '/holds/:id/release'],
  releaseRestriction: ['POST', '/restrictions/:id/release'],
  listRequests: ['GET', '/subject-requests'],
  openRequest: ['POST', '/subject-requests'],
  confirmIdentity: ['POST', '/subject-requests/:id/identity'],
  extendRequest: ['POST', '/subject-requests/:id/extension'],
  decideRequest: ['POST', '/subject-requests/:id/decision'],
  listErasable: ['GET', '/subject-requests/:id/objects'],
  choosePart: ['PUT', '/subject-requests/:id/part'],
  previewErasure: ['GET', '/subject-requests/:id/preview'],
  planErasure: ['POST', '/subject-requests/:id/run'],
  closeRequest: ['POST', '/subject-requests/:id/answer'],
  listCopyParts: ['GET', '/subject-requests/:id/parts'],
  decideCopyParts: ['POST', '/subject-requests/:id/redactions'],
  restrictOnRequest: ['POST', '/subject-requests/:id/restriction'],
  sendErasureLetter: ['POST', '/subject-requests/:id/letter'],
  markCorrection: ['POST', '/conversations/:id/corrections'],
  withdrawCorrection: ['POST', '/conversations/:id/corrections/:correctionId/withdrawal'],
  listCorrections: ['GET', '/conversations/:id/corrections'],
  listDeletionRuns: ['GET', '/deletion-runs'],
  planDeletionRun: ['POST', '/deletion-runs'],
  putForwardDeletionRun: ['POST', '/deletion-runs/:id/proposal'],
  askProcessorAgain: ['POST', '/retention/processors/:id/retry'],
  readRestore: ['GET', '/restore'],
  listRestoreTasks: ['GET', '/restore/tasks'],
  takeRestoreTask: ['POST', '/restore/tasks/:entry/taking'],
  completeRestoreTask: ['POST', '/restore/tasks/:entry/completion'],
  proposeRelease: ['POST', '/restore/release'],
  approveRelease: ['POST', '/restore/approval'],
  proposeGivingUp: ['POST', '/restore/ledger/giving-up'],
  approveGivingUp: ['POST', '/restore/ledger/approval'],
  listStandingApprovals: ['GET', '/standing-approvals'],
  proposeStandingApproval: ['POST', '/standing-approvals'],
  revokeStandingApproval: ['POST', '/standing-approvals/:id/revocation'],
  pauseDeletionRun: ['POST', '/deletion-runs/:id/pause'],
  resumeDeletionRun: ['POST', '/deletion-runs/:id/resume'],
  listCandidates: ['GET', '/workbench/candidates'],
  listTidyingDays: ['GET', '/workbench/tidying-days'],
  submitDecisions: ['POST', '/workbench/decisions'],
  readBatch: ['GET', '/workbench/batches/:id'],
  openSample: ['GET', '/workbench/batches/:id/sample/:conversationId'],
  askForCoverage: ['POST', '/retention/coverage'],
  proposeSigning: ['POST', '/retention/signature'],
  listEmergencyAccess: ['GET', '/emergency-access'],
  askForEmergencyAccess: ['POST', '/emergency-access'],
  takeUpEmergencyAccess: ['POST', '/emergency-access/:id/session'],
  endEmergencyAccess: ['DELETE', '/emergency-access/:id'],
  listDpoNotices: ['GET', '/dpo-notices'],
  acknowledgeDpoNotice: ['POST', '/dpo-notices/:id/acknowledgement'],
  readAuditState: ['GET', '/audit'],
  listLiftedNames: ['GET', '/audit/names'],
  askForName: ['POST', '/audit/names'],
  listAuditEntries: ['GET', '/audit/events'],
  listConversations: ['GET', '/conversations'],
  searchConversations: ['POST', '/conversations/search'],
  readConversation: ['GET', '/conversations/:id'],
  readCounts: ['GET', '/counts'],
  assignConversation: ['PUT', '/conversations/:id/assignee'],
  closeConversation: ['POST', '/conversations/:id/close'],
  decideFiling: ['PUT', '/conversations/:id/filing'],
  reopenConversation: ['POST', '/conversations/:id/reopen'],
  markUnread: ['POST', '/conversations/:id/unread'],
  listLostAnswers: ['GET', '/lost-answers'],
  listPresences: ['GET', '/presences'],
  showPresence: ['PUT', '/presences/:tabId'],
  readNumber: ['POST', '/conversations/:id/number'],
  listDrafts: ['GET', '/drafts'],
  readDraft: ['GET', '/conversations/:id/draft'],
  saveDraft: ['PUT', '/conversations/:id/draft'],
  markRead: ['POST', '/conversations/:id/read'],
  showTyping: ['POST', '/conversations/:id/typing'],
  acknowledgeIdentity: ['POST', '/conversations/:id/identity-notice/acknowledge'],
  listTemplates: ['GET', '/conversations/:id/templates'],
  listMessages: ['GET', '/conversations/:id/messages'],
  readMessage: ['GET', '/conversations/:id/messages/:messageId'],
  sendReply: ['POST', '/conversations/:id/messages'],
  decideMessage: ['POST', '/conversations/:id/messages/:messageId/decision'],
  react: ['PUT', '/conversations/:id/messages/:messageId/reaction'],
  listChannels: ['GET', '/channels'],
  createChannel: ['POST', '/channels'],
  changeChannel: ['PATCH', '/channels/:id'],
  dismissNotice: ['DELETE', '/channels/:id/notices/:noticeId'],
  listChannelTemplates: ['GET', '/channels/:id/templates'],
  refreshTemplates: ['POST', '/channels/:id/templates/refresh'],
  submitTemplate: ['POST', '/channels/:id/templates'],
  listTeams: ['GET', '/teams'],
  answerElsewhere: ['POST', '/conversations/:id/elsewhere-answers'],
  readOfficeSettings: ['GET', '/office-settings'],
  changeOfficeSettings: ['PATCH', '/office-settings'],
  readIntake: ['GET', '/intake'],
  readOperation: ['GET', '/operation'],
  listDeadLetters: ['GET', '/dead-letters'],
  replayDeadLetter: ['POST', '/dead-letters/:id/replay'],
} as const satisfies {
  readonly [N in Name]?: readonly [Contract[N]['method'], Contract[N]['path']]
}

export const apiRoot = '/api/v1'
/** A download: the browser goes there by itself. */
export const auditExport = `${apiRoot}/audit/export`
export function attachmentContent(id: string): string {
  return `${apiRoot}/attachments/${id}/content`
}
export function attachmentDownload(id: string, reason: contract.DownloadReason): string {
  return `${attachmentContent(id)}?download=true&reason=${reason}`
}
export function attachmentPreview(id: string): string {
  return `${apiRoot}/attachments/${id}/preview`
}
export function attachmentPage(id: string, page: number): string {
  return `${apiRoot}/attachments/${id}/pages/${page}`
}

/** Why a request did not succeed: a code of the contract, or `offline` when there was no answer at all. */
export class Failure extends Error {
  readonly code: ErrorCode | 'offline'
  readonly fields: readonly FieldFault[]
  readonly requestId: string | null
  constructor(
    code: ErrorCode | 'offline',
    fields: readonly FieldFault[] = [],
    requestId: string | null = null,
  ) {
    super(code)
    this.name = 'Failure'
    this.code = code
    this.fields = fields
    this.requestId = requestId
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    body.code in errorCodes
  )
}

/** A body that is not ours comes from something between here and the product. */
export function failureOf(status: number, body: unknown): Failure {
  if (isErrorBody(body)) return new Failure(body.code, body.fields ?? [], body.requestId)
  if (status === 401) return new Failure('not-signed-in')
  if (status === 413) return new Failure('too-large')
  return new Failure([502, 503, 504].includes(status) ? 'not-ready' : 'defect')
}

/** When somebody who was there last asked what the server answered: not before that it began to count the time without use. */
let usedAt = 0
export function lastUsedAt(): number {
  return usedAt
}

let confirmIdentity: () => Promise<boolean> = async () => false
/** Asks somebody to show again who they are, and tells whether they did. */
export function onStepUpWanted(listener: () => Promise<boolean>): void {
  confirmIdentity = listener
}

let whenSecondFactorWanted: () => void = () => {}
/** Called when the office has come to want a second factor of whoever is signed in. */
export function onSecondFactorWanted(listener: () => void): void {
  whenSecondFactorWanted = listener
}

let whenSignedOut: () => void = () => {}
/** Called whenever an answer says that the session is over. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener
}
export function noticeSignedOut(): void {
  whenSignedOut()
}

function fill(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

function queryOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString()}`
}

/** What a browser sends on after its page has gone may not be larger. */
const maxKeepaliveLength = 60_000

type Loose = {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: unknown
}

/**
 * Asks the product; where it wants to know again who sits there, that is asked in place, and then what was wanted. Throws {@link Failure}.
 */
export async function ask<N extends keyof typeof routes>(
  name: N,
  needs: Needs<N>,
  signal?: AbortSignal,
): Promise<Reply<N>> {
  try {
    return await askOnce(name, needs, signal)
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'step-up-required')) throw error
    if (!(await confirmIdentity())) throw error
    return askOnce(name, needs, signal)
  }
}

/**
 * Fetches a file and has the browser save it; where it wants to know again who sits there, that is asked in place. Throws {@link Failure}.
 * @param path below the root of the interface
 * @param asked what the file is wanted for, where that has to be said: in a header, or, where something changes with it, in a body
 */
export async function saveFile(path: string, name: string, asked: FileAsked = {}): Promise<void> {
  let response = await fetchFile(path, asked)
  if (response instanceof Failure && response.code === 'step-up-required' && (await confirmIdentity()))
    response = await fetchFile(path, asked)
  if (response instanceof Failure) throw response
  saveBytes(await response.blob(), name)
}

/** Has the browser save what the page has already. */
export function saveBytes(bytes: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

type FileAsked = { readonly headers?: Record<string, string>; readonly body?: object }

async function fetchFile(path: string, { headers = {}, body }: FileAsked): Promise<Response | Failure> {
  const response = await fetch(`${apiRoot}${path}`, {
    credentials: 'same-origin',
    ...(body === undefined
      ? { headers }
      : {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  }).catch(() => null)
  if (response === null) return new Failure('offline')
  if (response.ok) return response
  const failure = failureOf(response.status, await response.json().catch(() => undefined))
  if (failure.code === 'not-signed-in') whenSignedOut()
  if (failure.code === 'second-factor-required') whenSecondFactorWanted()
  return failure
}

async function askOnce<N extends keyof typeof routes>(
  name: N,
  needs: Needs<N>,
  signal?: AbortSignal,
): Promise<Reply<N>> {
  const [method, path] = routes[name]
  const { params = {}, query = {}, body } = needs as Loose
  const json = body === undefined ? undefined : JSON.stringify(body)
  const askedAt = Date.now()
  const attended = isAttended()
  const response = await fetch(`${apiRoot}${fill(path, params)}${queryOf(query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(attended ? {} : { [unattendedHeader]: 'true' }),
    },
    ...(json === undefined ? {} : { body: json }),
    keepalive: name === 'saveDraft' && (json?.length ?? 0) < maxKeepaliveLength,
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new Failure('offline')
  })
  hearOfficeTime(response.headers.get('date'), askedAt)
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
  if (response.ok) {
    if (attended) usedAt = Math.max(usedAt, askedAt)
    return answer as Reply<N>
  }
  const failure = failureOf(response.status, answer)
  if (failure.code === 'not-signed-in' && name !== 'readSession') whenSignedOut()
  if (failure.code === 'second-factor-required') whenSecondFactorWanted()
  throw failure
}
