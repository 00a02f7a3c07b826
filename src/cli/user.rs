//! `vesti user`

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::{Context as _, anyhow, bail};
use jiff::Timestamp;

use super::Context;
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::delivery::mail::mailbox;
use crate::delivery::secrets;
use crate::domain::{StaffName, StaffRole};
use crate::store::{Deed, Did, StaffChange, StaffChanged, StaffMember, Store};
use crate::web::password;

/// Who does what is done here, in the audit log.
const BY: &str = "vesti";

/// Staff: who may sign in at /monitor.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Adds somebody; the password is asked for, or read from standard input
    Add {
        /// The name to sign in with
        name: StaffName,
        /// viewer, editor or admin
        #[arg(long, default_value = "viewer")]
        role: StaffRole,
        /// Where links and notices are sent
        #[arg(long)]
        mail: Option<String>,
        /// Prints a link that signs in once, in place of a password
        #[arg(long)]
        link: bool,
    },
    /// Who there is
    List,
    /// Sets a password anew; ends all sessions and tokens
    Password {
        /// Whose
        name: StaffName,
    },
    /// Changes what somebody may do
    Role {
        /// Whose
        name: StaffName,
        /// viewer, editor or admin
        role: StaffRole,
    },
    /// Prints a link that signs in once, within three days
    Link {
        /// Whose
        name: StaffName,
    },
    /// Removes somebody
    Remove {
        /// Whom
        name: StaffName,
    },
}

pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let config = context.config()?;
    let store = Store::open_beside(&context.data(&config))?;
    let now = SystemClock.now();
    match &args.what {
        What::Add {
            name,
            role,
            mail,
            link,
        } => {
            let mail = match mail {
                Some(typed) => {
                    Some(mailbox(typed).ok_or_else(|| anyhow!("“{typed}” is no mail address"))?)
                }
                None => None,
            };
            if store.staff_named(name.as_str())?.is_some() {
                bail!("there is a “{name}” already: vesti user password or role changes it");
            }
            let hash = if *link {
                None
            } else {
                Some(asked_for(name.as_str())?)
            };
            let added = super::block_on(async {
                Ok(store
                    .add_staff(name.clone(), *role, mail, hash, BY.into(), now)
                    .await?)
            })?;
            if added.is_none() {
                bail!("there is a “{name}” already: vesti user password or role changes it");
            }
            println!("{name} can sign in as {role} at {}", page(&config, "login"));
            if *link {
                print_link(&store, &config, &named(&store, name)?, now)?;
            }
        }
        What::List => {
            for member in store.staff()? {
                let used = member.used.map_or_else(
                    || "never signed in".to_owned(),
                    |at| format!("last signed in {at:.0}"),
                );
                let mail = member.mail.as_deref().unwrap_or("no address");
                println!(
                    "{:<24} {:<7} {mail}  {used}",
                    member.name.as_str(),
                    member.role.as_str()
                );
            }
        }
        What::Password { name } => {
            let member = named(&store, name)?;
            let change = StaffChange {
                password: Some(asked_for(name.as_str())?),
                ..StaffChange::default()
            };
            changed(&store, &member, change, now)?;
            println!(
                "the password of {name} is set; whoever was signed in as {name} has to do so again"
            );
        }
        What::Role { name, role } => {
            let member = named(&store, name)?;
            let change = StaffChange {
                role: Some(*role),
                ..StaffChange::default()
            };
            changed(&store, &member, change, now)?;
            println!("{name} is {role} now");
        }
        What::Link { name } => print_link(&store, &config, &named(&store, name)?, now)?,
        What::Remove { name } => {
            let member = named(&store, name)?;
            let change = StaffChange {
                remove: true,
                ..StaffChange::default()
            };
            changed(&store, &member, change, now)?;
            println!("{name} is removed");
        }
    }
    Ok(())
}

fn named(store: &Store, name: &StaffName) -> anyhow::Result<StaffMember> {
    store
        .staff_named(name.as_str())?
        .ok_or_else(|| anyhow!("there is no “{name}”: vesti user list says who there is"))
}

fn changed(
    store: &Store,
    member: &StaffMember,
    change: StaffChange,
    now: Timestamp,
) -> anyhow::Result<()> {
    let id = member.id;
    let done = super::block_on(async {
        Ok(store
            .change_staff(id, change, false, BY.into(), now)
            .await?)
    })?;
    match done {
        StaffChanged::Done => Ok(()),
        StaffChanged::Unknown | StaffChanged::LastAdmin => {
            bail!("“{}” was removed meanwhile", member.name)
        }
    }
}

/// A link with which somebody signs in once.
pub(super) fn print_link(
    store: &Store,
    config: &Config,
    member: &StaffMember,
    now: Timestamp,
) -> anyhow::Result<()> {
    let secret = link(store, member, now)?;
    println!("{}", page(config, &format!("login/{secret}")));
    eprintln!(
        "it signs {} in once, within {} days",
        member.name,
        secrets::LINK_DAYS
    );
    Ok(())
}

/// Makes the secret of such a link.
fn link(store: &Store, member: &StaffMember, now: Timestamp) -> anyhow::Result<String> {
    let deed = Deed {
        who: BY.into(),
        what: Did::LinkMade,
        about: member.name.to_string(),
        detail: String::new(),
    };
    super::block_on(async { Ok(secrets::invite(store, member.id, None, Some(deed), now).await?) })
}

/// Where a page of the service is.
fn page(config: &Config, path: &str) -> String {
    let server = &config.settings.server;
    match &server.public_url {
        Some(url) => format!("{}/{path}", url.as_str().trim_end_matches('/')),
        None => format!("http://{}/{path}", server.listen),
    }
}

/// The hash of a password that is typed at the terminal, unseen and twice, or read from standard input.
fn asked_for(name: &str) -> anyhow::Result<String> {
    let stdin = std::io::stdin();
    let typed = if stdin.is_terminal() {
        let first = unseen(&format!("Password for {name}: "))?;
        if unseen("The same again: ")? != first {
            bail!("the two are not the same; nothing was changed");
        }
        first
    } else {
        let mut line = String::new();
        stdin
            .lock()
            .read_line(&mut line)
            .context("standard input cannot be read")?;
        line
    };
    let typed = typed.trim_end_matches(['\r', '\n']);
    if typed.is_empty() {
        bail!("no password was given: type one, pipe one in, or use --link");
    }
    Ok(password::hash(name, typed)?)
}

/// A line that is typed and not shown.
fn unseen(prompt: &str) -> anyhow::Result<String> {
    eprint!("{prompt}");
    std::io::stderr().flush()?;
    let mut line = String::new();
    {
        let _quiet = Quiet::begin();
        std::io::stdin().lock().read_line(&mut line)?;
    }
    eprintln!();
    Ok(line)
}

/// A terminal that shows nothing of what is typed, for as long as this lives.
struct Quiet {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Quiet {
    #[cfg(unix)]
    fn begin() -> Self {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let stdin = std::io::stdin();
        let before = tcgetattr(&stdin).ok();
        if let Some(before) = &before {
            let mut quiet = before.clone();
            quiet.local_modes.remove(LocalModes::ECHO);
            // Where it cannot be helped, it is shown.
            let _ = tcsetattr(&stdin, OptionalActions::Now, &quiet);
        }
        Self { before }
    }

    #[cfg(not(unix))]
    fn begin() -> Self {
        Self {}
    }
}

#[cfg(unix)]
impl Drop for Quiet {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = &self.before {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }
}
