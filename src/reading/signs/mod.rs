//! Pages that stand in the place of others: error pages that come with status 200, parked domains, walls that ask whether the
//! visitor is a robot or for consent; and words that strangers write where an organisation wrote before.

mod page;
mod strangers;
mod words;

pub use strangers::strangers;

use crate::domain::{Sign, SignKind};
use page::Page;
use words::{Phrase, Phrases};

/// What a page shows itself to be, if it is not what an organisation publishes; bounded time and memory. A page that only
/// writes about such things shows no sign: it has more to say, and says it in paragraphs.
#[must_use]
pub fn sign_of(html: &str) -> Option<Sign> {
    let page = Page::read(html);
    bot_wall(&page)
        .or_else(|| parked(&page))
        .or_else(|| error_page(&page))
        .or_else(|| cookie_wall(&page))
}

/// Letters of a page that has nothing else to say than the sign.
const SHORT: usize = 1500;
/// The same of pages that a product makes, with advertisements or explanations.
const PRODUCT: usize = 6000;
/// Letters in long paragraphs from which a page is an article.
const ARTICLE: usize = 500;

fn bot_wall(page: &Page) -> Option<Sign> {
    let sign = |phrase: &Phrase| Sign::new(SignKind::BotWall, phrase.told);
    if page.letters < PRODUCT
        && let Some(phrase) = words::WALL_MARKS.in_text(&page.raw)
        && (page.letters < 200 || words::WALLS.in_text(page.beginning()).is_some())
    {
        return Some(sign(phrase));
    }
    if page.letters < 2 * SHORT
        && page.prose < 3 * ARTICLE
        && let Some(phrase) = words::WALLS.in_text(&page.title)
    {
        return Some(sign(phrase));
    }
    let short = page.letters < SHORT && page.prose < ARTICLE && page.links < 8;
    words::WALLS
        .in_text(page.beginning())
        .filter(|_| short)
        .map(sign)
}

fn parked(page: &Page) -> Option<Sign> {
    let sign = |phrase: &Phrase| Sign::new(SignKind::Parked, phrase.told);
    if page.prose >= ARTICLE {
        return None;
    }
    let said = words::PARKED
        .in_text(&page.title)
        .or_else(|| words::PARKED.in_text(page.beginning()));
    if let Some(phrase) = said.filter(|_| page.letters < SHORT) {
        return Some(sign(phrase));
    }
    let mark = words::PARKING_MARKS.in_text(&page.raw)?;
    let bare = page.letters < 300 && page.links < 4;
    (page.letters < PRODUCT && (said.is_some() || bare)).then(|| sign(mark))
}

fn error_page(page: &Page) -> Option<Sign> {
    let sign = |phrase: &Phrase| Sign::new(SignKind::ErrorPage, phrase.told);
    // A title says it alone, beside the site's name: an article says more there.
    let parts = page
        .title
        .split(['|', '–', '—', '»', '«', '•', '·', '-', ':', '/']);
    for part in parts.chain([page.heading.as_str()]) {
        if let Some(phrase) = words::ERRORS.is_all_of(part)
            && page.prose < 4 * ARTICLE
        {
            return Some(sign(phrase));
        }
    }
    // What programs write themselves, at the very start of a page or of its text.
    if let Some(phrase) = words::CRASHES.in_text(page.beginning())
        && page.prose < ARTICLE
        && (page.letters < SHORT || words::CRASHES.in_text(&page.title).is_some())
    {
        return Some(sign(phrase));
    }
    words::ERRORS
        .in_text(page.beginning())
        .filter(|_| page.letters < 400 && page.prose < ARTICLE && page.links < 12)
        .map(sign)
}

fn cookie_wall(page: &Page) -> Option<Sign> {
    let bare = page.letters < SHORT && page.links < 8 && page.asks;
    if !bare {
        return None;
    }
    let asked = words::CONSENT.in_text(page.beginning())?;
    words::AGREE.in_text(&page.text)?;
    // The question is most of what there is.
    let about = words::CONSENT.letters_in(&page.text);
    (about * 12 >= page.letters || page.letters < 400)
        .then(|| Sign::new(SignKind::CookieWall, asked.told))
}

impl Phrases {
    /// Letters of the text that belong to these phrases.
    fn letters_in(&self, text: &str) -> usize {
        self.all()
            .iter()
            .map(|phrase| text.matches(phrase.folded.as_str()).count() * phrase.folded.len())
            .sum()
    }
}

#[cfg(test)]
mod tests;
