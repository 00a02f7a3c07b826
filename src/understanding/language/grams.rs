//! What the model looks at: the words of a text and the letters that stand together in them, hashed.

/// Letters together at most.
const LONGEST: usize = 4;

/// Calls `each` with the hash of every group of one to four letters of a word, its edges marked, and of the whole word.
///
/// The word is in small letters. Long words are cut: no language has any of that length.
pub(super) fn grams(word: &str, mut each: impl FnMut(u32)) {
    let mut letters = ['<'; 34];
    let mut end = 1;
    for c in word.chars().take(32) {
        letters[end] = same(c);
        end += 1;
    }
    letters[end] = '>';
    end += 1;
    for start in 0..end {
        let mut hash = SEED;
        for (length, c) in letters[start..end].iter().take(LONGEST).enumerate() {
            hash = step(hash, *c);
            // An edge alone says nothing.
            if length > 0 || (start > 0 && start + 1 < end) {
                each(finish(hash));
            }
        }
    }
    if end > LONGEST {
        let whole = letters[..end].iter().fold(SEED, |hash, c| step(hash, *c));
        each(finish(whole));
    }
}

/// One letter for those that are written either way.
fn same(c: char) -> char {
    match c {
        'ş' => 'ș',
        'ţ' => 'ț',
        'ё' => 'е',
        other => other,
    }
}

/// FNV-1a over code points.
const SEED: u32 = 0x811c_9dc5;

fn step(hash: u32, c: char) -> u32 {
    (hash ^ u32::from(c)).wrapping_mul(0x0100_0193)
}

/// The last step of `MurmurHash3`, since the low bits of FNV alone are poor.
fn finish(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Vec<u32> {
        let mut found = Vec::new();
        grams(word, |hash| found.push(hash));
        found
    }

    #[test]
    fn a_word_has_its_letters_its_edges_and_itself() {
        // d a i, <d da ai i>, <da dai ai>, <dai dai>, <dai>
        assert_eq!(of("dai").len(), 3 + 4 + 3 + 2 + 1);
    }

    #[test]
    fn either_way_of_writing_a_letter_is_the_same() {
        assert_eq!(of("şi"), of("și"));
        assert_ne!(of("si"), of("și"));
    }

    #[test]
    fn a_word_without_end_has_an_end() {
        assert_eq!(of(&"a".repeat(100_000)), of(&"a".repeat(32)));
    }
}
