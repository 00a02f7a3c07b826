//! Stories: announcements that tell the same are found, those that only look alike stay apart.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;
use vesti::config::Config;
use vesti::domain::{Draft, ItemId, Precision, Role, Source, Understood};
use vesti::understanding::stories::{Link, Member, Told, Verdict, judge, keys, partition};
use vesti::understanding::topics::Thesaurus;
use vesti::understanding::understand;

use crate::metrics;

#[derive(Deserialize)]
struct Set {
    told: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    story: String,
    easy: Option<String>,
    source: String,
    date: String,
    title: String,
    text: Option<String>,
    like: Option<String>,
    #[serde(default)]
    swap: Vec<[String; 2]>,
    words: Option<usize>,
    #[serde(default)]
    skip: usize,
    before: Option<String>,
    after: Option<String>,
    #[serde(default)]
    links: Vec<String>,
}

impl Entry {
    /// What it says; `earlier` has the texts of those above it.
    fn text(&self, earlier: &HashMap<&str, String>) -> String {
        let mut text = match (&self.text, &self.like) {
            (Some(text), _) => text.clone(),
            (None, Some(like)) => earlier[like.as_str()].clone(),
            (None, None) => panic!("{} says nothing", self.id),
        };
        for [old, new] in &self.swap {
            assert!(text.contains(old.as_str()), "{}: no “{old}” in it", self.id);
            text = text.replace(old.as_str(), new);
        }
        let words = text.split(' ').skip(self.skip);
        let words: Vec<&str> = words.take(self.words.unwrap_or(usize::MAX)).collect();
        let parts = [
            self.before.as_deref(),
            Some(&words.join(" ")),
            self.after.as_deref(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
    }

    fn at(&self) -> Timestamp {
        format!("{}T09:00:00Z", self.date).parse().unwrap()
    }

    fn understood(&self, text: String, thesaurus: &Thesaurus) -> Understood {
        let source = Source {
            id: self.source.parse().unwrap(),
            name: self.source.clone(),
            url: None,
            country: "RO".parse().unwrap(),
            role: Role::Member,
            languages: Vec::new(),
            feed: None,
            listing: None,
            interval: None,
            topics: Vec::new(),
            paused: false,
            private: false,
        };
        let links = self
            .links
            .iter()
            .map(|link| format!("<a href=\"{link}\">»</a>"));
        let draft = Draft {
            guid: None,
            url: Some(
                format!("https://{}.example/{}", self.source, self.id)
                    .parse()
                    .unwrap(),
            ),
            title: self.title.clone(),
            author: None,
            html: Some(links.collect()),
            text,
            summary: None,
            published: Some(self.at()),
            precision: Precision::Day,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: false,
        };
        understand(
            draft,
            &source,
            thesaurus,
            Vec::new(),
            String::new(),
            self.at(),
        )
    }
}

#[derive(Deserialize)]
struct Floors {
    precision: f64,
    recall: f64,
    easy: f64,
}

#[test]
fn the_same_story_is_found_and_what_only_looks_alike_stays_apart() {
    let set: Set = toml::from_str(include_str!("stories.toml")).unwrap();
    let config = Config::load(Path::new("config/vesti.toml"), std::iter::empty()).unwrap();
    let thesaurus = Thesaurus::compile(&config.thesaurus);
    let mut texts: HashMap<&str, String> = HashMap::new();
    let mut items: Vec<(&Entry, Understood)> = Vec::new();
    for entry in &set.told {
        let text = entry.text(&texts);
        texts.insert(&entry.id, text.clone());
        items.push((entry, entry.understood(text, &thesaurus)));
    }
    let pairs: Vec<(usize, usize)> = (0..items.len())
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .collect();

    let (mut links, mut easy, mut easy_found) = (Vec::new(), 0, 0);
    let id = |place: usize| ItemId::new(place as u64 + 1);
    for (a, b) in &pairs {
        let ((one, of_one), (other, of_other)) = (&items[*a], &items[*b]);
        let (left, right) = (
            Told {
                source: &one.source,
                at: one.at().as_millisecond(),
                sketch: &of_one.sketch,
            },
            Told {
                source: &other.source,
                at: other.at().as_millisecond(),
                sketch: &of_other.sketch,
            },
        );
        // What cannot be looked up is not found, however alike it is.
        let known = keys(&of_other.sketch);
        let found = keys(&of_one.sketch).iter().any(|key| known.contains(key));
        let verdict = if found {
            judge(&left, &right)
        } else {
            Verdict::Apart
        };
        let versions =
            |a: &Entry, b: &Entry| a.source == b.source && a.easy.as_ref() == Some(&b.story);
        let of_easy = versions(one, other) || versions(other, one);
        let comparable = of_one.sketch.lang == of_other.sketch.lang;
        if of_easy && comparable {
            easy += 1;
            easy_found += usize::from(verdict == Verdict::EasyToRead);
        }
        assert!(
            verdict != Verdict::EasyToRead || of_easy,
            "{} is no easy version of {}",
            one.id,
            other.id
        );
        let why = match verdict {
            Verdict::Same(why) => Some(why),
            Verdict::Version => None,
            Verdict::EasyToRead | Verdict::Apart => continue,
        };
        links.push(Link {
            a: id(*a),
            b: id(*b),
            why,
        });
    }
    let members: Vec<Member> = items
        .iter()
        .enumerate()
        .map(|(place, (entry, item))| Member {
            id: id(place),
            source: entry.source.clone(),
            at: entry.at().as_millisecond(),
            lang: item.sketch.lang,
        })
        .collect();
    let stories = partition(&members, &links);

    let (mut right, mut wrong) = (0, Vec::new());
    let mut missed = Vec::new();
    for (a, b) in pairs {
        let (one, other) = (items[a].0, items[b].0);
        match (one.story == other.story, stories[a] == stories[b]) {
            (true, true) => right += 1,
            (true, false) => missed.push(format!("missed: {} = {}", one.id, other.id)),
            (false, true) => wrong.push(format!("wrong: {} ≠ {}", one.id, other.id)),
            (false, false) => {}
        }
    }
    assert!(right + missed.len() >= 60, "too few pairs to tell");
    let floors: Floors = metrics::floors("stories");
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let precision = share(right, right + wrong.len());
    let recall = share(right, right + missed.len());
    wrong.append(&mut missed);
    assert!(
        precision >= floors.precision && recall >= floors.recall,
        "precision {precision:.3}, recall {recall:.3}\n{}",
        wrong.join("\n")
    );
    assert!(
        share(easy_found, easy) >= floors.easy,
        "{easy_found} of {easy}"
    );
}
