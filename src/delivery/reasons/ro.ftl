# De ce nu a mers ceva și ce a observat vesti singur. Fraze care încep cu literă mică și nu au punct la sfârșit:
# stau singure sau după două puncte.

way-feed = flux RSS
way-wordpress = interfața WordPress
way-sitemap = harta site-ului
way-listing = pagina cu lista de anunțuri

reason-no-such-name = numele { $host } nu există în internet: este scris greșit, domeniul a expirat sau serverul vesti nu are conexiune la rețea
reason-name-server-silent = numele { $host } nu poate fi căutat: serverul de nume nu răspunde sau serverul vesti nu are conexiune la rețea
reason-leads-inside = { $host } duce la { $address }, o adresă din afara internetului public; administratorul o poate permite în crawler.allow_networks
reason-address-inside = adresa { $address } nu este în internetul public; administratorul o poate permite în crawler.allow_networks
reason-other-scheme = adresa începe cu „{ $scheme }:”; se citesc numai adrese http și https
reason-long-address = adresa are mai mult de { $most } de caractere
reason-other-port = portul { $port } este al altui serviciu decât un site
reason-no-host = adresa nu numește niciun server

reason-no-connection-in-time = nu s-a putut face conexiunea cu { $host } în { $time }; probabil serverul este oprit
reason-no-connection = nu s-a putut face conexiunea cu { $host }
reason-refuses-connections = { $host } refuză conexiunea; probabil serverul este oprit
reason-connection-broken = { $host } a întrerupt conexiunea
reason-closed-silently = { $host } a închis conexiunea fără să răspundă
reason-closed-halfway = { $host } a închis conexiunea înainte de a răspunde până la capăt
reason-out-of-reach = { $host } nu poate fi atins de aici
reason-connection-failed = conexiunea cu { $host } s-a întrerupt înainte de răspuns
reason-no-http = { $host } răspunde cu ceva ce nu este o pagină web (nu respectă HTTP)
reason-large-headers = { $host } trimite antete mai mari decât este permis

reason-certificate-expired = certificatul site-ului { $host } a expirat; organizația trebuie să îl reînnoiască
reason-certificate-not-yet = certificatul site-ului { $host } nu este încă valabil
reason-certificate-of-another = certificatul arătat de { $host } este al altui site
reason-certificate-untrusted = certificatul site-ului { $host } nu vine de la un emitent recunoscut (sau serverul îl trimite incomplet); organizația ar trebui anunțată
reason-certificate-revoked = certificatul site-ului { $host } a fost revocat
reason-certificate-bad = certificatul site-ului { $host } nu este valabil
reason-no-tls = { $host } nu are acolo o conexiune securizată; poate că adresa trebuie să înceapă cu http:
reason-old-tls = { $host } are numai o conexiune securizată învechită, care nu mai este sigură
reason-handshake-refused = { $host } a refuzat conexiunea securizată
reason-handshake-failed = conexiunea securizată cu { $host } nu a reușit

reason-no-answer = { $host } nu a răspuns în { $time }
reason-no-whole-answer = { $host } nu a trimis tot răspunsul în { $time }
reason-stalled = { $host } s-a oprit din trimis timp de { $time }
reason-looked-too-long = căutarea a durat mai mult de { $time }

reason-status =
    { $status ->
        [401] { $host } cere nume și parolă (401)
        [403] { $host } nu permite accesul (403)
        [404] la această adresă { $host } nu mai are nicio pagină (404)
        [500] { $host } are o eroare internă (500)
        [502] { $host } are o defecțiune (502)
        [503] { $host } nu este disponibil acum (503)
        [504] { $host } are o defecțiune și răspunde prea târziu (504)
       *[other] { $host } răspunde cu eroarea { $status }
    }
reason-gone-for-good = { $host } spune că pagina a fost ștearsă definitiv (410)
reason-never-fetched = { $host } spune „nemodificat” despre un document care nu a fost citit niciodată
reason-asks-for-less = { $host } cere să fie vizitat mai rar ({ $status })
reason-busy = { $host } este suprasolicitat și cere să revenim mai târziu ({ $status })
reason-answered = { $why }; răspunsul său: „{ $said }”

reason-robots-status = robots.txt de la { $host } nu poate fi citit (eroarea { $status }), așa că deocamdată nu se vizitează nimic acolo
reason-robots-forbids = { $host } nu permite, în robots.txt, ca { $agent } să citească { $path }; organizația poate schimba asta
reason-robots-unreadable = robots.txt nu poate fi citit: { $why }

reason-many-redirects = { $host } redirecționează de prea multe ori (peste { $most })
reason-redirect-nowhere = { $host } redirecționează fără să spună unde ({ $status })
reason-redirect-to-no-address = { $host } redirecționează la „{ $said }”, care nu este o adresă
reason-redirect-circle = { $host } redirecționează în cerc; poate cere un cookie sau o autentificare

