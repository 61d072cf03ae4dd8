export class TooLarge extends Error {}

/** The bytes as the API takes them; a file that is too large is not read. @throws TooLarge */
export async function base64Of(file: File, maxBytes: number): Promise<string> {
  if (file.size > maxBytes) throw new TooLarge()
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  // In parts, because a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return btoa(parts.join(''))
}
