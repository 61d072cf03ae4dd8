import {
  Fragment,
  type ReactElement,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Hidden } from '../ui/hidden.tsx'
import { useWords } from '../ui/words.tsx'
import type { Inline } from './marked-line.ts'
import { type Block, parseMarkup } from './markup.ts'
import styles from './markup-text.module.css'

const onlyEmoji =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u

function inline(part: Inline, key: number, linkWords: string): ReactNode {
  function children(parts: readonly Inline[]): ReactNode[] {
    return parts.map((p, i) => inline(p, i, linkWords))
  }
  switch (part.kind) {
    case 'text':
      return <Fragment key={key}>{part.text}</Fragment>
    case 'code':
      return (
        <code key={key} className={styles.code}>
          {part.text}
        </code>
      )
    case 'link':
      return (
        <a key={key} href={part.href} target="_blank" rel="noopener noreferrer">
          <bdi>{part.text}</bdi>
          <Hidden> ({linkWords})</Hidden>
        </a>
      )
    case 'bold':
      return <strong key={key}>{children(part.children)}</strong>
    case 'italic':
      return <em key={key}>{children(part.children)}</em>
    case 'strike':
      return <s key={key}>{children(part.children)}</s>
  }
}

function block(one: Block, key: number, linkWords: string): ReactNode {
  function all(parts: readonly Inline[]): ReactNode[] {
    return parts.map((p, i) => inline(p, i, linkWords))
  }
  switch (one.kind) {
    case 'mono':
      return (
        <pre key={key} className={styles.mono}>
          {one.text}
        </pre>
      )
    case 'numbers':
      return (
        <ol key={key} className={styles.list}>
          {one.items.map(({ marker, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
            <li key={index} dir="auto" value={Number.parseInt(marker, 10)}>
              {all(line)}
            </li>
          ))}
        </ol>
      )
    case 'bullets':
      return (
        <ul key={key} className={styles.list}>
          {one.items.map(({ marker, line }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
            <li key={index} dir="auto" data-marker={marker}>
              {all(line)}
            </li>
          ))}
        </ul>
      )
    case 'quote':
    case 'lines': {
      const Tag = one.kind === 'quote' ? 'blockquote' : 'div'
      return (
        <Tag key={key} className={one.kind === 'quote' ? styles.quote : undefined}>
          {one.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its order
            <p key={index} className={styles.line} dir="auto">
              {line.length === 0 ? <br /> : all(line)}
            </p>
          ))}
        </Tag>
      )
    }
  }
}

/** A message text with WhatsApp's writing marks; every line finds its own direction, and none leaves its place. */
export function MarkupText({ text }: { text: string }): ReactElement {
  const w = useWords()
  const blocks = useMemo(() => parseMarkup(text), [text])
  const body = useRef<HTMLDivElement>(null)
  const [folds, setFolds] = useState(false)
  const [whole, setWhole] = useState(false)
  const big = text.length <= 24 && onlyEmoji.test(text)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has another height
  useLayoutEffect(() => {
    const element = body.current
    if (element !== null && !whole) setFolds(element.scrollHeight > element.clientHeight + 2)
  }, [text, whole])

  return (
    <>
      <div
        ref={body}
        className={[styles.text, big && styles.big, !whole && styles.folded].filter(Boolean).join(' ')}
        data-folds={folds || undefined}
      >
        {blocks.map((one, index) => block(one, index, w.thread.link))}
      </div>
      {folds && (
        <button type="button" className={styles.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? w.thread.showLess : w.thread.showAll}
        </button>
      )}
    </>
  )
}
