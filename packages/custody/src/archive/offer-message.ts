import { Refusal } from '@buergerdraht/contract'
import { type OfficeContext, requireMay, type Viewer } from '@buergerdraht/office'
import { type HandOverPlace, mayWrite, versionOf } from '../hand-overs/place.ts'
import { type MessageZip, messageZip } from '../xdomea/message-zip.ts'
import { writeMessage } from '../xdomea/write-message.ts'
import { readOffered } from './offered-matters.ts'

/** What a matter is about where the filing plan does not say it. */
const untitled = 'Gespräch der WhatsApp-Sprechstunde'

/**
 * The offer as xdomea 0501 (Anbieteverzeichnis): each matter by its id, with what the office proposes, and no content. Its answer is 0502, read by
 * `readAnswerFile`. @throws Refusal `not-allowed`, `not-found`, `not-in-version`
 */
export async function offerMessage(
  office: OfficeContext,
  viewer: Viewer,
  place: Pick<HandOverPlace, 'authority' | 'publicArchive' | 'version' | 'archiveVersion'>,
  id: string,
): Promise<MessageZip> {
  requireMay(viewer, 'offer-to-archive')
  if (!mayWrite(place, '0501')) throw new Refusal('not-in-version')
  const { offeredAt, matters } = await readOffered(office, viewer, id, 'xdomea')
  // Everything of it has been destroyed since: there is nothing to offer any more.
  if (matters.length === 0) throw new Refusal('not-found')
  const message = writeMessage(
    '0501',
    {
      version: versionOf(place, '0501'),
      processId: id,
      at: offeredAt,
      from: { institution: place.authority, unit: null },
      to: { institution: place.publicArchive, unit: null },
      product: 'Bürgerdraht',
    },
    matters.map(({ proposal, reference, title, team, ...matter }) => ({
      id: matter.id,
      subject: title === '' ? untitled : title,
      fileReference: reference,
      unit: team,
      from: matter.from,
      to: matter.to,
      keptForYears: null,
      valuation: 'B',
      proposal: proposal === 'B' ? null : proposal,
      record: null,
    })),
  )
  const zip = message === 'unsupported-version' ? message : messageZip(message, [])
  if (typeof zip === 'string') throw new Error('An offer is written in a version that has it, and is small')
  return zip
}
