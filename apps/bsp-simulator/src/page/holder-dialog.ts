import { element, picture } from './element.ts'
import { firstHolders, type Holder, holderOf, isHidden, newHiddenIdentity } from './holder.ts'
import { simulator } from './simulator-client.ts'
import { say } from './words.ts'

/** The dialog in which a phone changes hands. `take` is called with whoever holds it from now on. */
export async function openHolderDialog(
  phone: number,
  current: Holder,
  take: (holder: Holder) => void,
): Promise<void> {
  const known = await everybody()
  const titleId = `holder-title-${phone}`
  const dialog = element('dialog', { class: 'holder', 'aria-labelledby': titleId })
  function finish(holder: Holder): void {
    dialog.close()
    take(holder)
  }
  dialog.append(
    element(
      'header',
      {},
      element('h2', { id: titleId }, say('who')),
      element(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': say('close'), onclick: () => dialog.close() },
        picture('close'),
      ),
    ),
    peopleOf(known, current, finish),
    inventForm(phone, finish),
    habitsOf(current, take),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

/** Those of the demo, and who has written besides. */
async function everybody(): Promise<readonly Holder[]> {
  const { items } = await simulator.citizens().catch(() => ({ items: [] }))
  const met = items.map(holderOf)
  const isMet = new Set(met.map(({ identity }) => identity))
  return [...firstHolders.filter(({ identity }) => !isMet.has(identity)), ...met]
}

function peopleOf(people: readonly Holder[], current: Holder, finish: (holder: Holder) => void): HTMLElement {
  const list = element('ul', { class: 'people' })
  for (const person of people) {
    const isCurrent = person.identity === current.identity
    list.append(
      element(
        'li',
        {},
        element(
          'button',
          {
            type: 'button',
            'aria-pressed': String(isCurrent),
            onclick: () => finish(isCurrent ? current : person),
          },
          element('strong', {}, person.profileName),
          element('small', {}, addressOf(person)),
        ),
      ),
    )
  }
  return element('section', {}, element('h3', {}, say('known')), list)
}

export function addressOf(holder: Holder): string {
  if (!isHidden(holder)) return `+${holder.identity}`
  return holder.username ? `@${holder.username} · ${say('hiddenNumber')}` : say('hiddenNumber')
}

function inventForm(phone: number, finish: (holder: Holder) => void): HTMLElement {
  function id(name: string) {
    return `holder-${name}-${phone}`
  }
  const name = element('input', { id: id('name'), required: true, maxlength: 100, autocomplete: 'off' })
  const number = element('input', {
    id: id('number'),
    inputmode: 'numeric',
    autocomplete: 'off',
    'aria-describedby': id('number-hint'),
  })
  const hint = element('small', { id: id('number-hint') }, say('numberHint'))
  const username = element('input', { id: id('username'), maxlength: 60, autocomplete: 'off' })
  const hidden = element('input', { id: id('hidden'), type: 'checkbox' })
  const numberField = element('p', {}, element('label', { for: id('number') }, say('number')), number, hint)
  const usernameField = element(
    'p',
    { hidden: true },
    element('label', { for: id('username') }, say('username')),
    username,
  )
  hidden.addEventListener('change', () => {
    numberField.hidden = hidden.checked
    usernameField.hidden = !hidden.checked
  })
  function submit(event: Event): void {
    event.preventDefault()
    const digits = number.value.replaceAll(/[\s+/()-]/g, '')
    if (!hidden.checked && !/^\d{6,20}$/.test(digits)) {
      hint.textContent = say('numberWrong')
      hint.classList.add('wrong')
      number.setAttribute('aria-invalid', 'true')
      number.focus()
      return
    }
    finish({
      identity: hidden.checked ? newHiddenIdentity() : digits,
      profileName: name.value,
      username: hidden.checked ? username.value || null : null,
      receipts: true,
      blocked: false,
    })
  }
  return element(
    'section',
    {},
    element('h3', {}, say('invent')),
    element(
      'form',
      { onsubmit: submit },
      element('p', {}, element('label', { for: id('name') }, say('name')), name),
      element('p', { class: 'check' }, hidden, element('label', { for: id('hidden') }, say('hideNumber'))),
      numberField,
      usernameField,
      element('button', { class: 'strong' }, say('take')),
    ),
  )
}

function habitsOf(current: Holder, take: (holder: Holder) => void): HTMLElement {
  let holder = current
  function habit(id: string, label: string, checked: boolean, change: (on: boolean) => Partial<Holder>) {
    const box: HTMLInputElement = element('input', {
      id,
      type: 'checkbox',
      checked,
      onchange: () => {
        holder = { ...holder, ...change(box.checked) }
        take(holder)
      },
    })
    return element('p', { class: 'check' }, box, element('label', { for: id }, label))
  }
  return element(
    'section',
    {},
    element('h3', {}, say('habits')),
    habit('habit-receipts', say('receipts'), current.receipts, (receipts) => ({ receipts })),
    habit('habit-block', say('block'), current.blocked, (blocked) => ({ blocked })),
  )
}
