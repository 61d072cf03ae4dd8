declare const personMark: unique symbol

/**
 * Who acted, as an opaque identifier of the person and not of the account: two accounts of one person are one person
 * (four-eyes rule). It never enters the ledger.
 */
export type PersonId = string & { readonly [personMark]: true }

/** A person's identifier as the product stores it; the law only compares identifiers. */
export function personId(id: string): PersonId {
  return id as PersonId
}

/** Who ends what protects: one proposes, another approves. */
export type TwoPersons = { readonly proposedBy: PersonId; readonly approvedBy: PersonId }

/** A sentence for a human, complete in both languages of the product. */
export type Sentence = { readonly de: string; readonly en: string }

/** What a constructor of the law answers: the value whose conditions hold, or the code of the first that does not. */
export type Checked<Value, Code extends string> = { readonly accepted: Value } | { readonly refused: Code }
