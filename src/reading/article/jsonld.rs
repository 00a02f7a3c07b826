//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

/// The parts that matter, of the object that describes the article.
#[derive(Debug, Default, Clone)]
pub(super) struct Described {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub author: Option<String>,
    pub image: Option<String>,
    pub lang: Option<String>,
    /// The whole text, as `articleBody` has it.
    pub body: Option<String>,
}

/// Reads one `<script type="application/ld+json">`; `None` where nothing in it describes an article or a page.
pub(super) fn read(script: &str) -> Option<Described> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim_end_matches(';');
    // Line feeds within strings are no JSON, but common.
    let value: Value = serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")))
        .ok()?;
    let mut best: Option<(u8, &Value)> = None;
    // serde_json bounds the depth; this walk bounds the number.
    let mut queue = vec![&value];
    let mut looked = 0;
    while let Some(value) = queue.pop() {
        looked += 1;
        if looked > 2_000 {
            break;
        }
        match value {
            Value::Array(list) => queue.extend(list.iter().rev()),
            Value::Object(object) => {
                let rank = rank(value);
                if rank > best.map_or(0, |(rank, _)| rank) {
                    best = Some((rank, value));
                }
                queue.extend(
                    [
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "itemListElement",
                    ]
                    .iter()
                    .rev()
                    .filter_map(|key| object.get(*key)),
                );
            }
            _ => {}
        }
    }
    let (_, found) = best?;
    let text = |name: &str| text(found.get(name)?);
    Some(Described {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        author: found
            .get("author")
            .or_else(|| found.get("creator"))
            .and_then(author),
        image: found
            .get("image")
            .or_else(|| found.get("thumbnailUrl"))
            .and_then(image),
        lang: text("inLanguage"),
        body: text("articleBody"),
    })
}

fn rank(value: &Value) -> u8 {
    let kinds: Vec<&str> = match value.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    kinds
        .iter()
        .map(|kind| match kind.rsplit('/').next().unwrap_or_default() {
            "NewsArticle"
            | "Article"
            | "BlogPosting"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "LiveBlogPosting"
            | "Report"
            | "ScholarlyArticle"
            | "TechArticle"
            | "SocialMediaPosting"
            | "BackgroundNewsArticle"
            | "ReviewNewsArticle" => 3,
            "WebPage" | "ItemPage" | "JobPosting" | "AboutPage" => 1,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object
            .get("@value")
            .and_then(Value::as_str)
            .map(str::to_owned),
        Value::Array(list) => list.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
    .filter(|text| !text.trim().is_empty())
}

fn author(value: &Value) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(object) => object.get("name").and_then(text),
        _ => None,
    };
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().take(5).filter_map(one).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        other => one(other),
    }
}

fn image(value: &Value) -> Option<String> {
    match value {
        Value::String(url) => Some(url.clone()),
        Value::Object(object) => object.get("url").and_then(Value::as_str).map(str::to_owned),
        Value::Array(list) => match list.first()? {
            Value::String(url) => Some(url.clone()),
            Value::Object(object) => object.get("url").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}
