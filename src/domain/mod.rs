//! The words of the business. Everything here is a plain value: no clock, no network, no disk.

mod admits;
mod canonical;
mod dated;
mod finding;
mod ids;
mod item;
mod knowledge;
mod language;
mod letters;
mod managed;
mod matter;
mod memory;
mod naming;
mod place;
mod plain;
mod push;
mod reason;
mod remark;
mod request;
mod seq;
mod sign;
mod sketch;
mod source;
mod staff;
mod state;
mod vocabulary;
mod watch;

pub use canonical::CanonicalUrl;
pub use dated::{CalendarDate, Dated};
pub use finding::{Finding, Gravity, Happening, Symptom, Turn, turned};
pub use ids::{DigestId, IdError, ItemId, SourceId, StoryId, TopicId, hex};
pub use item::{
    Arrival, Attachment, Deadline, Draft, Event, FileState, FileText, Item, ItemState, MAX_AUTHOR,
    MAX_EXCERPT, MAX_TEXT, MAX_TITLE, Version,
};
pub use knowledge::{ItemKey, Understood};
pub use language::{Detected, Language};
pub(crate) use letters::{first_chars, is_digit, is_letter, is_letter_or_digit, plain_run};
pub use managed::{Fate, Field, Managed};
pub use matter::{Edit, Matter, Stated};
pub use memory::{Memory, SiteSeen};
pub use naming::{country_of, slug, usual_languages};
pub use place::Country;
pub use plain::plain;
pub use push::{HubLinks, Pushes, Stage, Subscription};
pub use reason::Reason;
pub use remark::Remark;
pub(crate) use remark::remark_or_words;
pub use request::{DateBound, RequestError, SearchRequest, Sort};
pub use seq::Seq;
pub use sign::{Sign, SignKind};
pub use sketch::Sketch;
pub use source::{ListingSelectors, Source};
pub use staff::{StaffId, StaffName, StaffRole};
pub use state::{Fault, FaultKind, Phase, SourceState, Validators, Way};
pub use vocabulary::{Kind, Precision, Role, UnknownWord};
pub use watch::{
    Day, Hook, HookFormat, MAX_WATCH_NAME, Notices, Quiet, Rhythm, Watch, WatchId, WatchSpec,
};
