"""Every feed and calendar that a running service offers, held against its format's rules and read by other people's libraries.

The feeds are those that its pages name. Each is held against what the W3C's validator asks of its format (RFC 4287 with its
schema, RSS 2.0 with the profile of its board, JSON Feed 1.1), and read by feedparser; calendars are read by icalendar. What
comes out must be what the JSON API says. Usage: check.py BASE_ADDRESS
"""

import datetime
import email.utils
import gzip
import html.parser
import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, deque
from zoneinfo import ZoneInfo

import feedparser
import icalendar
from lxml import etree

BASE = sys.argv[1].rstrip("/")
HERE = os.path.dirname(os.path.realpath(__file__))
TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "text/calendar": "calendar",
}
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC822 = re.compile(
    r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})$"
)
MEDIA_TYPE = re.compile(r"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+$")
# Relations of RFC 4287, RFC 5005 and WebSub.
RELATIONS = {
    "self", "alternate", "related", "enclosure", "via", "hub",
    "first", "last", "next", "previous", "current", "prev-archive", "next-archive",
}
DEAD = {"script", "style", "iframe", "object", "embed", "form", "input", "meta", "link", "base", "svg", "math", "frame", "applet"}

faults = []
counts = Counter()


def check(right, where, what):
    counts["checks"] += 1
    if not right:
        faults.append(f"{where}: {what}")


class Answer:
    def __init__(self, path):
        request = urllib.request.Request(BASE + path)
        with urllib.request.urlopen(request, timeout=60) as answer:
            self.body = answer.read()
            self.headers = answer.headers
        self.type = self.headers.get_content_type()


def get(path):
    counts["requests"] += 1
    return Answer(path)


def get_json(path):
    return json.loads(get(path).body)


def is_absolute(url):
    parts = urllib.parse.urlsplit(url)
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc) and not re.search(r"[\s<>\"{}|\\^`]", url)
    return parts.scheme in ("tag", "mailto")


class Fragment(html.parser.HTMLParser):
    """Looks at HTML that a feed carries."""

    def __init__(self, where):
        super().__init__()
        self.where = where

    def handle_starttag(self, tag, attributes):
        check(tag not in DEAD, self.where, f"<{tag}> in its content")
        for name, value in attributes:
            check(not name.startswith("on") and name != "style", self.where, f"{name}= in its content")
            if name in ("href", "src", "cite"):
                check(is_absolute(value or ""), self.where, f"{name}={value!r} is not absolute")


def look_into(where, text):
    fragment = Fragment(where)
    fragment.feed(text or "")
    fragment.close()


def unique(where, what, values):
    twice = [value for value, count in Counter(values).items() if count > 1]
    check(not twice, where, f"{what} {twice[:3]} more than once")


def own_address(path):
    """The address under which a document of this path names itself: the service's own, whatever it is reached by."""
    return PUBLIC + path


def check_links(where, path, root, links):
    by_rel = {}
    for link in links:
        rel = link.get("rel", "alternate")
        check(rel in RELATIONS, where, f"rel {rel!r}")
        check(is_absolute(link.get("href", "")), where, f"href {link.get('href')!r}")
        kind = link.get("type")
        check(kind is None or MEDIA_TYPE.match(kind), where, f"type {kind!r}")
        by_rel.setdefault(rel, []).append(link.get("href"))
    check(by_rel.get("self") == [own_address(path)], where, f"it calls itself {by_rel.get('self')}")
    for rel in ("next", "first", "prev-archive", "next-archive", "current"):
        check(len(by_rel.get(rel, [])) <= 1, where, f"several {rel}")
    archive = root.find(".//{http://purl.org/syndication/history/1.0}archive") is not None
    check(archive == ("current" in by_rel), where, "an archive names its feed, and nothing else does")
    return by_rel


