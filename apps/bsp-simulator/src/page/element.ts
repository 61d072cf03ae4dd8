type Child = Node | string | null

/** Attributes, and listeners under `on…`; null and false leave an attribute out. */
type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: Event) => void)>>

/** One element with its attributes and children. Text is only ever set as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value)
    else if (value !== null && value !== false) node.setAttribute(key, value === true ? '' : String(value))
  }
  node.append(...children.filter((child) => child !== null))
  return node
}

const pictures = {
  attach: 'M16.5 6.5v9a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9a1.5 1.5 0 0 1-3 0V7.5',
  send: 'M4 12 20 4l-5 16-3.5-6.5zM11.500 13.500 20 4',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v4',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'M6 6l12 12M18 6 6 18',
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0',
  one: 'M5 13l4 4 9-10',
  two: 'M2 13l4 4 9-10M11 16l1.500 1.500L22 7',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  pin: 'M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12M12 9h.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 4-6 8-6s8 2 8 6',
  phone: 'M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1',
} as const

/** A line drawing that says nothing by itself: the words are beside it. */
export function picture(name: keyof typeof pictures): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', `picture picture-${name}`)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', pictures[name])
  svg.append(path)
  return svg
}

/** Words for those who listen. */
export function spoken(text: string): HTMLElement {
  return element('span', { class: 'spoken' }, text)
}
