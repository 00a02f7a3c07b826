# Latviešu

locale = lv_LV
skip = Pāriet uz saturu
nav-label = Galvenā izvēlne
nav-search = Meklēšana
nav-calls = Projektu konkursi
nav-events = Pasākumi
nav-topics = Tēmas
nav-countries = Valstis
nav-sources = Avoti
nav-digests = Apkopojumi
nav-api = API
nav-calendar = Kalendārs
nav-opml = Avoti (OPML)
nav-apps = Lasīšanas lietotnes
nav-privacy = Privātums
nav-accessibility = Piekļūstamība
languages-label = Valoda
foot-note = Teksti pieder to autoriem; katram paziņojumam ir saite uz oriģinālu. Lietotājus neizseko, un nekas netiek ielādēts no citām vietnēm.
site-description = { $site }: sociālās jomas ziņas un paziņojumi Rumānijā, Latvijā un Moldovā
feed-description = Ziņas un paziņojumi, ko apkopo { $site }
quoted = „{ $text }”

intro-heading = Jaunumi sociālajā jomā
intro = Nevalstisko organizāciju un iestāžu ziņas, projektu konkursi un pasākumi Rumānijā, Latvijā un Moldovā. Meklējiet savā valodā – atradīsiet arī paziņojumus rumāņu, latviešu, krievu un angļu valodā.
search-label = Meklēt paziņojumos
search-button = Meklēt
search-more = Datumi un termiņi
field-from = No
field-to = Līdz
field-sort = Kārtot
field-deadline = Tikai paziņojumi, kuru termiņš vēl nav beidzies
field-event = Tikai pasākumi, kas vēl nav beigušies
date-hint = Datums, piemēram, 2026-11-21, vai laiks līdz šodienai: 7d (dienas), 2w (nedēļas), 3m (mēneši), 1y (gadi)
since-7d = Pēdējās 7 dienas
since-1m = Pēdējais mēnesis
since-3m = Pēdējie 3 mēneši
since-1y = Pēdējais gads
sort-relevance = Atbilstošākie vispirms
sort-date = Jaunākie vispirms
sort-deadline = Tuvākais termiņš vispirms
sort-event = Tuvākais pasākums vispirms
chips-label = Aktīvie filtri
chip-remove = Noņemt filtru:
chips-clear = Noņemt visus filtrus
filter-from = no { $date }
filter-to = līdz { $date }
filter-deadline = termiņš nav beidzies
filter-event = gaidāms pasākums

latest = Jaunākie paziņojumi
results =
    { $count ->
        [zero] { $shown } rezultātu
        [one] { $shown } rezultāts
       *[other] { $shown } rezultāti
    }
items-count =
    { $count ->
        [zero] { $shown } paziņojumu
        [one] { $shown } paziņojums
       *[other] { $shown } paziņojumi
    }
sources-count =
    { $count ->
        [zero] { $shown } avotu
        [one] { $shown } avots
       *[other] { $shown } avoti
    }
also-sources =
    { $count ->
        [zero] Par to pašu vēl { $shown } paziņojumos
        [one] Par to pašu vēl { $shown } paziņojumā
       *[other] Par to pašu vēl { $shown } paziņojumos
    }
also-carried = Publicējuši arī: { $sources }
did-you-mean = Varbūt domājāt:
searched-instead = Pēc uzrakstītā nekas netika atrasts; parādīti rezultāti vaicājumam:
partial = Visi šie vārdi ir tikai dažos paziņojumos; pēc tiem seko paziņojumi, kuros ir daļa no šiem vārdiem.
expanded = Meklēts arī:
expanded-typed = Jūs rakstījāt
typed-only = Meklēti tikai uzrakstītie vārdi.
cross-off = Meklēt tikai uzrakstītos vārdus
cross-on = Meklēt arī citās valodās
empty-heading = Nekas netika atrasts.
empty-start = Avoti pašlaik tiek lasīti; paziņojumi šeit parādīsies, tiklīdz tie būs atrasti.
empty-words = Mēģiniet ar mazāk vai vispārīgākiem vārdiem.
empty-all = Skatīt jaunākos paziņojumus
paging-label = Lapas
paging-first = Atpakaļ uz sākumu
paging-next = Nākamā lapa
paging-later = nākamās lapas
timeline-heading = Rezultāti pa nedēļām
timeline-list = Nedēļu saraksts
timeline-earlier =
    { $count ->
        [zero] Agrāk: { $shown } rezultātu
        [one] Agrāk: { $shown } rezultāts
       *[other] Agrāk: { $shown } rezultāti
    }
timeline-later =
    { $count ->
        [zero] Vēlāk: { $shown } rezultātu
        [one] Vēlāk: { $shown } rezultāts
       *[other] Vēlāk: { $shown } rezultāti
    }
calls-intro = Projektu konkursi, kuros vēl var pieteikties, termiņu secībā.
calls-empty = Pašlaik nav atvērtu projektu konkursu.
calls-others = Citi paziņojumi, kuru termiņš vēl nav beidzies:
calls-count =
    { $count ->
        [zero] { $shown } atvērtu projektu konkursu
        [one] { $shown } atvērts projektu konkurss
       *[other] { $shown } atvērti projektu konkursi
    }
events-intro = Gaidāmās konferences, mācības, tikšanās un citi pasākumi datumu secībā.
events-empty = Neviens gaidāms pasākums nav izsludināts.
span-week = Tuvākajās 7 dienās
span-month = Tuvākajās 30 dienās
span-later = Vēlāk
see-all-calls = Visi atvērtie projektu konkursi
see-all-events = Visi pasākumi
countries-intro = Valstis, kuru organizāciju paziņojumi ir apkopoti šeit.
filters-heading = Filtri
facet-show-more = Vairāk
facet-lang = Valoda
facet-country = Valsts
facet-source = Avots
facet-role = Organizācijas veids
facet-topic = Tēma
facet-kind = Paziņojuma veids
subscribe-heading = Abonēt
subscribe-hint = Pievienojiet šo lapu savam RSS plūsmu lasītājam vai kalendāram: jaunumi tur parādīsies paši.
subscribe-calendar = Kalendārs
subscribe-digest = Apkopojums
see-all = Skatīt visus paziņojumus, ar filtriem

date-unknown = datums nav zināms
deadline-label = Termiņš:
deadline-past = beidzies
deadline-today = beidzas šodien
deadline-in-days =
    { $count ->
        [zero] atlikušas { $shown } dienas
        [one] atlikusi { $shown } diena
       *[other] atlikušas { $shown } dienas
    }
