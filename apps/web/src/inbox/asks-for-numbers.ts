const sensitive =
  /\b(personal)?ausweis(nummer|kopie|foto)?\b|\b(reise)?pass(nummer|kopie)\b|\biban\b|\bkonto(nummer|daten)\b|\bkredit-?karten?\w*|\bkarten-?nummer\b|\bsteuer-?id\w*|\bsozialversicherungs-?nummer\b|\bkrankenkassen?karte\b|\bid card\b|\bpassport number\b|\bcredit card\b|\bbank account\b/i
const wantsIt =
  /\b(schicken|senden|schreiben|nennen|teilen|fotografieren|benötige\w*|brauche\w*|geben|send|share|need|tell|give)\b|\?/i

/** Whether a draft seems to ask for a number that does not belong into this channel. A hint, never a ban. */
export function asksForNumbers(text: string): boolean {
  return sensitive.test(text) && wantsIt.test(text)
}
