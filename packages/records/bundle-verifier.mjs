import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

/** One file that an auditor can carry to a machine with nothing but Node 20.15 on it; to another place when one is named. */
await build({
  entryPoints: [fileURLToPath(new URL('src/verify/cli.ts', import.meta.url))],
  outfile:
    parseArgs({ allowPositionals: true }).positionals[0] ??
    fileURLToPath(new URL('dist/buergerdraht-verify.mjs', import.meta.url)),
  bundle: true,
  platform: 'node',
  target: 'node20.15',
  format: 'esm',
  legalComments: 'inline',
  // yauzl and the ASN.1 library are CommonJS and ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);",
  },
  define: {
    evidenceCheckJava: JSON.stringify(
      await readFile(new URL('test/EvidenceCheck.java', import.meta.url), 'utf8'),
    ),
    inclusionCheckPython: JSON.stringify(
      await readFile(new URL('test/inclusion-check.py', import.meta.url), 'utf8'),
    ),
  },
  logLevel: 'warning',
})
