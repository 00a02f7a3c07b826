# English

locale = en_GB
skip = Skip to content
nav-label = Main
nav-search = Search
nav-calls = Open calls
nav-events = Events
nav-topics = Topics
nav-countries = Countries
nav-sources = Sources
nav-digests = Digests
nav-api = API
nav-calendar = Calendar
nav-opml = Sources (OPML)
nav-apps = Reader apps
nav-privacy = Privacy
nav-accessibility = Accessibility
languages-label = Language
foot-note = Texts belong to their authors; every announcement links to its original. No tracking, nothing loaded from other sites.
site-description = { $site }: news and announcements of the social sector in Romania, Latvia and Moldova
feed-description = News and announcements, gathered by { $site }
quoted = “{ $text }”

intro-heading = What is new in the social sector
intro = News, calls for proposals and events from non-governmental organisations and authorities in Romania, Latvia and Moldova. Search in your own language: announcements in Romanian, Latvian, Russian and English are found as well.
search-label = Search announcements
search-button = Search
search-more = Dates and deadlines
field-from = From
field-to = To
field-sort = Order
field-deadline = Only those with a deadline still ahead
field-event = Only events that are not over yet
date-hint = A date such as 2026-11-21, or how long ago: 7d (days), 2w (weeks), 3m (months), 1y (years)
since-7d = Past 7 days
since-1m = Past month
since-3m = Past 3 months
since-1y = Past year
sort-relevance = Best match
sort-date = Newest first
sort-deadline = Nearest deadline first
sort-event = Nearest event first
chips-label = Active filters
chip-remove = Remove filter:
chips-clear = Clear all filters
filter-from = from { $date }
filter-to = until { $date }
filter-deadline = deadline still ahead
filter-event = event still ahead

latest = Latest announcements
results =
    { $count ->
        [one] { $shown } result
       *[other] { $shown } results
    }
items-count =
    { $count ->
        [one] { $shown } announcement
       *[other] { $shown } announcements
    }
sources-count =
    { $count ->
        [one] { $shown } source
       *[other] { $shown } sources
    }
also-sources =
    { $count ->
        [one] The same story in { $shown } other announcement
       *[other] The same story in { $shown } other announcements
    }
also-carried = Also carried by { $sources }
did-you-mean = Did you mean:
searched-instead = Nothing was found for what you typed; these are the results for:
partial = Few announcements have all of these words; those with some of them follow.
expanded = Also searched:
expanded-typed = You typed
typed-only = Only the words as typed were searched.
cross-off = Search only for the words as typed
cross-on = Search in other languages too
empty-heading = Nothing was found.
empty-start = The sources are being read; announcements appear here as they are found.
empty-words = Try fewer or more general words.
empty-all = See the latest announcements
paging-label = Pages
paging-first = Back to the beginning
paging-next = Next page
paging-later = later pages
timeline-heading = Results by week
timeline-list = List of weeks
timeline-earlier =
    { $count ->
        [one] Earlier: { $shown } result
       *[other] Earlier: { $shown } results
    }
timeline-later =
    { $count ->
        [one] Later: { $shown } result
       *[other] Later: { $shown } results
    }
calls-intro = Calls for proposals that you can still answer, the nearest deadline first.
calls-empty = No call for proposals is open at the moment.
calls-others = Other announcements with a deadline ahead:
calls-count =
    { $count ->
        [one] { $shown } open call
       *[other] { $shown } open calls
    }
events-intro = Conferences, courses, meetings and other events to come, in the order of their dates.
events-empty = No coming event has been announced.
span-week = Within 7 days
span-month = Within 30 days
span-later = Later
see-all-calls = All open calls
see-all-events = All events
countries-intro = The countries of the organisations whose announcements are gathered here.
filters-heading = Filters
facet-show-more = More
facet-lang = Language
facet-country = Country
facet-source = Source
facet-role = Kind of organisation
facet-topic = Topic
facet-kind = Kind of announcement
subscribe-heading = Subscribe
subscribe-hint = Add this page to your feed reader or calendar: what is new then appears there by itself.
subscribe-calendar = Calendar
subscribe-digest = Digest
see-all = All announcements, with filters

date-unknown = date unknown
deadline-label = Deadline:
deadline-past = closed
deadline-today = closes today
deadline-in-days =
    { $count ->
        [one] { $shown } day left
       *[other] { $shown } days left
    }
event-label = When:
withdrawn = The source withdrew this announcement on { $date }.
read-original = Read the original
files-heading = Files
file-text = Text of the file
file-pending = (not read yet)
file-scanned = (a scan without text)
file-unreadable = (cannot be read)
copies-heading = The same story in other announcements
newer-version = The source has published a newer version:
easy-heading = In easy-to-read language
plain-heading = The full text
versions-heading = Earlier versions
version-heading = Version { $number }, until { $date }
version-alike = Title and text stayed the same.
version-same =
    { $count ->
        [one] … { $shown } paragraph unchanged …
       *[other] … { $shown } paragraphs unchanged …
    }
