# Почему что-то не удалось и что vesti заметил сам. Фразы начинаются со строчной буквы и не имеют точки в конце:
# они стоят отдельно или после двоеточия.

way-feed = RSS-лента
way-wordpress = интерфейс WordPress
way-sitemap = карта сайта
way-listing = страница со списком публикаций

reason-no-such-name = имя { $host } не найдено в интернете: в нём опечатка, срок домена истёк или у сервера vesti нет сети
reason-name-server-silent = имя { $host } не удаётся найти: сервер имён не отвечает или у сервера vesti нет сети
reason-leads-inside = { $host } ведёт на { $address } — адрес вне общедоступного интернета; администратор может разрешить его в crawler.allow_networks
reason-address-inside = адрес { $address } не относится к общедоступному интернету; администратор может разрешить его в crawler.allow_networks
reason-other-scheme = адрес начинается с «{ $scheme }:»; читаются только адреса http и https
reason-long-address = в адресе больше { $most } знаков
reason-other-port = порт { $port } принадлежит другой службе, а не сайту
reason-no-host = в адресе не назван сервер

reason-no-connection-in-time = не удалось соединиться с { $host } за { $time }; вероятно, сервер выключен
reason-no-connection = не удалось соединиться с { $host }
reason-refuses-connections = { $host } не принимает соединения; вероятно, сервер выключен
reason-connection-broken = { $host } оборвал соединение
reason-closed-silently = { $host } закрыл соединение, не ответив
reason-closed-halfway = { $host } закрыл соединение, не ответив до конца
reason-out-of-reach = { $host } отсюда недоступен
reason-connection-failed = соединение с { $host } прервалось до ответа
reason-no-http = { $host } отвечает чем-то, что не является веб-страницей (не соответствует HTTP)
reason-large-headers = { $host } присылает заголовки больше допустимого

reason-certificate-expired = срок действия сертификата сайта { $host } истёк; организации нужно его продлить
reason-certificate-not-yet = сертификат сайта { $host } ещё не действует
reason-certificate-of-another = { $host } показывает сертификат другого сайта
reason-certificate-untrusted = сертификат сайта { $host } выдан неизвестным центром (или сервер присылает его не полностью); стоит сообщить об этом организации
reason-certificate-revoked = сертификат сайта { $host } отозван
reason-certificate-bad = сертификат сайта { $host } недействителен
reason-no-tls = { $host } не поддерживает там защищённое соединение; возможно, адрес должен начинаться с http:
reason-old-tls = { $host } поддерживает только устаревшее защищённое соединение, которое больше не безопасно
reason-handshake-refused = { $host } отказал в защищённом соединении
reason-handshake-failed = защищённое соединение с { $host } не удалось

reason-no-answer = { $host } не ответил за { $time }
reason-no-whole-answer = { $host } не прислал ответ целиком за { $time }
reason-stalled = { $host } перестал передавать данные на { $time }
reason-looked-too-long = проверка заняла больше { $time }

reason-status =
    { $status ->
        [401] { $host } требует имя и пароль (401)
        [403] { $host } не даёт доступа (403)
        [404] по этому адресу на { $host } больше нет страницы (404)
        [500] на { $host } внутренняя ошибка (500)
        [502] на { $host } неполадки (502)
        [503] { $host } сейчас недоступен (503)
        [504] на { $host } неполадки, он отвечает слишком поздно (504)
       *[other] { $host } отвечает ошибкой { $status }
    }
reason-gone-for-good = { $host } сообщает, что страница удалена навсегда (410)
reason-never-fetched = { $host } отвечает «не изменилось» о документе, который ни разу не читали
reason-asks-for-less = { $host } просит приходить реже ({ $status })
reason-busy = { $host } перегружен и просит прийти позже ({ $status })
reason-answered = { $why }; его ответ: «{ $said }»

reason-robots-status = robots.txt на { $host } не читается (ошибка { $status }), поэтому пока там ничего не посещается
reason-robots-forbids = { $host } в своём robots.txt не разрешает { $agent } читать { $path }; организация может это изменить
reason-robots-unreadable = robots.txt не читается: { $why }

reason-many-redirects = { $host } перенаправляет слишком много раз (больше { $most })
reason-redirect-nowhere = { $host } перенаправляет, не говоря куда ({ $status })
reason-redirect-to-no-address = { $host } перенаправляет на «{ $said }», а это не адрес
reason-redirect-circle = { $host } перенаправляет по кругу; возможно, ему нужен файл cookie или вход

