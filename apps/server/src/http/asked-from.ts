import { createHash, X509Certificate } from 'node:crypto'
import type { AskedFrom } from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import './app-context.ts'

function sha256(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

/**
 * The SHA-256 of a device's certificate, as a proxy writes it: in hexadecimal digits, with or without colons; the certificate itself as a
 * byte sequence (RFC 9440 §2); or as PEM with percent signs (nginx, `$ssl_client_escaped_cert`). Null for everything else, a header that
 * came twice among it.
 */
export function fingerprintOf(value: string): string | null {
  const digits = value.replaceAll(':', '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digits)) return digits
  try {
    const der = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(value)?.[1]
    if (der !== undefined) return sha256(new X509Certificate(Buffer.from(der, 'base64')).raw)
    if (!value.startsWith('-----BEGIN%20CERTIFICATE-----')) return null
    return sha256(new X509Certificate(decodeURIComponent(value)).raw)
  } catch {
    return null
  }
}

/**
 * Where a request comes from. A proxy is believed when it is named in `TRUSTED_PROXIES` and says whom it speaks for; from anybody else the
 * same headers are without effect.
 */
export function askedFrom({ certificateHeader }: FastifyInstance, request: FastifyRequest): AskedFrom {
  const { ip, ips = [], headers } = request
  // The first is the connection's own address; there are more only if that one is trusted.
  const stated = certificateHeader !== null && ips.length > 1 ? headers[certificateHeader] : undefined
  return { address: ip, certificate: typeof stated === 'string' ? fingerprintOf(stated) : null }
}
