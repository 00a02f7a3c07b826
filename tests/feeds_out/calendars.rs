//! Calendars as those who subscribe to them see them, read by another library.

use std::collections::BTreeMap;

use icalendar::parser::{Component, read_calendar, unfold};
use vesti::domain::Precision;

use crate::house::*;

type Parameters = BTreeMap<String, String>;

/// A component's properties by name, with their parameters, and what is in it.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    properties: BTreeMap<String, Vec<(Parameters, String)>>,
    parts: Vec<Part>,
}

impl Part {
    fn of(component: &Component<'_>) -> Self {
        let mut properties: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for property in &component.properties {
            let parameters = property
                .params
                .iter()
                .map(|parameter| {
                    let value = parameter.val.as_ref().map(ToString::to_string);
                    (parameter.key.to_string(), value.unwrap_or_default())
                })
                .collect();
            properties
                .entry(property.name.to_string())
                .or_default()
                .push((parameters, property.val.to_string()));
        }
        Self {
            name: component.name.to_string(),
            properties,
            parts: component.components.iter().map(Self::of).collect(),
        }
    }

    fn one(&self, name: &str) -> &str {
        let all = self.properties.get(name).map_or(&[][..], Vec::as_slice);
        assert_eq!(all.len(), 1, "{name} in {self:?}");
        &all[0].1
    }

    fn parameter(&self, name: &str, parameter: &str) -> &str {
        self.properties[name][0]
            .0
            .get(parameter)
            .map_or("", |value| value)
    }

    fn sequence(&self) -> u32 {
        self.one("SEQUENCE").parse().unwrap()
    }
}

struct Calendar {
    properties: Part,
    events: Vec<Part>,
    zones: Vec<Part>,
}

fn read(text: &str) -> Calendar {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let (mut events, mut zones) = (Vec::new(), Vec::new());
    for component in &calendar.components {
        let part = Part::of(component);
        match part.name.as_str() {
            "VEVENT" => events.push(part),
            "VTIMEZONE" => zones.push(part),
            other => panic!("{other}"),
        }
    }
    let whole = Component {
        name: "VCALENDAR".into(),
        properties: calendar.properties,
        components: Vec::new(),
    };
    Calendar {
        properties: Part::of(&whole),
        events,
        zones,
    }
}

async fn calendar(house: &House, path: &str) -> Vec<Part> {
    let answer = house.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    read(&answer.body).events
}

async fn only(house: &House, path: &str) -> Part {
    let mut events = calendar(house, path).await;
    assert_eq!(events.len(), 1, "{path}: {events:?}");
    events.remove(0)
}

#[tokio::test]
async fn a_moved_deadline_shows_moved_and_keeps_its_name() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let mut item = call("a", "2026-11-21T08:00:00Z", "2026-12-15T21:59:59Z");
    house.insert("fonss", item.clone()).await;
    let first = only(&house, "/calendar.ics").await;
    assert_eq!(first.one("DTSTART"), "20261215");
    assert_eq!(first.parameter("DTSTART", "VALUE"), "DATE");
    assert_eq!(first.one("DTEND"), "20261216");
    assert_eq!(first.one("STATUS"), "CONFIRMED");

    // Read again with nothing that a calendar shows changed: the number stands.
    house.set("2026-11-21T11:00:00Z");
    item.draft.text.push_str(" Un rând mai mult.");
    house.update("fonss", item.clone(), true).await;
    let same = only(&house, "/calendar.ics").await;
    assert_eq!(same.sequence(), first.sequence());
    assert!(same.one("LAST-MODIFIED") > first.one("LAST-MODIFIED"));

    // The page was read and says it better: no edit of the source, but another date.
    house.set("2026-11-21T12:00:00Z");
    item.deadline.as_mut().unwrap().at = at("2026-12-20T21:59:59Z");
    house.update("fonss", item.clone(), false).await;
    let moved = only(&house, "/calendar.ics").await;
    assert_eq!(moved.one("UID"), first.one("UID"));
    assert_eq!(moved.one("DTSTART"), "20261220");
    assert!(moved.sequence() > same.sequence());
    assert_eq!(moved.one("DTSTAMP"), "20261121T120000Z");

    // The hour becomes known, then the title changes.
    house.set("2026-11-21T13:00:00Z");
    let deadline = item.deadline.as_mut().unwrap();
    (deadline.at, deadline.precision) = (at("2026-12-20T14:00:00Z"), Precision::Second);
    house.update("fonss", item.clone(), true).await;
    let timed = only(&house, "/calendar.ics").await;
    assert_eq!(timed.one("DTSTART"), "20261220T160000");
    assert_eq!(timed.parameter("DTSTART", "TZID"), "Europe/Bucharest");
    assert!(timed.sequence() > moved.sequence());
    item.draft.title = "Apel prelungit".into();
    house.update("fonss", item.clone(), true).await;
    let renamed = only(&house, "/calendar.ics").await;
    assert_eq!(renamed.one("SUMMARY"), "Apel prelungit");
    assert!(renamed.sequence() > timed.sequence());
}

