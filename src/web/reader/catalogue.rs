//! The shared catalogue as one reader sees it: feeds in folders, topics as labels.

use std::collections::{BTreeMap, HashMap, HashSet};

use url::Url;

use super::ids::{State, Stream, label};
use crate::config::{Concept, DigestSpec};
use crate::delivery::{Feedless, OpmlFeed};
use crate::domain::{Language, TopicId};
use crate::store::{Base, FeedEdit, Reader, Scan};
use crate::web::collate;
use crate::web::context::Ask;
use crate::web::locale::Ui;
use crate::web::trouble::Trouble;

/// What the streams of digests begin with.
const DIGEST: &str = "digest/";

/// A source or a digest.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    /// What the store calls it: the id of the source, or `digest/{id}`.
    pub(super) stream: String,
    /// What the reader calls it.
    pub(super) title: String,
    /// The folder that it is in; empty for none.
    pub(super) folder: String,
    /// The feed itself.
    pub(super) url: String,
    /// The site.
    pub(super) home: String,
    pub(super) language: Option<Language>,
    /// What the reader changed about it.
    pub(super) edit: FeedEdit,
}

impl Feed {
    /// How apps name it.
    pub(super) fn id(&self) -> String {
        format!("feed/{}", self.stream)
    }
}

/// All of it.
pub(super) struct Catalogue {
    pub(super) reader: Reader,
    /// By folder and title; those too that the reader has left.
    pub(super) feeds: Vec<Feed>,
    places: HashMap<String, usize>,
}

/// What a stream means to the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The streams that items may be in.
    pub(super) streams: Vec<String>,
    pub(super) topic: Option<TopicId>,
    pub(super) read: Option<bool>,
    pub(super) starred: Option<bool>,
    pub(super) kept: bool,
}

impl Catalogue {
    pub(super) fn new(context: &Ask, reader: Reader) -> Result<Self, Trouble> {
        let mut edits = context.app.store.feed_edits(&reader)?;
        let ui = Ui::new(reader.lang);
        let ours = |path: &str| context.absolute(path);
        let mut feeds = Vec::new();
        for record in context.sources()? {
            let source = &record.source;
            let opml = OpmlFeed::of(&record, &context.base, Feedless::OurFeed);
            let (stream, page) = (source.id.to_string(), format!("/sources/{}", source.id));
            feeds.push(Feed {
                title: source.name.clone(),
                folder: ui.country_name(source.country),
                url: opml.as_ref().map_or_else(
                    || ours(&format!("/feed.rss?source={stream}")),
                    |opml| opml.feed.to_string(),
                ),
                home: opml
                    .and_then(|opml| opml.home)
                    .map_or_else(|| ours(&page), |home| home.to_string()),
                language: source.languages.first().copied(),
                edit: FeedEdit::default(),
                stream,
            });
        }
        for spec in &context.config.digests {
            feeds.push(Feed {
                stream: format!("{DIGEST}{}", spec.id),
                title: spec.title(reader.lang).to_owned(),
                folder: ui.t("nav-digests"),
                url: ours(&format!("/digests/{}.rss", spec.id)),
                home: ours(&format!("/digests/{}", spec.id)),
                language: Some(reader.lang),
                edit: FeedEdit::default(),
            });
        }
        for feed in &mut feeds {
            let Some(edit) = edits.remove(&feed.stream) else {
                continue;
            };
            if let Some(title) = &edit.title {
                feed.title.clone_from(title);
            }
            if let Some(folder) = &edit.folder {
                feed.folder.clone_from(folder);
            }
            feed.edit = edit;
        }
        Ok(Self::of(reader, feeds))
    }

    pub(super) fn of(reader: Reader, mut feeds: Vec<Feed>) -> Self {
        let key = |text: &str| collate::key(text, reader.lang);
        feeds.sort_by_cached_key(|feed| (key(&feed.folder), key(&feed.title)));
        let places = feeds
            .iter()
            .enumerate()
            .map(|(place, feed)| (feed.stream.clone(), place))
            .collect();
        Self {
            reader,
            feeds,
            places,
        }
    }

    /// The feed of a stream, subscribed to or not.
    pub(super) fn feed(&self, stream: &str) -> Option<&Feed> {
        self.places.get(stream).map(|place| &self.feeds[*place])
    }

    /// The feeds that the reader subscribes to.
    pub(super) fn subscribed(&self) -> impl Iterator<Item = &Feed> {
        self.feeds.iter().filter(|feed| !feed.edit.hidden)
    }

    /// The streams of all feeds, also of those that the reader has left: what it has read or starred there stays.
    pub(super) fn all_streams(&self) -> Vec<String> {
        self.feeds.iter().map(|feed| feed.stream.clone()).collect()
    }

    /// The folders, each with the streams of its feeds.
    pub(super) fn folders(&self) -> Vec<(String, Vec<String>)> {
        let mut folders: Vec<(String, Vec<String>)> = Vec::new();
        for feed in self.subscribed().filter(|feed| !feed.folder.is_empty()) {
            match folders.last_mut() {
                Some((name, streams)) if *name == feed.folder => streams.push(feed.stream.clone()),
                _ => folders.push((feed.folder.clone(), vec![feed.stream.clone()])),
            }
        }
        folders
    }

