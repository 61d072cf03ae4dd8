import type { Language } from './language.ts'

export const english: Language = {
  common:
    'in, the, a, an, and, is, are, i, my, me, to, of, for, on, with, it, you, we, this, that, was, be, have, has, had, not, do, does, can, how, where, when, what, from, at, but, or, if, there, your, please, about, im, am, he, she, his, her, they, our, would, will, by, last, year, because, as',
  months: [
    'january, jan',
    'february, feb',
    'march, mar',
    'april, apr',
    'may',
    'june, jun',
    'july, jul',
    'august, aug',
    'september, sep, sept',
    'october, oct',
    'november, nov',
    'december, dec',
  ],
  labels: {
    PHONE:
      'phone, phone number, telephone, mobile, mobile number, cell, cell phone, call me, call me on, ring me, reach me, my number, number is, contact number, landline, whatsapp number',
    EMAIL: 'email, e mail, mail',
    IDENTITY_DOCUMENT: `driving licence, driving license, drivers license, driver license, drivers licence, driving licence number, driving license number, licence number, dl number, refugee travel document, convention travel document, biometric residence permit, aliens passport, passport card, passaport, pasport, passport num, green card number, national identity card, identity number, passeport, passeports, passaporto, pasaporte, carte d'identité, carta d'identità, permit card, permit, brp, id card number, identity document, national id number, passport nr, resident card, passport, passports, passport number, passport no, id card, identity card, id number, id no, residence permit, residence card, travel document, document number, national id, permit number, resident permit`,
    OTHER_NUMBER: `receipt, receipt number, confirmation, confirmation code, confirmation number, appointment number, transaction, payment, password, application number, pet passport, vaccination, serial number of the, bike, scooter, reference no, ref, reference, reference number, case number, file number, order number, order, invoice, invoice number, tracking, tracking number, parcel, customer number, account number, ticket, ticket number, contract number, meter, meter reading, serial number, booking, booking number, room, library card, student id, licence plate, license plate, driving licence number, flight, code, part, model, version`,
    BIRTH: 'born, dob, d o b, date of birth, birthday, birth date, birthdate, bday',
    OTHER_DATE: `since, until, valid, issued, issue date, expires, expired, expiry, expiry date, married, wedding, got married, divorced, founded, established, contract, lease, letter, notice, decision, built, died, death, passed away, deceased, moved, registered, arrived, entered, employed, working, bought, invoice, appointment, anniversary, article, law, act, dated, retired, birth certificate issued, opened`,
    AGE: 'years old, aged, age',
  },
  person: `i, im, i am, ive, i have, me, my, mine, we, our, us, he has, she has, he is, she is, husband, wife, mother, mum, mom, father, dad, son, daughter, brother, sister, grandma, grandpa, grandmother, grandfather, uncle, aunt, boyfriend, girlfriend, partner, neighbour, neighbor, member, baby, he was, she was, was, diagnosed, suffer, suffering, suffers`,
  writer: '',
  noPerson:
    'disabled parking, disabled spot, dog, dogs, cat, cats, horse, bird, tree, trees, car, garden, that is sick, thats sick, sick of, for sale, give away, parking spot, parking space, found, volunteer',
  subject: `about, on, lecture, talk, talk on, course, against, campaign, information on, info about, leaflet, poster, near, next to, behind, opposite, in front of, at the, to the, from the, outside the, bus, parking, park, car park, street, road, work at, work in, work for, volunteer, is there a, are there, where is, donate, donation, exhibition, film, book, support for, help for, mr, mrs, ms, dr, how do i get to, the nearest`,
  thing: `street, road, lane, square, church, school, kindergarten, cemetery, hall, centre, center, hospital, avenue, park, jack, station, sign, poster, course, test centre, market, festival, stand, lamp, building, office, insurance, leave form, shop, party hall`,
  special: {
    HEALTH: {
      always: `pregnant, pregnancy, miscarriage, stillbirth, abortion, wheelchair user, my wheelchair, in a wheelchair, use a wheelchair, uses a wheelchair, chemotherapy, chemo, dialysis, diabetic, epilepsy, epileptic, schizophreni*, bipolar, depressed, clinical depression, suffer* from, suffering from, diagnosed with, mentally ill, mental illness, mental health issues, mental health problems, ptsd, autistic, autism, adhd, asperger*, dementia, alzheimer*, parkinson*, multiple sclerosis, leukaemia, leukemia, tumour, tumor, heart attack, stroke, heart condition, asthma, asthmatic, hiv, hiv positive, aids, hepatitis, tuberculosis, severely disabled, disability, disabilities, learning difficulties, bedridden, in need of care, care level, sick note, sick leave, signed off sick, off sick, on sick leave, medical certificate, doctors note, tested positive, long covid, alcoholic, drug addict, addicted to, addiction, rehab, in hospital, hospitalised, hospitalized, had surgery, had an operation, broke|broken my|his|her|leg|arm|hip, broken leg, broken arm, suicidal, panic attacks, anxiety disorder, down syndrome, downs syndrome, hard of hearing, deaf, on crutches, antidepressants, insulin, burnout, pneumonia, is expecting, am expecting, are expecting, expecting a baby, expecting twins, due in, medication for, kidney failure, copd, migraine, allergic to, terminally ill, chronically ill, chronic illness`,
      ofPerson: `disabled, ill, sick, cancer, depression, anxiety, diabetes, covid, corona, flu, fever, blind, surgery, operation, therapy, treatment, medication, allergy, allergic, stroke, wheelchair, doctor said, diagnosis, injured, illness, disease, quarantine, infected, psychiatrist, therapist, psychologist, blood pressure, pain, vaccinated, unvaccinated`,
      place: 'hospital, clinic, psychiatric ward, intensive care, nursing home, hospice',
    },
    RELIGION_OR_BELIEF: {
      always: `jehovahs witness*, converted to islam|christianity|judaism, leave the church, left the church, leaving the church, church member, for religious reasons, religious reasons, my religion, my faith, our religion, our faith, church tax, not religious`,
      ofPerson: `muslim, muslims, christian, christians, catholic, protestant, orthodox, jewish, jew, jews, hindu, buddhist, sikh, atheist, islam, islamic, sunni, shia, yazidi, alevi, baptist, mormon, religious, baptised, baptized, hijab, headscarf, ramadan, fasting, halal, kosher, pray, prayer, prayers`,
      place: 'mosque, synagogue, temple',
    },
    POLITICAL_OPINION: {
      always: `belong to the … party, belong to … party, party member, member of the spd|cdu|csu|fdp|afd|greens|green|left|labour|party|communist|socialist, vote for, i vote, i voted, voted for, running for the, stand for the, candidate for the, joined the party, left the party, political opinion, political opinions, political views, politically active, politically persecuted, political refugee, political activist`,
      ofPerson:
        'communist, socialist, anarchist, marxist, conservative, liberal party, activist, demonstration, protest march, opposition member',
    },
    TRADE_UNION: {
      always:
        'trade union member*, union member*, member of a union, member of the union, member of a trade union, union dues, union rep, shop steward, joined the union, in the union, my union, on strike, left the union, trade unionist, member of ver|ig|gew|verdi',
      ofPerson: 'trade union, labour union, labor union, union, strike',
    },
    ETHNIC_ORIGIN: {
      always:
        'asylum seeker*, applied for asylum, asylum application, asylum procedure, asylum claim, my asylum, asylum, refugee status, as a refugee, deported, deportation, toleration, skin colour, skin color, black man, black woman, i am black, im black, person of colour, person of color, my ethnicity, ethnic minority, ethnic background, my origin, because of my race, fled from, fled the, subsidiary protection, tolerated stay',
      ofPerson:
        'refugee, refugees, kurdish, kurd, kurds, roma, sinti, gypsy, hazara, pashtun, tamil, rohingya, uyghur, palestinian, ethnic, tatar, chechen, yoruba, igbo, tigrinya, oromo, arab, fled, migrant',
      place: 'refugee camp, asylum centre, refugee shelter, reception centre',
    },
    SEX_LIFE: {
      always:
        'homosexual, bisexual, lesbian, transgender, trans woman, trans man, transsexual, non binary, nonbinary, same sex marriage, same sex, samesex, raped, sexually abused, sexual abuse, sexually assaulted, sexual assault, sexual orientation, sex worker, prostitute, gender change, gender marker, gender reassignment, my boyfriend and i are gay, coming out, intersex',
      ofPerson: 'gay, queer, trans, pansexual, asexual, affair, sexual, sexuality, lgbt, lgbtq',
    },
    GENETIC_OR_BIOMETRIC: {
      always:
        'dna test, genetic test, genetic disease, genetic disorder, genetic condition, genetically, paternity test, my fingerprint, my fingerprints, fingerprints … taken, brca, hereditary disease, face scan, iris scan, huntingtons',
      ofPerson: 'dna, genetic, fingerprints, fingerprint, biometric data, chromosome*',
    },
    CRIMINAL_MATTER: {
      always:
        'criminal record, previous conviction*, convicted, ex convict, in prison, from prison, out of prison, in jail, out of jail, on probation, my probation, probation officer, arrested, arrest warrant, charged with, suspended sentence, police custody, community service hours, under investigation, being investigated, sentenced, prison sentence, criminal charges, criminal proceedings, pressed charges against me, released from prison, drunk driving, drink driving',
      ofPerson:
        'prosecutor, prison, jail, shoplifting, theft conviction, offence, offender, accused, criminal, probation, parole, court hearing, stole',
    },
  },
  closing: {
    THANKS: `no thats all, no that is all, no thats all thanks, nope thats all, nope all good, no all good, no im good, nope thanks, no more, nothing else, nothing else thanks, thats all i wanted to know, that is all i wanted to know, all i wanted to know, thats all i needed, thats all i need, that is all i needed, all i needed to know, i got my answer, you answered my question, question answered, great help, great service, excellent service, big help, huge help, that was helpful, super helpful, so kind, so nice, how nice, how kind, nice of you, thats so kind, thats so nice, thats really kind of you, thats a relief, what a great service, thanks for everything, thanks a million, thanks a bunch, thanks a ton, thanks heaps, thanks again, thank you kindly, thank you ever so much, thx so much, thanks mate, cheers mate, cheers then, will do thanks, oki, okey, okie dokie, okey dokey, okay cool, kk, k thanks, ok cool, ok great, ok perfect, noted with thanks, well noted, duly noted, message received, received with thanks, received, copy that, right, right then, right o, righto, splendid, marvellous, marvelous, super duper, magic, champion, grand, smashing, top, top notch, spot on, bang on, phew, what a relief, thank god, thank goodness, thank heavens, hallelujah, hurray, hooray, yay, yippee, wow, sick, dope, fire, goat, w, bet, say less, word, aye, aye aye, no bother, not a problem, never mind, nevermind, too bad, shame, oh well, pity, what a pity, works now, it works, it works now, works for me, that works, that worked, all sorted, all set, all done, i am all set, im all set, all clear now, clear now, its clear, i get it, i got it, got that, i got you, understand, i understand now, understood thanks, good to hear, glad to hear, glad to hear that, great to hear, happy to hear, i learned something, learned something new, you too, same to you, likewise, and you too, you as well, have a good day, have a nice day, have a great day, have a good one, have a nice weekend, have a great weekend, bless, god bless you all, god bless you sir, may god bless you, more grease, well done, good work, keep it up, keep up the good work, kudos, hats off, bravo, impressive, five stars, 5 stars, i owe you one, you saved me, you saved my day, you made my day, means a lot, it means a lot, ta, ta very much, nice one, legend, you legend, you're a star, ur a star, lifesaver, thanku, thank uu, thnx, thanx, tks, much obliged, fab, fabulous, ace, sweet, gotcha, roger, brill, lovely stuff, cool cool, thats sorted, very clear, crystal clear, makes sense, fair enough, thats what i needed, exactly what i needed, thanks, thank you, thank u, thankyou, thx, tnx, ty, tysm, many thanks, thanks a lot, thanks so much, thank you so much, thank you very much, thanks very much, much appreciated, appreciate it, i appreciate it, cheers, great, perfect, awesome, excellent, wonderful, lovely, brilliant, amazing, good, very good, all good, all clear, got it, understood, i understand, i see, noted, okay, ok, okie, alright, all right, sure, yes, yep, yeah, fine, thats fine, thats great, thats all, thats perfect, thats good, thats very helpful, that helps, that helps a lot, that is all, sounds good, good to know, will do, no problem, no worries, super, no more questions, no further questions, that was all, it worked, solved, sorted, done, found it, i found it, no thanks, no thank you, very helpful, so helpful, very kind, you are very kind, very kind of you, thats very kind, cool, nice, god bless, god bless you, bless you`,
    POLITE: `sorry to bother, sorry to bother you, sorry for bothering, sorry for bothering you, sorry for the trouble, sorry for the bother, my bad, my mistake, i missed that, oh right, oh i see, ah right, ah ok, ah okay, oh ok, oh okay, makes sense, happy easter, merry christmas, happy new year, happy holidays, happy friday, enjoy your day, enjoy your evening, enjoy your weekend, enjoy the weekend, see ya, cya, take care all, stay safe, stay well, all of you, the whole team, to the team, to the whole team, to everyone, to your team, to your colleague, to your colleagues, dear all, dear city hall, town hall, city hall, council, dude, sis, boss, maam, my friend, my dear, dear sir, dear madam, sir madam, xx, xxx, lol, haha, hehe, ha, phew, gosh, omg, honestly, seriously, truly, btw, again and again, folks, love, x, man, bro, buddy, have a lovely day, have a lovely evening, have a lovely weekend, lovely day, good one, have a blessed day, blessed day, for the prompt reply, for the fast reply, for getting back, for clearing that up, for explaining, for the explanation, to you, to you all, all, of you, super, mega, anyways, thats so, that was so, that was quick, that was fast, kindly, mate, for … help|reply|response|answer|info|information|support|time|patience|advice|assistance|kindness|update|link|service|clarification, so much, very much, a lot, again, once again, anyway, for your help, for the help, for helping, for helping me, for your quick reply, for the quick reply, for your reply, for the reply, for your answer, for the answer, for the quick answer, for your quick response, for the quick response, for your response, for the info, for the information, for your time, for your support, for everything, for letting me know, for the link, for the update, for your patience, for the advice, for your assistance, for your kindness, for getting back to me, for the clarification, indeed, really, very, much, too, you too, same to you, have a nice day, have a good day, have a great day, have a nice evening, have a good evening, have a nice weekend, have a great weekend, have a good one, nice day, good day, nice weekend, bye, goodbye, bye bye, see you, take care, hello, hi, dear, dear team, dear sir or madam, good morning, good evening, good afternoon, everyone, guys, team, sir, madam, then, oh, ah, well, wow, you are great, you guys are great, you are the best, great service, good job, great job, then i know, all the best, and have a nice day`,
    GREETING:
      'many regards, with kind regards, with best regards, with regards, rgds, br, kr, best from, yours truly, yours faithfully, respectfully, sincerely yours, warmly, warmest regards, cheers, all the best, dr, prof, the, family, regards, best regards, kind regards, best, best wishes, kind wishes, greetings, sincerely, yours, yours sincerely, warm regards, mr, mrs, ms, miss, love, xx',
    AND: 'and',
    NOT: 'thanks for nothing, no thanks to, great just great, yeah right, oh great',
    BESIDE_THANKS:
      'this, that, thats, it, its, was, were, is, are, been, be, you, your, youre, ur, u, i, im, ive, me, we, us, the, a, an, so, really, very, all, just, now, of, in, at, with, to, by, always, too, as, have, has, had, oh, well, for me, for us, what a, such, much, more, also, then, one, guys, folks, people, everyone, there, right, pretty, super, absolutely, truly, made my',
    PRAISE:
      'help, info, information, answered, needed, wanted, thing, answer, reply, response, problem solved, support, helpful, useful, kind, kindest, great, works, worked, working, solved, found, understood, clear, clearer, helped, helps, quick, fast, quickly, friendly, nice, good, amazing, awesome, lifesaver, star, stars, legend, legends, best, better, relieved, relief, happy, glad, pleased, grateful, thankful, appreciated, appreciate, easy, easier, received, arrived, sorted, service, team, staff, job, work, wonderful, lovely, perfect, brilliant, fantastic, impressive, impressed, saved, day, saw, got, know, knew, makes, sense, fine, correct, excellent, efficient, polite, patient, professional, pleasure, angel, angels, cleared, explains, explained',
    THANKED_FOR: 'for, 4',
    THANKED_FOR_BEHIND: '',
    WISH: 'have a, have an, have a very, enjoy, enjoy your, enjoy the, happy, merry, good, great, nice, lovely, wishing you, wish you, all the best, god bless, stay, blessed, keep up',
    MORE: 'but, however, although, though, not, no, dont, didnt, doesnt, isnt, wasnt, cant, wont, havent, hasnt, never, nothing, nobody, without, only, if, when, once, unless, or, please, pls, plz, must, should, can, could, may, will, would, shall, need, needs, want, wants, i, ill, im, ive, my, we, our, still, yet, wrong, broken, error, problem, problems, missing, advance, waiting, wait, later, soon, call, send, bring, pay, on, by, until, before, after, also, else, another, more, question, because, since, delay, rejection, refusal, fine letter',
    THANKED_THAT: '',
    WORKED_BEHIND:
      'arrived, has arrived, works now, works again, is working, is working now, is working again, worked, was helpful, is fixed, is solved, is sorted, was fixed, was emptied, was collected, found',
  },
  open: {
    QUESTION:
      'i cant find, i can not find, i cannot find, i am looking for, im looking for, looking for, i wonder, i was wondering, just wondering, wondering if, i wanted to ask, i want to ask, i would like to know, id like to know, quick question, question, i have a question, until when, since when, from when, how long, how much, how many, what time, at what, is, are, do, did, has, have you, can, how, where, when, what, who, why, which, can i, could i, may i, do i, does, is there, are there, is it, are you, should i, must i, have you, will you, would you, can you, could you, do you',
    FORMAL: `object to, i object, objection, appeal against, i appeal, an appeal, complain, complaint, i hereby, hereby, apply for, i am applying, my application, application for, i demand, i request, i insist, my lawyer, solicitor, legal action, sue, refund, compensation, i disagree, do not agree, dont agree, not correct, is wrong, was not the driver, not my, gdpr, delete my data, access to my data, freedom of information, deadline, extension of, withdraw, cancel my, terminate, damage, injured, accident, threatened`,
    ANNOUNCED: `i will send, ill send, i will bring, ill bring, i will come, ill come, i will call, ill call, i will let you know, ill let you know, i will get back, ill get back, will send, will bring, to follow, attached, i will check, ill check, i will think, i will upload, i will pay, ill pay, i am on my way, see you tomorrow, see you on, see you at`,
    PROMISE: `sorry about, sorry for, apolog*, our mistake, our fault, i am checking, chase, ill chase, ill check, ill ask, ill see, ill look, ill forward, well see, well check, well look, well ask, well send, on the list, waiting list, number … on the list, is number, usually … weeks, takes … weeks, weeks, colleague*, i have … your, we have … your, ill try, trying, once we, as soon as, in the post, is printed, printed in, on its way, on the way, waiting for, we will, i will, well get back, get back to you, we are checking, checking, look into, looking into, will call, call you back, will be sent, will be repaired, will be fixed, will receive, you will, forwarded, passed on, being processed, in progress, we have noted, noted, under review, shortly, will contact, be in touch, as soon as possible, is being`,
    DEMAND: `please send, please provide, please submit, please confirm, please let us know, please bring us, we need, we still need, is missing, are missing, please reply, please fill in and`,
    APPOINTMENT:
      'slot, slots, see you, appointment, appointments, your slot, time slot, meeting, hearing, we expect you, booked',
    NO_APPOINTMENT:
      'no appointment, without an appointment, without appointment, not need an appointment, cancelled, canceled',
    COURTESY:
      'anything else, can i help, any other questions, any questions, does that help, is that ok, did it work, further questions, else we can',
    DONE: 'was emptied, it was emptied, has been emptied, was removed, has been removed, was collected, works again, is working again, has been repaired, was repaired, is repaired, fixed, done, completed, cancelled, ready for collection, deleted, corrected, has been paid, received everything',
    TO_BE_DONE:
      'on the list, my permit, my form, my deposit, my refund, my appointment, my slot, my case, any news, any update, still waiting, waiting for, do you need … from me, need anything, my son on, my daughter on, can you move, move my, cancel my, change my, i asked for, i sent, i still, when will, when are you, when can you, ready yet, is ready, passport ready, my passport, will someone, will you, would you, repair the, fix the, call me, ring me, send me, mail me, can you … fix|repair|send|call|collect|change|cancel|check, could you … fix|repair|send|call|collect|change|cancel|check, can someone, could someone, get an appointment, have an appointment, my application, please send, please call',
    WEEKDAY:
      'monday, tuesday, wednesday, thursday, friday, saturday, sunday, tomorrow, today, next week, oclock',
    CONFIRMED:
      'it worked, that worked, worked, works now, it works, works, solved, sorted, arrived, received it, fixed now',
    HELPED: 'found it, very helpful, so helpful, helped, good to know, you saved, relieved',
  },
  misplaced: {
    SPAM: `lawyer of, lawyer to, barrister, attorney to, attorney of, late mr, late mrs, left … million, left behind … million, deceased … million, fund … million, your help to transfer, transfer the sum, you have won, youve won, congratulations you, claim your prize, claim your reward, your parcel could not be delivered, package could not be delivered, parcel is waiting, customs fee, your account has been suspended, your account has been locked, account will be suspended, verify your account, hi mum … phone|number, hi mom … phone|number, hello mum … phone|number, hi dad … phone|number, my phone broke … new number, this is my new number, drivers license for sale, buy drivers license, driving license without exam, license without test, buy documents, registered documents, google reviews, buy reviews, five star reviews, 5 star reviews, work from home and earn, earn money from home, earn up to, per day from home, passive income, make money online, inheritance of, million dollars, million usd, million euros, next of kin, late client, deceased client, beneficiary, loan offer, quick loan, instant loan, loans without, urgent loan, guaranteed profit, guaranteed returns, double your, crypto investment, bitcoin investment, forex, seo services, rank on google, first page of google, forward this message, send this to, hot girls, single ladies, lottery winner`,
    LURE: `bitcoin, crypto, investment, invest, trading, profit, lottery, jackpot, prize, inheritance, loan, parcel, suspended, verify, paypal, netflix, earn, part time job, remote job, online job, like youtube, likes, followers, giveaway, gift card, free iphone, urgent transfer, casino, limited offer, discount, donation of`,
    CALL: `click, click here, click the link, tap the link, contact me, contact us, reply with, reply yes, text me, message me, whatsapp me, add me, telegram, sign up, register now, apply now, act now, within 24 hours, send me, dm me, join now, join our`,
    REPORT: `scam, scammer, scammers, fraud, phishing, fake, is this real, is it real, is this from you, is this legit, legit, suspicious, i received a text, got a text, got a message, received a message, received an email, got an email, pretending to be, claims to be, supposedly, warning about, beware`,
    MISDIRECTED: `my bad wrong, oops wrong, whoops wrong, not mum, not mom, not dad, wrong number, wrong chat, wrong person, wrong contact, wrong group, wrong window, wrong recipient, not for you, not meant for you, wasnt meant for you, was meant for, meant for my, meant for someone else, meant to send, meant to text, sent by mistake, by mistake sent, sent … by mistake|accident, texted … mistake|accident, accidentally sent|texted|messaged|wrote, mistakenly sent|texted, sorry mistake, i thought this was, thought you were, ignore that, ignore this, please ignore, please disregard, disregard`,
    NOT_MISDIRECTED:
      'letter, invoice, bill, website, on your, house number, address, notice, fine, printed, your letter, charged',
    PRIVATE: 'love you, darling, honey, babe, sweetheart, miss you',
    OTHER_TOWN:
      'wrong town, wrong city, wrong municipality, wrong town hall, another town, another city, other municipality, different town, different city, not in your town, not in your city, not responsible, thought this was the town hall',
    NOT_OTHER_TOWN:
      'moved, moving, move, moved from, came from, used to live, previously, previous address, old address, new address, work, works, working, employer, school, university, study, born, second home, holiday home, mother, father, parents, son, daughter, invoice, delivery, deregister, company, hospital',
    AGAIN:
      'again, once more, once again, as i wrote, as i said, i repeat, repeat, reminder, second time, asking again, no answer, no reply, still waiting, yesterday, please, still',
  },
}
