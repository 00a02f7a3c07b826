//! What lies outside of the program: the running service, the network, the mail server, the public address.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::Check;
use super::finding::Findings;
use crate::clock::{SharedClock, SystemClock};
use crate::config::Config;
use crate::crawling::fetch::{Fetcher, Names, Request};
use crate::delivery::mail as sending;
use crate::domain::FaultKind;
use crate::store;

/// Longest wait for the service on this machine.
const NEAR: Duration = Duration::from_secs(5);
/// Hosts of sources that are asked.
const HOSTS: usize = 3;

/// A service that answers.
pub(super) struct Running {
    pub recorded: u64,
    pub searchable: u64,
}

/// Whether the service runs, and whether its address is free where it does not.
pub(super) fn service(findings: &mut Findings, config: &Config, data: &Path) -> Option<Running> {
    let check = Check::Service;
    let listen = config.settings.server.listen;
    let answer = ready(listen);
    let holder = store::holder(data);
    match (answer, holder) {
        (Ok(running), Some(holder)) => {
            findings.ok(check, format!("process {holder} answers at {listen}"));
            Some(running)
        }
        (Ok(_), None) => {
            findings.warn(
                check,
                format!(
                    "a vesti answers at {listen}, but not with the data in {}",
                    data.display()
                ),
                "name its data directory with --data, or let one of the two listen elsewhere",
            );
            None
        }
        (Err(why), Some(holder)) => {
            let says =
                format!("process {holder} has the data, but does not answer at {listen} ({why})");
            let advice = "if it was started with --listen, all is well; if it just started, wait a minute; else restart it";
            if findings.names(check) {
                findings.fault(check, says, advice);
            } else {
                findings.warn(check, says, advice);
            }
            None
        }
        (Err(_), None) => {
            address_free(findings, listen);
            None
        }
    }
}

fn address_free(findings: &mut Findings, listen: SocketAddr) {
    use std::io::ErrorKind as Kind;
    let check = Check::Service;
    match TcpListener::bind(listen) {
        Ok(_) if findings.names(check) => {
            findings.fault(check, format!("no service runs at {listen}"), "start it: `vesti serve`");
        }
        Ok(_) => findings.ok(check, format!("does not run; {listen} is free for it")),
        Err(error) if error.kind() == Kind::AddrInUse => findings.fault(
            check,
            format!("another program listens at {listen}"),
            format!("stop it (`ss -ltnp 'sport = :{}'` says which it is), or set server.listen to another port", listen.port()),
        ),
        Err(error) if error.kind() == Kind::PermissionDenied => findings.fault(
            check,
            format!("this user may not listen at {listen}"),
            "ports below 1024 are for the system: set server.listen to one above and put a proxy before it (docs/operations says how)",
        ),
        Err(error) => findings.fault(
            check,
            format!("{listen} cannot be listened at ({error})"),
            "set server.listen to an address that this machine has: 127.0.0.1:8080 or 0.0.0.0:8080",
        ),
    }
}