change-removed = Removed:
change-added = Added:
about-heading = Details
fact-source = Source
fact-country = Country
fact-language = Language
fact-author = Author
fact-published = Published
fact-updated = Edited
fact-first-seen = Appeared here
fact-data = For programs
table-scrolls = Table that scrolls sideways

sources-intro = The organisations, authorities and media whose announcements are gathered here.
sources-opml = The list as an OPML file
sources-search = Find an organisation
sources-none = No source has been added yet.
source-visit = Visit the site
source-feed = The feed of the source
source-empty = Nothing has been read from this source yet.
topics-intro = What the announcements are about. Every topic has names in four languages; an announcement can have several topics.
topic-broader = Broader topic:
topic-narrower = Narrower topics:
topic-names = Names
topic-empty = There are no announcements on this topic yet.
digests-intro = A digest gathers the announcements of a day, a week or a month. Read it here, or add it to your feed reader.
digests-none = No digest has been set up yet.
digest-search = Search with the same filters
digest-subscribe = Subscribe to this digest
digest-archive = Editions
digest-empty = The first edition has not come out yet.
search-digest-title = Digest: { $search }
search-digest-intro = What is new in this search, gathered into editions. Choose how often one comes out, and add the digest to your feed reader.
search-digest-form = Settings of the digest
search-digest-period = How often
search-digest-hour = At what hour
search-digest-weekday = On which day (if it comes every week)
search-digest-group = Grouped
search-digest-show = Show the digest
search-digest-empty = Lately this search has brought nothing new.
search-digest-older = Earlier editions
digest-by-kind = by kind
digest-by-topic = by topic
digest-by-country = by country
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

apps-intro = Read on your phone or computer, in an app of your choice. What you have read and what you have starred is then the same on all your devices.
apps-make-heading = Get a sign-in
apps-make-hint = You need neither your name nor an e-mail address: the service makes up a name and a password for you. Under that name it keeps what you have read, what you have starred and how you file the feeds, but nothing about who you are. A sign-in is deleted when it is not used for a year, or not at all in the first month.
apps-make-button = Make a sign-in
apps-made-heading = Your sign-in
apps-made-hint = The password is shown only this once: enter it in the app now, or write it down. In the password, capital letters and hyphens do not matter.
apps-name = User name
apps-password = Password
apps-address-heading = Enter it in the app
apps-address-hint = In the app, add an account, choose its kind and enter the address:
apps-freshrss = { $apps }: account of the kind “FreshRSS”
apps-miniflux = Other apps: account of the kind “Google Reader API” or “Miniflux (Google Reader API)”
apps-see-heading = What you find there
apps-see = Every source is a feed in the folder of its country; the digests have a folder of their own. The broadest topics are shown as labels. In the app you can rename feeds, move them to other folders and unsubscribe from them; new sources are added by those who look after this service. What is older than two weeks when you begin counts as read.
apps-without-heading = Without a sign-in
apps-without = Nearly every app can also import the sources as a list. The app then asks each source itself, and what you have read stays in the app.
apps-opml-country = Sources by country (OPML)
apps-opml-topic = Sources by topic (OPML)
apps-delete-heading = Delete a sign-in
apps-delete-hint = Everything that is kept under it is deleted at once and for good.
apps-delete-button = Delete the sign-in
apps-deleted = The sign-in and everything that was kept under it have been deleted.
apps-unknown = There is no sign-in with this name and this password. Nothing was deleted.