event-label = Kad:
withdrawn = Avots šo paziņojumu atsauca { $date }.
read-original = Lasīt oriģinālu
files-heading = Datnes
file-text = Datnes teksts
file-pending = (vēl nav nolasīta)
file-scanned = (skenējums bez teksta)
file-unreadable = (nav nolasāma)
copies-heading = Par to pašu citos paziņojumos
newer-version = Avots ir publicējis jaunāku versiju:
easy-heading = Vieglajā valodā
plain-heading = Pilnais teksts
versions-heading = Iepriekšējās versijas
version-heading = { $number }. versija, līdz { $date }
version-alike = Virsraksts un teksts nav mainījušies.
version-same =
    { $count ->
        [zero] … { $shown } nemainītu rindkopu …
        [one] … { $shown } nemainīta rindkopa …
       *[other] … { $shown } nemainītas rindkopas …
    }
change-removed = Dzēsts:
change-added = Pievienots:
about-heading = Papildu informācija
fact-source = Avots
fact-country = Valsts
fact-language = Valoda
fact-author = Autors
fact-published = Publicēts
fact-updated = Mainīts
fact-first-seen = Parādījās šeit
fact-data = Programmām
table-scrolls = Tabula, ko var ritināt uz sāniem

sources-intro = Organizācijas, iestādes un mediji, kuru paziņojumi šeit ir apkopoti.
sources-opml = Saraksts OPML datnē
sources-search = Meklēt organizāciju
sources-none = Vēl nav pievienots neviens avots.
source-visit = Atvērt vietni
source-feed = Avota RSS plūsma
source-empty = No šī avota vēl nekas nav nolasīts.
topics-intro = Par ko ir paziņojumi. Katrai tēmai ir nosaukumi četrās valodās; vienam paziņojumam var būt vairākas tēmas.
topic-broader = Plašāka tēma:
topic-narrower = Šaurākas tēmas:
topic-names = Nosaukumi
topic-empty = Par šo tēmu vēl nav paziņojumu.
digests-intro = Apkopojumā ir dienas, nedēļas vai mēneša paziņojumi. Lasiet to šeit vai pievienojiet savam RSS plūsmu lasītājam.
digests-none = Vēl nav izveidots neviens apkopojums.
digest-search = Meklēt ar tiem pašiem filtriem
digest-subscribe = Abonēt šo apkopojumu
digest-archive = Izdevumi
digest-empty = Pirmais izdevums vēl nav iznācis.
search-digest-title = Apkopojums: { $search }
search-digest-intro = Viss jaunais, ko atrod šī meklēšana, apkopots izdevumos. Izvēlieties, cik bieži tiem iznākt, un pievienojiet apkopojumu savam RSS plūsmu lasītājam.
search-digest-form = Apkopojuma iestatījumi
search-digest-period = Cik bieži
search-digest-hour = Cikos
search-digest-weekday = Kurā dienā (ja tas iznāk katru nedēļu)
search-digest-group = Grupēt
search-digest-show = Parādīt apkopojumu
search-digest-empty = Pēdējā laikā šī meklēšana neko jaunu nav atradusi.
search-digest-older = Vecāki izdevumi
digest-by-kind = pēc paziņojuma veida
digest-by-topic = pēc tēmas
digest-by-country = pēc valsts
weekday-monday = pirmdiena
weekday-tuesday = otrdiena
weekday-wednesday = trešdiena
weekday-thursday = ceturtdiena
weekday-friday = piektdiena
weekday-saturday = sestdiena
weekday-sunday = svētdiena

apps-intro = Lasiet tālrunī vai datorā savā iecienītajā lietotnē. Izlasītie un ar zvaigznīti atzīmētie paziņojumi visās jūsu ierīcēs ir vieni un tie paši.
apps-make-heading = Saņemiet pieslēgšanās datus
apps-make-hint = Nav vajadzīgs ne jūsu vārds, ne e-pasta adrese: pakalpojums izveido lietotājvārdu un paroli. Ar šo lietotājvārdu tas glabā, kas ir izlasīts, kas atzīmēts ar zvaigznīti un kā sakārtotas plūsmas, bet neko par to, kas jūs esat. Pieslēgšanās dati tiek dzēsti, ja tos nelieto gadu vai visu pirmo mēnesi.
apps-make-button = Izveidot pieslēgšanās datus
apps-made-heading = Jūsu pieslēgšanās dati
apps-made-hint = Parole tiek parādīta tikai šoreiz: ievadiet to lietotnē tūlīt vai pierakstiet. Lielie burti un defises parolē nav svarīgi.
apps-name = Lietotājvārds
apps-password = Parole
apps-address-heading = Ievadiet tos lietotnē
apps-address-hint = Pievienojiet lietotnē kontu, izvēlieties tā veidu un ievadiet adresi:
apps-freshrss = { $apps }: konta veids „FreshRSS”
apps-miniflux = Citas lietotnes: konta veids „Google Reader API” vai „Miniflux (Google Reader API)”
apps-see-heading = Ko jūs tur atradīsiet
apps-see = Katrs avots ir plūsma savas valsts mapē; apkopojumiem ir sava mape. Visplašākās tēmas redzamas kā etiķetes. Lietotnē plūsmas var pārdēvēt, pārvietot uz citām mapēm un atteikties no tām; jaunus avotus pievieno tie, kas uztur šo pakalpojumu. Viss, kas lasīšanas sākumā ir vecāks par divām nedēļām, skaitās izlasīts.
apps-without-heading = Bez pieslēgšanās datiem
apps-without = Gandrīz jebkura lietotne var arī importēt avotus kā sarakstu. Tad lietotne pati nolasa katru avotu, un ziņas par izlasīto paliek lietotnē.
apps-opml-country = Avoti pa valstīm (OPML)
apps-opml-topic = Avoti pa tēmām (OPML)
apps-delete-heading = Dzēst pieslēgšanās datus
apps-delete-hint = Viss, kas ar tiem saistīts, tiek dzēsts uzreiz un neatgriezeniski.
apps-delete-button = Dzēst pieslēgšanās datus
apps-deleted = Pieslēgšanās dati un viss ar tiem saistītais ir dzēsts.
apps-unknown = Pieslēgšanās datu ar šādu lietotājvārdu un paroli nav. Nekas netika dzēsts.

