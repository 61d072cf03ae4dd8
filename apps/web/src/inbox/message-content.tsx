import type { ReactElement } from 'react'
import type { Message, MessageDetails } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { useWords } from '../ui/words.tsx'
import { AttachmentView } from './attachment-view.tsx'
import { MarkupText } from './markup-text.tsx'
import styles from './message-content.module.css'
import { placeholderOf } from './preview.ts'

type Of<K extends MessageDetails['kind']> = Extract<MessageDetails, { kind: K }>

function Location({ details }: { details: Of<'location'> }): ReactElement {
  const w = useWords()
  const number = new Intl.NumberFormat(w.locale, { minimumFractionDigits: 5, maximumFractionDigits: 5 })
  const [latitude, longitude] = [details.latitude, details.longitude]
  const words = w.special.coordinates(number.format(latitude), number.format(longitude))
  const place = `${latitude.toFixed(5)}/${longitude.toFixed(5)}`
  return (
    <div className={styles.card}>
      <span className={styles.sign}>
        <Icon name="pin" />
      </span>
      <div className={styles.facts}>
        <p className={styles.title}>
          <bdi>{details.name ?? w.special.location}</bdi>
        </p>
        {details.address !== null && (
          <p>
            <bdi>{details.address}</bdi>
          </p>
        )}
        <p className={styles.quiet}>{words}</p>
        <p className={styles.links}>
          <a
            href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${place}`}
            target="_blank"
            rel="noopener noreferrer"
            title={w.special.openMapTitle}
          >
            {w.special.openMap}
          </a>
          <button
            type="button"
            onClick={() => {
              void navigator.clipboard
                .writeText(`${latitude}, ${longitude}`)
                .then(() => announce(w.channels.copied))
            }}
          >
            {w.special.copyCoordinates}
          </button>
          {details.url !== null && (
            <a href={details.url} target="_blank" rel="noopener noreferrer">
              {w.special.openLink}
            </a>
          )}
        </p>
      </div>
    </div>
  )
}

function Contacts({ details }: { details: Of<'contacts'> }): ReactElement {
  const w = useWords()
  return (
    <ul className={styles.cards}>
      {details.contacts.map((contact, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message does not change, and cards have no other key
        <li key={index} className={styles.card}>
          <span className={styles.sign}>
            <Icon name="user" />
          </span>
          <div className={styles.facts}>
            <p className={styles.title}>
              <bdi>{contact.name ?? w.special.noName}</bdi>
            </p>
            {contact.organisation !== null && (
              <p>
                <bdi>{contact.organisation}</bdi>
              </p>
            )}
            {[...contact.phones, ...contact.emails].map((line) => (
              <p key={line}>
                <bdi>{line}</bdi>
              </p>
            ))}
            <p className={styles.quiet}>
              {contact.requested ? w.special.requestedContact : w.special.contactCard}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Labelled({ label, children }: { label: string; children: ReactElement | string }): ReactElement {
  return (
    <div>
      <p className={styles.label}>{label}</p>
      {typeof children === 'string' ? (
        <p dir="auto">
          <bdi>{children}</bdi>
        </p>
      ) : (
        children
      )}
    </div>
  )
}

function Details({ details }: { details: MessageDetails }): ReactElement | null {
  const w = useWords()
  switch (details.kind) {
    case 'location':
      return <Location details={details} />
    case 'contacts':
      return <Contacts details={details} />
    case 'choice':
      return (
        <Labelled label={w.special.choice}>
          <div className={styles.choice}>
            <Icon name="check" size={16} />
            <div>
              <p className={styles.title}>
                <bdi>{details.title}</bdi>
              </p>
              {details.description !== null && (
                <p className={styles.quiet}>
                  <bdi>{details.description}</bdi>
                </p>
              )}
            </div>
          </div>
        </Labelled>
      )
    case 'form':
      if (details.answers === null) return <p className={styles.placeholder}>{w.special.formUnreadable}</p>
      return (
        <Labelled label={w.special.form}>
          <dl className={styles.form}>
            {Object.entries(details.answers).map(([name, value]) => (
              <div key={name}>
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        </Labelled>
      )
    case 'order':
      return (
        <Labelled label={w.special.order}>
          <ul className={styles.order}>
            {details.items.map(({ productId, quantity }) => (
              <li key={productId}>
                <bdi>{w.special.orderItem(quantity, productId)}</bdi>
              </li>
            ))}
          </ul>
        </Labelled>
      )
    case 'template':
      return (
        <p className={styles.label}>
          {[w.special.template(details.name), ...details.buttons.map((button) => `[${button}]`)].join(' ')}
        </p>
      )
    case 'unsupported':
      return <p className={styles.placeholder}>{placeholderOf(w, details)}</p>
    case 'elsewhere':
      return (
        <p className={styles.elsewhere}>
          <Icon name="forward" size={16} /> {w.elsewhere.said(w.elsewhere.ways[details.way])}
        </p>
      )
    case 'system':
      return null
  }
}

/** The content of a message of any kind, the way its sender meant it. */
export function MessageContent({ message }: { message: Message }): ReactElement {
  const w = useWords()
  const { kind, text, details, attachments } = message
  const hasText = text !== null && text !== '' && !(details?.kind === 'choice' && details.title === text)
  return (
    <>
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} attachment={attachment} />
      ))}
      {details !== null && <Details details={details} />}
      {hasText && <MarkupText text={text} />}
      {details === null && attachments.length === 0 && !hasText && (
        <p className={styles.placeholder}>
          {kind === 'text' ? w.special.notTransmitted : placeholderOf(w, details)}
        </p>
      )}
    </>
  )
}
