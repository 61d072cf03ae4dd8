import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { MessageImprint, TimeStampReq, TimeStampReqVersion } from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { type DigestAlgorithm, objectIdentifierOf } from './digest-algorithm.ts'

/** What is asked of a time-stamping authority (TSA): a hash, never the data. */
export type TimeStampRequest = {
  algorithm: DigestAlgorithm
  digest: Uint8Array
  /** 8 to 20 random bytes that tie the answer to this question; the caller draws them. */
  nonce: Uint8Array
  /** The policy under which the TSA shall work, as a dotted object identifier; any when left out. */
  policy?: string
}

/** TimeStampReq, version 1, asking for the TSA's certificate in the answer. RFC 3161 section 2.4.1. */
export function encodeTimeStampRequest({ algorithm, digest, nonce, policy }: TimeStampRequest): Uint8Array {
  if (nonce.length < 8 || nonce.length > 20) throw new RangeError('A nonce has 8 to 20 bytes')
  const request = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: objectIdentifierOf(algorithm), parameters: null }),
      hashedMessage: new OctetString(digest),
    }),
    ...(policy !== undefined && { reqPolicy: policy }),
    nonce: positiveInteger(nonce),
    certReq: true,
  })
  return new Uint8Array(AsnConvert.serialize(request))
}

/** The content bytes of a positive INTEGER: shortest form, with a leading zero byte where the sign bit asks for one. */
export function positiveInteger(bytes: Uint8Array): ArrayBuffer {
  const start = bytes.findIndex((byte) => byte !== 0)
  const significant = start < 0 ? Uint8Array.of(0) : bytes.slice(start)
  const sign = (significant[0] ?? 0) >= 0x80 ? [0] : []
  return Uint8Array.from([...sign, ...significant]).buffer
}
