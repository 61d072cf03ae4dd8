import { saysOf } from './said-of-matter.ts'

/** "Das melden wir", "wir suchen": what an office says it does; not "haben wir offen". */
const weDo =
  /(?<!\p{L})(?!haben|sind|waren|hatten|können|dürfen|wollen|öffnen|schließen|nehmen|bieten|kennen|führen|wissen|verkaufen)\p{L}{2,20}en wir(?!\p{L})|(?<!(?:können|dürfen|sollen|müssen|möchten) )(?<!\p{L})wir (?!haben|hatten|waren|können|dürfen|wollen|öffnen|schließen|nehmen|bieten|kennen|führen|wissen|verkaufen|verleihen|beraten|wünschen|freuen|empfehlen|danken|akzeptieren|arbeiten|berechnen|verwenden|brauchen|benötigen|stehen)\p{L}{2,20}en(?!\p{L})/iu

/** "Ich blocke den Termin", "mache ich": the same of a single clerk. */
const iDo =
  /(?<!\p{L})ich (?!habe|hätte|könnte|wünsche|glaube|denke|empfehle|würde|danke|freue|meine|wüsste|dachte|hatte|sollte|wollte|kenne|nehme an|sehe)\p{L}{2,20}e(?!\p{L})|(?<!\p{L})(?!habe|hätte|könnte|würde|wünsche|glaube|denke|kenne|dachte|hatte|sollte|wollte)\p{L}{2,20}e ich(?!\p{L})/iu

/** "Wir haben Ihnen elf Uhr reserviert", "ich habe Ihre Frage …": something was done in the matter of this citizen, which is not the end of it. */
const doneForThem =
  /(?<!\p{L})(?:(?:ich habe?|wir haben|habe? ich|haben wir) [^.!?]{0,60}?(?<!\p{L})(?:ihr(?:e[nmrs]?)?|ihnen|euch|eure[nmrs]?|dir|dich|deine?[nmrs]?)|(?:i|we)(?:'ve| have) [^.!?]{0,60}?(?<!\p{L})your)(?!\p{L})/iu

/** "Das Heft wird an alle verteilt": what always is so and concerns nobody in particular. */
function isHabit(sentence: string): boolean {
  return passive.test(sentence) && always.test(sentence) && !ofSomebody.test(sentence)
}

const passive = /(?<!\p{L})(?:wird|werden)(?!\p{L})/iu
const always =
  /(?<!\p{L})(?:alle \p{L}+ (?:tage|wochen|monate|jahre)|einmal i[mn]|zweimal i[mn]|rund um die uhr|an alle|an jede[nrs]?|nur an|nur für|immer|grundsätzlich|generell|in der regel|üblicherweise|im winter|im sommer|im herbst|im frühjahr|jährlich|monatlich|wöchentlich|täglich|jede[nrs]? (?:tag|woche|monat|jahr|montag|dienstag|mittwoch|donnerstag|freitag|samstag)|(?:mon|diens|donners|frei|sams)tags|mittwochs)(?!\p{L})/iu
const ofSomebody =
  /(?<!\p{L})(?:ihr\p{L}{0,3}|sie(?! wird)|ihnen|wir|uns|ich|dein\p{L}{0,2}|dir|du|euch|euer|eure\p{L}?)(?!\p{L})/iu
/** "Das macht das Konsulat", "am Bauhof": who else does it, or where; the office does nothing. */
const elsewhere =
  /(?<!\p{L})(?:das macht|das machen|das erledigt|das klärt|dafür ist|darüber entscheidet) (?:nur |aber )?(?:die|das|der|ihre?) (?:zulassungsstelle|konsulat|botschaft|landratsamt|landkreis|kreis|kreishaus|kreisverwaltung|führerscheinstelle|jobcenter|arbeitsagentur|agentur für arbeit|familienkasse|krankenkasse|finanzamt|versorgungsamt|rentenversicherung|bundes\p{L}+|amtsgericht|gericht|notar|polizei|vermieter|deutsche post|post)(?! (?:für sie|für dich|für euch))|(?<!\p{L})(?:am|beim|auf dem|zum|im) (?:bauhof|landratsamt)(?!\p{L})|(?<!\p{L})(?:steht|stehen|liegt|liegen) (?:auf unserer|im foyer|am empfang|an der pforte|im internet)[^.!?,]{0,30}/giu
const justDone = /(?<!\p{L})(wurden?) (?:gerade|soeben|eben)(?!\p{L})/giu

/** Whether the office says that it does something, or that something will come. */
export function promises(written: string): boolean {
  const text = written
    .split(/(?<=[.!?])/)
    .filter((sentence) => !isHabit(sentence))
    .join('')
    .replace(elsewhere, '')
    .replace(justDone, '$1')
  return saysOf(text, 'PROMISE') || weDo.test(text) || iDo.test(text) || doneForThem.test(text)
}