reason-too-large = документ больше { $size }; администратор может поднять предел (crawler.max_body)
reason-unknown-packing = документ сжат способом «{ $said }», о котором никто не просил
reason-packed-too-often = документ сжат больше { $most } раз подряд
reason-damaged = документ не удаётся распаковать: он повреждён или неполон
reason-broke-off = { $host } оборвал передачу на середине документа

reason-empty-feed = лента { $url } пуста
reason-page-for-feed = по адресу { $url } находится веб-страница, а не лента; найдите адрес ленты
reason-no-feed = по адресу { $url } находится что-то другое, а не лента RSS, Atom или JSON Feed
reason-cut-feed = лента { $url } обрывается раньше, чем заканчивается первая публикация
reason-no-posts = то, что WordPress присылает с { $url }, не читается как список записей
reason-sitemap-of-sitemaps = в карте сайта { $url } названы только другие карты
reason-no-sitemap = по адресу { $url } нет карты сайта
reason-damaged-sitemap = карта сайта { $url } сжата и повреждена
reason-large-sitemap = карта сайта { $url } больше 50 МБ
reason-empty-sitemap = в карте сайта { $url } нет ни одной публикации
reason-nothing-listed = на странице { $url } нет списка публикаций
reason-nothing-selected = на странице { $url } нет списка публикаций и без заданных вручную селекторов ({ $why })
reason-selectors-find-nothing = заданные вручную селекторы больше ничего не находят
reason-bad-selector = селектор { $name } («{ $said }») — неправильный селектор CSS
reason-idle-selector = селектору { $name } («{ $said }») на странице ничего не соответствует
reason-nothing-found = ни на { $url }, ни по обычным адресам не найдено ленты, а на странице нет списка публикаций; укажите адрес страницы новостей
reason-emptied =
    { $count-form ->
        [one] { $why }, хотя раньше была { $count } публикация; возможно, сайт переделали
        [few] { $why }, хотя раньше было { $count } публикации; возможно, сайт переделали
       *[other] { $why }, хотя раньше было { $count } публикаций; возможно, сайт переделали
    }
reason-shows-error = страница { $url } показывает ошибку или объявление о неполадках («{ $said }»)
reason-shows-parking = страница { $url } показывает, что домен продаётся или не используется («{ $said }»)
reason-shows-bot-wall = страница { $url } требует доказать, что посетитель не робот («{ $said }»)
reason-shows-cookie-wall = страница { $url } показывает только запрос согласия («{ $said }»)
reason-no-address = у источника нет адреса: укажите его или приостановите источник
reason-no-longer-feed = источник больше не читается из ленты
reason-stumbled = vesti не смог прочесть присланное сайтом из-за ошибки программы; подробности — в журнале сервера

reason-bad-header = в заголовке есть знаки, которых HTTP не допускает
reason-given-up-after-attempts =
    { $count-form ->
        [one] отправка прекращена после { $count } попытки: { $why }
       *[other] отправка прекращена после { $count } попыток: { $why }
    }
reason-given-up-after-days =
    { $count-form ->
        [one] отправка прекращена через { $count } день: { $why }
        [few] отправка прекращена через { $count } дня: { $why }
       *[other] отправка прекращена через { $count } дней: { $why }
    }
reason-presumed = служба остановилась в самый момент отправки; считается доставленным
reason-left-after-backup = отправлено после создания резервной копии
reason-unknown-message = сообщение создано другой версией, его нельзя составить
reason-watch-gone = наблюдение удалено
reason-no-service-told = у наблюдения больше нет вебхука
reason-unknown-bulletin = содержание создано другой версией, его нельзя прочесть
reason-bulletin-gone = содержание больше не хранится
reason-room-missing = не указана комната или токен доступа
reason-message-too-long = сообщение слишком длинное
reason-secret-unreadable = секрет вебхука не читается
reason-nobody-subscribed = по этому адресу больше нет подписчика
reason-no-mail-server = почтовый сервер не настроен
reason-subscription-changed = подписка за это время изменилась
reason-digest-gone = дайджеста больше нет
reason-mail-server-says = почтовый сервер ответил: «{ $said }»
reason-mail-connection-lost = соединение с почтовым сервером прервалось («{ $said }»)
reason-letters-in-address = почтовый сервер не может отправлять на адрес с такими буквами

