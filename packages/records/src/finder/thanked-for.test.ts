import { describe, expect, it } from 'vitest'
import { isClosingText, isOnlyGreeting } from './closing-text.ts'

describe('what somebody thanks for', () => {
  it.each([
    'Danke für die Entwarnung',
    'Vielen Dank für Ihr Mitgefühl, Gruß Ute',
    'thank you for your time and kindness',
    'спасибо за оперативность',
    'Emeğiniz için teşekkürler',
    'Danke, dass Sie mir geholfen haben',
  ])('%j may be anything that ends there', (text) => {
    expect(isClosingText(text)).toBe(true)
  })

  it.each([
    'Danke für die Info Unterlagen komme morgen bringen',
    'Danke für die Auskunft und der Parkausweis',
    'Danke für die Hilfe im Voraus',
    'Danke für nichts',
    'Danke, dass Sie mir den Bescheid schicken',
    'thanks for the link but it is dead',
  ])('%j is not only that', (text) => {
    expect(isClosingText(text)).toBe(false)
  })
})

describe('what somebody wishes, and what worked', () => {
  it.each([
    'Danke und einen guten Start in die neue Woche',
    'Vielen Dank, Brief ist da',
    'Ihr seid echt nett, danke',
    'Danke, das hat super geklappt',
    'Ihnen auch!',
  ])('%j closes', (text) => {
    expect(isClosingText(text)).toBe(true)
  })

  it.each([
    'danke ist das gut',
    'danke haben sie das erklärt',
    'danke und das auch',
    'danke das auch',
    'teşekkürler ama açılmıyor',
    'mulțumesc tot nu merge',
    'das waren sehr viel',
    'Danke, mein Brief ist nicht da',
  ])('%j does not', (text) => {
    expect(isClosingText(text)).toBe(false)
  })
})

it('takes no small word alone for a greeting: it asks', () => {
  expect(isOnlyGreeting('wirklich')).toBe(false)
  expect(isOnlyGreeting('Guten Tag')).toBe(true)
})
