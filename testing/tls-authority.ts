import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TlsAuthority = {
  /** PEM files: the authority's certificate, and key and certificate of a server at 127.0.0.1. */
  caFile: string
  keyFile: string
  certFile: string
  remove(): void
}

/** An authority of a network of its own, in a folder of its own, with one certificate for servers at 127.0.0.1. */
export function makeTlsAuthority(): TlsAuthority {
  const directory = mkdtempSync(join(tmpdir(), 'buergerdraht-tls-'))
  function file(name: string): string {
    return join(directory, name)
  }
  function openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: 'ignore' })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const authority = ['-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Netz der Stadt']
  openssl('req', '-x509', '-days', '2', ...newKey, ...authority)
  openssl('req', ...newKey, '-keyout', file('server.key'), '-out', file('server.csr'), '-subj', '/CN=server')
  writeFileSync(file('server.ext'), 'subjectAltName=IP:127.0.0.1\n')
  const signing = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2']
  const request = ['-in', file('server.csr'), '-extfile', file('server.ext'), '-out', file('server.pem')]
  openssl('x509', '-req', ...signing, ...request)
  return {
    caFile: file('ca.pem'),
    keyFile: file('server.key'),
    certFile: file('server.pem'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
