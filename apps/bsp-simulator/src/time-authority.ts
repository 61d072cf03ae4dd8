import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Integer } from 'asn1js'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type AuthorityCertificates,
  type KeptCertificates,
  keptOf,
  makeCertificates,
  pemOf,
  restoredFrom,
} from './authority-certificates.ts'
import { ocspReply, revocationList } from './certificate-status.ts'
import type { FaultBoard } from './faults.ts'
import { readIfThere, replaceFile } from './kept-file.ts'
import { refusal, timeStampReply } from './time-stamp-reply.ts'

/**
 * A time-stamping authority of this machine (RFC 3161), which also says whether its certificates hold: by OCSP (RFC 6960) and by a
 * revocation list (RFC 5280). Real in form, and worth nothing: whoever has the folder has its keys.
 */
export class TimeAuthority {
  readonly #certificates: AuthorityCertificates
  readonly #now: () => number
  #revokedAt: Date | null = null
  #serial = 0

  private constructor(certificates: AuthorityCertificates, now: () => number) {
    this.#certificates = certificates
    this.#now = now
  }

  /** @param folder where it keeps its keys; null: nowhere @param address where its routes are */
  static async open(folder: string | null, address: string, now: () => number): Promise<TimeAuthority> {
    const path = folder === null ? null : join(folder, 'time-authority.json')
    const kept = path === null ? null : await readKept(path)
    if (kept?.address === address) return new TimeAuthority(await restoredFrom(kept.certificates), now)
    const certificates = await makeCertificates(address, new Date(now()))
    if (folder !== null && path !== null) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const text = JSON.stringify({ address, certificates: await keptOf(certificates) })
      await replaceFile(path, text)
    }
    return new TimeAuthority(certificates, now)
  }

  get rootPem(): string {
    return pemOf(this.#certificates.root)
  }

  /** From now on its stamping certificate is said to be revoked; false: good again. */
  revoke(isRevoked: boolean): void {
    this.#revokedAt = isRevoked ? new Date(this.#now()) : null
  }

  /** A TimeStampReq in, a TimeStampResp out. @param lies the time stamp is of something else */
  stamp(request: Uint8Array<ArrayBuffer>, lies: boolean): Promise<ArrayBuffer> {
    return timeStampReply(this.#certificates.stamper, request, this.#now(), this.#nextSerial(), lies)
  }

  /** An OCSPRequest in, an OCSPResponse out. */
  status(request: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
    return ocspReply(this.#certificates, request, new Date(this.#now()), this.#revokedAt)
  }

  list(): Promise<ArrayBuffer> {
    return revocationList(this.#certificates, new Date(this.#now()), this.#revokedAt)
  }

  #nextSerial(): Integer {
    this.#serial += 1
    return Integer.fromBigInt((BigInt(this.#now()) << 16n) | BigInt(this.#serial % 65_536))
  }
}

type Kept = { readonly address: string; readonly certificates: KeptCertificates }

/** Null: nothing is kept. @throws where the file holds something else */
async function readKept(path: string): Promise<Kept | null> {
  const text = await readIfThere(path)
  return text === null ? null : (JSON.parse(text) as Kept)
}

/** `/tsa` stamps, `/tsa/ocsp` and `/tsa/list.crl` say whether it may, `/tsa/root.pem` is whom to trust; `PUT /tsa/revoked` for tests. */
export function registerTimeAuthority(
  app: FastifyInstance,
  authority: () => Promise<TimeAuthority>,
  faults: FaultBoard,
): void {
  for (const type of ['application/timestamp-query', 'application/ocsp-request'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  async function answer(
    reply: FastifyReply,
    type: string,
    bytes: Promise<ArrayBuffer>,
  ): Promise<FastifyReply> {
    return reply.type(type).send(Buffer.from(await bytes))
  }
  function bodyOf({ body }: FastifyRequest): Uint8Array<ArrayBuffer> {
    return new Uint8Array(Buffer.isBuffer(body) ? body : [])
  }
  app.post('/tsa', async (request, reply) => {
    const { delayMs, answer: fault } = faults.current.stamps
    await sleep(delayMs)
    if (fault === 'never') return reply.hijack()
    if (fault === 'server-error') return reply.code(502).send()
    if (fault === 'html') return reply.type('text/html').send('<!doctype html><title>Wartung</title>')
    const stamped =
      fault === 'refuse'
        ? Promise.resolve(refusal('systemFailure'))
        : (await authority()).stamp(bodyOf(request), fault === 'other-hash')
    return answer(reply, 'application/timestamp-reply', stamped)
  })
  app.post('/tsa/ocsp', async (request, reply) =>
    answer(reply, 'application/ocsp-response', (await authority()).status(bodyOf(request))),
  )
  app.get('/tsa/list.crl', async (_request, reply) =>
    answer(reply, 'application/pkix-crl', (await authority()).list()),
  )
  app.get('/tsa/root.pem', async (_request, reply) =>
    reply.type('application/x-pem-file').send((await authority()).rootPem),
  )
  app.put('/tsa/revoked', async (request) => {
    const { revoked } = z.object({ revoked: z.boolean() }).parse(request.body)
    ;(await authority()).revoke(revoked)
    return { revoked }
  })
}