api-title = API
api-intro = Everything on these pages can be read by programs: as JSON, as feeds and as a calendar. No key is needed.
api-openapi = OpenAPI description
api-try = Examples
api-example-search = Search: announcements in all languages
api-example-calls = Open calls for proposals, the nearest deadline first
api-example-sources = Sources
api-example-topics = Topics with their names in every language
api-example-digests = Digests with their feeds
api-example-feed = Any search as a feed
api-example-calendar = Deadlines and events of any search
api-parameters = Parameters
api-parameters-hint = The same for search, feeds and calendar.
api-q = words, "phrases", -not, OR, (…), title:…, source:…, prefix*
api-filters = filters; repeat the parameter for “or”
api-dates = dates (2026-11-21) or spans (7d, 2w, 3m, 1y)
api-deadline = open: only what has a deadline still ahead
api-event = coming: only events that are not over yet
api-cross = 0: no words in other languages
api-sort = relevance, date, deadline or event
api-paging = page size (20, at most 100), and the next_cursor of the page before
api-ui = language of labels: ro, lv, ru, en
api-lists = Lists
api-lists-text = Every list has the members items and next_cursor. Give next_cursor back as cursor for the next page; it is null on the last.
api-caching = Asking again
api-caching-text = Every answer has an ETag. Send it in If-None-Match: while nothing has changed the answer is 304 without a body.
api-errors = Errors
api-errors-text = An error is a problem document (RFC 9457) with type, title, status and detail. For a bad value, parameter names the parameter.
api-errors-bad = The parameter that is named has a value that it cannot have, or is given too often; detail says what would be right.
api-curl = Command
api-answer = What comes back
api-answer-text = This is what the service answers at this moment to the first example, shortened: one result, and two values of each list.
api-next = The address of the next page also stands in the Link header, with rel="next". Nothing is skipped or shown twice while new items arrive, and limit may change from page to page.
api-conditional = While nothing has changed
api-limits = Limits
api-limits-text = The requests of one address are counted; now the limit is { $limit }. No reader meets it, nor a class behind one address. RateLimit and RateLimit-Policy in every answer (and the older X-RateLimit-Limit, -Remaining and -Reset) say what is left. Whoever asks too much gets 429 and, in Retry-After, the seconds to wait.
api-limits-none = The requests of one address are not limited at present. Be considerate all the same: keep answers, and ask again with their ETag.
api-cors = From pages of other sites
api-cors-text = API, feeds and calendar may be read by scripts of any site (CORS); the headers named here are visible to them. Only reading is possible.
api-feeds = Feeds and calendar
api-feeds-text = Every search is also a feed and a calendar, with the same parameters; every digest is a feed with one entry a period.
api-stability = What you can rely on
api-stability-text = Under /api/v1 names are only added. What the description has keeps its name, its type and its meaning; ignore members that you do not know. Ids and addresses of items, sources and topics never change.

error-bad-title = A value cannot be understood
error-bad-way-on = Search without this value
error-not-found-title = Page not found
error-not-found = There is nothing at this address. The page may have moved, or the address was mistyped.
error-method-title = This cannot be done here
error-method = This address can only be read (GET or HEAD).
error-cursor-title = This page does not exist any more
error-cursor = The cursor belongs to another search, or what it stood at is gone. Start again without it.
error-too-long-title = The address is too long
error-too-long = Shorten the query or take away some filters.
error-too-large-title = Too much was sent
error-too-large = What was sent is larger than the forms of this service allow, or it broke off on the way. Shorten what you entered and try again.
error-foreign-title = This form was not accepted
error-foreign = It was not sent by a page of this service, or your browser does not say which page sent it. Open the form on this service and send it again.
error-too-many-title = Too many requests
error-too-many =
    { $count ->
        [one] More was asked from your address than one reader needs. Wait { $shown } second, then go on more slowly.
       *[other] More was asked from your address than one reader needs. Wait { $shown } seconds, then go on more slowly.
    }
error-busy-title = Too busy at the moment
error-busy = Too many requests arrived at the same time. Try again in a few seconds.
error-internal-title = Something went wrong
error-internal = The fault is on our side and has been recorded. Try again in a minute.
error-home = To the search page
error-contact = If this keeps happening, tell us:

privacy-title = Privacy
accessibility-title = Accessibility statement

bad-lang = “{ $value }” is not a language code such as ro, lv, ru or en.
bad-country = “{ $value }” is not a country code such as RO, LV, MD or EU.
bad-source = “{ $value }” is not the id of a source.
bad-topic = “{ $value }” is not the id of a topic.
bad-role = “{ $value }” is not one of founder, member, partner, authority, media, eu.
bad-kind = “{ $value }” is not one of news, call, event, vacancy, tender, consultation, report, other.
bad-from = “{ $value }” is neither a date such as 2026-11-21 nor a span such as 7d, 2w, 3m or 1y.
bad-to = “{ $value }” is neither a date such as 2026-11-21 nor a span such as 7d, 2w, 3m or 1y.
bad-deadline = “{ $value }” is not “open”.
bad-event = “{ $value }” is not “coming”.
bad-cross = “{ $value }” is neither 0 nor 1.
bad-sort = “{ $value }” is not one of relevance, date, deadline, event.
bad-limit = “{ $value }” is not a number from 1 to 100.
bad-cursor = This is not the cursor of an earlier page; start again without it.
bad-ui = “{ $value }” is not one of ro, lv, ru, en.
bad-alarm = “{ $value }” is neither “none” nor a span of at most a year, such as 2h, 3d or 1w.
bad-period = “{ $value }” is not one of hourly, daily, weekly, monthly.
bad-hour = “{ $value }” is not an hour from 0 to 23.
bad-weekday = “{ $value }” is not a day of the week such as monday.
bad-tz = “{ $value }” is not a time zone such as Europe/Bucharest.
bad-group = “{ $value }” is not one of kind, topic, country.
bad-content = “{ $value }” is neither “full” nor “excerpt”.
bad-archive = “{ $value }” is neither a month that is over, such as 2026-10, nor a day that is over, such as 2026-11-20.
bad-value = “{ $value }” cannot be understood as a value of { $parameter }.
bad-too-many = “{ $parameter }” is given too many times.

