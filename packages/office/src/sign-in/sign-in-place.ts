/** Where one signs in, and what is taken there: settings of the installation. */
export type SignInPlace = {
  /** Domain that passkeys are made for (WebAuthn's RP ID); null: they are impossible under an IP address. */
  readonly rpId: string | null
  /** Origins of our own pages. */
  readonly origins: readonly string[]
  /** Who signs in with a password here: everybody, or one account for the case that the provider is away; null: nobody. */
  readonly localAccounts: 'all' | { readonly only: string | null }
}
