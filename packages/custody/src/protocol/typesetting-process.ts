import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontFamilies, fontFolders, isUsual } from './fonts.ts'

/** What goes to the typesetting process: a template in Typst, and what it says of, as JSON under the input `data`. */
export type ToTypeset = {
  readonly template: string
  readonly data: string
  /** The data hold what others wrote: signs that no font has are drawn as boxes, and nothing of it is in a fault. */
  readonly foreign?: boolean
  /** What the template reads, by absolute path. */
  readonly files?: Readonly<Record<string, Uint8Array>>
  /** The moment that the document states, in milliseconds since 1970; left out: now. */
  readonly madeAt?: number
}
export type Typeset = { readonly pdf: Uint8Array } | { readonly failed: string }

/** Typst reads files below its workspace: there is nothing here but this program. */
const workspace = import.meta.dirname

function compilerWith(which: 'usual' | 'all'): NodeCompiler {
  return NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFolders(which) }] })
}

// Ready before anybody asks for a page, and enough for most: the others have 30 MB of fonts to read.
const usual = compilerWith('usual')
usual.pdf({ mainFileContent: `#set text(font: "${fontFamilies[0]}")\n.` }, { pdfStandard: '1.7' })

function pageOf({ template, data, files, madeAt }: ToTypeset, pdfStandard: 'a-3a' | '1.7'): Typeset {
  try {
    const compiler = isUsual(template) && isUsual(data) ? usual : compilerWith('all')
    for (const [path, bytes] of Object.entries(files ?? {}))
      compiler.mapShadow(`${workspace}${path}`, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
    const pdf = compiler.pdf(
      { mainFileContent: template, inputs: { data } },
      { pdfStandard, ...(madeAt === undefined ? {} : { creationTimestamp: Math.floor(madeAt / 1000) }) },
    )
    return { pdf: new Uint8Array(pdf) }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : 'unknown' }
  }
}

process.once('message', (question: ToTypeset) => {
  let answer = pageOf(question, 'a-3a')
  // PDF/A refuses a sign without a shape; a page that shows the rest is better than none.
  if ('failed' in answer && question.foreign === true) answer = pageOf(question, '1.7')
  if ('failed' in answer && question.foreign === true) answer = { failed: 'a page with what others wrote' }
  process.send?.(answer, undefined, undefined, () => process.exit(0))
})