#[tokio::test]
async fn a_withdrawn_call_is_cancelled_for_a_while_and_its_number_never_falls() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let item = call("a", "2026-11-21T08:00:00Z", "2027-12-15T21:59:59Z");
    house.insert("fonss", item.clone()).await;
    let before = only(&house, "/calendar.ics").await;
    house.set("2026-11-22T10:00:00Z");
    house.withdraw("fonss", &item).await;
    for path in [
        "/calendar.ics",
        "/calendar.ics?kind=call&country=RO&lang=ro&source=fonss&role=member",
        "/calendar.ics?deadline=open&from=2026-11-01",
        "/calendar.ics?q=servicii+sociale",
        "/calendar.ics?q=serviciilor+-concurs",
        "/calendar.ics?q=source:fonss",
    ] {
        let gone = only(&house, path).await;
        assert_eq!(gone.one("STATUS"), "CANCELLED", "{path}");
        assert_eq!(gone.one("UID"), before.one("UID"));
        assert_eq!(gone.one("DTSTART"), "20271215");
        assert!(gone.sequence() > before.sequence());
        assert_eq!(gone.one("DTSTAMP"), "20261122T100000Z");
        assert!(gone.parts.is_empty(), "nobody is reminded of it");
    }
    for path in [
        "/calendar.ics?kind=event",
        "/calendar.ics?country=LV",
        "/calendar.ics?lang=lv",
        "/calendar.ics?source=plecs",
        "/calendar.ics?topic=funding",
        "/calendar.ics?to=2026-11-01",
        "/calendar.ics?event=coming",
        "/calendar.ics?q=fotbal",
        "/calendar.ics?q=servicii+-sociale",
        "/calendar.ics?q=source:plecs",
    ] {
        assert!(calendar(&house, path).await.is_empty(), "{path}");
    }
    // It comes back, and goes again.
    house.set("2026-11-23T10:00:00Z");
    house.update("fonss", item.clone(), false).await;
    let back = only(&house, "/calendar.ics").await;
    assert_eq!(back.one("STATUS"), "CONFIRMED");
    assert!(back.sequence() > before.sequence() + 1);
    house.set("2026-11-24T10:00:00Z");
    house.withdraw("fonss", &item).await;
    let gone = only(&house, "/calendar.ics").await;
    assert!(gone.sequence() > back.sequence());
    house.set("2027-03-01T10:00:00Z");
    assert!(calendar(&house, "/calendar.ics").await.is_empty());
}

#[tokio::test]
async fn a_date_that_is_edited_away_is_cancelled_and_one_that_is_over_is_not() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let mut item = call("a", "2026-11-21T08:00:00Z", "2026-12-15T21:59:59Z");
    item.event = event("x", "2026-11-21T08:00:00Z", "2026-12-02T08:00:00Z", None).event;
    house.insert("plecs", item.clone()).await;
    assert_eq!(calendar(&house, "/calendar.ics").await.len(), 2);
    item.deadline = None;
    house.update("plecs", item.clone(), true).await;
    let states: BTreeMap<String, String> = calendar(&house, "/calendar.ics")
        .await
        .iter()
        .map(|part| (part.one("UID").to_owned(), part.one("STATUS").to_owned()))
        .collect();
    let states: Vec<&str> = states.values().map(String::as_str).collect();
    assert_eq!(
        states,
        ["CANCELLED", "CONFIRMED"],
        "the deadline, the event"
    );
    // A site that tidies up what is over calls nothing off.
    house.set("2026-12-03T10:00:00Z");
    house.withdraw("plecs", &item).await;
    let left = calendar(&house, "/calendar.ics").await;
    assert_eq!(left.len(), 1);
    assert!(left[0].one("UID").contains("-deadline@"));
}

#[tokio::test]
async fn what_is_private_is_not_even_cancelled_in_public() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let item = call("a", "2026-11-21T08:00:00Z", "2026-12-15T21:59:59Z");
    house.insert("secret", item.clone()).await;
    house.withdraw("secret", &item).await;
    assert!(calendar(&house, "/calendar.ics").await.is_empty());
}

