import { expect, test } from 'vitest'
import { signRequest } from './sign-request.ts'

const login = {
  id: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
}
const at = new Date('2013-05-24T00:00:00Z')
const nothing = new Uint8Array()

// The examples of Amazon's reference: "Authenticating Requests: Using the Authorization Header", S3 API.
test.each([
  [
    'GET',
    'https://examplebucket.s3.amazonaws.com/test.txt',
    { range: 'bytes=0-9' },
    nothing,
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'PUT',
    'https://examplebucket.s3.amazonaws.com/test%24file.text',
    { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    Buffer.from('Welcome to Amazon S3.'),
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'GET',
    'https://examplebucket.s3.amazonaws.com/?lifecycle',
    {},
    nothing,
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'GET',
    'https://examplebucket.s3.amazonaws.com/?prefix=J&max-keys=2',
    {},
    nothing,
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
] as const)('%s %s is signed as in the reference', (method, url, headers, body, signature) => {
  const { authorization, host } = signRequest(login, { method, url: new URL(url), headers, body }, at)
  expect(authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/20130524\/us-east-1\/s3\/aws4_request,SignedHeaders=[a-z0-9;-]*host;/,
  )
  expect(authorization?.split('Signature=')[1]).toBe(signature)
  // The connection sends it by itself.
  expect(host).toBeUndefined()
})
