import { describe, expect, test } from 'vitest'
import type { Message } from '../api.ts'
import { threadBlocks } from './thread-blocks.ts'

function message(id: string, time: string, more: Partial<Message> = {}): Message {
  return {
    id,
    direction: 'inbound',
    kind: 'text',
    text: more.kind === undefined ? 'Hallo' : null,
    sentAt: `2026-11-16T${time}Z`,
    attachments: more.kind === undefined ? [] : [{ id: `file of ${id}` }],
    replyTo: null,
    forwarded: 'no',
    referral: null,
    revokedAt: null,
    status: 'received',
    author: null,
    ...more,
  } as Message
}

function photo(id: string, time: string, more: Partial<Message> = {}): Message {
  return message(id, time, { kind: 'image', ...more })
}

function together(...messages: Message[]): string[] {
  return threadBlocks(messages, null, null).map((block) => block.messages.map(({ id }) => id).join('+'))
}

describe('an album', () => {
  test('is what one person photographed and filmed within a minute', () => {
    expect(
      together(
        photo('a', '12:00:00'),
        photo('b', '12:00:01'),
        photo('c', '12:00:02', { kind: 'video' }),
        photo('d', '12:00:59'),
        photo('e', '12:01:00'),
      ),
    ).toEqual(['a+b+c+d', 'e'])
  })

  test.each<[string, Partial<Message>]>([
    ['a caption', { text: 'So sieht es aus.' }],
    [
      'a quote',
      {
        replyTo: {
          id: 'x',
          direction: 'outbound',
          kind: 'text',
          text: 'Haben Sie ein Bild?',
          outdated: false,
        },
      },
    ],
    ['a forwarded mark', { forwarded: 'once' }],
    ['a deletion', { revokedAt: '2026-11-16T12:01:00Z' }],
    ['another kind', { kind: 'document' }],
    ['another side', { direction: 'outbound' }],
    ['a failure to explain', { status: 'failed' }],
    ['a question to the clerk', { status: 'unknown' }],
  ])('does not take in what has %s', (_, more) => {
    expect(together(photo('a', '12:00:00'), photo('b', '12:00:01', more))).toEqual(['a', 'b'])
    expect(together(photo('a', '12:00:00', more), photo('b', '12:00:01'))).toEqual(['a', 'b'])
  })

  test('is not made of two colleagues’ pictures', () => {
    function by(id: string): Partial<Message> {
      return { direction: 'outbound', author: { id, displayName: id } }
    }
    expect(together(photo('a', '12:00:00', by('Weber')), photo('b', '12:00:01', by('Demir')))).toEqual([
      'a',
      'b',
    ])
  })

  test('begins anew where the mark of what is unread stands', () => {
    const blocks = threadBlocks([photo('a', '12:00:00'), photo('b', '12:00:01')], null, 'b')
    expect(blocks.map(({ messages }) => messages.length)).toEqual([1, 1])
  })
})

test('a side stands close together for five minutes, on one day, across the pages', () => {
  const blocks = threadBlocks(
    [
      message('b', '12:04:59'),
      message('c', '12:05:30', { direction: 'outbound' }),
      message('d', '12:11:00', { direction: 'outbound' }),
      message('e', '12:12:00', { kind: 'system', direction: 'outbound' }),
      message('f', '12:12:01', { direction: 'outbound' }),
    ],
    message('a', '12:00:00'),
    null,
  )
  expect(blocks.map(({ close }) => close)).toEqual([true, false, false, true, false])
  expect(blocks.map(({ newDay }) => newDay)).toEqual([false, false, false, false, false])
})

test('the first message and each new day get a mark', () => {
  const next = { ...message('b', '12:00:00'), sentAt: '2026-11-17T12:00:00Z' }
  expect(threadBlocks([message('a', '12:00:00'), next], null, null).map(({ newDay }) => newDay)).toEqual([
    true,
    true,
  ])
})
