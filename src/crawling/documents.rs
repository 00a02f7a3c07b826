//! Documents are read in a process of their own: this program again, with a hidden command, under limits.
//!
//! What a parser of a hostile file may do there is die: it takes its memory and its time with it, and the attachment, and
//! nothing else.

use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use crate::reading::document::{Document, Unreadable};

/// The hidden command that reads a document from standard input and writes [`Answer`] as JSON to standard output.
pub const COMMAND: &str = "read-document";

/// Most bytes of a document.
pub const MAX_BYTES: usize = 64 << 20;

/// Longest time that reading a document may take.
const WALL: Duration = Duration::from_secs(20);
/// Most seconds of a processor.
const CPU_SECONDS: u64 = 20;
/// Most address space, in bytes. The largest honest documents (100 MB of pictures, 1,000 pages) were read in a fifth of it.
const MEMORY: u64 = 1 << 30;
/// Most bytes of an answer: a text of [`crate::domain::MAX_TEXT`], escaped.
const MAX_ANSWER: u64 = 16 << 20;
/// As much of the last words of a child as is looked at.
const LAST_WORDS: u64 = 4 << 10;

/// What the child says.
pub type Answer = Result<Document, Unreadable>;

/// Why a document was not read; reads on from “the document …”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// The child said so.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It was still at it when its time was over.
    #[error("took longer than 20 s to read")]
    TooSlow,
    /// More bytes than are read, or more memory than a child may have.
    #[error("is too large")]
    TooLarge,
    /// The parser came to grief over it.
    #[error("is damaged")]
    Broken,
    /// No child could be started, or it could not be spoken to: nothing is known of the document.
    #[error("could not be read now: {0}")]
    NotNow(String),
}

impl DocumentFault {
    /// Whether another attempt may go better.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::NotNow(_))
    }
}

/// Reads documents in children of this process.
#[derive(Debug, Clone)]
pub struct Documents {
    program: PathBuf,
}

impl Documents {
    /// With the program that knows the hidden command: `vesti` itself.
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
        }
    }

    /// With the program that is running.
    ///
    /// # Errors
    /// Where the system does not say which that is.
    pub fn of_this_program() -> std::io::Result<Self> {
        std::env::current_exe().map(Self::new)
    }

    /// Reads a document. Dropping the future ends the child.
    ///
    /// # Errors
    /// [`DocumentFault`], with a sentence for people.
    pub async fn read(&self, bytes: &[u8]) -> Result<Document, DocumentFault> {
        if bytes.len() > MAX_BYTES {
            return Err(DocumentFault::TooLarge);
        }
        match tokio::time::timeout(WALL, self.ask(bytes)).await {
            Ok(answer) => answer,
            Err(_) => Err(DocumentFault::TooSlow),
        }
    }

    /// The same, for those who have nothing else to do meanwhile.
    ///
    /// # Errors
    /// [`DocumentFault`], with a sentence for people.
    pub fn read_blocking(&self, bytes: &[u8]) -> Result<Document, DocumentFault> {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(not_now)?
            .block_on(self.read(bytes))
    }

    async fn ask(&self, bytes: &[u8]) -> Result<Document, DocumentFault> {
        let mut command = Command::new(&self.program);
        // Neither secrets nor settings are of use to a parser.
        command.env_clear();
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        let mut child = command
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(not_now)?;
        let (Some(mut input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(DocumentFault::NotNow("no pipe to the child".to_owned()));
        };
        let give = async move {
            // A child that died takes no more: what it died of is seen below.
            let _ = input.write_all(bytes).await;
            drop(input);
        };
        let (mut answer, mut last_words) = (Vec::new(), Vec::new());
        let (mut output, mut errors) = (output.take(MAX_ANSWER), errors.take(LAST_WORDS));
        let ((), read, _) = tokio::join!(
            give,
            output.read_to_end(&mut answer),
            errors.read_to_end(&mut last_words)
        );
        drop((output, errors));
        let status = child.wait().await.map_err(not_now)?;
        read.map_err(not_now)?;
        if !status.success() {
            return Err(cause(status, &last_words));
        }
        match serde_json::from_slice::<Answer>(&answer) {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(DocumentFault::Broken),
        }
    }
}

fn not_now(error: std::io::Error) -> DocumentFault {
    DocumentFault::NotNow(error.to_string())
}

/// What a child died of.
fn cause(status: ExitStatus, last_words: &[u8]) -> DocumentFault {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        let signal = status.signal();
        if signal == Some(rustix::process::Signal::XCPU.as_raw()) {
            return DocumentFault::TooSlow;
        }
        // Not by our hand: the system was short of memory.
        if signal == Some(rustix::process::Signal::KILL.as_raw()) {
            return DocumentFault::TooLarge;
        }
    }
    if memchr::memmem::find(last_words, b"memory allocation of").is_some()
        || memchr::memmem::find(last_words, b"capacity overflow").is_some()
    {
        return DocumentFault::TooLarge;
    }
    tracing::debug!(%status, "the child that read a document died");
    DocumentFault::Broken
}

/// Sets the limits of this process, which is such a child. Where the system knows no limits only the time on the wall is
/// watched, by the parent.
///
/// # Errors
/// Where the system refuses.
pub fn confine() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limits = [
            (Resource::Cpu, CPU_SECONDS),
            (Resource::As, MEMORY),
            // It writes no file and leaves no core.
            (Resource::Fsize, 0),
            (Resource::Core, 0),
        ];
        for (resource, most) in limits {
            let limit = Rlimit {
                current: Some(most),
                maximum: Some(most),
            };
            setrlimit(resource, limit)?;
        }
    }
    Ok(())
}
