import type { MessageContent, TemplateValue } from '@buergerdraht/bsp'
import {
  type FieldRefusal,
  filledIn,
  maxTemplateLength,
  type Placeholder,
  placeholdersOf,
  Refusal,
  type TemplateWords,
  wantsFile,
} from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import { storedWords } from '../channels/channel-templates.ts'
import { templatesStoppedCode } from '../channels/end-notices.ts'
import type { Reply } from './reply-intent.ts'

type Template = NonNullable<Reply['template']>

export type FilledTemplate = {
  readonly content: Extract<MessageContent, { kind: 'template' }>
  readonly values: readonly TemplateValue[]
}

/** Line breaks, tabs and long gaps are refused by the provider, after it has accepted. */
const forbidden = /[\r\n\t]| {5}/

function isList(given: Template['parameters']): given is readonly string[] {
  return Array.isArray(given)
}

/** The values by key. @throws Refusal `invalid-input`: one is missing, unknown, empty or has line breaks */
function valuesByKey(
  placeholders: readonly Placeholder[],
  given: Template['parameters'],
): ReadonlyMap<string, string> {
  const byKey = new Map(
    isList(given)
      ? given.map((value, index) => [placeholders[index]?.key ?? `${index + 1}.`, value])
      : Object.entries(given),
  )
  const known = new Set(placeholders.map(({ key }) => key))
  const faults: FieldRefusal[] = [
    ...[...byKey.keys()]
      .filter((key) => !known.has(key))
      .map((key) => ({
        path: `template.parameters.${key}`,
        fault: 'no-such-placeholder' as const,
      })),
    ...placeholders.flatMap(({ key }) => {
      const path = `template.parameters.${key}`
      const value = byKey.get(key) ?? ''
      if (value.trim() === '') return { path, fault: 'missing' as const }
      return forbidden.test(value) ? { path, fault: 'one-line' as const } : []
    }),
  ]
  if (faults.length > 0) throw new Refusal('invalid-input', faults)
  return byKey
}

function requireShort(words: TemplateWords): void {
  const texts = { header: words.header?.kind === 'text' ? words.header.text : '', body: words.body }
  for (const part of ['header', 'body'] as const) {
    if (texts[part].length <= maxTemplateLength[part]) continue
    throw new Refusal('invalid-input', [
      {
        path: 'template.parameters',
        fault: 'max-filled-in',
        detail: maxTemplateLength[part],
      },
    ])
  }
}

/** What the citizen reads, one after the other. */
function textOf({ header, body, footer }: TemplateWords): string {
  const parts = [header?.kind === 'text' ? header.text : null, body, footer]
  return parts.filter((part) => part !== null).join('\n\n')
}

/**
 * What a template becomes with its values.
 * @throws Refusal `template-not-usable`: not approved, its words are not known, it wants a file, or templates are stopped; `invalid-input`
 */
export async function fillTemplate(
  tx: Prisma.TransactionClient,
  channelId: string,
  { name, language, parameters }: Template,
): Promise<FilledTemplate> {
  const template = await tx.messageTemplate.findUnique({
    where: { channelId_name_language: { channelId, name, language } },
  })
  const words = storedWords(template?.words)
  if (template?.state !== 'approved' || words === null || wantsFile(words))
    throw new Refusal('template-not-usable')
  const stopped = await tx.channelNotice.findFirst({
    where: { channelId, detail: templatesStoppedCode, dismissedAt: null },
    select: { id: true },
  })
  if (stopped !== null) throw new Refusal('template-not-usable')
  const placeholders = placeholdersOf(words)
  const byKey = valuesByKey(placeholders, parameters)
  const filled = filledIn(words, byKey)
  requireShort(filled)
  return {
    content: {
      kind: 'template',
      name,
      text: textOf(filled),
      buttons: filled.buttons.map(({ text }) => text),
    },
    values: placeholders.map(({ key, name: placeholder, place, index }) => {
      const text = byKey.get(key) ?? ''
      if (place === 'button') return { place, index, text }
      return { place, name: /^\d+$/.test(placeholder) ? null : placeholder, text }
    }),
  }
}
