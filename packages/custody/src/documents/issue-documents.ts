import { type DocumentKind, documentKinds, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { canonicalJson } from '@buergerdraht/records'
import { typeset } from '../protocol/typeset.ts'
import { type Configuration, type Installation, readConfiguration } from './configuration.ts'
import { deletionConcept } from './deletion-concept.ts'
import { differences, type OfficeDocument } from './document.ts'
import { documentTemplate } from './document-template.ts'
import { impactAssessment } from './impact-assessment.ts'
import { markdownOf } from './markdown.ts'
import { type Issue, type Page, pageOf } from './page.ts'
import { processingRecord } from './processing-record.ts'
import { securityMeasures } from './security-measures.ts'

const writers: Readonly<Record<DocumentKind, (configuration: Configuration) => OfficeDocument>> = {
  'deletion-concept': deletionConcept,
  'processing-record': processingRecord,
  'security-measures': securityMeasures,
  'impact-assessment': impactAssessment,
}

type Client = Change['client']

/** The newest issues up to a number, newest first. */
async function issuesUpTo(
  client: Client,
  kind: DocumentKind,
  number: number,
  limit: number,
): Promise<Issue[]> {
  const { rows } = await client.query<{
    number: number
    issued_at: Date
    issued_role: string
    content: string
  }>(
    `select number, issued_at, issued_role, content from document_issue where kind = $1 and number <= $2 order by number desc limit $3`,
    [kind, number, limit],
  )
  return rows.map(({ number: n, issued_at, issued_role, content }) => ({
    number: n,
    issuedAt: issued_at,
    issuedRole: issued_role,
    document: JSON.parse(content) as OfficeDocument,
  }))
}

const any = 2_147_483_647

/** What is issued, and what has changed since; what an issue says never changes. @throws Refusal `not-allowed` */
export async function listDocuments(office: OfficeContext, installation: Installation, viewer: Viewer) {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const configuration = await readConfiguration(client, installation, office.now())
      const items = []
      for (const kind of documentKinds) {
        const [latest] = await issuesUpTo(client, kind, any, 1)
        const { rows: issues } = await client.query<{ number: number; issued_at: Date; issued_role: string }>(
          'select number, issued_at, issued_role from document_issue where kind = $1 order by number desc limit 100',
          [kind],
        )
        items.push({
          kind,
          issues: issues.map(({ number, issued_at, issued_role }) => ({
            number,
            issuedAt: issued_at.toISOString(),
            issuedRole: issued_role,
          })),
          changes: latest === undefined ? null : differences(latest.document, writers[kind](configuration)),
        })
      }
      return { items }
    }),
  )
}

/**
 * Issues a document as the configuration is now, as the one after the issue that whoever asks has seen. It is durable when this returns; asked for
 * twice, it is issued once.
 * @returns its number
 * @throws Refusal `not-allowed`, `changed-meanwhile` where another issue has come since
 */
export async function issueDocument(
  office: OfficeContext,
  installation: Installation,
  viewer: Viewer,
  kind: DocumentKind,
  after: number,
): Promise<number> {
  requireMay(viewer, 'issue-documents')
  const now = office.now()
  const number = after + 1
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const document = writers[kind](await readConfiguration(client, installation, now))
      const { rowCount } = await client.query(
        `insert into document_issue (kind, number, issued_at, issued_role, content)
         select $1, $2, $3, $4, $5 where $2 = 1 or exists (select from document_issue where kind = $1 and number = $2 - 1)
         on conflict (kind, number) do nothing`,
        [kind, number, now, viewer.role, canonicalJson(document)],
      )
      if (rowCount !== 1) throw new Refusal('changed-meanwhile')
      await recordActOn(client, now, viewer, { act: 'document-issued', facts: { document: kind, number } })
      return number
    }),
  )
}

/** An issue as it was, or what would be issued now. @throws Refusal `not-found` */
async function readPage(
  office: OfficeContext,
  installation: Installation,
  viewer: Viewer,
  kind: DocumentKind,
  which: number | 'draft',
): Promise<Page> {
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      if (which === 'draft') {
        const now = office.now()
        const [latest = null] = await issuesUpTo(client, kind, any, 1)
        return pageOf(writers[kind](await readConfiguration(client, installation, now)), latest, {
          draftAt: now,
        })
      }
      const [issue, before = null] = await issuesUpTo(client, kind, which, 2)
      if (issue?.number !== which) throw new Refusal('not-found')
      return pageOf(issue.document, before, issue)
    }),
  )
}

/** A document as PDF or Markdown, with what it says otherwise than the issue before it. @throws Refusal `not-allowed`, `not-found` */
export async function documentFile(
  office: OfficeContext,
  installation: Installation,
  viewer: Viewer,
  kind: DocumentKind,
  which: number | 'draft',
  format: 'pdf' | 'md',
): Promise<Uint8Array | string> {
  requireMay(viewer, 'watch-retention')
  const page = await readPage(office, installation, viewer, kind, which)
  if (format === 'md') return markdownOf(page)
  return typeset({ template: documentTemplate, data: JSON.stringify(page), foreign: true })
}
