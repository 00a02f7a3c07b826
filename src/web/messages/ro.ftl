# Română

locale = ro_RO
skip = Salt la conținut
nav-label = Meniu principal
nav-search = Căutare
nav-calls = Apeluri deschise
nav-events = Evenimente
nav-topics = Teme
nav-countries = Țări
nav-sources = Surse
nav-digests = Buletine
nav-api = API
nav-calendar = Calendar
nav-opml = Surse (OPML)
nav-apps = Aplicații de citit
nav-privacy = Confidențialitate
nav-accessibility = Accesibilitate
languages-label = Limba
foot-note = Textele aparțin autorilor lor; fiecare anunț trimite la original. Fără urmărire, nimic încărcat de pe alte site-uri.
site-description = { $site }: știri și anunțuri din sectorul social din România, Letonia și Republica Moldova
feed-description = Știri și anunțuri, adunate de { $site }
quoted = „{ $text }”

intro-heading = Noutăți din sectorul social
intro = Știri, apeluri de proiecte și evenimente ale organizațiilor neguvernamentale și ale autorităților din România, Letonia și Republica Moldova. Căutați în limba dumneavoastră: găsiți și anunțuri scrise în română, letonă, rusă și engleză.
search-label = Căutați în anunțuri
search-button = Caută
search-more = Perioadă și termene-limită
field-from = De la
field-to = Până la
field-sort = Ordonare
field-deadline = Doar anunțurile al căror termen-limită nu a expirat
field-event = Doar evenimentele care nu s-au încheiat
date-hint = O dată, de exemplu 2026-11-21, sau cu cât timp în urmă: 7d (zile), 2w (săptămâni), 3m (luni), 1y (ani)
since-7d = Ultimele 7 zile
since-1m = Ultima lună
since-3m = Ultimele 3 luni
since-1y = Ultimul an
sort-relevance = Cele mai relevante
sort-date = Cele mai noi
sort-deadline = Termenul-limită cel mai apropiat
sort-event = Evenimentul cel mai apropiat
chips-label = Filtre active
chip-remove = Eliminați filtrul:
chips-clear = Eliminați toate filtrele
filter-from = din { $date }
filter-to = până la { $date }
filter-deadline = termen-limită neexpirat
filter-event = eveniment viitor

latest = Cele mai noi anunțuri
results =
    { $count ->
        [one] { $shown } rezultat
        [few] { $shown } rezultate
       *[other] { $shown } de rezultate
    }
items-count =
    { $count ->
        [one] { $shown } anunț
        [few] { $shown } anunțuri
       *[other] { $shown } de anunțuri
    }
sources-count =
    { $count ->
        [one] { $shown } sursă
        [few] { $shown } surse
       *[other] { $shown } de surse
    }
also-sources =
    { $count ->
        [one] Aceeași știre în încă { $shown } anunț
        [few] Aceeași știre în încă { $shown } anunțuri
       *[other] Aceeași știre în încă { $shown } de anunțuri
    }
also-carried = Publicat și de { $sources }
did-you-mean = Poate ați vrut să scrieți:
searched-instead = Nu s-a găsit nimic pentru ce ați scris; iată rezultatele pentru:
partial = Puține anunțuri conțin toate aceste cuvinte; urmează cele care conțin doar o parte dintre ele.
expanded = S-a căutat și:
expanded-typed = Ați scris
typed-only = Au fost căutate doar cuvintele scrise.
cross-off = Căutați doar cuvintele scrise
cross-on = Căutați și în alte limbi
empty-heading = Nu s-a găsit nimic.
empty-start = Sursele sunt în curs de citire; anunțurile apar aici pe măsură ce sunt găsite.
empty-words = Încercați cu mai puține cuvinte sau cu unele mai generale.
empty-all = Vedeți cele mai noi anunțuri
paging-label = Pagini
paging-first = Înapoi la început
paging-next = Pagina următoare
paging-later = paginile următoare
timeline-heading = Rezultatele pe săptămâni
timeline-list = Lista săptămânilor
timeline-earlier =
    { $count ->
        [one] Mai devreme: { $shown } rezultat
        [few] Mai devreme: { $shown } rezultate
       *[other] Mai devreme: { $shown } de rezultate
    }
timeline-later =
    { $count ->
        [one] Mai târziu: { $shown } rezultat
        [few] Mai târziu: { $shown } rezultate
       *[other] Mai târziu: { $shown } de rezultate
    }
calls-intro = Apeluri de proiecte la care încă vă puteți înscrie, în ordinea termenului-limită.
calls-empty = În acest moment nu este deschis niciun apel de proiecte.
calls-others = Alte anunțuri al căror termen-limită nu a expirat:
calls-count =
    { $count ->
        [one] { $shown } apel deschis
        [few] { $shown } apeluri deschise
       *[other] { $shown } de apeluri deschise
    }
events-intro = Conferințe, cursuri, întâlniri și alte evenimente viitoare, în ordinea datei.
events-empty = Nu este anunțat niciun eveniment viitor.
span-week = În următoarele 7 zile
span-month = În următoarele 30 de zile
span-later = Mai târziu
see-all-calls = Toate apelurile deschise
see-all-events = Toate evenimentele
countries-intro = Țările organizațiilor ale căror anunțuri sunt adunate aici.
filters-heading = Filtre
facet-show-more = Mai multe
facet-lang = Limba
facet-country = Țara
facet-source = Sursa
facet-role = Tipul organizației
facet-topic = Tema
facet-kind = Tipul anunțului
subscribe-heading = Abonare
subscribe-hint = Adăugați această pagină în cititorul de fluxuri RSS sau în calendar: noutățile vor apărea acolo automat.
subscribe-calendar = Calendar
subscribe-digest = Buletin
see-all = Vedeți toate anunțurile, cu filtre

date-unknown = dată necunoscută
deadline-label = Termen-limită:
deadline-past = expirat
deadline-today = expiră astăzi
deadline-in-days =
    { $count ->
        [one] a mai rămas { $shown } zi
        [few] au mai rămas { $shown } zile
       *[other] au mai rămas { $shown } de zile
    }