kind-news = News
kind-call = Call for proposals
kind-event = Event
kind-vacancy = Vacancy
kind-tender = Tender
kind-consultation = Public consultation
kind-report = Report
kind-other = Other
role-founder = founder
role-member = member
role-partner = partner
role-authority = public authority
role-media = media
role-eu = EU institution or network
phase-new = not read yet
phase-healthy = works
phase-failing = cannot be reached at the moment
phase-silent = without news for longer than usual
phase-gone = no longer exists
phase-paused = paused
period-at-once = as soon as there is something new
period-hourly = every hour
period-daily = every day
period-weekly = every week
period-monthly = every month

lang-ro = Romanian
lang-lv = Latvian
lang-ru = Russian
lang-en = English
lang-uk = Ukrainian
lang-lt = Lithuanian
lang-et = Estonian
lang-pl = Polish
lang-bg = Bulgarian
lang-de = German
lang-fr = French
lang-it = Italian
lang-es = Spanish
lang-hu = Hungarian
lang-tr = Turkish
country-RO = Romania
country-LV = Latvia
country-MD = Moldova
country-EU = European Union
country-UA = Ukraine
country-LT = Lithuania
country-EE = Estonia
country-BG = Bulgaria
country-PL = Poland
country-DE = Germany
country-BE = Belgium
country-FR = France
country-GB = United Kingdom

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-1-alone = January
month-2-alone = February
month-3-alone = March
month-4-alone = April
month-5-alone = May
month-6-alone = June
month-7-alone = July
month-8-alone = August
month-9-alone = September
month-10-alone = October
month-11-alone = November
month-12-alone = December

## By mail
subscribe-mail = E-mail
mail-title = Subscribe by e-mail
mail-lead = You get what is new by e-mail. The mails are in the language of this page; announcements stay in that of their source. First comes a mail that asks you to confirm.
mail-what = Subscription
mail-address = E-mail address
mail-address-missing = Enter the e-mail address that the mails should go to.
mail-address-bad = “{ $value }” is not an e-mail address. Write it in full, such as name@example.org.
mail-pace = How often
mail-trap = Leave this field empty
mail-submit = Subscribe
mail-promise = The address is used for these mails alone. Each has a link that ends the subscription; with the last subscription the address is deleted.
mail-sent-title = Please confirm
mail-sent = A mail is on its way to { $address }. Open the link in it to confirm the subscription.
mail-sent-else = Until then nothing else is sent; without confirmation the address is deleted after seven days. If the mail has not come within an hour, look in the spam folder. If you have confirmed before, the mail says so.
mail-confirm-title = Confirm the subscription
mail-confirm-lead = Press the button, and what is new comes to your mailbox.
mail-confirm-do = Confirm
mail-confirmed-title = The subscription is in force
mail-confirmed = What is new from now on comes to your mailbox. Each mail has a link that ends this.
mail-manage-title = Your subscriptions
mail-manage-lead = Here is what is sent to { $address }, and what is kept about this address.
mail-asked = asked for on { $date }
mail-state-asked = not confirmed yet
mail-state-active = in force
mail-state-refused = stopped, because the address refused mail
mail-language = Language of the mails
mail-language-do = Save the language
mail-data = Your data
mail-export = Download what is kept (JSON)
mail-end-all = End all subscriptions and delete the address
mail-end-title = Unsubscribe
mail-end-lead = Press the button, and no more of these mails come.
mail-end-do = Unsubscribe
mail-ended-title = You are unsubscribed
mail-ended = No more of these mails come. The subscription has been deleted.
mail-ended-all = No more mails come. All subscriptions and the address have been deleted.
mail-gone-title = There is no such subscription
mail-gone = The link is no longer valid: the subscription was ended, or it was not confirmed within seven days. You can subscribe again at any time.

