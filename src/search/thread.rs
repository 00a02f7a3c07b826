//! The thread that writes the index: always the same one, since each thread keeps memory of its own for what it will need next.

use std::sync::mpsc;

use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// One of the runtime's threads for what blocks, kept for as long as this is.
#[derive(Default)]
pub(super) struct Thread(Option<mpsc::Sender<Job>>);

impl Thread {
    /// Does some work there; `None` where it panicked. The next work has another thread then.
    pub async fn run<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move || {
            let _ = reply.send(work());
        });
        let jobs = self.0.get_or_insert_with(start);
        let sent = jobs.send(job);
        let done = match sent {
            Ok(()) => answer.await.ok(),
            Err(_) => None,
        };
        if done.is_none() {
            self.0 = None;
        }
        done
    }
}

fn start() -> mpsc::Sender<Job> {
    let (jobs, waiting) = mpsc::channel::<Job>();
    tokio::task::spawn_blocking(move || {
        while let Ok(job) = waiting.recv() {
            job();
        }
    });
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_told_and_the_next_work_is_done() {
        let mut thread = Thread::default();
        let first = thread.run(|| std::thread::current().id()).await;
        assert_eq!(thread.run(|| std::thread::current().id()).await, first);
        assert!(first.is_some());
        let number: Result<u32, _> = "x".parse();
        assert_eq!(thread.run(move || number.unwrap()).await, None);
        assert_eq!(thread.run(|| 1).await, Some(1));
    }
}