event-label = Când:
withdrawn = Sursa a retras acest anunț la { $date }.
read-original = Citiți originalul
files-heading = Fișiere
file-text = Textul fișierului
file-pending = (încă nu a fost citit)
file-scanned = (scanare fără text)
file-unreadable = (nu poate fi citit)
copies-heading = Aceeași știre în alte anunțuri
newer-version = Aceeași sursă a publicat o versiune mai nouă:
easy-heading = În limbaj ușor de înțeles
plain-heading = Textul complet
versions-heading = Versiuni anterioare
version-heading = Versiunea { $number }, până la { $date }
version-alike = Titlul și textul au rămas la fel.
version-same =
    { $count ->
        [one] … { $shown } paragraf neschimbat …
        [few] … { $shown } paragrafe neschimbate …
       *[other] … { $shown } de paragrafe neschimbate …
    }
change-removed = Eliminat:
change-added = Adăugat:
about-heading = Detalii
fact-source = Sursa
fact-country = Țara
fact-language = Limba
fact-author = Autor
fact-published = Publicat
fact-updated = Modificat
fact-first-seen = Apărut aici
fact-data = Pentru programe
table-scrolls = Tabel care poate fi derulat lateral

sources-intro = Organizațiile, autoritățile și instituțiile de presă ale căror anunțuri sunt adunate aici.
sources-opml = Lista ca fișier OPML
sources-search = Căutați o organizație
sources-none = Încă nu a fost adăugată nicio sursă.
source-visit = Vizitați site-ul
source-feed = Fluxul RSS al sursei
source-empty = Din această sursă încă nu s-a citit nimic.
topics-intro = Despre ce sunt anunțurile. Fiecare temă are denumiri în patru limbi; un anunț poate avea mai multe teme.
topic-broader = Temă mai generală:
topic-narrower = Teme mai specifice:
topic-names = Denumiri
topic-empty = Încă nu există niciun anunț pe această temă.
digests-intro = Un buletin informativ adună anunțurile dintr-o zi, o săptămână sau o lună. Îl puteți citi aici sau îl puteți adăuga în cititorul de fluxuri RSS.
digests-none = Încă nu a fost creat niciun buletin.
digest-search = Căutați cu aceleași filtre
digest-subscribe = Abonare la acest buletin
digest-archive = Ediții
digest-empty = Prima ediție încă nu a apărut.
search-digest-title = Buletin: { $search }
search-digest-intro = Noutățile acestei căutări, adunate în ediții. Alegeți cât de des să apară și adăugați buletinul în cititorul de fluxuri RSS.
search-digest-form = Setările buletinului
search-digest-period = Cât de des
search-digest-hour = La ora
search-digest-weekday = În ce zi (dacă apare săptămânal)
search-digest-group = Grupare
search-digest-show = Arată buletinul
search-digest-empty = În ultima vreme, această căutare nu a adus nimic nou.
search-digest-older = Ediții mai vechi
digest-by-kind = după tipul anunțului
digest-by-topic = după temă
digest-by-country = după țară
weekday-monday = luni
weekday-tuesday = marți
weekday-wednesday = miercuri
weekday-thursday = joi
weekday-friday = vineri
weekday-saturday = sâmbătă
weekday-sunday = duminică

apps-intro = Citiți pe telefon sau pe calculator, în aplicația pe care o preferați. Anunțurile citite și cele marcate cu stea sunt aceleași pe toate dispozitivele dumneavoastră.
apps-make-heading = Obțineți date de conectare
apps-make-hint = Nu aveți nevoie nici de numele dumneavoastră, nici de o adresă de e-mail: serviciul generează un nume și o parolă. Sub acest nume păstrează ce ați citit, ce ați marcat cu stea și cum ați aranjat fluxurile, dar nimic despre cine sunteți. Datele de conectare se șterg dacă nu sunt folosite timp de un an sau deloc în prima lună.
apps-make-button = Creează date de conectare
apps-made-heading = Datele dumneavoastră de conectare
apps-made-hint = Parola este afișată numai acum: introduceți-o în aplicație sau notați-o. Majusculele și cratimele din parolă nu contează.
apps-name = Nume de utilizator
apps-password = Parolă
apps-address-heading = Introduceți-le în aplicație
apps-address-hint = Adăugați un cont în aplicație, alegeți tipul contului și introduceți adresa:
apps-freshrss = { $apps }: cont de tip „FreshRSS”
apps-miniflux = Alte aplicații: cont de tip „Google Reader API” sau „Miniflux (Google Reader API)”
apps-see-heading = Ce găsiți acolo
apps-see = Fiecare sursă este un flux în dosarul țării sale; buletinele au propriul dosar. Temele cele mai generale apar ca etichete. În aplicație puteți redenumi fluxurile, le puteți muta în alte dosare și vă puteți dezabona de la ele; sursele noi sunt adăugate de cei care se ocupă de acest serviciu. Ce este mai vechi de două săptămâni în momentul în care începeți se consideră citit.
apps-without-heading = Fără date de conectare
apps-without = Aproape orice aplicație poate importa sursele și ca listă. În acest caz, aplicația citește direct fiecare sursă, iar evidența celor citite rămâne în aplicație.
apps-opml-country = Sursele pe țări (OPML)
apps-opml-topic = Sursele pe teme (OPML)
apps-delete-heading = Ștergeți datele de conectare
apps-delete-hint = Tot ce este legat de ele se șterge imediat și definitiv.
apps-delete-button = Șterge datele de conectare
apps-deleted = Datele de conectare și tot ce era legat de ele au fost șterse.
apps-unknown = Nu există date de conectare cu acest nume și această parolă. Nu s-a șters nimic.

