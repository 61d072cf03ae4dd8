import {
  checkpointName,
  erasureGroup,
  erasureName,
  evidenceGroup,
  evidenceName,
  manifestName,
  proofName,
  timeStampName,
} from '../archive/package-layout.ts'
import type { NoteKey } from '../log/note-key.ts'
import type { GoodTimeStamp } from '../time/check-time-stamp.ts'

/** The DER form of an Ed25519 public key before its 32 bytes (RFC 8410). */
const spkiPrefix = '302a300506032b6570032100'
const defaultRoot = 'tsa-root.pem'
const jars = '/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar'

/** What the commands for a time stamp depend on. `heldAt`: as of when they check it, where its certificates have ended since. */
export type StampToRepeat = Pick<GoodTimeStamp, 'algorithm' | 'isPkcs7'> & { heldAt?: Date }

/** Of a time stamp that nobody has judged nothing is known: then the commands are those that read every sort. */
export function stampToRepeat(stamp: GoodTimeStamp | undefined, on: Date): StampToRepeat {
  if (stamp === undefined) return { algorithm: 'sha256', isPkcs7: false }
  const { algorithm, isPkcs7, at, certificatesEndAt } = stamp
  return { algorithm, isPkcs7, ...(on > certificatesEndAt && { heldAt: at }) }
}

/**
 * Shell commands that repeat the steps of a verification with tools that are not ours, for somebody who does not
 * believe this program: unzip, sha256sum, openssl, a dozen lines of Python, and Bouncy Castle with a short Java program.
 */
export function commandsForPackage(
  packagePath: string,
  signer: NoteKey,
  witnesses: readonly NoteKey[],
  parts: {
    /** False where all of them are erased. */
    hasItems: boolean
    timeStamp: StampToRepeat | undefined
    hasEvidence: boolean
    /** Numbers of the erasures that have an evidence record. */
    evidencedErasures: readonly number[]
    rootPath: string | undefined
  },
): string[] {
  const [checkpoint, timeStamp] = [`package/${checkpointName}`, `package/${timeStampName}`]
  const root = quoted(parts.rootPath ?? defaultRoot)
  const group = evidenceGroup.filter((name) => name !== timeStampName || parts.timeStamp !== undefined)
  const records: (readonly [record: string, documents: readonly string[]])[] = [
    ...(parts.hasEvidence ? ([[evidenceName, group]] as const) : []),
    ...parts.evidencedErasures.map(
      (number) =>
        [erasureName(number, evidenceName), erasureGroup.map((file) => erasureName(number, file))] as const,
    ),
  ]
  return [
    `unzip -q -o ${quoted(packagePath)} -d package`,
    ...(parts.hasItems
      ? [
          'sha256sum package/items/*.bin  # cipherHash in manifest.json is the same in base64',
          'openssl dgst -sha3-512 package/items/*.bin  # and secondCipherHash',
        ]
      : []),
    ...signatureCommands(signer, checkpoint),
    ...witnesses.flatMap((witness) => cosignatureCommands(witness, checkpoint)),
    'node buergerdraht-verify.mjs --print-inclusion-check > inclusion-check.py',
    `python3 inclusion-check.py package/${proofName} package/${manifestName}`,
    ...(parts.timeStamp ? timeStampCommands(checkpoint, timeStamp, root, parts.timeStamp) : []),
    ...(records.length === 0
      ? []
      : ['node buergerdraht-verify.mjs --print-evidence-check > EvidenceCheck.java  # needs libbcpkix-java']),
    ...records.map(
      ([record, documents]) =>
        `java -cp ${jars} EvidenceCheck.java ${root} package/${record} ${documents.map((name) => `package/${name}`).join(',')}`,
    ),
  ]
}

/** The same for a checkpoint of a ledger, `<size>.txt` with `<size>.tsr` beside it. */
export function commandsForCheckpoint(
  path: string,
  signer: NoteKey,
  witnesses: readonly NoteKey[],
  stamp: StampToRepeat | undefined,
  rootPath = defaultRoot,
): string[] {
  const timeStamp = path.replace(/\.txt$/, '.tsr')
  return [
    ...signatureCommands(signer, path),
    ...witnesses.flatMap((witness) => cosignatureCommands(witness, path)),
    ...(stamp ? timeStampCommands(path, timeStamp, quoted(rootPath), stamp) : []),
  ]
}

/**
 * `openssl ts` checks all of it in one line, where it can read the token. `openssl cms` reads the others too; it checks the signature over the token's own
 * content, which the last line ties to the data.
 */
function timeStampCommands(
  data: string,
  timeStamp: string,
  root: string,
  { algorithm, isPkcs7, heldAt }: StampToRepeat,
): string[] {
  const trust = `-CAfile ${root}${heldAt === undefined ? '' : ` -attime ${Math.floor(heldAt.getTime() / 1000)}`}`
  return [
    // The token is the last part of the answer; `openssl ts -token_out` cannot read one with OCSP answers.
    `tail -c +$(( $(openssl asn1parse -inform DER -in ${quoted(timeStamp)} | sed -n 's/^ *\\([0-9]*\\):d=1 .*/\\1/p' | tail -n 1) + 1 )) ${quoted(timeStamp)} > token.der`,
    ...(isPkcs7 ? [`openssl ts -verify -data ${quoted(data)} -in ${quoted(timeStamp)} ${trust}`] : []),
    `openssl cms -verify -inform DER -in token.der ${trust} -purpose timestampsign -binary -out info.der`,
    `openssl asn1parse -inform DER -in info.der | grep -i "$(openssl dgst -${algorithm} -r ${quoted(data)} | cut -d ' ' -f 1)"  # the imprint`,
  ]
}

/** The Ed25519 signature of a log under its checkpoint (c2sp.org/signed-note). */
function signatureCommands(key: NoteKey, checkpoint: string): string[] {
  return [
    keyCommand(key, 'log-key.pem'),
    `sed '/^$/,$d' ${quoted(checkpoint)} > note.txt`,
    `${lineOf(key, checkpoint)} | base64 -d | tail -c 64 > note.sig`,
    'openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin -in note.txt -sigfile note.sig',
  ]
}

/** A witness signs a header with its time in front of the checkpoint (c2sp.org/tlog-cosignature). */
function cosignatureCommands(key: NoteKey, checkpoint: string): string[] {
  return [
    keyCommand(key, 'witness-key.pem'),
    `${lineOf(key, checkpoint)} | base64 -d | tail -c 72 > cosignature`,
    `{ printf 'cosignature/v1\\ntime %d\\n' "0x$(head -c 8 cosignature | od -An -tx1 | tr -d ' \\n')"; cat note.txt; } > cosigned.txt`,
    'tail -c 64 cosignature > cosigned.sig',
    'openssl pkeyutl -verify -pubin -inkey witness-key.pem -rawin -in cosigned.txt -sigfile cosigned.sig',
  ]
}

function keyCommand({ publicKey }: NoteKey, file: string): string {
  const spki = Buffer.concat([Buffer.from(spkiPrefix, 'hex'), publicKey]).toString('base64')
  return `echo ${spki} | base64 -d | openssl pkey -pubin -inform DER -out ${file}`
}

/** The signature in base64: of this name and of this key, since names may sign with several. */
function lineOf({ name, keyId }: NoteKey, checkpoint: string): string {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(keyId)
  // The first 30 of 32 bits are five whole characters of base64.
  const start = id.toString('base64').slice(0, 5)
  return `grep -F ${quoted(`\u2014 ${name} ${start}`)} ${quoted(checkpoint)} | head -n 1 | cut -d ' ' -f 3`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
