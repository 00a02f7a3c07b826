# Русский

locale = ru_RU
skip = Перейти к содержанию
nav-label = Главное меню
nav-search = Поиск
nav-calls = Конкурсы проектов
nav-events = Мероприятия
nav-topics = Темы
nav-countries = Страны
nav-sources = Источники
nav-digests = Дайджесты
nav-api = API
nav-calendar = Календарь
nav-opml = Источники (OPML)
nav-apps = Приложения для чтения
nav-privacy = Конфиденциальность
nav-accessibility = Доступность
languages-label = Язык
foot-note = Тексты принадлежат их авторам; у каждой публикации есть ссылка на оригинал. Никакого отслеживания, ничего не загружается с других сайтов.
site-description = { $site }: новости и объявления социальной сферы Румынии, Латвии и Молдовы
feed-description = Новости и объявления, которые собирает { $site }
quoted = «{ $text }»

intro-heading = Что нового в социальной сфере
intro = Новости, конкурсы проектов и мероприятия неправительственных организаций и органов власти Румынии, Латвии и Молдовы. Ищите на своём языке: найдутся и публикации на румынском, латышском, русском и английском.
search-label = Поиск по публикациям
search-button = Найти
search-more = Даты и сроки
field-from = С
field-to = По
field-sort = Порядок
field-deadline = Только публикации, срок подачи в которых не истёк
field-event = Только мероприятия, которые ещё не закончились
date-hint = Дата, например 2026-11-21, или сколько времени назад: 7d (дни), 2w (недели), 3m (месяцы), 1y (годы)
since-7d = За 7 дней
since-1m = За месяц
since-3m = За 3 месяца
since-1y = За год
sort-relevance = Сначала самые подходящие
sort-date = Сначала новые
sort-deadline = Сначала ближайший срок
sort-event = Сначала ближайшее мероприятие
chips-label = Выбранные фильтры
chip-remove = Убрать фильтр:
chips-clear = Убрать все фильтры
filter-from = с { $date }
filter-to = по { $date }
filter-deadline = срок подачи не истёк
filter-event = предстоящее мероприятие

latest = Новые публикации
results =
    { $count ->
        [one] { $shown } результат
        [few] { $shown } результата
       *[many] { $shown } результатов
    }
items-count =
    { $count ->
        [one] { $shown } публикация
        [few] { $shown } публикации
       *[many] { $shown } публикаций
    }
sources-count =
    { $count ->
        [one] { $shown } источник
        [few] { $shown } источника
       *[many] { $shown } источников
    }
also-sources =
    { $count ->
        [one] О том же ещё { $shown } публикация
        [few] О том же ещё { $shown } публикации
       *[many] О том же ещё { $shown } публикаций
    }
also-carried = Также опубликовали: { $sources }
did-you-mean = Возможно, вы имели в виду:
searched-instead = По вашему запросу ничего не найдено; показаны результаты для запроса:
partial = Все эти слова есть лишь в немногих публикациях; за ними следуют те, где есть часть слов.
expanded = Также искали:
expanded-typed = Вы набрали
typed-only = Искали только набранные слова.
cross-off = Искать только набранные слова
cross-on = Искать и на других языках
empty-heading = Ничего не найдено.
empty-start = Источники сейчас читаются; публикации появятся здесь, как только будут найдены.
empty-words = Попробуйте указать меньше слов или более общие слова.
empty-all = Посмотреть новые публикации
paging-label = Страницы
paging-first = Назад к началу
paging-next = Следующая страница
paging-later = следующие страницы
timeline-heading = Результаты по неделям
timeline-list = Список недель
timeline-earlier =
    { $count ->
        [one] Ранее: { $shown } результат
        [few] Ранее: { $shown } результата
       *[many] Ранее: { $shown } результатов
    }
timeline-later =
    { $count ->
        [one] Позднее: { $shown } результат
        [few] Позднее: { $shown } результата
       *[many] Позднее: { $shown } результатов
    }
calls-intro = Конкурсы проектов, на которые ещё можно подать заявку, в порядке сроков подачи.
calls-empty = Сейчас нет открытых конкурсов проектов.
calls-others = Другие публикации, срок подачи в которых не истёк:
calls-count =
    { $count ->
        [one] { $shown } открытый конкурс
        [few] { $shown } открытых конкурса
       *[many] { $shown } открытых конкурсов
    }
events-intro = Предстоящие конференции, курсы, встречи и другие мероприятия в порядке дат.
events-empty = Предстоящие мероприятия пока не объявлены.
span-week = В ближайшие 7 дней
span-month = В ближайшие 30 дней
span-later = Позднее
see-all-calls = Все открытые конкурсы проектов
see-all-events = Все мероприятия
countries-intro = Страны организаций, чьи публикации собраны здесь.
filters-heading = Фильтры
facet-show-more = Ещё
facet-lang = Язык
facet-country = Страна
facet-source = Источник
facet-role = Тип организации
facet-topic = Тема
facet-kind = Вид публикации
subscribe-heading = Подписка
subscribe-hint = Добавьте эту страницу в программу для чтения RSS-лент или в календарь: новое будет появляться там само.
subscribe-calendar = Календарь
subscribe-digest = Дайджест
see-all = Все публикации, с фильтрами

date-unknown = дата неизвестна
deadline-label = Срок подачи:
deadline-past = истёк
deadline-today = истекает сегодня
deadline-in-days =
    { $count ->
        [one] остался { $shown } день
        [few] осталось { $shown } дня
       *[many] осталось { $shown } дней
    }
