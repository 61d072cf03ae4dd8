import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import * as records from '../dist/index.js'

/**
 * Measures on the machine it runs on and prints ratios to a baseline of the same run; absolute times stand beside them
 * only to be multiplied. `--quick` takes small sizes, to see that it works; names take a part.
 */
const { values, positionals: names } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const { quick } = values
const folder = await mkdtemp(join(tmpdir(), 'records-bench-'))
function print(text) {
  return process.stdout.write(`${text}\n`)
}

try {
  const benches = {
    verification: () => verification(quick ? 32 : 1024),
    items: () => manyItems(quick ? 1000 : 100_000),
    appending: () => appending(quick ? 20_000 : 1_000_000),
    durable: () => durableAppending(quick ? 200 : 2000),
    ledger: () => checkingLedger(quick ? 10_000 : 1_000_000),
    renewal: () => renewing(quick ? 10_000 : 100_000),
  }
  for (const [name, bench] of Object.entries(benches))
    if (names.length === 0 || names.includes(name)) await bench()
} finally {
  await rm(folder, { recursive: true })
}

/**
 * One package of one large item: verifying against plain SHA-256 over the same file, and the memory it takes. A verifier
 * demands two hashes; so the second line takes both hashes of the same file as its measure, and the third says what is left
 * when the cost of the second one is taken away.
 */
async function verification(megabytes) {
  const { packagePath, trust, itemKeys } = await bigPackage(megabytes)
  const { size } = await stat(packagePath)
  const rounds = []
  for (let round = 0; round < 3; round++) {
    const first = await timed(() => plainHash(packagePath, 'sha256'))
    const both = await timed(() => plainHash(packagePath, 'sha256', 'sha3-512'))
    const verified = await timed(() => verify(packagePath, { trust }))
    const opened = await timed(() => verify(packagePath, { trust, itemKeys }))
    const second = both - first
    rounds.push({
      verified: first / verified,
      opened: first / opened,
      verifiedToBoth: both / verified,
      openedToBoth: both / opened,
      verifiedByFirst: first / (verified - second),
      openedByFirst: first / (opened - second),
      second: second / first,
    })
  }
  function median(of) {
    return rounds
      .map((round) => round[of])
      .toSorted((a, b) => a - b)[1]
      .toFixed(2)
  }
  const growth = await growthDuring(() => verify(packagePath, { trust, itemKeys }))
  print(`verification of ${(size / 1e9).toFixed(2)} GB; in brackets with decryption and commitments`)
  print(`  plain SHA-256 = 1                               ${median('verified')} (${median('opened')})`)
  print(
    `  plain SHA-256 and SHA3-512 = 1                  ${median('verifiedToBoth')} (${median('openedToBoth')})`,
  )
  print(
    `  plain SHA-256 = 1, without the second hash      ${median('verifiedByFirst')} (${median('openedByFirst')})  (goals 0.6 and 0.35)`,
  )
  print(`  the second hash (SHA3-512) takes                ${median('second')} of SHA-256`)
  print(`  memory beyond the process at rest               ${growth} MB`)
}

/** One package of many small items: what one costs and how memory grows with their number. */
async function manyItems(count) {
  const results = []
  for (const items of [count / 10, count]) {
    const { packagePath, trust } = await packageOf(`many-${items}.zip`, items, () => [randomBytes(100)])
    const perItem = (await timed(() => verify(packagePath, { trust }))) / items
    const growth = await growthDuring(() => verify(packagePath, { trust }))
    results.push({ items, perItem, growth })
  }
  const hashing = (await timed(() => hashTimes(100_000))) / 100_000
  print('verification of many items of 100 bytes; one SHA-256 of 64 bytes = 1')
  for (const { items, perItem, growth } of results) {
    print(
      `  ${String(items).padStart(6)} items: ${(perItem / hashing).toFixed(0)} an item, memory beyond the process at rest ${growth} MB`,
    )
  }
}

async function growthDuring(work) {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 20)
  await work()
  clearInterval(watch)
  return ((peak - before) / 1e6).toFixed(0)
}

async function verify(path, question) {
  const source = await records.bytesInFile(path)
  const { findings } = await records.verifyPackage(source, question)
  await source.close()
  if (records.verdictOf(findings) !== 0) throw new Error(JSON.stringify(findings))
}