reason-too-large = documentul este mai mare de { $size }; administratorul poate ridica limita (crawler.max_body)
reason-unknown-packing = documentul este comprimat cu „{ $said }”, ceea ce nu a cerut nimeni
reason-packed-too-often = documentul este comprimat de peste { $most } ori
reason-damaged = documentul nu poate fi decomprimat: este deteriorat sau incomplet
reason-broke-off = { $host } s-a întrerupt la jumătatea documentului

reason-empty-feed = fluxul { $url } este gol
reason-page-for-feed = la { $url } este o pagină web, nu un flux; căutați adresa fluxului
reason-no-feed = la { $url } este altceva decât un flux RSS, Atom sau JSON Feed
reason-cut-feed = fluxul { $url } se întrerupe înainte de sfârșitul primului anunț
reason-no-posts = ceea ce trimite WordPress la { $url } nu este o listă de articole care se poate citi
reason-sitemap-of-sitemaps = harta site-ului { $url } enumeră numai alte hărți
reason-no-sitemap = la { $url } nu este o hartă a site-ului
reason-damaged-sitemap = harta site-ului { $url } este comprimată și deteriorată
reason-large-sitemap = harta site-ului { $url } are peste 50 MB
reason-empty-sitemap = harta site-ului { $url } nu conține niciun anunț
reason-nothing-listed = pagina { $url } nu conține nicio listă de anunțuri
reason-nothing-selected = pagina { $url } nu conține nicio listă de anunțuri, nici fără selectorii scriși de mână ({ $why })
reason-selectors-find-nothing = selectorii scriși de mână nu mai găsesc nimic
reason-bad-selector = selectorul { $name } („{ $said }”) nu este un selector CSS corect
reason-idle-selector = selectorul { $name } („{ $said }”) nu se potrivește cu nimic din pagină
reason-nothing-found = la { $url } și la adresele obișnuite nu s-a găsit niciun flux, iar pagina nu conține o listă de anunțuri; dați adresa paginii de știri
reason-emptied =
    { $count-form ->
        [one] { $why }, deși înainte avea un anunț; poate că site-ul a fost refăcut
        [few] { $why }, deși înainte avea { $count } anunțuri; poate că site-ul a fost refăcut
       *[other] { $why }, deși înainte avea { $count } de anunțuri; poate că site-ul a fost refăcut
    }
reason-shows-error = pagina { $url } arată o eroare sau un aviz („{ $said }”)
reason-shows-parking = pagina { $url } arată că domeniul este de vânzare sau nefolosit („{ $said }”)
reason-shows-bot-wall = pagina { $url } cere dovada că vizitatorul nu este robot („{ $said }”)
reason-shows-cookie-wall = pagina { $url } arată numai o cerere de consimțământ („{ $said }”)
reason-no-address = sursa nu are nicio adresă: dați-i una sau puneți-o în pauză
reason-no-longer-feed = sursa nu mai este citită dintr-un flux
reason-stumbled = vesti nu a putut citi ce trimite site-ul din cauza unei erori a programului; jurnalul serverului spune mai mult

reason-bad-header = un antet conține semne pe care HTTP nu le permite
reason-given-up-after-attempts =
    { $count-form ->
        [one] s-a renunțat după o încercare: { $why }
        [few] s-a renunțat după { $count } încercări: { $why }
       *[other] s-a renunțat după { $count } de încercări: { $why }
    }
reason-given-up-after-days =
    { $count-form ->
        [one] s-a renunțat după o zi: { $why }
        [few] s-a renunțat după { $count } zile: { $why }
       *[other] s-a renunțat după { $count } de zile: { $why }
    }
reason-presumed = serviciul s-a oprit chiar la trimitere; se presupune că a ajuns
reason-left-after-backup = a plecat după ce s-a făcut copia de siguranță
reason-unknown-message = mesajul vine de la altă versiune și nu poate fi scris
reason-watch-gone = urmărirea a fost ștearsă
reason-no-service-told = urmărirea nu mai are webhook
reason-unknown-bulletin = conținutul vine de la altă versiune și nu poate fi citit
reason-bulletin-gone = conținutul nu mai este păstrat
reason-room-missing = lipsește camera sau tokenul de acces
reason-message-too-long = mesajul este prea lung
reason-secret-unreadable = secretul webhookului nu poate fi citit
reason-nobody-subscribed = nu mai este abonat nimeni la această adresă
reason-no-mail-server = nu este configurat niciun server de e-mail
reason-subscription-changed = abonamentul s-a schimbat între timp
reason-digest-gone = buletinul nu mai există
reason-mail-server-says = serverul de e-mail a răspuns: „{ $said }”
reason-mail-connection-lost = conexiunea cu serverul de e-mail s-a întrerupt („{ $said }”)
reason-letters-in-address = serverul de e-mail nu poate trimite la o adresă cu asemenea litere

