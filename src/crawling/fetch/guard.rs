//! Which addresses may be connected to: the public internet, and what the configuration allows besides.
//!
//! Names are resolved here, each address is checked, and exactly the checked ones are handed to the connector, so that
//! a name cannot point elsewhere between the check and the connection (DNS rebinding). The HTTP client does not ask
//! for addresses that stand in the URL as numbers: those are checked by [`Guard::check`] before every request and redirect.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::fault::fault;
use crate::config::Network;
use crate::domain::{Fault, FaultKind, Reason};

/// Longest address of a document, in bytes.
const MAX_URL: usize = 4096;

/// Most addresses of one name that are tried.
const MAX_ADDRESSES: usize = 16;

/// Host names that are answered here and not by DNS: for the demo and for tests. Shared by its clones.
///
/// The addresses are subject to the guard like any other. The port of an address applies where a URL names none.
#[derive(Debug, Clone, Default)]
pub struct Names(Arc<RwLock<HashMap<String, Vec<SocketAddr>>>>);

impl Names {
    /// From now on `host` has these addresses.
    pub fn set(&self, host: &str, addresses: Vec<SocketAddr>) {
        let mut names = self.0.write().unwrap_or_else(PoisonError::into_inner);
        names.insert(host.to_ascii_lowercase(), addresses);
    }

    fn get(&self, host: &str) -> Option<Vec<SocketAddr>> {
        let names = self.0.read().unwrap_or_else(PoisonError::into_inner);
        names.get(host).cloned()
    }
}

impl FromIterator<(String, SocketAddr)> for Names {
    fn from_iter<I: IntoIterator<Item = (String, SocketAddr)>>(entries: I) -> Self {
        let names = Self::default();
        for (host, address) in entries {
            names.set(&host, vec![address]);
        }
        names
    }
}

impl From<HashMap<String, SocketAddr>> for Names {
    fn from(entries: HashMap<String, SocketAddr>) -> Self {
        entries.into_iter().collect()
    }
}

/// Why a name gave no address to connect to.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refusal(Reason);

impl Refusal {
    pub(super) fn fault(&self) -> Fault {
        let kind = match self.0 {
            Reason::LeadsInside { .. } | Reason::AddressInside { .. } => FaultKind::Forbidden,
            _ => FaultKind::Dns,
        };
        fault(kind, self.0.clone())
    }
}

/// Decides where connections may go.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allowed: Arc<[Network]>,
    names: Names,
}

impl Guard {
    pub(super) fn new(allowed: &[Network], names: Names) -> Self {
        Self {
            allowed: allowed.into(),
            names,
        }
    }

    /// Whether a URL may be asked for, as far as can be told before its name is resolved.
    pub(super) fn check(&self, url: &Url) -> Result<(), Fault> {
        let no = |reason| Err(fault(FaultKind::Forbidden, reason));
        if !matches!(url.scheme(), "http" | "https") {
            let scheme = url.scheme().to_owned();
            return no(Reason::OtherScheme { scheme });
        }
        if url.as_str().len() > MAX_URL {
            let most = MAX_URL as u64;
            return no(Reason::LongAddress { most });
        }
        if let Some(port) = url.port().filter(|port| BAD_PORTS.contains(port)) {
            return no(Reason::OtherPort { port });
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(name)) if !name.is_empty() => return Ok(()),
            _ => return no(Reason::NoHost),
        };
        if self.allows(address) {
            Ok(())
        } else {
            let address = address.to_string();
            Err(Refusal(Reason::AddressInside { address }).fault())
        }
    }

    fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || {
            let plain = address.to_canonical();
            self.allowed.iter().any(|network| network.contains(plain))
        }
    }

    /// The addresses of a name that may be connected to; at least one.
    async fn addresses(&self, host: &str) -> Result<Vec<SocketAddr>, Refusal> {
        let name = host.trim_end_matches('.').to_ascii_lowercase();
        let found: Vec<SocketAddr> = if let Some(found) = self.names.get(&name) {
            found
        } else if let Ok(address) = name.parse::<IpAddr>() {
            vec![SocketAddr::new(address, 0)]
        } else if name == "localhost" || name.ends_with(".localhost") {
            // RFC 6761, 6.3: never asked of DNS.
            vec![
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ]
        } else {
            match tokio::net::lookup_host((host, 0)).await {
                Ok(found) => found.take(MAX_ADDRESSES).collect(),
                Err(error) if says_no_such_name(&error) => {
                    return Err(Refusal(Reason::NoSuchName { host: name }));
                }
                Err(_) => return Err(Refusal(Reason::NameServerSilent { host: name })),
            }
        };
        let Some(first) = found.first().map(SocketAddr::ip) else {
            return Err(Refusal(Reason::NoSuchName { host: name }));
        };
        let allowed: Vec<SocketAddr> = found
            .into_iter()
            .take(MAX_ADDRESSES)
            .filter(|found| self.allows(found.ip()))
            .collect();
        if allowed.is_empty() {
            return Err(Refusal(Reason::LeadsInside {
                host: name,
                address: first.to_string(),
            }));
        }
        Ok(allowed)
    }
}

