//! TLS: rustls with ring, the machine's own roots and Mozilla's.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use super::certificate::{Certificates, Noting};

/// What connections are made with; how long the servers' certificates are valid is noted. `extra` roots are trusted besides:
/// for tests.
pub(super) fn config(
    extra: &[CertificateDer<'static>],
    certificates: Certificates,
) -> Result<ClientConfig, rustls::Error> {
    // Both: a small machine may have no roots of its own, and those built in age.
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::debug!(%error, "some of the machine's root certificates cannot be read");
    }
    roots.add_parsable_certificates(native.certs);
    roots.add_parsable_certificates(extra.iter().cloned());

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .map_err(|error| rustls::Error::General(error.to_string()))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Noting {
            verifier,
            certificates,
        }))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::super::{Fetched, Fetcher, Names, Request};
    use super::*;
    use crate::clock::SystemClock;
    use crate::config::Crawler;
    use crate::domain::{Fault, FaultKind};
    use hyper::body::Incoming;
    use hyper::service::service_fn;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use std::convert::Infallible;
    use std::time::Duration;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;
    use url::Url;

    struct Authority {
        root: CertificateDer<'static>,
        issuer: Issuer<'static, KeyPair>,
    }

    impl Authority {
        fn new(name: &str) -> Self {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(Vec::new()).unwrap();
            params.distinguished_name.push(DnType::CommonName, name);
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            Self {
                root: params.self_signed(&key).unwrap().der().clone(),
                issuer: Issuer::new(params, key),
            }
        }

        /// A server's side of TLS for `name`, good from one year to another.
        fn server(&self, name: &str, years: (i32, i32), protocol: &[u8]) -> TlsAcceptor {
            let key = KeyPair::generate().unwrap();
            let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
            params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
            params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
            let certificate = params.signed_by(&key, &self.issuer).unwrap();
            let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let mut config = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate.der().clone()], key)
                .unwrap();
            config.alpn_protocols = vec![protocol.to_vec()];
            TlsAcceptor::from(Arc::new(config))
        }
    }

    /// Answers with the version of HTTP that it was asked in; when asked for `/large`, with large headers too.
    async fn reply(
        request: hyper::Request<Incoming>,
    ) -> Result<axum::response::Response, Infallible> {
        let mut response = axum::response::Response::new(axum::body::Body::from(format!(
            "{:?}",
            request.version()
        )));
        if request.uri().path() == "/large" {
            for number in 0..100 {
                let name = format!("x-{number}").parse::<reqwest::header::HeaderName>();
                let value = "x".repeat(2000).parse();
                response.headers_mut().insert(name.unwrap(), value.unwrap());
            }
        }
        Ok(response)
    }

    async fn serve(acceptor: TlsAcceptor, h2: bool) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let stream = TokioIo::new(stream);
                let service = service_fn(reply);
                tokio::spawn(async move {
                    // The client may break off at will.
                    if h2 {
                        let _ = hyper::server::conn::http2::Builder::new(TokioExecutor::new())
                            .serve_connection(stream, service)
                            .await;
                    } else {
                        let _ = hyper::server::conn::http1::Builder::new()
                            .serve_connection(stream, service)
                            .await;
                    }
                });
            }
        });
        port
    }

    /// An HTTP/2 frame.
    fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
        let [_, length @ ..] = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[..], &[kind, flags, 0, 0, 0, stream], payload].concat()
    }

    /// Says `first` after the handshake and then `ever` again and again, whatever it is asked.
    async fn recite(acceptor: TlsAcceptor, first: Vec<u8>, ever: Vec<u8>) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, first, ever) = (acceptor.clone(), first.clone(), ever.clone());
                tokio::spawn(async move {
                    let mut stream = acceptor.accept(stream).await?;
                    // The request first: preface, settings, headers.
                    let mut request = [0; 4096];
                    for _ in 0..2 {
                        let wait = Duration::from_millis(50);
                        let _ = tokio::time::timeout(wait, stream.read(&mut request)).await;
                    }
                    stream.write_all(&first).await?;
                    while !ever.is_empty() {
                        stream.write_all(&ever).await?;
                    }
                    stream.shutdown().await
                });
            }
        });
        port
    }

    async fn fetch(
        root: &CertificateDer<'static>,
        port: u16,
        path: &str,
    ) -> Result<Fetched, Fault> {
        fetch_with(root, port, path).await.0
    }

    /// The same, and until which year the certificate that was seen is valid.
    async fn fetch_with(
        root: &CertificateDer<'static>,
        port: u16,
        path: &str,
    ) -> (Result<Fetched, Fault>, Option<String>) {
        let settings = Crawler {
            allow_networks: vec!["127.0.0.0/8".parse().unwrap()],
            host_delay: Duration::ZERO,
            robots: false,
            timeout: Duration::from_secs(3),
            first_byte_timeout: Duration::from_secs(2),
            max_body: 100_000,
            ..Crawler::default()
        };
        let names = Names::default();
        names.set("fonpc.example", vec![([127, 0, 0, 1], port).into()]);
        let roots = std::slice::from_ref(root);
        let fetcher = Fetcher::trusting(&settings, Arc::new(SystemClock), names, roots).unwrap();
        let url = Url::parse("https://fonpc.example")
            .unwrap()
            .join(path)
            .unwrap();
        let fetched = fetcher.fetch(&Request::page(url.clone())).await;
        let ends = fetcher.certificate(&url).map(|(_, ends)| ends.to_string());
        (fetched, ends)
    }

    #[tokio::test]
    async fn both_versions_of_http_are_spoken_over_tls() {
        let authority = Authority::new("known");
        for (protocol, h2, version) in [
            (&b"h2"[..], true, "HTTP/2.0"),
            (b"http/1.1", false, "HTTP/1.1"),
        ] {
            let port = serve(
                authority.server("fonpc.example", (2000, 2100), protocol),
                h2,
            )
            .await;
            let fetched = fetch(&authority.root, port, "/").await.unwrap();
            assert_eq!(String::from_utf8_lossy(&fetched.body), version);
        }
    }

    #[tokio::test]
    async fn the_end_of_a_certificate_is_noted_also_when_it_is_past() {
        let authority = Authority::new("known");
        for (name, years, ends) in [
            ("fonpc.example", (2000, 2100), Some("2100-01-01T00:00:00Z")),
            ("fonpc.example", (2000, 2020), Some("2020-01-01T00:00:00Z")),
            ("other.example", (2000, 2100), None),
        ] {
            let port = serve(authority.server(name, years, b"h2"), true).await;
            let (_, seen) = fetch_with(&authority.root, port, "/").await;
            assert_eq!(seen.as_deref(), ends, "{name} {years:?}");
        }
    }

    #[tokio::test]
    async fn large_headers_over_http2_are_refused() {
        let authority = Authority::new("known");
        let port = serve(authority.server("fonpc.example", (2000, 2100), b"h2"), true).await;
        let fault = fetch(&authority.root, port, "/large").await.unwrap_err();
        assert!(
            matches!(fault.kind, FaultKind::TooLarge | FaultKind::Connect),
            "{fault:?}"
        );
    }

    #[tokio::test]
    async fn hostile_frames_end_in_a_fault() {
        const DATA: u8 = 0;
        const HEADERS: u8 = 1;
        const RESET: u8 = 3;
        const SETTINGS: u8 = 4;
        const PING: u8 = 6;
        const GOAWAY: u8 = 7;
        const CONTINUATION: u8 = 9;
        const WHOLE: u8 = 4;

        let hello = frame(SETTINGS, 0, 0, b"");
        let fields = b"\x00\x01x\x01y".repeat(1000);
        let ok = frame(HEADERS, WHOLE, 1, b"\x88");
        let authority = Authority::new("known");
        let cases = [
            ("noise", vec![0xaa; 4000], vec![]),
            ("HTTP/1", b"HTTP/1.1 200 OK\r\n\r\nx".to_vec(), vec![]),
            (
                "goodbye",
                [hello.clone(), frame(GOAWAY, 0, 0, &[0; 8])].concat(),
                vec![],
            ),
            (
                "refusal",
                [hello.clone(), frame(RESET, 0, 1, &[0, 0, 0, 7])].concat(),
                vec![],
            ),
            ("endless pings", hello.clone(), frame(PING, 0, 0, &[0; 8])),
            ("endless settings", hello.clone(), hello.clone()),
            (
                "endless headers",
                [hello.clone(), frame(HEADERS, 0, 1, &fields)].concat(),
                frame(CONTINUATION, 0, 1, &fields),
            ),
            (
                "endless empty headers",
                [hello.clone(), frame(HEADERS, 0, 1, b"")].concat(),
                frame(CONTINUATION, 0, 1, b"").repeat(100),
            ),
            (
                "a body beyond all windows",
                [hello.clone(), ok.clone()].concat(),
                frame(DATA, 0, 1, &[b'x'; 16_000]),
            ),
            (
                "endless nothing",
                [hello.clone(), ok.clone()].concat(),
                frame(DATA, 0, 1, b"").repeat(100),
            ),
            (
                "a body cut short",
                [hello.clone(), ok, frame(DATA, 0, 1, b"<rss")].concat(),
                vec![],
            ),
        ];
        let authority = &authority;
        let runs = cases.map(|(name, first, ever)| async move {
            let acceptor = authority.server("fonpc.example", (2000, 2100), b"h2");
            let port = recite(acceptor, first, ever).await;
            let asked = fetch(&authority.root, port, "/");
            let asked = tokio::time::timeout(Duration::from_mins(1), asked);
            let fault = asked.await.unwrap().unwrap_err();
            assert!(
                matches!(
                    fault.kind,
                    FaultKind::Connect | FaultKind::Timeout | FaultKind::TooLarge | FaultKind::Body
                ),
                "{name}: {fault:?}"
            );
        });
        futures::future::join_all(runs).await;
    }

    #[tokio::test]
    async fn bad_certificates_are_told_apart_in_plain_words() {
        let authority = Authority::new("known");
        let stranger = Authority::new("stranger");
        for (issuer, name, years, words) in [
            (&authority, "fonpc.example", (2000, 2020), "has expired"),
            (&authority, "fonpc.example", (2099, 2100), "not valid yet"),
            (
                &authority,
                "other.example",
                (2000, 2100),
                "is for another name",
            ),
            (&stranger, "fonpc.example", (2000, 2100), "not trusted"),
        ] {
            let port = serve(issuer.server(name, years, b"h2"), true).await;
            let fault = fetch(&authority.root, port, "/").await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Tls);
            assert!(fault.message.contains(words), "{}", fault.message);
        }
    }
}