event-label = Когда:
withdrawn = Источник отозвал эту публикацию { $date }.
read-original = Читать оригинал
files-heading = Файлы
file-text = Текст файла
file-pending = (ещё не прочитан)
file-scanned = (скан без текста)
file-unreadable = (не удаётся прочитать)
copies-heading = О том же в других публикациях
newer-version = Источник опубликовал более новую версию:
easy-heading = На лёгком языке
plain-heading = Полный текст
versions-heading = Прежние версии
version-heading = Версия { $number }, до { $date }
version-alike = Заголовок и текст не изменились.
version-same =
    { $count ->
        [one] … { $shown } абзац без изменений …
        [few] … { $shown } абзаца без изменений …
       *[many] … { $shown } абзацев без изменений …
    }
change-removed = Удалено:
change-added = Добавлено:
about-heading = Сведения
fact-source = Источник
fact-country = Страна
fact-language = Язык
fact-author = Автор
fact-published = Опубликовано
fact-updated = Изменено
fact-first-seen = Появилось здесь
fact-data = Для программ
table-scrolls = Таблица, которую можно прокрутить вбок

sources-intro = Организации, органы власти и СМИ, чьи публикации собираются здесь.
sources-opml = Список в файле OPML
sources-search = Найти организацию
sources-none = Пока не добавлено ни одного источника.
source-visit = Открыть сайт
source-feed = RSS-лента источника
source-empty = Из этого источника ещё ничего не прочитано.
topics-intro = О чём говорится в публикациях. У каждой темы есть названия на четырёх языках; у публикации может быть несколько тем.
topic-broader = Более широкая тема:
topic-narrower = Более узкие темы:
topic-names = Названия
topic-empty = Публикаций на эту тему пока нет.
digests-intro = Дайджест собирает публикации за день, неделю или месяц. Его можно читать здесь или добавить в программу для чтения RSS-лент.
digests-none = Пока не создано ни одного дайджеста.
digest-search = Искать с теми же фильтрами
digest-subscribe = Подписаться на этот дайджест
digest-archive = Выпуски
digest-empty = Первый выпуск ещё не вышел.
search-digest-title = Дайджест: { $search }
search-digest-intro = Всё новое, что находит этот поиск, собирается в выпуски. Выберите, как часто им выходить, и добавьте дайджест в программу для чтения RSS-лент.
search-digest-form = Настройки дайджеста
search-digest-period = Как часто
search-digest-hour = В котором часу
search-digest-weekday = В какой день (если он выходит каждую неделю)
search-digest-group = Группировать
search-digest-show = Показать дайджест
search-digest-empty = В последнее время этот поиск ничего нового не нашёл.
search-digest-older = Более ранние выпуски
digest-by-kind = по виду публикации
digest-by-topic = по теме
digest-by-country = по стране
weekday-monday = понедельник
weekday-tuesday = вторник
weekday-wednesday = среда
weekday-thursday = четверг
weekday-friday = пятница
weekday-saturday = суббота
weekday-sunday = воскресенье

apps-intro = Читайте на телефоне или компьютере в приложении, которое вам нравится. Что прочитано и что отмечено звёздочкой, будет видно на всех ваших устройствах.
apps-make-heading = Получите данные для входа
apps-make-hint = Не нужны ни ваше имя, ни адрес электронной почты: сервис сам придумывает имя пользователя и пароль. Под этим именем он хранит, что вы прочитали, что отметили звёздочкой и как разложили ленты, но ничего о том, кто вы. Данные для входа удаляются, если ими не пользовались год или ни разу за первый месяц.
apps-make-button = Создать данные для входа
apps-made-heading = Ваши данные для входа
apps-made-hint = Пароль показывается только один раз: введите его в приложении сейчас или запишите. Заглавные буквы и дефисы в пароле не важны.
apps-name = Имя пользователя
apps-password = Пароль
apps-address-heading = Введите их в приложении
apps-address-hint = Добавьте в приложении учётную запись, выберите её тип и введите адрес:
apps-freshrss = { $apps }: учётная запись типа «FreshRSS»
apps-miniflux = Другие приложения: учётная запись типа «Google Reader API» или «Miniflux (Google Reader API)»
apps-see-heading = Что вы там найдёте
apps-see = Каждый источник — лента в папке своей страны; у дайджестов своя папка. Самые широкие темы показаны как метки. В приложении ленты можно переименовывать, перекладывать в другие папки и отписываться от них; новые источники добавляют те, кто поддерживает этот сервис. То, чему к началу чтения больше двух недель, считается прочитанным.
apps-without-heading = Без данных для входа
apps-without = Почти любое приложение может импортировать источники и просто списком. Тогда приложение само обращается к каждому источнику, а сведения о прочитанном остаются в приложении.
apps-opml-country = Источники по странам (OPML)
apps-opml-topic = Источники по темам (OPML)
apps-delete-heading = Удалить данные для входа
apps-delete-hint = Всё, что с ними связано, удаляется сразу и навсегда.
apps-delete-button = Удалить данные для входа
apps-deleted = Данные для входа и всё, что было с ними связано, удалены.
apps-unknown = Данных для входа с таким именем и паролем нет. Ничего не удалено.

