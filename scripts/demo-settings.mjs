import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf, ConfigUnusable, readConfig } from '../apps/server/dist/config.js'
import { CannotStart } from './cannot-start.mjs'
import { root } from './workspace.mjs'

/** Only so that the other settings can be checked before the packaged database runs, which alone knows its address. */
const addressNotKnownYet = 'postgresql://127.0.0.1/'
const redisPatienceMs = 3_000

/**
 * What the demo office is to be like.
 * @param {Record<string, string | undefined>} environment
 * @throws {CannotStart} naming every setting that cannot be used
 */
export function demoSettings(environment) {
  const port = portNumber(environment.PORT, 8080, 'PORT')
  const ports = {
    PORT: port,
    SIMULATOR_PORT: portNumber(environment.SIMULATOR_PORT, port + 1, 'SIMULATOR_PORT'),
    WORKER_PORT: portNumber(environment.WORKER_PORT, port + 2, 'WORKER_PORT'),
  }
  requireDifferent(ports)
  const host = environment.HOST || '127.0.0.1'
  const dataDirectory = resolve(root, environment.DATA_DIR || '.data')
  const simulatorUrl = addressOf(host, ports.SIMULATOR_PORT)
  const hasDatabase = Boolean(environment.DATABASE_URL || environment.DATABASE_URL_FILE)
  const childEnvironment = {
    ...environment,
    ...(hasDatabase ? {} : { DATABASE_URL: addressNotKnownYet }),
    NODE_ENV: 'development',
    HOST: host,
    ...Object.fromEntries(Object.entries(ports).map(([name, value]) => [name, String(value)])),
    SIMULATOR_URL: simulatorUrl,
    SIMULATOR_STATE: environment.SIMULATOR_STATE || join(dataDirectory, 'simulator'),
    DATA_DIR: dataDirectory,
    // The simulator has a time-stamping authority; its root is fetched when the office is seeded.
    ...(environment.TSA_URLS
      ? {}
      : { TSA_URLS: `${simulatorUrl}/tsa`, TSA_ROOTS: join(dataDirectory, 'tsa-root.pem') }),
    // The simulator is at its other end.
    XDOMEA_FOLDER: environment.XDOMEA_FOLDER || join(dataDirectory, 'hand-over'),
    // Newer Node keeps what it compiled from one start to the next.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.compile-cache'),
  }
  const { databaseUrl, redisUrl } = checked(childEnvironment)
  return {
    host,
    ports,
    baseUrl: addressOf(host, port),
    simulatorUrl,
    workerUrl: addressOf(host, ports.WORKER_PORT),
    dataDirectory,
    databaseUrl: hasDatabase ? databaseUrl : undefined,
    redisUrl,
    /** For the programs, once the address of the database is known. */
    childEnvironment: (url) => ({ ...childEnvironment, DATABASE_URL: url, DATABASE_URL_FILE: '' }),
  }
}

function portNumber(text, fallback, name) {
  const port = Number(text || fallback)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new CannotStart(`${name} must be a number between 1 and 65535, not "${text || fallback}".`)
}

function requireDifferent(ports) {
  const names = Object.keys(ports)
  for (const [place, name] of names.entries()) {
    const other = names.slice(0, place).find((earlier) => ports[earlier] === ports[name])
    if (other) throw new CannotStart(`${other} and ${name} must differ; both are ${ports[name]}.`)
  }
}

function checked(environment) {
  try {
    return readConfig(environment)
  } catch (error) {
    throw error instanceof ConfigUnusable ? new CannotStart(error.message) : error
  }
}

/**
 * Checks that nobody else listens where the office is going to, and waits a while for those who are about to end.
 * @param {Record<string, number>} ports by the setting that chooses them
 * @throws {CannotStart}
 */
export async function requireFreePorts(ports, host, patienceMs) {
  const deadline = Date.now() + patienceMs
  for (const [setting, port] of Object.entries(ports)) {
    let trouble = await listenTrouble(port, host)
    for (; trouble === 'EADDRINUSE' && Date.now() < deadline; trouble = await listenTrouble(port, host)) {
      await sleep(100)
    }
    if (trouble !== undefined) throw new CannotStart(sentenceFor(trouble, port, host, setting))
  }
}

function sentenceFor(trouble, port, host, setting) {
  if (trouble === 'EADDRINUSE')
    return `Port ${port} is already in use; end the program that uses it, or choose another one with ${setting}=….`
  if (trouble === 'EACCES')
    return `Port ${port} may only be used by root; choose one above 1023 with ${setting}=….`
  return `This machine cannot listen on ${host}:${port} (${trouble}); check HOST.`
}

function listenTrouble(port, host) {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', (error) => done(error.code))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)))
  })
}

/** Api and worker wait for a Redis that is away; at a start it is more likely the address that is wrong. */
export async function requireRedis(redisUrl) {
  if (redisUrl === undefined) return
  const { hostname, port } = new URL(redisUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  const trouble = await new Promise((done) => {
    const probe = connect({ host, port: Number(port || 6379), timeout: redisPatienceMs })
    probe.once('connect', () => done(undefined))
    probe.once('timeout', () => done('ETIMEDOUT'))
    probe.once('error', (error) => done(error.code))
  })
  if (trouble === undefined) return
  throw new CannotStart(
    `The Redis at ${hostname}:${port || 6379} cannot be reached (${trouble}); check REDIS_URL.`,
  )
}