def check_atom(path, body):
    root = etree.fromstring(body)
    if not SCHEMA.validate(root):
        error = SCHEMA.error_log.last_error
        check(False, path, f"not valid against RFC 4287: line {error.line}: {error.message}")
    links = check_links(path, path, root, root.findall(ATOM + "link"))
    check(root.findtext(ATOM + "title").strip(), path, "no title")
    check(is_absolute(root.findtext(ATOM + "id")), path, "its id is no IRI")
    entries = root.findall(ATOM + "entry")
    unique(path, "ids", [entry.findtext(ATOM + "id") for entry in entries])
    for entry in entries:
        id = entry.findtext(ATOM + "id")
        where = f"{path} {id}"
        check(is_absolute(id), where, "its id is no IRI")
        check(entry.findtext(ATOM + "title").strip(), where, "no title")
        updated, published = entry.findtext(ATOM + "updated"), entry.findtext(ATOM + "published")
        for date in (updated, published):
            check(RFC3339.match(date), where, f"date {date!r}")
        check(published <= updated, where, "updated before it was published")
        alternates = [link for link in entry.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]
        pairs = [(link.get("type"), link.get("hreflang")) for link in alternates]
        unique(where, "alternates of a type", pairs)
        content = entry.find(ATOM + "content")
        check(content is not None or alternates, where, "neither content nor a link")
        for link in entry.findall(ATOM + "link"):
            check(link.get("rel") in RELATIONS and is_absolute(link.get("href")), where, f"link {link.attrib}")
        if content is not None:
            check(content.get("type") == "html" and content.text.strip(), where, "no content")
            look_into(where, content.text)
        else:
            check(entry.findtext(ATOM + "summary", "").strip() or "content" not in path, where, "no summary either")
        lang = entry.get(XML_LANG)
        check(lang is None or LANGUAGE.match(lang), where, f"xml:lang {lang!r}")
        for category in entry.findall(ATOM + "category"):
            check(is_absolute(category.get("scheme")) and category.get("label"), where, "a category without scheme or label")
    return links


def check_rss(path, body):
    root = etree.fromstring(body)
    channel = root.find("channel")
    check(root.tag == "rss" and root.get("version") == "2.0" and len(root) == 1, path, "no RSS 2.0")
    for name in ("title", "link", "description"):
        found = channel.findall(name)
        check(len(found) == 1 and (found[0].text or "").strip(), path, f"{name} must be there once")
    check(is_absolute(channel.findtext("link")), path, "its link is not absolute")
    language = channel.findtext("language")
    check(language is None or LANGUAGE.match(language), path, f"language {language!r}")
    check(RFC822.match(channel.findtext("lastBuildDate")), path, "lastBuildDate")
    check(channel.findtext("ttl").isdigit(), path, "ttl")
    links = check_links(path, path, root, channel.findall(ATOM + "link"))
    items = channel.findall("item")
    unique(path, "guids", [item.findtext("guid") for item in items])
    known = {
        "title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source",
    }
    for item in items:
        guid = item.find("guid")
        where = f"{path} {guid.text}"
        check(guid.get("isPermaLink") == "false", where, "a tag is no address")
        for child in item:
            check(child.tag in known or child.tag.startswith("{"), where, f"<{child.tag}>")
        for name in ("title", "link", "description", "pubDate", "guid", "source", CONTENT):
            check(len(item.findall(name)) <= 1, where, f"{name} more than once")
        check((item.findtext("title") or "").strip(), where, "no title")
        check("<" not in re.sub(r"<(?![A-Za-z/!?])", "", item.findtext("title")), where, "markup in its title")
        check(is_absolute(item.findtext("link")), where, "its link is not absolute")
        check(RFC822.match(item.findtext("pubDate")), where, f"pubDate {item.findtext('pubDate')!r}")
        date = email.utils.parsedate_to_datetime(item.findtext("pubDate"))
        check(date.strftime("%a") == item.findtext("pubDate")[:3], where, "the weekday is another")
        lang = item.get(XML_LANG)
        check(lang is None or LANGUAGE.match(lang), where, f"xml:lang {lang!r}")
        check(lang == item.findtext("{http://purl.org/dc/elements/1.1/}language"), where, "two languages")
        for enclosure in item.findall("enclosure"):
            fits = is_absolute(enclosure.get("url")) and enclosure.get("length").isdigit() and MEDIA_TYPE.match(enclosure.get("type"))
            check(fits and urllib.parse.urlsplit(enclosure.get("url")).scheme in ("http", "https"), where, f"{enclosure.attrib}")
        for category in item.findall("category"):
            check((category.text or "").strip() and is_absolute(category.get("domain")), where, "category")
        source = item.find("source")
        check(source is None or (is_absolute(source.get("url")) and source.text.strip()), where, "source")
        look_into(where, item.findtext("description"))
        look_into(where, item.findtext(CONTENT))
    return links