api-title = API
api-intro = Visu, kas redzams šajās lapās, var lasīt arī programmas: kā JSON, kā plūsmas un kā kalendāru. Atslēga nav vajadzīga.
api-openapi = OpenAPI apraksts
api-try = Piemēri
api-example-search = Meklēšana: paziņojumi visās valodās
api-example-calls = Atvērtie projektu konkursi, tuvākais termiņš vispirms
api-example-sources = Avoti
api-example-topics = Tēmas un to nosaukumi visās valodās
api-example-digests = Apkopojumi un to plūsmas
api-example-feed = Jebkura meklēšana kā plūsma
api-example-calendar = Jebkuras meklēšanas termiņi un pasākumi
api-parameters = Parametri
api-parameters-hint = Vieni un tie paši meklēšanai, plūsmām un kalendāram.
api-q = vārdi, "frāzes", -bez, OR, (…), title:…, source:…, sākums*
api-filters = filtri; lai teiktu „vai”, atkārtojiet parametru
api-dates = datumi (2026-11-21) vai laikposmi (7d, 2w, 3m, 1y)
api-deadline = open: tikai paziņojumi, kuru termiņš nav beidzies
api-event = coming: tikai pasākumi, kas vēl nav beigušies
api-cross = 0: bez vārdiem citās valodās
api-sort = relevance, date, deadline vai event
api-paging = lapas lielums (20, ne vairāk kā 100) un iepriekšējās lapas next_cursor
api-ui = apzīmējumu valoda: ro, lv, ru, en
api-lists = Saraksti
api-lists-text = Katrā sarakstā ir lauki items un next_cursor. Lai saņemtu nākamo lapu, sūtiet next_cursor kā cursor; pēdējā lapā tas ir null.
api-caching = Atkārtoti pieprasījumi
api-caching-text = Katrai atbildei ir ETag. Sūtiet to laukā If-None-Match: kamēr nekas nav mainījies, atbilde ir 304 bez satura.
api-errors = Kļūdas
api-errors-text = Kļūda ir problēmas dokuments (RFC 9457) ar laukiem type, title, status un detail. Ja vērtība ir nederīga, parameter nosauc parametru.
api-errors-bad = Nosauktajam parametram ir nederīga vērtība, vai tas dots pārāk daudz reižu; detail paskaidro, kā būtu pareizi.
api-curl = Komanda
api-answer = Kas tiek saņemts
api-answer-text = Šādi pakalpojums šobrīd atbild uz pirmo piemēru, saīsināti: viens rezultāts un divas vērtības no katra saraksta.
api-next = Nākamās lapas adrese ir arī galvenē Link ar rel="next". Nekas netiek izlaists vai parādīts divreiz, kamēr pienāk jauni paziņojumi, un limit drīkst mainīties no lapas uz lapu.
api-conditional = Kamēr nekas nav mainījies
api-limits = Ierobežojumi
api-limits-text = Pieprasījumi no vienas adreses tiek skaitīti; patlaban ierobežojums ir { $limit }. Neviens lasītājs to nesasniedz, arī vesela klase aiz vienas adreses ne. RateLimit un RateLimit-Policy katrā atbildē (un vecākie X-RateLimit-Limit, -Remaining un -Reset) rāda, cik vēl atlicis. Kas prasa par daudz, saņem 429 un laukā Retry-After – sekundes, cik jāgaida.
api-limits-none = Pieprasījumi no vienas adreses patlaban nav ierobežoti. Tomēr esiet saudzīgi: saglabājiet atbildes un prasiet atkārtoti ar to ETag.
api-cors = No citu vietņu lapām
api-cors-text = API, plūsmas un kalendāru drīkst lasīt jebkuras vietnes skripti (CORS); šeit nosauktās galvenes tiem ir redzamas. Iespējams tikai lasīt.
api-feeds = Plūsmas un kalendārs
api-feeds-text = Katra meklēšana ir arī plūsma un kalendārs ar tiem pašiem parametriem; katrs apkopojums ir plūsma ar vienu ierakstu katram periodam.
api-stability = Uz ko var paļauties
api-stability-text = Zem /api/v1 nosaukumi tiek tikai pievienoti. Tas, kas ir aprakstā, saglabā savu nosaukumu, tipu un nozīmi; nepazīstamus laukus ignorējiet. Paziņojumu, avotu un tēmu identifikatori un adreses nemainās nekad.

error-bad-title = Nesaprotama vērtība
error-bad-way-on = Meklēt bez šīs vērtības
error-not-found-title = Lapa nav atrasta
error-not-found = Šajā adresē nekā nav. Varbūt lapa ir pārvietota vai adrese ir uzrakstīta kļūdaini.
error-method-title = Šeit to nevar izdarīt
error-method = Šo adresi var tikai lasīt (GET vai HEAD).
error-cursor-title = Šādas lapas vairs nav
error-cursor = Kursors pieder citam meklējumam, vai vieta, uz kuru tas norādīja, ir zudusi. Sāciet no sākuma bez tā.
error-too-long-title = Adrese ir pārāk gara
error-too-long = Saīsiniet meklējamo tekstu vai noņemiet dažus filtrus.
error-too-large-title = Nosūtīts par daudz
error-too-large = Nosūtīts vairāk, nekā ietilpst šī pakalpojuma veidlapās, vai arī sūtīšana pārtrūka. Saīsiniet ievadīto un mēģiniet vēlreiz.
error-foreign-title = Veidlapa netika pieņemta
error-foreign = To nav nosūtījusi šī pakalpojuma lapa, vai arī pārlūks nenorāda, kura lapa to nosūtīja. Atveriet veidlapu šajā vietnē un nosūtiet to vēlreiz.
error-too-many-title = Pārāk daudz pieprasījumu
error-too-many =
    { $count ->
        [zero] No jūsu adreses ir pieprasīts vairāk, nekā vajadzīgs vienam lasītājam. Pagaidiet { $shown } sekunžu un tad turpiniet lēnāk.
        [one] No jūsu adreses ir pieprasīts vairāk, nekā vajadzīgs vienam lasītājam. Pagaidiet { $shown } sekundi un tad turpiniet lēnāk.
       *[other] No jūsu adreses ir pieprasīts vairāk, nekā vajadzīgs vienam lasītājam. Pagaidiet { $shown } sekundes un tad turpiniet lēnāk.
    }
error-busy-title = Pašlaik ir pārāk liela noslodze
error-busy = Vienlaikus pienāca pārāk daudz pieprasījumu. Mēģiniet vēlreiz pēc dažām sekundēm.
error-internal-title = Radās kļūda
error-internal = Kļūda ir mūsu pusē un ir reģistrēta. Mēģiniet vēlreiz pēc minūtes.
error-home = Uz meklēšanas lapu
error-contact = Ja kļūda atkārtojas, ziņojiet:

privacy-title = Privātums
accessibility-title = Piekļūstamības paziņojums

