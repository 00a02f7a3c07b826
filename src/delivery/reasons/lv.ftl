# Kāpēc kaut kas neizdevās un ko vesti pamanīja pats. Teikumi sākas ar mazo burtu un ir bez punkta beigās:
# tie stāv paši par sevi vai aiz kola.

way-feed = RSS plūsma
way-wordpress = WordPress saskarne
way-sitemap = vietnes karte
way-listing = lapa ar paziņojumu sarakstu

reason-no-such-name = vārds { $host } internetā nav atrodams: tas ir kļūdaini uzrakstīts, domēna termiņš ir beidzies vai vesti serverim nav tīkla savienojuma
reason-name-server-silent = vārdu { $host } nevar uzmeklēt: neatbild vārdu serveris vai vesti serverim nav tīkla savienojuma
reason-leads-inside = { $host } ved uz { $address } — adresi ārpus publiskā interneta; administrators to var atļaut iestatījumā crawler.allow_networks
reason-address-inside = adrese { $address } nav publiskajā internetā; administrators to var atļaut iestatījumā crawler.allow_networks
reason-other-scheme = adrese sākas ar „{ $scheme }:”; tiek lasītas tikai http un https adreses
reason-long-address = adresē ir vairāk nekā { $most } rakstzīmes
reason-other-port = ports { $port } pieder citam pakalpojumam, nevis vietnei
reason-no-host = adresē nav nosaukts serveris

reason-no-connection-in-time = { $time } laikā nav izdevies savienoties ar { $host }; droši vien serveris ir izslēgts
reason-no-connection = nav izdevies savienoties ar { $host }
reason-refuses-connections = { $host } noraida savienojumu; droši vien serveris ir izslēgts
reason-connection-broken = { $host } pārtrauca savienojumu
reason-closed-silently = { $host } aizvēra savienojumu bez atbildes
reason-closed-halfway = { $host } aizvēra savienojumu, neatbildot līdz galam
reason-out-of-reach = { $host } no šejienes nav sasniedzams
reason-connection-failed = savienojums ar { $host } pārtrūka pirms atbildes
reason-no-http = { $host } atbild ar kaut ko, kas nav tīmekļa lapa (neatbilst HTTP)
reason-large-headers = { $host } sūta lielākas galvenes, nekā atļauts

reason-certificate-expired = vietnes { $host } sertifikāta termiņš ir beidzies; organizācijai tas jāatjauno
reason-certificate-not-yet = vietnes { $host } sertifikāts vēl nav spēkā
reason-certificate-of-another = { $host } rāda citas vietnes sertifikātu
reason-certificate-untrusted = vietnes { $host } sertifikātu nav izdevis atzīts izdevējs (vai serveris to sūta nepilnīgu); par to būtu jāpaziņo organizācijai
reason-certificate-revoked = vietnes { $host } sertifikāts ir atsaukts
reason-certificate-bad = vietnes { $host } sertifikāts nav derīgs
reason-no-tls = { $host } tur nepiedāvā drošu savienojumu; varbūt adresei jāsākas ar http:
reason-old-tls = { $host } piedāvā tikai novecojušu drošo savienojumu, kas vairs nav drošs
reason-handshake-refused = { $host } noraidīja drošo savienojumu
reason-handshake-failed = drošais savienojums ar { $host } nav izdevies

reason-no-answer = { $host } neatbildēja { $time } laikā
reason-no-whole-answer = { $host } neatsūtīja visu atbildi { $time } laikā
reason-stalled = { $host } { $time } neko vairs nesūtīja
reason-looked-too-long = apskate ilga vairāk nekā { $time }