api-title = API
api-intro = Всё, что есть на этих страницах, могут читать и программы: как JSON, как ленты и как календарь. Ключ не нужен.
api-openapi = Описание OpenAPI
api-try = Примеры
api-example-search = Поиск: публикации на всех языках
api-example-calls = Открытые конкурсы проектов, сначала ближайший срок
api-example-sources = Источники
api-example-topics = Темы и их названия на всех языках
api-example-digests = Дайджесты и их ленты
api-example-feed = Любой поиск в виде ленты
api-example-calendar = Сроки подачи и мероприятия любого поиска
api-parameters = Параметры
api-parameters-hint = Одни и те же для поиска, лент и календаря.
api-q = слова, "фразы", -без, OR, (…), title:…, source:…, начало*
api-filters = фильтры; чтобы сказать «или», повторите параметр
api-dates = даты (2026-11-21) или промежутки (7d, 2w, 3m, 1y)
api-deadline = open: только публикации, срок подачи в которых не истёк
api-event = coming: только мероприятия, которые ещё не закончились
api-cross = 0: без слов на других языках
api-sort = relevance, date, deadline или event
api-paging = размер страницы (20, не больше 100) и next_cursor предыдущей страницы
api-ui = язык подписей: ro, lv, ru, en
api-lists = Списки
api-lists-text = В каждом списке есть поля items и next_cursor. Для следующей страницы передайте next_cursor как cursor; на последней он равен null.
api-caching = Повторные запросы
api-caching-text = У каждого ответа есть ETag. Отправьте его в If-None-Match: пока ничего не изменилось, ответом будет 304 без тела.
api-errors = Ошибки
api-errors-text = Ошибка — это документ о проблеме (RFC 9457) с полями type, title, status и detail. При неверном значении поле parameter называет параметр.
api-errors-bad = У названного параметра недопустимое значение, или он указан слишком много раз; detail говорит, как было бы правильно.
api-curl = Команда
api-answer = Что приходит в ответ
api-answer-text = Так сервис прямо сейчас отвечает на первый пример, сокращённо: один результат и по два значения каждого списка.
api-next = Адрес следующей страницы есть и в заголовке Link, с rel="next". Ничто не пропускается и не повторяется, пока поступают новые публикации, а limit может меняться от страницы к странице.
api-conditional = Пока ничего не изменилось
api-limits = Ограничения
api-limits-text = Запросы с одного адреса считаются; сейчас предел — { $limit }. Ни один читатель до него не дойдёт, даже целый класс за одним адресом. RateLimit и RateLimit-Policy в каждом ответе (и прежние X-RateLimit-Limit, -Remaining и -Reset) говорят, сколько осталось. Кто запрашивает слишком много, получает 429 и в Retry-After — сколько секунд подождать.
api-limits-none = Запросы с одного адреса сейчас не ограничены. И всё же будьте бережны: сохраняйте ответы и спрашивайте снова с их ETag.
api-cors = Со страниц других сайтов
api-cors-text = API, ленты и календарь могут читать скрипты любого сайта (CORS); названные здесь заголовки им видны. Возможно только чтение.
api-feeds = Ленты и календарь
api-feeds-text = Любой поиск — это ещё и лента, и календарь с теми же параметрами; каждый дайджест — лента с одной записью за период.
api-stability = На что можно положиться
api-stability-text = В /api/v1 имена только добавляются. То, что есть в описании, сохраняет имя, тип и смысл; незнакомые поля пропускайте. Идентификаторы и адреса публикаций, источников и тем не меняются никогда.

error-bad-title = Непонятное значение
error-bad-way-on = Искать без этого значения
error-not-found-title = Страница не найдена
error-not-found = По этому адресу ничего нет. Возможно, страницу перенесли или адрес набран с ошибкой.
error-method-title = Здесь этого сделать нельзя
error-method = Этот адрес можно только читать (GET или HEAD).
error-cursor-title = Такой страницы больше нет
error-cursor = Курсор относится к другому поиску, или место, на которое он указывал, исчезло. Начните сначала без него.
error-too-long-title = Слишком длинный адрес
error-too-long = Сократите запрос или уберите часть фильтров.
error-too-large-title = Отправлено слишком много
error-too-large = Отправлено больше, чем помещается в формы этого сервиса, или отправка прервалась. Сократите введённое и попробуйте ещё раз.
error-foreign-title = Форма не принята
error-foreign = Её отправила не страница этого сервиса, или браузер не сообщает, какая страница её отправила. Откройте форму на этом сайте и отправьте её ещё раз.
error-too-many-title = Слишком много запросов
error-too-many =
    { $count ->
        [one] С вашего адреса пришло больше запросов, чем нужно одному читателю. Подождите { $shown } секунду и продолжайте медленнее.
        [few] С вашего адреса пришло больше запросов, чем нужно одному читателю. Подождите { $shown } секунды и продолжайте медленнее.
       *[other] С вашего адреса пришло больше запросов, чем нужно одному читателю. Подождите { $shown } секунд и продолжайте медленнее.
    }
error-busy-title = Сейчас слишком много запросов
error-busy = Одновременно пришло слишком много запросов. Попробуйте снова через несколько секунд.
error-internal-title = Что-то пошло не так
error-internal = Ошибка на нашей стороне, она зарегистрирована. Попробуйте снова через минуту.
error-home = К странице поиска
error-contact = Если это повторяется, сообщите нам:

privacy-title = Конфиденциальность
accessibility-title = Заявление о доступности

bad-lang = «{ $value }» — не код языка, например ro, lv, ru или en.
bad-country = «{ $value }» — не код страны, например RO, LV, MD или EU.
bad-source = «{ $value }» — не идентификатор источника.
bad-topic = «{ $value }» — не идентификатор темы.
bad-role = «{ $value }» — не одно из значений founder, member, partner, authority, media, eu.
bad-kind = «{ $value }» — не одно из значений news, call, event, vacancy, tender, consultation, report, other.
bad-from = «{ $value }» — не дата, например 2026-11-21, и не промежуток, например 7d, 2w, 3m или 1y.
bad-to = «{ $value }» — не дата, например 2026-11-21, и не промежуток, например 7d, 2w, 3m или 1y.
bad-deadline = «{ $value }» — не «open».
bad-event = «{ $value }» — не «coming».
bad-cross = «{ $value }» — не 0 и не 1.
bad-sort = «{ $value }» — не одно из значений relevance, date, deadline, event.
bad-limit = «{ $value }» — не число от 1 до 100.
bad-cursor = Это не курсор одной из прежних страниц; начните заново без него.
bad-ui = «{ $value }» — не одно из значений ro, lv, ru, en.
bad-alarm = «{ $value }» — не «none» и не промежуток до одного года, например 2h, 3d или 1w.
bad-period = «{ $value }» — не одно из значений hourly, daily, weekly, monthly.
bad-hour = «{ $value }» — не час от 0 до 23.
bad-weekday = «{ $value }» — не день недели, например monday.
bad-tz = «{ $value }» — не часовой пояс, например Europe/Chisinau.
bad-group = «{ $value }» — не одно из значений kind, topic, country.
bad-content = «{ $value }» — не «full» и не «excerpt».
bad-archive = «{ $value }» — не прошедший месяц, например 2026-10, и не прошедший день, например 2026-11-20.
bad-value = «{ $value }» нельзя понять как значение { $parameter }.
bad-too-many = «{ $parameter }» встречается слишком много раз.