bad-lang = „{ $value }” nav valodas kods, piemēram, ro, lv, ru vai en.
bad-country = „{ $value }” nav valsts kods, piemēram, RO, LV, MD vai EU.
bad-source = „{ $value }” nav avota identifikators.
bad-topic = „{ $value }” nav tēmas identifikators.
bad-role = „{ $value }” nav neviena no vērtībām founder, member, partner, authority, media, eu.
bad-kind = „{ $value }” nav neviena no vērtībām news, call, event, vacancy, tender, consultation, report, other.
bad-from = „{ $value }” nav ne datums, piemēram, 2026-11-21, ne laikposms, piemēram, 7d, 2w, 3m vai 1y.
bad-to = „{ $value }” nav ne datums, piemēram, 2026-11-21, ne laikposms, piemēram, 7d, 2w, 3m vai 1y.
bad-deadline = „{ $value }” nav „open”.
bad-event = „{ $value }” nav „coming”.
bad-cross = „{ $value }” nav ne 0, ne 1.
bad-sort = „{ $value }” nav neviena no vērtībām relevance, date, deadline, event.
bad-limit = „{ $value }” nav skaitlis no 1 līdz 100.
bad-cursor = Šis nav iepriekšējas lapas kursors; sāciet no jauna bez tā.
bad-ui = „{ $value }” nav neviena no vērtībām ro, lv, ru, en.
bad-alarm = „{ $value }” nav ne „none”, ne laikposms līdz vienam gadam, piemēram, 2h, 3d vai 1w.
bad-period = „{ $value }” nav neviena no vērtībām hourly, daily, weekly, monthly.
bad-hour = „{ $value }” nav stunda no 0 līdz 23.
bad-weekday = „{ $value }” nav nedēļas diena, piemēram, monday.
bad-tz = „{ $value }” nav laika josla, piemēram, Europe/Riga.
bad-group = „{ $value }” nav neviena no vērtībām kind, topic, country.
bad-content = „{ $value }” nav ne „full”, ne „excerpt”.
bad-archive = „{ $value }” nav ne pagājis mēnesis, piemēram, 2026-10, ne pagājusi diena, piemēram, 2026-11-20.
bad-value = „{ $value }” nevar saprast kā { $parameter } vērtību.
bad-too-many = „{ $parameter }” ir norādīts pārāk daudz reižu.

kind-news = Ziņa
kind-call = Projektu konkurss
kind-event = Pasākums
kind-vacancy = Vakance
kind-tender = Iepirkums
kind-consultation = Publiskā apspriešana
kind-report = Pārskats
kind-other = Cits paziņojums
role-founder = dibinātājs
role-member = biedrs
role-partner = partneris
role-authority = valsts vai pašvaldības iestāde
role-media = medijs
role-eu = ES iestāde vai tīkls
phase-new = vēl nav lasīts
phase-healthy = darbojas
phase-failing = pašlaik nav sasniedzams
phase-silent = jaunumu nav ilgāk nekā parasti
phase-gone = vairs nepastāv
phase-paused = apturēts
period-at-once = tiklīdz ir kas jauns
period-hourly = reizi stundā
period-daily = katru dienu
period-weekly = katru nedēļu
period-monthly = katru mēnesi

lang-ro = rumāņu
lang-lv = latviešu
lang-ru = krievu
lang-en = angļu
lang-uk = ukraiņu
lang-lt = lietuviešu
lang-et = igauņu
lang-pl = poļu
lang-bg = bulgāru
lang-de = vācu
lang-fr = franču
lang-it = itāļu
lang-es = spāņu
lang-hu = ungāru
lang-tr = turku
country-RO = Rumānija
country-LV = Latvija
country-MD = Moldova
country-EU = Eiropas Savienība
country-UA = Ukraina
country-LT = Lietuva
country-EE = Igaunija
country-BG = Bulgārija
country-PL = Polija
country-DE = Vācija
country-BE = Beļģija
country-FR = Francija
country-GB = Apvienotā Karaliste

month-1 = janvāris
month-2 = februāris
month-3 = marts
month-4 = aprīlis
month-5 = maijs
month-6 = jūnijs
month-7 = jūlijs
month-8 = augusts
month-9 = septembris
month-10 = oktobris
month-11 = novembris
month-12 = decembris
month-1-alone = janvāris
month-2-alone = februāris
month-3-alone = marts
month-4-alone = aprīlis
month-5-alone = maijs
month-6-alone = jūnijs
month-7-alone = jūlijs
month-8-alone = augusts
month-9-alone = septembris
month-10-alone = oktobris
month-11-alone = novembris
month-12-alone = decembris

## Pa e-pastu
subscribe-mail = E-pasts
mail-title = Abonēšana pa e-pastu
mail-lead = Jaunumus saņemsiet e-pastā. Vēstules ir šīs lapas valodā; paziņojumi paliek avota valodā. Vispirms pienāks vēstule ar lūgumu apstiprināt abonementu.
mail-what = Abonements
mail-address = E-pasta adrese
mail-address-missing = Ierakstiet e-pasta adresi, uz kuru sūtīt vēstules.
mail-address-bad = „{ $value }” nav e-pasta adrese. Ierakstiet to pilnībā, piemēram, vards@example.org.
mail-pace = Cik bieži
mail-trap = Atstājiet šo lauku tukšu
mail-submit = Abonēt
mail-promise = Adrese tiek izmantota tikai šīm vēstulēm. Katrā no tām ir saite, ar kuru abonementu izbeigt; kopā ar pēdējo abonementu tiek dzēsta arī adrese.
mail-sent-title = Lūdzu, apstipriniet
mail-sent = Vēstule ir ceļā uz { $address }. Atveriet tajā saiti, lai apstiprinātu abonementu.
mail-sent-else = Līdz tam nekas cits netiek sūtīts; bez apstiprinājuma adrese pēc septiņām dienām tiek dzēsta. Ja stundas laikā vēstule nepienāk, meklējiet to mēstuļu (spam) mapē. Ja abonements jau ir apstiprināts, vēstulē tas būs teikts.
mail-confirm-title = Apstipriniet abonementu
mail-confirm-lead = Nospiediet pogu, un saņemsiet jaunumus e-pastā.
mail-confirm-do = Apstiprināt
mail-confirmed-title = Abonements ir spēkā
mail-confirmed = Turpmāk saņemsiet jaunumus e-pastā. Katrā vēstulē ir saite, ar kuru no tiem atteikties.
mail-manage-title = Jūsu abonementi
mail-manage-lead = Šeit redzams, ko sūta uz { $address } un ko par šo adresi glabā.
mail-asked = pieprasīts: { $date }
mail-state-asked = vēl nav apstiprināts
mail-state-active = spēkā
mail-state-refused = apturēts, jo adrese vēstules nepieņēma
mail-language = Vēstuļu valoda
mail-language-do = Saglabāt valodu
mail-data = Jūsu dati
mail-export = Lejupielādēt glabātos datus (JSON)
mail-end-all = Izbeigt visus abonementus un dzēst adresi
mail-end-title = Atteikšanās no abonementa
mail-end-lead = Nospiediet pogu, un šīs vēstules vairs nenāks.
mail-end-do = Atteikties
mail-ended-title = Abonements ir izbeigts
mail-ended = Šīs vēstules vairs nenāks. Abonements ir dzēsts.
mail-ended-all = Vēstules vairs nenāks. Visi abonementi un adrese ir dzēsti.
mail-gone-title = Šāda abonementa nav
mail-gone = Saite vairs neder: abonements ir izbeigts vai septiņu dienu laikā netika apstiprināts. Abonēt no jauna var jebkurā laikā.

