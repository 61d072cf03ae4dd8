import { specialCategories } from '../special-categories.ts'
import type { Language } from './language.ts'

/** Thanks in languages of which the finder knows nothing else yet: French, Italian, Spanish, Portuguese, Albanian, Serbian, Greek, Dutch. */
export const otherThanks: Language = {
  common: '',
  months: [
    'janvier, gennaio, enero',
    'février, febbraio, febrero',
    'mars, marzo',
    'avril, aprile, abril',
    'maggio, mayo',
    'juin, giugno, junio',
    'juillet, luglio, julio',
    'août, agosto',
    'septembre, settembre, septiembre',
    'octobre, ottobre, octubre',
    'novembre, noviembre',
    'décembre, dicembre, diciembre',
  ],
  labels: {
    PHONE: 'téléphone, telefono, teléfono, telefonino',
    EMAIL: '',
    IDENTITY_DOCUMENT:
      'passeport, passaporto, pasaporte, pièce d identité, carte d identité, carta d identità',
    OTHER_NUMBER: '',
    BIRTH:
      'né le, née le, né, née, date de naissance, nato, nata, nato il, nata il, data di nascita, nacido, nacida, fecha de nacimiento, nascido, nascida, data de nascimento, rođen, rođena, datum rođenja, datëlindja, i lindur, e lindur, γεννήθηκα, geboortedatum',
    OTHER_DATE: '',
    AGE: 'ans, anni, años',
  },
  person: '',
  writer: '',
  noPerson: '',
  subject: '',
  thing: '',
  special: Object.fromEntries(
    specialCategories.map((category) => [category, { always: '', ofPerson: '' }]),
  ) as unknown as Language['special'],
  closing: {
    THANKS:
      'merci, merci beaucoup, merci bien, merci infiniment, mille mercis, d accord, parfait, très bien, ça marche, compris, c est noté, super merci, grazie, grazie mille, grazie tante, mille grazie, molte grazie, va bene, perfetto, capito, ottimo, d accordo, benissimo, gracias, muchas gracias, mil gracias, vale, perfecto, entendido, de acuerdo, muy bien, obrigado, obrigada, muito obrigado, muito obrigada, faleminderit, flm, ju faleminderit, shumë faleminderit, në rregull, hvala, puno hvala, hvala lijepo, hvala lepo, hvala vam, u redu, važi, може, хвала, хвала вам, благодаря, много благодаря, добре, ευχαριστώ, ευχαριστώ πολύ, σας ευχαριστώ, εντάξει, dank u, dank u wel, dankjewel, dank je, dank je wel, bedankt, oké, tak, köszönöm, köszönöm szépen, děkuji, děkuju, díky, ďakujem, takk, tack, tack så mycket, kiitos, spas, zor spas, supas, gelek spas, дзякуй, მადლობა, cảm ơn, cám ơn, ممنون, مرسی, متشکرم, تشکر, خیلی ممنون, سپاس, مننه, ډېره مننه, yekenyeley, የቀንየለይ, አመሰግናለሁ, mahadsanid, ধন্যবাদ, धन्यवाद, 谢谢, ขอบคุณ, asante',
    POLITE:
      'beaucoup, bien, pour votre aide, pour votre réponse, pour la réponse, pour l information, pour les informations, bonne journée, bonne soirée, bon week end, bonjour, bonsoir, au revoir, à bientôt, à vous, vous aussi, mille, tante, molto, per l aiuto, per la risposta, per l informazione, per le informazioni, buona giornata, buona serata, buon weekend, buongiorno, buonasera, arrivederci, salve, anche a lei, muchas, por la ayuda, por la respuesta, por la información, por todo, buen día, buenas tardes, buenos días, buenas, hasta luego, adiós, igualmente, hola, muito, shumë, ditë të mbarë, përshëndetje, mirupafshim, puno, lijep pozdrav, dobar dan, prijatan dan, doviđenja, lijepo, πολύ, καλημέρα, καλό απόγευμα, fijne dag, tschau',
    GREETING:
      'cordialement, bien à vous, cordiali saluti, distinti saluti, saluti, saludos, un saludo, pozdrav, madame, monsieur, signora, signor',
    AND: 'et, e, y',
    NOT: 'merci pour rien, grazie di niente, gracias por nada',
  },
  open: {
    QUESTION: '',
    FORMAL: '',
    ANNOUNCED: '',
    PROMISE: '',
    DEMAND: '',
    APPOINTMENT: 'rendez vous, appuntamento, cita, orari',
    NO_APPOINTMENT: '',
    COURTESY: '',
    DONE: '',
    TO_BE_DONE: '',
    WEEKDAY: '',
  },
  misplaced: {
    SPAM: '',
    LURE: '',
    CALL: '',
    REPORT: '',
    MISDIRECTED:
      'mauvais numéro, faux numéro, erreur de numéro, numero sbagliato, ho sbagliato numero, número equivocado, me equivoqué de número, numër i gabuar, pogrešan broj, λάθος νούμερο, verkeerd nummer',
    NOT_MISDIRECTED: '',
    PRIVATE: '',
    OTHER_TOWN: '',
    NOT_OTHER_TOWN: '',
    AGAIN: '',
  },
}
