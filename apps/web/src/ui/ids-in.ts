const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** The ids that a text names, each once: also of addresses that were copied as a whole. */
export function idsIn(text: string): string[] {
  return [...new Set(text.toLowerCase().match(id))]
}
