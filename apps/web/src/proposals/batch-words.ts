const de = {
  title: 'Löschstapel aus der Löschwerkstatt',
  intro: (n: number, sampled: number) =>
    `Aus der Löschwerkstatt: ${n === 1 ? 'ein Vorgang' : `${n} Vorgänge`}. Als Stichprobe gezogen: ${sampled}.`,
  metadataOnly: 'Sie entscheiden nach den Eckdaten. Die Stichprobe kann nur die Schriftgutverwaltung lesen.',
  matter: (nth: number, opened: string, last: string, messages: number, files: number) =>
    `Vorgang ${nth}: begonnen ${opened}, letzte Nachricht ${last}, Nachrichten: ${messages}, Dateien: ${files}.`,
  sampled: 'Stichprobe',
  open: (nth: number) => `Stichprobe lesen: Vorgang ${nth}`,
  refuseMatter: (nth: number) => `Vorgang ${nth}: Grund, falls Sie ablehnen`,
  asAll: 'wie für alle',
  sampleTitle: 'Stichprobe',
  sampleHint: 'Dass Sie das gelesen haben, steht im Protokoll.',
  citizen: 'Bürgerin oder Bürger',
  office: 'Amt',
  noText: '(ohne Text)',
}

type BatchWords = typeof de

const en: BatchWords = {
  title: 'Batch from the workbench',
  intro: (n, sampled) =>
    `From the workbench: ${n === 1 ? 'one matter' : `${n} matters`}. Drawn as a sample: ${sampled}.`,
  metadataOnly: 'You decide by metadata. Only records management can read the sample.',
  matter: (nth, opened, last, messages, files) =>
    `Matter ${nth}: begun ${opened}, last message ${last}, messages: ${messages}, files: ${files}.`,
  sampled: 'Sample',
  open: (nth) => `Read the sample: matter ${nth}`,
  refuseMatter: (nth) => `Matter ${nth}: reason, if you refuse`,
  asAll: 'as for all',
  sampleTitle: 'Sample',
  sampleHint: 'That you have read this stands in the audit log.',
  citizen: 'Citizen',
  office: 'Office',
  noText: '(without text)',
}

export const batchWords: Readonly<Record<'de' | 'en', BatchWords>> = { de, en }
