import { z } from 'zod'

const componentSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('HEADER'),
    format: z.literal('TEXT').default('TEXT'),
    text: z.string().max(60),
  }),
  z.looseObject({
    type: z.literal('BODY'),
    text: z.string().min(1).max(1024),
    example: z.looseObject({ body_text: z.array(z.array(z.string())).optional() }).optional(),
  }),
  z.looseObject({ type: z.literal('FOOTER'), text: z.string().max(60) }),
  z.looseObject({
    type: z.literal('BUTTONS'),
    buttons: z.array(z.looseObject({ type: z.string(), text: z.string(), url: z.string().optional() })),
  }),
])

const submissionSchema = z.looseObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().min(2),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  components: z.array(componentSchema).min(1),
})

export type MessageTemplate = z.infer<typeof submissionSchema> & {
  status: 'approved' | 'pending' | 'rejected'
  rejected_reason: string
}

/** What a town hall has to say after a day: that it can be fetched, that something is missing, that somebody is there to answer. */
const initial: readonly MessageTemplate[] = [
  {
    name: 'dokument_abholbereit',
    language: 'de',
    category: 'UTILITY',
    status: 'approved',
    rejected_reason: 'NONE',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Ihr Anliegen beim {{1}}' },
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, Ihr {{2}} liegt ab {{3}} zur Abholung bereit. Bitte bringen Sie Ihren bisherigen Ausweis mit.',
      },
      { type: 'FOOTER', text: 'Stadt Musterstadt' },
      {
        type: 'BUTTONS',
        buttons: [{ type: 'URL', text: 'Termin buchen', url: 'https://termine.musterstadt.example/{{1}}' }],
      },
    ],
  },
  {
    name: 'unterlagen_fehlen',
    language: 'de',
    category: 'UTILITY',
    status: 'approved',
    rejected_reason: 'NONE',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{name}}, zu Ihrem Antrag fehlt uns noch: {{unterlage}}. Bitte schicken Sie sie bis {{frist}}.',
      },
      { type: 'FOOTER', text: 'Stadt Musterstadt' },
    ],
  },
  {
    name: 'rueckfrage_offen',
    language: 'de',
    category: 'UTILITY',
    status: 'approved',
    rejected_reason: 'NONE',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag, zu Ihrer Anfrage haben wir noch eine Rückfrage. Möchten Sie weiter mit uns schreiben?',
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Ja, gern' },
          { type: 'QUICK_REPLY', text: 'Nein, erledigt' },
        ],
      },
    ],
  },
]

export type SubmissionResult =
  | { readonly template: MessageTemplate }
  | { readonly refusal: { readonly code: number; readonly text: string } }

/** The business account's message templates. */
export class MessageTemplates {
  readonly #templates: MessageTemplate[] = structuredClone([...initial])

  list(): readonly MessageTemplate[] {
    return this.#templates
  }

  find(name: string, language: string): MessageTemplate | null {
    return this.#templates.find((one) => one.name === name && one.language === language) ?? null
  }

  /** Instead of those of the first day. What was `pending` is decided now: nobody else would do it. */
  restore(templates: readonly MessageTemplate[]): void {
    this.#templates.splice(0, this.#templates.length, ...templates)
    for (const template of templates) if (template.status === 'pending') this.decide(template)
  }

  /** Takes a new one, `pending`. */
  submit(body: unknown): SubmissionResult {
    const parsed = submissionSchema.safeParse(body)
    if (!parsed.success) {
      return {
        refusal: { code: 100, text: `Invalid parameter: ${parsed.error.issues[0]?.path.join('.') ?? ''}` },
      }
    }
    if (this.find(parsed.data.name, parsed.data.language)) {
      return {
        refusal: { code: 2388024, text: 'There is already content in this language for this template' },
      }
    }
    const text = parsed.data.components.find((one) => one.type === 'BODY')
    if (!text) return { refusal: { code: 100, text: 'Invalid parameter: components' } }
    const wanted = placeholdersIn(text.text).length
    if (wanted !== (text.example?.body_text?.[0] ?? []).length) {
      return { refusal: { code: 2388293, text: 'Examples are missing for the parameters' } }
    }
    const template: MessageTemplate = { ...parsed.data, status: 'pending', rejected_reason: 'NONE' }
    this.#templates.push(template)
    return { template }
  }

  /** The network has looked at it. Marketing that calls itself utility is rejected. */
  decide(template: MessageTemplate): void {
    const text = template.components.map((one) => ('text' in one ? one.text : '')).join(' ')
    const isAdvertising = /\b(rabatt|angebot|gewinn|sale)/i.test(text)
    template.status = isAdvertising ? 'rejected' : 'approved'
    template.rejected_reason = isAdvertising ? 'TAG_CONTENT_MISMATCH' : 'NONE'
  }

  delete(name: string): boolean {
    const before = this.#templates.length
    const kept = this.#templates.filter((one) => one.name !== name)
    this.#templates.splice(0, before, ...kept)
    return kept.length < before
  }
}

type Given = {
  readonly type: string
  readonly index?: string | undefined
  readonly parameters: readonly {
    readonly text?: string | undefined
    readonly parameter_name?: string | undefined
  }[]
}

/** What the citizen reads. Null: another number of values than the template wants. */
export function renderedTemplate({ components }: MessageTemplate, given: readonly Given[]): string | null {
  const lines: string[] = []
  for (const component of components) {
    if (component.type === 'BUTTONS') {
      lines.push(component.buttons.map(({ text }) => `[ ${text} ]`).join(' '))
      continue
    }
    const wanted = placeholdersIn(component.text)
    const values = given.find(({ type }) => type.toUpperCase() === component.type)?.parameters ?? []
    if (values.length !== wanted.length) return null
    const byName = new Map(
      values.map(({ parameter_name, text }, n) => [parameter_name ?? wanted[n], text ?? '']),
    )
    lines.push(
      component.text.replaceAll(/\{\{([\w-]{1,64})\}\}/g, (whole, name: string) => byName.get(name) ?? whole),
    )
  }
  return lines.join('\n\n')
}

function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{([\w-]{1,64})\}\}/g)].map(([, name = '']) => name))]
}
