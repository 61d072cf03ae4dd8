import { checkpointName, evidenceName, manifestName, timeStampName } from '../archive/package-layout.ts'
import type { NoteKey } from '../log/note-key.ts'

/** The DER form of an Ed25519 public key before its 32 bytes (RFC 8410). */
const spkiPrefix = '302a300506032b6570032100'
const defaultRoot = 'tsa-root.pem'
const jars = '/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar'

/**
 * Shell commands that repeat the steps of a verification with tools that are not ours, for somebody who does not
 * believe this program: unzip, sha256sum, openssl, and Bouncy Castle with a short Java program.
 */
export function commandsForPackage(
  packagePath: string,
  signer: NoteKey,
  parts: { hasTimeStamp: boolean; hasEvidence: boolean; rootPath: string | undefined },
): string[] {
  const [checkpoint, timeStamp] = [`package/${checkpointName}`, `package/${timeStampName}`]
  const root = quoted(parts.rootPath ?? defaultRoot)
  return [
    `unzip -q -o ${quoted(packagePath)} -d package`,
    'sha256sum package/items/*.bin  # cipherHash in manifest.json is the same in base64',
    ...signatureCommands(signer, checkpoint),
    ...(parts.hasTimeStamp ? [timeStampCommand(checkpoint, timeStamp, root)] : []),
    ...(parts.hasEvidence
      ? [
          'node buergerdraht-verify.mjs --print-evidence-check > EvidenceCheck.java  # needs libbcpkix-java',
          `java -cp ${jars} EvidenceCheck.java ${root} package/${evidenceName} package/${manifestName}`,
        ]
      : []),
  ]
}

/** The same for a checkpoint of a ledger, `<size>.txt` with `<size>.tsr` beside it. */
export function commandsForCheckpoint(
  path: string,
  signer: NoteKey,
  isStamped: boolean,
  rootPath = defaultRoot,
): string[] {
  const timeStamp = path.replace(/\.txt$/, '.tsr')
  return [
    ...signatureCommands(signer, path),
    ...(isStamped ? [timeStampCommand(path, timeStamp, quoted(rootPath))] : []),
  ]
}

function timeStampCommand(data: string, timeStamp: string, root: string): string {
  return `openssl ts -verify -data ${quoted(data)} -in ${quoted(timeStamp)} -CAfile ${root}`
}

/** The Ed25519 signature of a log under its checkpoint (c2sp.org/signed-note). */
function signatureCommands(key: NoteKey, checkpoint: string): string[] {
  const spki = Buffer.concat([Buffer.from(spkiPrefix, 'hex'), key.publicKey]).toString('base64')
  return [
    `echo ${spki} | base64 -d | openssl pkey -pubin -inform DER -out log-key.pem`,
    `sed '/^$/,$d' ${quoted(checkpoint)} > note.txt`,
    `grep -F ${quoted(`\u2014 ${key.name} `)} ${quoted(checkpoint)} | head -n 1 | cut -d ' ' -f 3 | base64 -d | tail -c 64 > note.sig`,
    'openssl pkeyutl -verify -pubin -inkey log-key.pem -rawin -in note.txt -sigfile note.sig',
  ]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