api-title = API
api-intro = Tot ce se vede pe aceste pagini poate fi citit și de programe: ca JSON, ca fluxuri și ca un calendar. Nu este nevoie de nicio cheie.
api-openapi = Descrierea OpenAPI
api-try = Exemple
api-example-search = Căutare: anunțuri în toate limbile
api-example-calls = Apeluri de proiecte deschise, cu termenul cel mai apropiat la început
api-example-sources = Surse
api-example-topics = Teme, cu denumirile lor în fiecare limbă
api-example-digests = Buletine, cu fluxurile lor
api-example-feed = Orice căutare ca flux
api-example-calendar = Termenele-limită și evenimentele oricărei căutări
api-parameters = Parametri
api-parameters-hint = Aceiași pentru căutare, fluxuri și calendar.
api-q = cuvinte, "expresii", -excluse, OR, (…), title:…, source:…, prefix*
api-filters = filtre; repetați parametrul pentru „sau”
api-dates = date (2026-11-21) sau intervale (7d, 2w, 3m, 1y)
api-deadline = open: doar anunțurile al căror termen-limită nu a expirat
api-event = coming: doar evenimentele care nu s-au încheiat
api-cross = 0: fără cuvinte în alte limbi
api-sort = relevance, date, deadline sau event
api-paging = mărimea paginii (20, cel mult 100) și next_cursor al paginii dinainte
api-ui = limba etichetelor: ro, lv, ru, en
api-lists = Liste
api-lists-text = Fiecare listă are câmpurile items și next_cursor. Pentru pagina următoare trimiteți next_cursor ca cursor; pe ultima pagină este null.
api-caching = Cereri repetate
api-caching-text = Fiecare răspuns are un ETag. Trimiteți-l în If-None-Match: cât timp nimic nu s-a schimbat, răspunsul este 304, fără corp.
api-errors = Erori
api-errors-text = O eroare este un document de tip „problem” (RFC 9457) cu câmpurile type, title, status și detail. La o valoare greșită, parameter numește parametrul.
api-errors-bad = Parametrul numit are o valoare pe care nu o poate avea sau este dat de prea multe ori; detail spune ce ar fi corect.
api-curl = Comanda
api-answer = Ce se primește
api-answer-text = Acesta este răspunsul serviciului chiar acum la primul exemplu, scurtat: un rezultat și câte două valori din fiecare listă.
api-next = Adresa paginii următoare se află și în antetul Link, cu rel="next". Nimic nu este sărit sau arătat de două ori când sosesc anunțuri noi, iar limit se poate schimba de la o pagină la alta.
api-conditional = Cât timp nu s-a schimbat nimic
api-limits = Limite
api-limits-text = Cererile de la o adresă se numără; acum limita este de { $limit }. Niciun cititor nu ajunge la ea, nici măcar o clasă întreagă aflată în spatele aceleiași adrese. RateLimit și RateLimit-Policy din fiecare răspuns (și mai vechile X-RateLimit-Limit, -Remaining și -Reset) spun cât a mai rămas. Cine cere prea mult primește 429 și, în Retry-After, numărul de secunde de așteptat.
api-limits-none = Cererile de la o adresă nu sunt limitate în prezent. Fiți totuși cu măsură: păstrați răspunsurile și întrebați din nou cu ETag-ul lor.
api-cors = Din paginile altor site-uri
api-cors-text = API-ul, fluxurile și calendarul pot fi citite de scripturile oricărui site (CORS); antetele numite aici le sunt vizibile. Se poate doar citi.
api-feeds = Fluxuri și calendar
api-feeds-text = Orice căutare este și flux, și calendar, cu aceiași parametri; orice buletin este un flux cu câte o intrare pentru fiecare perioadă.
api-stability = Pe ce vă puteți baza
api-stability-text = Sub /api/v1 doar se adaugă nume. Ce este în descriere își păstrează numele, tipul și înțelesul; ignorați câmpurile pe care nu le cunoașteți. Identificatorii și adresele anunțurilor, surselor și temelor nu se schimbă niciodată.

error-bad-title = O valoare nu poate fi înțeleasă
error-bad-way-on = Căutați fără această valoare
error-not-found-title = Pagina nu a fost găsită
error-not-found = La această adresă nu există nicio pagină. Poate că a fost mutată sau adresa a fost scrisă greșit.
error-method-title = Acest lucru nu se poate face aici
error-method = Această adresă poate fi doar citită (GET sau HEAD).
error-cursor-title = Pagina aceasta nu mai există
error-cursor = Cursorul este al altei căutări sau locul la care trimitea a dispărut. Reluați căutarea de la început, fără el.
error-too-long-title = Adresa este prea lungă
error-too-long = Scurtați textul căutat sau renunțați la câteva filtre.
error-too-large-title = S-a trimis prea mult
error-too-large = Ați trimis mai mult decât încape în formularele acestui serviciu sau trimiterea s-a întrerupt. Scurtați ceea ce ați introdus și încercați din nou.
error-foreign-title = Formularul nu a fost acceptat
error-foreign = Nu a fost trimis de o pagină a acestui serviciu sau browserul dumneavoastră nu spune ce pagină l-a trimis. Deschideți formularul pe acest site și trimiteți-l din nou.
error-too-many-title = Prea multe cereri
error-too-many =
    { $count ->
        [one] De la adresa dumneavoastră s-a cerut mai mult decât are nevoie un cititor. Așteptați { $shown } secundă, apoi continuați mai încet.
        [few] De la adresa dumneavoastră s-a cerut mai mult decât are nevoie un cititor. Așteptați { $shown } secunde, apoi continuați mai încet.
       *[other] De la adresa dumneavoastră s-a cerut mai mult decât are nevoie un cititor. Așteptați { $shown } de secunde, apoi continuați mai încet.
    }
error-busy-title = Prea multe cereri în acest moment
error-busy = Au sosit prea multe cereri deodată. Încercați din nou peste câteva secunde.
error-internal-title = Ceva nu a mers bine
error-internal = Eroarea este de partea noastră și a fost înregistrată. Încercați din nou peste un minut.
error-home = La pagina de căutare
error-contact = Dacă problema persistă, anunțați-ne:

privacy-title = Confidențialitate
accessibility-title = Declarație de accesibilitate

