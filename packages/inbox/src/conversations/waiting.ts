import type { Prisma } from '@buergerdraht/prisma'

/** Comes before every statement: whoever is sent a message that answers up to it goes on waiting. */
export const answersNothing = '00000000-0000-0000-0000-000000000000'

/** Of a row of `message`: that it was delivered, read or played proves its failure wrong. Null: it has not failed, or was none of these. */
function isDisprovedSql(m: string): string {
  return `greatest(${m}.delivered_at, ${m}.read_at, ${m}.played_at) >= ${m}.failed_at`
}

/** Of a row of `message`: an answer that stands. */
function standsSql(m: string): string {
  return `${m}.direction = 'outbound' and (${m}.kind = 'elsewhere'
    or (${m}.send_state = 'accepted' and (${m}.failed_at is null or ${isDisprovedSql(m)})))`
}

/** Of a row of `message`: a citizen's statement. A line of the system is one when somebody tried to call, or said something elsewhere. */
function isStatementSql(m: string): string {
  return `${m}.direction = 'inbound' and (${m}.kind <> 'system' or ${m}.statement_id is not null)`
}

/** Of a row of `message`: the statements it holds, with their ids and WhatsApp's times. */
function statementsSql(m: string): string {
  return `(values (${m}.id, ${m}.sent_at), (${m}.statement_id, greatest(${m}.edited_at, ${m}.revoked_at)))`
}

/** Of a row of `message`: up to which statement an answer answers, for comparing. */
function answersSql(m: string): string {
  return `coalesce(${m}.answers_up_to, ${m}.id)::text collate "C"`
}

/**
 * Who waits, since when, and what is unread: the one definition, for the conversations named by `$1`.
 *
 * A statement is what a citizen says: a message, or its newest edit or revocation, each with an id in the order of arrival and
 * WhatsApp's time. Trying to call is one too. A line of the system is none, unless it says that one was made elsewhere: then it carries
 * the statement's id, and the citizen waits since `stated_at`. An answer of ours stands when the provider accepted it and it has not failed since; that it was delivered, read or played at or after a
 * failure proves the failure wrong. One that went another way stands always. A standing answer answers every statement that its author had seen (`answers_up_to`); one from the app on a phone, which does not say what was seen, what was said before it by WhatsApp's time.
 * A citizen waits since the earliest statement without an answer, and not in a closed conversation. Unread is every message with a
 * statement after `read_up_to`.
 *
 * To be run in the transaction that changes statements, answers or what is read, with the conversations locked.
 */
export const waitingSql = `update conversation c set waiting_since = case when c.state = 'open' then found.since end,
    unread_count = found.unread
  from unnest($1::uuid[]) as wanted(id)
  join conversation w on w.id = wanted.id
  cross join lateral (
    select max(${answersSql('a')}) filter (where not a.from_app) as up_to,
      max(a.sent_at) filter (where a.from_app) as echo_at
    from message a where a.conversation_id = w.id and ${standsSql('a')}
  ) as answered
  cross join lateral (
    select min(coalesce(m.stated_at, s.at)) filter (where (answered.up_to is null or s.id::text collate "C" > answered.up_to)
        and (answered.echo_at is null or s.at > answered.echo_at)) as since,
      count(distinct m.id) filter (where w.read_up_to is null or s.id > w.read_up_to)::int as unread
    from message m cross join lateral ${statementsSql('m')} as s(id, at)
    where m.conversation_id = w.id and ${isStatementSql('m')} and s.id is not null
  ) as found
  where c.id = w.id and (c.waiting_since, c.unread_count)
    is distinct from (case when c.state = 'open' then found.since end, found.unread)`

/**
 * Lines of the system (`$1`) that tell in another matter of answers that are lost (`$2`): the citizen waits since the earliest statement
 * that the answer was to, where no earlier answer was to it. Before {@link waitingSql}.
 */