kind-news = Новость
kind-call = Конкурс проектов
kind-event = Мероприятие
kind-vacancy = Вакансия
kind-tender = Закупка
kind-consultation = Общественные консультации
kind-report = Отчёт
kind-other = Другое
role-founder = учредитель
role-member = член сети
role-partner = партнёр
role-authority = орган власти
role-media = СМИ
role-eu = учреждение или сеть ЕС
phase-new = ещё не читался
phase-healthy = работает
phase-failing = сейчас недоступен
phase-silent = новостей нет дольше обычного
phase-gone = больше не существует
phase-paused = приостановлен
period-at-once = как только появится новое
period-hourly = каждый час
period-daily = каждый день
period-weekly = каждую неделю
period-monthly = каждый месяц

lang-ro = румынский
lang-lv = латышский
lang-ru = русский
lang-en = английский
lang-uk = украинский
lang-lt = литовский
lang-et = эстонский
lang-pl = польский
lang-bg = болгарский
lang-de = немецкий
lang-fr = французский
lang-it = итальянский
lang-es = испанский
lang-hu = венгерский
lang-tr = турецкий
country-RO = Румыния
country-LV = Латвия
country-MD = Молдова
country-EU = Европейский союз
country-UA = Украина
country-LT = Литва
country-EE = Эстония
country-BG = Болгария
country-PL = Польша
country-DE = Германия
country-BE = Бельгия
country-FR = Франция
country-GB = Великобритания

month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-1-alone = январь
month-2-alone = февраль
month-3-alone = март
month-4-alone = апрель
month-5-alone = май
month-6-alone = июнь
month-7-alone = июль
month-8-alone = август
month-9-alone = сентябрь
month-10-alone = октябрь
month-11-alone = ноябрь
month-12-alone = декабрь

## По почте
subscribe-mail = Эл. почта
mail-title = Подписка по электронной почте
mail-lead = Новые публикации будут приходить на вашу почту. Письма — на языке этой страницы, сами публикации — на языке источника. Сначала придёт письмо с просьбой подтвердить подписку.
mail-what = Подписка
mail-address = Адрес электронной почты
mail-address-missing = Укажите адрес электронной почты, на который присылать письма.
mail-address-bad = «{ $value }» — не адрес электронной почты. Напишите его полностью, например name@example.org.
mail-pace = Как часто
mail-trap = Оставьте это поле пустым
mail-submit = Подписаться
mail-promise = Адрес используется только для этих писем. В каждом есть ссылка, чтобы отписаться; вместе с последней подпиской удаляется и адрес.
mail-sent-title = Подтвердите, пожалуйста
mail-sent = Письмо на адрес { $address } уже в пути. Откройте в нём ссылку, чтобы подтвердить подписку.
mail-sent-else = До этого больше ничего не присылается; без подтверждения адрес через семь дней удаляется. Если письмо не придёт в течение часа, поищите его в папке «Спам». Если подписка уже подтверждена, в письме об этом сказано.
mail-confirm-title = Подтверждение подписки
mail-confirm-lead = Нажмите кнопку, и новые публикации будут приходить на вашу почту.
mail-confirm-do = Подтвердить
mail-confirmed-title = Подписка действует
mail-confirmed = Теперь новые публикации будут приходить на вашу почту. В каждом письме есть ссылка, чтобы отписаться.
mail-manage-title = Ваши подписки
mail-manage-lead = Здесь показано, что присылается на { $address } и что хранится об этом адресе.
mail-asked = запрошена { $date }
mail-state-asked = ещё не подтверждена
mail-state-active = действует
mail-state-refused = остановлена, так как адрес не принимал письма
mail-language = Язык писем
mail-language-do = Сохранить язык
mail-data = Ваши данные
mail-export = Скачать хранимые данные (JSON)
mail-end-all = Прекратить все подписки и удалить адрес
mail-end-title = Отказ от подписки
mail-end-lead = Нажмите кнопку, и эти письма больше не будут приходить.
mail-end-do = Отписаться
mail-ended-title = Вы отписались
mail-ended = Этих писем больше не будет. Подписка удалена.
mail-ended-all = Писем больше не будет. Все подписки и адрес удалены.
mail-gone-title = Такой подписки нет
mail-gone = Ссылка больше не действует: подписка прекращена или не была подтверждена в течение семи дней. Подписаться заново можно в любое время.

