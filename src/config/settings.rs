//! `vesti.toml`: every key has a default, and no key at all is a valid file.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use jiff::tz::TimeZone;
use url::Url;

use crate::domain::Language;

/// All of `vesti.toml`.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `[server]`
    pub server: Server,
    /// `[data]`
    pub data: Data,
    /// `[crawler]`
    pub crawler: Crawler,
    /// `[search]`
    pub search: SearchSettings,
    /// `[digests]`
    pub digests: DigestSettings,
    /// `[access]`
    pub access: super::Access,
    /// `[mail]`; `None` where no mail is sent.
    pub mail: Option<super::Mail>,
    /// `[feeds]`
    pub feeds: FeedSettings,
    /// `[retention]`
    pub retention: Retention,
    /// `[backup]`
    pub backup: BackupSettings,
}

/// `[server]`: how people reach the service.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address that people type, where it is not the one listened on (a proxy before it).
    pub public_url: Option<Url>,
    /// What the service is called.
    pub title: String,
    /// Whom readers turn to.
    pub contact: Option<Contact>,
    /// Interface languages offered, the first being the one for people whose language is not among them.
    pub languages: Vec<Language>,
    /// The zone in which dates without one are meant and shown.
    pub time_zone: TimeZone,
    /// How much one address may ask; `None` for as much as it likes.
    pub rate_limit: Option<RateLimit>,
    /// Reverse proxies: whom they name as the one who asks is believed.
    pub proxies: Vec<Network>,
    /// Whether search engines may list the pages of items, which hold texts of others.
    pub index_items: bool,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            title: "vesti".into(),
            contact: None,
            languages: Language::OURS.to_vec(),
            time_zone: TimeZone::get("Europe/Bucharest").unwrap_or(TimeZone::UTC),
            rate_limit: Some(RateLimit::default()),
            proxies: vec![Network::LOOPBACK_V4, Network::LOOPBACK_V6],
            index_items: false,
        }
    }
}

/// So many requests in such a time, written `1200/1m`: as a bucket that holds so many and is filled again in that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests.
    pub requests: u32,
    /// The time in which the bucket is filled again; whole seconds.
    pub window: Duration,
}

impl Default for RateLimit {
    /// What no reader needs, nor a class of thirty behind one address: twenty a second, for ever.
    fn default() -> Self {
        Self {
            requests: 1_200,
            window: Duration::from_mins(1),
        }
    }
}

/// Whom readers turn to: shown to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// A mail address.
    Mail(String),
    /// A page that says how.
    Web(Url),
}

impl Contact {
    /// The address of a link to it.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            // What would end the address or begin a query in it (RFC 6068).
            Self::Mail(address) => {
                let address = address
                    .replace('%', "%25")
                    .replace('?', "%3F")
                    .replace('#', "%23")
                    .replace('&', "%26");
                format!("mailto:{address}")
            }
            Self::Web(url) => url.to_string(),
        }
    }
}

impl std::fmt::Display for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mail(address) => f.write_str(address),
            Self::Web(url) => url.fmt(f),
        }
    }
}

/// `[data]`: where things are kept.
#[derive(Debug, Clone)]
pub struct Data {
    /// The data directory, relative to the folder above `config/`… that is, to where vesti is started.
    pub dir: PathBuf,
}

impl Default for Data {
    fn default() -> Self {
        Self {
            dir: "index".into(),
        }
    }
}

/// `[crawler]`: how sources are visited.
#[derive(Debug, Clone)]
pub struct Crawler {
    /// The User-Agent header; should hold an address to complain to.
    pub user_agent: String,
    /// Most hosts visited at the same time.
    pub concurrency: usize,
    /// Least time between two requests to one host.
    pub host_delay: Duration,
    /// Longest time for one request, all in all.
    pub timeout: Duration,
    /// Longest time until a connection stands.
    pub connect_timeout: Duration,
    /// Longest time until the first byte of an answer.
    pub first_byte_timeout: Duration,
    /// Largest body, after decompression, in bytes.
    pub max_body: u64,
    /// Most redirects followed.
    pub max_redirects: usize,
    /// Shortest time between two visits.
    pub min_interval: Duration,
    /// Longest time between two visits to a source that answers.
    pub max_interval: Duration,
    /// Whether robots.txt is obeyed.
    pub robots: bool,
    /// Whether hubs are asked to push what feeds say that they push.
    pub websub: bool,
    /// Private networks that may be visited.
    pub allow_networks: Vec<Network>,
    /// The part of the usual time after which a fault is believed; 1 but in the demo, and not a setting of the file.
    pub patience: f64,
}

