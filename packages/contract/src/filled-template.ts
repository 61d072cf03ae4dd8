import type { TemplateWords } from './template.ts'

/** One thing to fill in. */
export type Placeholder = {
  /** What a value is given for by name; unique within the template. */
  readonly key: string
  /** As it stands between the braces. */
  readonly name: string
  readonly place: 'header' | 'body' | 'button'
  /** Of the button, counted from 0; else 0. */
  readonly index: number
}

/** Linear in the length of the text, whatever it is. */
const placeholder = /\{\{([\w-]{1,64})\}\}/g

function namesIn(text: string | null): readonly string[] {
  return [...new Set([...(text ?? '').matchAll(placeholder)].map(([, name = '']) => name))]
}

/**
 * What is to be filled in, in the order in which a list of values is taken: header, body, buttons. Numbers begin anew in each of them, so
 * there a key names its place too (`header.1`, `button0.1`); in the body it is the name itself.
 */
export function placeholdersOf({ header, body, buttons }: TemplateWords): readonly Placeholder[] {
  const inHeader = header?.kind === 'text' ? namesIn(header.text) : []
  return [
    ...inHeader.map((name) => ({ key: `header.${name}`, name, place: 'header' as const, index: 0 })),
    ...namesIn(body).map((name) => ({ key: name, name, place: 'body' as const, index: 0 })),
    ...buttons.flatMap(({ kind, target }, index) =>
      kind === 'url'
        ? namesIn(target).map((name) => ({
            key: `button${index}.${name}`,
            name,
            place: 'button' as const,
            index,
          }))
        : [],
    ),
  ]
}

/** The template with the values in their places, by key; what is not given stays as it is. */
export function filledIn(words: TemplateWords, values: ReadonlyMap<string, string>): TemplateWords {
  function fill(text: string, prefix: string): string {
    return text.replace(placeholder, (whole, name: string) => values.get(`${prefix}${name}`) || whole)
  }
  const { header, body, buttons } = words
  return {
    ...words,
    header: header?.kind === 'text' ? { ...header, text: fill(header.text, 'header.') } : header,
    body: fill(body, ''),
    buttons: buttons.map((button, index) => ({
      ...button,
      target: button.target === null ? null : fill(button.target, `button${index}.`),
    })),
  }
}

/** Why a template that is approved cannot be sent from here: its header wants a file or a place. */
export function wantsFile({ header }: TemplateWords): boolean {
  return header !== null && header.kind !== 'text'
}