async function plainHash(path, ...algorithms) {
  const source = await records.bytesInFile(path)
  const hashes = algorithms.map((algorithm) => createHash(algorithm))
  for (let at = 0; at < source.size; at += 1 << 20) {
    const chunk = await source.read(at, Math.min(1 << 20, source.size - at))
    for (const hash of hashes) hash.update(chunk)
  }
  for (const hash of hashes) hash.digest()
  await source.close()
}

async function bigPackage(megabytes) {
  const block = randomBytes(1 << 20)
  return packageOf('package.zip', 1, function* () {
    for (let at = 0; at < megabytes; at++) yield block
  })
}

/** A package of items of the same content, with everything that a verifier needs to be given. */
async function packageOf(file, count, content) {
  const { generateKeyPairSync } = await import('node:crypto')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const origin = 'bench.example/archive'
  const packageId = crypto.randomUUID()
  const secrets = { key: randomBytes(32), salt: randomBytes(32), nonce: randomBytes(12) }
  const plain = [...(count > 1 ? content() : [])]
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  // Sealed twice, since the manifest stands before the items: once for the hashes, once into the package.
  function sealed(item) {
    return records.sealItem({ package: packageId, item }, secrets, count > 1 ? plain : content())
  }
  function base64(bytes) {
    return Buffer.from(bytes).toString('base64')
  }
  const items = []
  for (const id of ids) {
    const first = sealed(id)
    for await (const _ of first.ciphertext);
    const { size, commit, cipherHash, secondCipherHash } = first.seal()
    items.push({
      id,
      kind: 'ATTACHMENT',
      mediaType: 'video/mp4',
      size,
      commit: base64(commit),
      cipherHash: base64(cipherHash),
      secondCipherHash: base64(secondCipherHash),
    })
  }
  const manifest = {
    format: 'buergerdraht-archive-package',
    v: 1,
    package: packageId,
    createdAt: '2026-11-23T03:00:00.000Z',
    cluster: 'DA03',
    rule: 'LR-DA03@1',
    class: 'CASE_CLOSED/10y',
    algorithms: { cipher: 'aes-256-gcm', hash: 'sha256', secondHash: 'sha3-512' },
    items,
  }
  const { log, close } = await records.openLog(join(folder, `archive-${file}`))
  await log.append([{ leaf: records.leafHash(records.encodeManifest(manifest)) }])
  const note = records.signNote({ text: records.checkpointText(log.head(origin)), signatures: [] }, [
    records.logSigner(origin, privateKey),
  ])
  const checkpoint = Buffer.from(records.formatNote(note))
  await close()
  const proof = records.formatProofFile({ index: 0, proof: [], checkpoint })
  const packagePath = join(folder, file)
  function ciphertext({ id }) {
    return sealed(id).ciphertext
  }
  await pipeline(records.writePackage({ manifest, proof, ciphertext }), createWriteStream(packagePath))
  const keys = [records.noteKey('log', origin, records.rawPublicKey(publicKey))]
  return { packagePath, trust: { keys }, itemKeys: new Map(ids.map((id) => [id, secrets.key])) }
}

/** A log grown in batches without flushes: how the cost of an entry grows with the log, and what proofs take. */
async function appending(total) {
  const { log, close } = await records.openLog(join(folder, 'growing'), { durable: false })
  const leaves = Array.from({ length: 1000 }, () => ({ leaf: randomBytes(32) }))
  const hashing = (await timed(() => hashTimes(100_000))) / 100_000
  print(
    `appending without fsync, in batches of 1000; one SHA-256 of 64 bytes = 1 (${(hashing * 1e3).toFixed(2)} µs)`,
  )
  let mark = 1000
  let started = performance.now()
  let since = 0
  while (log.size < total) {
    await log.append(leaves)
    since += 1000
    if (log.size < mark) continue
    const perEntry = (performance.now() - started) / since
    const proof = await proofCost(log)
    print(
      `  up to ${String(log.size).padStart(7)} leaves: ${(perEntry / hashing).toFixed(1)} an entry; inclusion proof ` +
        `${(proof.inclusion / hashing).toFixed(0)}, consistency ${(proof.consistency / hashing).toFixed(0)}, ` +
        `${proof.hashes} hashes (${proof.hashes * 32} bytes)`,
    )
    mark *= 10
    started = performance.now()
    since = 0
  }
  await close()
  const reopened = await timed(async () => (await records.openLog(join(folder, 'growing'))).close())
  print(
    `  opening it again, with everything checked       ${(reopened / total / hashing).toFixed(1)} an entry`,
  )
}

