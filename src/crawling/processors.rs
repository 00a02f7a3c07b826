//! Work that takes a processor and no waiting, on threads of its own.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// As many threads as there are processors, and no more work at once than that: documents in work are what takes memory.
/// The threads are always the same, since each keeps memory of its own for what it will need next. Clones share them.
#[derive(Debug, Clone)]
pub struct Processors {
    permits: Arc<Semaphore>,
    /// What waits for a thread; closed with the last clone, which ends the threads.
    jobs: mpsc::Sender<Job>,
}

impl Default for Processors {
    fn default() -> Self {
        let count = std::thread::available_parallelism().map_or(2, usize::from);
        let (jobs, waiting) = mpsc::channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..count {
            let waiting = waiting.clone();
            let begun = std::thread::Builder::new()
                .name("processor".into())
                .spawn(move || work(&waiting));
            if let Err(error) = begun {
                tracing::error!(%error, "no thread for reading documents");
            }
        }
        Self {
            permits: Arc::new(Semaphore::new(count)),
            jobs,
        }
    }
}

fn work(waiting: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        match next {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

impl Processors {
    /// The right to keep a processor busy, elsewhere than here; `None` is as good, and never comes.
    pub(super) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        self.permits.clone().acquire_owned().await.ok()
    }

    /// Does one piece of work when there is a processor for it.
    pub async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let permit = self.permit().await;
        let (reply, answer) = oneshot::channel::<Result<T, Box<dyn Any + Send>>>();
        let job: Job = Box::new(move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            // Held until the work is over, whether or not anybody waits for it still.
            drop(permit);
            let _ = reply.send(done);
        });
        let done = match self.jobs.send(job) {
            Ok(()) => answer.await.ok(),
            // No thread could be had: it is done here, late rather than never.
            Err(mpsc::SendError(job)) => {
                job();
                answer.await.ok()
            }
        };
        match done {
            Some(Ok(done)) => done,
            // Goes on to the visit's own task, where it becomes a fault of the source.
            Some(Err(panic)) => resume_unwind(panic),
            None => resume_unwind(Box::new("a thread that reads documents has ended")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_is_done_on_the_same_threads_and_outlives_a_panic() {
        let processors = Processors::default();
        let count = std::thread::available_parallelism().map_or(2, usize::from);
        let mut threads = std::collections::HashSet::new();
        for number in 0..8 * count {
            let own = processors.clone();
            let task = tokio::spawn(async move {
                own.compute(move || {
                    assert!(number % 3 != 0, "as it happens");
                    std::thread::current().id()
                })
                .await
            });
            match task.await {
                Ok(thread) => {
                    threads.insert(thread);
                }
                Err(error) => assert!(error.is_panic() && number % 3 == 0),
            }
        }
        assert!(!threads.is_empty() && threads.len() <= count);
    }
}
