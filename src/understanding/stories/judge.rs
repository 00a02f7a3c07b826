//! Whether two announcements tell the same story.

use super::figures::{is_date, weight};
use super::{DAY, WINDOW, common, translation};
use crate::domain::Sketch;

/// An announcement, as far as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Whose it is.
    pub source: &'a str,
    /// When it was published (milliseconds since 1970).
    pub at: i64,
    /// What it says.
    pub sketch: &'a Sketch,
}

/// What two announcements are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They tell the same.
    Same(Why),
    /// One source told the same twice: the newer one is what it says now.
    Version,
    /// One is the other in easy language.
    EasyToRead,
    /// They have nothing to do with each other, as far as can be seen.
    Apart,
}

/// By what two announcements are known to tell the same, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Most of their text is the same.
    Copy,
    /// They have much of their text and their titles in common.
    Edited,
    /// One is a part of the other.
    Excerpt,
    /// They have the same telling title.
    Title,
    /// They say the same in two languages.
    Translation,
}

/// Two thirds of a text's runs of words are the same in both: nothing that is half of one and half of another comes here.
const COPY: f32 = 0.6;
/// From so many runs on a text is known without its title.
const KNOWN_BY_TEXT: usize = 30;
/// Fewer runs than these say nothing.
const LEAST: usize = 6;
/// Announcements with nothing but their title in common are of the same few days (NewsBlur: 120 hours).
const SAME_DAYS: i64 = 5 * DAY;

/// What two announcements are to each other, whichever is named first.
#[must_use]
pub fn judge(a: &Told<'_>, b: &Told<'_>) -> Verdict {
    let apart = a.at.abs_diff(b.at);
    if apart > WINDOW.unsigned_abs() {
        return Verdict::Apart;
    }
    let one = Pair::of(a, b);
    if a.sketch.easy != b.sketch.easy {
        return one.easy();
    }
    if one.is_another_of_a_series() {
        return Verdict::Apart;
    }
    match (a.sketch.lang, b.sketch.lang) {
        (Some(first), Some(second)) if first != second => {
            if translation::same(a, b) {
                Verdict::Same(Why::Translation)
            } else {
                // A language is mistaken now and then where a text is short or mixed.
                one.copied(apart)
            }
        }
        _ => one.copied(apart),
    }
}

/// Two announcements and what they have in common.
struct Pair<'a> {
    a: &'a Sketch,
    b: &'a Sketch,
    one_source: bool,
    /// Runs of words: of the shorter text, and those that are the same.
    fewer: usize,
    more: usize,
    shared: usize,
    /// Words of the title that are the same.
    title: usize,
}

impl<'a> Pair<'a> {
    fn of(a: &Told<'a>, b: &Told<'a>) -> Self {
        let (a_runs, b_runs) = (a.sketch.shingles.len(), b.sketch.shingles.len());
        Self {
            one_source: a.source == b.source,
            fewer: a_runs.min(b_runs),
            more: a_runs.max(b_runs),
            shared: common(&a.sketch.shingles, &b.sketch.shingles),
            title: common(&a.sketch.title, &b.sketch.title),
            a: a.sketch,
            b: b.sketch,
        }
    }

    /// Jaccard's index of the texts.
    fn likeness(&self) -> f32 {
        share(self.shared, self.fewer + self.more - self.shared)
    }

    /// How much of the shorter text is in the longer one.
    fn contained(&self) -> f32 {
        share(self.shared, self.fewer)
    }

    /// Jaccard's index of the titles.
    fn title_likeness(&self) -> f32 {
        share(
            self.title,
            self.a.title.len() + self.b.title.len() - self.title,
        )
    }

    /// How much of the shorter title is in the longer one.
    fn title_contained(&self) -> f32 {
        share(self.title, self.a.title.len().min(self.b.title.len()))
    }

    /// Each title has a number that the other lacks, or there are two deadlines and nobody says that one was put off.
    fn is_another_of_a_series(&self) -> bool {
        // A large number is an amount, which another title may give roundly and the text exactly.
        let lacks = |a: &Sketch, b: &Sketch| {
            a.title_figures.iter().any(|figure| {
                let amount = weight(*figure) >= 1.5 && b.figures.binary_search(figure).is_ok();
                !amount && b.title_figures.binary_search(figure).is_err()
            })
        };
        let other_number = lacks(self.a, self.b) && lacks(self.b, self.a);
        let other_deadline = match (self.a.deadline, self.b.deadline) {
            (Some(a), Some(b)) => a.abs_diff(b) > 1,
            _ => false,
        };
        let put_off = self.a.extended || self.b.extended;
        let other_event = match (self.a.event, self.b.event) {
            (Some(a), Some(b)) => a.abs_diff(b) > 1,
            _ => false,
        };
        other_number || (other_deadline || other_event) && !put_off
    }