remark-both = { $one }; { $other }
remark-feed-named = страница указывает эту ленту
remark-feed-linked = на странице есть ссылка на эту ленту
remark-feed-usual = сайты такого типа держат ленту там
remark-posts-given = сайт сделан на WordPress, который отдаёт записи и программам
remark-news-page-lists = их перечисляет страница новостей
remark-sitemap-named = эту карту сайта указывает robots.txt
remark-sitemap-usual = их перечисляет карта сайта
remark-selectors-find =
    { $count-form ->
        [one] заданные вручную селекторы находят на странице { $count } публикацию
        [few] заданные вручную селекторы находят на странице { $count } публикации
       *[other] заданные вручную селекторы находят на странице { $count } публикаций
    }
remark-page-lists =
    { $count-form ->
        [one] на странице перечислена { $count } публикация
        [few] на странице перечислены { $count } публикации
       *[other] на странице перечислено { $count } публикаций
    }
remark-address-is = это и есть сам адрес: { $way }
remark-lists =
    { $count-form ->
        [one] в списке { $count } публикация
        [few] в списке { $count } публикации
       *[other] в списке { $count } публикаций
    }
remark-names =
    { $count-form ->
        [one] в карте { $count } публикация
        [few] в карте { $count } публикации
       *[other] в карте { $count } публикаций
    }
remark-has =
    { $count-form ->
        [one] содержит { $count } публикацию
        [few] содержит { $count } публикации
       *[other] содержит { $count } публикаций
    }
remark-has-since =
    { $count-form ->
        [one] содержит { $count } публикацию, от { $newest }
        [few] содержит { $count } публикации, последняя от { $newest }
       *[other] содержит { $count } публикаций, последняя от { $newest }
    }
remark-not-a-feed = это не лента
remark-not-posts = это не список записей
remark-names-none = здесь нет ни одной публикации
remark-failed = { $why }
remark-not-asked = больше не запрашивалось: { $why }
remark-enough-asked = больше не запрашивалось: для одного посещения вопросов достаточно
remark-found = найдено, как читать источник: { $way }, { $url } ({ $because })
remark-moved-for-good = источник навсегда переехал на { $url }; теперь он читается оттуда
remark-no-longer-tells = больше не показывает нового: { $old_way }, { $old_url }; теперь источник читается иначе: { $way }, { $url }
remark-way-failed = больше не читается: { $old_way }, { $old_url } ({ $why }); теперь источник читается иначе: { $way }, { $url }
remark-aside-strange =
    { $count-form ->
        [one] { $count } новая публикация отложена, потому что похожа на чужую («{ $said }»); нет ли у домена другого владельца?
        [few] { $count } новые публикации отложены, потому что похожи на чужие («{ $said }»); нет ли у домена другого владельца?
       *[other] { $count } новых публикаций отложено, потому что они похожи на чужие («{ $said }»); нет ли у домена другого владельца?
    }
remark-aside-foreign =
    { $count-form ->
        [one] { $count } новая публикация отложена, потому что она на другом языке ({ $language }); нет ли у домена другого владельца?
        [few] { $count } новые публикации отложены, потому что они на другом языке ({ $language }); нет ли у домена другого владельца?
       *[other] { $count } новых публикаций отложено, потому что они на другом языке ({ $language }); нет ли у домена другого владельца?
    }
remark-aside-unlike =
    { $count-form ->
        [one] { $count } новая публикация отложена, потому что не похожа на прежние; нет ли у домена другого владельца?
        [few] { $count } новые публикации отложены, потому что не похожи на прежние; нет ли у домена другого владельца?
       *[other] { $count } новых публикаций отложено, потому что они не похожи на прежние; нет ли у домена другого владельца?
    }
remark-aside-fewer = в списке теперь: { $count }; раньше: { $before }; из них известно: { $known }; публикации отложены до следующих посещений
remark-without-selectors = { $why }, поэтому страница прочитана без селекторов
remark-push-missed = хаб не сообщил о новой публикации, поэтому источник снова посещается в своём ритме
remark-push-ended = хаб больше не сообщает о новом, поэтому источник снова посещается в своём ритме
remark-push-silent = хаб давно ни о чём не сообщал, поэтому источник снова посещается в своём ритме
remark-pushed = сообщил хаб
remark-pushed-reliably = сообщил хаб; теперь источник посещается редко
remark-push-unreadable = хаб прислал что-то, что не удаётся прочесть, поэтому источник посещается: { $why }
