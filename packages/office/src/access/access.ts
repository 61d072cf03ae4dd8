import { type Act, may, Refusal } from '@buergerdraht/contract'
import type { Prisma, PrismaClient } from '@buergerdraht/prisma'
import type { Viewer } from './viewer.ts'

/** A transaction, or the database itself. */
export type Db = PrismaClient | Prisma.TransactionClient

export type ConversationRow = Prisma.ConversationGetPayload<object>
export type MessageRow = Prisma.MessageGetPayload<object>
export type AttachmentRow = Prisma.AttachmentGetPayload<object>

/**
 * The teams whose content a person may see. Deny by default: only those who answer citizens see what they write; every
 * other role gets an empty list, whatever teams the account is in.
 */
export function contentTeamsOf(viewer: Viewer): string[] {
  return may(viewer.role, 'answer-citizens') ? [...viewer.teamIds] : []
}

/** Whoever has no content is told of none; the database would refuse the question itself. @throws Refusal `not-found` */
function requireContent(viewer: Viewer): void {
  if (contentTeamsOf(viewer).length === 0) throw new Refusal('not-found')
}

/** The teams of a list; with `team` only that one. @throws Refusal `not-found` for a team that is not theirs */
export function listTeamsOf(viewer: Viewer, team: string | undefined): string[] {
  const teams = contentTeamsOf(viewer)
  if (team === undefined) return teams
  if (!teams.includes(team)) throw new Refusal('not-found')
  return [team]
}

/**
 * The conversation, if this person may see it. What is foreign, what is condemned and what does not exist are the same answer.
 * @throws Refusal `not-found`
 */
export async function conversationFor(db: Db, viewer: Viewer, id: string): Promise<ConversationRow> {
  requireContent(viewer)
  const row = await db.conversation.findFirst({
    where: { id, teamId: { in: contentTeamsOf(viewer) }, condemnedBy: null },
  })
  if (row === null) throw new Refusal('not-found')
  return row
}

/**
 * The same, locked until the transaction ends: whoever else changes this conversation waits.
 * @throws Refusal `not-found`
 */
export async function lockConversationFor(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  id: string,
): Promise<ConversationRow> {
  requireContent(viewer)
  await tx.$queryRaw`select 1 as locked from conversation
    where id = ${id}::uuid and team_id = any(${contentTeamsOf(viewer)}::uuid[]) for no key update`
  return conversationFor(tx, viewer, id)
}

/** A message of that conversation. @throws Refusal `not-found` */
export async function messageFor(
  db: Db,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
): Promise<{ conversation: ConversationRow; message: MessageRow }> {
  const conversation = await conversationFor(db, viewer, conversationId)
  const message = await db.message.findFirst({ where: { id: messageId, conversationId: conversation.id } })
  if (message === null) throw new Refusal('not-found')
  return { conversation, message }
}

/**
 * An attachment, through the conversation it belongs to. What its sender has taken back is not found any more, and what nobody has
 * sent yet only by whoever uploaded it.
 * @throws Refusal `not-found`
 */
export async function attachmentFor(
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<{ conversation: ConversationRow; attachment: AttachmentRow }> {
  requireContent(viewer)
  const attachment = await db.attachment.findUnique({ where: { id } })
  if (attachment === null) throw new Refusal('not-found')
  const { conversationId, messageId } = attachment
  const conversation = await conversationFor(db, viewer, conversationId)
  if (messageId === null) {
    if (attachment.uploadedBy !== viewer.accountId) throw new Refusal('not-found')
    return { conversation, attachment }
  }
  const message = await db.message.findUnique({ where: { id: messageId }, select: { revokedAt: true } })
  if (message === null || message.revokedAt !== null) throw new Refusal('not-found')
  return { conversation, attachment }
}

/** @throws Refusal `not-allowed` */
export function requireMay(viewer: Viewer, act: Act): void {
  if (!may(viewer.role, act)) throw new Refusal('not-allowed')
}

/** Channels and the intake are the administrators' business. @throws Refusal `not-allowed` */
export function requireAdmin(viewer: Viewer): void {
  requireMay(viewer, 'administer-channels')
}
