//! UTF-8 that somebody read as windows-1252 and wrote as UTF-8 again: “Äƒ” for “ă”.

use encoding_rs::WINDOWS_1252;

/// The text as it was meant, where it clearly has been encoded twice: at least three places can be put right and hardly
/// any cannot.
pub(super) fn repaired(text: &str) -> Option<String> {
    // The lead bytes of two- and three-byte sequences, read as windows-1252, are Ã, Ä, Å, È and Ð: in UTF-8 all of them
    // begin with the same byte, so one quick scan tells.
    let bytes = text.as_bytes();
    let suspects = memchr::memchr_iter(0xc3, bytes)
        .filter(|at| matches!(bytes.get(at + 1), Some(0x83 | 0x84 | 0x85 | 0x88 | 0x90)))
        .take(3)
        .count();
    if suspects < 3 {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        out.push_str(&rest[..run]);
        rest = &rest[run..];
        let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        let run = &rest[..end];
        rest = &rest[end..];
        if run.is_empty() {
            continue;
        }
        if let Some(fixed) = once(run) {
            good += 1;
            out.push_str(&fixed);
        } else {
            bad += 1;
            out.push_str(run);
        }
    }
    (good >= 3 && good >= bad * 10).then_some(out)
}

fn once(run: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    if unmappable || bytes.len() < 2 {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}
