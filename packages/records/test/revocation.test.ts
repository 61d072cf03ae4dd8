import { expect, it } from 'vitest'
import { digest } from '#cryptography'
import { parseCertificatesPem } from '../src/time/certificate.ts'
import { checkTimeStamp } from '../src/time/check-time-stamp.ts'
import { children, readDer } from '../src/time/der.ts'
import { fetchRevocation, type RevocationTransport } from '../src/time/fetch-revocation.ts'
import { isWithin, readNameConstraints } from '../src/time/name-constraints.ts'
import { requestTimeStamp } from '../src/time/request-time-stamp.ts'
import { readTimeStampInfo } from '../src/time/time-stamp-info.ts'
import { parseTimeStampToken } from '../src/time/time-stamp-token.ts'
import { LyingAuthority } from './lying-authority.ts'
import {
  address,
  extension,
  int,
  listPoint,
  named,
  ocspResponse,
  oid,
  responder,
  revocationList,
  seq,
  tagged,
} from './lying-certificates.ts'

const by = new LyingAuthority('p256', {
  signer: { extensions: [listPoint('http://tsa.example/root.crl'), responder('http://tsa.example/ocsp')] },
})
const roots = parseCertificatesPem(by.rootPem)
const [yesterday, tomorrow] = [new Date('2026-11-22T00:00:00Z'), new Date('2026-11-24T00:00:00Z')]
const imprint = digest('sha256', Buffer.from('data'))
const asked: string[] = []

/** Answers at these addresses, and nowhere else. */
function published(answers: Record<string, Uint8Array>): RevocationTransport {
  asked.length = 0
  return async (address) => {
    asked.push(address)
    const answer = answers[address]
    if (answer === undefined) throw new Error('Not found')
    return answer
  }
}

async function stampedWith(transport?: RevocationTransport) {
  const nonce = Buffer.from('0102030405060708', 'hex')
  const request = { algorithm: 'sha256', digest: imprint, nonce } as const
  const token = by.token(imprint, { beyond: [int(nonce)] })
  const response = seq(seq(int(0)), token)
  const answer = await requestTimeStamp(request, { roots }, async () => response, transport)
  if (!answer.ok) throw new Error(answer.detail)
  return answer
}

it('is fetched as an OCSP answer, else as a list, and kept in the token', async () => {
  const ocsp = ocspResponse(by.root, by.signer, yesterday, tomorrow)
  const list = revocationList(by.root, yesterday, tomorrow)
  const cases = [
    [{ 'http://tsa.example/ocsp': ocsp }, 'OCSP', 5],
    [{ 'http://tsa.example/root.crl': list }, 'CRL', 3],
    [{ 'http://tsa.example/ocsp': Buffer.from('<html>'), 'http://tsa.example/root.crl': list }, 'CRL', 3],
  ] as const
  for (const [answers, kind, version] of cases) {
    const { token, verdict } = await stampedWith(published(answers))
    expect(verdict.revocation).toMatchObject([{ offered: true, statement: { status: 'good', by: kind } }])
    expect(verdict.surplus).toEqual([])
    expect(parseTimeStampToken(token).parts.version.content).toEqual(Uint8Array.of(version))
    expect(checkTimeStamp(token, { roots, digestOf: () => imprint, latest: tomorrow }).ok).toBe(true)
  }
  expect(asked).toEqual(['http://tsa.example/ocsp', 'http://tsa.example/root.crl'])
})

it('is missing, and said to be, when nobody answers or nothing is asked', async () => {
  for (const transport of [published({}), undefined]) {
    const { verdict } = await stampedWith(transport)
    expect(verdict.revocation).toMatchObject([{ offered: true, statement: undefined }])
  }
})

