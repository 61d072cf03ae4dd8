import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** What goes to the typesetting process: a template in Typst, and what it says of, as JSON under the input `data`. */
export type ToTypeset = { readonly template: string; readonly data: string }
export type Typeset = { readonly pdf: Uint8Array } | { readonly failed: string }

process.once('message', ({ template, data }: ToTypeset) => {
  let answer: Typeset
  try {
    // Typst reads files below its workspace: there is nothing here but this program.
    const compiler = NodeCompiler.create({ workspace: import.meta.dirname })
    const pdf = compiler.pdf({ mainFileContent: template, inputs: { data } }, { pdfStandard: 'a-3a' })
    answer = { pdf: new Uint8Array(pdf) }
  } catch (error) {
    answer = { failed: error instanceof Error ? error.message : 'unknown' }
  }
  process.send?.(answer, undefined, undefined, () => process.exit(0))
})
