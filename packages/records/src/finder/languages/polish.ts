import type { Language } from './language.ts'

export const polish: Language = {
  common:
    'i, w, na, z, się, nie, to, do, jest, jestem, czy, że, jak, o, po, za, mam, ma, dla, od, mnie, moja, mój, proszę, gdzie, kiedy, ale, tak, już, przez, dzień, dobry, ze, był, byłem, byłam, mojej, mojego, mi',
  months: [
    'styczeń, stycznia, sty',
    'luty, lutego, lut',
    'marzec, marca',
    'kwiecień, kwietnia, kwi',
    'maj, maja',
    'czerwiec, czerwca, cze',
    'lipiec, lipca, lip',
    'sierpień, sierpnia, sie',
    'wrzesień, września, wrz',
    'październik, października, paź',
    'listopad, listopada, lis',
    'grudzień, grudnia, gru',
  ],
  labels: {
    PHONE:
      'telefon*, tel, numer telefonu, mój numer, komórka, komórkowy, kom, proszę dzwonić, zadzwonić, zadzwońcie, dzwonić, oddzwonić, kontaktowy, numer',
    EMAIL: 'mail, email, poczta, adres mailowy',
    IDENTITY_DOCUMENT:
      'dow os, dow osob, dowód seria, seria dowodu, seria i numer, dokument podróży, karta stałego pobytu, paszportu, legitymacj* osob*, prawko, nr prawka, prawo jazdy, prawa jazdy, numer prawa jazdy, dowodu osobist*, dokumentu tożsamości, dokument tożsamości, dokument podróży, tymczasow* dowod*, dowodem, dowody, kart* pobytu, paszporcie, dowodzie, paszport*, dowód, dowodu, dowód osobisty, dowodu osobistego, nr dowodu, numer dowodu, karta pobytu, karty pobytu, nr paszportu',
    OTHER_NUMBER:
      'sprawa|sprawy|wniosek|wniosku|zamówienie|zamówienia|faktura|faktury|paczka|paczki|przesyłka|przesyłki|umowa|umowy|licznik|licznika|klient|klienta|decyzja|decyzji|rezerwacja|rezerwacji|rachunek|rachunku|polisa|polisy numer, numer transakcji, transakcji, transakcja, pokwitowanie*, paragon*, potwierdzenie, numer wniosku, wniosek, wizyta, numer wizyty, hasło, numer zamówienia, wpłaty, psa, numer sprawy, sprawa, sprawy, zamówienie, zamówienia, faktura, faktury, przesyłka, przesyłki, paczka, paczki, licznik, licznika, umowa nr, numer umowy, klienta, pokój, kod, rejestracja, rejestracyjny, sygnatura, znak',
    BIRTH:
      'urodzony, urodzona, urodzeni, urodziłem, urodziłam, urodził, urodziła, ur, data urodzenia, daty urodzenia, datę urodzenia, urodzin, urodziny, urodzenia, rocznik',
    OTHER_DATE:
      'ślub, ślubu, żonaty, zamężna, pobraliśmy, rozwód, rozwodu, umowa, umowy, wydany, wydana, ważny, ważna, ważność, do, od, zmarł, zmarła, śmierć, śmierci, zgon*, przeprowadz*, decyzja, decyzji, pismo, pisma, założon*, zbudowan*, przyjecha*, wizyta, termin, termin wizyty, pracuję, zatrudnion*, akt wydany',
    AGE: 'lat, lata, roku, rok',
  },
  person:
    'ja, mnie, mi, mój, moja, moje, mojego, mojej, moim, moją, my, nas, nam, nasz*, mam, jestem, jesteśmy, mamy, mama, mamie, mamę, tata, taty, ojciec, ojca, matka, matki, syn, syna, synem, córka, córki, córkę, córce, dziecko, dziecka, mąż, męża, mężowi, żona, żony, żonie, brat, brata, siostra, siostry, babcia, babci, dziadek, dziadka, on, ona, choruję, cierpię, był, byłem, byłam, była, sąsiad, sąsiadka, partner, partnerka, teściowa, wnuk, wnuczka, ma',
  writer: '',
  noPerson: 'pies, psa, kot, kota, drzewo, drzewa, samochód',
  subject:
    'o, obok, koło, przy, za, naprzeciw, przed, ulica, ulicy, ulicę, autobus*, przystanek, przystanku, parking, parkingu, kurs, wykład, wystawa, pracuję, przeciw, zbiórka, gdzie, jak dojechać, do, dla',
  thing:
    'ulica, ulicy, plac, placu, szkoła, przedszkole, park, przystanek, cmentarz, autobus, latarnia, kościelna, festyn, rynek',
  special: {
    HEALTH: {
      always:
        'w ciąży, ciąży, ciąża, ciążę, ciężarna, poronił*, poronienie, aborcj*, rak, raka, rakiem, nowotwór, nowotwor*, guz, guza, chemioterapi*, chemii, dializ*, cukrzyc*, cukrzyk*, nadciśnienie, zawał*, udar*, niepełnosprawn*, inwalid*, inwalidzkim, wózku inwalidzkim, na wózku, głuch*, niesłyszą*, niedosłysz*, niewidom*, ślepy, ślepa, depresj*, psychiatr*, psychicznie, psychiczn*, psycholog*, ptsd, ataki paniki, schizofreni*, autyzm*, autysty*, padaczk*, epilepsj*, demencj*, alzheimer*, parkinson*, astm*, gruźlic*, zapalenie wątroby, hiv, aids, narkoman*, uzależnion*, uzależnienie, alkoholi*, operacj*, zoperowan*, po operacji, leżąc*, obłożnie, w szpitalu, ze szpitala, do szpitala trafił*, zachorował*, choruję, choruje, chory, chora, chorego, chorej, chorob*, chorobowym, zwolnieniu lekarskim, zwolnienie lekarskie, na l4, covid*, koronawirus*, pozytywny test, złamał*, złaman*, gips*, rehabilitacj*, zespół downa, zespołem downa, porażeni*, sparaliżowan*, białaczk*, alergi*, samobójcz*, przewlekle, przewlekł*, niewydolność, insulin*, migren*, stopień niepełnosprawności, orzeczenie o niepełnosprawności, rozrusznik*, nerwic*, stwardnienie rozsiane',
      ofPerson:
        'lekarz*, lek, leki, leków, leczeni*, leczę, leczy, serce, ciśnienie, gorączk*, gryp*, diagnoz*, uraz*, nerki, klinik*, terapi*, szpital*, zdrowi*',
    },
    RELIGION_OR_BELIEF: {
      always:
        'jestem katoli*, jestem muzułman*, jestem wierząc*, jestem ateist*, świadk* jehowy, świadek jehowy, świadkiem jehowy, z powodów religijnych, względów religijnych, moja wiara, moja religia, moje wyznanie, naszej wiary, podatek kościelny, wystąpić z kościoła, występuję z kościoła, wystąpienie z kościoła, wystąpiłem z kościoła, wystąpiłam z kościoła, apostazj*, przeszedłem na islam, przeszłam na islam, ochrzczon*, niewierząc*',
      ofPerson:
        'katoli*, muzułman*, prawosławn*, ewangelik*, protestan*, żyd, żydówka, żydem, żydowsk*, buddyst*, ateist*, wierząc*, religi*, ramadan*, post, halal, koszern*',
    },
    POLITICAL_OPINION: {
      always:
        'członek partii, członkiem partii, członkinią partii, należę do partii, wstąpiłem do partii, wstąpiłam do partii, głosuję na, głosowałem na, głosowałam na, zagłosuję na, poglądy polityczne, poglądów politycznych, przekonania polityczne, z powodów politycznych, uchodźca polityczny, działacz* polityczn*, komunist*, socjalist*, popieram partię',
      ofPerson: 'partia, partii, partię, polityczn*, demonstracj*, pis, platform*',
    },
    TRADE_UNION: {
      always:
        'związku zawodowego, związek zawodowy, związkiem zawodowym, związkach zawodowych, związku zawodowym, związkow*, członek związku, członkiem związku, członkinią związku, należę do związku, strajkuj*, składki związkowe, w solidarności',
      ofPerson: 'strajk*, związkowiec, solidarność',
    },
    ETHNIC_ORIGIN: {
      always:
        'uchodźc*, uchodźcą, uchodźczyni*, azyl*, o azyl, status uchodźcy, deport*, duldung*, rom, romem, romka, romką, romowie, cygan*, ślązak*, ślązaczk*, kaszub*, pochodzenia żydowskiego, pochodzenia, pochodzenie, etniczn*, kolor skóry, ciemnoskór*, czarnoskór*, mniejszoś*, przesiedle*, łemk*',
      ofPerson: 'migrant*, kurd*, tatar*, czeczen*',
      place: 'obóz dla uchodźców, obozie dla uchodźców',
    },
    SEX_LIFE: {
      always:
        'homoseksual*, gejem, gej, geje, lesbijk*, biseksual*, transpłciow*, transseksual*, transkobiet*, trans kobiet*, niebinarn*, zgwałc*, gwałt*, molestow*, seksualn*, prostytut*, zmiana płci, zmianie płci, zmienił płeć, zmieniła płeć, jednopłciow*, tej samej płci, interpłciow*, lgbt*',
      ofPerson: 'orientacj*, trans, kochanek, kochanka',
    },
    GENETIC_OR_BIOMETRIC: {
      always:
        'test dna, testy dna, badanie dna, badania dna, dna, genetyczn*, test na ojcostwo, testy na ojcostwo, ojcostwa, choroba dziedziczna, moje odciski, odciski palców … pobrano|pobrali|oddałem|oddałam, pobrano odciski, pobrali odciski, mutacj*',
      ofPerson: 'odcisk*, biometryczn*, gen, geny, chromosom*',
    },
    CRIMINAL_MATTER: {
      always:
        'karany, karana, karalnoś*, niekaran*, skazan*, wyrok*, w zawieszeniu, więzieni*, w więzieniu, z więzienia, zakład* karn*, siedział*, siedzi w, areszt*, aresztowan*, karn* sprawa, sprawa karna, sprawę karną, postępowanie karne, dochodzenie przeciw*, śledztw*, podejrzan*, oskarżon*, prokurator*, prokuratur*, list gończy, nakaz aresztowania, kurator*, zwolniony z więzienia, zatrzyman* przez policję, przestępst*, dozór*, bransoletk*',
      ofPerson: 'kradzież*, sąd, sądu, rozprawa',
    },
  },
  closing: {
    THANKS:
      'mimo to dziękuję, mimo wszystko dziękuję, tak czy inaczej dziękuję, i tak dziękuję, ale dziękuję, ale i tak dziękuję, ale dzięki, i tak dzięki, szkoda ale dziękuję, mimo wszystko dzięki, nie to wszystko, nie dziękuję, nie dzięki, nic więcej, nie nic więcej, to już wszystko, dziena wielka, dzięki wielka, będę wiedzieć, będę wiedziała, będę wiedział, to wszystko, to wszystko co chciałam, to wszystko co chciałem, to mi wystarczy, sprawa załatwiona, sprawa jasna, temat zamknięty, dziękuję serdecznie, dziękuję uprzejmie, dziękuje bardzo, dziekuje bardzo, dziekuje serdecznie, dziękować, dziękóweczka, dziękówka, dziena, dzienks, dzięki serdeczne, dzięki piękne, dzięki śliczne, stokrotne dzięki, serdeczne dzięki, z góry dzięki nie, bardzo dziękujemy, ślicznie dziękuję, pięknie dziękujemy, jestem bardzo wdzięczna, jestem bardzo wdzięczny, bardzo wdzięczna, bardzo wdzięczny, bóg zapłać dobrym ludziom, szczęść boże, chwała bogu, dzięki bogu, bogu dzięki, no to super, no to świetnie, no to ok, no to dobrze, okej dzięki, okey, okejka, oki doki, spoczko, luz, luzik, gitara, gites, elegancko, elegancja, rewelacja, rewelacyjnie, bomba, petarda, sztos, mega, kozak, klasa, brawo, brawa, szacun, szacunek, mistrzostwo, kamień z serca, no to kamień z serca, kamień spadł mi z serca, ulga, ulżyło mi, uff, cieszę się, bardzo się cieszę, miło słyszeć, dobrze wiedzieć, dobrze słyszeć, nie wiedziałam, nie wiedziałem, teraz rozumiem, teraz wiem, już wiem, wiem już, wszystko rozumiem, wszystko wiem, jasna sprawa, jasne dzięki, zrozumiano, przyjęte, zanotowane, zapisane, zapisałam, zapisałem, działa, już działa, teraz działa, faktycznie działa, udało się dzięki, załatwione, doszło, przyszło, mam, już mam, widzę, już widzę, zgadza się, racja, dokładnie, o to chodziło, tego szukałam, tego szukałem, szkoda, trudno, no trudno, no cóż, nie szkodzi, nic nie szkodzi, nie ma sprawy, nie ma za co, nie ma problemu, wzajemnie, nawzajem, również, i wzajemnie, dziękuję wzajemnie, dziękuję nawzajem, pani również, panu również, państwu również, do widzenia, miłego dnia, miłego weekendu, miłego wieczoru, wszystkiego dobrego, świetna robota, dobra robota, kawał dobrej roboty, jesteście super, jesteście wspaniali, jesteście najlepsi, jest pani aniołem, dzieks, dziękówa, dziękuję ślicznie, dziękuję pięknie, ekstra, pięknie dziękuję, dziękuję, dziękuje, dziękujemy, dziękuję bardzo, bardzo dziękuję, serdecznie dziękuję, dzięki, dzieki, dzięki wielkie, wielkie dzięki, dzięks, dzięki bardzo, podziękowania, dobrze, dobra, ok, okej, oki, w porządku, rozumiem, zrozumiałem, zrozumiałam, jasne, tak, super, świetnie, doskonale, wspaniale, fajnie, pięknie, spoko, wszystko jasne, przyjąłem, przyjęłam, gotowe, otrzymałem, otrzymałam, nie mam pytań, nie mam więcej pytań, wystarczy, pasuje, zgoda, bóg zapłać, udało się, znalazłem, znalazłam, jestem wdzięczna, jestem wdzięczny, wdzięczna, wdzięczny, no dobra, no dobrze, aha, git, extra',
    POLITE:
      'szkoda, a szkoda, niestety, szkoda ale, trudno, no trudno, mój błąd, nic nie szkodzi, nic się nie stało, bóg zapłać, niech bóg błogosławi, niech pan bóg błogosławi, z bogiem, szczęść boże, błogosławieństwa, samych dobroci, samego dobra, wszystkiego najlepszego, wszystkiego dobrego dla państwa, zdrowia i spokoju, zdrowia i szczęścia, dużo zdrówka, wesołego alleluja, radosnych świąt, dobrych świąt, spokojnych świąt, zdrowych świąt, do siego roku, szczęśliwego, udanej majówki, miłej majówki, udanego tygodnia, miłego tygodnia, miłej pracy, spokojnej pracy, owocnej pracy, udanych wakacji, miłego popołudnia, udanego dnia, pięknego dnia, słonecznego dnia, cudownego dnia, dobrej nocy, kolorowych snów, buziaczki, buźka, uściski, ściskam mocno, pozdrawiam wszystkich, pozdrowienia dla wszystkich, pozdrowienia dla całej ekipy, w imieniu mamy, w imieniu taty, w imieniu rodziny, w imieniu własnym, w imieniu wszystkich, za ekspresową odpowiedź, za fachową pomoc, za fachową obsługę, za profesjonalną obsługę, za profesjonalizm, za dobre serce, za serce, za życzliwą pomoc, za miłą rozmowę, za szczegółowe wyjaśnienie, za wyczerpującą odpowiedź, za cierpliwość i pomoc, za okazaną pomoc, za całokształt, ogromne, ogromnie, olbrzymie, przeogromne, gorące, najserdeczniejsze, najserdeczniej, najmocniej, po stokroć, stokrotnie, niezmiernie, uprzejmie, gorąco, że pomogliście, że pani pomogła, że pan pomógł, że tak szybko, za to że, że odpisaliście, że państwo pomogli, że pani odpisała, że pan odpisał, złotko, kochanie, stary, mordo, ziom, byku, szefie, szefowo, przepraszam za kłopot, przepraszam za zamieszanie, przepraszam, sorki, sorry, za błyskawiczną odpowiedź, za szybką reakcję, za szybką pomoc, za szybkie załatwienie, za podpowiedź, za wskazówkę, za wskazówki, za poświęcony czas, za zrozumienie, za miłą obsługę, za obsługę, za trud, za fatygę, za zaangażowanie, i miłego dnia, i miłego weekendu, zdrowia, dużo zdrowia, zdrowia życzę, pogodnych świąt, wesołych świąt, szczęśliwego nowego roku, udanego weekendu, spokojnej nocy, dobranoc, pa, papa, trzymajcie się, narka, nara, do usłyszenia, szanowni państwo, szanowna pani, szanowny panie, drodzy państwo, droga pani, kochani, kochana pani, ekipo, całej ekipie, całemu zespołowi, wszystkim, jak zawsze, bardzo szybko, tak szybko, bardzo miło, to miłe, bardzo miłe, z całego serca, z serca, od serca, ode mnie, od nas, od całej rodziny, haha, hehe, och, ach, oho, hura, uff, ufff, no i, ale, danke, danke schön, i pozdrawiam, bardzo, serdecznie, wielkie, pięknie, za pomoc, za odpowiedź, za szybką odpowiedź, za informację, za informacje, za info, za wyjaśnienie, za wsparcie, za czas, za wszystko, za poradę, za link, za cierpliwość, za uprzejmość, za życzliwość, jeszcze raz, raz jeszcze, miłego dnia, miłego wieczoru, miłego weekendu, miłej soboty, miłej niedzieli, dobrego dnia, dzień dobry, dobry wieczór, do widzenia, na razie, do zobaczenia, cześć, witam, państwu, panu, pani, wam, również, nawzajem, wzajemnie, wszystkiego dobrego, w takim razie, to, no, oj, o, życzę, zdrówka, spokojnego dnia, z góry serce',
    GREETING:
      'pozdro, pozdrówki, pozdrawiam serdecznie, pozdrawiam cieplutko, pozdrawiam ciepło, łączę pozdrowienia, z wyrazami szacunku, z szacunkiem, ściskam, buziaki, całuję, rodzina, pozdrawiam, pozdrawiamy, pozdrowienia, z poważaniem, z pozdrowieniami, serdecznie pozdrawiam, pozdr, pan, pani, państwo',
    AND: 'i, oraz',
    NOT: 'dziękuję za nic, dzięki za nic, no dzięki',
    BESIDE_THANKS:
      'to, ja, my, wy, mi, nam, pani, pan, państwo, państwa, was, mnie, nas, bardzo, tak, wszystko, wszyscy, już, teraz, naprawdę, po prostu, zawsze, z, ze, całego, serca, w, był, była, było, byli, jest, są, jesteście, jesteś, taka, taki, tacy, takie, wreszcie, nareszcie, oj, też, także, do, od, się, ale super, całej, ekipie, ekipa, zespołowi, urzędowi, aż, rzeczywiście, faktycznie, teraz już, najbardziej',
    PRAISE:
      'pomocna, pomocny, pomaga, odpisaliście, odpisała, odpowiedziała, odpowiedzieliście, wyjaśniła, wyjaśnił, wyjaśniliście, wyjaśnione, wyjaśnienie, uratowany, uratowana, wdzięczność, podziwiam, podziw, szacunek, profesjonalna, profesjonalni, profesjonalny, profesjonalizm, cierpliwa, cierpliwy, cierpliwość, życzliwa, życzliwy, życzliwi, życzliwość, serdeczna, serdeczni, błyskawicznie, błyskawiczna, ekspresowo, ekspresowa, ekspres, rewelacja, rewelacyjna, rewelacyjni, fantastycznie, fantastyczna, fantastyczni, niesamowite, niesamowita, niesamowici, wspaniałe, złota, złoty, złoci, aniołem, aniołami, skarb, skarbem, bohaterka, bohaterem, mistrz, mistrzyni, mistrzowie, kompetentna, kompetentni, kompetentnie, konkretnie, konkretna, konkret, czytelnie, zrozumiale, zrozumiałe, jasna, kamień, ciężar, spokojna, spokojny, spokojniejsza, ulżyło mi, zadowolona, zadowolony, zadowoleni, szczęśliwi, radość, miłe, urocza, kulturalna, kulturalni, urząd, urzędniczka, urzędnicy, gmina, gminy, pobrałam, pobrałem, wydrukowałam, wydrukowałem, zapisałam, zanotowałam, oszczędziła, oszczędził, czasu, drogi, nerwów, udało, działa, zadziałało, otworzyło, otwiera, przyszło, przyszedł, dostałam, dostałem, otrzymałam, otrzymałem, znalazłam, znalazłem, widzę, zobaczyłam, zobaczyłem, zrozumiałam, zrozumiałem, rozumiem, pomogliście, pomogła, pomógł, pomogło, pomoc, pomocne, pomocni, uratowaliście, uratowała, uspokoiła, uspokoił, uspokoiliście, cieszę, cieszymy, miło, szczęśliwa, szczęśliwy, wdzięczna, wdzięczny, wdzięczni, cudownie, cudowni, cudowna, najlepsi, najlepsza, najlepszy, super, szybko, szybka, szybki, sprawnie, dobrze, dobra, dobrzy, świetnie, świetna, świetni, brawo, mili, miła, miły, uprzejmi, uprzejma, profesjonalnie, fajnie, fajni, fajna, przydatne, jasne, ulga, ulżyło, obsługa, robota, praca, ludzie, wspaniale, wspaniali, wspaniała, prawda, dzielni, kochani, kochana, anioł, zgadza, załatwione',
    THANKED_FOR: 'za',
    THANKED_FOR_BEHIND: '',
    WISH: 'miłego, miłej, miłych, dobrego, dobrej, dobrych, spokojnego, spokojnej, spokojnych, udanego, udanej, udanych, wesołych, szczęśliwego, radosnych, przyjemnego, przyjemnej, pięknego, zdrowych, życzę, życzymy, wszystkiego, szczęść, dużo, pogodnych, słonecznego',
    MORE: 'ale, jednak, lecz, nie, ani, nic, nikt, bez, tylko, jeśli, jeżeli, jak, gdy, kiedy, albo, lub, czy, proszę, prosze, trzeba, muszę, musi, potrzebuję, można, mogę, chcę, chciałam, chciałem, jeszcze, nadal, wciąż, dalej, póki, błąd, błędny, źle, problem, z góry, jutro, potem, później, ja, mój, moja, moje, mam, będę, przyjdę, czekam, czekamy, a, też, także, gdzie, ile, odmowę, opóźnienie, niestety',
    THANKED_THAT: '',
    WORKED_BEHIND:
      'przyszedł, przyszła, przyszło, dotarło, dotarł, dotarła, działa, zadziałało, otworzyło się, otworzyła się, załatwione, załatwiona, dostałam, dostałem, znalazłam, znalazłem',
  },
  open: {
    QUESTION:
      'proszę powiedzieć, proszę mi powiedzieć, chciałam zapytać, chciałem zapytać, chciałabym zapytać, chciałbym zapytać, mam pytanie, pytanie, nie mogę znaleźć, szukam, od kiedy, do kiedy, od której, do której, w jakich, w jakim, na jak długo, ilu, jakiego, czy, kiedy, gdzie, dokąd, jak, co, dlaczego, kto, jaki, jaka, jakie, ile, można, skąd, po co, a kiedy, a gdzie, a jak, a czy',
    FORMAL:
      'odwołan*, odwołuję, sprzeciw*, skarg*, skarżę, składam wniosek, złożyłem wniosek, złożyłam wniosek, mój wniosek, wniosek o, wnoszę, żądam, domagam się, adwokat*, prawnik*, do sądu, pozew*, nie zgadzam, błąd w, niepoprawn*, odszkodowan*, zwrot kosztów, wypadek, wypadku, groźb*, grozi, wypowiadam, rezygnuję',
    ANNOUNCED:
      'wyślę, prześlę, doślę, przyniosę, doniosę, przyjdę, przyjadę, zadzwonię, oddzwonię, dam znać, napiszę, będę jutro, sprawdzę, zapłacę, wrzucę, podrzucę',
    PROMISE:
      'wyślemy, skontaktujemy, zadzwonimy, oddzwonimy, sprawdzimy, powiadomimy, przekażemy, w trakcie, zostanie wysłan*, przekazano',
    DEMAND: 'proszę przesłać, proszę wysłać, proszę o przesłanie, potrzebujemy, brakuje',
    APPOINTMENT: 'termin, terminu, wizyta, wizytę, wizyty, umówion*, spotkanie',
    NO_APPOINTMENT: 'bez terminu, bez wizyty, bez umawiania, odwołany, odwołana',
    COURTESY: 'jeszcze jakieś pytania, w czymś jeszcze, czy coś jeszcze',
    DONE: 'gotowe, naprawion*, odwołan*, usunięt*, poprawion*',
    TO_BE_DONE:
      'moim wnioskiem, moje dokumenty, moje pieniądze, czekam, czekamy, nadal, co z moim, co z moją, naprawicie, przyjedziecie, gotowy, gotowa, mój paszport, proszę o telefon, oddzwonić do mnie, zadzwonić do mnie, przesłać mi, wysłać mi, potrzebuję terminu, mój wniosek, naprawić',
    WEEKDAY:
      'poniedziałek, wtorek, środa, środę, czwartek, piątek, sobota, sobotę, niedziela, niedzielę, jutro, dzisiaj, godzina, godzinie',
    CONFIRMED: 'udało się, działa, zadziałało, przyszło, załatwione, dostałam, dostałem',
    HELPED: 'znalazłam, znalazłem, pomogliście, pomogło, uratowaliście, kamień z serca, ulżyło',
  },
  misplaced: {
    SPAM: 'wygrałeś, wygrałaś, gratulacje wygra*, paczka nie mogła zostać dostarczona, twoja paczka czeka, paczka … oczekuje, dopłać, dopłata do paczki, konto zostało zablokowane, konto zablokowane, praca w domu, praca zdalna … dziennie, zarabiaj, zarobek … dziennie, zarób, dochód pasywny, pasywny dochód, gwarantowany zysk, pewny zysk, kredyt bez bik, kredyt bez, pożyczka bez, szybka pożyczka, chwilówk*, prawo jazdy bez egzamin*, przekaż dalej tę, wyślij tę wiadomość, prześlij dalej, mamo … nowy numer, spadek … milion*, kasyno, zakłady bukmacherskie',
    LURE: 'bitcoin, krypto*, inwestycj*, zysk*, wygran*, nagrod*, prezent, kredyt*, pożyczk*, paczk*, promocj*, rabat*, dorób, zarobek, zarobki, zł dziennie, euro dziennie, spadek',
    CALL: 'kliknij, link, linku, pod linkiem, napisz do mnie, pisz na, napisz na, telegram, zarejestruj, odpisz, pilnie, dołącz, zgłoś się, priv',
    REPORT:
      'oszust*, oszukan*, wyłudz*, fałszyw*, podejrzan* sms, czy to prawda, czy to od was, czy to państwo, dostałem sms, dostałam sms, dostałem wiadomość, dostałam wiadomość, rzekomo',
    MISDIRECTED:
      'pomylilem, nie do pana, nie do pani, to nie do, nie tutaj, pomyłka, pomyłką, przez pomyłkę, pomyliłem numer, pomyliłam numer, pomyliłem, pomyliłam, pomylił* numer, zły numer, nie ten numer, nie do tej osoby, nie do was, nie do państwa, nie ten czat, zły czat, omyłkowo, przypadkowo, niechcący, nie do ciebie, proszę zignorować, zignoruj, zignorujcie, nie tu miało',
    NOT_MISDIRECTED: 'pismo, faktura, adres, decyzja, rachunek, mandat',
    PRIVATE: 'kochanie, skarbie, misiu, kocham cię, buziaki, buziaczki',
    OTHER_TOWN:
      'złe miasto, inne miasto, inna gmina, nie ta gmina, nie ten urząd, innej gminy, innego miasta, nie to miasto',
    NOT_OTHER_TOWN:
      'przeprowadz*, przeprowadził*, wyprowadz*, pracuję, pracuje, praca, szkoła, uczelnia, dawniej, wcześniej, mieszkałem, mieszkałam, stary adres, starego adresu, urodziłem, urodziłam, mama, rodzice, syn, córka',
    AGAIN:
      'jeszcze raz, ponownie, znowu, powtarzam, przypominam, przypomnienie, wczoraj pisałem, wczoraj pisałam, pisałem, pisałam, brak odpowiedzi, nadal, dalej czekam, proszę, czekam',
  },
}
