//! What somebody asks a watch to be, whether by a form or as JSON: put together in one way, and refused in the same words.

use url::Url;

use crate::delivery::mail;
use crate::domain::{
    Hook, HookFormat, Language, MAX_WATCH_NAME, Notices, Quiet, Rhythm, SearchRequest, StaffId,
    Watch, WatchId, WatchSpec,
};
use crate::store::{Granted, Wish};

use super::context::Ask;
use super::trouble::Trouble;

/// Most addresses of one watch.
pub(super) const MOST_MAILS: usize = 20;
/// Longest address of a service, room and token, in bytes.
const LONGEST: usize = 2_000;

/// What a watch is to be, and who is to get it by mail.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub(super) spec: WatchSpec,
    pub(super) mails: Vec<String>,
}

/// Why it cannot be: the key of a message, and the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) field: &'static str,
    pub(super) key: &'static str,
}

const fn unfit(field: &'static str, key: &'static str) -> Unfit {
    Unfit { field, key }
}

/// As it was typed.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) lang: Language,
    pub(super) search: SearchRequest,
    pub(super) items: bool,
    pub(super) edits: bool,
    pub(super) notices: Option<Notices>,
    pub(super) rhythm: Rhythm,
    pub(super) quiet: Option<(i64, i64)>,
    pub(super) feed: bool,
    pub(super) mails: Vec<String>,
    /// Form, address, room, token.
    pub(super) hook: Option<(HookFormat, String, String, String)>,
    pub(super) paused: bool,
}

impl Typed {
    /// The watch that is meant; `old` is what it was, whose secrets stay where none are given anew. `mailing`: whether mails can be
    /// sent at all.
    pub(super) fn wanted(self, old: Option<&WatchSpec>, mailing: bool) -> Result<Wanted, Unfit> {
        let name: String = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > MAX_WATCH_NAME {
            return Err(unfit("name", "watch-bad-name"));
        }
        if !self.items && !self.edits && self.notices.is_none() {
            return Err(unfit("items", "watch-bad-nothing"));
        }
        let (Rhythm::Daily { hour } | Rhythm::Weekly { hour, .. }) = self.rhythm else {
            return self.rest(name, old, mailing);
        };
        if !(0..24).contains(&hour) {
            return Err(unfit("hour", "watch-bad-hour"));
        }
        self.rest(name, old, mailing)
    }

    fn rest(self, name: String, old: Option<&WatchSpec>, mailing: bool) -> Result<Wanted, Unfit> {
        let hour = |hour: i64| {
            i8::try_from(hour)
                .ok()
                .filter(|hour| (0..24).contains(hour))
        };
        let quiet = match self.quiet {
            None => None,
            Some((from, to)) => match (hour(from), hour(to)) {
                (Some(from), Some(to)) => Some(Quiet { from, to }).filter(|_| from != to),
                _ => return Err(unfit("quiet", "watch-bad-hour")),
            },
        };
        let hook = self
            .hook
            .map(|typed| hook(typed, old.and_then(|old| old.hook.as_ref())))
            .transpose()?;
        let mut mails: Vec<String> = Vec::new();
        for typed in &self.mails {
            let address = mail::mailbox(typed).ok_or(unfit("mail", "watch-bad-mail"))?;
            if !mails.iter().any(|one| one.eq_ignore_ascii_case(&address)) {
                mails.push(address);
            }
        }
        if mails.len() > MOST_MAILS {
            return Err(unfit("mail", "watch-bad-mail-many"));
        }
        if !mails.is_empty() && !mailing {
            return Err(unfit("mail", "watch-bad-mail-none"));
        }
        let search = SearchRequest {
            sort: None,
            cursor: None,
            ..self.search
        };
        Ok(Wanted {
            spec: WatchSpec {
                name,
                lang: self.lang,
                search: search
                    .to_pairs()
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect(),
                items: self.items,
                edits: self.edits,
                notices: self.notices,
                rhythm: self.rhythm,
                quiet,
                feed: self.feed,
                hook,
                paused: self.paused,
            },
            mails,
        })
    }
}

fn hook(
    (format, url, room, access): (HookFormat, String, String, String),
    old: Option<&Hook>,
) -> Result<Hook, Unfit> {
    let old = old.filter(|old| old.format == format);
    let url = if url.trim().is_empty() {
        old.map(|old| old.url.clone())
    } else {
        Url::parse(url.trim()).ok()
    };
    let url = url
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
        .filter(|url| {
            url.as_str().len() <= LONGEST && url.username().is_empty() && url.password().is_none()
        })
        .ok_or(unfit("hook_url", "watch-bad-url"))?;
    let kept = |typed: String, old: Option<&String>| {
        let typed = typed.trim().to_owned();
        Some(typed)
            .filter(|typed| !typed.is_empty())
            .or_else(|| old.cloned())
    };
    let matrix = format == HookFormat::Matrix;
    let room = kept(room, old.and_then(|old| old.room.as_ref())).filter(|_| matrix);
    let access = kept(access, old.and_then(|old| old.access.as_ref())).filter(|_| matrix);
    let fits = |text: &Option<String>| {
        text.as_ref().is_some_and(|text| {
            text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic())
        })
    };
    if matrix && !fits(&room) {
        return Err(unfit("room", "watch-bad-room"));
    }
    if matrix && !fits(&access) {
        return Err(unfit("access", "watch-bad-access"));
    }
    Ok(Hook {
        url,
        format,
        room,
        access,
    })
}

