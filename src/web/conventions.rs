//! What browsers, search engines and machines that look after machines expect at well-known addresses.

use axum::http::StatusCode;
use axum::response::Response;

use super::context::{Ask, Face};
use super::reply::{Keep, Reply};
use crate::delivery::escape;

/// `/opensearch.xml`: lets a browser search from its address bar (OpenSearch 1.1).
pub(super) async fn opensearch(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let site = context.site();
            // Longer ones are refused by some browsers.
            let short: String = site.chars().take(16).collect();
            let url = |media: &str, path: &str| {
                format!(
                    "  <Url type=\"{media}\" template=\"{}?q={{searchTerms}}\"/>\n",
                    xml(&context.absolute(path))
                )
            };
            let body = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n  \
                 <ShortName>{}</ShortName>\n  <Description>{}</Description>\n{}{}{}  \
                 <Language>{}</Language>\n  <InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n",
                xml(&short),
                xml(&context.ui.tw("site-description", "site", site)),
                url("text/html", "/"),
                url("application/rss+xml", "/feed.rss"),
                url("application/atom+xml", "/feed.atom"),
                context.ui.code(),
            );
            Ok(Reply::new("application/opensearchdescription+xml", body).keep(Keep::Hour))
        })
        .await
}

/// `/sitemap.xml`: our own pages, not the copies of others' texts.
pub(super) async fn sitemap(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let mut body = String::from(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
            );
            let mut add = |path: String| {
                body.push_str("  <url><loc>");
                body.push_str(&xml(&context.absolute(&path)));
                body.push_str("</loc></url>\n");
            };
            for path in [
                "/",
                "/sources",
                "/topics",
                "/digests",
                "/api",
                "/privacy",
                "/accessibility",
            ] {
                add(path.to_owned());
            }
            for record in context.sources()? {
                add(format!("/sources/{}", record.source.id));
            }
            for concept in &context.config.thesaurus {
                add(format!("/topics/{}", concept.id));
            }
            for spec in &context.config.digests {
                add(format!("/digests/{}", spec.id));
            }
            body.push_str("</urlset>\n");
            Ok(Reply::new("application/xml", body).keep(Keep::Hour))
        })
        .await
}

/// `/robots.txt`: pages may be read; item pages say `noindex` themselves.
pub(super) async fn robots(context: Ask) -> Response {
    let body = format!(
        "User-agent: *\nDisallow: /api/v1/\nDisallow: /metrics\n\nSitemap: {}\n",
        context.absolute("/sitemap.xml")
    );
    Reply::new("text/plain; charset=utf-8", body)
        .keep(Keep::Hour)
        .answer(&context.headers, context.now)
}

/// `/healthz`: the process answers.
pub(super) async fn alive(context: Ask) -> Response {
    Reply::new("text/plain; charset=utf-8", "ok\n")
        .keep(Keep::Never)
        .answer(&context.headers, context.now)
}

/// `/readyz`: store and index answer too.
pub(super) async fn ready(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let (code, body) = match context.app.store.head() {
                Ok(head) => {
                    let searchable = context.app.index.searchable();
                    (
                        StatusCode::OK,
                        serde_json::json!({"status": "ready", "recorded": head.seq.0, "searchable": searchable.0}),
                    )
                }
                Err(error) => {
                    tracing::error!(why = ?error.to_string(), "not ready");
                    (
                        StatusCode::SERVICE_UNAVAILABLE,
                        serde_json::json!({"status": "the store does not answer"}),
                    )
                }
            };
            Ok(Reply::json(&body)?.status(code).keep(Keep::Never))
        })
        .await
}

/// `/metrics`, for Prometheus.
pub(super) async fn metrics(context: Ask) -> Response {
    context
        .serve(Face::Data, |context| {
            let app = &context.app;
            let counts = app.store.counts(context.now)?;
            let head = app.store.head()?;
            let text = app
                .metrics
                .write(&counts, &head, app.index.searchable())
                .map_err(|error| super::trouble::Trouble::Internal(error.to_string()))?;
            Ok(Reply::new(
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                text,
            )
            .keep(Keep::Never))
        })
        .await
}

/// Text in XML: without what XML 1.0 cannot hold.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let legal: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    escape(&legal, &mut out);
    out
}
