//! Whom a request is from, for counting requests only: an address is held in memory, and written nowhere.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::{HeaderMap, header};

use crate::config::Network;

/// Most hops that are looked at, from the nearest on.
const HOPS: usize = 32;

/// Whom a request is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    /// This machine, with no proxy between: health checks, tools, load tests.
    Itself,
    /// A reader, by what counts as one address.
    Reader(u128),
}

impl Client {
    /// The client of a connection from `peer`. What a forwarding header says is believed from `proxies` alone: the last
    /// address that is none of theirs is the reader's. `X-Forwarded-For` goes before `Forwarded` (RFC 7239), because a proxy
    /// that knows only the former passes on whatever its client wrote into the latter.
    pub(super) fn of(peer: Option<SocketAddr>, headers: &HeaderMap, proxies: &[Network]) -> Self {
        // Without a connection there is only a test, or another part of this process.
        let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
            return Self::Itself;
        };
        let forwarded =
            headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
        if peer.is_loopback() && !forwarded {
            return Self::Itself;
        }
        let is_proxy = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
        let mut client = peer;
        let mut hops = hops(headers).into_iter();
        while is_proxy(client) {
            match hops.next() {
                Some(Some(before)) => client = before,
                // Whoever is nearest of those that can be told apart.
                Some(None) | None => break,
            }
        }
        Self::Reader(counted(client))
    }
}

/// What counts as one address: of IPv6 the network of 64 bits, which is the least that a household gets (RFC 6177).
fn counted(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits() & !u128::from(u64::MAX),
    }
}

/// The addresses that proxies say they had the request from, the nearest first; `None` for what is no address.
fn hops(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let mut lines: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok())
        .collect();
    let plain = !lines.is_empty();
    if !plain {
        let standard = headers.get_all(header::FORWARDED).iter();
        lines = standard.filter_map(|line| line.to_str().ok()).collect();
    }
    lines
        .iter()
        .rev()
        .flat_map(|line| line.rsplit(','))
        .take(HOPS)
        .map(|hop| if plain { address(hop) } else { node(hop) })
        .collect()
}

/// The `for` of an element of `Forwarded`.
fn node(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("for")
            .then(|| address(value))?
    })
}

/// An address as proxies write it: bare, quoted, in brackets, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"').trim();
    let bare = |text: &str| text.parse::<IpAddr>().ok();
    let bracketed = || {
        let (inside, _) = text.strip_prefix('[')?.split_once(']')?;
        inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
    };
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare(text)
        .or_else(bracketed)
        .or_else(with_port)
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Server;
    use proptest::prelude::*;

    fn client(peer: &str, headers: &[(&'static str, &str)]) -> Client {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 40_000);
        let mut proxies = Server::default().proxies;
        proxies.push("10.0.0.0/8".parse().unwrap());
        Client::of(Some(peer), &map, &proxies)
    }

    fn reader(address: &str) -> Client {
        Client::Reader(counted(address.parse().unwrap()))
    }

    #[test]
    fn the_machine_itself_is_told_from_readers_behind_a_proxy_on_it() {
        for own in ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(client(own, &[]), Client::Itself, "{own}");
            for header in [
                ("x-forwarded-for", "203.0.113.9"),
                ("forwarded", "for=203.0.113.9;proto=https"),
                ("forwarded", "proto=https; For=\"203.0.113.9:4711\""),
            ] {
                assert_eq!(client(own, &[header]), reader("203.0.113.9"), "{header:?}");
            }
        }
    }

    #[test]
    fn nobody_is_believed_but_the_proxies() {
        let lie = ("x-forwarded-for", "198.51.100.1");
        assert_eq!(client("203.0.113.9", &[lie]), reader("203.0.113.9"));
        // What the reader wrote stands left of what the proxies added.
        let added = ("x-forwarded-for", "198.51.100.1, 203.0.113.9, 10.1.1.1");
        assert_eq!(client("127.0.0.1", &[added]), reader("203.0.113.9"));
        let lines = [lie, ("x-forwarded-for", "203.0.113.9")];
        assert_eq!(client("127.0.0.1", &lines), reader("203.0.113.9"));
        // A proxy that knows one of the headers passes the other on.
        let both = [
            ("forwarded", "for=198.51.100.1"),
            ("x-forwarded-for", "203.0.113.9"),
        ];
        assert_eq!(client("127.0.0.1", &both), reader("203.0.113.9"));
    }

    #[test]
    fn what_is_no_address_ends_the_chain_where_it_is_known() {
        for odd in ["unknown", "_hidden", "", "300.1.1.1", "for", "[::1"] {
            let header = format!("203.0.113.9, {odd}, 10.1.1.1");
            let found = client("127.0.0.1", &[("x-forwarded-for", &header)]);
            assert_eq!(found, reader("10.1.1.1"), "{odd}");
        }
        let found = client("127.0.0.1", &[("x-forwarded-for", "10.2.2.2, 10.1.1.1")]);
        assert_eq!(
            found,
            reader("10.2.2.2"),
            "the farthest where all are proxies"
        );
    }

    #[test]
    fn a_network_of_64_bits_is_one_reader() {
        let one = client("2001:db8:1:2::1", &[]);
        assert_eq!(one, client("2001:db8:1:2:ffff::9", &[]));
        assert_ne!(one, client("2001:db8:1:3::1", &[]));
        let brackets = ("forwarded", "for=\"[2001:db8:1:2::7]:4711\"");
        assert_eq!(one, client("::1", &[brackets]));
        assert_ne!(client("203.0.113.9", &[]), client("203.0.113.10", &[]));
        assert_eq!(
            client("::ffff:203.0.113.9", &[]),
            client("203.0.113.9", &[])
        );
    }

    proptest! {
        #[test]
        fn no_header_is_too_odd(text in "[ -~]{0,200}") {
            client("127.0.0.1", &[("x-forwarded-for", &text)]);
            client("127.0.0.1", &[("forwarded", &text)]);
        }
    }
}
