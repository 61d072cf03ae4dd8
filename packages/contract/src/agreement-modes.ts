export const lands = [
  'BB',
  'BE',
  'BW',
  'BY',
  'HB',
  'HE',
  'HH',
  'MV',
  'NI',
  'NW',
  'RP',
  'SH',
  'SL',
  'SN',
  'ST',
  'TH',
] as const
export type LandCode = (typeof lands)[number]

export const agreementModes = ['OFFER_EACH', 'GENERAL_WAIVER', 'CATALOGUE'] as const
export type AgreementMode = (typeof agreementModes)[number]
