import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { DangerFound, leadsOutside } from './danger.ts'
import type { RandomAccess } from './zip-directory.ts'

/** Fields that show what is in the document, or lead somewhere on a click. Every other one may fetch or compute something. */
const harmlessField =
  /^\s*(?:$|(?:HYPERLINK|PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|REF|NOTEREF|TOC|TC|SEQ|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|AUTHOR|TITLE|SUBJECT|FILENAME|DOCPROPERTY|STYLEREF|SYMBOL|SHAPE|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|MERGEFIELD)(?:\s|$))/i

const maxText = 2000
const maxNested = 8
const pieceLength = 256 * 1024

const marks = new Set([...'\\{}'].map((sign) => sign.charCodeAt(0)))

/** A group whose text says what is done with it. */
type Watched = { readonly word: string; readonly depth: number; text: string }

function judge({ word, text }: Watched): void {
  if (word === 'fldinst') {
    if (!harmlessField.test(text)) throw new DangerFound('external-content')
  } else if (leadsOutside(text)) throw new DangerFound('external-content')
}

/**
 * Looks through rich text (RTF 1.9.1) for what it brings along or fetches: objects, templates and pictures elsewhere, fields. One
 * pass, whatever the length. @throws DangerFound
 */
class RichTextScan {
  #depth = 0
  #watched: Watched[] = []
  /** Bytes that follow `\bin` and are none of ours. */
  #skipped = 0
  #escape: string | null = null

  see(piece: Buffer): void {
    for (let at = 0; at < piece.length; at += 1) {
      if (this.#skipped > 0) {
        const leap = Math.min(this.#skipped, piece.length - at)
        this.#skipped -= leap
        at += leap - 1
        continue
      }
      const byte = piece.readUInt8(at)
      // Most of it is text that nobody waits for.
      if (this.#escape === null && this.#watched.length === 0 && !marks.has(byte)) continue
      this.#byte(String.fromCharCode(byte))
    }
  }

  end(): void {
    this.#byte(' ')
    for (const one of this.#watched) judge(one)
  }

  #byte(sign: string): void {
    if (this.#escape !== null && this.#goesOn(this.#escape, sign)) {
      this.#escape += sign
      return
    }
    const word = this.#escape
    this.#escape = null
    if (word !== null) {
      this.#control(word)
      // A blank ends a word and is part of it; after `\'e4` it is text.
      if (sign === ' ' && /^[a-z]/i.test(word)) return
    }
    if (this.#skipped > 0) {
      this.#skipped -= 1
      return
    }
    if (sign === '\\') this.#escape = ''
    else if (sign === '{') this.#depth += 1
    else if (sign === '}') this.#close()
    else if (sign !== '\r' && sign !== '\n') this.#text(sign)
  }

  #goesOn(begun: string, sign: string): boolean {
    if (begun === '') return true
    if (begun.startsWith("'")) return begun.length < 3
    if (!/^[a-z]/i.test(begun)) return false
    if (begun.length > 64) throw new DangerFound('unreadable')
    return (
      /\d/.test(sign) ||
      (sign === '-' && /[a-z]$/i.test(begun)) ||
      (/[a-z]/i.test(sign) && !/\d$/.test(begun))
    )
  }

  #control(control: string): void {
    if (control.startsWith("'")) this.#text(String.fromCharCode(Number.parseInt(control.slice(1), 16) || 63))
    if ('\\{}'.includes(control)) this.#text(control)
    const [, word = '', number = ''] = /^([a-z]+)(-?\d*)$/i.exec(control) ?? []
    if (/^obj/.test(word)) throw new DangerFound('embedded-object')
    if (word === 'bin') this.#skipped = Math.max(0, Number(number) || 0)
    else if (word === 'u') this.#text(String.fromCharCode(Number(number) & 0xffff))
    else if (['fldinst', 'template', 'sv'].includes(word)) this.#watch(word)
  }

  #watch(word: string): void {
    if (this.#watched.length >= maxNested) throw new DangerFound('unreadable')
    this.#watched.push({ word, depth: this.#depth, text: '' })
  }

  #text(sign: string): void {
    for (const one of this.#watched) if (one.text.length < maxText) one.text += sign
  }

  #close(): void {
    const last = this.#watched.at(-1)
    if (last !== undefined && last.depth === this.#depth) {
      judge(last)
      this.#watched.pop()
    }
    this.#depth -= 1
  }
}

/** @throws DangerFound */
export async function judgeRichText(file: RandomAccess): Promise<void> {
  const scan = new RichTextScan()
  for (let at = 0; at < file.sizeBytes; at += pieceLength) {
    scan.see(await file.read(at, pieceLength))
    await yieldToOthers()
  }
  scan.end()
}
