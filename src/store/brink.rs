//! The brink: the instant from which something that is being sent can no longer be called back.
//!
//! Whoever sends and then records that it was sent can be killed in between, and would send again; whoever records first
//! may never send. Here the last step (the byte that makes the receiver take it) is preceded by a mark in a small
//! file: one write of 16 bytes into the page cache, which outlives the process, some microseconds before the step. After a kill
//! the mark tells whether the step was made. It is not flushed, so that after a loss of power what was under way is sent
//! again: with the same `Message-ID` or idempotency key, by which receivers know it.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use super::outbox::{Channel, ParcelId};

/// Bytes of a mark: the parcel, the attempt, and both once more to tell a torn one.
const MARK: usize = 16;

/// The file of marks: one for each lane of each channel, through which one thing leaves at a time.
#[derive(Debug)]
pub struct Brink {
    file: File,
}

impl Brink {
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join("outbox.brink"))?;
        Ok(Self { file })
    }

    /// Marks that the next thing done is irrevocable. If this fails, do not do it.
    pub fn step(&self, channel: Channel, parcel: ParcelId, tries: u32) -> io::Result<()> {
        self.step_in(channel, 0, parcel, tries)
    }

    /// The same, of one lane of a channel that has several.
    pub fn step_in(
        &self,
        channel: Channel,
        lane: usize,
        parcel: ParcelId,
        tries: u32,
    ) -> io::Result<()> {
        let id = u64::from(u32::try_from(parcel.0).unwrap_or(u32::MAX)) << 32 | u64::from(tries);
        self.write(channel, lane, id)
    }

    /// Takes the mark back: the receiver has refused, and what was tried is to be tried again.
    pub fn back(&self, channel: Channel) -> io::Result<()> {
        self.write(channel, 0, 0)
    }

    fn write(&self, channel: Channel, lane: usize, value: u64) -> io::Result<()> {
        let mut mark = [0; MARK];
        mark[..8].copy_from_slice(&value.to_le_bytes());
        mark[8..].copy_from_slice(&(!value).to_le_bytes());
        write_at(&self.file, &mark, place(channel, lane))
    }

    /// The parcel that was past the brink of a channel when its process ended, and at which attempt.
    pub(super) fn marked(&self, channel: Channel, lane: usize) -> Option<(ParcelId, u32)> {
        let mut mark = [0; MARK];
        read_at(&self.file, &mut mark, place(channel, lane)).ok()?;
        let value = u64::from_le_bytes(mark[..8].try_into().ok()?);
        let check = u64::from_le_bytes(mark[8..].try_into().ok()?);
        (value != 0 && check == !value)
            .then(|| (ParcelId((value >> 32).cast_signed()), value as u32))
    }
}

fn place(channel: Channel, lane: usize) -> u64 {
    let first = match channel {
        Channel::Mail => 0,
        Channel::Push => 1,
        Channel::Hook => 2,
    };
    ((first + lane.min(channel.lanes() - 1)) * MARK) as u64
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(not(unix))]
fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    use std::io::{Seek as _, SeekFrom, Write as _};
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

#[cfg(not(unix))]
fn read_at(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_after_reopening_until_it_is_taken_back() {
        let dir = tempfile::tempdir().unwrap();
        let brink = Brink::open(dir.path()).unwrap();
        assert_eq!(brink.marked(Channel::Mail, 0), None);
        brink.step(Channel::Push, ParcelId(7), 2).unwrap();
        drop(brink);
        let brink = Brink::open(dir.path()).unwrap();
        assert_eq!(brink.marked(Channel::Mail, 0), None);
        assert_eq!(brink.marked(Channel::Push, 0), Some((ParcelId(7), 2)));
        brink.back(Channel::Push).unwrap();
        assert_eq!(brink.marked(Channel::Push, 0), None);
    }
}