reason-status =
    { $status ->
        [401] { $host } prasa vārdu un paroli (401)
        [403] { $host } neļauj piekļūt (403)
        [404] šajā adresē { $host } lapas vairs nav (404)
        [500] serverī { $host } ir iekšēja kļūda (500)
        [502] serverim { $host } ir darbības traucējumi (502)
        [503] { $host } pašlaik nav pieejams (503)
        [504] serverim { $host } ir darbības traucējumi, un tas atbild pārāk vēlu (504)
       *[other] { $host } atbild ar kļūdu { $status }
    }
reason-gone-for-good = { $host } ziņo, ka lapa ir dzēsta uz visiem laikiem (410)
reason-never-fetched = { $host } atbild „nav mainīts” par dokumentu, kas nekad nav nolasīts
reason-asks-for-less = { $host } lūdz apmeklēt retāk ({ $status })
reason-busy = { $host } ir pārslogots un lūdz nākt vēlāk ({ $status })
reason-answered = { $why }; tā atbilde: „{ $said }”

reason-robots-status = vietnes { $host } failu robots.txt nevar nolasīt (kļūda { $status }), tāpēc pagaidām tur nekas netiek apmeklēts
reason-robots-forbids = { $host } savā robots.txt neļauj { $agent } lasīt { $path }; organizācija to var mainīt
reason-robots-unreadable = robots.txt nevar nolasīt: { $why }

reason-many-redirects = { $host } pāradresē pārāk daudz reižu (vairāk nekā { $most })
reason-redirect-nowhere = { $host } pāradresē, nepasakot, uz kurieni ({ $status })
reason-redirect-to-no-address = { $host } pāradresē uz „{ $said }”, un tā nav adrese
reason-redirect-circle = { $host } pāradresē pa apli; varbūt prasa sīkdatni vai pieteikšanos

reason-too-large = dokuments ir lielāks par { $size }; administrators var palielināt robežu (crawler.max_body)
reason-unknown-packing = dokuments ir saspiests ar „{ $said }”, ko neviens nav prasījis
reason-packed-too-often = dokuments ir saspiests vairāk nekā { $most } reizes
reason-damaged = dokumentu nevar atspiest: tas ir bojāts vai nepilnīgs
reason-broke-off = { $host } pārtrauca sūtīt dokumenta vidū

reason-empty-feed = RSS plūsma { $url } ir tukša
reason-page-for-feed = adresē { $url } ir tīmekļa lapa, nevis RSS plūsma; sameklējiet plūsmas adresi
reason-no-feed = adresē { $url } ir kas cits, nevis RSS, Atom vai JSON Feed plūsma
reason-cut-feed = RSS plūsma { $url } pārtrūkst pirms pirmā paziņojuma beigām
reason-no-posts = tas, ko WordPress sūta no { $url }, nav nolasāms rakstu saraksts
reason-sitemap-of-sitemaps = vietnes kartē { $url } ir nosauktas tikai citas kartes
reason-no-sitemap = adresē { $url } nav vietnes kartes
reason-damaged-sitemap = vietnes karte { $url } ir saspiesta un bojāta
reason-large-sitemap = vietnes karte { $url } ir lielāka par 50 MB
reason-empty-sitemap = vietnes kartē { $url } nav neviena paziņojuma
reason-nothing-listed = lapā { $url } nav paziņojumu saraksta
reason-nothing-selected = lapā { $url } nav paziņojumu saraksta arī bez ar roku rakstītajiem selektoriem ({ $why })
reason-selectors-find-nothing = ar roku rakstītie selektori vairs neko neatrod
reason-bad-selector = selektors { $name } („{ $said }”) nav pareizs CSS selektors
reason-idle-selector = selektoram { $name } („{ $said }”) lapā nekas neatbilst
reason-nothing-found = ne lapā { $url }, ne parastajās adresēs nav atrasta RSS plūsma, un lapā nav paziņojumu saraksta; norādiet ziņu lapas adresi
reason-emptied =
    { $count-form ->
        [one] { $why }, lai gan agrāk bija { $count } paziņojums; varbūt vietne ir pārveidota
       *[other] { $why }, lai gan agrāk bija { $count } paziņojumi; varbūt vietne ir pārveidota
        [zero] { $why }, lai gan agrāk bija { $count } paziņojumu; varbūt vietne ir pārveidota
    }