nav-login = For staff
nav-monitor = Monitor
error-sign-in-title = Sign in first
error-sign-in = This part is for those who have signed in. Programs send a token or a key in the Authorization header.
error-not-allowed-title = You are not allowed to do that
error-not-allowed = Your account does not have the role for it. Ask an administrator of this site.
login-name = User name
login-password = Password
login-do = Sign in
login-wrong = The name or the password is not right. Check both and try again.
login-forgotten = Forgotten your password? An administrator can give you a link that signs you in once.
login-key-heading = For members
login-key-lead = These pages are for the members of the network. Enter the key that you were given.
login-key = Key
login-key-do = Continue
login-key-wrong = This key is not valid. Check it, or ask whoever gave it to you for another.
login-staff-heading = For staff
login-once-title = Signing in
login-once-lead = This link works once. Press the button to sign in.
login-once-gone = This link has been used or is too old. Ask for another.
desk-who = Signed in: { $name }
desk-sign-out = Sign out
desk-save = Save
desk-account = My account
desk-staff = Staff
desk-keys = Members’ keys
desk-audit = Audit log
staff-role = Role
staff-role-viewer = viewer
staff-role-editor = editor
staff-role-admin = administrator
staff-roles-hint = A viewer sees the state of the sources. An editor also manages sources and watches. An administrator also manages staff and keys.
staff-mail = E-mail address (optional)
staff-me = your account
staff-used = last signed in: { $date }
staff-never = has not signed in yet
staff-add-heading = Add a person
staff-add-do = Add
staff-added = The account “{ $name }” was created.
staff-changed = The account “{ $name }” was changed.
staff-removed = The account “{ $name }” was removed.
staff-remove-do = Remove
staff-taken = This name is taken. Choose another.
staff-bad-name = A name has 1 to 40 letters, digits or the signs . - _ @, and no spaces.
staff-bad-mail = This is not an e-mail address. Check it.
staff-last-admin = Nothing was changed: at least one administrator has to remain.
staff-link-heading = A link to sign in, for { $name }
staff-link-hint = Copy it now and send it to this person: it will not be shown again. It works once, within three days.
staff-link-do = Link to sign in
account-password = Password
account-password-hint =
    { $count ->
        [one] At least { $shown } character; a few words of your own are best. Afterwards you have to sign in again everywhere.
       *[other] At least { $shown } characters; a few words of your own are best. Afterwards you have to sign in again everywhere.
    }
account-old = Current password
account-new = New password
account-again = New password again
account-password-do = Change the password
account-not-alike = The two new passwords are not the same.
account-wrong = The current password is not right.
account-too-short = The password is too short.
account-too-long = The password is too long.
account-too-common = This password is among the first that anybody would try. Choose a few words of your own.
account-sessions = Where you are signed in
account-browser-unknown = an unknown browser
account-since = since { $date }
account-used = last used: { $date }
account-unused = not used yet
account-this = this browser
account-end = End
account-revoke = Revoke
account-ended = Done: it is no longer valid.
account-tokens = Tokens for programs
account-tokens-lead = With a token, a program uses the API in your name.
account-token-made = Copy the token now: it will not be shown again.
account-token-label = What it is for
account-token-role = What it may do
account-token-do = Make a token
account-token-unnamed = Write what the token is for.
account-token-many = You have too many tokens already. Revoke those that are not used.
keys-lead = Pages and feeds are closed: a key or signing in opens them. Give one key to the whole network, or each subscriber a key of their own; each can be revoked without touching the others.
keys-open = The pages are open to everybody, so nobody needs a key. To close them, write the line members = "closed" in the section [access] of vesti.toml.
keys-made-heading = The new key
keys-made = Copy it now: it will not be shown again. Whoever has one of these addresses comes in without entering anything.
keys-page = Address of the pages
keys-feed = Address of the feed
keys-make-heading = Another key
keys-label = Whom it is for
keys-make-do = Make the key
keys-unnamed = Write whom the key is for.
keys-revoked = The key was revoked.
audit-by-link = by link
audit-lead = Who of the staff changed what. Entries are kept for two years.
audit-when = When
audit-who = Who
audit-what = What
audit-about = About
audit-older = Older
did-signed-in = signed in
did-sign-in-failed = failed to sign in
did-staff-added = added an account
did-staff-changed = changed an account
did-password-set = set a password
did-staff-removed = removed an account
did-link-made = made a link to sign in
did-token-made = made a token
did-pass-ended = ended a session or revoked a token
did-key-made = made a members’ key
did-key-revoked = revoked a members’ key
did-way-undone = undid a change of the way of reading
did-looked-again = asked for a new look at how to read a source
did-trusted = confirmed that a source’s texts are its own
did-deeds-confirmed = confirmed what vesti did

