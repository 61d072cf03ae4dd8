/** The demo office cannot start for a reason its user can mend; the message is a sentence for them. */
export class CannotStart extends Error {
  name = 'CannotStart'
}