bad-lang = „{ $value }” nu este un cod de limbă, de exemplu ro, lv, ru sau en.
bad-country = „{ $value }” nu este un cod de țară, de exemplu RO, LV, MD sau EU.
bad-source = „{ $value }” nu este identificatorul unei surse.
bad-topic = „{ $value }” nu este identificatorul unei teme.
bad-role = „{ $value }” nu este una dintre valorile founder, member, partner, authority, media, eu.
bad-kind = „{ $value }” nu este una dintre valorile news, call, event, vacancy, tender, consultation, report, other.
bad-from = „{ $value }” nu este nici o dată, de exemplu 2026-11-21, nici un interval, de exemplu 7d, 2w, 3m sau 1y.
bad-to = „{ $value }” nu este nici o dată, de exemplu 2026-11-21, nici un interval, de exemplu 7d, 2w, 3m sau 1y.
bad-deadline = „{ $value }” nu este „open”.
bad-event = „{ $value }” nu este „coming”.
bad-cross = „{ $value }” nu este nici 0, nici 1.
bad-sort = „{ $value }” nu este una dintre valorile relevance, date, deadline, event.
bad-limit = „{ $value }” nu este un număr de la 1 la 100.
bad-cursor = Acesta nu este cursorul unei pagini anterioare; începeți din nou fără el.
bad-ui = „{ $value }” nu este una dintre valorile ro, lv, ru, en.
bad-alarm = „{ $value }” nu este nici „none”, nici un interval de cel mult un an, de exemplu 2h, 3d sau 1w.
bad-period = „{ $value }” nu este una dintre valorile hourly, daily, weekly, monthly.
bad-hour = „{ $value }” nu este o oră de la 0 la 23.
bad-weekday = „{ $value }” nu este o zi a săptămânii, de exemplu monday.
bad-tz = „{ $value }” nu este un fus orar, de exemplu Europe/Bucharest.
bad-group = „{ $value }” nu este una dintre valorile kind, topic, country.
bad-content = „{ $value }” nu este nici „full”, nici „excerpt”.
bad-archive = „{ $value }” nu este nici o lună încheiată, de exemplu 2026-10, nici o zi încheiată, de exemplu 2026-11-20.
bad-value = „{ $value }” nu poate fi înțeles ca valoare pentru { $parameter }.
bad-too-many = „{ $parameter }” apare de prea multe ori.

kind-news = Știre
kind-call = Apel de proiecte
kind-event = Eveniment
kind-vacancy = Loc de muncă
kind-tender = Achiziție
kind-consultation = Consultare publică
kind-report = Raport
kind-other = Alt anunț
role-founder = fondator
role-member = membru
role-partner = partener
role-authority = autoritate publică
role-media = presă
role-eu = instituție sau rețea a UE
phase-new = încă necitită
phase-healthy = funcționează
phase-failing = nu poate fi accesată în acest moment
phase-silent = fără noutăți de mai mult timp decât de obicei
phase-gone = nu mai există
phase-paused = suspendată
period-at-once = imediat ce apare ceva nou
period-hourly = în fiecare oră
period-daily = zilnic
period-weekly = săptămânal
period-monthly = lunar

lang-ro = română
lang-lv = letonă
lang-ru = rusă
lang-en = engleză
lang-uk = ucraineană
lang-lt = lituaniană
lang-et = estonă
lang-pl = poloneză
lang-bg = bulgară
lang-de = germană
lang-fr = franceză
lang-it = italiană
lang-es = spaniolă
lang-hu = maghiară
lang-tr = turcă
country-RO = România
country-LV = Letonia
country-MD = Republica Moldova
country-EU = Uniunea Europeană
country-UA = Ucraina
country-LT = Lituania
country-EE = Estonia
country-BG = Bulgaria
country-PL = Polonia
country-DE = Germania
country-BE = Belgia
country-FR = Franța
country-GB = Regatul Unit

month-1 = ianuarie
month-2 = februarie
month-3 = martie
month-4 = aprilie
month-5 = mai
month-6 = iunie
month-7 = iulie
month-8 = august
month-9 = septembrie
month-10 = octombrie
month-11 = noiembrie
month-12 = decembrie
month-1-alone = ianuarie
month-2-alone = februarie
month-3-alone = martie
month-4-alone = aprilie
month-5-alone = mai
month-6-alone = iunie
month-7-alone = iulie
month-8-alone = august
month-9-alone = septembrie
month-10-alone = octombrie
month-11-alone = noiembrie
month-12-alone = decembrie

## Prin e-mail
subscribe-mail = E-mail
mail-title = Abonare prin e-mail
mail-lead = Primiți noutățile prin e-mail. Mesajele sunt în limba acestei pagini; anunțurile rămân în limba sursei. Mai întâi veți primi un mesaj care vă cere confirmarea.
mail-what = Abonare
mail-address = Adresa de e-mail
mail-address-missing = Scrieți adresa de e-mail la care să fie trimise mesajele.
mail-address-bad = „{ $value }” nu este o adresă de e-mail. Scrieți-o în întregime, de exemplu nume@example.org.
mail-pace = Cât de des
mail-trap = Lăsați acest câmp gol
mail-submit = Abonare
mail-promise = Adresa este folosită numai pentru aceste mesaje. Fiecare are un link de dezabonare; odată cu ultima abonare se șterge și adresa.
mail-sent-title = Vă rugăm să confirmați
mail-sent = Un mesaj este pe drum către { $address }. Deschideți linkul din el pentru a confirma abonarea.
mail-sent-else = Până atunci nu se trimite nimic altceva; fără confirmare, adresa este ștearsă după șapte zile. Dacă mesajul nu sosește într-o oră, căutați-l în dosarul cu mesaje nedorite (spam). Dacă ați confirmat deja, mesajul vă spune acest lucru.
mail-confirm-title = Confirmați abonarea
mail-confirm-lead = Apăsați butonul și veți primi noutățile prin e-mail.
mail-confirm-do = Confirmă
mail-confirmed-title = Abonarea este activă
mail-confirmed = De acum înainte veți primi noutățile prin e-mail. Fiecare mesaj are un link de dezabonare.
mail-manage-title = Abonările dumneavoastră
mail-manage-lead = Iată ce se trimite la { $address } și ce se păstrează despre această adresă.
mail-asked = cerută la { $date }
mail-state-asked = încă neconfirmată
mail-state-active = activă
mail-state-refused = oprită, deoarece adresa a refuzat mesajele
mail-language = Limba mesajelor
mail-language-do = Salvează limba
mail-data = Datele dumneavoastră
mail-export = Descarcă datele păstrate (JSON)
mail-end-all = Încheie toate abonările și șterge adresa
mail-end-title = Dezabonare
mail-end-lead = Apăsați butonul și nu veți mai primi aceste mesaje.
mail-end-do = Dezabonare
mail-ended-title = V-ați dezabonat
mail-ended = Nu veți mai primi aceste mesaje. Abonarea a fost ștearsă.
mail-ended-all = Nu veți mai primi mesaje. Toate abonările și adresa au fost șterse.
mail-gone-title = Această abonare nu există
mail-gone = Linkul nu mai este valabil: abonarea a fost încheiată sau nu a fost confirmată în șapte zile. Vă puteți abona din nou oricând.