need-label = State of the sources
need-needs = Need attention
need-act = act
need-watch = watch
need-note = note
need-well = well
need-new = not visited yet
need-paused = paused
need-all = All
monitor-all-well = No source needs attention.
monitor-well = All is well with this source.
monitor-last = visited { $date }
monitor-next = again { $date }
monitor-noticed = noticed { $date }
monitor-public = Its page for readers
monitor-home = Its site
monitor-rhythm = Rhythm
monitor-rhythm-list = The same figures as a list
monitor-facts = What is known
monitor-never = never
monitor-fact-items = Announcements
monitor-fact-new = Last new announcement
monitor-fact-last = Last visit
monitor-fact-success = Last visit that succeeded
monitor-fact-next = Next visit
monitor-fact-way = How it is read
monitor-fact-address = Where it is read from
monitor-fact-rhythm = Usual time between announcements
monitor-fact-interval = Time between visits
way-feed = feed
way-wordpress = WordPress interface
way-sitemap = sitemap
way-listing = page that lists announcements
monitor-happened = What happened
monitor-happened-none = Nothing out of the ordinary so far.
turn-began = began
turn-ended = ended
monitor-visits = Visits
visit-at = When
visit-status = HTTP status
visit-time = Time
visit-size = Size
visit-counts = Listed / new / changed
visit-note = Notes
monitor-items = Latest announcements
failures-count =
    { $count ->
        [one] { $shown } failed visit
       *[other] { $shown } failed visits
    }
weeks-count =
    { $count ->
        [one] { $shown } week
       *[other] { $shown } weeks
    }
failing-weeks-count =
    { $count ->
        [one] { $shown } week with failed visits
       *[other] { $shown } weeks with failed visits
    }
span-seconds =
    { $count ->
        [one] { $shown } second
       *[other] { $shown } seconds
    }
span-minutes =
    { $count ->
        [one] { $shown } minute
       *[other] { $shown } minutes
    }
span-hours =
    { $count ->
        [one] { $shown } hour
       *[other] { $shown } hours
    }
span-days-count =
    { $count ->
        [one] { $shown } day
       *[other] { $shown } days
    }

login-link-lead = Without a password: enter your name or e-mail address and get a link that signs you in once.
login-link-do = Send me a link
login-link-sent = If this account has an e-mail address, the link is on its way. It works for 30 minutes.
desk-changes = Changes
desk-watches = Watches
changes-lead = Announcements that their sources edited, with what matters: deadlines, amounts, cancellations.
changes-show = What is shown
changes-matters = Those that matter
changes-all = All
changes-none = Nothing yet.
watches-lead = Searches, changes and sources that vesti tells you about by itself: by feed, e-mail or webhook.
watches-new = New watch
watches-none = Nothing is watched yet.
watch-this = Watch this search
watch-paused = paused
watch-paused-hint = The watch is paused: what comes in the meantime will not be told.
watch-fired = last told: { $date }
watch-never-fired = nothing told yet
watch-waiting =
    { $count ->
        [one] { $shown } news item waits
       *[other] { $shown } news items wait
    }
watch-off = The webhook is off: { $why }. Check the address and send a test message.
watch-failing = The last message did not arrive: { $why }
watch-back = Back
watch-name = Name
watch-what = What is told
watch-items = New announcements
watch-edits = Edits that matter
watch-notices = The state of sources
watch-notices-none = No
watch-notices-act = Only if somebody has to act
watch-notices-watch = Also if a look is worth while
watch-notices-note = Everything
watch-notices-hint = Of the sources, countries and roles chosen below; of all where none is chosen.
watch-search = The search
watch-search-all = everything
watch-search-hint = Without words and filters: all announcements.
watch-when = When
watch-at-once = At once
watch-daily = Summary once a day
watch-weekly = Summary once a week
watch-daily-at = Daily at { $hour }
watch-weekly-at = Weekly: { $day }, { $hour }
watch-day = Day (of the weekly summary)
watch-hour = Hour (of summaries)
watch-quiet = Quiet hours
watch-quiet-from = From
watch-quiet-to = To
watch-quiet-hint = What comes in these hours is sent after them.
watch-ways = How it is sent
watch-way-feed = RSS and Atom feed
watch-way-mail =
    { $count ->
        [one] { $shown } e-mail address
       *[other] { $shown } e-mail addresses
    }