reason-shows-error = lapa { $url } rāda kļūdu vai brīdinājumu („{ $said }”)
reason-shows-parking = lapa { $url } rāda, ka domēns tiek pārdots vai netiek lietots („{ $said }”)
reason-shows-bot-wall = lapa { $url } prasa pierādīt, ka apmeklētājs nav robots („{ $said }”)
reason-shows-cookie-wall = lapa { $url } rāda tikai piekrišanas lūgumu („{ $said }”)
reason-no-address = avotam nav adreses: norādiet to vai apturiet avotu
reason-no-longer-feed = avotu vairs nelasa no RSS plūsmas
reason-stumbled = programmas kļūdas dēļ vesti nevarēja nolasīt vietnes sūtīto; sīkāk — servera žurnālā

reason-bad-header = galvenē ir rakstzīmes, ko HTTP nepieļauj
reason-given-up-after-attempts =
    { $count-form ->
        [one] pārtraukts pēc { $count } mēģinājuma: { $why }
       *[other] pārtraukts pēc { $count } mēģinājumiem: { $why }
    }
reason-given-up-after-days =
    { $count-form ->
        [one] pārtraukts pēc { $count } dienas: { $why }
       *[other] pārtraukts pēc { $count } dienām: { $why }
    }
reason-presumed = pakalpojums apstājās tieši sūtīšanas brīdī; jādomā, ka ziņa ir piegādāta
reason-left-after-backup = nosūtīts pēc rezerves kopijas izveides
reason-unknown-message = ziņu veidojusi cita versija, un to nevar uzrakstīt
reason-watch-gone = vērošana ir izdzēsta
reason-no-service-told = vērošanai vairs nav webhook
reason-unknown-bulletin = saturu veidojusi cita versija, un to nevar nolasīt
reason-bulletin-gone = saturs vairs netiek glabāts
reason-room-missing = trūkst istabas vai piekļuves marķiera
reason-message-too-long = ziņa ir pārāk gara
reason-secret-unreadable = webhook noslēpumu nevar nolasīt
reason-nobody-subscribed = šajā adresē vairs nav abonenta
reason-no-mail-server = nav iestatīts e-pasta serveris
reason-subscription-changed = abonements pa to laiku ir mainījies
reason-digest-gone = apkopojuma vairs nav
reason-mail-server-says = e-pasta serveris atbildēja: „{ $said }”
reason-mail-connection-lost = savienojums ar e-pasta serveri pārtrūka („{ $said }”)
reason-letters-in-address = e-pasta serveris nevar sūtīt uz adresi ar šādiem burtiem

remark-both = { $one }; { $other }
remark-feed-named = lapa norāda šo RSS plūsmu
remark-feed-linked = lapā ir saite uz šo RSS plūsmu
remark-feed-usual = šādas vietnes savu RSS plūsmu glabā tur
remark-posts-given = vietne veidota ar WordPress, kas savus rakstus dod arī programmām
remark-news-page-lists = tos uzskaita ziņu lapa
remark-sitemap-named = šo vietnes karti norāda robots.txt
remark-sitemap-usual = tos uzskaita vietnes karte
remark-selectors-find =
    { $count-form ->
        [zero] ar roku rakstītie selektori lapā atrod { $count } paziņojumu
        [one] ar roku rakstītie selektori lapā atrod { $count } paziņojumu
       *[other] ar roku rakstītie selektori lapā atrod { $count } paziņojumus
    }
remark-page-lists =
    { $count-form ->
        [zero] lapas sarakstā ir { $count } paziņojumu
        [one] lapas sarakstā ir { $count } paziņojums
       *[other] lapas sarakstā ir { $count } paziņojumi
    }
