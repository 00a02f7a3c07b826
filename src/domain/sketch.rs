use serde::{Deserialize, Serialize};

use super::{Kind, Language};

/// What is kept of an announcement to see whether another one tells the same: no words, only their hashes. All lists are
/// sorted and without doubles. Two announcements are compared by their sketches alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    /// The language of the text.
    pub lang: Option<Language>,
    /// What it is.
    pub kind: Option<Kind>,
    /// Written in easy language.
    pub easy: bool,
    /// Says of itself that something was put off or prolonged.
    pub extended: bool,
    /// The text speaks of what the title says.
    pub anchored: bool,
    /// Words of the text that were looked at.
    pub words: u32,
    /// The day of the deadline, counted from 1970.
    pub deadline: Option<i32>,
    /// The day on which the event begins, counted likewise.
    pub event: Option<i32>,
    /// Its own address.
    pub own: u32,
    /// All that the title says, whatever the order of its words; 0 where that is too little to tell.
    pub headline: u32,
    /// Words of the title.
    pub title: Vec<u32>,
    /// What the words of the title sound like in any language.
    pub title_sounds: Vec<u32>,
    /// Numbers and months of the title.
    pub title_figures: Vec<u32>,
    /// Runs of four words of the text.
    pub shingles: Vec<u32>,
    /// Those with which the text begins.
    pub lead: Vec<u32>,
    /// Numbers, days and hours of the text and the title.
    pub figures: Vec<u32>,
    /// What names of the text and the title sound like.
    pub names: Vec<u32>,
    /// Addresses that the text links to, and files that go with it.
    pub links: Vec<u32>,
    /// Topics.
    pub topics: Vec<u32>,
}

/// First number of every sketch; one with another is of another vesti.
const VERSION: u32 = 1;

impl Sketch {
    /// As bytes, for keeping.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let lists = self.lists();
        let length: usize = lists.iter().map(|list| list.len() + 1).sum();
        let mut numbers: Vec<u32> = Vec::with_capacity(9 + length);
        let mut lang = [0; 4];
        if let Some(code) = &self.lang {
            for (place, byte) in lang.iter_mut().zip(code.as_str().bytes()) {
                *place = byte;
            }
        }
        let kind = self
            .kind
            .and_then(|kind| Kind::ALL.iter().position(|known| *known == kind));
        let flags = u32::from(self.easy)
            | u32::from(self.extended) << 1
            | u32::from(self.anchored) << 2
            | u32::from(self.deadline.is_some()) << 3
            | u32::from(self.event.is_some()) << 4;
        numbers.extend([
            VERSION,
            u32::from_le_bytes(lang),
            kind.map_or(0, |place| place as u32 + 1),
            flags,
            self.words,
            self.deadline.unwrap_or_default().cast_unsigned(),
            self.event.unwrap_or_default().cast_unsigned(),
            self.own,
            self.headline,
        ]);
        for list in lists {
            numbers.push(list.len() as u32);
            numbers.extend(list);
        }
        numbers.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    /// From bytes that [`Sketch::to_bytes`] made; `None` for any others.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return None;
        }
        let mut numbers = numbers.iter().map(|four| u32::from_le_bytes(*four));
        let mut next = || numbers.next();
        if next()? != VERSION {
            return None;
        }
        let lang = next()?.to_le_bytes();
        let kind = next()? as usize;
        let flags = next()?;
        let mut sketch = Self {
            lang: std::str::from_utf8(&lang)
                .ok()
                .and_then(|code| code.trim_end_matches('\0').parse().ok()),
            kind: kind
                .checked_sub(1)
                .and_then(|place| Kind::ALL.get(place).copied()),
            easy: flags & 1 != 0,
            extended: flags & 2 != 0,
            anchored: flags & 4 != 0,
            words: next()?,
            ..Self::default()
        };
        let (deadline, event) = (next()?.cast_signed(), next()?.cast_signed());
        sketch.deadline = (flags & 8 != 0).then_some(deadline);
        sketch.event = (flags & 16 != 0).then_some(event);
        sketch.own = next()?;
        sketch.headline = next()?;
        for list in sketch.lists_mut() {
            let length = next()? as usize;
            *list = (0..length.min(bytes.len())).map_while(|_| next()).collect();
            if list.len() != length {
                return None;
            }
        }
        next().is_none().then_some(sketch)
    }

    fn lists(&self) -> [&Vec<u32>; 9] {
        [
            &self.title,
            &self.title_sounds,
            &self.title_figures,
            &self.shingles,
            &self.lead,
            &self.figures,
            &self.names,
            &self.links,
            &self.topics,
        ]
    }

    fn lists_mut(&mut self) -> [&mut Vec<u32>; 9] {
        [
            &mut self.title,
            &mut self.title_sounds,
            &mut self.title_figures,
            &mut self.shingles,
            &mut self.lead,
            &mut self.figures,
            &mut self.names,
            &mut self.links,
            &mut self.topics,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sketch_comes_back_as_it_was_kept(
            lang in prop::option::of(prop::sample::select(Language::OURS.to_vec())),
            kind in prop::option::of(prop::sample::select(Kind::ALL.to_vec())),
            flags: [bool; 3],
            days: [Option<i32>; 2],
            numbers: [u32; 3],
            lists in prop::array::uniform9(prop::collection::vec(any::<u32>(), 0..9)),
        ) {
            let mut sketch = Sketch {
                lang, kind,
                easy: flags[0], extended: flags[1], anchored: flags[2],
                deadline: days[0], event: days[1],
                words: numbers[0], own: numbers[1], headline: numbers[2],
                ..Sketch::default()
            };
            for (place, list) in sketch.lists_mut().into_iter().zip(lists) {
                *place = list;
            }
            let bytes = sketch.to_bytes();
            prop_assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
            prop_assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 4]), None);
        }

        #[test]
        fn nonsense_is_no_sketch(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assume!(bytes.get(..4) != Some(&VERSION.to_le_bytes()));
            prop_assert_eq!(Sketch::from_bytes(&bytes), None);
        }
    }
}