nav-login = Pentru echipă
nav-monitor = Monitor
error-sign-in-title = Este nevoie de autentificare
error-sign-in = Această parte este pentru cei care s-au autentificat. Programele trimit un token sau o cheie în antetul Authorization.
error-not-allowed-title = Nu aveți acest drept
error-not-allowed = Contul dumneavoastră nu are rolul necesar. Adresați-vă unui administrator al acestui site.
login-name = Nume de utilizator
login-password = Parolă
login-do = Autentificare
login-wrong = Numele sau parola nu este corectă. Verificați-le și încercați din nou.
login-forgotten = Ați uitat parola? Un administrator vă poate da un link de autentificare, care este valabil o singură dată.
login-key-heading = Pentru membri
login-key-lead = Aceste pagini sunt pentru membrii rețelei. Introduceți cheia pe care ați primit-o.
login-key = Cheie
login-key-do = Intră
login-key-wrong = Această cheie nu este valabilă. Verificați-o sau cereți alta celor care v-au dat-o.
login-staff-heading = Pentru echipă
login-once-title = Autentificare
login-once-lead = Acest link este valabil o singură dată. Apăsați butonul pentru a vă autentifica.
login-once-gone = Acest link a fost deja folosit sau a expirat. Cereți altul.
desk-who = Cont: { $name }
desk-sign-out = Ieșire
desk-save = Salvează
desk-account = Contul meu
desk-staff = Echipa
desk-keys = Chei pentru membri
desk-audit = Jurnalul modificărilor
staff-role = Rol
staff-role-viewer = vizualizare
staff-role-editor = editare
staff-role-admin = administrare
staff-roles-hint = Vizualizare: vede starea surselor. Editare: administrează și sursele și urmăririle. Administrare: administrează și echipa și cheile.
staff-mail = Adresă de e-mail (opțional)
staff-me = contul dumneavoastră
staff-used = ultima autentificare: { $date }
staff-never = nu s-a autentificat încă
staff-add-heading = O persoană nouă
staff-add-do = Adaugă
staff-added = Contul „{ $name }” a fost creat.
staff-changed = Contul „{ $name }” a fost modificat.
staff-removed = Contul „{ $name }” a fost șters.
staff-remove-do = Șterge
staff-taken = Acest nume este deja folosit. Alegeți altul.
staff-bad-name = Un nume are între 1 și 40 de litere, cifre sau semne . - _ @, fără spații.
staff-bad-mail = Aceasta nu este o adresă de e-mail. Verificați-o.
staff-last-admin = Nu s-a schimbat nimic: trebuie să rămână cel puțin un administrator.
staff-link-heading = Link de autentificare pentru { $name }
staff-link-hint = Copiați-l acum și trimiteți-l acestei persoane: nu va mai fi afișat. Este valabil o singură dată, timp de trei zile.
staff-link-do = Link de autentificare
account-password = Parola
account-password-hint =
    { $count ->
        [one] Cel puțin { $shown } caracter; câteva cuvinte alese de dumneavoastră sunt cele mai bune. După schimbare trebuie să vă autentificați din nou peste tot.
        [few] Cel puțin { $shown } caractere; câteva cuvinte alese de dumneavoastră sunt cele mai bune. După schimbare trebuie să vă autentificați din nou peste tot.
       *[other] Cel puțin { $shown } de caractere; câteva cuvinte alese de dumneavoastră sunt cele mai bune. După schimbare trebuie să vă autentificați din nou peste tot.
    }
account-old = Parola actuală
account-new = Parola nouă
account-again = Parola nouă, încă o dată
account-password-do = Schimbă parola
account-not-alike = Cele două parole noi nu sunt identice.
account-wrong = Parola actuală nu este corectă.
account-too-short = Parola este prea scurtă.
account-too-long = Parola este prea lungă.
account-too-common = Această parolă este printre primele pe care le-ar încerca oricine. Alegeți câteva cuvinte ale dumneavoastră.
account-sessions = Sesiuni deschise
account-browser-unknown = un browser necunoscut
account-since = din { $date }
account-used = ultima folosire: { $date }
account-unused = încă nefolosit
account-this = acest browser
account-end = Încheie
account-revoke = Revocă
account-ended = Gata: nu mai este valabil.
account-tokens = Tokenuri pentru programe
account-tokens-lead = Cu un token, un program folosește API-ul în numele dumneavoastră.
account-token-made = Copiați tokenul acum: nu va mai fi afișat.
account-token-label = Pentru ce este
account-token-role = Ce poate face
account-token-do = Creează un token
account-token-unnamed = Scrieți pentru ce este tokenul.
account-token-many = Aveți deja prea multe tokenuri. Revocați-le pe cele nefolosite.
keys-lead = Paginile și fluxurile sunt închise: se deschid cu o cheie sau după autentificare. Dați o cheie întregii rețele sau câte una fiecărui abonat; fiecare poate fi revocată fără a le atinge pe celelalte.
keys-open = Paginile sunt deschise pentru toți, așa că nimeni nu are nevoie de o cheie. Pentru a le închide, scrieți rândul members = "closed" în secțiunea [access] a fișierului vesti.toml.
keys-made-heading = Cheia nouă
keys-made = Copiați-o acum: nu va mai fi afișată. Cine are una dintre aceste adrese intră fără să introducă nimic.
keys-page = Adresa paginilor
keys-feed = Adresa fluxului RSS
keys-make-heading = O cheie nouă
keys-label = Pentru cine este
keys-make-do = Creează cheia
keys-unnamed = Scrieți pentru cine este cheia.
keys-revoked = Cheia a fost revocată.
audit-by-link = prin link
audit-lead = Cine din echipă a schimbat ce. Înregistrările se păstrează doi ani.
audit-when = Când
audit-who = Cine
audit-what = Ce
audit-about = Despre
audit-older = Mai vechi
did-signed-in = s-a autentificat
did-sign-in-failed = autentificare eșuată
did-staff-added = a adăugat un cont
did-staff-changed = a modificat un cont
did-password-set = a setat o parolă
did-staff-removed = a șters un cont
did-link-made = a creat un link de autentificare
did-token-made = a creat un token
did-pass-ended = a încheiat o sesiune sau a revocat un token
did-key-made = a creat o cheie pentru membri
did-key-revoked = a revocat o cheie pentru membri
did-way-undone = a anulat o schimbare a căii de citire
did-looked-again = a cerut căutarea din nou a căii de citire
did-trusted = a confirmat că textele sursei sunt ale ei
did-deeds-confirmed = a confirmat ce a făcut vesti

