import type { Block } from './document.ts'
import type { Page } from './page.ts'

/**
 * Words as CommonMark shows them: what would begin markup, HTML, a link (also one that GitHub makes of an address by itself) or another cell is
 * escaped; line breaks, and signs that turn the direction of what follows, are taken out.
 */
export function plain(words: string): string {
  return words
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~!$&@^]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www\./gi, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
}

function lines(block: Block): string[] {
  if (block.kind === 'text') return [plain(block.text), '']
  if (block.rows.length === 0) return ['Keine.', '']
  const [head, ...rows] = [block.columns, ...block.rows].map((cells) => `| ${cells.map(plain).join(' | ')} |`)
  return [head ?? '', `|${block.columns.map(() => ' --- |').join('')}`, ...rows, '']
}

/** The same page as the PDF, in Markdown (CommonMark with tables as GitHub's). */
export function markdownOf({ title, issue, basis, changes, sections }: Page): string {
  return [
    `# ${plain(title)}`,
    '',
    plain(issue),
    '',
    plain(basis),
    '',
    ...(changes === null
      ? []
      : [
          `## ${plain(changes.heading)}`,
          '',
          ...(changes.items.length === 0 ? ['Nichts.'] : changes.items.map((one) => `- ${plain(one)}`)),
          '',
        ]),
    ...sections.flatMap(({ heading, level, blocks }) => [
      `${'#'.repeat(level + 1)} ${plain(heading)}`,
      '',
      ...blocks.flatMap(lines),
    ]),
  ].join('\n')
}