    /// What readers may be called by in streams.
    pub(super) fn own(&self) -> [String; 2] {
        [self.reader.id.to_string(), self.reader.name.clone()]
    }

    /// What a stream holds; `None` where there is no such stream.
    pub(super) fn choose(&self, concepts: &[Concept], stream: &Stream) -> Option<Choice> {
        let subscribed = || self.subscribed().map(|feed| feed.stream.clone()).collect();
        let choice = match stream {
            Stream::Feed(id) => Choice {
                streams: vec![self.feed(id)?.stream.clone()],
                ..Choice::default()
            },
            Stream::Label(name) => {
                if let Some((_, streams)) = self.folders().into_iter().find(|(own, _)| own == name)
                {
                    Choice {
                        streams,
                        ..Choice::default()
                    }
                } else {
                    Choice {
                        streams: subscribed(),
                        topic: Some(topic(concepts, name, self.reader.lang)?),
                        ..Choice::default()
                    }
                }
            }
            Stream::State(State::ReadingList) => Choice {
                streams: subscribed(),
                ..Choice::default()
            },
            Stream::State(State::Read) => Choice {
                streams: subscribed(),
                read: Some(true),
                ..Choice::default()
            },
            Stream::State(State::Starred) => Choice {
                streams: self.all_streams(),
                starred: Some(true),
                ..Choice::default()
            },
            Stream::State(State::KeptUnread) => Choice {
                streams: self.all_streams(),
                kept: true,
                ..Choice::default()
            },
            Stream::State(State::Other) => Choice::default(),
        };
        Some(choice)
    }

    /// What a stream is called.
    pub(super) fn title(&self, stream: &Stream, site: &str) -> String {
        match stream {
            Stream::Feed(id) => self
                .feed(id)
                .map_or_else(|| id.clone(), |feed| feed.title.clone()),
            Stream::Label(name) => name.clone(),
            Stream::State(_) => site.to_owned(),
        }
    }

    /// The feeds that the reader subscribes to, by folder.
    pub(super) fn outline(&self) -> Vec<(String, Vec<OpmlFeed>)> {
        let mut folders: BTreeMap<String, Vec<OpmlFeed>> = BTreeMap::new();
        for feed in self.subscribed() {
            let Ok(url) = Url::parse(&feed.url) else {
                continue;
            };
            folders
                .entry(feed.folder.clone())
                .or_default()
                .push(OpmlFeed {
                    title: feed.title.clone(),
                    feed: url,
                    home: Url::parse(&feed.home).ok(),
                    language: feed.language,
                    digest: feed.stream.starts_with(DIGEST),
                });
        }
        folders.into_iter().collect()
    }
}

/// What topics are called in a reader's language, those that a folder is called like left out.
pub(super) struct Topics(HashMap<TopicId, String>);

impl Topics {
    pub(super) fn new(concepts: &[Concept], catalogue: &Catalogue) -> Self {
        let folders: HashSet<String> = catalogue
            .folders()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        Self(
            concepts
                .iter()
                .map(|concept| {
                    (
                        concept.id.clone(),
                        concept.label(catalogue.reader.lang).to_owned(),
                    )
                })
                .filter(|(_, name)| !folders.contains(name))
                .collect(),
        )
    }

    /// The labels of some topics, as streams.
    pub(super) fn labels(&self, topics: &[TopicId]) -> impl Iterator<Item = String> {
        topics
            .iter()
            .filter_map(|topic| self.name(topic).map(label))
    }

    /// What one is called.
    pub(super) fn name(&self, topic: &TopicId) -> Option<&str> {
        self.0.get(topic).map(String::as_str)
    }
}

/// The widest topics: a label for each of hundreds would help nobody to find anything.
pub(super) fn widest(concepts: &[Concept]) -> Vec<&TopicId> {
    concepts
        .iter()
        .filter(|concept| concept.broader.is_none())
        .map(|concept| &concept.id)
        .collect()
}

/// The topic that is called so: in the reader's language, else in another; by its id at last.
fn topic(concepts: &[Concept], name: &str, language: Language) -> Option<TopicId> {
    let languages = [language].into_iter().chain(Language::OURS);
    languages
        .flat_map(|language| {
            concepts
                .iter()
                .filter(move |concept| concept.label(language) == name)
        })
        .chain(
            concepts
                .iter()
                .filter(|concept| concept.id.as_str() == name),
        )
        .map(|concept| concept.id.clone())
        .next()
}

/// The digest of a stream, where it is one of a digest.
pub(super) fn digest_of<'a>(digests: &'a [DigestSpec], stream: &str) -> Option<&'a DigestSpec> {
    let id = stream.strip_prefix(DIGEST)?;
    digests.iter().find(|spec| spec.id.as_str() == id)
}

impl Choice {
    /// What is in both.
    pub(super) fn and(mut self, other: Self) -> Self {
        let others: HashSet<String> = other.streams.into_iter().collect();
        self.streams.retain(|stream| others.contains(stream));
        // Two topics at once cannot be asked of the store; the narrower question of the two is kept where only one has any.
        self.topic = other.topic.or(self.topic);
        self.read = other.read.or(self.read);
        self.starred = other.starred.or(self.starred);
        self.kept |= other.kept;
        self
    }