need-label = Starea surselor
need-needs = Cer atenție
need-act = de rezolvat
need-watch = de urmărit
need-note = de știut
need-well = în ordine
need-new = încă nevizitate
need-paused = în pauză
need-all = Toate
monitor-all-well = Nicio sursă nu cere atenție.
monitor-well = Această sursă este în ordine.
monitor-last = vizitată: { $date }
monitor-next = din nou: { $date }
monitor-noticed = observat: { $date }
monitor-public = Pagina sursei pentru cititori
monitor-home = Site-ul
monitor-rhythm = Ritmul
monitor-rhythm-list = Aceleași cifre, ca listă
monitor-facts = Ce se știe
monitor-never = niciodată
monitor-fact-items = Anunțuri
monitor-fact-new = Ultimul anunț nou
monitor-fact-last = Ultima vizită
monitor-fact-success = Ultima vizită reușită
monitor-fact-next = Următoarea vizită
monitor-fact-way = Cum este citită
monitor-fact-address = De unde este citită
monitor-fact-rhythm = Intervalul obișnuit între anunțuri
monitor-fact-interval = Timpul dintre vizite
way-feed = flux RSS
way-wordpress = interfața WordPress
way-sitemap = harta site-ului
way-listing = pagina cu lista de anunțuri
monitor-happened = Ce s-a întâmplat
monitor-happened-none = Nimic deosebit până acum.
turn-began = a început
turn-ended = s-a încheiat
monitor-visits = Vizite
visit-at = Când
visit-status = Stare HTTP
visit-time = Durată
visit-size = Mărime
visit-counts = Listate / noi / modificate
visit-note = Observații
monitor-items = Ultimele anunțuri
failures-count =
    { $count ->
        [one] { $shown } vizită eșuată
        [few] { $shown } vizite eșuate
       *[other] { $shown } de vizite eșuate
    }
weeks-count =
    { $count ->
        [one] { $shown } săptămână
        [few] { $shown } săptămâni
       *[other] { $shown } de săptămâni
    }
failing-weeks-count =
    { $count ->
        [one] { $shown } săptămână cu vizite eșuate
        [few] { $shown } săptămâni cu vizite eșuate
       *[other] { $shown } de săptămâni cu vizite eșuate
    }
span-seconds =
    { $count ->
        [one] { $shown } secundă
        [few] { $shown } secunde
       *[other] { $shown } de secunde
    }
span-minutes =
    { $count ->
        [one] { $shown } minut
        [few] { $shown } minute
       *[other] { $shown } de minute
    }
span-hours =
    { $count ->
        [one] { $shown } oră
        [few] { $shown } ore
       *[other] { $shown } de ore
    }
span-days-count =
    { $count ->
        [one] { $shown } zi
        [few] { $shown } zile
       *[other] { $shown } de zile
    }

login-link-lead = Fără parolă: scrieți numele sau adresa de e-mail și primiți un link care vă autentifică o singură dată.
login-link-do = Trimite-mi un link
login-link-sent = Dacă acest cont are o adresă de e-mail, linkul este pe drum. Este valabil 30 de minute.
desk-changes = Modificări
desk-watches = Urmăriri
changes-lead = Anunțurile pe care sursele le-au modificat, cu ceea ce contează: termene, sume, anulări.
changes-show = Ce se arată
changes-matters = Cele importante
changes-all = Toate
changes-none = Încă nimic.
watches-lead = Căutări, modificări și surse despre care vesti vă anunță singur: prin flux RSS, e-mail sau webhook.
watches-new = Urmărire nouă
watches-none = Încă nu se urmărește nimic.
watch-this = Urmărește această căutare
watch-paused = în pauză
watch-paused-hint = Urmărirea este în pauză: ce apare între timp nu va fi anunțat.
watch-fired = ultimul mesaj: { $date }
watch-never-fired = niciun mesaj încă
watch-waiting =
    { $count ->
        [one] { $shown } noutate în așteptare
        [few] { $shown } noutăți în așteptare
       *[other] { $shown } de noutăți în așteptare
    }
watch-off = Webhookul este oprit: { $why }. Verificați adresa și trimiteți un mesaj de probă.
watch-failing = Ultimul mesaj nu a ajuns: { $why }
watch-back = Înapoi
watch-name = Nume
watch-what = Ce se anunță
watch-items = Anunțuri noi
watch-edits = Modificări importante
watch-notices = Starea surselor
watch-notices-none = Nu
watch-notices-act = Numai unde trebuie intervenit
watch-notices-watch = Și unde merită aruncată o privire
watch-notices-note = Tot
watch-notices-hint = Despre sursele, țările și rolurile alese mai jos; dacă nu alegeți nimic, despre toate.
watch-search = Căutarea
watch-search-all = tot
watch-search-hint = Fără cuvinte și fără filtre alese: toate anunțurile.
watch-when = Când
watch-at-once = Imediat
watch-daily = Rezumat zilnic
watch-weekly = Rezumat săptămânal
watch-daily-at = Zilnic la { $hour }
watch-weekly-at = Săptămânal: { $day }, { $hour }
watch-day = Ziua (pentru rezumatul săptămânal)
watch-hour = Ora (pentru rezumate)
watch-quiet = Ore de liniște
watch-quiet-from = De la
watch-quiet-to = Până la
watch-quiet-hint = Ce apare în aceste ore se trimite după ele.
watch-ways = Cum se trimite
watch-way-feed = Flux RSS și Atom
watch-way-mail =
    { $count ->
        [one] { $shown } adresă de e-mail
        [few] { $shown } adrese de e-mail
       *[other] { $shown } de adrese de e-mail
    }