export const statedSql = `update message line set stated_at = said.at
  from unnest($1::uuid[], $2::uuid[]) as wanted(line_id, lost_id)
  join message lost on lost.id = wanted.lost_id
  cross join lateral (
    select max(${answersSql('a')}) as up_to from message a where a.conversation_id = lost.conversation_id
      and a.direction = 'outbound' and not a.from_app and ${answersSql('a')} < ${answersSql('lost')}
  ) as before
  cross join lateral (
    select min(s.at) as at from message m cross join lateral ${statementsSql('m')} as s(id, at)
    where m.conversation_id = lost.conversation_id and ${isStatementSql('m')} and s.id::text collate "C" <= ${answersSql('lost')}
      and (before.up_to is null or s.id::text collate "C" > before.up_to)
  ) as said
  where line.id = wanted.line_id and said.at < line.sent_at`

/**
 * Condition on a row of `message`: an answer that did not arrive, or of which nobody knows whether it did, that nobody has decided about,
 * and after which none has been accepted. Its beginning is what the index `message_lost` stands for.
 */
export function isLostSql(m: string): string {
  return `(${m}.settled_at is null and (${m}.failed_at is not null or ${m}.send_state = 'unknown'))
    and (${m}.failed_at is null or (${isDisprovedSql(m)}) is not true)
    and not exists (select 1 from message later where later.conversation_id = ${m}.conversation_id and later.id > ${m}.id
      and later.notice_version is null and ${standsSql('later')} and later.sent_at >= coalesce(${m}.failed_at, ${m}.leased_at))`
}

/** Whoever else changes the conversation waits until the transaction ends. Before rows of its messages are changed, never after: others do it in this order. */
export async function lockConversation(tx: Prisma.TransactionClient, conversationId: string): Promise<void> {
  await tx.$queryRaw`select 1 as locked from conversation where id = ${conversationId}::uuid for no key update`
}

/** {@link waitingSql} for one locked conversation; whether it changed anything. */
export async function settleWaiting(tx: Prisma.TransactionClient, conversationId: string): Promise<boolean> {
  return (await tx.$executeRawUnsafe(waitingSql, [conversationId])) > 0
}

/** {@link statedSql} for one line. */
export async function dateBack(tx: Prisma.TransactionClient, lineId: string, lostId: string): Promise<void> {
  await tx.$executeRawUnsafe(statedSql, [lineId], [lostId])
}

const newestSql = `select coalesce(m.statement_id, m.id) as id from message m
  where m.conversation_id = $1::uuid and ${isStatementSql('m')}
  order by coalesce(m.statement_id, m.id) desc offset $2 limit 1`

/** The newest statement of a conversation but so many newer ones; null: there is none. */
export async function newestStatement(
  tx: Prisma.TransactionClient,
  conversationId: string,
  newer = 0,
): Promise<string | null> {
  const [newest] = await tx.$queryRawUnsafe<{ id: string }[]>(newestSql, conversationId, newer)
  return newest?.id ?? null
}

const saidUntilSql = `with said as (
    select s.id::text collate "C" as id, s.at from message m cross join lateral ${statementsSql('m')} as s(id, at)
    where m.conversation_id = $1::uuid and ${isStatementSql('m')} and s.id is not null)
  select (select max(id) from said where ($3::text is null or id <= $3)
      and id < all (select id from said where at > $2::timestamptz)) as id,
    exists (select from said) as "wasSaid"`

/**
 * What somebody can have answered who answered then: the newest statement of those, in the order of arrival, before the first one that was made later.
 * @param seenUpTo and none after this one
 * @returns null: everything was said later; `answersNothing` where nothing was ever said
 */
export async function saidUntil(
  tx: Prisma.TransactionClient,
  conversationId: string,
  at: Date,
  seenUpTo: string | null,
): Promise<string | null> {
  const rows = await tx.$queryRawUnsafe<{ id: string | null; wasSaid: boolean }[]>(
    saidUntilSql,
    conversationId,
    at,
    seenUpTo,
  )
  const [{ id, wasSaid } = { id: null, wasSaid: false }] = rows
  return wasSaid ? id : answersNothing
}

/** The further of two statements; `null` is before all. Ids compare as text. */
export function laterStatement(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one
}
