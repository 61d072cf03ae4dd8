import type { HandOverFailure } from '@buergerdraht/contract'
import type { OfficeContext } from '@buergerdraht/office'
import { type MessageZip, messageZip } from '../xdomea/message-zip.ts'
import { writeMessage } from '../xdomea/write-message.ts'
import type { HandOverPlace } from './place.ts'
import { carriedPackage } from './read-package.ts'
import type { Client, HandOverRow } from './rows.ts'

/** What leaves: a ZIP, read once. The file of the package is closed when the stream has ended or is destroyed. */
export type Outgoing = MessageZip

/** The message of a hand-over with its files, made anew each time from what is sealed; or why it cannot be. */
export async function outgoing(
  office: Pick<OfficeContext, 'keys'> & { readonly client: Client },
  place: HandOverPlace,
  row: Pick<HandOverRow, 'id' | 'package_id' | 'message' | 'version' | 'prepared_at'>,
): Promise<Outgoing | HandOverFailure> {
  const carried = await carriedPackage(office, place.archiveDir, row.package_id)
  if (carried === 'no-document') return 'package-missing'
  if (typeof carried === 'string') return carried
  const { matter, files, close } = carried
  const message = writeMessage(
    row.message,
    {
      version: row.version,
      processId: row.id,
      at: row.prepared_at,
      from: { institution: place.authority, unit: matter.unit },
      to: {
        institution: row.message === '0503' ? place.publicArchive : place.recordsSystem,
        unit: null,
      },
      product: 'Bürgerdraht',
    },
    // What the archive takes over it has valued so before.
    [{ ...matter, valuation: row.message === '0503' ? 'A' : null }],
  )
  const zip = message === 'unsupported-version' ? 'defect' : messageZip(message, files)
  if (typeof zip === 'string') {
    await close()
    return zip
  }
  zip.content.once('close', () => {
    close().catch(() => {})
  })
  return zip
}
