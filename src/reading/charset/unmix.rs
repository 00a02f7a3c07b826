//! UTF-8 that somebody read as a legacy encoding and wrote as UTF-8 again: “Äƒ” for “ă”, “РІ” for “в”.

use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257};

/// The encodings that it is misread as.
const MISREAD_AS: [&Encoding; 5] = [
    WINDOWS_1252,
    WINDOWS_1251,
    WINDOWS_1250,
    WINDOWS_1257,
    ISO_8859_2,
];
/// So many runs of characters beyond ASCII are looked at before anything is changed.
const LOOKED_AT: usize = 120;
/// The letters that a single misread run may stand for where the rest of the text is sound.
const OURS: &str = "ăâîșțşţĂÂÎȘȚŞŢāčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ„”“’–—…«»№";

/// The text as it was meant, where it clearly has been encoded twice, or three times.
pub(super) fn repaired(text: &str) -> Option<String> {
    let once = undone(text)?;
    Some(undone(&once).unwrap_or(once))
}

/// One misreading undone.
fn undone(text: &str) -> Option<String> {
    let looked_at: Vec<&str> = runs(text).take(LOOKED_AT).collect();
    let (_, encoding) = MISREAD_AS
        .into_iter()
        .rev()
        .filter_map(|encoding| Some((put_right(&looked_at, encoding)?, encoding)))
        .max_by_key(|(right, _)| *right)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(from) = rest.find(|c: char| !c.is_ascii()) {
        out.push_str(&rest[..from]);
        rest = &rest[from..];
        let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        let run = &rest[..end];
        match meant(run, encoding) {
            Some(fixed) => out.push_str(&fixed),
            None => out.push_str(run),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Some(out)
}

/// Runs of characters beyond ASCII.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = ascii_length(rest.as_bytes());
        let run = &rest[from..];
        let length = run.bytes().position(|byte| byte.is_ascii());
        let (run, behind) = run.split_at(length.unwrap_or(run.len()));
        rest = behind;
        (!run.is_empty()).then_some(run)
    })
}

/// How many bytes come before the first that is beyond ASCII. By blocks: most of a text is ASCII.
fn ascii_length(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks(64).take_while(|block| block.is_ascii());
    let plain: usize = blocks.map(<[u8]>::len).sum();
    let rest = bytes[plain..].iter();
    plain + rest.take_while(|byte| byte.is_ascii()).count()
}

/// How many runs become sound when read as they were meant: at least three, and few that do not; or a good number that
/// become letters of ours, in a text that is otherwise sound.
fn put_right(runs: &[&str], encoding: &'static Encoding) -> Option<(usize, usize)> {
    let (mut good, mut ours, mut bad) = (0_usize, 0_usize, 0_usize);
    for run in runs {
        match meant(run, encoding) {
            Some(fixed) => {
                good += 1;
                let known = |c: char| OURS.contains(c) || ('а'..='я').contains(&c);
                ours += usize::from(fixed.chars().any(known));
            }
            None => bad += 1,
        }
    }
    let clearly = good >= 3 && good >= bad * 4;
    let in_part = encoding == WINDOWS_1252 && ours >= 5 && ours == good;
    (clearly || in_part).then_some((ours, good))
}

/// What a run stands for, if its bytes in the encoding are UTF-8. What the encoding has no character for was left as it is.
fn meant(run: &str, encoding: &'static Encoding) -> Option<String> {
    let mut chars = run.chars();
    // A single letter stands for itself, as nearly all do in a sound text.
    if chars.next().is_none() || chars.next().is_none() {
        return None;
    }
    let mut bytes = Vec::with_capacity(run.len());
    for c in run.chars() {
        // Sound words in Cyrillic are no UTF-8 from their first two letters on.
        if let [lead, next, ..] = bytes[..]
            && !((0xc2..=0xf4).contains(&lead) && (0x80..=0xbf).contains(&next))
        {
            return None;
        }
        let mut buffer = [0; 4];
        let (encoded, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
        if unmappable {
            bytes.push(u8::try_from(u32::from(c)).ok()?);
        } else {
            bytes.extend_from_slice(&encoded);
        }
    }
    if bytes.len() < 2 {
        return None;
    }
    String::from_utf8(bytes).ok()
}
