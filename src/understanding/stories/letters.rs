//! Hashes of words, and what words of one root sound like in several languages.

/// A word as a number.
pub(super) fn hash(word: &str) -> u32 {
    // FNV-1a, then the finisher of MurmurHash3, so that all bits depend on all letters.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in word.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(hash)
}

/// Scatters a number.
pub(super) fn mix(number: u64) -> u32 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (mixed ^ (mixed >> 33)) as u32
}

/// Letters of a word that count when its root is compared: endings come after.
const ROOT: usize = 5;

/// The beginning of a word as a number: the same for most of its inflected forms.
pub(super) fn root(word: &str) -> u32 {
    match word.char_indices().nth(ROOT) {
        Some((end, _)) => hash(&word[..end]),
        None => hash(word),
    }
}

/// Consonants of a word that are compared.
const CONSONANTS: usize = 4;

/// What a folded word sounds like whatever the alphabet: its first consonants, alike ones as one, without vowels. `None` for
/// words with too few.
pub(super) fn sound(word: &str) -> Option<u32> {
    let mut sounds = [0_u8; CONSONANTS];
    let mut found = 0;
    let mut last = 0;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let sound = match letter {
            'b' | 'б' => b'b',
            'c' if matches!(next, Some('h')) => {
                letters.next();
                // Romanian “ch”, and Russian “к” and “х” that become it.
                b'k'
            }
            'c' if matches!(next, Some('e' | 'i' | 'y')) => b's',
            'c' | 'k' | 'q' | 'x' | 'к' => b'k',
            'd' | 'д' => b'd',
            'f' | 'ф' => b'f',
            'g' | 'г' | 'ґ' => b'g',
            'l' | 'л' => b'l',
            'm' | 'м' => b'm',
            'n' | 'н' => b'n',
            'p' if next == Some('h') => {
                letters.next();
                b'f'
            }
            'p' | 'п' => b'p',
            'r' | 'р' => b'r',
            's' if next == Some('h') => {
                letters.next();
                b's'
            }
            's' | 'z' | 'с' | 'з' | 'ц' | 'ш' | 'щ' | 'ч' | 'ж' => b's',
            't' | 'т' => b't',
            'v' | 'w' | 'в' => b'v',
            _ => 0,
        };
        if sound != 0 && sound != last {
            sounds[found] = sound;
            found += 1;
            if found == CONSONANTS {
                break;
            }
        }
        last = sound;
    }
    (found >= 3).then(|| u32::from_le_bytes(sounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_alike_in_both_alphabets() {
        for (a, b) in [
            ("soros", "сороса"),
            ("chisinau", "кишинев"),
            ("kisineva", "chisinau"),
            ("moldova", "молдавии"),
            ("daugavpili", "даугавпилс"),
            ("erasmus", "эразмус"),
        ] {
            let (a, b) = (sound(a).unwrap(), sound(b).unwrap());
            let same = a.to_le_bytes()[..3] == b.to_le_bytes()[..3];
            assert!(same, "{a:x} {b:x}");
        }
        assert_eq!(sound("riga"), None);
        assert_ne!(sound("cluj-napoca"), sound("constanta"));
    }
}