    /// Whether it is all that some streams hold.
    pub(super) fn is_whole(&self) -> bool {
        self.topic.is_none() && self.read.is_none() && self.starred.is_none() && !self.kept
    }

    /// As the store is asked for it: places between `after` and `before`, both left out.
    pub(super) fn scan(
        &self,
        after: i64,
        before: i64,
        oldest_first: bool,
        most: usize,
    ) -> Scan<'_> {
        Scan {
            base: match self {
                Self { kept: true, .. } => Base::Kept,
                Self {
                    topic: Some(topic), ..
                } => Base::Topic(topic),
                Self {
                    starred: Some(true),
                    ..
                } => Base::Starred,
                _ => Base::Streams,
            },
            streams: &self.streams,
            read: self.read,
            starred: self.starred,
            after,
            before,
            oldest_first,
            most,
        }
    }

    /// What is in this one, but not in the other; of topics that cannot be said.
    pub(super) fn without(mut self, other: &Self) -> Self {
        if let Some(read) = other.read {
            self.read = Some(!read);
        } else if let Some(starred) = other.starred {
            self.starred = Some(!starred);
        } else if other.topic.is_none() && !other.kept {
            let others: HashSet<&String> = other.streams.iter().collect();
            self.streams.retain(|stream| !others.contains(stream));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;

    fn catalogue(folders: &[(&str, &str)]) -> Catalogue {
        let reader = Reader {
            id: 7,
            name: "reader-x".into(),
            proof: Vec::new(),
            lang: Language::EN,
            used: None,
        };
        let feeds = folders.iter().map(|(stream, folder)| Feed {
            stream: (*stream).to_owned(),
            title: (*stream).to_owned(),
            folder: (*folder).to_owned(),
            url: format!("https://{stream}.example/feed"),
            home: format!("https://{stream}.example/"),
            language: None,
            edit: FeedEdit {
                hidden: *stream == "left",
                ..FeedEdit::default()
            },
        });
        Catalogue::of(reader, feeds.collect())
    }

    fn choose(catalogue: &Catalogue, stream: Stream) -> Option<Choice> {
        let concepts = &samples::context("/", "").config.thesaurus;
        catalogue.choose(concepts, &stream)
    }

    #[test]
    fn what_was_left_is_in_no_list_but_can_still_be_asked_for() {
        let all = catalogue(&[("a", "X"), ("b", "X"), ("left", "X"), ("c", "")]);
        let list = choose(&all, Stream::State(State::ReadingList)).unwrap();
        assert_eq!(list.streams, ["c", "a", "b"]);
        let folder = choose(&all, Stream::Label("X".into())).unwrap();
        assert_eq!(folder.streams, ["a", "b"]);
        assert_eq!(
            choose(&all, Stream::Feed("left".into())).unwrap().streams,
            ["left"]
        );
        assert_eq!(
            choose(&all, Stream::State(State::Starred))
                .unwrap()
                .streams
                .len(),
            4
        );
        assert_eq!(choose(&all, Stream::Feed("nope".into())), None);
        assert_eq!(choose(&all, Stream::Label("nope".into())), None);
    }

    #[test]
    fn a_folder_goes_before_a_topic_of_the_same_name() {
        let plain = catalogue(&[("a", "X")]);
        let topic = choose(&plain, Stream::Label("day centre".into())).unwrap();
        assert_eq!(topic.topic.unwrap().as_str(), "day-centre");
        let other = choose(&plain, Stream::Label("dienas centrs".into())).unwrap();
        assert_eq!(
            other.topic.unwrap().as_str(),
            "day-centre",
            "in another language"
        );
        let same = catalogue(&[("a", "day centre")]);
        let folder = choose(&same, Stream::Label("day centre".into())).unwrap();
        assert_eq!((folder.topic, folder.streams.len()), (None, 1));
        let concepts = &samples::context("/", "").config.thesaurus;
        let id: TopicId = "day-centre".parse().unwrap();
        assert_eq!(Topics::new(concepts, &same).name(&id), None);
        assert_eq!(Topics::new(concepts, &plain).name(&id), Some("day centre"));
    }

    #[test]
    fn choices_are_narrowed_and_cut() {
        let all = catalogue(&[("a", "X"), ("b", "Y")]);
        let list = || choose(&all, Stream::State(State::ReadingList)).unwrap();
        let read = choose(&all, Stream::State(State::Read)).unwrap();
        let starred = choose(&all, Stream::State(State::Starred)).unwrap();
        let x = choose(&all, Stream::Label("X".into())).unwrap();
        assert_eq!(list().without(&read).read, Some(false));
        assert_eq!(list().and(read).read, Some(true));
        assert_eq!(list().and(starred.clone()).starred, Some(true));
        assert_eq!(list().without(&starred).starred, Some(false));
        assert_eq!(list().and(x.clone()).streams, ["a"]);
        assert_eq!(list().without(&x).streams, ["b"]);
    }
}
