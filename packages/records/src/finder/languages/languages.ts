import { arabic } from './arabic.ts'
import { english } from './english.ts'
import { german } from './german.ts'
import type { Language } from './language.ts'
import { otherThanks } from './other-thanks.ts'
import { polish } from './polish.ts'
import { romanian } from './romanian.ts'
import { russian } from './russian.ts'
import { turkish } from './turkish.ts'
import { ukrainian } from './ukrainian.ts'

/** The languages that the finder reads. All of them count in every text: people mix. */
export const languages: readonly Language[] = [
  german,
  english,
  turkish,
  arabic,
  ukrainian,
  russian,
  polish,
  romanian,
  otherThanks,
]