watch-way-hook = Webhook
watch-mail = E-mail addresses, one a line
watch-mail-hint = Each address is first asked to confirm; nothing is sent without that.
watch-format-none = None
watch-format-json = Signed JSON
watch-format-slack = Slack
watch-format-mattermost = Mattermost
watch-format-matrix = Matrix
watch-format-discord = Discord
watch-hook-url = Address of the webhook
watch-hook-hint = For Matrix, the address of the server. Private networks are refused unless the configuration allows them.
watch-hook-kept = Leave it empty to keep the address at { $host }.
watch-room = Matrix room
watch-access = Matrix access token
watch-tongue = Language of the messages
watch-bad-name = Give the watch a name of at most 120 characters.
watch-bad-nothing = Choose what is told: announcements, edits or the state of sources.
watch-bad-hour = An hour is a number from 0 to 23.
watch-bad-search = The search cannot be understood. Check its words and signs.
watch-bad-mail = One of the e-mail addresses is not right.
watch-bad-mail-many = At most 20 addresses.
watch-bad-mail-none = No e-mail is configured on this server.
watch-bad-url = The webhook needs an address that begins with https:// or http://.
watch-bad-room = The Matrix room is missing.
watch-bad-access = The Matrix access token is missing.
watch-told-saved = Saved.
watch-told-test = The test message is on its way: see below whether it arrived.
watch-secret-heading = The webhook’s secret
watch-secret-hint = It proves the signature of messages (Standard Webhooks). Copy it now: it will not be shown again.
watch-feed-hint = The addresses of feeds are secret: whoever has an address can read the feed.
watch-feed-description = What a watch tells at { $site }
watch-waits = Waiting
watch-last = Last told
watch-edit-do = Edit
watch-test-do = Send a test message
watch-secret-do = New secret
watch-pause-do = Pause
watch-resume-do = Resume
watch-delete-do = Delete
watch-log-heading = What was sent
watch-log-none = Nothing yet.
watch-log-way = To whom
watch-log-standing = State
watch-log-tries = Attempts
watch-log-sent = delivered
watch-log-waiting = waits
watch-log-again = again at { $date }
watch-log-failed = did not arrive
did-watch-added = made a watch
did-watch-changed = changed a watch
did-watch-deleted = deleted a watch
desk-catalogue = Catalogue
did-sources-added = added sources
did-source-edited = edited a source
did-source-moved = changed the address of a source
did-source-paused = paused a source
did-source-resumed = resumed a source
did-source-retired = retired a source
did-source-restored = put a source back
did-sources-merged = merged two sources
did-conflict-settled = settled a disagreement
did-source-tried = asked for a visit now
manage-unknown = There is no source “{ $id }”.
manage-id-taken = There already is a source “{ $id }”. Choose another id.
manage-address-taken = The source “{ $id }” already has this address.
manage-no-address = The source “{ $id }” has no address. Give it one first.
manage-paused = The source “{ $id }” is paused. Resume it first.
manage-itself = A source cannot be merged into itself.
manage-exposing = “{ $from }” is private and “{ $into }” is not: its announcements would be shown to everybody.
manage-settled = There is nothing left to decide about the source “{ $id }”.
manage-mistakes = Nothing was saved: correct the marked fields.
manage-yes = yes
manage-no = no
manage-back = Back to the source
manage-done-added = The source was added and is being visited now.
manage-done-edited = The changes were saved.
manage-done-moved = The address was changed. The source is read there from now on.
manage-done-paused = The source is paused.
manage-done-resumed = The source is visited again.
manage-done-retired = The source is no longer visited. Its announcements stay.
manage-done-restored = The source is back in the catalogue.
manage-done-merged = The sources were merged.
manage-done-imported = The sources were added.
manage-done-decided = The disagreement is settled.
source-field-id = Id
source-field-name = Name
source-field-url = Address
source-field-country = Country
source-field-role = Role in the network
source-field-languages = Languages
source-field-feed = Feed (if known)
source-field-listing = Hand-written selectors
source-field-interval = Fixed interval between visits
source-field-topics = Topics of all announcements
source-field-paused = Paused: not visited
source-field-private = Private: for staff only
source-field-id-hint = Small letters a–z, digits and hyphens. It can never be changed afterwards.
source-field-url-hint = The home page, the page of news, or a feed.
source-field-country-hint = Two letters, such as RO, LV, MD; EU for the European Union.
source-field-languages-hint = Codes, separated by commas, such as ro, ru.
source-field-topics-hint = Ids of topics, separated by commas; usually none.
source-field-interval-hint = Such as 6h or 1d. Empty: vesti chooses by itself.
source-field-id-bad = Use a–z, 0–9 and hyphens only, at most 64 characters.
source-field-name-bad = Write a name of at most 200 characters, in one line.
source-field-url-bad = This is not a web address. Write one such as https://www.example.org/.
source-field-country-bad = This is not a country code such as RO, LV, MD or EU.
source-field-role-bad = Choose a role from the list.
source-field-languages-bad = Write language codes such as ro, lv, ru, en.
source-field-feed-bad = This is not the address of a feed.
source-field-interval-bad = Write a span of at most a year, such as 6h or 1d.
source-field-topics-bad = One of these topics does not exist. The page “Topics” shows all of them.
source-do-heading = What can be done
source-do-try = Try now
source-do-pause = Pause
source-do-resume = Resume
source-do-retire = Retire
source-do-restore = Put back
source-do-edit = Edit or move
source-do-merge = Continue
source-do-merge-into = Merge into another source
source-merge-target = The source that stays
merge-title = Merge “{ $from }” into “{ $into }”?
merge-lead =
    { $count ->
        [one] { $shown } announcement moves to the source that stays; nowhere is it shown as new.
       *[other] { $shown } announcements move to the source that stays; nowhere are they shown as new.
    }