remark-address-is = tā ir šī pati adrese: { $way }
remark-lists =
    { $count-form ->
        [zero] sarakstā ir { $count } paziņojumu
        [one] sarakstā ir { $count } paziņojums
       *[other] sarakstā ir { $count } paziņojumi
    }
remark-names =
    { $count-form ->
        [zero] kartē ir { $count } paziņojumu
        [one] kartē ir { $count } paziņojums
       *[other] kartē ir { $count } paziņojumi
    }
remark-has =
    { $count-form ->
        [zero] satur { $count } paziņojumu
        [one] satur { $count } paziņojumu
       *[other] satur { $count } paziņojumus
    }
remark-has-since =
    { $count-form ->
        [zero] satur { $count } paziņojumu; jaunākais: { $newest }
        [one] satur { $count } paziņojumu; jaunākais: { $newest }
       *[other] satur { $count } paziņojumus; jaunākais: { $newest }
    }
remark-not-a-feed = tā nav RSS plūsma
remark-not-posts = tas nav rakstu saraksts
remark-names-none = tajā nav neviena paziņojuma
remark-failed = { $why }
remark-not-asked = vairs netika mēģināts: { $why }
remark-enough-asked = vairs netika mēģināts: vienam apmeklējumam jautājumu pietiek
remark-found = atrasts, kā avotu lasīt: { $way }, { $url } ({ $because })
remark-moved-for-good = pārcelts uz visiem laikiem uz { $url }; turpmāk tiek lasīts no turienes
remark-no-longer-tells = vairs nerāda, kas jauns: { $old_way }, { $old_url }; turpmāk tiek lasīts citādi: { $way }, { $url }
remark-way-failed = vairs neizdevās nolasīt: { $old_way }, { $old_url } ({ $why }); turpmāk tiek lasīts citādi: { $way }, { $url }
remark-aside-strange =
    { $count-form ->
        [1] viens jauns paziņojums ir atlikts malā, jo šķiet svešs („{ $said }”); vai domēnam ir cits īpašnieks?
       *[other] jaunie paziņojumi ({ $count }) ir atlikti malā, jo šķiet sveši („{ $said }”); vai domēnam ir cits īpašnieks?
    }
remark-aside-foreign =
    { $count-form ->
        [1] viens jauns paziņojums ir atlikts malā, jo ir citā valodā ({ $language }); vai domēnam ir cits īpašnieks?
       *[other] jaunie paziņojumi ({ $count }) ir atlikti malā, jo ir citā valodā ({ $language }); vai domēnam ir cits īpašnieks?
    }
remark-aside-unlike =
    { $count-form ->
        [1] viens jauns paziņojums ir atlikts malā, jo nelīdzinās pārējiem; vai domēnam ir cits īpašnieks?
       *[other] jaunie paziņojumi ({ $count }) ir atlikti malā, jo nelīdzinās pārējiem; vai domēnam ir cits īpašnieks?
    }
remark-aside-fewer = sarakstā tagad: { $count }; agrāk: { $before }; no tiem zināmi: { $known }; paziņojumi ir atlikti malā līdz nākamajiem apmeklējumiem
remark-without-selectors = { $why }, tāpēc lapa nolasīta bez selektoriem
remark-push-missed = hubs nebija paziņojis par jaunumu, tāpēc avotu atkal apmeklē tā ierastajā ritmā
remark-push-ended = hubs par jaunumiem vairs neziņo, tāpēc avotu atkal apmeklē tā ierastajā ritmā
remark-push-silent = hubs sen neko nav paziņojis, tāpēc avotu atkal apmeklē tā ierastajā ritmā
remark-pushed = paziņoja hubs
remark-pushed-reliably = paziņoja hubs; turpmāk avotu apmeklē reti
remark-push-unreadable = hubs atsūtīja ko nenolasāmu, tāpēc avots tiek apmeklēts: { $why }
