import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RevocationTransport } from '../src/time/fetch-revocation.ts'
import type { OpensslAuthority } from './openssl-authority.ts'

type State = 'good' | 'keyCompromise' | 'superseded'

/**
 * What the authority publishes about its certificates, over HTTP: answers of `openssl ocsp` at /ocsp and a list of
 * `openssl ca -gencrl` at /list.crl. Neither is our code.
 */
export class OpensslRevocation {
  readonly #server: Server
  #authority: OpensslAuthority | undefined
  /** What is said of the authority's certificate for time stamping. */
  state: State = 'good'
  /** Who signs answers: the authority itself, or a certificate that it issued for answering. */
  signer: 'root' | 'responder' = 'root'
  /** What is served; the rest is not found. */
  served: ('/ocsp' | '/list.crl')[] = ['/ocsp', '/list.crl']
  readonly asked: string[] = []

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<OpensslRevocation> {
    const server = createServer()
    const service = new OpensslRevocation(server)
    server.on('request', async (request, response) => {
      const path = request.url ?? ''
      // openssl is waited for in this process: a connection that was kept could end meanwhile, and the next question with it.
      response.shouldKeepAlive = false
      service.asked.push(`${request.method} ${path}`)
      const body = await bytesOf(request)
      if (path === '/ocsp' && service.served.includes(path)) response.end(service.#ocsp(body))
      else if (path === '/list.crl' && service.served.includes(path)) response.end(service.#list())
      else response.writeHead(404).end('<html>Not found</html>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return service
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  speaksFor(authority: OpensslAuthority): void {
    this.#authority = authority
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.#server.close(resolve))
  }

  #ocsp(request: Buffer): Buffer {
    const by = this.#registered()
    writeFileSync(by.path('ocsp.req'), request)
    const answer = ['-reqin', by.path('ocsp.req'), '-respout', by.path('ocsp.resp'), '-ndays', '7']
    const signer = ['-rsigner', by.path(`${this.signer}.pem`), '-rkey', by.path(`${this.signer}.key`)]
    by.openssl('ocsp', '-index', by.path('index.txt'), '-CA', by.path('root.pem'), ...signer, ...answer)
    return by.read('ocsp.resp')
  }

  #list(): Buffer {
    const by = this.#registered()
    const database = `database=${by.path('index.txt')}\ncrlnumber=${by.path('crlnumber')}\n`
    writeFileSync(by.path('ca.cnf'), `[ca]\ndefault_ca=one\n[one]\n${database}default_md=sha256\n`)
    writeFileSync(by.path('crlnumber'), '01\n')
    const signer = ['-cert', by.path('root.pem'), '-keyfile', by.path('root.key'), '-crldays', '7']
    by.openssl('ca', '-config', by.path('ca.cnf'), '-gencrl', ...signer, '-out', by.path('list.pem'))
    by.openssl('crl', '-in', by.path('list.pem'), '-outform', 'DER', '-out', by.path('list.crl'))
    return by.read('list.crl')
  }

  /** Writes the register of certificates as `openssl ca` keeps it. */
  #registered(): OpensslAuthority {
    const authority = this.#authority
    if (authority === undefined) throw new Error('Nobody is spoken for')
    const text = authority.openssl('x509', '-in', authority.path('tsa.pem'), '-noout', '-serial').toString()
    const serial = text.trim().replace('serial=', '')
    const status =
      this.state === 'good' ? 'V\t361231000000Z\t' : `R\t361231000000Z\t${revokedAt()},${this.state}`
    writeFileSync(authority.path('index.txt'), `${status}\t${serial}\tunknown\t/CN=tsa\n`)
    writeFileSync(authority.path('index.txt.attr'), 'unique_subject = no\n')
    return authority
  }
}

/** In an hour, so after everything that was stamped here; as the register writes it. */
function revokedAt(): string {
  const iso = new Date(Date.now() + 3_600_000).toISOString()
  return `${iso.slice(2, 19).replace(/[-:T]/g, '')}Z`
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Revocation data over real HTTP, as the product will fetch them. */
export const overHttp: RevocationTransport = async (address, request) => {
  const response = await fetch(
    address,
    request && {
      method: 'POST',
      body: Buffer.from(request),
      headers: { 'content-type': 'application/ocsp-request' },
    },
  )
  if (!response.ok) throw new Error(`${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
