//! `/subscribe`: what is wanted, where to, and how often.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::{notice, offered, own_form};
use crate::config::{Period, RateLimit};
use crate::delivery::mail;
use crate::domain::{DigestId, SearchRequest};
use crate::store::{Granted, SearchDigest, Wish};
use crate::web::client::Client;
use crate::web::context::{Ask, Context, Face};
use crate::web::pages::{Frame, period_word};
use crate::web::params::Pairs;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;
use crate::web::wording::capital;

/// Most wishes from one network address.
const WISHES: RateLimit = RateLimit {
    requests: 10,
    window: std::time::Duration::from_hours(1),
};
/// Programs that fill in every field fill in this one too; people do not see it.
const TRAP: &str = "website";
/// What is offered for a search.
const PACES: [Period; 3] = [Period::AtOnce, Period::Daily, Period::Weekly];

/// A pace that can be chosen.
struct Pace {
    value: &'static str,
    label: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "subscribe.html")]
struct FormPage {
    frame: Frame,
    action: String,
    what: String,
    /// What the form carries along.
    kept: Vec<(String, String)>,
    /// Empty for a digest, which has its own.
    paces: Vec<Pace>,
    address: String,
    /// What is wrong with the address.
    fault: Option<String>,
    trap: &'static str,
    privacy: String,
}

/// What somebody wants by mail.
enum Wanted {
    Digest(DigestId, String),
    Search(Box<SearchRequest>, String),
}

impl Wanted {
    /// From the parameters of a request: a digest, or else a search.
    fn of(context: &Context, pairs: &Pairs) -> Result<Self, Trouble> {
        if let Some(id) = pairs.last("digest") {
            let spec = context
                .config
                .digests
                .iter()
                .find(|spec| spec.id.as_str() == id)
                .ok_or(Trouble::NotFound)?;
            let title = spec.title(context.ui.language()).to_owned();
            return Ok(Self::Digest(spec.id.clone(), title));
        }
        let request = pairs.request()?;
        // Without the site's name, which every mail has.
        let title = context.search_title(&request);
        let site = format!(" · {}", context.site());
        let title = title.strip_suffix(&site).unwrap_or(&title).to_owned();
        Ok(Self::Search(Box::new(request), title))
    }

    fn title(&self) -> &str {
        match self {
            Self::Digest(_, title) | Self::Search(_, title) => title,
        }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        match self {
            Self::Digest(id, _) => vec![("digest".into(), id.to_string())],
            Self::Search(request, _) => request
                .to_pairs()
                .into_iter()
                .filter(|(name, _)| *name != "sort")
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        }
    }
}

/// `GET /subscribe`
pub(in crate::web) async fn form(context: Ask) -> Response {
    context
        .serve(Face::Page, |context| {
            offered(context)?;
            let wanted = Wanted::of(context, &context.pairs)?;
            view_form(context, &wanted, "", Period::Daily, None)
        })
        .await
}

/// `POST /subscribe`
pub(in crate::web) async fn wish(context: Ask, request: Request) -> Response {
    let client = client(&context, &request);
    match take_wish(&context, client, request).await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

async fn take_wish(context: &Ask, client: Client, request: Request) -> Result<Reply, Trouble> {
    let form = own_form(context, request).await?;
    let pairs = form.pairs();
    let wanted = Wanted::of(context, &pairs)?;
    let typed = form.last("address").unwrap_or_default();
    let pace = PACES
        .into_iter()
        .find(|pace| form.last("pace") == Some(period_word(*pace)))
        .unwrap_or(Period::Daily);
    let Some(address) = mail::mailbox(typed) else {
        let fault = if typed.is_empty() {
            context.ui.t("mail-address-missing")
        } else {
            let shown: String = typed.chars().take(100).collect();
            context.ui.tw("mail-address-bad", "value", &shown)
        };
        return view_form(context, &wanted, typed, pace, Some(fault));
    };
    if form.last(TRAP).is_none() {
        let allowance = context.app.wishes.count(client, WISHES, context.now);
        if let Some(wait) = allowance.wait {
            return Err(Trouble::TooMany(wait));
        }
        let wish = wish_of(context, &wanted, address.clone(), pace)?;
        if context.app.store.subscribe(wish, context.now).await? == Granted::TooMany {
            return Err(Trouble::TooMany(3_600));
        }
    }
    // Whoever it is, and whether the address is known: the answer is the same, since it is not for the one who asks to know.
    let ui = context.ui;
    notice(
        context,
        ui.t("mail-sent-title"),
        vec![
            ui.tw("mail-sent", "address", &address),
            ui.t("mail-sent-else"),
        ],
        vec![(ui.t("mail-what"), wanted.title().to_owned())],
        None,
        StatusCode::OK,
    )
}

fn wish_of(
    context: &Context,
    wanted: &Wanted,
    address: String,
    pace: Period,
) -> Result<Wish, Trouble> {
    let internal = || Trouble::Internal("no secret, or no digest, can be made".into());
    let (digest, search): (DigestId, Option<SearchDigest>) = match wanted {
        Wanted::Digest(id, _) => (id.clone(), None),
        Wanted::Search(request, _) => {
            let search = mail::search_digest(request, pace).ok_or_else(internal)?;
            (search.id.clone(), Some(search))
        }
    };
    Ok(Wish {
        address,
        digest,
        search,
        title: wanted.title().chars().take(200).collect(),
        lang: context.ui.language(),
        token: crate::delivery::secrets::invent().ok_or_else(internal)?,
    })
}

fn client(context: &Ask, request: &Request) -> Client {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    Client::of(
        peer.map(|peer| peer.0),
        request.headers(),
        &context.config.settings.server.proxies,
    )
}

fn view_form(
    context: &Context,
    wanted: &Wanted,
    address: &str,
    pace: Period,
    fault: Option<String>,
) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let status = if fault.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let paces = match wanted {
        Wanted::Digest(..) => Vec::new(),
        Wanted::Search(..) => PACES
            .into_iter()
            .map(|one| Pace {
                value: period_word(one),
                label: capital(&ui.word("period", period_word(one))),
                chosen: one == pace,
            })
            .collect(),
    };
    let mut frame = Frame::new(context, ui.t("mail-title")).unlisted();
    frame.canonical = None;
    let page = FormPage {
        frame,
        action: context.to("/subscribe"),
        what: wanted.title().to_owned(),
        kept: wanted.pairs(),
        paces,
        address: address.to_owned(),
        fault,
        trap: TRAP,
        privacy: context.to("/privacy"),
    };
    Ok(Reply::html(page.render()?).status(status).keep(Keep::Never))
}