impl Default for Crawler {
    fn default() -> Self {
        Self {
            user_agent: concat!(
                "vesti/",
                env!("CARGO_PKG_VERSION"),
                " (news of the social sector; set crawler.user_agent to name a contact)"
            )
            .into(),
            concurrency: 32,
            host_delay: Duration::from_secs(2),
            timeout: Duration::from_mins(1),
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            max_body: 10_000_000,
            max_redirects: 8,
            min_interval: Duration::from_mins(15),
            max_interval: Duration::from_hours(24),
            robots: true,
            websub: true,
            allow_networks: Vec::new(),
            patience: 1.0,
        }
    }
}

/// A network as CIDR writes it: `10.0.0.0/8`, `::1/128`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: std::net::IpAddr,
    bits: u8,
}

impl Network {
    /// The machine itself.
    pub const LOOPBACK_V4: Self = Self {
        address: std::net::IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 0)),
        bits: 8,
    };
    /// The machine itself, by IPv6.
    pub const LOOPBACK_V6: Self = Self {
        address: std::net::IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        bits: 128,
    };

    /// Whether an address is in it.
    #[must_use]
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        use std::net::IpAddr::{V4, V6};
        match (self.address, address) {
            (V4(net), V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                (net.to_bits() ^ address.to_bits()) & mask == 0
            }
            (V6(net), V6(address)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.bits))
                    .unwrap_or(0);
                (net.to_bits() ^ address.to_bits()) & mask == 0
            }
            _ => false,
        }
    }
}

impl std::str::FromStr for Network {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” is not a network such as 10.0.0.0/8 or ::1/128");
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: std::net::IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| wrong())?,
            None => most,
        };
        if bits > most {
            return Err(wrong());
        }
        Ok(Self { address, bits })
    }
}

/// `[search]`
#[derive(Debug, Clone)]
pub struct SearchSettings {
    /// Memory that the index writer may use, in bytes.
    pub writer_memory: u64,
    /// Longest time that a recorded change waits for others before it is made searchable.
    pub commit_interval: Duration,
    /// Folders in which spelling dictionaries are looked for.
    pub dictionaries: Vec<PathBuf>,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self {
            writer_memory: 30_000_000,
            commit_interval: Duration::from_millis(300),
            dictionaries: vec![
                "/usr/share/hunspell".into(),
                "/usr/share/myspell/dicts".into(),
            ],
        }
    }
}

/// `[digests]`
#[derive(Debug, Clone)]
pub struct DigestSettings {
    /// Editions kept in a digest's feed.
    pub feed_entries: usize,
}

impl Default for DigestSettings {
    fn default() -> Self {
        Self { feed_entries: 30 }
    }
}

/// `[feeds]`
#[derive(Debug, Clone, Default)]
pub struct FeedSettings {
    /// The hub that is told when feeds change, and that their readers may ask to push (WebSub).
    pub hub: Option<Url>,
    /// How much of each announcement a feed has where its reader does not say.
    pub content: Content,
}

/// How much of an announcement a feed has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// The whole text.
    #[default]
    Full,
    /// The first sentences.
    Excerpt,
}

impl Content {
    /// Both, with the words that stand for them.
    pub const ALL: [(&'static str, Self); 2] = [("full", Self::Full), ("excerpt", Self::Excerpt)];
}

/// `[retention]`: what is thrown away in time. Days are counted from when a thing was last of use; `None` is for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// Days for which the record of a visit is kept.
    pub visits_days: u32,
    /// Most earlier versions kept of an item.
    pub versions: u32,
    /// Days for which an item is kept after its date, its deadline and its event.
    pub items_days: Option<u32>,
    /// Days for which the text of an item is kept after its source took it back.
    pub withdrawn_days: Option<u32>,
    /// Days for which the text of a document that goes with an item is kept after the item's date.
    pub files_days: Option<u32>,
    /// Days for which an edition of a digest is kept.
    pub editions_days: Option<u32>,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            visits_days: 400,
            versions: 20,
            items_days: None,
            withdrawn_days: None,
            files_days: None,
            editions_days: None,
        }
    }
}

/// `[backup]`: the copies that the service makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSettings {
    /// How often; `None` where it makes none.
    pub every: Option<Duration>,
    /// How many are kept.
    pub keep: usize,
    /// Where, if not in `backups` in the data directory.
    pub dir: Option<PathBuf>,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self {
            every: Some(Duration::from_hours(24)),
            keep: 3,
            dir: None,
        }
    }
}