nav-login = Darbiniekiem
nav-monitor = Uzraudzība
error-sign-in-title = Jāpierakstās
error-sign-in = Šī daļa ir tiem, kas ir pierakstījušies. Programmas sūta marķieri vai atslēgu galvenē Authorization.
error-not-allowed-title = Jums nav šādu tiesību
error-not-allowed = Jūsu kontam nav vajadzīgās lomas. Vērsieties pie šīs vietnes administratora.
login-name = Lietotājvārds
login-password = Parole
login-do = Pierakstīties
login-wrong = Vārds vai parole nav pareiza. Pārbaudiet un mēģiniet vēlreiz.
login-forgotten = Aizmirsāt paroli? Administrators var iedot saiti, ar kuru var pierakstīties vienu reizi.
login-key-heading = Biedriem
login-key-lead = Šīs lapas ir tīkla biedriem. Ievadiet atslēgu, ko saņēmāt.
login-key = Atslēga
login-key-do = Ieiet
login-key-wrong = Šī atslēga neder. Pārbaudiet to vai lūdziet citu tiem, kas to iedeva.
login-staff-heading = Darbiniekiem
login-once-title = Pierakstīšanās
login-once-lead = Šī saite der vienu reizi. Nospiediet pogu, lai pierakstītos.
login-once-gone = Šī saite jau ir izmantota vai vairs neder. Lūdziet citu.
desk-who = Konts: { $name }
desk-sign-out = Iziet
desk-save = Saglabāt
desk-account = Mans konts
desk-staff = Darbinieki
desk-keys = Biedru atslēgas
desk-audit = Izmaiņu žurnāls
staff-role = Loma
staff-role-viewer = skatītājs
staff-role-editor = redaktors
staff-role-admin = administrators
staff-roles-hint = Skatītājs redz avotu stāvokli. Redaktors pārvalda arī avotus un vērošanu. Administrators pārvalda arī darbiniekus un atslēgas.
staff-mail = E-pasta adrese (nav obligāta)
staff-me = jūsu konts
staff-used = pēdējā pierakstīšanās: { $date }
staff-never = vēl nav bijis pierakstīšanās
staff-add-heading = Pievienot darbinieku
staff-add-do = Pievienot
staff-added = Konts „{ $name }” ir izveidots.
staff-changed = Konts „{ $name }” ir mainīts.
staff-removed = Konts „{ $name }” ir dzēsts.
staff-remove-do = Dzēst
staff-taken = Šis vārds jau ir aizņemts. Izvēlieties citu.
staff-bad-name = Vārdā ir no 1 līdz 40 burtiem, cipariem vai zīmēm . - _ @, bez atstarpēm.
staff-bad-mail = Šī nav e-pasta adrese. Pārbaudiet to.
staff-last-admin = Nekas nav mainīts: jāpaliek vismaz vienam administratoram.
staff-link-heading = Pierakstīšanās saite: { $name }
staff-link-hint = Nokopējiet to tūlīt un nosūtiet šim cilvēkam: vēlreiz tā netiks parādīta. Tā der vienu reizi, trīs dienas.
staff-link-do = Pierakstīšanās saite
account-password = Parole
account-password-hint =
    { $count ->
        [zero] Vismaz { $shown } rakstzīmju; vislabāk – daži jūsu izdomāti vārdi. Pēc maiņas visur būs jāpierakstās no jauna.
        [one] Vismaz { $shown } rakstzīme; vislabāk – daži jūsu izdomāti vārdi. Pēc maiņas visur būs jāpierakstās no jauna.
       *[other] Vismaz { $shown } rakstzīmes; vislabāk – daži jūsu izdomāti vārdi. Pēc maiņas visur būs jāpierakstās no jauna.
    }
account-old = Pašreizējā parole
account-new = Jaunā parole
account-again = Jaunā parole vēlreiz
account-password-do = Mainīt paroli
account-not-alike = Abas jaunās paroles nav vienādas.
account-wrong = Pašreizējā parole nav pareiza.
account-too-short = Parole ir pārāk īsa.
account-too-long = Parole ir pārāk gara.
account-too-common = Šādu paroli jebkurš izmēģinātu vienu no pirmajām. Izvēlieties dažus savus vārdus.
account-sessions = Atvērtās sesijas
account-browser-unknown = nezināms pārlūks
account-since = sākums: { $date }
account-used = pēdējā lietošana: { $date }
account-unused = vēl nav lietots
account-this = šis pārlūks
account-end = Beigt
account-revoke = Atsaukt
account-ended = Izdarīts: vairs nav derīgs.
account-tokens = Marķieri programmām
account-tokens-lead = Ar marķieri programma lieto API jūsu vārdā.
account-token-made = Nokopējiet marķieri tūlīt: vēlreiz tas netiks parādīts.
account-token-label = Kam tas paredzēts
account-token-role = Ko tas drīkst
account-token-do = Izveidot marķieri
account-token-unnamed = Uzrakstiet, kam marķieris paredzēts.
account-token-many = Jums jau ir pārāk daudz marķieru. Atsauciet nelietotos.
keys-lead = Lapas un plūsmas ir slēgtas: tās atver atslēga vai pierakstīšanās. Dodiet vienu atslēgu visam tīklam vai katram abonentam savu; katru var atsaukt, neskarot pārējās.
keys-open = Lapas ir atvērtas visiem, tādēļ atslēga nevienam nav vajadzīga. Lai tās slēgtu, faila vesti.toml sadaļā [access] ierakstiet rindu members = "closed".
keys-made-heading = Jaunā atslēga
keys-made = Nokopējiet to tūlīt: vēlreiz tā netiks parādīta. Kam ir kāda no šīm adresēm, tas ieiet, neko neievadot.
keys-page = Lapu adrese
keys-feed = RSS plūsmas adrese
keys-make-heading = Jauna atslēga
keys-label = Kam tā paredzēta
keys-make-do = Izveidot atslēgu
keys-unnamed = Uzrakstiet, kam atslēga paredzēta.
keys-revoked = Atslēga ir atsaukta.
audit-by-link = ar saiti
audit-lead = Kurš darbinieks ko mainījis. Ieraksti glabājas divus gadus.
audit-when = Kad
audit-who = Kurš
audit-what = Ko
audit-about = Par
audit-older = Vecāki
did-signed-in = pierakstījās
did-sign-in-failed = neizdevās pierakstīties
did-staff-added = pievienoja kontu
did-staff-changed = mainīja kontu
did-password-set = iestatīja paroli
did-staff-removed = dzēsa kontu
did-link-made = izveidoja pierakstīšanās saiti
did-token-made = izveidoja marķieri
did-pass-ended = beidza sesiju vai atsauca marķieri
did-key-made = izveidoja biedru atslēgu
did-key-revoked = atsauca biedru atslēgu
did-way-undone = atcēla lasīšanas veida maiņu
did-looked-again = lika meklēt lasīšanas veidu no jauna
did-trusted = apstiprināja, ka avota teksti ir tā paša
did-deeds-confirmed = apstiprināja vesti darīto