/// Asks `/readyz` of a service on this machine.
fn ready(listen: SocketAddr) -> Result<Running, String> {
    let mut near = listen;
    if near.ip().is_unspecified() {
        near.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&near, NEAR)?;
        stream.set_read_timeout(Some(NEAR))?;
        stream.set_write_timeout(Some(NEAR))?;
        write!(
            stream,
            "GET /readyz HTTP/1.1\r\nHost: {near}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.take(64 << 10).read_to_end(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| error.to_string())?;
    let answer = String::from_utf8_lossy(&answer);
    let (_, body) = answer
        .split_once("\r\n\r\n")
        .ok_or("it does not speak HTTP")?;
    let body: serde_json::Value = body
        .find('{')
        .zip(body.rfind('}'))
        .and_then(|(start, end)| serde_json::from_str(body.get(start..=end)?).ok())
        .ok_or("it is no vesti")?;
    let number = |name: &str| body[name].as_u64();
    match (number("recorded"), number("searchable")) {
        (Some(recorded), Some(searchable)) => Ok(Running {
            recorded,
            searchable,
        }),
        _ => Err(body["status"]
            .as_str()
            .unwrap_or("it is no vesti")
            .chars()
            .take(100)
            .collect()),
    }
}

/// Signs in at the mail server and says good-bye: nothing is sent.
pub(super) fn mail(findings: &mut Findings, config: &Config) {
    let check = Check::Mail;
    let Some(mail) = &config.settings.mail else {
        findings.ok(check, "none is configured, so none is sent");
        return;
    };
    if !findings.wants(check) {
        return;
    }
    let base = config.settings.server.public_url.as_ref();
    let hello = base.and_then(Url::host_str).unwrap_or("localhost");
    match sending::greet(mail, hello) {
        Ok(()) => findings.ok(check, format!("{}:{} lets vesti in", mail.host, mail.port)),
        Err(why) => findings.fault(
            check,
            why,
            "look at host, port, tls, user and password under [mail] in vesti.toml; a firewall may also be in the way",
        ),
    }
}

/// Names, certificates, and a few of the sources.
pub(super) fn network(findings: &mut Findings, config: &Config) -> anyhow::Result<()> {
    let check = Check::Network;
    if !findings.wants(check) {
        return Ok(());
    }
    let roots = rustls_native_certs::load_native_certs();
    if roots.certs.is_empty() {
        findings.warn(
            check,
            "this machine has no certificates to trust, so vesti goes by those that it brings along",
            "on Debian: apt install ca-certificates",
        );
    }
    let mut hosts: Vec<&Url> = config
        .sources
        .iter()
        .filter(|source| !source.paused)
        .filter_map(|source| source.url.as_ref())
        .collect();
    hosts.sort_by_key(|url| url.host_str().map(str::to_owned));
    hosts.dedup_by_key(|url| url.host_str().map(str::to_owned));
    fastrand::shuffle(&mut hosts);
    hosts.truncate(HOSTS);
    if hosts.is_empty() {
        findings.ok(check, "there is no source to ask");
        return Ok(());
    }
    let clock: SharedClock = Arc::new(SystemClock);
    let fetcher = Fetcher::new(&config.settings.crawler, clock, Names::default())?;
    let requests: Vec<Request> = hosts
        .iter()
        .map(|url| Request::page((*url).clone()))
        .collect();
    let faults = crate::cli::block_on(async {
        let answers = requests.iter().map(|request| fetcher.fetch(request));
        Ok(futures::future::join_all(answers).await)
    })?;
    let asked = faults.len();
    let bad: Vec<_> = faults.into_iter().filter_map(Result::err).collect();
    // A server that says no has been reached.
    let unreached = bad
        .iter()
        .filter(|fault| {
            matches!(
                fault.kind,
                FaultKind::Dns | FaultKind::Connect | FaultKind::Tls | FaultKind::Timeout
            )
        })
        .count();
    match bad.last() {
        Some(_) if bad.iter().filter(|fault| fault.kind == FaultKind::Dns).count() == asked => findings.fault(
            check,
            format!("no name of {asked} sources can be resolved"),
            "look at the name servers of this machine (/etc/resolv.conf, `resolvectl status`) and at its network",
        ),
        Some(last) if unreached == asked => findings.fault(
            check,
            format!("none of {asked} sources could be reached; the last: {last}"),
            "look at the network of this machine and at its firewall; a proxy is not supported",
        ),
        Some(last) => findings.ok(
            check,
            format!(
                "{} of {asked} sources answered; one said: {last}",
                asked - bad.len()
            ),
        ),
        None => findings.ok(
            check,
            format!("names resolve, and {asked} of {asked} sources answered"),
        ),
    }
    Ok(())
}

/// Whether the address that people type leads here.
pub(super) fn address(findings: &mut Findings, config: &Config) -> anyhow::Result<()> {
    let check = Check::Address;
    if !findings.wants(check) {
        return Ok(());
    }
    let Some(base) = &config.settings.server.public_url else {
        findings.ok(
            check,
            "server.public_url is not set: only this machine knows where vesti is",
        );
        return Ok(());
    };
    let url = Url::parse(&format!("{}/readyz", base.as_str().trim_end_matches('/')))?;
    let mut settings = config.settings.crawler.clone();
    // It may well lead to this very machine.
    settings.robots = false;
    settings.allow_networks = ["0.0.0.0/0", "::/0"]
        .iter()
        .filter_map(|all| all.parse().ok())
        .collect();
    let clock: SharedClock = Arc::new(SystemClock);
    let fetcher = Fetcher::new(&settings, clock, Names::default())?;
    let request = Request {
        url,
        validators: None,
        accept: crate::crawling::fetch::Accept::Any,
    };
    let answer = crate::cli::block_on(async { Ok(fetcher.fetch(&request).await) })?;
    let advice = "look at the proxy before vesti, at the name's address in DNS, and at the certificate; the service has to run";
    match answer {
        Ok(fetched) if String::from_utf8_lossy(&fetched.body).contains("\"searchable\"") => {
            findings.ok(check, format!("{base} leads to a vesti that is ready"));
        }
        Ok(fetched) => findings.fault(
            check,
            format!(
                "at {base} something else answers (status {})",
                fetched.status
            ),
            advice,
        ),
        Err(fault) => findings.fault(check, format!("{base} cannot be reached: {fault}"), advice),
    }
    Ok(())
}
