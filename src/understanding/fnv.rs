//! A quick hash for tables of words that are our own or the operator's, so that nobody can choose the keys.

use std::hash::Hasher;

/// FNV-1a: quick on short words.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
#[derive(Clone, Copy)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
