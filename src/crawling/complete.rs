//! An announcement as its source lists it, completed with what its own page says.

use crate::domain::Draft;
use crate::reading::article::Article;

use super::decide::{is_provisional, letters};

/// Completes a draft: the source's own words where it has any, the page's where it says more.
pub fn complete(draft: &mut Draft, article: Article) {
    if is_lesser(draft, &article.title) {
        draft.title = article.title;
    }
    if article.text.chars().count() > draft.text.chars().count() {
        draft.text = article.text;
        draft.html = Some(article.html).filter(|html| !html.is_empty());
    }
    draft.author = draft.author.take().or(article.author);
    draft.image = draft.image.take().or(article.image);
    draft.lang_hint = draft.lang_hint.or(article.lang);
    if draft.summary.is_none() && draft.html.is_some() {
        draft.summary = article.excerpt;
    }
    if draft.published.is_none() {
        draft.published = article.published;
        draft.precision = article.precision;
    }
    for file in article.attachments {
        if draft.attachments.iter().all(|known| known.url != file.url) {
            draft.attachments.push(file);
        }
    }
    draft.partial = false;
}

/// Whether the page's title is the one to show: the listed one is made of the address, or cut off.
fn is_lesser(draft: &Draft, title: &str) -> bool {
    if title.is_empty() {
        return false;
    }
    let listed = draft.title.trim_end();
    let start = listed.trim_end_matches(['…', '.', ' ', '[', ']', '(', ')']);
    let end = &listed[start.len()..];
    let cut = end.contains('…') || end.contains("..");
    is_provisional(draft) || (cut && letters(title).starts_with(&letters(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Precision;
    use url::Url;

    fn titled(title: &str) -> Draft {
        Draft {
            guid: None,
            url: Url::parse("https://a.ro/stiri/apel-nou").ok(),
            title: title.into(),
            author: None,
            html: None,
            text: String::new(),
            summary: None,
            published: None,
            precision: Precision::None,
            updated: None,
            lang_hint: None,
            image: None,
            attachments: Vec::new(),
            categories: Vec::new(),
            partial: true,
        }
    }

    #[test]
    fn the_pages_title_stands_where_the_listed_one_is_cut_off_or_a_guess() {
        let page = "Apel nou: granturi pentru ONG-uri";
        for (listed, lesser) in [
            ("Apel nou", true),
            ("Apel nou: granturi…", true),
            ("Apel nou: granturi [...]", true),
            ("Alt titlu…", false),
            ("Apel nou: granturi", false),
            ("Un apel", false),
        ] {
            assert_eq!(is_lesser(&titled(listed), page), lesser, "{listed}");
        }
        assert!(!is_lesser(&titled("Apel nou"), ""));
    }
}