nav-login = Для сотрудников
nav-monitor = Мониторинг
error-sign-in-title = Нужно войти
error-sign-in = Эта часть — для тех, кто вошёл. Программы передают токен или ключ в заголовке Authorization.
error-not-allowed-title = На это нет прав
error-not-allowed = У вашей учётной записи нет нужной роли. Обратитесь к администратору этого сайта.
login-name = Имя пользователя
login-password = Пароль
login-do = Войти
login-wrong = Имя или пароль не подходят. Проверьте их и попробуйте ещё раз.
login-forgotten = Забыли пароль? Администратор может дать ссылку для входа, которая действует один раз.
login-key-heading = Для участников
login-key-lead = Эти страницы — для участников сети. Введите ключ, который вы получили.
login-key = Ключ
login-key-do = Продолжить
login-key-wrong = Этот ключ не подходит. Проверьте его или попросите другой у тех, кто его дал.
login-staff-heading = Для сотрудников
login-once-title = Вход
login-once-lead = Эта ссылка действует один раз. Нажмите кнопку, чтобы войти.
login-once-gone = Эта ссылка уже использована или устарела. Попросите новую.
desk-who = Учётная запись: { $name }
desk-sign-out = Выйти
desk-save = Сохранить
desk-account = Моя учётная запись
desk-staff = Сотрудники
desk-keys = Ключи участников
desk-audit = Журнал изменений
staff-role = Роль
staff-role-viewer = просмотр
staff-role-editor = редактирование
staff-role-admin = администрирование
staff-roles-hint = Просмотр: видно состояние источников. Редактирование: ещё и управление источниками и наблюдениями. Администрирование: ещё и управление сотрудниками и ключами.
staff-mail = Адрес электронной почты (необязательно)
staff-me = ваша учётная запись
staff-used = последний вход: { $date }
staff-never = входов ещё не было
staff-add-heading = Добавить сотрудника
staff-add-do = Добавить
staff-added = Учётная запись «{ $name }» создана.
staff-changed = Учётная запись «{ $name }» изменена.
staff-removed = Учётная запись «{ $name }» удалена.
staff-remove-do = Удалить
staff-taken = Это имя уже занято. Выберите другое.
staff-bad-name = В имени от 1 до 40 букв, цифр или знаков . - _ @, без пробелов.
staff-bad-mail = Это не адрес электронной почты. Проверьте его.
staff-last-admin = Ничего не изменено: должен остаться хотя бы один администратор.
staff-link-heading = Ссылка для входа: { $name }
staff-link-hint = Скопируйте её сейчас и отправьте этому человеку: больше она показана не будет. Она действует один раз, в течение трёх дней.
staff-link-do = Ссылка для входа
account-password = Пароль
account-password-hint =
    { $count ->
        [one] Не меньше { $shown } символа; лучше всего несколько своих слов. После смены нужно будет войти заново везде.
        [few] Не меньше { $shown } символов; лучше всего несколько своих слов. После смены нужно будет войти заново везде.
       *[many] Не меньше { $shown } символов; лучше всего несколько своих слов. После смены нужно будет войти заново везде.
    }
account-old = Нынешний пароль
account-new = Новый пароль
account-again = Новый пароль ещё раз
account-password-do = Сменить пароль
account-not-alike = Новые пароли не совпадают.
account-wrong = Нынешний пароль введён неверно.
account-too-short = Пароль слишком короткий.
account-too-long = Пароль слишком длинный.
account-too-common = Такой пароль любой попробует одним из первых. Выберите несколько своих слов.
account-sessions = Открытые сеансы
account-browser-unknown = неизвестный браузер
account-since = с { $date }
account-used = последнее использование: { $date }
account-unused = ещё не использовалось
account-this = этот браузер
account-end = Завершить
account-revoke = Отозвать
account-ended = Готово: больше не действует.
account-tokens = Токены для программ
account-tokens-lead = С токеном программа пользуется API от вашего имени.
account-token-made = Скопируйте токен сейчас: больше он показан не будет.
account-token-label = Для чего он
account-token-role = Что ему можно
account-token-do = Создать токен
account-token-unnamed = Напишите, для чего нужен токен.
account-token-many = У вас уже слишком много токенов. Отзовите ненужные.
keys-lead = Страницы и ленты закрыты: их открывает ключ или вход. Дайте один ключ всей сети или каждому подписчику свой; каждый можно отозвать, не трогая остальных.
keys-open = Страницы открыты для всех, поэтому ключи никому не нужны. Чтобы закрыть их, запишите строку members = "closed" в раздел [access] файла vesti.toml.
keys-made-heading = Новый ключ
keys-made = Скопируйте его сейчас: больше он показан не будет. По любому из этих адресов можно войти, ничего не вводя.
keys-page = Адрес страниц
keys-feed = Адрес RSS-ленты
keys-make-heading = Ещё один ключ
keys-label = Для кого он
keys-make-do = Создать ключ
keys-unnamed = Напишите, для кого ключ.
keys-revoked = Ключ отозван.
audit-by-link = по ссылке
audit-lead = Кто из сотрудников что изменил. Записи хранятся два года.
audit-when = Когда
audit-who = Кто
audit-what = Что
audit-about = О чём
audit-older = Раньше
did-signed-in = вход
did-sign-in-failed = неудачная попытка входа
did-staff-added = добавлена учётная запись
did-staff-changed = изменена учётная запись
did-password-set = задан пароль
did-staff-removed = удалена учётная запись
did-link-made = создана ссылка для входа
did-token-made = создан токен
did-pass-ended = завершён сеанс или отозван токен
did-key-made = создан ключ участников
did-key-revoked = отозван ключ участников
did-way-undone = отменена смена способа чтения
did-looked-again = запрошен новый поиск способа чтения
did-trusted = подтверждено, что это тексты самого источника
did-deeds-confirmed = подтверждено сделанное vesti

