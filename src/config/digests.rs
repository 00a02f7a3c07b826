//! Reading `digests.toml`: what goes into each digest, when it comes, and to whom.

use std::collections::HashMap;

use jiff::civil::Weekday;

use super::document::Document;
use super::given::{Given, flag};
use super::known::Known;
use super::problem::{Report, Wrong, quote};
use super::settings::Server;
use super::table::{self, Place, Table};
use super::{DigestSpec, Grouping, Manner, PER_SOURCE, Period, units};
use crate::domain::{DigestId, Language, SearchRequest};

/// The keys that make the query: those of a search.
const QUERY: [&str; 11] = [
    "q", "lang", "country", "source", "role", "topic", "kind", "from", "to", "deadline", "cross",
];
/// Stories in an edition where the digest does not say.
const LIMIT: usize = 50;
/// The hour at which an edition closes where the digest does not say.
const HOUR: i8 = 7;

/// What digests refer to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub server: &'a Server,
    pub sources: &'a Known,
    pub topics: &'a Known,
}

/// Reads the digests. What is wrong goes to the report.
pub(super) fn read(document: &Document, around: Around<'_>, report: &Report) -> Vec<DigestSpec> {
    let Some(parsed) = table::parse(document, report) else {
        return Vec::new();
    };
    let root = Table::root(Place { document, report }, &parsed);
    let mut ids: HashMap<DigestId, usize> = HashMap::new();
    let mut digests = Vec::new();
    for table in root.tables("digest") {
        let id = id(&table, &mut ids);
        digests.extend(digest(table, id, around));
    }
    root.finish(|key| {
        ["id", "title", "q", "digests"]
            .contains(&key)
            .then(|| "write [[digest]], in double brackets, before each digest".into())
    });
    digests
}

fn id(table: &Table<'_>, ids: &mut HashMap<DigestId, usize>) -> Option<DigestId> {
    let id = table.need("id", r#"id = "calls""#, |given| {
        given.parse(|text| {
            text.parse::<DigestId>()
                .map_err(|error| error.to_string().into())
        })
    })?;
    if let Some(first) = ids.get(&id) {
        table.complain(
            "id",
            Wrong::new(
                format!(
                    "{} is there twice: the digest on line {first} has it already",
                    quote(id.as_str())
                ),
                "give each digest an id of its own",
            ),
        );
        return None;
    }
    ids.insert(id.clone(), table.line());
    Some(id)
}

fn digest(table: Table<'_>, id: Option<DigestId>, around: Around<'_>) -> Option<DigestSpec> {
    let title = title(&table, around.server);
    let query = query(&table, around);
    let period = table.need("period", r#"period = "weekly""#, |given| {
        given.parse(period)
    });
    let hour = table.get("hour", |given| given.whole(0..=23));
    let weekday = table.get("weekday", |given| given.parse(weekday));
    let time_zone = table.get("time_zone", |given| given.parse(units::time_zone));
    let limit = table.get("limit", |given| given.whole(1..=500));
    let group = table.get("group", |given| {
        given.parse(|text| units::word(text, "grouping", &Grouping::ALL))
    });
    let per_source = table.get("per_source", |given| given.whole(1..=100));
    let recipients = table.list("recipients", r#"["office@example.org"]"#, |given| {
        given.parse(units::mail_address)
    });
    table.finish(|key| match key {
        "language" | "languages" => Some("did you mean “lang”?".into()),
        "query" | "words" => Some("did you mean “q”?".into()),
        "name" => Some("did you mean “title”?".into()),
        "grouping" | "group_by" | "groups" => Some("did you mean “group”?".into()),
        "day" => Some("did you mean “weekday”?".into()),
        "timezone" | "zone" => Some("did you mean “time_zone”?".into()),
        "sort" | "cursor" => Some("a digest has an order of its own: remove it".into()),
        _ => None,
    });
    Some(DigestSpec {
        id: id?,
        title: title?,
        query,
        period: period?,
        hour: hour.map_or(HOUR, |hour| hour as i8),
        weekday: weekday.unwrap_or(Weekday::Monday),
        time_zone: time_zone.unwrap_or_else(|| around.server.time_zone.clone()),
        limit: limit.map_or(LIMIT, |limit| limit as usize),
        manner: Manner {
            group: group.unwrap_or_default(),
            per_source: per_source.map_or(PER_SOURCE, |most| most as usize),
            ..Manner::default()
        },
        recipients: recipients.unwrap_or_default(),
    })
}

