import { Phone } from './phone.ts'
import { watchTown } from './simulator-client.ts'
import type { LiveEvent, OfficeView } from './view.ts'
import { currentLanguage, say, setLanguage, type Word } from './words.ts'

const phones = [new Phone(1), new Phone(2)]
const office = byId('office')
const language = byId('language')
let lastOffice: OfficeView | null = null

byId('phones').replaceChildren(...phones.map((phone) => phone.node))
language.addEventListener('click', () => {
  setLanguage(currentLanguage() === 'de' ? 'en' : 'de')
  drawWords()
  for (const phone of phones) {
    phone.changeLanguage()
    void phone.refresh()
  }
})
document.addEventListener('visibilitychange', () => {
  for (const phone of phones) phone.look()
})
// The second phone appears when there is room for it.
matchMedia('(min-width: 56rem)').addEventListener('change', refresh)
addEventListener('pagehide', () => {
  for (const phone of phones) phone.putDown()
})
drawWords()
watchTown(hear, refresh, () => {
  office.textContent = say('simulatorGone')
  office.className = 'top-office trouble'
})

function hear(event: LiveEvent): void {
  if (event.type === 'office') {
    lastOffice = event.office
    drawOffice()
  }
  for (const phone of phones) phone.hear(event)
}

function refresh(): void {
  drawOffice()
  for (const phone of phones) void phone.refresh()
}

function drawWords(): void {
  document.documentElement.lang = currentLanguage()
  document.title = say('title')
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]')) {
    node.textContent = say(node.dataset['word'] as Word)
  }
  language.textContent = say('otherLanguage')
  language.lang = currentLanguage() === 'de' ? 'en' : 'de'
  drawOffice()
}

function drawOffice(): void {
  if (!lastOffice) return
  const { connected, name, deliveries } = lastOffice
  const isSilent = connected && deliveries.waiting > 0 && deliveries.lastFailure !== null
  office.className = `top-office ${connected && !isSilent ? 'fine' : 'trouble'}`
  const words = !connected
    ? say('officeMissing')
    : isSilent
      ? say('officeSilent', { why: deliveries.lastFailure ?? '', count: deliveries.waiting })
      : say('officeConnected', { name })
  // Said once, not with every message that is delivered.
  if (office.textContent !== words) office.textContent = words
}

function byId(id: string): HTMLElement {
  const node = document.getElementById(id)
  if (!node) throw new Error(`#${id} is missing in phone.html`)
  return node
}
