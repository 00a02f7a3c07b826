//! Messages in several languages, as Fluent keeps them.

use std::collections::HashMap;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;

use crate::domain::Language;

/// Messages by language.
pub type Bundles = HashMap<Language, FluentBundle<FluentResource>>;

/// Reads messages as they are written in Fluent's files. One that cannot be read is left out: whoever has such files tests that
/// every one of them can.
#[must_use]
pub fn bundles<const N: usize>(sources: [(Language, &str); N]) -> Bundles {
    sources
        .into_iter()
        .map(|(language, source)| (language, bundle(language, source)))
        .collect()
}

fn bundle(language: Language, source: &str) -> FluentBundle<FluentResource> {
    let tags = language.as_str().parse().into_iter().collect();
    let mut bundle = FluentBundle::new_concurrent(tags);
    // Isolation marks would be copied along with the text, and no right-to-left language is among ours.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, _)| rest);
    let _ = bundle.add_resource(resource);
    bundle
}

/// What cannot be read in messages as they are written.
#[cfg(test)]
pub(crate) fn mistakes(sources: &[(Language, &str)]) -> Vec<String> {
    let mistakes = |(language, source): &(Language, &str)| {
        let (_, errors) = FluentResource::try_new((*source).to_owned()).err()?;
        Some(format!("{language}: {errors:?}"))
    };
    sources.iter().filter_map(mistakes).collect()
}
