//! Organisations and what is read from each.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Country, Language, Role, SourceId, TopicId};

/// One `[[source]]` of `config/sources.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its id; never changes.
    pub id: SourceId,
    /// What the organisation calls itself.
    pub name: String,
    /// A home page, a news page or a feed. Only a paused source may have none.
    pub url: Option<Url>,
    /// Where it is at home.
    pub country: Country,
    /// What it is to the network.
    pub role: Role,
    /// What it usually writes in: a prior, not a limit. May be empty.
    pub languages: Vec<Language>,
    /// The feed's address, where somebody knows it.
    pub feed: Option<Url>,
    /// How to read its news page by hand-written selectors.
    pub listing: Option<ListingSelectors>,
    /// A fixed interval between visits, in place of the adaptive one.
    pub interval: Option<std::time::Duration>,
    /// Topics that all its items have.
    pub topics: Vec<TopicId>,
    /// Not visited.
    pub paused: bool,
    /// Its items are for staff only.
    pub private: bool,
}

/// CSS selectors for a news page that cannot be understood otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListingSelectors {
    /// Each announcement.
    pub item: String,
    /// The link in it.
    pub link: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its summary.
    pub excerpt: Option<String>,
}
