import type { ProviderTemplate, TemplateButton, TemplateHeader, TemplateWords } from '../template.ts'
import { codeWordOf, elementsOf, nonEmptyTextOf, objectOf, type Untrusted } from './untrusted.ts'
import { templateStates } from './waba-field.ts'

type WireTemplate = {
  readonly name: string
  readonly language: string
  /** `APPROVED` at Meta, `approved` at 360dialog. */
  readonly status: string
  readonly category: string
  readonly rejected_reason: string
  readonly components: readonly WireComponent[]
}

type WireComponent = {
  readonly type: string
  readonly format: string
  readonly text: string
  readonly buttons: readonly WireButton[]
}

type WireButton = {
  readonly type: string
  readonly text: string
  readonly url: string
  readonly phone_number: string
}

const headerKinds: ReadonlyMap<unknown, Exclude<TemplateHeader['kind'], 'text'>> = new Map([
  ['IMAGE', 'image'],
  ['VIDEO', 'video'],
  ['DOCUMENT', 'document'],
  ['LOCATION', 'location'],
])

const buttonKinds: ReadonlyMap<unknown, TemplateButton['kind']> = new Map([
  ['QUICK_REPLY', 'reply'],
  ['URL', 'url'],
  ['PHONE_NUMBER', 'phone'],
])

/** One element of the provider's list. Null: it has no name or language, so that nobody could send it. */
export function templateOf(element: unknown): ProviderTemplate | null {
  const wire = objectOf<WireTemplate>(element)
  const name = nonEmptyTextOf(wire?.name)
  const language = codeWordOf(wire?.language)
  if (wire === null || name === null || language === null) return null
  const reason = codeWordOf(wire.rejected_reason)
  return {
    name,
    language,
    state: templateStateOf(wire.status),
    category: capitals(wire.category),
    reason: reason === null || reason.toUpperCase() === 'NONE' ? null : reason,
    words: wordsOf(wire.components),
  }
}

export function templateStateOf(status: unknown): ProviderTemplate['state'] {
  return templateStates.get(capitals(status)) ?? 'other'
}

function wordsOf(list: unknown): TemplateWords | null {
  const components = elementsOf(list).flatMap((element) => objectOf<WireComponent>(element) ?? [])
  function component(type: string): Untrusted<WireComponent> | undefined {
    return components.find((one) => capitals(one.type) === type)
  }
  const body = nonEmptyTextOf(component('BODY')?.text)
  if (body === null) return null
  return {
    header: headerOf(component('HEADER')),
    body,
    footer: nonEmptyTextOf(component('FOOTER')?.text),
    buttons: elementsOf(component('BUTTONS')?.buttons).flatMap((button) => buttonOf(button) ?? []),
  }
}

function headerOf(component: Untrusted<WireComponent> | undefined): TemplateHeader | null {
  if (component === undefined) return null
  const text = nonEmptyTextOf(component.text)
  if (text !== null) return { kind: 'text', text }
  return { kind: headerKinds.get(capitals(component.format)) ?? 'other' }
}

function buttonOf(element: unknown): TemplateButton | null {
  const wire = objectOf<WireButton>(element)
  const text = nonEmptyTextOf(wire?.text)
  if (wire === null || text === null) return null
  return {
    kind: buttonKinds.get(capitals(wire.type)) ?? 'other',
    text,
    target: nonEmptyTextOf(wire.url) ?? nonEmptyTextOf(wire.phone_number),
  }
}

function capitals(word: unknown): string | null {
  return codeWordOf(word)?.toUpperCase() ?? null
}
