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
    IDENTITY_DOCUMENT: `občiansky preukaz*, občanský průkaz*, občiansk*, občansk*, op, cestovní pas, cestovný pas, lichna karta, лична карта, лични карти, szig, személyi, személyi igazolvány*, útlevél*, asmens tapatybės, pasas, pase, isikutunnistus, osebna izkaznica, potni list, lična karta, lk broj, bi, cartão cidadão, tazkira, تذکره, تذکرة, پاسپورت, cnic, dni, documento nacional, número de pasaporte, número de dni, numero di passaporto, numero della carta, permesso, numéro de carte, récépissé, permis, carte de résident, tessera identità, permis de conduire, patente di guida, patente, carné de conducir, permiso de conducir, carta de condução, cartão de cidadão, passaporte, vozačka dozvola, лична карта, паспорт, rijbewijs, άδεια οδήγησης, numéro de passeport, carte nationale, cni, titre de séjour, permis de séjour, carte de séjour, permesso di soggiorno, passaporto, documento di identità, carta identità, documento d'identità, permiso de residencia, tarjeta de residencia, nie, dni, pasoš*, lična karta, osobna iskaznica, letërnjoftim*, pasaport*, διαβατήριο, ταυτότητα, paspoort, identiteitskaart, verblijfsvergunning, passeport, passaporto, pasaporte, pièce d'identité, carte d'identité, carta d'identità`,
    OTHER_NUMBER:
      'reçu, numéro de reçu, facture, commande, dossier, numéro de dossier, réservation, confirmation, billet, colis, ricevuta, fattura, ordine, pratica, prenotazione, conferma, pacco, recibo, factura, pedido, expediente, reserva',
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
    THANKS: `falemnderit, faleminderit nga zemra, ju falënderoj, falënderoj, flm shumë, rrofsh, rrofshi, të lumtë, ju lumtë, zoti ju bekoftë, hvala od srca, hvala vam od srca, hvala vam lijepo, hvala vam lepo, hvala najljepša, hvala do neba, hvala stoput, hvala na svemu, od srca hvala, zahvaljujem, zahvaljujem se, zahvaljujemo, svaka čast, svaka cast, bog vas blagoslovio, živi bili, ziveli, super ste, odlično, odlicno, jasno, razumem, razumijem, razumio, razumjela, хвала од срца, хвала најлепше, разумем, јасно, благодаря от сърце, благодаря ви много, много ви благодаря, разбрах, ясно, ok благодаря, ευχαριστούμε, ευχαριστούμε πολύ, χίλια ευχαριστώ, να είστε καλά, τέλεια, κατάλαβα, ωραία, hartelijk dank, hartelijk bedankt, heel erg bedankt, super bedankt, ontzettend bedankt, duidelijk, helder, begrepen, prima, merci hoor, dankjulliewel, dank jullie wel, thanks hoor, je vous suis reconnaissant, je vous suis reconnaissante, merci de tout coeur, merci du fond du coeur, un immense merci, merci merci, mci, mercii, merci bq, merci pour tout, c'est clair, tout est clair, c'est parfait merci, bien compris, j'ai compris, c'est compris, je comprends, entendu, noté, reçu, super gentil, trop gentil, grazie di tutto, grazie infinitamente, vi ringrazio, la ringrazio, ti ringrazio, ringrazio, grz, grazieee, ho trovato, tutto a posto, tutto ok, siete grandi, siete stati gentilissimi, siete stati molto gentili, è stata gentilissima, è stato gentilissimo, mil gracias por todo, se lo agradezco, les agradezco, le agradezco, muy agradecido, muy agradecida, agradecido, agradecida, mchas gracias, grax, graciasss, todo claro, todo bien, ya entendí, lo tengo, queda claro, dios le bendiga, dios los bendiga, que dios le bendiga, muito obrigado mesmo, agradeço, agradeço muito, agradecida, brigado, brigada, obg, entendi, percebi, tudo certo, deus abençoe, deus vos abençoe, köszi, köszi szépen, nagyon köszönöm, nagyon szépen köszönöm, hálás köszönet, értem, rendben, szuper, díky moc, děkuji moc, děkuji mnohokrát, moc děkuji, mockrát děkuji, ďakujem pekne, ďakujem veľmi pekne, rozumím, rozumiem, jasně, v pořádku, tusen takk, mange tak, mange takk, tak skal du have, tack snälla, kiitos paljon, aitäh, ačiū, paldies, labai ačiū, liels paldies, zor sipas, gelek sipas, destxweş, dest xweş, sipas dikim, mala te ava, dast xosh, سوپاس, زۆر سوپاس, دستت خوش, دستتون درد نکنه, خیلی ممنونم, متشکرم, مرسی از شما, قربان شما, باشه, فهمیدم, تشکر میکنم, زنده باشید, کور مو ودان, dhanyavaad, shukriya, bahut shukriya, ধন্যবাদ আপনাকে, salamat, salamat po, terima kasih, asante sana, dankon, gracies, gràcies, moltes gràcies, eskerrik asko, grazzi, go raibh maith agat, teşekkür, non c'est tout, c'est tout, è tutto, no è tutto, eso es todo, no eso es todo, isso é tudo, to je sve, ne to je sve, dat is alles, nee dat is alles, un grand merci, grand merci, merci à vous, merci a vous, merci pour tout, merci d'avance non, ok merci, c'est noté, bien noté, bien reçu, impeccable, top merci, c'est bon, grazie di cuore, grazie a voi, grazie a lei, grazie ancora, perfetto grazie, ho capito, gracias por todo, gracias a usted, vale gracias, faleminderit shumë, hvala vam puno, hvala najlepša, hvala na pomoći, hvala na informaciji, hvala na odgovoru, ok hvala, хвала пуно, хвала вам пуно, благодаря ви, мерси, мерси много, ευχαριστω, ευχαριστω πολυ, σας ευχαριστω, mrc, merci bcp, mille merci, je vous remercie, nous vous remercions, nickel, top, super, génial, c'est parfait, dac, d'acc, grazie infinite, tutto chiaro, chiaro, ok grazie, muchísimas gracias, genial, estupendo, obrigadão, valeu, hvala puno, hvala mnogo, hvala ti, super hvala, top bedankt, thanks bedankt, merci, merci beaucoup, merci bien, merci infiniment, mille mercis, d'accord, parfait, très bien, ça marche, compris, c est noté, super merci, grazie, grazie mille, grazie tante, mille grazie, molte grazie, va bene, perfetto, capito, ottimo, d'accordo, benissimo, gracias, muchas gracias, mil gracias, vale, perfecto, entendido, de acuerdo, muy bien, obrigado, obrigada, muito obrigado, muito obrigada, faleminderit, flm, ju faleminderit, shumë faleminderit, në rregull, hvala, puno hvala, hvala lijepo, hvala lepo, hvala vam, u redu, važi, може, хвала, хвала вам, благодаря, много благодаря, добре, ευχαριστώ, ευχαριστώ πολύ, σας ευχαριστώ, εντάξει, dank u, dank u wel, dankjewel, dank je, dank je wel, bedankt, oké, tak, köszönöm, köszönöm szépen, děkuji, děkuju, díky, ďakujem, takk, tack, tack så mycket, kiitos, spas, zor spas, supas, gelek spas, дзякуй, მადლობა, cảm ơn, cám ơn, ممنون, مرسی, متشکرم, تشکر, خیلی ممنون, سپاس, مننه, ډېره مننه, yekenyeley, የቀንየለይ, አመሰግናለሁ, mahadsanid, ধন্যবাদ, धन्यवाद, 谢谢, ขอบคุณ, asante`,
    POLITE: `gjithë të mirat, gjitha te mirat, ditën e mirë, natën e mirë, fundjavë të mbarë, përqafime, respekt, sve najbolje, sve najljepše, sve najlepše, lijepi pozdravi, lepi pozdravi, srdačan pozdrav, pozdrav svima, pozdravi, vidimo se, laku noć, laku noc, ugodan dan, ugodna večer, ugodan vikend, prijatno, prijatan vikend, prijatno veče, dobro veče, dobro jutro, doviđenja, zdravo, ćao, bog, od srca, od sveg srca, na brzom odgovoru, na trudu, na strpljenju, na svemu, за бързия отговор, за помощта, за отговора, за информацията, приятен ден, хубав ден, лека вечер, лек ден, всичко най добро, καλό βράδυ, καλό σαββατοκύριακο, χρόνια πολλά, καλή εβδομάδα, με εκτίμηση, για όλα, για την άμεση απάντηση, groetjes, groeten, met vriendelijke groet, mvg, fijne avond, fijne week, fijne feestdagen, prettige dag, prettige avond, tot ziens, tot de volgende keer, doei, doeg, hoor, voor alles, voor de snelle reactie, voor uw snelle antwoord, u ook, jullie ook, bonne nuit, bon dimanche, bonne semaine, bonne année, joyeux noël, joyeuses fêtes, joyeuses pâques, bonnes fêtes, bonnes vacances, à la prochaine, à plus, bisous, bises, gros bisous, bien cordialement, bien à vous, de rien, pour votre gentillesse, pour votre patience, pour votre rapidité, pour votre temps, pour votre efficacité, pour votre accueil, de votre aide, de votre réponse, de tout coeur, du fond du coeur, mon ami, monsieur, madame, di tutto, di cuore, per tutto, per la gentilezza, per la disponibilità, per la pazienza, per la velocità, per la risposta veloce, per il vostro tempo, buona notte, buona settimana, buone feste, buon natale, buona pasqua, buon anno, buone vacanze, buon lavoro a tutti, un abbraccio, baci, cari saluti, cordialmente, a presto, alla prossima, arrivederla, que tenga un buen día, que tengan un buen día, que tenga buen día, que tenga buena tarde, que tenga una buena tarde, que pase un buen día, que pasen buen día, buen día para usted, buen finde, feliz fin de semana, feliz tarde, feliz noche, feliz navidad, feliz año, felices fiestas, felices pascuas, un abrazo, abrazos, besos, cordiales saludos, atentamente, por su ayuda, por su tiempo, por su amabilidad, por su paciencia, por su respuesta, por la rapidez, por su rápida respuesta, por la atención, hasta pronto, hasta la próxima, nos vemos, de corazón, de verdad, pela rapidez, pela atenção, pela paciência, pela simpatia, pela gentileza, por tudo, cumprimentos, abraço, abraços, beijinhos, bom feriado, boa semana, boa páscoa, feliz natal, feliz páscoa, szép napot, szép estét, szép hétvégét, minden jót, viszlát, üdvözlettel, a segítséget, a gyors választ, hezký den, pěkný den, pěkný víkend, krásny deň, pekný deň, na shledanou, dovidenia, s pozdravem, s pozdravom, za pomoc, za odpověď, za informaci, ha en fin dag, ha en bra dag, god weekend, god helg, روز خوبی داشته باشید, روزتون بخیر, شبتون بخیر, عصر بخیر, خدا نگهدار, خداحافظ, موفق باشید, از کمک شما, بابت راهنمایی, بابت پاسخ, roj baş, şev baş, rojbaş, a tutti, a todos, à tous, për ndihmën, për përgjigjen, për informacionin, za pomoć, na pomoći, na pomoci, na informaciji, na odgovoru, lep pozdrav, svako dobro, pela ajuda, pela informação, pela resposta, para a ajuda, bom dia, boa tarde, boa noite, até logo, bom fim de semana, για τη βοήθεια, για την απάντηση, για την πληροφορία, καλή σας μέρα, καλή συνέχεια, voor de hulp, voor de informatie, voor uw hulp, voor het antwoord, prettig weekend, fijn weekend, goede dag, hartelijk, bcp, bonne fin de journée, belle journée, bonne continuation, pour tout, pour votre réponse rapide, pour l'info, pour les infos, gentilissimo, gentilissima, gentilissimi, gentile, molto gentile, molto gentili, a voi, a lei, buon lavoro, buona domenica, muy amable, muy amables, feliz día, buen fin de semana, saludos, beaucoup, bien, pour votre aide, pour votre réponse, pour la réponse, pour l'information, pour les informations, bonne journée, bonne soirée, bon week end, bonjour, bonsoir, au revoir, à bientôt, à vous, vous aussi, mille, tante, molto, per l'aiuto, per la risposta, per l'informazione, per le informazioni, buona giornata, buona serata, buon weekend, buongiorno, buonasera, arrivederci, salve, anche a lei, muchas, por la ayuda, por la respuesta, por la información, por todo, buen día, buenas tardes, buenos días, buenas, hasta luego, adiós, igualmente, hola, muito, shumë, ditë të mbarë, përshëndetje, mirupafshim, puno, lijep pozdrav, dobar dan, prijatan dan, doviđenja, lijepo, πολύ, καλημέρα, καλό απόγευμα, fijne dag, tschau`,
    GREETING:
      'cordialement, bien à vous, cordiali saluti, distinti saluti, saluti, saludos, un saludo, pozdrav, madame, monsieur, signora, signor',
    AND: 'et, e, y',
    NOT: 'merci pour rien, grazie di niente, gracias por nada',
    BESIDE_THANKS:
      "c'est, cest, vous, êtes, etes, tout, très, tres, vraiment, sei, siete, è, tutto, davvero, proprio, es, muy, todo",
    PRAISE:
      'parfait, clair, gentil, gentille, gentils, rapide, efficace, utile, aimable, reçu, compris, trouvé, marche, gentili, veloce, chiaro, perfetto, utilissimo, trovato, amables, rápido, claro, perfecto',
    THANKED_FOR: 'pour, per, por, para, par, za, για, voor',
    THANKED_FOR_BEHIND: '',
    WISH: 'bonne, bon, bonnes, joyeux, joyeuses, belle, buona, buon, buone, feliz, felices, prijatan, ugodan, fijne, καλό, καλή',
    MORE: 'mais, pas, ne, si, quand, ma, non, se, quando, pero, no, cuando, peut, puis, ali, nije, maar, niet, αλλά, δεν',
    THANKED_THAT: '',
    WORKED_BEHIND: '',
  },
  open: {
    QUESTION: `où, quand, comment, combien, est-ce que, est-ce, quel, quelle, quels, quelles, qui, pourquoi, puis-je, peut-on, pouvez-vous, faut-il, à quelle heure, y a-t-il, avez-vous, il y a, dove, quando, come, quanto, quanti, quale, quali, perché, posso, si può, c'è, ci sono, a che ora, serve, devo, dónde, cuándo, cómo, cuánto, cuánta, qué, cuál, a qué hora, puedo, se puede, hay, onde, como, quanto custa, a que horas, kada, gdje, gde, kako, koliko, da li, je li, mogu li, ku, kur, si, sa, a ka, wanneer, waar, hoe, hoeveel, kan ik, mag ik, is er`,
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
    CONFIRMED: 'ça marche, funziona, funciona',
    HELPED: 'trouvé, trovato',
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
