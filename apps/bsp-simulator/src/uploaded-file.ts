import type { FastifyInstance, FastifyRequest } from 'fastify'

export type UploadedFile = {
  readonly bytes: Buffer
  readonly mediaType: string
  readonly fileName: string | null
  /** The form's other fields. */
  readonly fields: Readonly<Record<string, string>>
}

/** Lets routes receive forms (RFC 7578) as bytes. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
}

/** The file of a form with the field `file`. Null: there is none, or it is no form. */
export async function uploadedFile(request: FastifyRequest): Promise<UploadedFile | null> {
  if (!Buffer.isBuffer(request.body)) return null
  const form = await new Response(new Uint8Array(request.body), {
    headers: { 'content-type': request.headers['content-type'] ?? '' },
  })
    .formData()
    .catch(() => null)
  const file = form?.get('file')
  if (!form || !(file instanceof File)) return null
  const fields = Object.fromEntries(
    [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
  return {
    bytes: Buffer.from(await file.arrayBuffer()),
    mediaType: fields['type'] ?? (file.type || 'application/octet-stream'),
    fileName: file.name || null,
    fields,
  }
}
