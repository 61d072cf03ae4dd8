import type { XmlElement } from './read-xml.ts'

const maxReasonLength = 500

/** Thrown by places and caught by whoever reads the message: it stops being read where it first breaks the standard. */
export class Invalid extends Error {
  readonly place: string
  constructor(place: string) {
    super('The message is not valid.')
    this.place = place
  }
}

/** An element of the message with the way to it. Children of code lists have no namespace, all others that of the message, but for {@link Place.bare}. */
export class Place {
  readonly #element: XmlElement
  readonly #path: string

  constructor(of: XmlElement, path: string) {
    this.#element = of
    this.#path = path
  }

  fault(): never {
    throw new Invalid(this.#path)
  }

  all(name: string): Place[] {
    const { namespace, children } = this.#element
    return children
      .filter((child) => child.name === name && child.namespace === namespace)
      .map((child, at) => new Place(child, `${this.#path}/${name}[${at + 1}]`))
  }

  any(): Place[] {
    return this.#element.children.map((child) => new Place(child, `${this.#path}/${child.name}`))
  }

  /** Each child; one of another namespace is a fault. */
  every(): Place[] {
    const { namespace, children } = this.#element
    return children.map((child) => {
      const place = new Place(child, `${this.#path}/${child.name}`)
      return child.namespace === namespace ? place : place.fault()
    })
  }

  /** One without a namespace, as in the head of XÖV-Basisnachricht. */
  bare(name: string): Place {
    const [found, second] = this.#element.children.filter(
      (child) => child.name === name && child.namespace === '',
    )
    const path = `${this.#path}/${name}`
    if (found === undefined || second !== undefined) throw new Invalid(path)
    return new Place(found, path)
  }

  maybe(name: string): Place | undefined {
    const [first, second] = this.all(name)
    if (second !== undefined) second.fault()
    return first
  }

  one(name: string): Place {
    const found = this.maybe(name)
    if (found === undefined) throw new Invalid(`${this.#path}/${name}`)
    return found
  }

  some(name: string): Place[] {
    const found = this.all(name)
    if (found.length === 0) throw new Invalid(`${this.#path}/${name}`)
    return found
  }

  get name(): string {
    return this.#element.name
  }

  get text(): string {
    if (this.#element.children.length > 0) this.fault()
    return this.#element.text
  }

  uuid(): string {
    const text = this.text
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) this.fault()
    return text.toLowerCase()
  }

  /** xs:boolean. */
  truth(): boolean {
    const text = this.text.trim()
    if (!/^(?:true|false|0|1)$/.test(text)) this.fault()
    return text === 'true' || text === '1'
  }

  /** The value of a code list. */
  code(): string {
    const codes = this.#element.children.filter(({ name, namespace }) => name === 'code' && namespace === '')
    const [first] = codes
    if (first === undefined || codes.length > 1 || first.children.length > 0) this.fault()
    return first.text.trim()
  }

  reason(): string {
    return this.text.trim().slice(0, maxReasonLength)
  }
}