watch-way-hook = Webhook
watch-mail = Adrese de e-mail, una pe rând
watch-mail-hint = Fiecare adresă primește întâi o cerere de confirmare; fără ea nu se trimite nimic.
watch-format-none = Niciunul
watch-format-json = JSON semnat
watch-format-slack = Slack
watch-format-mattermost = Mattermost
watch-format-matrix = Matrix
watch-format-discord = Discord
watch-hook-url = Adresa webhookului
watch-hook-hint = Pentru Matrix, adresa serverului. Rețelele private sunt refuzate dacă nu le permite configurația.
watch-hook-kept = Lăsați gol pentru a păstra adresa de la { $host }.
watch-room = Camera Matrix
watch-access = Tokenul de acces Matrix
watch-tongue = Limba mesajelor
watch-bad-name = Dați urmăririi un nume de cel mult 120 de caractere.
watch-bad-nothing = Alegeți ce se anunță: anunțuri, modificări sau starea surselor.
watch-bad-hour = O oră este un număr de la 0 la 23.
watch-bad-search = Căutarea nu poate fi înțeleasă. Verificați cuvintele și semnele din ea.
watch-bad-mail = Una dintre adresele de e-mail nu este corectă.
watch-bad-mail-many = Cel mult 20 de adrese.
watch-bad-mail-none = Pe acest server nu este configurat e-mailul.
watch-bad-url = Adresa webhookului trebuie să înceapă cu https:// sau http://.
watch-bad-room = Lipsește camera Matrix.
watch-bad-access = Lipsește tokenul de acces Matrix.
watch-told-saved = Salvat.
watch-told-test = Mesajul de probă este pe drum: vedeți mai jos dacă a ajuns.
watch-secret-heading = Secretul webhookului
watch-secret-hint = Cu el se verifică semnătura mesajelor (Standard Webhooks). Copiați-l acum: nu va mai fi afișat.
watch-feed-hint = Adresele fluxurilor sunt secrete: cine are adresa poate citi fluxul.
watch-feed-description = Ce anunță o urmărire la { $site }
watch-waits = În așteptare
watch-last = Ultimul mesaj
watch-edit-do = Modifică
watch-test-do = Trimite un mesaj de probă
watch-secret-do = Secret nou
watch-pause-do = Pune în pauză
watch-resume-do = Reia
watch-delete-do = Șterge
watch-log-heading = Ce s-a trimis
watch-log-none = Încă nimic.
watch-log-way = Cui
watch-log-standing = Stare
watch-log-tries = Încercări
watch-log-sent = livrat
watch-log-waiting = așteaptă
watch-log-again = din nou: { $date }
watch-log-failed = nu a ajuns
did-watch-added = a creat o urmărire
did-watch-changed = a modificat o urmărire
did-watch-deleted = a șters o urmărire
desk-catalogue = Catalogul surselor
did-sources-added = a adăugat surse
did-source-edited = a modificat o sursă
did-source-moved = a schimbat adresa unei surse
did-source-paused = a pus o sursă în pauză
did-source-resumed = a reluat o sursă
did-source-retired = a scos o sursă din catalog
did-source-restored = a readus o sursă în catalog
did-sources-merged = a unit două surse
did-conflict-settled = a rezolvat o neconcordanță
did-source-tried = a cerut o vizită imediată
manage-unknown = Nu există sursa „{ $id }”.
manage-id-taken = Există deja o sursă „{ $id }”. Alegeți alt identificator.
manage-address-taken = Sursa „{ $id }” are deja această adresă.
manage-no-address = Sursa „{ $id }” nu are adresă. Dați-i mai întâi una.
manage-paused = Sursa „{ $id }” este în pauză. Reluați-o mai întâi.
manage-itself = O sursă nu poate fi unită cu ea însăși.
manage-exposing = „{ $from }” este privată, iar „{ $into }” nu: anunțurile ei ar deveni vizibile pentru toți.
manage-settled = Nu mai este nimic de hotărât despre sursa „{ $id }”.
manage-mistakes = Nimic nu a fost salvat: corectați câmpurile marcate.
manage-yes = da
manage-no = nu
manage-back = Înapoi la sursă
manage-done-added = Sursa a fost adăugată și este vizitată acum.
manage-done-edited = Modificările au fost salvate.
manage-done-moved = Adresa a fost schimbată. Sursa este citită acum de la noua adresă.
manage-done-paused = Sursa este în pauză.
manage-done-resumed = Sursa este vizitată din nou.
manage-done-retired = Sursa nu mai este vizitată. Anunțurile ei rămân.
manage-done-restored = Sursa este din nou în catalog.
manage-done-merged = Sursele au fost unite.
manage-done-imported = Sursele au fost adăugate.
manage-done-decided = Neconcordanța a fost rezolvată.
source-field-id = Identificator
source-field-name = Nume
source-field-url = Adresă
source-field-country = Țara
source-field-role = Rolul în rețea
source-field-languages = Limbi
source-field-feed = Flux RSS (dacă se cunoaște)
source-field-listing = Selectori scriși de mână
source-field-interval = Interval fix între vizite
source-field-topics = Teme ale tuturor anunțurilor
source-field-paused = În pauză: nu este vizitată
source-field-private = Privată: numai pentru echipă
source-field-id-hint = Litere mici a–z, cifre și cratimă. Nu se mai schimbă după aceea.
source-field-url-hint = Pagina principală, pagina de știri sau fluxul.
source-field-country-hint = Două litere, de exemplu RO, LV, MD; EU pentru Uniunea Europeană.
source-field-languages-hint = Coduri separate prin virgulă, de exemplu ro, ru.
source-field-topics-hint = Identificatori de teme, separați prin virgulă; de obicei niciunul.
source-field-interval-hint = De exemplu 6h sau 1d. Gol: vesti alege singur.
source-field-id-bad = Folosiți numai a–z, 0–9 și cratimă, cel mult 64 de caractere.
source-field-name-bad = Scrieți un nume de cel mult 200 de caractere, pe un singur rând.
source-field-url-bad = Aceasta nu este o adresă web. Scrieți una precum https://www.exemplu.ro/.
source-field-country-bad = Acesta nu este un cod de țară precum RO, LV, MD sau EU.
source-field-role-bad = Alegeți un rol din listă.
source-field-languages-bad = Scrieți coduri de limbă precum ro, lv, ru, en.
source-field-feed-bad = Aceasta nu este adresa unui flux.
source-field-interval-bad = Scrieți o durată de cel mult un an, de exemplu 6h sau 1d.
source-field-topics-bad = Una dintre aceste teme nu există. Pagina „Teme” le arată pe toate.
source-do-heading = Ce se poate face
source-do-try = Vizitează acum
source-do-pause = Pune în pauză
source-do-resume = Reia
source-do-retire = Scoate din catalog
source-do-restore = Readu în catalog
source-do-edit = Modifică sau mută
source-do-merge = Continuă
source-do-merge-into = Unește cu altă sursă
source-merge-target = Sursa care rămâne
merge-title = Uniți sursa „{ $from }” cu „{ $into }”?
merge-lead =
    { $count ->
        [one] { $shown } anunț trece la sursa care rămâne; nu apare ca nou nicăieri.
        [few] { $shown } anunțuri trec la sursa care rămâne; nu apar ca noi nicăieri.
       *[other] { $shown } de anunțuri trec la sursa care rămâne; nu apar ca noi nicăieri.
    }
