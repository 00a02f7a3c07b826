//! Content streams: the glyphs of a page, where they stand.

use std::rc::Rc;

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::fonts::{Fonts, PageFont};
use super::strings;

/// Forms within forms.
const MAX_DEPTH: usize = 10;
/// Saved graphics states.
const MAX_SAVED: usize = 512;

/// What reading a whole document may cost.
pub(super) struct Budget {
    operations: usize,
    glyphs: usize,
    /// Bytes of content streams, each time they are gone through.
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            operations: 20_000_000,
            glyphs: 3_000_000,
            bytes: 400_000_000,
        }
    }
}

impl Budget {
    pub(super) fn spent(&self) -> bool {
        self.operations == 0 || self.glyphs == 0 || self.bytes == 0
    }
}

/// A glyph that says something, in points from the upper left corner of the upright page.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: Rc<str>,
    /// Where it begins, on its baseline.
    pub(super) at: Point,
    /// Where it ends.
    pub(super) end: Point,
    /// Height of the em.
    pub(super) size: f64,
    /// Letter spacing that was asked for: not a gap between words.
    pub(super) spacing: f64,
    /// Marked as a page's header, footer or number.
    pub(super) furniture: bool,
}

/// What a page shows.
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: bool,
    pub(super) width: f64,
    pub(super) height: f64,
}

pub(super) fn glyphs<'a>(page: &'a Page<'a>, fonts: &Fonts<'a>, budget: &mut Budget) -> Shown {
    let (width, height) = page.render_dimensions();
    let mut reader = Reader {
        fonts,
        budget,
        glyphs: Vec::new(),
        pictures: false,
        marks: Vec::new(),
        depth: 0,
    };
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    if let Some(stream) = page.page_stream() {
        reader.run(stream, page.resources(), State::new(upright));
    }
    let (width, height) = (f64::from(width), f64::from(height));
    let mut glyphs = reader.glyphs;
    // What lies off the page is not seen by anybody.
    glyphs.retain(|glyph| {
        (-width * 0.05..=width * 1.05).contains(&glyph.at.x)
            && (-height * 0.05..=height * 1.05).contains(&glyph.at.y)
    });
    Shown {
        glyphs,
        pictures: reader.pictures,
        width,
        height,
    }
}

#[derive(Clone)]
struct State<'a> {
    matrix: Affine,
    font: Option<PageFont<'a>>,
    size: f64,
    letter_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    text: Affine,
    line: Affine,
}

impl State<'_> {
    fn new(matrix: Affine) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Affine::IDENTITY,
            line: Affine::IDENTITY,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.text = self.line;
    }
}

/// A stretch of content that the document says something about.
enum Mark {
    Plain,
    Furniture,
    /// This is what it says, whatever is drawn. Written at the first glyph.
    Says(Option<Rc<str>>),
}

struct Reader<'f, 'a> {
    fonts: &'f Fonts<'a>,
    budget: &'f mut Budget,
    glyphs: Vec<Glyph>,
    pictures: bool,
    marks: Vec<Mark>,
    depth: usize,
}