/// The C library tells "no such name" from "no answer" in words only, as far as Rust passes it on.
fn says_no_such_name(error: &std::io::Error) -> bool {
    let words = error.to_string();
    [
        "not known",
        "No address associated",
        "does not resolve",
        "nodename nor servname",
        "No such host",
    ]
    .iter()
    .any(|known| words.contains(known))
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = guard.addresses(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is on the public internet (the IANA special-purpose registries, RFC 6890 and later).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    !matches!(
        (a, b, c, d),
        (0 | 10 | 127 | 224..=255, ..) // this network, private, loopback, multicast, reserved, broadcast
            | (100, 64..=127, ..) // carrier-grade NAT
            | (169, 254, ..) // link-local, and with it most clouds' metadata
            | (172, 16..=31, ..) // private
            | (192, 0, 0 | 2, _) // protocol assignments, documentation
            | (192, 88, 99, _) // 6to4 relays
            | (192, 168, ..) // private
            | (198, 18 | 19, ..) // benchmarking
            | (198, 51, 100, _) | (203, 0, 113, _) // documentation
            | (168, 63, 129, 16) // one cloud's inner services
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // IPv4-mapped, and NAT64 by the well-known prefix: what is inside counts.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        // 6to4 likewise.
        [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments with Teredo, benchmarking and ORCHID; documentation, old and new.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Global unicast is 2000::/3 and nothing else is.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Ports that no browser fetches from, because other services could be talked to through HTTP (the Fetch standard, "bad port").
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str]) -> Guard {
        let allowed: Vec<Network> = allowed.iter().map(|net| net.parse().unwrap()).collect();
        Guard::new(&allowed, Names::default())
    }

    fn kind(guard: &Guard, url: &str) -> Option<FaultKind> {
        guard
            .check(&Url::parse(url).unwrap())
            .err()
            .map(|fault| fault.kind)
    }

    #[test]
    fn only_the_public_internet_is_public() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::a00:1",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2002:c0a8:101::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
            "::1:0:0:1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "80.96.1.1",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2a00:1450::1",
            "2600::1",
            "3ffe::1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "::ffff:1.1.1.1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn numbers_in_urls_are_seen_through_in_any_spelling() {
        let guard = guard(&[]);
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://0/",
            "http://127.0.0.1./",
            "http://１２７.０.０.１/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://user:pw@10.1.1.1/",
        ] {
            assert_eq!(kind(&guard, url), Some(FaultKind::Forbidden), "{url}");
        }
        assert!(Url::parse("http://[fe80::1%25eth0]/").is_err());
        assert_eq!(kind(&guard, "http://1.1.1.1/"), None);
        assert_eq!(kind(&guard, "https://fonpc.ro/"), None);
    }

    #[test]
    fn schemes_ports_and_lengths_are_checked() {
        let guard = guard(&[]);
        for url in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.ro/",
            "gopher://a.ro/",
            "http://a.ro:25/",
            "https://a.ro:22/",
            "http://a.ro:6667/",
            &format!("http://a.ro/{}", "a".repeat(5000)),
        ] {
            assert_eq!(kind(&guard, url), Some(FaultKind::Forbidden), "{url}");
        }
        assert_eq!(kind(&guard, "http://a.ro:8080/"), None);
    }

    #[test]
    fn networks_are_allowed_one_by_one() {
        let guard = guard(&["127.0.0.1/32", "fd00::/8"]);
        assert_eq!(kind(&guard, "http://127.0.0.1:8080/"), None);
        assert_eq!(kind(&guard, "http://[::ffff:127.0.0.1]:8080/"), None);
        assert_eq!(kind(&guard, "http://[fd00::1]/"), None);
        for url in [
            "http://127.0.0.2/",
            "http://[::1]/",
            "http://10.0.0.1/",
            "http://[fc00::1]/",
        ] {
            assert_eq!(kind(&guard, url), Some(FaultKind::Forbidden), "{url}");
        }
    }

    #[tokio::test]
    async fn names_are_held_to_the_same_rule() {
        let names = Names::default();
        names.set(
            "mixed.ro",
            vec!["10.0.0.1:0".parse().unwrap(), "1.1.1.1:80".parse().unwrap()],
        );
        names.set("inner.ro", vec!["10.0.0.1:0".parse().unwrap()]);
        names.set("empty.ro", Vec::new());
        let guard = Guard::new(&[], names.clone());
        assert_eq!(
            guard.addresses("MIXED.ro.").await.unwrap(),
            ["1.1.1.1:80".parse().unwrap()],
            "only the checked address goes on"
        );
        for (name, kind) in [
            ("inner.ro", FaultKind::Forbidden),
            ("localhost", FaultKind::Forbidden),
            ("demo.localhost", FaultKind::Forbidden),
            ("127.0.0.1", FaultKind::Forbidden),
            ("empty.ro", FaultKind::Dns),
        ] {
            assert_eq!(
                guard.addresses(name).await.unwrap_err().fault().kind,
                kind,
                "{name}"
            );
        }
        let open = Guard::new(&["127.0.0.0/8".parse().unwrap()], names);
        assert_eq!(
            open.addresses("demo.localhost").await.unwrap(),
            ["127.0.0.1:0".parse().unwrap()]
        );
    }
}
