import type { AgreementMode, LandCode } from '@buergerdraht/contract'

const landsDe: Readonly<Record<LandCode, string>> = {
  BB: 'Brandenburg',
  BE: 'Berlin',
  BW: 'Baden-Württemberg',
  BY: 'Bayern',
  HB: 'Bremen',
  HE: 'Hessen',
  HH: 'Hamburg',
  MV: 'Mecklenburg-Vorpommern',
  NI: 'Niedersachsen',
  NW: 'Nordrhein-Westfalen',
  RP: 'Rheinland-Pfalz',
  SH: 'Schleswig-Holstein',
  SL: 'Saarland',
  SN: 'Sachsen',
  ST: 'Sachsen-Anhalt',
  TH: 'Thüringen',
}

const de = {
  lands: landsDe,
  modes: {
    OFFER_EACH: 'Jeder Vorgang wird einzeln angeboten',
    GENERAL_WAIVER: 'Generalverzicht: Das Archiv verzichtet auf ganze Datenarten',
    CATALOGUE: 'Bewertungskatalog: Das Archiv hat Datenarten bewertet',
  } satisfies Record<AgreementMode, string> as Record<AgreementMode, string>,
  valuations: { A: 'A – archivieren', B: 'B – erst ansehen', V: 'V – vernichten' },
  months: (n: number) => (n === 1 ? 'ein Monat' : `${n} Monate`),
  silence: {
    RELEASES: 'Antwortet das Archiv in dieser Zeit nicht, darf gelöscht werden.',
    RELEASES_NOTHING: 'Antwortet das Archiv nicht, bleibt alles, bis es antwortet.',
  },
  from: (day: string) => `ab ${day}`,
  fromUntil: (first: string, last: string) => `${first} bis ${last}`,
  land: 'Land',
  mode: 'Anbietung',
  answer: 'Frist für die Antwort',
  onSilence: 'Schweigen',
  cluster: 'Datenart',
  valuation: 'Bewertung',
  basis: 'Aktenzeichen der Entscheidung',
  valid: 'gilt',
  table: 'Entscheidungen des Archivs',
}
export type ArchiveWords = typeof de

const en: ArchiveWords = {
  lands: landsDe,
  modes: {
    OFFER_EACH: 'Each matter is offered by itself',
    GENERAL_WAIVER: 'General waiver: the archive waives whole data clusters',
    CATALOGUE: 'Valuation catalogue: the archive has valued data clusters',
  },
  valuations: { A: 'A – archive', B: 'B – look first', V: 'V – destroy' },
  months: (n) => (n === 1 ? 'one month' : `${n} months`),
  silence: {
    RELEASES: 'If the archive does not answer within this time, it may be deleted.',
    RELEASES_NOTHING: 'If the archive does not answer, everything stays until it does.',
  },
  from: (day) => `from ${day}`,
  fromUntil: (first, last) => `${first} to ${last}`,
  land: 'Land',
  mode: 'Offering',
  answer: 'Time for the answer',
  onSilence: 'Silence',
  cluster: 'Data cluster',
  valuation: 'Valuation',
  basis: 'Reference of the decision',
  valid: 'holds',
  table: 'Decisions of the archive',
}

/** Of two desks: where it is agreed, and where the second person decides. */
export const archiveWords: Readonly<Record<'de' | 'en', ArchiveWords>> = { de, en }