def check_json(path, body):
    feed = json.loads(body)
    check(feed.get("version") == "https://jsonfeed.org/version/1.1", path, "version")
    check(isinstance(feed.get("title"), str) and feed["title"].strip(), path, "title")
    check(feed.get("feed_url") == own_address(path), path, f"it calls itself {feed.get('feed_url')}")
    for name in ("home_page_url", "feed_url", "next_url"):
        check(name not in feed or is_absolute(feed[name]), path, name)
    check(feed.get("next_url") != feed["feed_url"], path, "it leads to itself")
    check("language" not in feed or LANGUAGE.match(feed["language"]), path, "language")
    unique(path, "ids", [item["id"] for item in feed["items"]])
    for item in feed["items"]:
        where = f"{path} {item['id']}"
        check(isinstance(item["id"], str) and item["id"], where, "id")
        check("content_html" in item or "content_text" in item, where, "no content")
        for name in ("url", "image"):
            check(name not in item or is_absolute(item[name]), where, name)
        for name in ("date_published", "date_modified"):
            check(name not in item or RFC3339.match(item[name]), where, name)
        check("language" not in item or LANGUAGE.match(item["language"]), where, "language")
        check(all(isinstance(tag, str) and tag for tag in item.get("tags", [])), where, "tags")
        check(all(author.get("name") for author in item["authors"]), where, "authors")
        for attachment in item.get("attachments", []):
            check(is_absolute(attachment["url"]) and MEDIA_TYPE.match(attachment["mime_type"]), where, f"{attachment}")
        unknown = [name for name in item if name not in KNOWN_OF_ITEM and not name.startswith("_")]
        check(not unknown, where, f"{unknown} is not of JSON Feed")
        look_into(where, item.get("content_html"))
    return {"next": [feed["next_url"]]} if "next_url" in feed else {}


KNOWN_OF_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
    "date_published", "date_modified", "authors", "author", "tags", "language", "attachments",
}


def check_calendar(path, body):
    check(body.endswith(b"END:VCALENDAR\r\n"), path, "it breaks off")
    check(all(len(line) <= 75 for line in body.split(b"\r\n")), path, "lines of more than 75 octets")
    check(b"\n" not in body.replace(b"\r\n", b""), path, "bare line feeds")
    calendar = icalendar.Calendar.from_ical(body)
    check(not calendar.errors, path, f"{calendar.errors[:3]}")
    check(calendar["VERSION"] == "2.0" and calendar["PRODID"], path, "VERSION, PRODID")
    check(str(calendar["SOURCE"]) == own_address(path), path, f"it calls itself {calendar['SOURCE']}")
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
    events = calendar.walk("VEVENT")
    unique(path, "UIDs", [str(event["UID"]) for event in events])
    for event in events:
        where = f"{path} {event['UID']}"
        check(not event.errors, where, f"{event.errors}")
        for name in ("DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS", "LAST-MODIFIED", "CREATED"):
            check(name in event and not isinstance(event[name], list), where, f"{name} must be there once")
        check(event["STATUS"] in ("CONFIRMED", "CANCELLED"), where, "STATUS")
        start = event["DTSTART"]
        zone = start.params.get("TZID")
        if isinstance(start.dt, datetime.datetime):
            check(start.dt.tzinfo is not None, where, "a floating time")
            if zone not in (None, "UTC"):
                # The rules that the calendar brings, and those of the system, say the same.
                naive = start.dt.replace(tzinfo=None)
                check(zone in zones, where, f"no rules for {zone}")
                by_rules = zones[zone].utcoffset(naive) if zone in zones else None
                check(by_rules == naive.replace(tzinfo=ZoneInfo(zone)).utcoffset(), where, f"{zone}: {by_rules} at {naive}")
        else:
            check(event["DTEND"].dt > start.dt, where, "a day that ends before it begins")
        if "DTEND" in event:
            check(event["DTEND"].dt >= start.dt and type(event["DTEND"].dt) is type(start.dt), where, "DTEND")
        for alarm in event.walk("VALARM"):
            check(alarm["ACTION"] == "DISPLAY" and alarm["TRIGGER"].dt < datetime.timedelta(0), where, "alarm")
    counts["dates"] += len(events)
    return {}


CHECKS = {"rss": check_rss, "atom": check_atom, "json": check_json, "calendar": check_calendar}


