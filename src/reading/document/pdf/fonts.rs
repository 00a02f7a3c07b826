//! Fonts: from character codes to text.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use hayro_font::hayro_cmap::BfString;
use hayro_font::{
    CMapResolverFn, FallbackFontQuery, Font, FontCache, FontGlyph, FontQuery, FontResolverFn,
    OutlineFontData,
};
use hayro_syntax::object::{Dict, Name, Rect};
use rustc_hash::FxHashMap;
use skrifa::FontRef;
use skrifa::charmap::Charmap;

/// Most entries read of an embedded font's own character map.
const MAX_MAPPINGS: usize = 200_000;

/// The fonts of a document, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    /// Glyph to character, by the embedded font program.
    reversed: RefCell<FxHashMap<u128, Rc<FxHashMap<u32, char>>>>,
}

impl Default for Fonts<'_> {
    fn default() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(query) => {
                        FallbackFontQuery::pick_standard_font(query).get_font_data()
                    }
                })
            }),
            // The predefined maps are those of Chinese, Japanese and Korean.
            maps: Arc::new(|_| None),
            reversed: RefCell::default(),
        }
    }
}

/// A font as a page uses it.
#[derive(Clone)]
pub(super) struct PageFont<'a> {
    pub(super) font: Font<'a>,
    /// Height of its em in glyph space units of 1/1000: 1 but for Type 3 fonts.
    pub(super) em: f64,
    /// What each code says.
    texts: Rc<RefCell<FxHashMap<u32, Option<Rc<str>>>>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn load(&self, dict: &Dict<'a>) -> Option<PageFont<'a>> {
        let font = self.cache.font(dict, &self.programs, &self.maps)?;
        let em = if dict.get::<Name<'_>>(b"Subtype").as_deref() == Some(&b"Type3"[..]) {
            type3_em(dict)
        } else {
            1.0
        };
        Some(PageFont {
            font,
            em,
            texts: Rc::default(),
        })
    }

    /// What a character code says in this font.
    pub(super) fn text(&self, font: &PageFont<'a>, code: u32) -> Option<Rc<str>> {
        if let Some(known) = font.texts.borrow().get(&code) {
            return known.clone();
        }
        let text = self.find(font, code);
        font.texts.borrow_mut().insert(code, text.clone());
        text
    }

    fn find(&self, font: &PageFont<'a>, code: u32) -> Option<Rc<str>> {
        let glyph = font.font.glyph(font.font.map_code(code), code);
        let told = match &glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let told = told.map(|told| match told {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        if let Some(text) = told {
            if meaningful(&text) {
                return Some(text.into());
            }
            // Fonts of symbols have codes of their own; nearly all that are met in texts are bullets.
            if text.starts_with(|c| matches!(c, '\u{e000}'..='\u{f8ff}')) {
                return Some("•".into());
            }
        }
        let FontGlyph::Outline(glyph) = glyph else {
            return None;
        };
        let data = glyph.font_data()?;
        let id = glyph.glyph_id().to_u32();
        let c = *self.reverse(&data).get(&id).filter(|_| id != 0)?;
        Some(String::from(c).into())
    }

    /// The font program's own map from characters to glyphs, the other way round.
    fn reverse(&self, data: &OutlineFontData) -> Rc<FxHashMap<u32, char>> {
        if let Some(known) = self.reversed.borrow().get(&data.cache_key) {
            return known.clone();
        }
        let mut map = FxHashMap::default();
        let program: &[u8] = (*data.data).as_ref();
        if let Ok(font) = FontRef::from_index(program, 0) {
            for (code, glyph) in Charmap::new(&font).mappings().take(MAX_MAPPINGS) {
                let Some(c) = char::from_u32(code) else {
                    continue;
                };
                if meaningful(c.encode_utf8(&mut [0; 4])) {
                    // Where several characters share a glyph, the plainest is meant.
                    map.entry(glyph.to_u32())
                        .and_modify(|known: &mut char| *known = c.min(*known))
                        .or_insert(c);
                }
            }
        }
        let map = Rc::new(map);
        self.reversed
            .borrow_mut()
            .insert(data.cache_key, map.clone());
        map
    }
}

/// Not a control character, not private, not the sign for something unknown.
fn meaningful(text: &str) -> bool {
    text.chars().next().is_some_and(|first| {
        !matches!(
            first,
            '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..
        )
    })
}

/// A Type 3 font has no em; its box is a little taller than one.
fn type3_em(dict: &Dict<'_>) -> f64 {
    let matrix = dict
        .get::<[f64; 6]>(b"FontMatrix")
        .unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let height = dict
        .get::<Rect>(b"FontBBox")
        .map_or(0.0, |bounds| bounds.height());
    let em = 0.8 * height * matrix[3].abs();
    if em > 0.0 {
        em
    } else {
        1000.0 * matrix[3].abs()
    }
}
