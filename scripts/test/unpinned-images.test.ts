import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { unpinnedImages } from '../unpinned-images.mjs'

function read(path: string) {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
}
const digest = `sha256:${'0a'.repeat(32)}`

test('an image without a digest is told, one with a digest and one of our own are not', () => {
  const compose = `services:\n  a:\n    image: postgres:18\n  b:\n    image: redis:8@${digest}\n  c:\n    build: .\n    image: buergerdraht\n`
  expect(unpinnedImages(compose)).toEqual(['postgres:18'])
  expect(unpinnedImages(`ARG NODE=node:22\nFROM \${NODE} AS build\nFROM debian:12@${digest}\n`)).toEqual([
    'node:22',
  ])
  expect(unpinnedImages(`FROM node:22@sha256:short\n`)).toEqual(['node:22@sha256:short'])
})

test('each image that Dockerfile and docker-compose.yml pull is looked at', () => {
  const images = ['Dockerfile', 'docker-compose.yml'].map((path) =>
    read(path).replace(/@sha256:[0-9a-f]{64}/g, ''),
  )
  expect(images.map((text) => unpinnedImages(text).map((image) => image.split(':')[0]))).toEqual([
    ['node'],
    ['postgres', 'redis', 'clamav/clamav'],
  ])
})

test('compose bounds memory and processes of every service', () => {
  const text = read('docker-compose.yml')
  const services = text
    .slice(text.indexOf('\nservices:'), text.indexOf('\nsecrets:'))
    .split(/\n {2}(?=\w+:\n)/)
    .slice(1)
  const app = text.slice(text.indexOf('x-app:'), text.indexOf('\nservices:'))
  expect(services.length).toBeGreaterThan(5)
  for (const service of services) {
    const all = service.includes('<<: *app') ? app : service
    expect(all, service.split('\n')[0]).toMatch(/^ +mem_limit: /m)
    expect(all, service.split('\n')[0]).toMatch(/^ +pids_limit: \d+$/m)
  }
})