class Page(html.parser.HTMLParser):
    """The links of a page, and the documents that it offers."""

    def __init__(self, text):
        super().__init__()
        self.pages, self.offers = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        href = attributes.get("href")
        if tag in ("a", "link") and href and href.startswith("/") and not href.startswith("//"):
            kind = TYPES.get(attributes.get("type"))
            if kind:
                self.offers.append((kind, href))
            elif tag == "a":
                self.pages.append(href)


def crawl():
    """Every document that the pages offer. Lists are followed to all that they list, searches are not."""
    starts = ["/", "/?ui=ro", "/?ui=lv", "/?ui=ru", "/?ui=en", "/?q=social&ui=ro", "/calls", "/events", "/countries", "/sources", "/topics", "/digests"]
    starts += ["/digest?period=hourly", "/digest?period=weekly&group=topic&ui=ru", "/digest?kind=call&period=monthly&group=country&ui=lv"]
    follow = re.compile(r"^/(calls|events|countries|sources|topics|digests)(/[A-Za-z0-9-]+)?$|^/digests/[a-z0-9-]+/[0-9TZ-]+$|^/digest\?")
    queue, seen, offers = deque(starts), set(starts), {}
    while queue:
        page = Page(get(queue.popleft()).body.decode())
        for kind, path in page.offers:
            offers[path] = kind
        for path in page.pages:
            path = path.split("#")[0]
            # Of digests made by their address there is no end.
            made = path.startswith("/digest?")
            if follow.match(path) and path not in seen and (not made or counts["digests made"] < 20):
                counts["digests made"] += made
                seen.add(path)
                queue.append(path)
    counts["pages"] = len(seen)
    return offers


def read_by_feedparser(path, kind, body):
    """What feedparser makes of a feed: it knows RSS and Atom."""
    feed = feedparser.parse(body, response_headers={"content-type": f"application/{kind}+xml; charset=utf-8"})
    check(not feed.bozo, path, f"feedparser stumbles: {feed.get('bozo_exception')}")
    check(feed.version in ("rss20", "atom10"), path, f"feedparser takes it for {feed.version}")
    for entry in feed.entries:
        for name in ("id", "title", "link", "published"):
            check(entry.get(name), f"{path} {entry.get('id')}", f"feedparser finds no {name}")
    return feed


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def squeezed(text):
    return " ".join(text.split())


def at_one_moment(path, search):
    """A document and the items of a search as they were when nothing came between: the demo goes on publishing."""
    for _ in range(30):
        items = get_json(search)["items"]
        body = get(path).body
        if get_json(search)["items"] == items:
            return body, items
        time.sleep(1)
    sys.exit(f"{search} never stays the same")


def held_against_the_api(query):
    """The feeds of a search have what the API says, in its order."""
    for kind in ("rss", "atom", "json"):
        path = f"/feed.{kind}?{query}&limit=100"
        body, items = at_one_moment(path, f"/api/v1/search?{query}&sort=date&limit=100")
        if kind == "json":
            feed = json.loads(body)
            read = [
                (entry["id"], entry["url"], squeezed(entry["title"]), entry.get("language"), moment(entry["date_published"]),
                 [file["url"] for file in entry.get("attachments", [])], entry["tags"])
                for entry in feed["items"]
            ]
        else:
            feed = read_by_feedparser(path, kind, body)
            root = etree.fromstring(body)
            tag = "{*}item" if kind == "rss" else ATOM + "entry"
            langs = [entry.get(XML_LANG) for entry in root.iter(tag)]
            read = [
                (entry.id, entry.link, squeezed(entry.title), lang,
                 datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.timezone.utc),
                 [file.href for file in entry.get("enclosures", [])], [tag.term for tag in entry.tags])
                for entry, lang in zip(feed.entries, langs)
            ]
        check(len(read) == len(items), path, f"{len(read)} entries for {len(items)} items")
        for entry, item in zip(read, items):
            where = f"{path} {item['id']}"
            published = moment(item["published"] or item["first_seen"])
            files = [file["url"] for file in item["attachments"]]
            expected = (item["url"], squeezed(item["title"]), item["lang"], published, files, [item["kind"], *item["topics"]])
            check(entry[0].endswith(f":items/{item['id']}"), where, f"it is {entry[0]}")
            for one, two in zip(entry[1:], expected):
                check(one == two, where, f"{one!r} for {two!r}")
        counts["compared"] += len(items)


