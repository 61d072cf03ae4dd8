import type { Language } from './language.ts'

export const romanian: Language = {
  common:
    'și, si, de, la, în, in, cu, nu, o, un, este, e, sunt, am, pentru, din, ce, cum, unde, când, pe, sa, să, mai, dar, care, vă, mă, va, imi, îmi, fost, fi, are, al, ale, mea, meu, dacă',
  months: [
    'ianuarie, ian',
    'februarie, feb',
    'martie, mar',
    'aprilie, apr',
    'mai',
    'iunie, iun',
    'iulie, iul',
    'august, aug',
    'septembrie, sept',
    'octombrie, oct',
    'noiembrie, noi',
    'decembrie, dec',
  ],
  labels: {
    PHONE: 'telefon*, tel, numărul meu, număr de telefon, mobil, sunați, sunați mă, sunati ma, contact, sună',
    EMAIL: 'mail, email, adresa de mail',
    IDENTITY_DOCUMENT:
      'seria și numărul, seria si numarul, serie și număr, act de identitate, actul de identitate, carte electronică, cartea electronică de identitate, permisul auto, permisul meu, titlul de ședere, document de călătorie, permisul de conducere, permis de conducere, permisului de conducere, seria buletin*, titlul de călătorie, cartea de rezident*, permis auto, cărții de identitate, cartii de identitate, cartea de identitate, carte de identitate, cărți de identitate, ci, permis* de sedere, permis* de ședere, titlu de călătorie, pașaport*, buletin*, buletinul, carte de identitate, cartea de identitate, ci seria, seria, permis de ședere, permisul de ședere, act de identitate',
    OTHER_NUMBER:
      'chitanț*, chitant*, bon nr, nr bon, tranzacți*, tranzacti*, confirmare, programare, programarea, cerere nr, numărul cererii, parolă, ticket, tichet, bon, de vot, câine, dosar*, comandă, comanda, factură, factura, colet*, awb, contor*, contract nr, contractul nr, client*, cod, cameră, camera, înmatriculare, referință',
    BIRTH:
      'născut, născută, născuți, m am născut, s a născut, data nașterii, data de naștere, zi de naștere, ziua de naștere, nașterii',
    OTHER_DATE:
      'căsătoriți, căsătorit, căsătorită, căsătoria, căsătoriei, căsătorie, nuntă, nunta, divorț*, contract*, contractul, eliberat, eliberată, valabil, valabilă, până, din data, decedat, decedată, murit, deces*, mutat, mutați, decizia, decizie, scrisoare*, fondat*, construit*, venit, venit în, programare*, lucrez, angajat*, certificat eliberat',
    AGE: 'ani, de ani, vârsta',
  },
  person:
    'eu, mie, mă, mi, meu, mea, mei, mele, noi, nouă, nostru, noastră, am, sunt, suntem, avem, mama, tata, tatăl, tatal, mamei, soțul, sotul, soția, sotia, fiul, fiica, fratele, sora, bunica, bunicul, copilul, băiatul, fata mea, are, este, el, ea, sufăr, suferă, vecinul, vecina, partenerul, partenera, socrul, soacra, nepotul, prietenul, prietena',
  writer: '',
  noPerson: 'câine, câinele, pisica, pisică, copac, copaci, mașina',
  subject:
    'despre, lângă, langa, vizavi, în spatele, in spatele, în fața, strada, stradă, autobuz*, stație, stația, parcare*, curs, conferință, expoziție, lucrez, împotriva, campanie, unde, cum ajung, pentru',
  thing: 'strada, piața, școală, școala, grădiniță, parc, stație, cimitir, autobuz, felinar',
  special: {
    HEALTH: {
      always:
        'însărcinată, insarcinata, gravidă, gravida, sarcină, sarcina, avort*, pierdut sarcina, cancer*, tumoră, tumora, tumor*, chimioterapi*, dializă, dializa, diabet*, hipertensiun*, infarct*, avc, accident vascular, dizabil*, dizabilități, handicap*, scaun cu rotile, scaun rulant, cărucior cu rotile, surd, surdă, surzi, orb, oarbă, nevăzător*, depresi*, psihiatr*, psihic*, psiholog*, atacuri de panică, schizofreni*, autism*, autist*, epilepsi*, demență, dementa, alzheimer*, parkinson*, astm*, hepatit*, tuberculoz*, tbc, hiv, sida, dependent*, dependență, alcoolic*, droguri dependent, operat, operată, operați*, operație, operatie, imobilizat*, la pat, internat*, internată, internat în spital, în spital, in spital, din spital, îmbolnăvit*, bolnav*, boală, boala, boli, concediu medical, adeverință medicală, certificat medical, covid*, test pozitiv, pozitiv la, rupt piciorul, rupt mâna, fractur*, ghips, recuperare medicală, sindrom down, sindromul down, paraliz*, leucemi*, alergic*, alergie, sinucid*, cronic*, insuficiență renală, insulin*, migren*, pacemaker, grad de handicap, scleroză*',
      ofPerson:
        'spital*, medicament*, tratament*, inima, inimă, tensiune*, febră, gripă, diagnostic*, rinichi*, clinic*, terapi*, doctor*, medic, sănătate*',
    },
    RELIGION_OR_BELIEF: {
      always:
        'sunt musulman*, sunt ortodox*, sunt catolic*, sunt ateu, sunt creștin*, suntem penticostal*, penticostal*, adventist*, baptist*, martorii lui iehova, martor al lui iehova, martora lui iehova, motive religioase, religia mea, credința mea, credinta mea, confesiunea mea, impozit bisericesc, ieși din biserică, ieșire din biserică, ieșit din biserică, ies din biserică, iesi din biserica, iesire din biserica, convertit*, botezat*, credincios, credincioasă',
      ofPerson:
        'musulman*, ortodox*, catolic*, protestant*, evreu, evreică, evrei, creștin*, budist*, ateu, atee, religi*, ramadan, post, postesc, halal',
    },
    POLITICAL_OPINION: {
      always:
        'membru al partidului, membru de partid, membru în partid, membră a partidului, membru psd, membru pnl, membru aur, membru usr, m am înscris în partid, înscris în partid, votez cu, am votat cu, votat cu, voi vota cu, opinii politice, opiniile politice, opiniile mele politice, convingeri politice, motive politice, refugiat politic, activist politic, comunist*, socialist*',
      ofPerson: 'partid*, politic*, protest, demonstrați*',
    },
    TRADE_UNION: {
      always:
        'membru de sindicat, membru în sindicat, membru al sindicatului, membră de sindicat, membră în sindicat, membru sindicat, sindicalist*, în sindicat, in sindicat, din sindicat, cotizație sindicală, cotizația de sindicat, lider de sindicat, sindicatul meu, sunt în grevă, suntem în grevă',
      ofPerson: 'sindicat*, grevă, greva',
    },
    ETHNIC_ORIGIN: {
      always:
        'refugiat, refugiată, refugiați, refugiati, azil*, cerere de azil, statut de refugiat, deportat*, deportare*, duldung*, rrom, rromă, rromi, romă, de etnie, etnie, etnic*, țigan*, tigan*, țigancă, minoritate*, originea mea, de origine, culoarea pielii, negru de piele, maghiar*, sas, șvab, sași din',
      ofPerson: 'rom, romi, origine, kurd*, migrant*',
      place: 'centru de refugiați, tabără de refugiați',
    },
    SEX_LIFE: {
      always:
        'homosexual*, lesbian*, lesbiană, bisexual*, transgender*, transsexual*, transexual*, nonbinar*, violat*, violată, viol, abuz sexual, abuzat sexual, abuzată sexual, hărțuire sexuală, orientare sexuală, orientarea sexuală, sexual*, prostituat*, schimbare de sex, schimbat sexul, același sex, acelasi sex, intersex*, lgbt*',
      ofPerson: 'gay, trans, amant*, sex',
    },
    GENETIC_OR_BIOMETRIC: {
      always:
        'test adn, teste adn, testul adn, analiză adn, adn, genetic*, test de paternitate, testul de paternitate, paternitate*, boală ereditară, amprentele mele, amprente … luat|dat|prelevat, luat amprentele, luat amprente, mutați*',
      ofPerson: 'amprent*, biometric*, gene, cromozom*',
    },
    CRIMINAL_MATTER: {
      always:
        'cazier, cazierul meu, antecedente penale, condamnat*, condamnare*, cu suspendare, închisoare, inchisoare, pușcărie, puscarie, în detenție, detenți*, deținut*, arestat*, arest, arestul, dosar penal, cercetat penal, anchetă penală, urmărire penală, penal*, acuzat*, inculpat*, procuror*, procuratură, mandat de arestare, mandat de arest, eliberat din închisoare, eliberat condiționat, liberare condiționată, probațiune, reținut de poliție, infracțiun*',
      ofPerson: 'furt*, tribunal*, judecat*, proces',
    },
  },
  closing: {
    THANKS:
      'mulțumesc oricum, mulțumim oricum, oricum mulțumesc, dar mulțumesc, dar mulțumesc oricum, mersi oricum, oricum mersi, păcat dar mulțumesc, totuși mulțumesc, nu asta e tot, nu mulțumesc, nu mersi, atât, atat, nimic altceva, nu altceva nu, mersi mult de tot, mulțumesc mult de tot, o să știu, am aflat, asta voiam să știu, asta voiam, mi e de ajuns, problema rezolvată, s a lămurit, m am lămurit, mulțumesc din suflet, mulțumim din suflet, multumesc din suflet, vă mulțumesc din suflet, va multumesc din suflet, vă mulțumesc mult, va multumesc mult, mulțumesc tare mult, mulțumesc enorm, mii de mulțumiri, mersi fain, mersi mersi, mersiiii, mss, multumiri, mulțumesc anticipat nu, mulțumescu, mulțumesc de ajutor, mulțumesc de informații, mulțumesc de răspuns, mulțumesc de înțelegere, sărut mâinile, sarut mana, sarut mainile, săru mâna, saru mana, respect, respectele mele, bravo, bravo vouă, felicitări, doamne ajuta, slavă domnului, slava domnului, dumnezeu să vă binecuvânteze, domnul să vă binecuvânteze, să vă dea domnul sănătate, sa va dea dumnezeu sanatate, dumnezeu să vă răsplătească, să trăiți, sa traiti, okei, oki, okk, oky, ok mersi, ok am înțeles, am înțeles mersi, am priceput, priceput, e în regulă, totul e în regulă, totul ok, totul bine, acum e clar, acum am înțeles, acum merge, merge acum, merge, funcționează, a mers acum, s a deschis, a ajuns, am văzut, am vazut, am gasit, am găsit o, am notat, notat, e perfect, e super, foarte frumos, super tare, tare, beton, mișto, genial, excelent așa, corect, exact, așa e, asa e, e adevărat, păcat, pacat, asta e, nicio problemă, nici o problemă, nicio problema, n aveți pentru ce, cu plăcere, cu placere, la fel, și dumneavoastră la fel, si dumneavoastra la fel, și vouă, la fel și dumneavoastră, asemenea, și dumneavoastră, si dumneavoastra, paste fericit, paște fericit, un paște fericit, crăciun fericit, sărbători fericite, la mulți ani, la multi ani, o zi bună, o zi frumoasă, o seară bună, weekend plăcut, la revedere, toate cele bune, numai bine, ce ușurare, m am liniștit, m ați liniștit, mă bucur, ma bucur, sunteți minunați, sunteti minunati, sunteți cei mai buni, sunteți super, multam, mulțam fain, ms, msm, multumesc frumos, vă mulțumesc frumos, sărut mâna, sarumana, bogdaproste, mulțumesc, multumesc, mulțumim, multumim, mulțumesc mult, mulțumesc frumos, mulțumesc foarte mult, vă mulțumesc, va multumesc, vă mulțumim, îți mulțumesc, mulțam, mersi, mersi mult, mersi frumos, merci, mulțumiri, bine, foarte bine, ok, okay, în regulă, in regula, am înțeles, am inteles, înțeles, inteles, da, sigur, super, perfect, excelent, minunat, frumos, grozav, e bine, e ok, e clar, clar, de acord, am primit, primit, rezolvat, s a rezolvat, gata, nu mai am întrebări, asta e tot, e suficient, sunteți foarte amabili, foarte amabil, foarte amabilă, doamne ajută, să vă dea dumnezeu sănătate, am găsit, a mers',
    POLITE:
      'păcat, ce păcat, păcat dar, asta e, nu i nimic, nicio problemă, greșeala mea, m ați ajutat enorm|mult, m ati ajutat enorm|mult, mati ajutat enorm|mult, mați ajutat enorm|mult, ajutat enorm, dumnezeu să vă dea sănătate, dumnezeu să vă ajute, doamne ajută, domnul cu voi, hristos a înviat, adevărat a înviat, paște luminat, sărbători liniștite, sărbători cu bine, an nou fericit, un an nou fericit, un an bun, o săptămână frumoasă, o săptămână ușoară, o zi minunată, o zi excelentă, o zi liniștită, o zi plăcută, o seară plăcută, o seară liniștită, o noapte liniștită, un weekend frumos, un weekend liniștit, un sfârșit de săptămână plăcut, vacanță plăcută, concediu plăcut, vă pup, te pup, pupici, pupăm, îmbrățișări, vă îmbrățișez, cu toată stima, cu tot respectul, cu mulțumiri, cu drag, din partea familiei, din partea mamei, din partea întregii familii, în numele familiei, în numele tuturor, în numele mamei, pentru răspunsul prompt, pentru ajutorul oferit, pentru bunăvoință, pentru profesionalism, pentru lămurire, pentru explicații, pentru explicație, pentru atenție, pentru grijă, pentru detalii, pentru înțelegere și ajutor, pentru că m ați ajutat, că m ați lămurit, infinit, enorm, nespus, sincer, sincere, mii, de mii de ori, încă o dată, că m ați ajutat, ca m ati ajutat, că ați răspuns, ca ati raspuns, că ne ați ajutat, de tot, mult de tot, bre, mă, frățioare, boss, șefule, dragă doamnă, draga doamna, scuze de deranj, scuze pentru deranj, scuzați deranjul, îmi cer scuze, imi cer scuze, scuze, pardon, pt ajutor, pt tot, pt info, pt informații, pt informatii, pt răspuns, pt raspuns, pt ajutorul acordat, pentru ajutorul acordat, pentru rapiditate, pentru răbdare, pentru înțelegere, pentru amabilitate, pentru promptitudinea, pentru efort, pentru munca depusă, de ajutor, de informații, de răspuns, și o zi frumoasă, și un weekend plăcut, multă sănătate, sănătate multă, sănătate și, spor la treabă, spor la muncă, spor, o săptămână bună, o saptamana buna, o duminică frumoasă, noapte bună, noapte buna, pa pa, pe curând, pe curand, ne auzim, ne vedem, stimată doamnă, stimate domn, stimate domnule, stimată echipă, dragă echipă, dragilor, oameni buni, frate, fraților, șefu, sefu, doamna, domnu, ca întotdeauna, foarte rapid, așa de repede, asa repede, foarte amabili, foarte drăguț, din toată inima, din partea mea, din partea noastră, haha, hehe, ah, oh, aha, a da, uau, ura, uf, danke, danke schön, o zi frumoasa, pentru informatii, pentru raspuns, și o zi bună, mult, frumos, foarte mult, din suflet, din inimă, pentru ajutor, pentru ajutorul dumneavoastră, pentru răspuns, pentru răspunsul rapid, pentru informații, pentru informație, pentru info, pentru tot, pentru timp, pentru timpul acordat, pentru sprijin, pentru promptitudine, pentru lămuriri, pentru clarificare, încă o dată, inca o data, o zi bună, o zi buna, zi bună, zi frumoasă, o zi frumoasă, o seară bună, seară bună, seară frumoasă, o seară frumoasă, weekend plăcut, un weekend plăcut, bună ziua, buna ziua, bună, buna, bună seara, bună dimineața, la revedere, pa, salut, și dumneavoastră, si dumneavoastra, la fel, numai bine, toate cele bune, atunci, păi, a, vă, sănătate, la toți, tuturor, multă',
    GREETING:
      'cu mulțumiri, cu recunoștință, cu prietenie, cu considerație, cu deosebit respect, salutari, cu salutări, familia, fam, cu stimă, cu respect, cu drag, salutări, domnule, doamnă, doamna, domnul',
    AND: 'și, si',
    NOT: 'mulțumesc pentru nimic, mersi pentru nimic',
    BESIDE_THANKS:
      'asta, aceasta, acesta, eu, noi, voi, mie, imi, îmi, ne, va, vă, mi, m, dumneavoastră, foarte, asa, așa, tot, toate, toți, deja, acum, chiar, pur și simplu, mereu, din, tot, sufletul, toată, inima, a, ați, ati, am, au, este, e, sunt, sunteți, sunteti, ești, esti, era, cea, cel, cei, mai, așa de, atât, de, in sfarsit, în sfârșit, oh, iata, iată, și, cu, la, echipei, echipa, primăriei, primaria, doamnă, domnule, niste, niște, niste oameni, o, un, ce, mult',
    PRAISE:
      'ajutați, ajutat mult, lămurit, lămurită, lămurire, explicat, explicați, explicația, răspunde, răspundeți, repede, iute, imediat, salvatoare, salvatori, salvarea, comoară, aur, suflet, suflete, inimă, omenie, omenoși, omenoasă, răbdare, răbdătoare, răbdători, politicoasă, politicos, respectuoși, atentă, atenți, competentă, competenți, impecabil, impecabilă, ireproșabil, extraordinar, extraordinară, extraordinari, fantastic, fantastică, fantastici, formidabil, formidabilă, nemaipomenit, nemaipomenită, mulțumit, mulțumită, mulțumiți, încântat, încântată, încântați, surprins, surprinsă, impresionat, impresionată, fericiți, bucurie, liniște, ușurare, ușurat sufletul, piatră, descărcat, printat, deschide, funcționat, mers, merge, funcționează, functioneaza, funcționat, deschis, ajuns, primit, găsit, gasit, văzut, vazut, înțeles, inteles, ajutat, ajutor, ajută, folos, salvat, liniștit, linistit, bucur, bucurăm, bucuros, bucuroasă, fericit, fericită, recunoscător, recunoscătoare, recunoscători, minunat, minunată, minunați, minunati, buni, bun, bună, super, rapid, rapidă, rapizi, prompt, prompți, promptă, bine, excelent, excelentă, bravo, amabil, amabilă, amabili, drăguț, drăguță, drăguți, dragut, draguti, politicoși, profesionist, profesioniști, util, utilă, clar, ușurat, ușurată, serviciu, serviciul, treabă, treaba, oameni, frumos, frumoasă, perfect, corect, rezolvat, grozav, grozavi, tari, tare, înger, îngeri',
    THANKED_FOR: 'pentru, pt, ptr, pentu',
    THANKED_FOR_BEHIND: '',
    WISH: 'o zi, o seară, o seara, o noapte, un weekend, un an, zi, seară, seara, weekend, paște, paste, crăciun, craciun, sărbători, sarbatori, sărbătoare, an nou, vă doresc, va doresc, vă dorim, doresc, numai, multă, multa, spor, concediu, vacanță, săptămână',
    MORE: 'dar, însă, insa, nu, nici, nimic, nimeni, fără, fara, doar, numai dacă, dacă, daca, când, cand, sau, ori, vă rog, va rog, rog, te rog, trebuie, pot, poate, aș, as vrea, vreau, doresc să, mai am, încă, inca, tot nu, eroare, greșit, gresit, problemă, problema, anticipat, mâine, maine, apoi, eu, meu, mea, mei, mele, am, vin, aștept, astept, unde, cât, cat, ce, refuz, întârziere, din păcate, si cu, și cu',
    THANKED_THAT: '',
    WORKED_BEHIND:
      'a ajuns, a venit, merge acum, funcționează, s a deschis, s a rezolvat, am primit, am găsit',
  },
  open: {
    QUESTION:
      'vreau să întreb, vreau sa intreb, voiam să întreb, am o întrebare, am o intrebare, întrebare, o întrebare, nu găsesc, nu gasesc, caut, până când, pana cand, de când, la cât, de unde, câți, cati, câtă, spuneți mi, imi puteți spune, îmi puteți spune, stiti, știți, când, cand, unde, cum, ce, de ce, cine, care, cât, cat, câte, pot, se poate, trebuie, aveți, este, e nevoie, dar când, dar unde',
    FORMAL:
      'contest, contestație, contestatie, contestația, contestez, plângere, plangere, reclamație, reclam, depun cerere, am depus cerere, am depus cererea, cererea mea, cerere de, cerere pentru, solicit, cer să, avocat*, în instanță, proces, dau în judecată, nu sunt de acord, calculat greșit, greșit calculat, sumă greșită, eroare în, despăgubir*, rambursare*, accident, amenin*, reziliez, anulez',
    ANNOUNCED:
      'trimit, voi trimite, o să trimit, aduc, voi aduce, o să aduc, vin, voi veni, o să vin, sun, voi suna, o să sun, revin, voi reveni, anunț, verific, plătesc, mâine vin',
    PROMISE:
      'vă sunăm, vă vom suna, vă trimitem, vom trimite, verificăm, vă anunțăm, revenim, în lucru, se verifică, am transmis',
    DEMAND: 'vă rugăm să trimiteți, trimiteți ne, avem nevoie de, lipsește, lipsesc',
    APPOINTMENT: 'programare, programarea, programări, termin, întâlnire',
    NO_APPOINTMENT: 'fără programare, fara programare, anulat, anulată',
    COURTESY: 'alte întrebări, cu altceva, mai pot ajuta',
    DONE: 'rezolvat, reparat, anulat, șters, corectat, gata de ridicare',
    TO_BE_DONE:
      'dosarul meu, actele mele, banii mei, aștept, astept, încă, ce se întâmplă cu, reparați, veniți să, gata, pașaportul meu, mă puteți suna, sunați mă, îmi trimiteți, trimiteți mi, am nevoie de o programare, cererea mea, reparați',
    WEEKDAY: 'luni, marți, miercuri, joi, vineri, sâmbătă, duminică, mâine, astăzi, ora',
    CONFIRMED: 'a mers, merge, funcționează, a funcționat, a ajuns, s a rezolvat',
    HELPED: 'am găsit, m ați ajutat, ați salvat',
  },
  misplaced: {
    SPAM: 'ați câștigat, ai câștigat, felicitări … câștigat, coletul nu a putut fi livrat, coletul dvs, coletul tău, contul dvs a fost blocat, contul a fost blocat, contul … suspendat, câștigă bani de acasă, câștigi … pe zi, castiga bani, câștig … pe zi, muncă de acasă, venit pasiv, câștig garantat, profit garantat, fără investiție, credit rapid, credit fără, împrumut rapid, împrumut fără, permis auto fără examen, permis de conducere fără, trimite acest mesaj, dă mai departe, mamă … număr nou, moștenire … milioane, cazino, pariuri',
    LURE: 'bitcoin, cripto*, investiți*, profit, câștig*, premiu, cadou, credit*, împrumut*, colet*, reducere*, promoție, lei pe zi, euro pe zi, moștenire',
    CALL: 'click, apasă, apăsați, link, linkul, accesați, scrie mi, scrieți mi, telegram, înscrie te, înregistrează, urgent, răspunde, pe privat',
    REPORT:
      'înșelă*, escroc*, țeapă, fals*, fraud*, suspect*, e adevărat, este adevărat, e de la voi, am primit un sms, am primit un mesaj, chipurile',
    MISDIRECTED:
      'am greșit numărul, am gresit numarul, nu pentru dvs, număr greșit, numar gresit, numarul gresit, greșit numărul, gresit numarul, am greșit, am gresit, greșeală, gresala, din greșeală, din greseala, nu pentru dumneavoastră, nu pentru voi, nu era pentru, altcuiva, altă persoană, alta persoana, persoană greșită, conversația greșită, chat greșit, ignorați, ignorati, scuze am greșit',
    NOT_MISDIRECTED: 'scrisoare, factura, adresa greșită, decizia, amenda, amendă',
    PRIVATE: 'iubire, iubirea mea, dragostea mea, te iubesc, pupici, puiule',
    OTHER_TOWN: 'alt oraș, altă comună, altă primărie, primăria greșită, orașul greșit, oraș greșit',
    NOT_OTHER_TOWN:
      'm am mutat, ne am mutat, mutat, mut, mutăm, lucrez, lucrează, munca, școală, facultate, înainte, adresa veche, născut, născută, mama, părinții, fiul, fiica',
    AGAIN:
      'încă o dată, inca o data, din nou, repet, reamintesc, am scris ieri, am mai scris, niciun răspuns, nici un raspuns, încă aștept, vă rog, va rog, aștept',
  },
}
