import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file as the provider has it; what it says of it may differ. */
export type ProvidedFile = {
  readonly bytes: Buffer
  readonly mediaType?: string
  /** In the look-up; default: the true ones. */
  readonly saidSize?: number
  readonly saidSha256?: string
  /** Instead of the bytes. */
  readonly download?: (response: ServerResponse) => void
}

/** 360dialog's media endpoints on real HTTP, doing as they are told. */
export type MediaProvider = {
  readonly baseUrl: string
  readonly files: Map<string, ProvidedFile>
  /** Paths of all requests. */
  readonly asked: string[]
  /** Answers every look-up with this status; null: as usual. */
  failWith: number | null
  /** Look-ups wait for it. */
  gate: Promise<void>
  close(): Promise<void>
}

function sha256(bytes: Buffer) {
  return createHash('sha256').update(bytes).digest('hex')
}

export async function startMediaProvider(): Promise<MediaProvider> {
  const files = new Map<string, ProvidedFile>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://provider')
    provider.asked.push(url.pathname)
    function json(status: number, body: unknown) {
      return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.headers['d360-api-key'] !== 'wire-api-key') return json(401, { error: 'Invalid api_key' })
    const isDownload = url.pathname === '/whatsapp_business/attachments/'
    if (!isDownload) await provider.gate
    const id = isDownload ? (url.searchParams.get('mid') ?? '') : url.pathname.slice(1)
    if (!isDownload && provider.failWith !== null) return json(provider.failWith, {})
    const file = files.get(id)
    if (file === undefined) return json(404, { error: { code: 100, message: 'Object does not exist' } })
    if (isDownload) {
      if (file.download !== undefined) return file.download(response)
      return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes)
    }
    return json(200, {
      messaging_product: 'whatsapp',
      id,
      url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&ext=1&hash=x`,
      mime_type: file.mediaType ?? 'application/octet-stream',
      sha256: file.saidSha256 ?? sha256(file.bytes),
      file_size: String(file.saidSize ?? file.bytes.length),
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const provider: MediaProvider = {
    baseUrl: `http://127.0.0.1:${port}`,
    files,
    asked: [],
    failWith: null,
    gate: Promise.resolve(),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return provider
}