def dates_held_against_the_api():
    """Open deadlines and coming events stand in the calendar, at the same moments."""
    for query, what in (("deadline=open&sort=deadline", "deadline"), ("event=coming&sort=event", "event")):
        body, items = at_one_moment("/calendar.ics", f"/api/v1/search?{query}&limit=100")
        calendar = icalendar.Calendar.from_ical(body)
        events = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
        check(items, "/calendar.ics", f"no {what} in the demo")
        for item in items:
            event = events.get(f"{item['id']}-{what}")
            where = f"/calendar.ics {item['id']}"
            check(event is not None, where, f"its {what} is missing")
            if event is None:
                continue
            check(squeezed(str(event["SUMMARY"])) == squeezed(item["title"]), where, "another title")
            check(event["SUMMARY"].params.get("LANGUAGE") == item["lang"], where, "another language")
            expected = moment(item["deadline"] if what == "deadline" else item["event"]["start"])
            start = event["DTSTART"].dt
            if isinstance(start, datetime.datetime):
                check(start == expected, where, f"{start} for {expected}")
            else:
                # The end of the day, or the midnight that ends it.
                zones = {"RO": "Europe/Bucharest", "LV": "Europe/Riga", "MD": "Europe/Chisinau", "EU": "Europe/Brussels"}
                shift = datetime.timedelta(seconds=1 if what == "deadline" else 0)
                local = (expected - shift).astimezone(ZoneInfo(zones.get(item["country"], "UTC")))
                check(start == local.date(), where, f"{start} for {local}")
            counts["compared"] += 1


def encodings(path):
    """Compressed, it is the same."""
    for name, unpack in (("gzip", gzip.decompress), ("br", None)):
        for _ in range(30):
            plain = get(path).body
            request = urllib.request.Request(BASE + path, headers={"Accept-Encoding": name})
            with urllib.request.urlopen(request, timeout=60) as answer:
                body, headers = answer.read(), answer.headers
            if get(path).body == plain:
                break
            time.sleep(1)
        check(headers["Content-Encoding"] == name, path, f"not sent as {name}")
        check("accept-encoding" in headers.get("Vary", "").lower() or any(
            "accept-encoding" in value.lower() for value in headers.get_all("Vary", [])), path, "Vary")
        if unpack:
            check(unpack(body) == plain, path, "compressed, it is another")
        check(len(body) < len(plain), path, f"{name} makes it longer")


SCHEMA = etree.RelaxNG.from_rnc_string(open(os.path.join(HERE, "atom.rnc"), encoding="utf-8").read())
PUBLIC = get_json("/feed.json")["feed_url"].removesuffix("/feed.json")

offers = crawl()
pending = deque(offers.items())
followed = set(offers)
while pending:
    path, kind = pending.popleft()
    answer = get(path)
    check(TYPES.get(answer.type) == kind, path, f"sent as {answer.type}")
    check(answer.headers["ETag"] and answer.headers["Last-Modified"], path, "no validators")
    counts[kind] += 1
    links = CHECKS[kind](path, answer.body)
    if kind in ("rss", "atom"):
        read_by_feedparser(path, kind, answer.body)
    # The pages and archives of the main feeds; each is as the others.
    if counts["followed"] < 150:
        for rel in ("next", "prev-archive", "next-archive", "first", "current"):
            for href in links.get(rel, []):
                further = href.removeprefix(PUBLIC)
                if further not in followed:
                    counts["followed"] += 1
                    followed.add(further)
                    pending.append((further, kind))
for path in ("/feed.rss?content=excerpt", "/feed.atom?content=excerpt&limit=100", "/feed.json?content=excerpt"):
    kind = path.split("?")[0].rsplit(".", 1)[1]
    CHECKS[kind](path.replace("content=excerpt&limit=100", "limit=100&content=excerpt"), get(path).body)
for query in ("", "lang=lv", "country=MD", "kind=call", "q=social", "source=fonpc", "topic=funding&lang=ru"):
    held_against_the_api(query)
dates_held_against_the_api()
for path in ("/feed.rss", "/feed.atom", "/feed.json", "/calendar.ics", "/digest.rss"):
    encodings(path)
for kind in ("rss", "atom", "json", "calendar"):
    check(counts[kind] >= 20 or kind == "calendar" and counts[kind] >= 5, "the demo", f"only {counts[kind]} of {kind}")

for fault in faults[:60]:
    print(fault, file=sys.stderr)
print(", ".join(f"{name}: {count}" for name, count in sorted(counts.items())), f"faults: {len(faults)}")
sys.exit(1 if faults else 0)