need-label = Avotu stāvoklis
need-needs = Jāapskata
need-act = jārīkojas
need-watch = jāvēro
need-note = zināšanai
need-well = kārtībā
need-new = vēl nav apmeklēti
need-paused = apturēti
need-all = Visi
monitor-all-well = Neviens avots neprasa uzmanību.
monitor-well = Šis avots ir kārtībā.
monitor-last = apmeklēts: { $date }
monitor-next = nākamreiz: { $date }
monitor-noticed = pamanīts: { $date }
monitor-public = Avota lapa lasītājiem
monitor-home = Vietne
monitor-rhythm = Ritms
monitor-rhythm-list = Tie paši skaitļi sarakstā
monitor-facts = Kas ir zināms
monitor-never = nekad
monitor-fact-items = Paziņojumi
monitor-fact-new = Pēdējais jaunais paziņojums
monitor-fact-last = Pēdējais apmeklējums
monitor-fact-success = Pēdējais izdevies apmeklējums
monitor-fact-next = Nākamais apmeklējums
monitor-fact-way = Kā to lasa
monitor-fact-address = No kurienes to lasa
monitor-fact-rhythm = Parastais laiks starp paziņojumiem
monitor-fact-interval = Laiks starp apmeklējumiem
way-feed = RSS plūsma
way-wordpress = WordPress saskarne
way-sitemap = vietnes karte
way-listing = lapa ar paziņojumu sarakstu
monitor-happened = Kas noticis
monitor-happened-none = Līdz šim nekas īpašs.
turn-began = sākās
turn-ended = beidzās
monitor-visits = Apmeklējumi
visit-at = Kad
visit-status = HTTP statuss
visit-time = Ilgums
visit-size = Apjoms
visit-counts = Sarakstā / jauni / mainīti
visit-note = Piezīmes
monitor-items = Jaunākie paziņojumi
failures-count =
    { $count ->
        [zero] { $shown } neizdevušos apmeklējumu
        [one] { $shown } neizdevies apmeklējums
       *[other] { $shown } neizdevušies apmeklējumi
    }
weeks-count =
    { $count ->
        [zero] { $shown } nedēļu
        [one] { $shown } nedēļa
       *[other] { $shown } nedēļas
    }
failing-weeks-count =
    { $count ->
        [zero] { $shown } nedēļu ar neizdevušiem apmeklējumiem
        [one] { $shown } nedēļa ar neizdevušiem apmeklējumiem
       *[other] { $shown } nedēļas ar neizdevušiem apmeklējumiem
    }
span-seconds =
    { $count ->
        [zero] { $shown } sekunžu
        [one] { $shown } sekunde
       *[other] { $shown } sekundes
    }
span-minutes =
    { $count ->
        [zero] { $shown } minūšu
        [one] { $shown } minūte
       *[other] { $shown } minūtes
    }
span-hours =
    { $count ->
        [zero] { $shown } stundu
        [one] { $shown } stunda
       *[other] { $shown } stundas
    }
span-days-count =
    { $count ->
        [zero] { $shown } dienu
        [one] { $shown } diena
       *[other] { $shown } dienas
    }

login-link-lead = Bez paroles: ierakstiet vārdu vai e-pasta adresi un saņemiet saiti, ar kuru var pierakstīties vienu reizi.
login-link-do = Atsūtīt saiti
login-link-sent = Ja šim kontam ir e-pasta adrese, saite ir ceļā. Tā der 30 minūtes.
desk-changes = Izmaiņas
desk-watches = Vērošana
changes-lead = Paziņojumi, kurus avoti ir labojuši, un tas, kas ir svarīgi: termiņi, summas, atcelšana.
changes-show = Ko rādīt
changes-matters = Svarīgās
changes-all = Visas
changes-none = Pagaidām nekā nav.
watches-lead = Meklējumi, izmaiņas un avoti, par kuriem vesti ziņo pats: ar RSS plūsmu, e-pastu vai webhook.
watches-new = Jauna vērošana
watches-none = Pagaidām nekas netiek vērots.
watch-this = Vērot šo meklējumu
watch-paused = apturēta
watch-paused-hint = Vērošana ir apturēta: par to, kas parādās pa šo laiku, netiks ziņots.
watch-fired = pēdējā ziņa: { $date }
watch-never-fired = vēl nav ziņu
watch-waiting =
    { $count ->
        [zero] gaida { $shown } jaunumu
        [one] gaida { $shown } jaunums
       *[other] gaida { $shown } jaunumi
    }
watch-off = Webhook ir izslēgts: { $why }. Pārbaudiet adresi un nosūtiet izmēģinājuma ziņu.
watch-failing = Pēdējā ziņa nav piegādāta: { $why }
watch-back = Atpakaļ
watch-name = Nosaukums
watch-what = Par ko ziņot
watch-items = Jauni paziņojumi
watch-edits = Svarīgas izmaiņas
watch-notices = Avotu stāvoklis
watch-notices-none = Nē
watch-notices-act = Tikai tad, ja jārīkojas
watch-notices-watch = Arī tad, ja vērts ieskatīties
watch-notices-note = Viss
watch-notices-hint = Par zemāk izvēlētajiem avotiem, valstīm un lomām; ja nekas nav izvēlēts, par visiem.
watch-search = Meklējums
watch-search-all = viss
watch-search-hint = Bez vārdiem un izvēlētiem filtriem – visi paziņojumi.
watch-when = Kad
watch-at-once = Uzreiz
watch-daily = Kopsavilkums katru dienu
watch-weekly = Kopsavilkums katru nedēļu
watch-daily-at = Katru dienu plkst. { $hour }
watch-weekly-at = Katru nedēļu: { $day }, { $hour }
watch-day = Diena (iknedēļas kopsavilkumam)
watch-hour = Stunda (kopsavilkumiem)
watch-quiet = Klusuma stundas
watch-quiet-from = No
watch-quiet-to = Līdz
watch-quiet-hint = Tas, kas parādās šajās stundās, tiek nosūtīts pēc tām.
watch-ways = Kā nosūtīt
watch-way-feed = RSS un Atom plūsma
watch-way-mail =
    { $count ->
        [zero] { $shown } e-pasta adrešu
        [one] { $shown } e-pasta adrese
       *[other] { $shown } e-pasta adreses
    }
