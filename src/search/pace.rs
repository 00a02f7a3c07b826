//! When to commit: soon after what comes alone, seldom while much is coming. Each commit makes a segment, to be merged with
//! others later, and flushes several files.

use std::time::Duration;

use tokio::sync::watch;

use crate::domain::Seq;

/// From so many changes at a time on it is a flood: a first pass, an archive.
const FLOOD: u64 = 200;

/// How long what comes in a flood gathers before it is committed. Each commit makes a segment, to be merged with others
/// later, so that many small ones cost far more than a large one.
const FLOOD_COMMIT: Duration = Duration::from_millis(1_200);

/// How long what keeps coming gathers at most, where it is no flood: the wait doubles from one commit to the next until
/// then. Still searchable within a second.
const STEADY_COMMIT: Duration = Duration::from_millis(900);

/// From so many changes at a time on more are likely to follow soon.
const BUSY: u64 = 4;

/// How long nothing must come before what came is committed, and how long where more is likely to follow.
const QUIET: Duration = Duration::from_millis(60);
const BUSY_QUIET: Duration = Duration::from_millis(200);

/// How much came lately, at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    Calm,
    Busy,
    Flood,
}

impl Pace {
    pub fn of(changes: u64) -> Self {
        match changes {
            FLOOD.. => Self::Flood,
            BUSY.. => Self::Busy,
            _ => Self::Calm,
        }
    }

    /// How long what comes next may gather, where it may for `interval` at usual times.
    pub fn patience(self, interval: Duration) -> Patience {
        let (quiet, most) = match self {
            Self::Calm => (QUIET, interval),
            Self::Busy => (BUSY_QUIET, interval),
            Self::Flood => (QUIET, interval.max(FLOOD_COMMIT)),
        };
        Patience { quiet, most }
    }
}

/// How long what comes may gather before it is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patience {
    /// For how long nothing must have come.
    pub quiet: Duration,
    /// If it keeps coming.
    pub most: Duration,
}

/// How long to wait where it kept coming for so many waits in a row.
pub(super) fn steady(most: Duration, unsettled: u32) -> Duration {
    let longer = most.saturating_mul(1 << unsettled.min(8));
    longer.min(STEADY_COMMIT).max(most)
}

/// Why a wait was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing came for a moment.
    Quiet,
    /// It kept coming.
    StillComing,
    /// Nothing will come any more.
    NoMore,
}

/// Waits for a change, then until no more come for a moment.
pub(super) async fn settled(changes: &mut watch::Receiver<Seq>, patience: Patience) -> End {
    if changes.changed().await.is_err() {
        return End::NoMore;
    }
    let until = tokio::time::Instant::now() + patience.most;
    loop {
        let quiet = (tokio::time::Instant::now() + patience.quiet).min(until);
        match tokio::time::timeout_at(quiet, changes.changed()).await {
            Ok(Ok(())) if tokio::time::Instant::now() < until => {}
            Ok(Err(_)) => return End::NoMore,
            Err(_) if quiet < until => return End::Quiet,
            _ => return End::StillComing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_coming_waits_longer_each_time_but_not_for_a_second() {
        let usual = Duration::from_millis(300);
        let waits: Vec<u128> = (0..40)
            .map(|times| steady(usual, times).as_millis())
            .collect();
        assert_eq!(waits[..4], [300, 600, 900, 900]);
        assert!(waits.iter().all(|wait| *wait < 1_000));
        // What was set, or a flood asks for, is never made shorter.
        assert_eq!(steady(FLOOD_COMMIT, 3), FLOOD_COMMIT);
    }

    #[test]
    fn what_comes_alone_waits_least() {
        assert_eq!(
            [0, 1, 3, 4, 199, 200, u64::MAX].map(Pace::of),
            [
                Pace::Calm,
                Pace::Calm,
                Pace::Calm,
                Pace::Busy,
                Pace::Busy,
                Pace::Flood,
                Pace::Flood
            ]
        );
    }

    #[tokio::test]
    async fn a_wait_says_why_it_was_over() {
        let (tell, mut changes) = watch::channel(Seq(0));
        let patience = |most| Patience { quiet: QUIET, most };
        let short = patience(QUIET / 2);
        tell.send(Seq(1)).unwrap();
        assert_eq!(
            settled(&mut changes, patience(Duration::from_mins(1))).await,
            End::Quiet
        );
        let talking = tokio::spawn(async move {
            for seq in 2.. {
                if tell.send(Seq(seq)).is_err() {
                    break;
                }
                tokio::task::yield_now().await;
            }
        });
        assert_eq!(settled(&mut changes, short).await, End::StillComing);
        talking.abort();
        // What was told before the end still counts.
        while settled(&mut changes, short).await != End::NoMore {}
    }
}
