//! A document taken as an article: where it is itself the announcement.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Document;
use crate::domain::Precision;
use crate::reading::article::Article;
use crate::reading::dates;

/// Lines at the top among which the line with the date is looked for.
const LOOKED_AT: usize = 10;
/// Most characters of such a line.
const LONGEST: usize = 70;
/// Most letters of it: a month, and beside it a place or the number of a register.
const MOST_LETTERS: usize = 36;

/// The words of a date that is something else than the day of writing.
const OTHER_DATES: [&str; 18] = [
    "până", "pana", "termen", "deadline", "until", "līdz", "lidz", "termiņ", "срок", "до ",
    "valab", "perioad", "period", "dzim", "născut", "event", "ora ", "plkst",
];

impl Document {
    /// The document as an article. Its date is the one that it is headed with, as letters and announcements are; the date on
    /// which the file was made tells when somebody exported it, and is not taken for one.
    #[must_use]
    pub fn into_article(self, now: Timestamp, zone: &TimeZone) -> Article {
        let published = dated(&self.text, now, zone);
        Article {
            title: self.title.unwrap_or_default(),
            author: self.author,
            published,
            precision: published.map_or(Precision::None, |_| Precision::Day),
            published_offset: published.map(|at| zone.to_offset(at)),
            modified: None,
            lang: None,
            html: String::new(),
            text: self.text,
            excerpt: None,
            image: None,
            canonical_url: None,
            attachments: Vec::new(),
        }
    }
}

/// The day that a line near the top gives, alone or with a place or a number: “Chișinău, 12 martie 2024”.
fn dated(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(LOOKED_AT)
        .filter(|line| {
            line.chars().count() <= LONGEST && line.contains(|c: char| c.is_ascii_digit())
        })
        .filter(|line| {
            let small = line.to_lowercase();
            !OTHER_DATES.iter().any(|word| small.contains(word))
        })
        .filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() <= MOST_LETTERS)
        .filter_map(|line| dates::parse(line, None, now, zone))
        .find(|found| found.precision == Precision::Day && found.at <= now)
        .map(|found| found.at)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::dated;

    fn day(text: &str) -> Option<String> {
        dated(
            text,
            "2026-05-01T00:00:00Z".parse().unwrap(),
            &TimeZone::UTC,
        )
        .map(|at| at.to_zoned(TimeZone::UTC).date().to_string())
    }

    #[test]
    fn the_line_that_a_letter_is_headed_with() {
        assert_eq!(
            day("Asociația\n\nChișinău, 12 martie 2024\n\nText").as_deref(),
            Some("2024-03-12")
        );
        assert_eq!(
            day("Nr. 123 / 12.03.2024\n\nText").as_deref(),
            Some("2024-03-12")
        );
        assert_eq!(
            day("г. Кишинёв, 5 мая 2025 г.\n\nТекст").as_deref(),
            Some("2025-05-05")
        );
    }

    #[test]
    fn no_other_date_is_taken_for_it() {
        assert_eq!(day("Termen limită: 12.03.2024\n\nText"), None);
        assert_eq!(
            day(
                "Ziua internațională, sărbătorită de toate organizațiile la 12 martie 2024\n\nText"
            ),
            None
        );
        assert_eq!(day("Chișinău, 12 martie 2031"), None);
    }
}