watch-way-hook = Webhook
watch-mail = E-pasta adreses, katra savā rindā
watch-mail-hint = Katra adrese vispirms saņem lūgumu apstiprināt; bez tā nekas netiek sūtīts.
watch-format-none = Neviens
watch-format-json = Parakstīts JSON
watch-format-slack = Slack
watch-format-mattermost = Mattermost
watch-format-matrix = Matrix
watch-format-discord = Discord
watch-hook-url = Webhook adrese
watch-hook-hint = Matrix gadījumā – servera adrese. Privāti tīkli tiek atteikti, ja konfigurācija tos neatļauj.
watch-hook-kept = Atstājiet tukšu, lai paturētu adresi pie { $host }.
watch-room = Matrix istaba
watch-access = Matrix piekļuves marķieris
watch-tongue = Ziņu valoda
watch-bad-name = Dodiet vērošanai nosaukumu, ne garāku par 120 rakstzīmēm.
watch-bad-nothing = Izvēlieties, par ko ziņot: par paziņojumiem, izmaiņām vai avotu stāvokli.
watch-bad-hour = Stunda ir skaitlis no 0 līdz 23.
watch-bad-search = Meklējumu nevar saprast. Pārbaudiet tā vārdus un zīmes.
watch-bad-mail = Viena no e-pasta adresēm nav pareiza.
watch-bad-mail-many = Ne vairāk kā 20 adrešu.
watch-bad-mail-none = Šajā serverī e-pasts nav iestatīts.
watch-bad-url = Webhook adresei jāsākas ar https:// vai http://.
watch-bad-room = Trūkst Matrix istabas.
watch-bad-access = Trūkst Matrix piekļuves marķiera.
watch-told-saved = Saglabāts.
watch-told-test = Izmēģinājuma ziņa ir ceļā: zemāk redzēsiet, vai tā pienākusi.
watch-secret-heading = Webhook noslēpums
watch-secret-hint = Ar to pārbauda ziņu parakstu (Standard Webhooks). Nokopējiet to tūlīt: vēlreiz tas netiks parādīts.
watch-feed-hint = Plūsmu adreses ir slepenas: kam ir adrese, tas plūsmu var lasīt.
watch-feed-description = Par ko ziņo vērošana vietnē { $site }
watch-waits = Gaida
watch-last = Pēdējā ziņa
watch-edit-do = Labot
watch-test-do = Nosūtīt izmēģinājuma ziņu
watch-secret-do = Jauns noslēpums
watch-pause-do = Apturēt
watch-resume-do = Turpināt
watch-delete-do = Dzēst
watch-log-heading = Kas ir nosūtīts
watch-log-none = Pagaidām nekas nav nosūtīts.
watch-log-way = Kam
watch-log-standing = Stāvoklis
watch-log-tries = Mēģinājumi
watch-log-sent = piegādāts
watch-log-waiting = gaida
watch-log-again = vēlreiz: { $date }
watch-log-failed = nav piegādāts
did-watch-added = izveidoja vērošanu
did-watch-changed = mainīja vērošanu
did-watch-deleted = dzēsa vērošanu
desk-catalogue = Avotu katalogs
did-sources-added = pievienoja avotus
did-source-edited = laboja avotu
did-source-moved = mainīja avota adresi
did-source-paused = apturēja avotu
did-source-resumed = atsāka avota lasīšanu
did-source-retired = izņēma avotu no kataloga
did-source-restored = atgrieza avotu katalogā
did-sources-merged = apvienoja divus avotus
did-conflict-settled = izšķīra nesakritību
did-source-tried = lika avotu tūlīt apmeklēt
manage-unknown = Avota „{ $id }” nav.
manage-id-taken = Avots „{ $id }” jau ir. Izvēlieties citu identifikatoru.
manage-address-taken = Avotam „{ $id }” jau ir šāda adrese.
manage-no-address = Avotam „{ $id }” nav adreses. Vispirms norādiet to.
manage-paused = Avots „{ $id }” ir apturēts. Vispirms atsāciet to.
manage-itself = Avotu nevar apvienot ar sevi pašu.
manage-exposing = „{ $from }” ir privāts, bet „{ $into }” nav: tā paziņojumus redzētu visi.
manage-settled = Par avotu „{ $id }” vairs nav, ko izšķirt.
manage-mistakes = Nekas netika saglabāts: izlabojiet atzīmētos laukus.
manage-yes = jā
manage-no = nē
manage-back = Atpakaļ pie avota
manage-done-added = Avots pievienots, un to tūlīt apmeklēs.
manage-done-edited = Izmaiņas saglabātas.
manage-done-moved = Adrese mainīta. Avotu tagad lasa jaunajā adresē.
manage-done-paused = Avots ir apturēts.
manage-done-resumed = Avotu atkal apmeklē.
manage-done-retired = Avotu vairs neapmeklē. Tā paziņojumi paliek.
manage-done-restored = Avots atkal ir katalogā.
manage-done-merged = Avoti ir apvienoti.
manage-done-imported = Avoti ir pievienoti.
manage-done-decided = Nesakritība ir izšķirta.
source-field-id = Identifikators
source-field-name = Nosaukums
source-field-url = Adrese
source-field-country = Valsts
source-field-role = Loma tīklā
source-field-languages = Valodas
source-field-feed = RSS plūsma (ja zināma)
source-field-listing = Ar roku rakstīti selektori
source-field-interval = Noteikts laiks starp apmeklējumiem
source-field-topics = Visu paziņojumu tēmas
source-field-paused = Apturēts: netiek apmeklēts
source-field-private = Privāts: tikai darbiniekiem
source-field-id-hint = Mazie burti a–z, cipari un defise. Vēlāk to vairs nemaina.
source-field-url-hint = Sākumlapa, jaunumu lapa vai plūsma.
source-field-country-hint = Divi burti, piemēram, RO, LV, MD; EU – Eiropas Savienība.
source-field-languages-hint = Kodi, atdalīti ar komatu, piemēram, lv, ru.
source-field-topics-hint = Tēmu identifikatori, atdalīti ar komatu; parasti neviens.
source-field-interval-hint = Piemēram, 6h vai 1d. Tukšs: vesti izvēlas pats.
source-field-id-bad = Lietojiet tikai a–z, 0–9 un defisi, ne vairāk kā 64 zīmes.
source-field-name-bad = Ierakstiet nosaukumu vienā rindā, ne garāku par 200 zīmēm.
source-field-url-bad = Tā nav tīmekļa adrese. Ierakstiet, piemēram, https://www.piemers.lv/.
source-field-country-bad = Tas nav valsts kods. Ierakstiet, piemēram, RO, LV, MD vai EU.
source-field-role-bad = Izvēlieties lomu no saraksta.
source-field-languages-bad = Ierakstiet valodu kodus, piemēram, ro, lv, ru, en.
source-field-feed-bad = Tā nav plūsmas adrese.
source-field-interval-bad = Ierakstiet laiku, ne ilgāku par gadu, piemēram, 6h vai 1d.
source-field-topics-bad = Kādas no šīm tēmām nav. Visas tēmas ir lapā „Tēmas”.
source-do-heading = Ko var darīt
source-do-try = Apmeklēt tūlīt
source-do-pause = Apturēt
source-do-resume = Atsākt
source-do-retire = Izņemt no kataloga
source-do-restore = Atgriezt katalogā
source-do-edit = Labot vai pārcelt
source-do-merge = Turpināt
source-do-merge-into = Apvienot ar citu avotu
source-merge-target = Avots, kas paliek
merge-title = Vai apvienot „{ $from }” ar „{ $into }”?
merge-lead =
    { $count ->
        [zero] { $shown } paziņojumu pāries avotam, kas paliek; nekur tie neparādīsies kā jauni.
        [one] { $shown } paziņojums pāries avotam, kas paliek; nekur tas neparādīsies kā jauns.
       *[other] { $shown } paziņojumi pāries avotam, kas paliek; nekur tie neparādīsies kā jauni.
    }