need-label = Состояние источников
need-needs = Требуют внимания
need-act = нужно действие
need-watch = присмотреть
need-note = к сведению
need-well = в порядке
need-new = ещё не посещались
need-paused = приостановлены
need-all = Все
monitor-all-well = Ни один источник не требует внимания.
monitor-well = С этим источником всё в порядке.
monitor-last = посещён: { $date }
monitor-next = в следующий раз: { $date }
monitor-noticed = замечено: { $date }
monitor-public = Страница источника для читателей
monitor-home = Сайт
monitor-rhythm = Ритм
monitor-rhythm-list = Те же числа списком
monitor-facts = Что известно
monitor-never = никогда
monitor-fact-items = Публикации
monitor-fact-new = Последняя новая публикация
monitor-fact-last = Последнее посещение
monitor-fact-success = Последнее успешное посещение
monitor-fact-next = Следующее посещение
monitor-fact-way = Как читается
monitor-fact-address = Откуда читается
monitor-fact-rhythm = Обычный промежуток между публикациями
monitor-fact-interval = Время между посещениями
way-feed = RSS-лента
way-wordpress = интерфейс WordPress
way-sitemap = карта сайта
way-listing = страница со списком публикаций
monitor-happened = Что произошло
monitor-happened-none = Пока ничего особенного.
turn-began = началось
turn-ended = закончилось
monitor-visits = Посещения
visit-at = Когда
visit-status = Статус HTTP
visit-time = Время
visit-size = Размер
visit-counts = В списке / новых / изменённых
visit-note = Примечания
monitor-items = Последние публикации
failures-count =
    { $count ->
        [one] { $shown } неудачное посещение
        [few] { $shown } неудачных посещения
       *[many] { $shown } неудачных посещений
    }
weeks-count =
    { $count ->
        [one] { $shown } неделя
        [few] { $shown } недели
       *[many] { $shown } недель
    }
failing-weeks-count =
    { $count ->
        [one] { $shown } неделя с неудачными посещениями
        [few] { $shown } недели с неудачными посещениями
       *[many] { $shown } недель с неудачными посещениями
    }
span-seconds =
    { $count ->
        [one] { $shown } секунда
        [few] { $shown } секунды
       *[many] { $shown } секунд
    }
span-minutes =
    { $count ->
        [one] { $shown } минута
        [few] { $shown } минуты
       *[many] { $shown } минут
    }
span-hours =
    { $count ->
        [one] { $shown } час
        [few] { $shown } часа
       *[many] { $shown } часов
    }
span-days-count =
    { $count ->
        [one] { $shown } день
        [few] { $shown } дня
       *[many] { $shown } дней
    }

login-link-lead = Без пароля: введите имя или адрес электронной почты и получите ссылку, по которой можно войти один раз.
login-link-do = Прислать ссылку
login-link-sent = Если у этой учётной записи есть адрес электронной почты, ссылка уже отправлена. Она действует 30 минут.
desk-changes = Изменения
desk-watches = Наблюдения
changes-lead = Публикации, которые источники изменили, и что в этих изменениях важно: сроки, суммы, отмены.
changes-show = Что показывать
changes-matters = Важные
changes-all = Все
changes-none = Пока ничего.
watches-lead = Поисковые запросы, изменения и источники, о которых vesti сообщает сам: через RSS, по почте или через вебхук.
watches-new = Новое наблюдение
watches-none = Наблюдений пока нет.
watch-this = Наблюдать за этим поиском
watch-paused = приостановлено
watch-paused-hint = Наблюдение приостановлено: о том, что появится за это время, сообщено не будет.
watch-fired = последнее сообщение: { $date }
watch-never-fired = сообщений ещё не было
watch-waiting =
    { $count ->
        [one] ожидает { $shown } новость
        [few] ожидают { $shown } новости
       *[other] ожидает { $shown } новостей
    }
watch-off = Вебхук отключён: { $why }. Проверьте адрес и отправьте пробное сообщение.
watch-failing = Последнее сообщение не доставлено: { $why }
watch-back = Назад
watch-name = Название
watch-what = О чём сообщать
watch-items = Новые публикации
watch-edits = Важные изменения
watch-notices = Состояние источников
watch-notices-none = Нет
watch-notices-act = Только если нужно вмешательство
watch-notices-watch = И если стоит взглянуть
watch-notices-note = Всё
watch-notices-hint = Об источниках, странах и ролях, выбранных ниже; если ничего не выбрано — обо всех.
watch-search = Поиск
watch-search-all = всё
watch-search-hint = Без слов и выбранных условий — все публикации.
watch-when = Когда
watch-at-once = Сразу
watch-daily = Сводка раз в день
watch-weekly = Сводка раз в неделю
watch-daily-at = Ежедневно в { $hour }
watch-weekly-at = Еженедельно: { $day }, { $hour }
watch-day = День (для еженедельной сводки)
watch-hour = Час (для сводок)
watch-quiet = Тихие часы
watch-quiet-from = С
watch-quiet-to = До
watch-quiet-hint = Что появится в эти часы, будет отправлено после них.
watch-ways = Куда отправлять
watch-way-feed = Лента RSS и Atom
watch-way-mail =
    { $count ->
        [one] { $shown } адрес электронной почты
        [few] { $shown } адреса электронной почты
       *[other] { $shown } адресов электронной почты
    }