merge-note = “{ $from }” is no longer visited, and its page leads to the other one. The announcements cannot be separated again.
merge-do = Merge
trial-title = Visit: { $name }
trial-soon = The source is being visited. The result appears here.
trial-late = The visit is taking unusually long. Its result will be on the page of the source.
trial-done = The visit succeeded.
trial-failed = The visit failed.
trial-address = Address
trial-status = Answer of the server
trial-listed = Announcements listed
trial-new = Of these, new
trial-changed = Of these, changed
trial-fault = What went wrong
trial-note = Worth knowing
add-title = Add a source
add-address = Address of the site, its page of news, or a feed
add-hint = You first see what would be read from there. Nothing is saved before you confirm.
add-look = Look
add-looking = Still looking at { $url } …
add-again = Reload the page
add-forgotten = The result is no longer kept. Look again.
add-nothing = Nothing can be read from here
add-found = What was found
add-way = Read from
add-why = Why
add-has = Contains
add-listed =
    { $count ->
        [one] { $shown } announcement
       *[other] { $shown } announcements
    }
add-no-date = no date
add-tried = All the ways that were compared
add-alike = It may already be there
add-same-address = The same address:
add-same-feed = Read from the same place:
add-same-site = From the same site:
add-save-heading = The source
add-save-hint = Correct what is not right, above all the role.
add-save = Add the source
edit-title = Edit “{ $name }”
edit-in-file = The source is in sources.toml too. What you change here is kept apart from the file.
edit-own = The source was added in the browser.
edit-move = Another address moves the source: its history stays, and how to read it is found anew.
catalogue-lead = The file sources.toml stays as it is. What is decided in the browser is kept apart from it, and can be exported into it.
catalogue-conflicts = Disagreements
catalogue-conflicts-lead = The file and the browser say different things. Until you decide, what the browser says is in force.
catalogue-held = What was decided in the browser
catalogue-held-none = Nothing: all sources are as in sources.toml.
catalogue-past = Sources that are no longer read
catalogue-export = Export
catalogue-export-lead = The full file can take the place of sources.toml: afterwards nothing is kept apart from it.
catalogue-export-all = sources.toml, all
catalogue-export-own = sources.toml, from the browser only
catalogue-export-opml = OPML
managed-added = added
managed-edited = edited
managed-retired = retired
managed-merged = merged
conflict-same-id = It was added in the browser, and sources.toml has since gained another source with the same id.
conflict-same-address = It has the address of “{ $other }”. Until you decide, it waits, so that nothing is read twice.
conflict-changed = It was edited in the browser, and sources.toml has since changed the same fields.
conflict-retired = It was retired in the browser, and sources.toml has changed it since.
conflict-gone = It was edited in the browser, and is no longer in sources.toml.
conflict-file = Take what sources.toml says
conflict-browser = Keep what the browser says
conflict-merge = Merge “{ $from }” into “{ $into }”
conflict-field = Field
conflict-here = Browser
import-heading = Import
import-file = OPML file or sources.toml
import-text = Or paste the text here
import-country = Country, if the file does not say
import-role = Role of sources from OPML
import-look = Show what would be added
import-preview = What the file would add
import-name = Source
import-address = Address
import-standing = State
import-new = new
import-same = already there
import-differs = already there, but different: { $fields }
import-taken = “{ $id }” already has this address
import-retired = retired earlier
import-mistakes = Mistakes in the file
import-found =
    { $count ->
        [one] { $shown } new source
       *[other] { $shown } new sources
    }
import-cut = The file has more sources than can be added at once: split it.
import-do = Add the ticked sources
import-none = No source was ticked.
import-empty = Choose a file or paste a text.
error-impossible-title = That cannot be done
error-impossible = The request does not fit what is there: for example, an id or an address is taken.
bad-id = “{ $value }” cannot be an id: use a–z, 0–9 and hyphens.
bad-name = “{ $value }” cannot be a name: write at most 200 characters in one line.
bad-url = “{ $value }” is not a web address such as https://www.example.org/.
source-do-look-again = Look anew for how to read it
source-do-undo = Undo what vesti changed
source-do-confirm = Leave it so
source-do-trust = The texts are its own: read them
manage-nothing = There is nothing left to change here.
manage-done-undone = The change was undone. The source is read as before.
manage-done-looked-again = The visit that begins now looks anew for how to read the source.
manage-done-trusted = What was kept aside is being read now.
manage-done-confirmed = Noted.
