import type { HandOverFailure, HandOverWay } from '@buergerdraht/contract'
import type { OfficeContext } from '@buergerdraht/office'
import { type CatalogueRequestRow, requestMessage } from '../catalogue-requests/catalogue-request.ts'
import type { MessageZip } from '../xdomea/message-zip.ts'
import { layDown } from './drop-folder.ts'
import { outgoing } from './hand-over-message.ts'
import { type HandOverPlace, waysOf } from './place.ts'
import type { HandOverRow } from './rows.ts'
import { layDownOverSftp } from './sftp.ts'
import { putInto } from './webdav.ts'

const minute = 60 * 1000
const hour = 60 * minute
const delays = [minute, 5 * minute, 30 * minute, 2 * hour, 12 * hour] as const
/** Longer than sending takes: whoever is killed with one in hand has not taken it away. */
const leaseMs = 40 * minute

type Due = Pick<HandOverRow, 'id' | 'package_id' | 'message' | 'version' | 'way' | 'prepared_at' | 'attempts'>

const takeSql = `update hand_over set attempts = attempts + 1, next_try_at = $2 where id = (
    select id from hand_over where state = 'prepared' and way = any($3::text[]) and (next_try_at is null or next_try_at <= $1)
    order by prepared_at, id limit 1 for update skip locked)
  returning id, package_id, message, version, way, prepared_at, attempts`

/** Sends a message by a way that is set up. */
async function sendBy(
  way: HandOverWay,
  place: HandOverPlace,
  zip: MessageZip,
  signal: AbortSignal,
): Promise<HandOverFailure | null> {
  if (way === 'folder' && place.dropFolder !== null)
    return layDown(place.dropFolder, zip.fileName, zip.content)
  if (way === 'webdav' && place.webdav !== null)
    return putInto(place.webdav, zip.fileName, zip.content, signal)
  if (way === 'sftp' && place.sftp !== null)
    return layDownOverSftp(place.sftp, zip.fileName, zip.content, signal)
  zip.content.destroy()
  return 'defect'
}

async function sendOrSay(
  office: OfficeContext,
  place: HandOverPlace,
  due: Due,
  signal: AbortSignal,
): Promise<HandOverFailure | null> {
  try {
    const zip = await outgoing({ keys: office.keys, client: office.pool }, place, due)
    return typeof zip === 'string' ? zip : await sendBy(due.way, place, zip, signal)
  } catch (error) {
    office.log.error({ handOver: due.id, error }, 'hand-over.failed')
    return 'defect'
  }
}

/**
 * Sends what is prepared, one after the other; what does not work is noted and tried again. Sent is what the other side could read from then on. Killed in
 * between, it is sent twice, under the same process id and with the same bytes. Safe in several processes. @returns how many were sent
 */
export async function deliverHandOvers(
  office: OfficeContext,
  place: HandOverPlace,
  signal: AbortSignal,
): Promise<number> {
  const ways = waysOf(place).filter((way) => way !== 'download')
  let sent = 0
  while (!signal.aborted) {
    const at = office.now()
    const { rows } = await office.pool.query<Due>(takeSql, [at, new Date(at.getTime() + leaseMs), ways])
    const [due] = rows
    if (due === undefined) break
    const failure = await sendOrSay(office, place, due, signal)
    if (failure === null) {
      await office.pool.query(
        `update hand_over set state = 'sent', sent_at = $2, failure = null, next_try_at = null where id = $1 and state = 'prepared'`,
        [due.id, office.now()],
      )
      sent += 1
      continue
    }
    await office.pool.query(
      `update hand_over set failure = $2, next_try_at = $3 where id = $1 and state = 'prepared'`,
      [due.id, failure, nextTry(office, due)],
    )
  }
  return sent
}

function nextTry({ now }: Pick<OfficeContext, 'now'>, { attempts }: { readonly attempts: number }): Date {
  return new Date(now().getTime() + (delays[Math.min(attempts, delays.length) - 1] ?? hour))
}

type DueRequest = CatalogueRequestRow & { readonly attempts: number }

const takeRequestSql = `update catalogue_request set attempts = attempts + 1, next_try_at = $2 where id = (
    select id from catalogue_request where sent_at is null and way = any($3::text[]) and (next_try_at is null or next_try_at <= $1)
    order by asked_at, id limit 1 for update skip locked)
  returning id, asked_at, version, way, units, sent_at, failure, answered_at, answer, attempts`

/** Sends what the archive is asked to value as a whole, as {@link deliverHandOvers} sends packages. @returns how many were sent */
export async function deliverCatalogueRequests(
  office: OfficeContext,
  place: HandOverPlace,
  signal: AbortSignal,
): Promise<number> {
  const ways = waysOf(place).filter((way) => way !== 'download')
  let sent = 0
  while (!signal.aborted) {
    const at = office.now()
    const { rows } = await office.pool.query<DueRequest>(takeRequestSql, [
      at,
      new Date(at.getTime() + leaseMs),
      ways,
    ])
    const [due] = rows
    if (due === undefined) break
    const failure = await sendBy(due.way, place, requestMessage(place, due), signal)
    await office.pool.query(
      `update catalogue_request set failure = $2, sent_at = case when $2::text is null then $3::timestamptz end, next_try_at = $4 where id = $1 and sent_at is null`,
      [due.id, failure, office.now(), failure === null ? null : nextTry(office, due)],
    )
    if (failure === null) sent += 1
  }
  return sent
}