#[tokio::test]
async fn hours_are_local_with_the_rules_of_their_zone() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let published = "2026-11-21T08:00:00Z";
    for (source, name) in [("fonss", "ro"), ("plecs", "lv"), ("apscf", "md")] {
        for (season, start, end) in [
            ("w", "2026-12-02T08:00:00Z", "2026-12-02T12:00:00Z"),
            ("s", "2027-07-02T08:00:00Z", "2027-07-02T12:00:00Z"),
        ] {
            let item = event(&format!("{name}-{season}"), published, start, Some(end));
            house.insert(source, item).await;
        }
    }
    let answer = house.get("/calendar.ics?ui=lv").await;
    let calendar = read(&answer.body);
    let zones: Vec<&str> = calendar.zones.iter().map(|zone| zone.one("TZID")).collect();
    assert_eq!(
        zones,
        ["Europe/Bucharest", "Europe/Chisinau", "Europe/Riga"]
    );
    assert_eq!(calendar.events.len(), 6);
    for event in &calendar.events {
        let start = event.one("DTSTART");
        let winter = start.starts_with("202612");
        assert_eq!(&start[8..], if winter { "T100000" } else { "T110000" });
        assert!(zones.contains(&event.parameter("DTSTART", "TZID")));
        assert!(zones.contains(&event.parameter("DTEND", "TZID")));
        assert_eq!(event.parts[0].one("TRIGGER"), "-PT1H");
        assert_eq!(event.parameter("SUMMARY", "LANGUAGE"), "ro");
        assert_eq!(event.one("CATEGORIES"), "Pasākums");
        assert_eq!(event.one("LOCATION"), "Rīga, Brīvības iela 1");
    }
    for zone in &calendar.zones {
        let names: Vec<&str> = zone.parts.iter().map(|part| part.name.as_str()).collect();
        assert!(
            names.contains(&"STANDARD") && names.contains(&"DAYLIGHT"),
            "{zone:?}"
        );
    }
    let head = &calendar.properties;
    assert_eq!(head.one("X-WR-TIMEZONE"), "Europe/Bucharest");
    assert_eq!(head.one("REFRESH-INTERVAL"), "PT1H");
    assert_eq!(
        head.one("SOURCE"),
        "https://vesti.example/calendar.ics?ui=lv"
    );
    assert_eq!(head.parameter("NAME", "LANGUAGE"), "lv");
}

#[tokio::test]
async fn reminders_are_as_one_asks() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let item = call("a", "2026-11-21T08:00:00Z", "2026-12-15T21:59:59Z");
    house.insert("fonss", item).await;
    for (path, trigger) in [
        ("/calendar.ics", Some("-PT15H")),
        ("/calendar.ics?alarm=3d", Some("-P2DT15H")),
        ("/calendar.ics?alarm=none", None),
        ("/calendar.ics?alarm=", Some("-PT15H")),
    ] {
        let event = only(&house, path).await;
        let alarm = event.parts.first().map(|alarm| alarm.one("TRIGGER"));
        assert_eq!(alarm, trigger, "{path}");
    }
    for path in [
        "/calendar.ics?alarm=soon",
        "/calendar.ics?alarm=1d&alarm=2d",
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(
            answer.body.contains("\"parameter\":\"alarm\""),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn what_leaves_a_calendar_or_a_feed_is_heard_of_by_date_alone() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let item = call("a", "2026-11-21T08:00:00Z", "2026-11-21T09:59:59Z");
    house.insert("fonss", item.clone()).await;
    let paths = ["/calendar.ics", "/feed.rss", "/feed.atom", "/feed.json"];
    for (path, hour) in paths.into_iter().zip(11..) {
        let minute = |minute: u32| house.set(&format!("2026-11-21T{hour}:{minute}:00Z"));
        let first = house.get(path).await;
        let date = first.headers["last-modified"].clone();
        let asked = [("if-modified-since", date.as_str())];
        minute(15);
        assert_eq!(house.ask(path, &asked).await.status, 304, "{path}");
        minute(30);
        house.withdraw("fonss", &item).await;
        let changed = house.ask(path, &asked).await;
        assert_eq!(changed.status, 200, "{path}");
        assert!(!changed.body.contains("Titlul a"), "{path}");
        minute(45);
        let date = changed.headers["last-modified"].clone();
        let again = house.ask(path, &[("if-modified-since", &date)]).await;
        assert_eq!(again.status, 304, "{path}");
        house.update("fonss", item.clone(), false).await;
    }
}

#[tokio::test]
async fn what_no_calendar_shows_is_not_counted() {
    let house = House::new("2026-11-21T10:00:00Z").await;
    let item = call("a", "2026-11-21T08:00:00Z", "2026-12-15T21:59:59Z");
    house.insert("fonss", item.clone()).await;
    for _ in 0..3 {
        house.update("fonss", item.clone(), true).await;
    }
    let id = id_of("fonss", &item);
    let known = house.store.dates(&[id]).unwrap().remove(&id).unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(
        known[0].sequence, 0,
        "nothing that a calendar shows changed"
    );
}