/// A text, which then is in the first language of the interface, or a table of languages.
fn title(table: &Table<'_>, server: &Server) -> Option<Vec<(Language, String)>> {
    const EXAMPLE: &str =
        r#"title = { ro = "Apeluri", lv = "Konkursi", ru = "Конкурсы", en = "Calls" }"#;
    const MOST: usize = 200;
    if !table.is_table("title") {
        let text = table.need("title", EXAMPLE, |given| given.line(MOST))?;
        let language = server.languages.first().copied().unwrap_or(Language::EN);
        return Some(vec![(language, text)]);
    }
    let titles = table.table("title")?;
    let mut found = Vec::new();
    for key in titles.keys() {
        match units::language(key) {
            Ok(language) => {
                found.extend(
                    titles
                        .free(key, |given| given.line(MOST))
                        .map(|text| (language, text)),
                );
            }
            Err(wrong) => titles.complain(key, wrong),
        }
    }
    if titles.keys().next().is_none() {
        table.complain(
            "title",
            Wrong::new("is empty", format!("write it such as {EXAMPLE}")),
        );
    }
    (!found.is_empty()).then_some(found)
}

fn query(table: &Table<'_>, around: Around<'_>) -> SearchRequest {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for key in QUERY {
        let one = |given: Given<'_>| one(key, given, around);
        let values = match key {
            "q" | "from" | "to" | "deadline" | "cross" => {
                table.get(key, one).map(|value| vec![value])
            }
            _ => table.list_or_one(key, one),
        };
        pairs.extend(values.into_iter().flatten().map(|value| (key, value)));
    }
    let pairs = pairs.iter().map(|(key, value)| (*key, value.as_str()));
    SearchRequest::from_pairs(pairs).unwrap_or_else(|error| {
        // Each value by itself was right, so this is about their number.
        table.complain(&error.parameter, error.reason.into());
        SearchRequest::default()
    })
}

/// One value of one key of the query, checked by the search vocabulary itself.
fn one(key: &str, given: Given<'_>, around: Around<'_>) -> Result<String, Wrong> {
    let text = match key {
        "cross" => if flag(given)? { "1" } else { "0" }.to_owned(),
        "q" => given.line(2_000)?,
        "country" => given.parse(units::country)?.to_string(),
        "role" => given.parse(units::role)?.to_string(),
        "kind" => given.parse(units::kind)?.to_string(),
        "lang" => given.parse(units::language)?.to_string(),
        _ => given.parse(|text| Ok(text.trim().to_owned()))?,
    };
    if text.is_empty() {
        return Err(Wrong::new(
            "is empty",
            "write a value, or leave the key out",
        ));
    }
    SearchRequest::from_pairs([(key, text.as_str())]).map_err(|error| Wrong::from(error.reason))?;
    match key {
        "source" => around.sources.check(&text, "source", "sources.toml")?,
        "topic" => around.topics.check(&text, "topic", "thesaurus.tsv")?,
        _ => {}
    }
    Ok(text)
}

fn period(text: &str) -> Result<Period, Wrong> {
    const PERIODS: [(&str, Period); 4] = [
        ("hourly", Period::Hourly),
        ("daily", Period::Daily),
        ("weekly", Period::Weekly),
        ("monthly", Period::Monthly),
    ];
    units::word(text, "period", &PERIODS)
}

/// The days of the week, and the words for them; their first three letters do as well.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn weekday(text: &str) -> Result<Weekday, Wrong> {
    let small = text.trim().to_lowercase();
    let short = |(name, _): &&(&str, Weekday)| name[..3] == *small;
    match WEEKDAYS.iter().find(short) {
        Some((_, day)) => Ok(*day),
        None => units::word(&small, "weekday", &WEEKDAYS),
    }
}