merge-note = „{ $from }” nu mai este vizitată, iar pagina ei trimite la cealaltă. Anunțurile nu pot fi despărțite din nou.
merge-do = Unește
trial-title = Vizită: { $name }
trial-soon = Sursa este vizitată. Rezultatul apare aici.
trial-late = Vizita durează neobișnuit de mult. Rezultatul va fi pe pagina sursei.
trial-done = Vizita a reușit.
trial-failed = Vizita nu a reușit.
trial-address = Adresa
trial-status = Răspunsul serverului
trial-listed = Anunțuri în listă
trial-new = Dintre ele noi
trial-changed = Dintre ele modificate
trial-fault = Ce nu a mers
trial-note = De știut
add-title = Adăugarea unei surse
add-address = Adresa site-ului, a paginii de știri sau a fluxului
add-hint = Mai întâi vedeți ce s-ar citi de acolo. Nimic nu se salvează până nu confirmați.
add-look = Caută
add-looking = Se caută la { $url } …
add-again = Reîncarcă pagina
add-forgotten = Rezultatul nu mai este păstrat. Căutați din nou.
add-nothing = De aici nu se poate citi nimic
add-found = Ce s-a găsit
add-way = Se citește din
add-why = De ce așa
add-has = Conține
add-listed =
    { $count ->
        [one] { $shown } anunț
        [few] { $shown } anunțuri
       *[other] { $shown } de anunțuri
    }
add-no-date = fără dată
add-tried = Toate căile comparate
add-alike = Poate există deja
add-same-address = Aceeași adresă:
add-same-feed = Se citește din același loc:
add-same-site = De pe același site:
add-save-heading = Sursa
add-save-hint = Corectați ce nu este bine, mai ales rolul.
add-save = Adaugă sursa
edit-title = Modificarea sursei „{ $name }”
edit-in-file = Sursa este și în sources.toml. Ce schimbați aici se păstrează separat de fișier.
edit-own = Sursa a fost adăugată în browser.
edit-move = O altă adresă mută sursa: istoricul rămâne, iar calea de citire se caută din nou.
catalogue-lead = Fișierul sources.toml rămâne așa cum este. Ce se hotărăște în browser se păstrează separat și poate fi exportat în fișier.
catalogue-conflicts = Neconcordanțe
catalogue-conflicts-lead = Fișierul și browserul spun lucruri diferite. Până hotărâți, rămâne valabil ce spune browserul.
catalogue-held = Ce s-a hotărât în browser
catalogue-held-none = Nimic: toate sursele sunt ca în sources.toml.
catalogue-past = Surse care nu mai sunt citite
catalogue-export = Export
catalogue-export-lead = Fișierul complet poate lua locul lui sources.toml: după aceea nu mai rămâne nimic hotărât separat în browser.
catalogue-export-all = sources.toml, toate
catalogue-export-own = sources.toml, numai din browser
catalogue-export-opml = OPML
managed-added = adăugată
managed-edited = modificată
managed-retired = scoasă din catalog
managed-merged = unită cu alta
conflict-same-id = A fost adăugată în browser, iar sources.toml are între timp altă sursă cu același identificator.
conflict-same-address = Are aceeași adresă ca „{ $other }”. Până hotărâți, așteaptă, ca nimic să nu fie citit de două ori.
conflict-changed = A fost modificată în browser, iar sources.toml a schimbat între timp aceleași câmpuri.
conflict-retired = A fost scoasă din catalog în browser, iar sources.toml a schimbat-o între timp.
conflict-gone = A fost modificată în browser, iar sources.toml nu o mai are.
conflict-file = Preia ce spune sources.toml
conflict-browser = Păstrează ce spune browserul
conflict-merge = Unește „{ $from }” cu „{ $into }”
conflict-field = Câmp
conflict-here = Browser
import-heading = Import
import-file = Fișier OPML sau sources.toml
import-text = Sau lipiți textul aici
import-country = Țara, dacă fișierul nu o spune
import-role = Rolul surselor din OPML
import-look = Arată ce ar aduce
import-preview = Ce ar aduce fișierul
import-name = Sursa
import-address = Adresa
import-standing = Starea
import-new = nouă
import-same = există deja
import-differs = există deja, dar diferă: { $fields }
import-taken = „{ $id }” are deja această adresă
import-retired = scoasă din catalog mai demult
import-mistakes = Greșeli în fișier
import-found =
    { $count ->
        [one] { $shown } sursă nouă
        [few] { $shown } surse noi
       *[other] { $shown } de surse noi
    }
import-cut = Fișierul are mai multe surse decât se pot prelua odată: împărțiți-l.
import-do = Adaugă sursele bifate
import-none = Nicio sursă nu a fost bifată.
import-empty = Alegeți un fișier sau lipiți un text.
error-impossible-title = Nu se poate
error-impossible = Cererea nu se potrivește cu ce există: de exemplu, identificatorul sau adresa este deja folosită.
bad-id = „{ $value }” nu poate fi un identificator: folosiți a–z, 0–9 și cratimă.
bad-name = „{ $value }” nu poate fi un nume: scrieți cel mult 200 de caractere pe un rând.
bad-url = „{ $value }” nu este o adresă web precum https://www.exemplu.ro/.
source-do-look-again = Caută din nou calea de citire
source-do-undo = Anulează ce a schimbat vesti
source-do-confirm = Este bine așa
source-do-trust = Textele sunt ale ei: citește-le
manage-nothing = Nu mai este nimic de schimbat aici.
manage-done-undone = Schimbarea a fost anulată. Sursa este citită ca înainte.
manage-done-looked-again = La vizita care începe acum se caută din nou calea de citire.
manage-done-trusted = Ce a fost pus deoparte se citește acum.
manage-done-confirmed = S-a luat la cunoștință.
