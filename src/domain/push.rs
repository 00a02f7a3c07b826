//! WebSub (<https://www.w3.org/TR/websub/>): what a source's feed says of hubs, and what was agreed with one of them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::SourceId;

/// What a feed says about being pushed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HubLinks {
    /// The hubs that announce its changes, in its order; at least one.
    pub hubs: Vec<Url>,
    /// The address by which the hubs know it.
    pub topic: Url,
}

/// How far pushes can stand in for polls of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushes {
    /// What its feed said of hubs when it was last read.
    #[serde(default)]
    pub links: Option<HubLinks>,
    /// When a push was last recorded.
    #[serde(default)]
    pub last: Option<Timestamp>,
    /// Pushes recorded since a poll last found what none had brought.
    #[serde(default)]
    pub proof: u32,
    /// How often polls found what no push had brought; good polls make up for it in time.
    #[serde(default)]
    pub misses: u32,
    /// When one last did, and how much proof there was before.
    #[serde(default)]
    pub missed: Option<(Timestamp, u32)>,
    /// Whether the interval in use relies on them.
    #[serde(default)]
    pub relied: bool,
}

/// A subscription of ours at a hub.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The source that it is for.
    pub source: SourceId,
    /// The last part of the address that the hub pushes to: nobody can guess it.
    pub token: String,
    /// What the hub signs with.
    pub secret: String,
    /// The hubs that there are; the first is the one in use.
    pub hubs: Vec<Url>,
    /// What is subscribed to.
    pub topic: Url,
    /// The address before the token that the hub was told; `None` before it was told any.
    pub callback: Option<Url>,
    /// Where it stands.
    pub stage: Stage,
    /// When the hub was last asked for something that it has not yet had confirmed.
    pub asked: Option<Timestamp>,
    /// When the hub last had it confirmed.
    pub confirmed: Option<Timestamp>,
    /// Until when the hub has agreed to push.
    pub until: Option<Timestamp>,
    /// When to do something about it.
    pub due: Option<Timestamp>,
    /// Attempts in a row that came to nothing.
    pub tries: u32,
    /// Why the last attempt came to nothing, in one plain line.
    pub fault: Option<String>,
}

/// Where a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// To be asked for.
    Wanted,
    /// Asked for, and not confirmed yet.
    Asked,
    /// The hub pushes.
    Verified,
    /// The hub said no.
    Refused,
    /// Wanted no more; the hub is to be told.
    Ending,
    /// The hub knows that it is wanted no more.
    Ended,
}

impl Subscription {
    /// Whether it is wanted no more.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        matches!(self.stage, Stage::Ending | Stage::Ended)
    }

    /// The hub in use.
    #[must_use]
    pub fn hub(&self) -> Option<&Url> {
        self.hubs.first()
    }
}

impl std::fmt::Debug for Subscription {
    /// Without what only the hub and we may know.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscription")
            .field("source", &self.source)
            .field("hubs", &self.hubs)
            .field("topic", &self.topic)
            .field("stage", &self.stage)
            .field("asked", &self.asked)
            .field("until", &self.until)
            .field("due", &self.due)
            .field("tries", &self.tries)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}