async function proofCost(log) {
  const rounds = 100
  const indexes = Array.from({ length: rounds }, (_, at) => Math.floor((log.size * at) / rounds))
  let hashes = 0
  const inclusion = await timed(async () => {
    for (const index of indexes) hashes = Math.max(hashes, (await log.proveInclusion(index)).length)
  })
  const consistency = await timed(async () => {
    for (const index of indexes) await log.proveConsistency(index + 1)
  })
  return { hashes, inclusion: inclusion / rounds, consistency: consistency / rounds }
}

/** One entry and a batch of 100 a flush, against a bare write and flush of as many bytes. */
async function durableAppending(count) {
  const { open } = await import('node:fs/promises')
  const file = await open(join(folder, 'bare'), 'w')
  const bytes = randomBytes(80)
  const bare = await timed(async () => {
    for (let at = 0; at < count; at++) {
      await file.write(bytes)
      await file.datasync()
    }
  })
  await file.close()
  const { log, close } = await records.openLog(join(folder, 'durable'))
  const single = await timed(async () => {
    for (let at = 0; at < count; at++) await log.append([{ leaf: randomBytes(32) }])
  })
  const batched = await timed(async () => {
    for (let at = 0; at < count / 100; at++)
      await log.append(Array.from({ length: 100 }, () => ({ leaf: randomBytes(32) })))
  })
  await close()
  print(`appending with fsync; one bare write and fdatasync = 1 (${((bare / count) * 1e3).toFixed(0)} µs)`)
  print(`  one entry a flush                               ${(single / bare).toFixed(2)} an entry`)
  print(`  a hundred entries a flush                       ${(batched / bare).toFixed(3)} an entry`)
}

/** A ledger of deletions under one checkpoint: what its full check takes, against SHA-256 over its bytes. */
async function checkingLedger(total) {
  const { generateKeyPairSync } = await import('node:crypto')
  const path = join(folder, 'ledger')
  const origin = 'bench.example/ledger'
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { log, close } = await records.openLog(path, { durable: false })
  while (log.size < total) {
    const batch = Array.from({ length: 1000 }, (_, n) => {
      const [entry, salt] = [deletion(log.size + n), randomBytes(32)]
      return { leaf: records.leafHash(records.entryCommitment(entry, salt)), opening: { salt, entry } }
    })
    await log.append(batch)
  }
  const note = records.signNote({ text: records.checkpointText(log.head(origin)), signatures: [] }, [
    records.logSigner(origin, privateKey),
  ])
  await close()
  await mkdir(join(path, 'checkpoints'))
  await writeFile(join(path, 'checkpoints', `${total}.txt`), records.formatNote(note))
  const trust = { keys: [records.noteKey('log', origin, records.rawPublicKey(publicKey))] }
  const { size } = await stat(join(path, 'log'))
  const hashing = await timed(() => plainHash(join(path, 'log'), 'sha256'))
  const growth = await growthDuring(() => checkLedger(path, trust))
  const checking = await timed(() => checkLedger(path, trust))
  const opening = await timed(async () => (await records.openLog(path)).close())
  print(
    `full check of a ledger of ${total} deletions, ${(size / 1e6).toFixed(0)} MB; SHA-256 of its bytes = 1`,
  )
  print(`  every line, entry and leaf, and the tree        ${(hashing / checking).toFixed(3)}`)
  print(`  opening it for writing                          ${(hashing / opening).toFixed(3)}`)
  print(
    `  check, for a million entries                    ${((checking / total) * 1000).toFixed(1)} s  (goal 10)`,
  )
  print(`  opening, for a million entries                  ${((opening / total) * 1000).toFixed(1)} s`)
  print(`  memory beyond the process at rest               ${growth} MB`)
}

