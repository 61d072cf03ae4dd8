import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BenchOffice } from './office-processes.ts'

/** Stands in for the provider: accepts every message at once and counts them by whom they go to. */
export async function startBenchProvider(office: BenchOffice) {
  const receivedBy = new Map<string, number>()
  let accepted = 0
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString('utf8') || '{}') as {
        to?: string
        recipient?: string
        type?: string
      }
      const to = body.to ?? body.recipient
      if (to !== undefined && body.type !== undefined) receivedBy.set(to, (receivedBy.get(to) ?? 0) + 1)
      accepted += 1
      const answer = {
        messaging_product: 'whatsapp',
        messages: [{ id: `wamid.OUT${accepted}` }],
        success: true,
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await office.database.pool.query('update channel set base_url = $1, revision = revision + 1', [
    `http://127.0.0.1:${port}`,
  ])
  return {
    receivedBy,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