impl<'a> Reader<'_, 'a> {
    fn run(&mut self, stream: &[u8], resources: &Resources<'a>, mut state: State<'a>) {
        self.budget.bytes = self.budget.bytes.saturating_sub(stream.len());
        let mut saved: Vec<State<'a>> = Vec::new();
        let marks = self.marks.len();
        let mut operations = TypedIter::new(stream);
        while let Some(operation) = operations.next() {
            if self.budget.spent() {
                break;
            }
            self.budget.operations -= 1;
            match operation {
                TypedInstruction::SaveState(_) if saved.len() < MAX_SAVED => {
                    saved.push(state.clone());
                }
                TypedInstruction::RestoreState(_) => {
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                TypedInstruction::Transform(m) => {
                    state.matrix *= affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                }
                TypedInstruction::BeginText(_) => {
                    state.line = Affine::IDENTITY;
                    state.text = Affine::IDENTITY;
                }
                TypedInstruction::SetTextMatrix(m) => {
                    state.line = affine([&m.0, &m.1, &m.2, &m.3, &m.4, &m.5]);
                    state.text = state.line;
                }
                TypedInstruction::TextFont(font) => {
                    state.size = font.1.as_f64();
                    state.font = resources
                        .get_font(font.0)
                        .and_then(|dict| self.fonts.load(&dict));
                }
                TypedInstruction::CharacterSpacing(n) => state.letter_spacing = n.0.as_f64(),
                TypedInstruction::WordSpacing(n) => state.word_spacing = n.0.as_f64(),
                TypedInstruction::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
                TypedInstruction::TextLeading(n) => state.leading = n.0.as_f64(),
                TypedInstruction::TextRise(n) => state.rise = n.0.as_f64(),
                TypedInstruction::NextLine(n) => state.next_line(n.0.as_f64(), n.1.as_f64()),
                TypedInstruction::NextLineAndSetLeading(n) => {
                    state.leading = -n.1.as_f64();
                    state.next_line(n.0.as_f64(), n.1.as_f64());
                }
                TypedInstruction::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
                TypedInstruction::ShowText(text) => self.show(text.0, &mut state),
                TypedInstruction::NextLineAndShowText(text) => {
                    state.next_line(0.0, -state.leading);
                    self.show(text.0, &mut state);
                }
                TypedInstruction::ShowTextWithParameters(text) => {
                    state.word_spacing = text.0.as_f64();
                    state.letter_spacing = text.1.as_f64();
                    state.next_line(0.0, -state.leading);
                    self.show(text.2, &mut state);
                }
                TypedInstruction::ShowTexts(texts) => {
                    for part in texts.0.iter::<Object<'_>>() {
                        match part {
                            Object::Number(n) => {
                                let back = -n.as_f64() / 1000.0 * state.size;
                                let horizontal = state
                                    .font
                                    .as_ref()
                                    .is_none_or(|font| font.font.is_horizontal());
                                state.text *= if horizontal {
                                    Affine::translate((back * state.stretch, 0.0))
                                } else {
                                    Affine::translate((0.0, back))
                                };
                            }
                            Object::String(text) => self.show(&text, &mut state),
                            _ => {}
                        }
                        if self.budget.spent() {
                            break;
                        }
                    }
                }
                TypedInstruction::XObject(name) => {
                    if let Some(stream) = resources.get_x_object(name.0) {
                        self.object(&stream, resources, &state);
                    }
                }
                TypedInstruction::InlineImage(_) => self.pictures = true,
                TypedInstruction::BeginMarkedContent(_) => self.mark(Mark::Plain),
                TypedInstruction::BeginMarkedContentWithProperties(mark) => {
                    let properties = match mark.1 {
                        Object::Dict(dict) => Some(dict.clone()),
                        Object::Name(name) => resources.properties.get::<Dict<'_>>(name.as_ref()),
                        _ => None,
                    };
                    self.mark(meaning(mark.0, properties.as_ref()));
                }
                TypedInstruction::EndMarkedContent(_) if self.marks.len() > marks => {
                    self.marks.pop();
                }
                _ => {}
            }
        }
        self.marks.truncate(marks);
    }

    fn mark(&mut self, mark: Mark) {
        if self.marks.len() < MAX_SAVED {
            self.marks.push(mark);
        }
    }

    fn object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>) {
        let dict = stream.dict();
        match dict.get::<Name<'_>>(b"Subtype").as_deref() {
            Some(b"Image") => self.pictures = true,
            Some(b"Form") if self.depth < MAX_DEPTH => {
                let Ok(content) = stream.decoded_data() else {
                    return;
                };
                let own = dict.get::<Dict<'a>>(b"Resources").map(Resources::new);
                let mut inner = state.clone();
                if let Some(matrix) = dict.get::<[f64; 6]>(b"Matrix") {
                    inner.matrix *= Affine::new(matrix);
                }
                self.depth += 1;
                self.run(&content, own.as_ref().unwrap_or(resources), inner);
                self.depth -= 1;
            }
            _ => {}
        }
    }

    fn show(&mut self, text: &PdfString<'_>, state: &mut State<'a>) {
        let Some(font) = state.font.clone() else {
            return;
        };
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.budget.glyphs > 0 {
            let (code, length) = font.font.read_code(bytes, at);
            at += length.max(1);
            self.budget.glyphs -= 1;
            let advance = font.font.code_advance(code);
            let place = state.matrix
                * state.text
                * Affine::new([
                    state.size * state.stretch,
                    0.0,
                    0.0,
                    state.size,
                    0.0,
                    state.rise,
                ]);
            self.glyph(
                &font,
                code,
                place,
                advance.x / 1000.0,
                advance.y / 1000.0,
                state,
            );
            let gap = state.letter_spacing
                + if length == 1 && code == 32 {
                    state.word_spacing
                } else {
                    0.0
                };
            state.text *= if font.font.is_horizontal() {
                let width = (advance.x / 1000.0 * state.size + gap) * state.stretch;
                Affine::translate((width, 0.0))
            } else {
                Affine::translate((0.0, advance.y / 1000.0 * state.size + gap))
            };
        }
    }

    fn glyph(
        &mut self,
        font: &PageFont<'a>,
        code: u32,
        place: Affine,
        width: f64,
        height: f64,
        state: &State<'a>,
    ) {
        let mut furniture = false;
        let mut text = None;
        for mark in &mut self.marks {
            match mark {
                Mark::Plain => {}
                Mark::Furniture => furniture = true,
                Mark::Says(said) => {
                    text = Some(said.take().unwrap_or_default());
                    break;
                }
            }
        }
        let text = match text {
            Some(said) => said,
            None => match self.fonts.text(font, code) {
                Some(text) => text,
                None => return,
            },
        };
        let at = place * Point::ZERO;
        let end = place * Point::new(width, height);
        let em = (place * Point::new(0.0, font.em)) - at;
        let size = em.hypot();
        let unit = (place * Point::new(1.0, 0.0) - at).hypot();
        if !(at.is_finite() && end.is_finite() && size.is_finite()) {
            return;
        }
        let spacing = if state.size == 0.0 {
            0.0
        } else {
            state.letter_spacing / state.size.abs() * unit
        };
        self.glyphs.push(Glyph {
            text,
            at,
            end,
            size,
            spacing,
            furniture,
        });
    }
}

fn affine(numbers: [&hayro_syntax::object::Number; 6]) -> Affine {
    Affine::new(numbers.map(hayro_syntax::object::Number::as_f64))
}

fn meaning(tag: &Name<'_>, properties: Option<&Dict<'_>>) -> Mark {
    let Some(properties) = properties else {
        return Mark::Plain;
    };
    if let Some(said) = properties.get::<PdfString<'_>>(b"ActualText") {
        return Mark::Says(Some(strings::decode(said.as_bytes()).into()));
    }
    let paged = || {
        properties.get::<Name<'_>>(b"Type").as_deref() == Some(&b"Pagination"[..])
            || matches!(
                properties.get::<Name<'_>>(b"Subtype").as_deref(),
                Some(b"Header" | b"Footer")
            )
    };
    if tag.as_ref() == b"Artifact" && paged() {
        Mark::Furniture
    } else {
        Mark::Plain
    }
}
