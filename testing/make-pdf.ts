/** A PDF of so many empty pages; `boxes` are the extents of those that have others than A4. */
export function makePdf(pages: number, boxes: Readonly<Record<number, string>> = {}): Buffer {
  const numbers = Array.from({ length: pages }, (_, index) => index + 1)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${numbers.map((number) => `${number + 2} 0 R`).join(' ')}] /Count ${pages} >>`,
    ...numbers.map((n) => `<< /Type /Page /Parent 2 0 R /MediaBox ${boxes[n] ?? '[0 0 595 842]'} >>`),
  ]
  const offsets: number[] = []
  let body = '%PDF-1.4\n'
  for (const [index, object] of objects.entries()) {
    offsets.push(body.length)
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const places = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${places}${trailer}`, 'latin1')
}