/// Makes or changes a watch; gives its number and, of a new one, the secret.
pub(super) async fn save(
    context: &Ask,
    (owner, by): (StaffId, String),
    old: Option<&Watch>,
    wanted: Wanted,
) -> Result<(WatchId, Option<String>), Trouble> {
    let (store, now) = (&context.app.store, context.now);
    let (lang, name) = (wanted.spec.lang, wanted.spec.name.clone());
    let (id, secret) = if let Some(old) = old {
        if !store.set_watch(old.id, wanted.spec, by, now).await? {
            return Err(Trouble::NotFound);
        }
        (old.id, None)
    } else {
        let no_chance =
            || crate::store::StoreError::Other("the system has no randomness to give".into());
        let token = crate::delivery::secrets::invent().ok_or_else(no_chance)?;
        let secret = crate::delivery::watch::new_secret().ok_or_else(no_chance)?;
        let secrets = (token, secret.clone());
        let id = store
            .add_watch((owner, by), wanted.spec, secrets, now)
            .await?;
        (id, Some(secret))
    };
    let known = context
        .aside(move |context| Ok(context.app.store.watch_subscribers(id)?))
        .await?;
    for one in &known {
        if !wanted
            .mails
            .iter()
            .any(|mail| mail.eq_ignore_ascii_case(&one.address))
        {
            store.drop_watch_mail(id, one.address.clone()).await?;
        }
    }
    for address in wanted.mails {
        if known
            .iter()
            .any(|one| one.address.eq_ignore_ascii_case(&address))
        {
            continue;
        }
        let (Some(digest), Some(token)) = (id.digest(), crate::delivery::secrets::invent()) else {
            continue;
        };
        let wish = Wish {
            address,
            digest,
            search: None,
            title: name.clone(),
            lang,
            token,
        };
        if store.subscribe(wish, now).await? == Granted::TooMany {
            return Err(Trouble::TooMany(3_600));
        }
    }
    Ok((id, secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            name: " Apeluri  MD ".into(),
            lang: Language::RO,
            search: SearchRequest::default(),
            items: true,
            edits: false,
            notices: None,
            rhythm: Rhythm::AtOnce,
            quiet: Some((22, 7)),
            feed: true,
            mails: vec!["Ana@Example.org".into(), "ana@example.ORG".into()],
            hook: Some((
                HookFormat::Slack,
                "https://hooks.example/secret".into(),
                String::new(),
                String::new(),
            )),
            paused: false,
        }
    }

    #[test]
    fn what_is_typed_becomes_a_watch_or_a_sentence() {
        let wanted = typed().wanted(None, true).unwrap();
        assert_eq!(wanted.spec.name, "Apeluri MD");
        assert_eq!(wanted.mails.len(), 1);
        let refused = |change: &dyn Fn(&mut Typed)| {
            let mut typed = typed();
            change(&mut typed);
            typed.wanted(None, true).unwrap_err().field
        };
        assert_eq!(refused(&|typed| typed.name = " ".into()), "name");
        assert_eq!(refused(&|typed| typed.items = false), "items");
        assert_eq!(refused(&|typed| typed.quiet = Some((22, 99))), "quiet");
        assert_eq!(
            refused(&|typed| typed.mails = vec!["nobody".into()]),
            "mail"
        );
        assert_eq!(
            refused(&|typed| typed.rhythm = Rhythm::Daily { hour: 24 }),
            "hour"
        );
        for url in [
            "",
            "ftp://a.example/",
            "https://ana:geheim@a.example/",
            "javascript:1",
        ] {
            assert_eq!(
                refused(&|typed| typed.hook =
                    Some((HookFormat::Json, url.into(), String::new(), String::new()))),
                "hook_url",
                "{url}"
            );
        }
        let matrix = (
            HookFormat::Matrix,
            "https://matrix.example".into(),
            "!a:b".into(),
            String::new(),
        );
        assert_eq!(
            refused(&|typed| typed.hook = Some(matrix.clone())),
            "access"
        );
        assert_eq!(
            typed().wanted(None, false).unwrap_err().key,
            "watch-bad-mail-none"
        );
    }

    #[test]
    fn secrets_that_are_not_given_anew_stay() {
        let old = typed().wanted(None, true).unwrap().spec;
        let mut again = typed();
        again.hook = Some((
            HookFormat::Slack,
            String::new(),
            String::new(),
            String::new(),
        ));
        assert_eq!(again.wanted(Some(&old), true).unwrap().spec.hook, old.hook);
        let mut other = typed();
        other.hook = Some((
            HookFormat::Discord,
            String::new(),
            String::new(),
            String::new(),
        ));
        assert!(
            other.wanted(Some(&old), true).is_err(),
            "of another service"
        );
    }
}
