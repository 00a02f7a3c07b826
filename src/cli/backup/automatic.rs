//! Backups that the service makes by itself.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;

use super::shelf;
use crate::clock::SharedClock;
use crate::config::Config;
use crate::web::Metrics;

/// After a start there is more urgent work, and whoever starts it over and over again wants no backup each time.
const AT_FIRST: SignedDuration = SignedDuration::from_mins(10);
/// Between two looks whether one is due; after one that failed.
const LOOK: SignedDuration = SignedDuration::from_mins(5);
const AFTER_FAILURE: SignedDuration = SignedDuration::from_hours(1);

/// Makes backups as the configuration says, until `stop` becomes true.
pub(in crate::cli) async fn keep_backups(
    data: PathBuf,
    main_file: PathBuf,
    clock: SharedClock,
    metrics: Metrics,
    config: watch::Receiver<Arc<Config>>,
    mut stop: watch::Receiver<bool>,
) {
    let shelf = shelf::folder(&config.borrow().settings.backup, &data);
    if let Some((made, _)) = shelf::list(&shelf).last() {
        metrics.backed_up(*made);
    }
    let mut wait = AT_FIRST;
    loop {
        let until = clock
            .now()
            .saturating_add(wait)
            .unwrap_or(jiff::Timestamp::MAX);
        tokio::select! {
            () = clock.sleep_until(until) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        wait = LOOK;
        let settings = config.borrow().settings.backup.clone();
        let Some(every) = settings.every else {
            continue;
        };
        let now = clock.now();
        let (data, main_file) = (data.clone(), main_file.clone());
        let done = tokio::task::spawn_blocking(move || {
            let folder = shelf::folder(&settings, &data);
            if !is_due(
                shelf::list(&folder).last().map(|(made, _)| *made),
                every,
                now,
            ) {
                return Ok(None);
            }
            let made = shelf::make(&folder, &data, &main_file, now)?;
            shelf::keep(&folder, settings.keep)?;
            anyhow::Ok(Some(made))
        })
        .await;
        match done {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(made))) => {
                metrics.backed_up(made.manifest.made);
                tracing::info!("backup made: {}", super::told(&made));
            }
            Ok(Err(error)) => {
                tracing::error!(error = format!("{error:#}"), "no backup could be made");
                wait = AFTER_FAILURE;
            }
            Err(error) => {
                tracing::error!(%error, "no backup could be made");
                wait = AFTER_FAILURE;
            }
        }
    }
}

/// Whether the last backup is older than it should ever be. One of tomorrow was made while the clock was wrong.
fn is_due(last: Option<jiff::Timestamp>, every: Duration, now: jiff::Timestamp) -> bool {
    let every = SignedDuration::try_from(every).unwrap_or(SignedDuration::MAX);
    last.is_none_or(|last| {
        let age = now.duration_since(last);
        age >= every || age < -SignedDuration::from_hours(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_due_when_the_last_is_old_enough_or_from_the_future() {
        let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let day = Duration::from_hours(24);
        assert!(is_due(None, day, now));
        assert!(!is_due(
            Some("2026-11-21T10:00:01Z".parse().unwrap()),
            day,
            now
        ));
        assert!(is_due(
            Some("2026-11-21T10:00:00Z".parse().unwrap()),
            day,
            now
        ));
        assert!(is_due(
            Some("2027-11-21T10:00:00Z".parse().unwrap()),
            day,
            now
        ));
    }
}