merge-note = „{ $from }” vairs netiek apmeklēts, un tā lapa ved uz otru avotu. Paziņojumus vairs nevarēs nodalīt.
merge-do = Apvienot
trial-title = Apmeklējums: { $name }
trial-soon = Avots tiek apmeklēts. Rezultāts parādīsies šeit.
trial-late = Apmeklējums ieilgst. Rezultāts būs avota lapā.
trial-done = Apmeklējums izdevās.
trial-failed = Apmeklējums neizdevās.
trial-address = Adrese
trial-status = Servera atbilde
trial-listed = Paziņojumi sarakstā
trial-new = No tiem jauni
trial-changed = No tiem mainīti
trial-fault = Kas neizdevās
trial-note = Zināšanai
add-title = Avota pievienošana
add-address = Vietnes, jaunumu lapas vai plūsmas adrese
add-hint = Vispirms redzēsiet, kas no turienes tiktu lasīts. Nekas netiek saglabāts, kamēr neapstiprināt.
add-look = Apskatīt
add-looking = Tiek apskatīta { $url } …
add-again = Pārlādēt lapu
add-forgotten = Rezultāts vairs nav saglabāts. Apskatiet vēlreiz.
add-nothing = No šejienes neko nevar nolasīt
add-found = Kas atrasts
add-way = Tiek lasīts no
add-why = Kāpēc tā
add-has = Satur
add-listed =
    { $count ->
        [zero] { $shown } paziņojumu
        [one] { $shown } paziņojums
       *[other] { $shown } paziņojumi
    }
add-no-date = bez datuma
add-tried = Visi salīdzinātie veidi
add-alike = Iespējams, tas jau ir
add-same-address = Tā pati adrese:
add-same-feed = Tiek lasīts no tās pašas vietas:
add-same-site = No tās pašas vietnes:
add-save-heading = Avots
add-save-hint = Izlabojiet, kas nav pareizi, sevišķi lomu.
add-save = Pievienot avotu
edit-title = Avota „{ $name }” labošana
edit-in-file = Avots ir arī failā sources.toml. Šeit mainīto glabā atsevišķi no faila.
edit-own = Avots pievienots pārlūkā.
edit-move = Cita adrese pārceļ avotu: vēsture paliek, un lasīšanas veidu meklē no jauna.
catalogue-lead = Fails sources.toml paliek, kāds ir. Pārlūkā izlemto glabā atsevišķi, un to var eksportēt failā.
catalogue-conflicts = Nesakritības
catalogue-conflicts-lead = Failā un pārlūkā teiktais atšķiras. Kamēr neizlemjat, spēkā ir pārlūkā noteiktais.
catalogue-held = Kas izlemts pārlūkā
catalogue-held-none = Nekas: visi avoti ir kā failā sources.toml.
catalogue-past = Avoti, kurus vairs nelasa
catalogue-export = Eksports
catalogue-export-lead = Pilnais fails var aizstāt sources.toml: pēc tam pārlūkā atsevišķi vairs nekas nav izlemts.
catalogue-export-all = sources.toml, visi
catalogue-export-own = sources.toml, tikai no pārlūka
catalogue-export-opml = OPML
managed-added = pievienots
managed-edited = labots
managed-retired = izņemts no kataloga
managed-merged = apvienots ar citu
conflict-same-id = Pievienots pārlūkā, bet failā sources.toml pa to laiku ir cits avots ar to pašu identifikatoru.
conflict-same-address = Tam ir tāda pati adrese kā avotam „{ $other }”. Kamēr neizlemjat, tas gaida, lai nekas netiktu lasīts divreiz.
conflict-changed = Labots pārlūkā, bet failā sources.toml pa to laiku mainīti tie paši lauki.
conflict-retired = Izņemts no kataloga pārlūkā, bet failā sources.toml pa to laiku mainīts.
conflict-gone = Labots pārlūkā, bet failā sources.toml tā vairs nav.
conflict-file = Ņemt no sources.toml
conflict-browser = Paturēt pārlūkā noteikto
conflict-merge = Apvienot „{ $from }” ar „{ $into }”
conflict-field = Lauks
conflict-here = Pārlūks
import-heading = Imports
import-file = OPML vai sources.toml fails
import-text = Vai ielīmējiet tekstu šeit
import-country = Valsts, ja fails to nenorāda
import-role = OPML avotu loma
import-look = Parādīt, ko tas pievienotu
import-preview = Ko fails pievienotu
import-name = Avots
import-address = Adrese
import-standing = Stāvoklis
import-new = jauns
import-same = jau ir
import-differs = jau ir, atšķiras: { $fields }
import-taken = šāda adrese jau ir avotam „{ $id }”
import-retired = agrāk izņemts no kataloga
import-mistakes = Kļūdas failā
import-found =
    { $count ->
        [zero] { $shown } jaunu avotu
        [one] { $shown } jauns avots
       *[other] { $shown } jauni avoti
    }
import-cut = Failā ir vairāk, nekā vienā reizē var pievienot: sadaliet to.
import-do = Pievienot atzīmētos avotus
import-none = Neviens avots nav atzīmēts.
import-empty = Izvēlieties failu vai ielīmējiet tekstu.
error-impossible-title = Tā nevar
error-impossible = Pieprasījums nesader ar to, kas jau ir: piemēram, identifikators vai adrese jau ir aizņemta.
bad-id = „{ $value }” nevar būt identifikators: lietojiet a–z, 0–9 un defisi.
bad-name = „{ $value }” nevar būt nosaukums: ne vairāk kā 200 zīmju vienā rindā.
bad-url = „{ $value }” nav tīmekļa adrese. Ierakstiet, piemēram, https://www.piemers.lv/.
source-do-look-again = Meklēt lasīšanas veidu no jauna
source-do-undo = Atcelt vesti veikto izmaiņu
source-do-confirm = Tā ir labi
source-do-trust = Teksti ir paša avota: lasīt tos
manage-nothing = Šeit vairs nav, ko mainīt.
manage-done-undone = Izmaiņa atcelta. Avotu lasa kā agrāk.
manage-done-looked-again = Apmeklējumā, kas tūlīt sākas, lasīšanas veidu meklēs no jauna.
manage-done-trusted = Malā noliktais tagad tiek lasīts.
manage-done-confirmed = Pieņemts zināšanai.