remark-both = { $one }; { $other }
remark-feed-named = pagina indică acest flux
remark-feed-linked = pagina are un link la acest flux
remark-feed-usual = site-urile de acest fel își țin fluxul acolo
remark-posts-given = site-ul este făcut cu WordPress, care își dă articolele și programelor
remark-news-page-lists = pagina de știri le enumeră
remark-sitemap-named = robots.txt indică această hartă a site-ului
remark-sitemap-usual = harta site-ului le enumeră
remark-selectors-find =
    { $count-form ->
        [one] selectorii scriși de mână găsesc un anunț în pagină
        [few] selectorii scriși de mână găsesc { $count } anunțuri în pagină
       *[other] selectorii scriși de mână găsesc { $count } de anunțuri în pagină
    }
remark-page-lists =
    { $count-form ->
        [one] pagina enumeră un anunț
        [few] pagina enumeră { $count } anunțuri
       *[other] pagina enumeră { $count } de anunțuri
    }
remark-address-is = aceasta este chiar adresa: { $way }
remark-lists =
    { $count-form ->
        [one] enumeră un anunț
        [few] enumeră { $count } anunțuri
       *[other] enumeră { $count } de anunțuri
    }
remark-names =
    { $count-form ->
        [one] enumeră un anunț
        [few] enumeră { $count } anunțuri
       *[other] enumeră { $count } de anunțuri
    }
remark-has =
    { $count-form ->
        [one] conține un anunț
        [few] conține { $count } anunțuri
       *[other] conține { $count } de anunțuri
    }
remark-has-since =
    { $count-form ->
        [one] conține un anunț, din { $newest }
        [few] conține { $count } anunțuri, cel mai nou din { $newest }
       *[other] conține { $count } de anunțuri, cel mai nou din { $newest }
    }
remark-not-a-feed = nu este un flux
remark-not-posts = nu este o listă de articole
remark-names-none = nu conține niciun anunț
remark-failed = { $why }
remark-not-asked = nu s-a mai încercat: { $why }
remark-enough-asked = nu s-a mai încercat: s-au pus destule întrebări pentru o vizită
remark-found = s-a găsit cum poate fi citită sursa: { $way }, { $url } ({ $because })
remark-moved-for-good = s-a mutat definitiv la { $url }; de acum se citește de acolo
remark-no-longer-tells = nu mai arată ce este nou: { $old_way }, { $old_url }; de acum se citește altfel: { $way }, { $url }
remark-way-failed = nu a mai mers: { $old_way }, { $old_url } ({ $why }); de acum se citește altfel: { $way }, { $url }
remark-aside-strange =
    { $count-form ->
        [one] un anunț nou a fost pus deoparte, pentru că pare al altcuiva („{ $said }”); are domeniul alt proprietar?
        [few] { $count } anunțuri noi au fost puse deoparte, pentru că par ale altcuiva („{ $said }”); are domeniul alt proprietar?
       *[other] { $count } de anunțuri noi au fost puse deoparte, pentru că par ale altcuiva („{ $said }”); are domeniul alt proprietar?
    }
remark-aside-foreign =
    { $count-form ->
        [one] un anunț nou a fost pus deoparte, pentru că este în altă limbă ({ $language }); are domeniul alt proprietar?
        [few] { $count } anunțuri noi au fost puse deoparte, pentru că sunt în altă limbă ({ $language }); are domeniul alt proprietar?
       *[other] { $count } de anunțuri noi au fost puse deoparte, pentru că sunt în altă limbă ({ $language }); are domeniul alt proprietar?
    }
remark-aside-unlike =
    { $count-form ->
        [one] un anunț nou a fost pus deoparte, pentru că nu seamănă cu celelalte; are domeniul alt proprietar?
        [few] { $count } anunțuri noi au fost puse deoparte, pentru că nu seamănă cu celelalte; are domeniul alt proprietar?
       *[other] { $count } de anunțuri noi au fost puse deoparte, pentru că nu seamănă cu celelalte; are domeniul alt proprietar?
    }
remark-aside-fewer = lista are acum: { $count }; înainte: { $before }; dintre ele cunoscute: { $known }; anunțurile sunt puse deoparte până la următoarele vizite
remark-without-selectors = { $why }, așa că pagina a fost citită fără selectori
remark-push-missed = hubul nu a anunțat o noutate, așa că sursa este vizitată din nou în ritmul ei
remark-push-ended = hubul nu mai anunță noutățile, așa că sursa este vizitată din nou în ritmul ei
remark-push-silent = hubul nu a mai anunțat nimic de mult, așa că sursa este vizitată din nou în ritmul ei
remark-pushed = anunțat de hub
remark-pushed-reliably = anunțat de hub; de acum sursa este vizitată rar
remark-push-unreadable = hubul a trimis ceva ce nu se poate citi, așa că sursa este vizitată: { $why }