    /// Each says something in numbers or names in place of what the other says there: one form, filled in twice.
    fn is_another_of_a_form(&self) -> bool {
        let (mut in_a, mut in_b, mut in_both) = (0.0, 0.0, 0.0);
        let (mut date_a, mut date_b) = (false, false);
        each(
            &self.a.figures,
            &self.b.figures,
            |figure, of_a, of_b| match (of_a, of_b) {
                (true, true) => in_both += weight(figure),
                (true, false) => {
                    in_a += weight(figure);
                    date_a |= is_date(figure);
                }
                _ => {
                    in_b += weight(figure);
                    date_b |= is_date(figure);
                }
            },
        );
        let other: f32 = f32::min(in_a, in_b);
        let put_off = self.a.extended || self.b.extended;
        if self.one_source && date_a && date_b && !put_off {
            return true;
        }
        if other >= 2.0 && other > 0.3 * in_both && !put_off {
            return true;
        }
        let names = common(&self.a.names, &self.b.names);
        let other = (self.a.names.len() - names).min(self.b.names.len() - names);
        other >= 2 && 2 * other > names
    }

    fn copied(&self, apart: u64) -> Verdict {
        let likeness = self.likeness();
        let texts = self.fewer >= LEAST;
        if self.one_source {
            let again = texts
                && (likeness >= COPY || self.contained() >= 0.8)
                && self.title_likeness() >= 0.75
                || texts && likeness >= 0.85 && self.title_likeness() >= 0.5;
            return if again && !self.is_another_of_a_form() {
                Verdict::Version
            } else {
                Verdict::Apart
            };
        }
        let retitled = self.title < 2 && self.title_contained() < 0.3;
        let speaks = self.a.anchored || self.b.anchored;
        let by_text = self.fewer >= KNOWN_BY_TEXT && (!retitled || speaks);
        let by_title = self.title_contained() >= 0.5;
        if texts && likeness >= COPY && (by_text || by_title) {
            return self.unless_a_form(Why::Copy);
        }
        let same_title = self.title >= 3 && self.title_contained() >= 0.6;
        if self.fewer >= 12 && (likeness >= 0.4 && by_text || likeness >= 0.2 && same_title) {
            return self.unless_a_form(Why::Edited);
        }
        let contained = self.contained();
        if contained >= 0.5 && self.fewer >= LEAST {
            let begins = common(&self.a.lead, &self.b.lead) >= 6;
            // What is put together of many announcements is none of them.
            let whole = self.more <= 4 * self.fewer && contained >= 0.7;
            let titled = contained >= 0.7 && self.title >= 2 && self.title_likeness() >= 0.4;
            if titled || same_title || self.fewer >= KNOWN_BY_TEXT && begins && whole && speaks {
                return self.unless_a_form(Why::Excerpt);
            }
        }
        let headline = self.a.headline == self.b.headline && self.a.title.len() >= 6;
        let silent = self.fewer < LEAST || self.contained() >= 0.15;
        let telling = self.a.title.len() >= 8;
        if headline && apart <= SAME_DAYS.unsigned_abs() && (silent || telling) {
            return self.unless_a_form(Why::Title);
        }
        Verdict::Apart
    }

    fn unless_a_form(&self, why: Why) -> Verdict {
        if self.is_another_of_a_form() {
            Verdict::Apart
        } else {
            Verdict::Same(why)
        }
    }

    /// The same title, or a link from one to the other; in one language.
    fn easy(&self) -> Verdict {
        let (easy, plain) = if self.a.easy {
            (self.a, self.b)
        } else {
            (self.b, self.a)
        };
        let linked = plain.own != 0 && easy.links.binary_search(&plain.own).is_ok()
            || easy.own != 0 && plain.links.binary_search(&easy.own).is_ok();
        let other_lang = easy.lang.is_some() && plain.lang.is_some() && easy.lang != plain.lang;
        let titled = self.title >= 2 && self.title_contained() >= 0.6;
        // The little that is said in easy language says when.
        let mut days = easy
            .figures
            .iter()
            .filter(|figure| is_date(**figure))
            .peekable();
        let other_days =
            days.peek().is_some() && days.all(|day| plain.figures.binary_search(day).is_err());
        if !other_lang
            && !other_days
            && (linked || titled && self.one_source)
            && !self.is_another_of_a_series()
        {
            Verdict::EasyToRead
        } else {
            Verdict::Apart
        }
    }
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        part as f32 / whole as f32
    }
}

/// Goes through two sorted lists at once: a number, and which of them has it.
pub(super) fn each(a: &[u32], b: &[u32], mut see: impl FnMut(u32, bool, bool)) {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let figure = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => **a.min(b),
            (Some(one), None) | (None, Some(one)) => **one,
            (None, None) => return,
        };
        let in_a = left.next_if(|next| **next == figure).is_some();
        let in_b = right.next_if(|next| **next == figure).is_some();
        see(figure, in_a, in_b);
    }
}