watch-way-hook = Вебхук
watch-mail = Адреса электронной почты, по одному в строке
watch-mail-hint = На каждый адрес сначала придёт просьба о подтверждении; без него ничего не отправляется.
watch-format-none = Не отправлять
watch-format-json = Подписанный JSON
watch-format-slack = Slack
watch-format-mattermost = Mattermost
watch-format-matrix = Matrix
watch-format-discord = Discord
watch-hook-url = Адрес вебхука
watch-hook-hint = Для Matrix — адрес сервера. Частные сети отклоняются, если их не разрешает конфигурация.
watch-hook-kept = Оставьте пустым, чтобы сохранить адрес на { $host }.
watch-room = Комната Matrix
watch-access = Токен доступа Matrix
watch-tongue = Язык сообщений
watch-bad-name = Дайте наблюдению название не длиннее 120 знаков.
watch-bad-nothing = Выберите, о чём сообщать: о публикациях, изменениях или состоянии источников.
watch-bad-hour = Час — это число от 0 до 23.
watch-bad-search = Запрос непонятен. Проверьте слова и знаки в нём.
watch-bad-mail = Один из адресов электронной почты неверен.
watch-bad-mail-many = Не больше 20 адресов.
watch-bad-mail-none = На этом сервере почта не настроена.
watch-bad-url = Адрес вебхука должен начинаться с https:// или http://.
watch-bad-room = Не указана комната Matrix.
watch-bad-access = Не указан токен доступа Matrix.
watch-told-saved = Сохранено.
watch-told-test = Пробное сообщение отправляется: ниже будет видно, дошло ли оно.
watch-secret-heading = Секрет вебхука
watch-secret-hint = По нему проверяют подпись сообщений (Standard Webhooks). Скопируйте его сейчас: больше он показан не будет.
watch-feed-hint = Адреса лент секретны: у кого есть адрес, тот может читать ленту.
watch-feed-description = О чём сообщает наблюдение на { $site }
watch-waits = Ожидает
watch-last = Последнее сообщение
watch-edit-do = Изменить
watch-test-do = Отправить пробное сообщение
watch-secret-do = Новый секрет
watch-pause-do = Приостановить
watch-resume-do = Возобновить
watch-delete-do = Удалить
watch-log-heading = Что отправлено
watch-log-none = Пока ничего.
watch-log-way = Кому
watch-log-standing = Состояние
watch-log-tries = Попытки
watch-log-sent = доставлено
watch-log-waiting = ожидает
watch-log-again = повтор: { $date }
watch-log-failed = не доставлено
did-watch-added = создано наблюдение
did-watch-changed = изменено наблюдение
did-watch-deleted = удалено наблюдение
desk-catalogue = Каталог источников
did-sources-added = добавлены источники
did-source-edited = изменён источник
did-source-moved = изменён адрес источника
did-source-paused = приостановлен источник
did-source-resumed = возобновлён источник
did-source-retired = источник убран из каталога
did-source-restored = источник возвращён в каталог
did-sources-merged = объединены два источника
did-conflict-settled = разрешено расхождение
did-source-tried = запрошено внеочередное посещение
manage-unknown = Источника «{ $id }» нет.
manage-id-taken = Источник «{ $id }» уже есть. Выберите другой идентификатор.
manage-address-taken = У источника «{ $id }» уже такой адрес.
manage-no-address = У источника «{ $id }» нет адреса. Сначала укажите его.
manage-paused = Источник «{ $id }» приостановлен. Сначала возобновите его.
manage-itself = Источник нельзя объединить с самим собой.
manage-exposing = «{ $from }» — закрытый источник, а «{ $into }» — нет: его публикации увидели бы все.
manage-settled = По источнику «{ $id }» решать больше нечего.
manage-mistakes = Ничего не сохранено: исправьте отмеченные поля.
manage-yes = да
manage-no = нет
manage-back = Назад к источнику
manage-done-added = Источник добавлен. Его первое посещение начинается сейчас.
manage-done-edited = Изменения сохранены.
manage-done-moved = Адрес изменён. Теперь источник читается по новому адресу.
manage-done-paused = Источник приостановлен.
manage-done-resumed = Источник снова посещается.
manage-done-retired = Источник больше не посещается. Его публикации остаются.
manage-done-restored = Источник снова в каталоге.
manage-done-merged = Источники объединены.
manage-done-imported = Источники добавлены.
manage-done-decided = Расхождение разрешено.
source-field-id = Идентификатор
source-field-name = Название
source-field-url = Адрес
source-field-country = Страна
source-field-role = Роль в сети
source-field-languages = Языки
source-field-feed = RSS-лента (если известна)
source-field-listing = Селекторы, заданные вручную
source-field-interval = Постоянный интервал посещений
source-field-topics = Темы всех публикаций
source-field-paused = Приостановлен: не посещается
source-field-private = Закрытый: только для сотрудников
source-field-id-hint = Строчные буквы a–z, цифры и дефис. Потом не меняется.
source-field-url-hint = Главная страница, страница новостей или лента.
source-field-country-hint = Две буквы, например RO, LV, MD; EU — Европейский союз.
source-field-languages-hint = Коды через запятую, например ru, ro.
source-field-topics-hint = Идентификаторы тем через запятую; обычно ни одного.
source-field-interval-hint = Например 6h или 1d. Пусто: vesti выбирает сам.
source-field-id-bad = Только a–z, 0–9 и дефис, не более 64 знаков.
source-field-name-bad = Введите название в одну строку, не длиннее 200 знаков.
source-field-url-bad = Это не веб-адрес. Введите, например, https://www.example.org/.
source-field-country-bad = Это не код страны. Введите, например, RO, LV, MD или EU.
source-field-role-bad = Выберите роль из списка.
source-field-languages-bad = Введите коды языков, например ro, lv, ru, en.
source-field-feed-bad = Это не адрес ленты.
source-field-interval-bad = Введите промежуток не больше года, например 6h или 1d.
source-field-topics-bad = Одной из этих тем нет. Все они есть на странице «Темы».
source-do-heading = Что можно сделать
source-do-try = Посетить сейчас
source-do-pause = Приостановить
source-do-resume = Возобновить
source-do-retire = Убрать из каталога
source-do-restore = Вернуть в каталог
source-do-edit = Изменить или перенести
source-do-merge = Продолжить
source-do-merge-into = Объединить с другим источником
source-merge-target = Источник, который останется
merge-title = Объединить «{ $from }» с «{ $into }»?
merge-lead =
    { $count ->
        [one] { $shown } публикация перейдёт к источнику, который останется; нигде она не появится как новая.
        [few] { $shown } публикации перейдут к источнику, который останется; нигде они не появятся как новые.
       *[other] { $shown } публикаций перейдут к источнику, который останется; нигде они не появятся как новые.
    }