it('is not asked for where a certificate does not say it clearly', async () => {
  const issuerOnly = extension(
    '1.3.6.1.5.5.7.1.1',
    false,
    seq(seq(oid('1.3.6.1.5.5.7.48.2'), address('http://a'))),
  )
  const unreadable = [
    extension('1.3.6.1.5.5.7.1.1', false, int(1)),
    extension('2.5.29.31', false, seq(int(1))),
  ]
  for (const extensions of [[issuerOnly], unreadable]) {
    const token = by.token(imprint, { signer: by.certifies('p256', { extensions }) })
    const verdict = checkTimeStamp(token, { roots, digestOf: () => imprint })
    if (!verdict.ok) throw new Error(verdict.detail)
    expect(verdict.revocation).toMatchObject([{ offered: false, statement: undefined }])
    expect(await fetchRevocation(verdict.path, published({}))).toEqual([])
    expect(asked).toEqual([])
  }
})

it('is not kept when it is about something else, or made after the certificate had ended', async () => {
  const other = ocspResponse(by.root, by.certifies('p256'), yesterday, tomorrow)
  const late = revocationList(by.root, new Date('2047-01-01T00:00:00Z'), new Date('2048-01-01T00:00:00Z'))
  for (const answers of [{ 'http://tsa.example/ocsp': other }, { 'http://tsa.example/root.crl': late }]) {
    const { token, verdict } = await stampedWith(published(answers))
    expect(verdict.revocation).toMatchObject([{ statement: undefined }])
    expect(parseTimeStampToken(token).parts.revocation).toEqual([])
  }
})

it('may name a moment a little behind the stamp that covers it: those are two clocks', async () => {
  const week = new Date('2026-12-01T00:00:00Z')
  const { token } = await stampedWith(
    published({ 'http://tsa.example/ocsp': ocspResponse(by.root, by.signer, tomorrow, week) }),
  )
  function seenBy(minutesBefore: number) {
    const latest = new Date(tomorrow.getTime() - minutesBefore * 60_000)
    return checkTimeStamp(token, { roots, digestOf: () => imprint, latest })
  }
  expect(seenBy(5)).toMatchObject({
    ok: true,
    surplus: [],
    revocation: [{ statement: { status: 'good', by: 'OCSP' } }],
  })
  expect(seenBy(6)).toMatchObject({
    surplus: ['revocation data that say nothing about the path'],
    revocation: [{ statement: undefined }],
  })
})

it('nothing stands twice in what is stored', () => {
  const token = by.token(imprint, { certificates: [by.signer.der, by.signer.der, by.root.der] })
  const verdict = checkTimeStamp(token, { roots, digestOf: () => imprint })
  expect(verdict).toMatchObject({ ok: true, surplus: ['something twice'] })
  if (!verdict.ok) throw new Error(verdict.detail)
  const stored = checkTimeStamp(verdict.storedWith([]), { roots, digestOf: () => imprint })
  expect(stored).toMatchObject({ ok: true, surplus: [] })
})

it('names are within what an authority is limited to', () => {
  const limit = readNameConstraints(readDer(seq(tagged(0, seq(tagged(4, named('Musterstadt')))))))
  function within(name: string, tag?: number) {
    return isWithin(limit, readDer(named(name, tag)), [])
  }
  expect([within('Musterstadt'), within('MUSTERSTADT', 0x13), within('Anderswo')]).toEqual([
    true,
    true,
    false,
  ])
  const excluded = readNameConstraints(readDer(seq(tagged(1, seq(tagged(4, named('Musterstadt')))))))
  expect(isWithin(excluded, readDer(named('Musterstadt')), [])).toBe(false)
  expect(isWithin(excluded, readDer(named('Anderswo')), [])).toBe(true)
  expect(children(readDer(named('x')))).toHaveLength(1)
})

it('what the authority signs says its time to the millisecond', () => {
  const { content } = parseTimeStampToken(by.token(imprint))
  expect(readTimeStampInfo(content).at.toISOString()).toBe('2026-11-23T03:00:00.000Z')
})
