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
    'Danke für die Hilfe und für die Geduld',
    'Danke für die Auskunft und ein frohes Fest',
    'Hat mir sehr weitergeholfen. Ein schönes Wochenende!',
    'Fanke, das ging aber schnell',
    'Ahh ok. Danke',
    'Danke, sehr freundlihc',
    'Danke, wirklich sehr hilfreicch',
    'Danke, ich wünsche frohe Weihnachten und einen guten Rutsch',
    'Danke für die Auskunft und viel Kraft',
    'Super, das hat wirklich weitergeholfen',
  ])('%j may be anything that ends there', (text) => {
    expect(isClosingText(text)).toBe(true)
  })

  it.each([
    'Danke für die Info Unterlagen komme morgen bringen',
    'Danke für die Auskunft und der Parkausweis',
    'Danke für die Hilfe im Voraus',
    'Danke für nichts',
    'Danke und für Rentner',
    'Danke für alles. Und für Kinder',
    'Danke für die Hilfe und wann ist der Termin',
    'Danke, bin fündig geworden, aber es ist zu',
    'Hat mir nicht weitergeholfen',
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

describe('how somebody signs, spells and repeats', () => {
  it.each([
    ['Danke\nPetra Wagner', ''],
    ['Danke, P. W.', ''],
    ['dange, des hilft ma weider', ''],
    ['herzlichen dank frau lindner sie sind ein engel', ''],
    ['Danke auch im Namen meines Vaters', ''],
    ['Ah, am Friedhof, danke', 'An der Pforte am Friedhof, kostenlos.'],
    ['Ach nur 37 Euro, danke', '37 Euro, unter 24 Jahren 22,80 Euro.'],
  ])('%j closes', (text, answer) => {
    expect(isClosingText(text, answer)).toBe(true)
  })

  it.each([
    ['Danke, Lindenweg', ''],
    ['Danke, Größe M', ''],
    ['Danke 🤡', ''],
    ['Danke für eine kurze Rückmeldung', ''],
    ['Danke, ich freue mich auf Ihre Antwort', ''],
    ['Danke, lieber per Mail', ''],
    ['Danke, der Anhang ist leer', ''],
    ['Ah, am Friedhof, danke', 'An der Pforte.'],
    ['Danke, Samstag', 'Ja, am Samstag oder Montag.'],
    ['Also die blaue, danke?', 'Die blaue.'],
  ])('%j does not', (text, answer) => {
    expect(isClosingText(text, answer)).toBe(false)
  })
})
