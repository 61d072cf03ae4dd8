import type { Language } from './language.ts'

export const turkish: Language = {
  common:
    've, bir, bu, için, ben, biz, ne, de, da, mi, mı, mu, mü, var, yok, ile, çok, nasıl, nerede, kim, ama, benim, olarak, daha, gibi, lütfen, merhaba, hangi, kadar, sonra, nedeniyle, zaman, oldu, bana, ben',
  months: [
    'ocak, ocakta',
    'şubat',
    'mart',
    'nisan',
    'mayıs',
    'haziran',
    'temmuz',
    'ağustos',
    'eylül',
    'ekim',
    'kasım',
    'aralık',
  ],
  labels: {
    PHONE:
      'telefon*, tel, numaram, numaramız, cep, cep telefonu, arayın, arayabilirsiniz, ulaşabilirsiniz, gsm, whatsapp numaram',
    EMAIL: 'eposta, e posta, mail adresim',
    IDENTITY_DOCUMENT:
      'kimlik seri, cüzdan seri, nüfus cüzdanı seri, ehliyetim*, ehliyet no, oturum*, ikametgah izn*, mavi kart*, geçici koruma kimli*, pasaport seri, ehliyet*, sürücü belgesi*, seri no, seri numarası, seri nosu, kimliğim*, kimliği*, nüfus kağıdı*, oturma izn*, oturma kart*, pasaportu*, pasaportum*, kimlik*, ikamet*, nüfus cüzdan*, oturum kart*, oturum izn*, ehliyetim, pasaport* numara*, kimlik numara*, pasaport*, kimlik, kimlik no, kimlik numaram, kimliğim, kimlik kartı, oturum kartı, oturum iznim, oturum izni, ikamet, nüfus cüzdanı',
    OTHER_NUMBER:
      'makbuz*, dekont*, işlem no, işlem numarası, randevu, başvuru no, başvuru numarası, şifre*, sıra no, sıra numarası, aşı*, evcil, dosya*, dosya no, müşteri no, müşteri numarası, fatura*, sipariş*, kargo*, takip no, sözleşme*, sayaç*, abone no, plaka, referans*, ruhsat, randevu no, kod, oda',
    BIRTH:
      'doğum tarih*, doğum günü*, doğum günüm, doğumlu*, doğumluyum, doğdu, doğdum, doğan, d t, dogum, doğum',
    OTHER_DATE:
      'evlendik, evlendim, evlilik, düğün, nikah, nikahımız, tarihinden beri, beri, kuruldu, kuruluş, sözleşme, kira sözleşmesi, verildi, veriliş, geçerli, geçerlilik, bitiş, öldü, vefat, vefat etti, ölüm, taşındık, taşındım, karar, yazı, mektup, boşandık, boşandım, boşanma, tarihli, randevu, inşa, yapıldı, başladım, doğum belgesi',
    AGE: 'yaşında, yaşındayım, yaş',
  },
  person:
    'ben, benim, bana, beni, bende, biz, bizim, bize, annem, babam, eşim, karım, kocam, oğlum, kızım, kardeşim, abim, ablam, dedem, ninem, anneannem, babaannem, çocuğum, amcam, teyzem, dayım, halam, kayınvalidem, kayınpederim, torunum, arkadaşım, komşum, nişanlım, sevgilim, oldum, oldu, geçirdim, geçirdi, var, yım, üyesiyim, üyeyim, bebeğim',
  writer: '',
  noPerson: 'köpek*, kedi*, ağaç*, otobüs*, araba*, bahçe*, satılık, bulundu',
  subject:
    'hakkında, için, yanında, arkasında, önünde, karşısında, sokağı, caddesi, otobüs, otobüsü, park, otopark, durağı, yakınında, çalışıyorum, kursu, semineri, sergi, film, bağış, kampanya, nerede, var mı, nasıl giderim',
  thing:
    'sokağı, sokak, caddesi, cadde, mahallesi, meydanı, okulu, derneği, mezarlığı, durağı, otobüsü, otoparkı, bahçesi, yolu, parkı, kursu, semineri, binası, lokali, lambası',
  special: {
    HEALTH: {
      always:
        'hamile, hamileyim, hamileyiz, gebeyim, gebe, hamilelik*, dusuk yaptim, düşük yaptım, düşük yaptı, düşük yaptı, kürtaj, kanser*, kanser hastası, kemoterapi*, diyaliz*, şeker hastası*, şeker hastasıyım, şekerim var, diyabet*, tansiyonum, tansiyon hastası*, kalp hastası*, kalp krizi*, kalp ameliyatı*, felç*, engelli*, engelliyim, özürlü*, tekerlekli sandalye*, sağır*, işitme engelli*, görme engelli*, kör oldum, depresyon*, psikolojik tedavi*, psikolojim, psikiyatri*, psikolog*, panik atak*, şizofren*, otizm*, otistik*, epilepsi*, sara hastası*, demans*, alzheimer*, bunama, parkinson*, astım*, hepatit*, aids, hiv*, verem*, uyuşturucu bağımlı*, alkolik*, alkol bağımlı*, bağımlıyım, ameliyat oldum, ameliyat oldu, ameliyat olacağım, ameliyatım, ameliyatlı*, böbrek*, yatalak*, bakıma muhtaç, hasta oldum, hastayım, hastalandım, hastalığım, hastalandı, raporluyum, sağlık raporu*, heyet raporu*, hastanede yat*, hastanede yatıyor*, hastaneye yat*, yoğun bakım*, covid oldum, korona oldum, pozitif çıktı*, ağır hasta*, kronik*, down sendrom*, tümör*, lösemi*, alerjim, bacağım kırık, kolum kırık, kolumu kırdım, ayağımı kırdım, kırıldı bacağı, intihar*, ilaç kullanıyor*, ilaçlarım, ms hastası*, romatizma*, fıtık, bel fıtığı*, migren*, rahatsızlığım, rahatsızlık geçir*',
      ofPerson:
        'hasta, hastası, hastalık, hastane*, ameliyat*, ilaç*, tedavi*, korona, covid, grip, ateşim, alerji*, rapor, doktor, yaralı, yaralandım, sakat, kırık, hastalığı',
    },
    RELIGION_OR_BELIEF: {
      always:
        'müslümanım, müslümanız, hristiyanım, hıristiyanım, aleviyim, aleviyiz, sünniyim, yahudiyim, ateistim, ezidiyim, yezidiyim, dinimiz*, dinim, inancım*, inancımız*, başörtülü*, başörtüsü taktığım*, başörtü*, namaz kıl*, oruç tut*, oruçluyum, din değiştir*, kiliseden çık*, kiliseden ayrıl*, vaftiz*, kilise vergisi*, helal yi*, domuz eti yemiyor*, dindar*',
      ofPerson:
        'müslüman*, hristiyan*, hıristiyan*, alevi*, sünni*, yahudi*, ateist*, ezidi*, budist*, ramazan*, oruç*, namaz*, dini*, süryani*',
    },
    POLITICAL_OPINION: {
      always:
        'parti üyesi*, partisine üye*, partiye üye*, parti üyeliğ*, üyesiyim … parti, hdpli*, chpli*, akpli*, mhpli*, oy verdim, oy veriyorum, oy vereceğim, siyasi görüş*, siyasi mülteci*, siyasi nedenler*, siyasi suç*, komünist*, sosyalistim, solcuyum, sağcıyım, ülkücüyüm, spdliyim, yeşillere oy, cduya oy',
      ofPerson: 'siyasi, partili, parti*, eylem*',
    },
    TRADE_UNION: {
      always:
        'sendika üyesi*, sendikalıyım, sendikalı*, sendikaya üye*, sendikaya, sendikadan, sendikam, sendika aidat*, sendikamız, sendika temsilci*, grevdeyim, grevdeyiz, grev yap*',
      ofPerson: 'sendika*, grev*',
    },
    ETHNIC_ORIGIN: {
      always:
        'mülteciyim, mülteciyiz, mülteci olarak, sığınma*, sığınmacı*, iltica*, iltica ettim, ilticacı*, sınır dışı*, deport*, kürdüm, kürdüz, kürtüm, kürtüz, zazayım, çingene*, romanım, romanız, lazım biz, çerkezim, çerkesim, ermeniyim, süryaniyim, etnik*, kökenliyim, kökenliyiz, kürt kökenli*, arap kökenli*, arabım, duldungum, duldung*, ten rengi*, tenim*, siyahi*, göçmen kökenli*, kürt olduğum*, kaçtık, savaştan kaç*',
      ofPerson: 'mülteci*, kürt*, roman, arap, ermeni, zaza, göçmen*, köken*',
      place: 'mülteci kampı',
    },
    SEX_LIFE: {
      always:
        'eşcinsel*, lezbiyen*, geyim, gayim, biseksüel*, transım, trans kadın*, trans erkek*, transseksüel*, cinsel*, cinsiyet değiş*, tecavüz*, taciz*, tacize uğra*, seks işçi*, fuhuş*, interseks*',
      ofPerson: 'gay, trans, lgbt*',
    },
    GENETIC_OR_BIOMETRIC: {
      always:
        'dna test*, babalık test*, genetik test*, genetik hastalık*, genetik*, parmak izim*, parmak izimi, kalıtsal*',
      ofPerson: 'dna, parmak izi*, gen test*',
    },
    CRIMINAL_MATTER: {
      always:
        'sabıkam*, sabıkalı*, sabıka*, hapiste*, hapse*, hapisten*, hapis yat*, hapis ceza*, cezaevinde*, cezaevinden*, cezaevine*, tutuklu*, tutuklandı*, tutuklandım, gözaltı*, mahkum*, hüküm giy*, denetimli serbestlik*, şartlı tahliye*, tahliye*, hakkımda dava*, hakkımda soruşturma*, soruşturma var, savcılık*, ceza aldım, ceza aldı, suç işle*, suçlu bulun*, aranıyorum, yakalama karar*',
      ofPerson: 'hapis, cezaevi, dava, mahkeme*, suç, suçlan*, hırsızlık*',
    },
  },
  closing: {
    THANKS:
      'yine de teşekkürler, yine de teşekkür ederim, yine de teşekkür ederiz, yine de sağolun, yine de sağ olun, gene de teşekkürler, gene de sağolun, neyse teşekkürler, olsun teşekkürler, olsun yine de teşekkürler, tamam o zaman teşekkürler, hayır teşekkürler, hayır teşekkür ederim, hayır sağolun, yok teşekkürler, yok sağolun, yok bu kadar, hayır bu kadar, bu kadar, bu kadar yeterli, hepsi bu, başka bir şey yok, çok makbule geçti, makbule geçti, bilgim oldu, öğrenmiş oldum, bunu bilmiyordum, bilmiyordum, aklımda olsun, not aldım, not ettim, yeterli oldu, sorunum çözüldü, çözüldü, konu kapandı, bu kadardı, tşkkr, teşekkurler, tesekkurler, tesekkür, teşekkürlerimi sunarım, teşekkürlerimle, çok çok teşekkürler, çok çok teşekkür ederim, tşk ederim, tşk ederiz, tsk ederim, çok tşk, çok tşkler, çok tşk ederim, çok tsk, saol, saolun, saolasın, saolasınız, sağolun varolun, sağ olun var olun, var olun, varolun, sağ ol var ol, çok sağolun, çok sağ olun, çok sağol, allah razı olsun hepinizden, allah razı olsun sizden, rabbim razı olsun, allah ne muradınız varsa versin, allah yardımcınız olsun, ellerinize sağlık, ellerine sağlık, emeğinize sağlık, emeginize sağlık, yüreğinize sağlık, ağzınıza sağlık, ayağınıza sağlık, çok yaşayın, minnettarız, müteşekkirim, müteşekkiriz, rica ederim, estağfurullah, önemli değil, sorun değil, sorun yok, canınız sağolsun, şimdi oldu, oldu şimdi, çalıştı, açıldı, hallettik, tamam anladım, tamam o zaman, tamam oldu, tamamdır o zaman, olur olur, eyvallah kardeşim, okeydir, okdir, ok dir, aynen, aynen öyle, pekala, peki tamam, güzel oldu, süpersiniz, süpersin, harikasınız, harikasın, mükemmelsiniz, bravo, helal olsun, helal, aferin, maşallah, elhamdülillah, çok şükür, şükür, allaha şükür, oh be, oh çok şükür, içim rahatladı, rahatladım, çok sevindim, sevindim, çok mutlu oldum, mutlu oldum, yardımcı oldunuz, çok yardımcı oldunuz, çok iyisiniz, size de, sizlere de, size de iyi günler, iyi günler, iyi akşamlar, iyi çalışmalar, kolay gelsin, hayırlı günler, hayırlı işler, hoşçakalın, bilgi aldım, öğrendim, yeterli, bu kadar yeter, başka sorum yok, danke, danke schön, dankeschön, tşk, tşkler, tsk, tskler, allah sizden razı olsun, eyv, eyw, teşekkür, teşekkürler, teşekkür ederim, teşekkür ederiz, çok teşekkür ederim, çok teşekkürler, çok teşekkür ederiz, teşekkür ettim, sağol, sağolun, sağ ol, sağ olun, sağolasın, sağolasınız, eyvallah, tamam, tamamdır, tm, tmm, tmam, oldu, peki, anladım, anlaşıldı, süper, harika, mükemmel, güzel, çok güzel, iyi, çok iyi, olur, evet, tabii, allah razı olsun, elinize sağlık, eline sağlık, minnettarım, bitti, hallettim, halloldu, oldu tamam, ok, okey',
    POLITE:
      'olsun, neyse, yazık, maalesef, yapacak bir şey yok, canınız sağ olsun, canınız sağolsun, sağlık olsun, allah sizden razı olsun, allah işinizi rast getirsin, allah kolaylık versin, allah bereket versin, allah gönlünüze göre versin, allaha emanet olunuz, hakkınızı helal edin, hakkını helal et, iyi ki varsınız, iyi ki varsın, var olun, hürmetler, selam söyleyin, selamlar herkese, iyi akşamlar dilerim|dileriz|diliyorum, iyi günler dilerim|dileriz|diliyorum, hayırlı günler|akşamlar|işler|cumalar|geceler dilerim|dileriz|diliyorum, iyi çalışmalar dilerim|dileriz|diliyorum, kolay gelsin size, mutlu haftasonları, keyifli günler, güzel günler, güzel akşamlar, sağlıklı günler, nice bayramlara, kandiliniz mübarek olsun, bayramınız mübarek|kutlu olsun, ramazanınız mübarek olsun, hayırlı ramazanlar, bol kazançlar, öptüm, öpüyorum, sevgiler saygılar, kanki, abicim, ablacığım, kuzum, güzelim, gülüm, tatlım, canım benim, benim güzel, dostum, reis, kral, kanka, hoca, gardaş, bacım, yavrum, evladım, allah, hayırlısı, hayırlısı olsun, inşallah iyidir, dilerim, dileriz, diliyorum, ediyorum, ediyoruz, sunarım, kardeş, abim, ablam, abicim, ablacım, müdürüm, başkanım, sayın başkanım, memur bey, memur hanım, bey, hanım, beyefendi, hanımefendi, canım, canlar, arkadaşlar, dostlar, yetkili, yetkililer, belediyemiz, belediyemize, belediye, herkese, tüm ekibe, ekibinize, valla, vallahi, cidden, yürekten, kalpten, candan, gönülden, tüm kalbimle, iyi bayramlar, iyi pazarlar, iyi tatiller, iyi haftalar, mutlu bayramlar, hayırlı bayramlar, hayırlı ramazanlar, hayırlı geceler, hayırlı sabahlar, iyi seneler, mutlu yıllar, selamünaleyküm, selamun aleyküm, aleyküm selam, as, allaha emanet, allaha emanet olun, kendinize iyi bakın, görüşmek üzere, sağlıcakla, sağlıcakla kalın, hoşça kal, bay bay, bye, ha, haa, ya, aa, ay, of, oh, hah, hmm, rahatsız ettim, rahatsızlık verdim, kusura bakmayın, kusuruma bakmayın, zahmet oldu, zahmet verdim, bilgi, bilgilendirme, bilgilendirdiğiniz, yardımcı olduğunuz, ilgilendiğiniz, cevap verdiğiniz, dönüş yaptığınız, dönüş, geri dönüş, sabrınız, anlayışınız, emeğiniz, hızlı dönüş, hızlı dönüşünüz için, usta, kardeşim, hayırlı işler, ederim, ederiz, yardımın için, çok, çoook, gerçekten, tekrar, yine, de, bilgi için, bilgiler için, bilgilendirme için, yardımınız için, yardım için, yardımlarınız için, cevap için, cevabınız için, hızlı cevap için, hızlı cevabınız için, ilginiz için, ilgi için, zaman ayırdığınız için, her şey için, herşey için, iyi günler, iyi akşamlar, iyi geceler, iyi haftasonları, iyi hafta sonları, hayırlı günler, hayırlı akşamlar, hayırlı cumalar, kolay gelsin, iyi çalışmalar, hoşçakalın, hoşça kalın, görüşürüz, merhaba, selam, selamlar, günaydın, size de, size, sana, efendim, o zaman, hepinize, o halde, hocam, abi, abla',
    GREETING:
      'hürmetler, hürmetlerimle, saygı ve sevgilerimle, sevgi ve saygılarımla, saygı ve selamlar, saygıyla, selam ve saygılar, selam ve dua ile, ailesi, saygılar, saygılarımla, saygılarımızla, selamlar, selamlarımla, sevgiler, sevgilerle, bey, hanım, sayın',
    AND: 've',
    NOT: 'hiçbir şey için',
    BESIDE_THANKS:
      'bu, o, çok, bana, bize, beni, bizi, siz, sizin, sizi, size, sizden, ben, biz, de, da, gerçekten, şimdi, artık, her, şey, herşey, herşeyi, her şeyi, zaman, böyle, bir, en, hep, hepiniz, hepinize, ki, ya, valla, vallahi, işte, yani, iyi ki, var, varsınız, kadar, gayet, baya, bayağı, olarak, için, içim, ne, şekilde, tüm, bütün, ekibe, ekip, ekibinize, belediye, belediyemiz, belediyemize, insanlar, insan, insansınız, hanım, bey, oldukça, daha',
    PRAISE:
      'naziksiniz, işin, işiniz, rast, gelsin, gitsin, olsun, yardımlarınız, alakanız, ilgilendiniz, ilgilendi, cevabınız, yanıtınız, açıklama, açıklamanız, açıkladınız, anlattınız, bilgilendirdiniz, aydınlattınız, aydınlandım, yol gösterdiniz, çözdünüz, çözüldü, hızlıca, çabuk, çabucak, anında, güleryüzlü, güler, yüzlü, sıcak, samimi, içten, candan, insanlık, melek, meleksiniz, meleksin, kahraman, kahramansınız, kral, kralsınız, adamsın, adamsınız, numarasınız, şahane, şahanesiniz, enfes, olağanüstü, kusursuz, profesyonel, sabırlı, anlayışlı, anlayışınız, düşünceli, kolay, kolaymış, kolaylık, kolaylaştırdınız, rahat, ferahladım, huzur, şükür, minnet, teşekkürü, borç, borçluyum, takdir, ediyorum, ediyoruz, tebrik, tebrikler, memnunuz, memnunum, mutluyuz, hizmet, hizmetiniz, emeğiniz, emek, emekleriniz, belediyecilik, ayağınıza, kalbiniz, ellerinize, görmesin, oldu, çalıştı, çalışıyor, açıldı, geldi, buldum, gördüm, anladım, hallettim, halloldu, hallettik, düzeldi, yardımcı, yardım, yardımınız, ettiniz, oldunuz, sevindim, sevindik, rahatladım, rahatladı, rahatladık, mutlu, mutluyum, güzel, güzelmiş, iyi, iyisiniz, süper, süpersiniz, süpersin, harika, harikasınız, harikasın, mükemmel, mükemmelsiniz, hızlı, hızlısınız, nazik, naziksiniz, kibar, kibarsınız, ilgili, ilginiz, başarılar, başarılı, memnun, kaldım, kaldık, kurtardınız, kurtardın, öğrendim, teşekkür, teşekkürler, sağolun, minnettarım, minnettarız, dua, dualar, duacıyız, duacıyım, muhteşem, muhteşemsiniz, helal, bravo, aferin',
    THANKED_FOR: '',
    THANKED_FOR_BEHIND: 'için, icin, dolayı, ötürü',
    WISH: 'size iyi, sizlere iyi, herkese iyi, hepinize iyi, allah size, rabbim, allah sizi, allah işinizi, iyi, hayırlı, mutlu, güzel, nice, kutlu, bereketli, sağlıklı, huzurlu, kolay, bol, allah',
    MORE: 'ama, fakat, ancak, değil, yok, hiç, hiçbir, olmadı, olmaz, eğer, veya, ya da, lütfen, lazım, gerek, gerekiyor, istiyorum, isterim, hala, hâlâ, henüz, yanlış, bozuk, hata, sorun, şimdiden, peşin, peki ya, mı, mi, mu, mü, kaç, nasıl, nerede, ne zaman, bekliyorum, bekliyoruz, göndereceğim, yarın, sonra, belki, başka, ayrıca, bir de, birde, ben, benim, red, ceza, gecikme, ise, yoksa',
    THANKED_THAT: '',
    WORKED_BEHIND:
      'geldi, ulaştı, açıldı, çalıştı, çalışıyor, düzeldi, halloldu, çözüldü, tamamlandı, alındı, bulundu',
  },
  open: {
    QUESTION:
      'sormak istiyorum, sormak istedim, bir sorum var, bir şey soracağım, bir şey sorabilir miyim, bulamıyorum, bulamadım, öğrenmek istiyorum, merak ediyorum, kaç gün, kaç para, ne kadar, kimden, kime, neresi, nereye kadar, saat kaça kadar, saat kaç, kaçta, ne zaman, nerede, nereye, nasıl, ne, neden, niye, kim, hangi, kaç, mı, mi, mu, mü, nereden',
    FORMAL:
      'itiraz*, itiraz ediyorum, şikayet*, dava*, avukat*, başvuru yap*, başvurumu, başvurum, talep ediyor*, istiyorum ki, kabul etmiyor*, yanlış hesap*, hatalı*, tazminat*, dilekçe*, iptal ed*, iptal etmek, fesih*, feshed*, kaza*, hasar*, yaralan*, tehdit*',
    ANNOUNCED:
      'göndereceğim, gönderirim, getireceğim, getiririm, geleceğim, gelirim, geliyorum, arayacağım, ararım, haber vereceğim, haber veririm, bildireceğim, yollarım, yollayacağım, ödeyeceğim, bakacağım',
    PROMISE:
      'özür*, üzgün*, posta ile, haber ver*, arayacağ*, döneceğ*, arayacağız, dönüş yapacağız, bilgi vereceğiz, göndereceğiz, kontrol ediyoruz, kontrol edeceğiz, ilgileneceğiz, ileteceğiz, iletildi, haber vereceğiz',
    DEMAND: 'lütfen gönderin, lütfen iletin, gönderir misiniz, eksik, lazım bize',
    APPOINTMENT: 'randevu, randevunuz, randevum, randevu*, termin, görüşme',
    NO_APPOINTMENT: 'randevusuz, randevu gerekmez, iptal edildi',
    COURTESY: 'başka bir sorunuz, yardımcı olabilir, başka soru',
    DONE: 'yapıldı, tamamlandı, hazır, iptal edildi, düzeltildi',
    TO_BE_DONE:
      'başvurum ne, dilekçem, itirazım, belgem, belgelerim, param, randevum, bekliyorum, hâlâ, benden bir şey, ne oldu, ne zaman … edeceksiniz|yapacaksınız|geleceksiniz|gelecek|yapılacak, tamir, hazır mı, pasaportum, kimliğim, beni ara*, arar mısınız, gönderir misiniz, randevu al*, randevu istiyorum, tamir eder misiniz, başvurum',
    WEEKDAY: 'pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar, yarın, bugün, saat',
    CONFIRMED: 'şimdi oldu, çalıştı, çalışıyor, açıldı, geldi, halloldu, hallettim, düzeldi',
    HELPED: 'buldum, yardımcı oldunuz, rahatladım, sevindim, kurtardınız',
  },
  misplaced: {
    SPAM: 'kazandınız, tebrikler … kazandınız, kargonuz teslim edilemedi, kargonuz bekliyor, hesabınız askıya, hesabınız kilitlendi, hesabınız bloke, evden çalış* … kazan, evden para kazan, günlük kazanç, günde … kazan, bahis sitesi, deneme bonusu, kredi imkanı, kefilsiz kredi, ehliyet alın, sınavsız ehliyet, bu mesajı … gönder|paylaş|ilet, garantili kazanç, yatırım fırsatı, takipçi satın, anne … yeni numaram, baba … yeni numaram, telefonum bozuldu … numara, miras … milyon',
    LURE: 'bitcoin, kripto, yatırım, kazanç, bonus, bahis, casino, çekiliş, ödül, hediye, kredi, kargo, para kazan*, takipçi, miras, fırsat',
    CALL: 'tıkla, tıklayın, linke, linkten, link, bana yaz, yazın bana, telegram, whatsapptan yaz, hemen, üye ol, kayıt ol, ara beni, dm',
    REPORT:
      'dolandırıcı*, dolandırıldım, sahte*, bu gerçek mi, sizden mi, sms geldi, mesaj geldi, mail geldi, şüpheli*',
    MISDIRECTED:
      'yanlış numara, yanlış kişi, yanlış grup, yanlışlıkla, sana değil, size değil, pardon yanlış, numarayı karıştırdım, yanlış numara*, yanlış kişi*, yanlış yere, yanlış oldu, yanlış yazdım, yanlış attım, yanlış gönder*, yanlışlıkla*, size değil*, başkasına*, kusura bakmayın yanlış, numarayı karıştır*, karıştırdım, yanlış sohbet*, yanlış gruba, dikkate almayın, mesajı silin',
    NOT_MISDIRECTED: 'mektup, fatura, adres, karar, tebligat, ceza yazısı',
    PRIVATE: 'aşkım, canım, hayatım, bebeğim, kanka, nerdesin aşkım',
    OTHER_TOWN:
      'yanlış belediye, yanlış şehir, başka belediye, başka şehir, sizin şehir değil, size bağlı değil*',
    NOT_OTHER_TOWN:
      'taşındım, taşındık, taşınıyor*, taşınacağ*, geldim, geldik, çalışıyorum, iş yerim, okul*, doğdum, eskiden, önceki, eski adres*, annem, babam, oğlum, kızım, doğum',
    AGAIN:
      'tekrar, yine, bir daha, tekrar yazıyorum, tekrar ediyorum, cevap alamadım, hala, lütfen, dün yazdım, hatırlatma, ikinci kez',
  },
}