async function checkLedger(path, trust) {
  const opened = await records.openLedgerFolder(path)
  const { findings } = await records.verifyLedger(opened, trust)
  await opened.close()
  if (records.verdictOf(findings) !== 0) throw new Error(JSON.stringify(findings))
}

function deletion(seq) {
  const target = 'requested'
  return {
    v: 1,
    seq,
    type: 'DELETE',
    at: '2026-11-23T03:00Z',
    cluster: 'DA01',
    rule: 'LR-DA01@1',
    class: 'CASE_CLOSED/30d',
    ground: 'ART5_1E',
    objects: { conversations: 1, messages: 3, attachments: 1 },
    tombstones: { alg: 'hmac-sha256', segment: '2026-11', from: seq * 5, to: seq * 5 + 4 },
    archive: { decision: 'NOT_REQUIRED' },
    approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
    targets: {
      pg: target,
      keys: target,
      blob: target,
      search: target,
      redis: 'notApplicable',
      bsp: 'notApplicable',
      metaContactBook: 'notApplicable',
    },
    residueUntil: '2026-12-30',
  }
}

/**
 * Evidence records on disk, renewed a thousand with one time stamp as the office does: what one costs, and how the most memory of the process
 * grows with their number. The authority is openssl.
 */
async function renewing(total) {
  const { build } = await import('esbuild')
  const program = join(folder, 'openssl-authority.mjs')
  await build({
    entryPoints: [new URL('../test/openssl-authority.ts', import.meta.url).pathname],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  const { OpensslAuthority } = await import(program)
  const authority = new OpensslAuthority()
  const roots = records.parseCertificatesPem(authority.rootPem)
  async function transport(request) {
    return authority.answer(request)
  }
  const hashing = (await timed(() => hashTimes(100_000))) / 100_000
  print(`renewal of evidence records, a thousand with one stamp; one SHA-256 of 64 bytes = 1`)
  try {
    let [done, spent] = [0, 0]
    for (const mark of [total / 10, total]) {
      for (; done < mark; done += 1000) spent += await renewedThousand(done, transport, roots)
      const peak = Number(/VmHWM:\s+(\d+)/.exec(await readFile('/proc/self/status', 'utf8'))[1]) / 1024
      print(
        `  ${String(mark).padStart(7)} records: ${(spent / done / hashing).toFixed(0)} a record; most memory so far ${peak.toFixed(0)} MB`,
      )
    }
  } finally {
    authority.remove()
  }
}

/** Makes, keeps, reads and renews a thousand records. @returns the milliseconds that renewing them took */
async function renewedThousand(from, transport, roots) {
  const algorithm = 'sha256'
  const groups = Array.from({ length: 1000 }, () => ['manifest', 'proof', 'stamp'].map(() => randomBytes(64)))
  const digests = groups.map((group) => group.map((bytes) => records.digest(algorithm, bytes)))
  const tree = records.hashTree(algorithm, digests)
  const asked = { algorithm, digest: tree.root, nonce: randomBytes(8) }
  const stamp = await records.requestTimeStamp(asked, { roots }, transport)
  if (!stamp.ok) throw new Error(stamp.code)
  const path = join(folder, `records-${from}`)
  await mkdir(path)
  for (const at of groups.keys()) {
    const record = records.evidenceRecord(algorithm, { token: stamp.token, reduced: tree.reduced(at) })
    await writeFile(join(path, `${at}.er`), records.encodeEvidenceRecord(record))
  }
  return timed(async () => {
    const all = []
    for (const [at, group] of groups.entries()) {
      all.push({
        record: await readFile(join(path, `${at}.er`)),
        hashesOf: (name) => group.map((bytes) => records.digest(name, bytes)),
        isWholeGroup: true,
      })
    }
    const authority = { timeStamps: transport, nonce: randomBytes(8) }
    const answer = await records.renewRecords(all, authority, { roots, on: new Date() })
    if (!answer.ok) throw new Error(answer.code)
    for (const [at, one] of answer.renewed.entries()) {
      if (!one.ok) throw new Error(one.code)
      await writeFile(join(path, `${at}.er`), one.record)
    }
  })
}

function hashTimes(count) {
  const bytes = randomBytes(64)
  for (let at = 0; at < count; at++) createHash('sha256').update(bytes).digest()
}

/** Milliseconds. */
async function timed(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}