merge-note = «{ $from }» больше не посещается, а его страница ведёт к другому источнику. Разделить публикации снова нельзя.
merge-do = Объединить
trial-title = Посещение: { $name }
trial-soon = Источник сейчас посещается. Результат появится здесь.
trial-late = Посещение затянулось. Результат будет на странице источника.
trial-done = Посещение прошло успешно.
trial-failed = Посещение не удалось.
trial-address = Адрес
trial-status = Ответ сервера
trial-listed = Публикаций в списке
trial-new = Из них новых
trial-changed = Из них изменённых
trial-fault = Что не удалось
trial-note = К сведению
add-title = Добавление источника
add-address = Адрес сайта, страницы новостей или ленты
add-hint = Сначала вы увидите, что будет читаться оттуда. Без вашего подтверждения ничего не сохраняется.
add-look = Посмотреть
add-looking = Просматривается { $url } …
add-again = Обновить страницу
add-forgotten = Результат больше не хранится. Посмотрите ещё раз.
add-nothing = Отсюда ничего не удаётся прочитать
add-found = Что найдено
add-way = Читается через
add-why = Почему так
add-has = Содержит
add-listed =
    { $count ->
        [one] { $shown } публикация
        [few] { $shown } публикации
       *[other] { $shown } публикаций
    }
add-no-date = без даты
add-tried = Все сравнённые способы
add-alike = Возможно, он уже есть
add-same-address = Тот же адрес:
add-same-feed = Читается из того же места:
add-same-site = С того же сайта:
add-save-heading = Источник
add-save-hint = Исправьте неверное, прежде всего роль.
add-save = Добавить источник
edit-title = Изменение источника «{ $name }»
edit-in-file = Источник есть и в sources.toml. То, что вы измените здесь, хранится отдельно от файла.
edit-own = Источник добавлен в браузере.
edit-move = Другой адрес переносит источник: история остаётся, а способ чтения ищется заново.
catalogue-lead = Файл sources.toml остаётся как есть. Решения, принятые в браузере, хранятся отдельно и могут быть экспортированы в файл.
catalogue-conflicts = Расхождения
catalogue-conflicts-lead = В файле и в браузере указано разное. Пока вы не решите, действует то, что задано в браузере.
catalogue-held = Что решено в браузере
catalogue-held-none = Ничего: все источники как в sources.toml.
catalogue-past = Источники, которые больше не читаются
catalogue-export = Экспорт
catalogue-export-lead = Полный файл может заменить sources.toml: после этого в браузере отдельно ничего не остаётся.
catalogue-export-all = sources.toml, все
catalogue-export-own = sources.toml, только из браузера
catalogue-export-opml = OPML
managed-added = добавлен
managed-edited = изменён
managed-retired = убран из каталога
managed-merged = объединён с другим
conflict-same-id = Добавлен в браузере, но в sources.toml с тех пор появился другой источник с тем же идентификатором.
conflict-same-address = У него тот же адрес, что у «{ $other }». Пока вы не решите, он ждёт, чтобы ничего не читалось дважды.
conflict-changed = Изменён в браузере, но в sources.toml с тех пор изменены те же поля.
conflict-retired = Убран из каталога в браузере, но в sources.toml с тех пор изменён.
conflict-gone = Изменён в браузере, но в sources.toml его больше нет.
conflict-file = Взять из sources.toml
conflict-browser = Оставить заданное в браузере
conflict-merge = Объединить «{ $from }» с «{ $into }»
conflict-field = Поле
conflict-here = Браузер
import-heading = Импорт
import-file = Файл OPML или sources.toml
import-text = Или вставьте текст сюда
import-country = Страна, если в файле не указана
import-role = Роль источников из OPML
import-look = Показать, что добавится
import-preview = Что добавит файл
import-name = Источник
import-address = Адрес
import-standing = Состояние
import-new = новый
import-same = уже есть
import-differs = уже есть, отличается: { $fields }
import-taken = этот адрес уже у «{ $id }»
import-retired = ранее убран из каталога
import-mistakes = Ошибки в файле
import-found =
    { $count ->
        [one] { $shown } новый источник
        [few] { $shown } новых источника
       *[other] { $shown } новых источников
    }
import-cut = В файле больше источников, чем можно добавить за один раз: разделите его.
import-do = Добавить отмеченные источники
import-none = Ни один источник не отмечен.
import-empty = Выберите файл или вставьте текст.
error-impossible-title = Так нельзя
error-impossible = Запрос противоречит тому, что уже есть: например, идентификатор или адрес заняты.
bad-id = «{ $value }» не может быть идентификатором: используйте a–z, 0–9 и дефис.
bad-name = «{ $value }» не может быть названием: не более 200 знаков в одну строку.
bad-url = «{ $value }» — не веб-адрес. Введите, например, https://www.example.org/.
source-do-look-again = Заново найти способ чтения
source-do-undo = Отменить изменение vesti
source-do-confirm = Так и оставить
source-do-trust = Это тексты самого источника: читать их
manage-nothing = Менять здесь больше нечего.
manage-done-undone = Изменение отменено. Источник читается как прежде.
manage-done-looked-again = При посещении, которое сейчас начнётся, способ чтения будет найден заново.
manage-done-trusted = Отложенное теперь читается.
manage-done-confirmed = Принято к сведению.
