//! Subscribing by mail: `/subscribe`, and the pages that links in mails lead to under `/mail`.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, Path, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::{Frame, Link, period_word};
use crate::config::{Period, RateLimit};
use crate::delivery::mail;
use crate::domain::{DigestId, Language, SearchRequest};
use crate::store::{Granted, SearchDigest, Standing, Subscriber, Wish};
use crate::web::client::Client;
use crate::web::context::{Ask, Context, Face};
use crate::web::form::{Form, PAGE_FORM, same_origin};
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

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    sentences: Vec<String>,
    /// What it is about: label and value.
    facts: Vec<(String, String)>,
    /// Where a button leads and what it says.
    button: Option<(String, String)>,
    links: Vec<Link>,
}

/// A subscription in the list.
struct Row {
    title: String,
    period: String,
    standing: String,
    since: String,
    end: String,
    language: String,
    languages: Vec<(String, &'static str, bool)>,
}

#[derive(Template)]
#[template(path = "subscriptions.html")]
struct ListPage {
    frame: Frame,
    address: String,
    rows: Vec<Row>,
    end_all: String,
    export: String,
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
        token: mail::secret().ok_or_else(internal)?,
    })
}

/// `GET /mail/confirm/{token}`: programs that look at every link in a mail confirm nothing.
pub(in crate::web) async fn confirm_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(one) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let ui = context.ui;
            if one.state == Standing::Active {
                return confirmed(context, &one);
            }
            let button = (
                context.to(&format!("/mail/confirm/{token}")),
                ui.t("mail-confirm-do"),
            );
            notice(
                context,
                ui.t("mail-confirm-title"),
                vec![ui.t("mail-confirm-lead")],
                facts(context, &one),
                Some(button),
                StatusCode::OK,
            )
        })
        .await
}

/// `POST /mail/confirm/{token}`
pub(in crate::web) async fn confirm(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        own_form(&context, request).await?;
        let app = &context.app;
        let one = mail::confirm(&app.store, &context.config, &token, context.now).await?;
        confirmed(&context, &one.ok_or(Trouble::NotFound)?)
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(Trouble::NotFound) => gone(&context),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `GET /mail/unsubscribe/{token}`
pub(in crate::web) async fn unsubscribe_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(one) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let ui = context.ui;
            let button = (
                context.to(&format!("/mail/unsubscribe/{token}")),
                ui.t("mail-end-do"),
            );
            notice(
                context,
                ui.t("mail-end-title"),
                vec![ui.t("mail-end-lead")],
                facts(context, &one),
                Some(button),
                StatusCode::OK,
            )
        })
        .await
}

/// `POST /mail/unsubscribe/{token}`: the button of the page, and the one click of mail programs (RFC 8058), which send no
/// cookie and come from anywhere. Whoever has the token may do no worse than this.
pub(in crate::web) async fn unsubscribe(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        Form::read(request, PAGE_FORM).await?;
        let gone = context.app.store.unsubscribe(token).await?;
        let ui = context.ui;
        // A second click finds nothing, and that is what was wanted.
        let facts = gone.map_or_else(Vec::new, |one| vec![(ui.t("mail-what"), one.title)]);
        notice(
            &context,
            ui.t("mail-ended-title"),
            vec![ui.t("mail-ended")],
            facts,
            None,
            StatusCode::OK,
        )
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// `GET /mail/{token}`: all that the address is subscribed to. `?export` gives the same as a file.
pub(in crate::web) async fn manage_page(context: Ask, Path(token): Path<String>) -> Response {
    context
        .serve(Face::Page, move |context| {
            let Some(own) = context.app.store.subscriber(&token)? else {
                return gone_page(context);
            };
            let all = context.app.store.subscribers_beside(&token)?;
            if context.pairs.last("export").is_some() {
                return export(context, &own, &all);
            }
            view_list(context, &own, &all)
        })
        .await
}

/// `POST /mail/{token}`: another language, or the end of all.
pub(in crate::web) async fn manage(
    context: Ask,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let done = async {
        let form = own_form(&context, request).await?;
        let store = &context.app.store;
        let ui = context.ui;
        if form.last("end") == Some("all") {
            if store.unsubscribe_all(token).await? == 0 {
                return Err(Trouble::NotFound);
            }
            return notice(
                &context,
                ui.t("mail-ended-title"),
                vec![ui.t("mail-ended-all")],
                Vec::new(),
                None,
                StatusCode::OK,
            );
        }
        let language = form
            .last("language")
            .and_then(|code| code.parse::<Language>().ok())
            .filter(|language| context.config.settings.server.languages.contains(language))
            .ok_or(Trouble::NotFound)?;
        store.set_language(token.clone(), language).await?;
        Ok(Reply::html(String::new())
            .status(StatusCode::SEE_OTHER)
            .header(
                axum::http::header::LOCATION,
                &context.to(&format!("/mail/{token}")),
            ))
    };
    match done.await {
        Ok(reply) => context.finish(reply),
        Err(Trouble::NotFound) => gone(&context),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

/// The form of a request, if one of our pages sent it and mail is offered.
async fn own_form(context: &Ask, request: Request) -> Result<Form, Trouble> {
    offered(context)?;
    if !same_origin(&context.headers, &context.base) {
        return Err(Trouble::Foreign);
    }
    Form::read(request, PAGE_FORM).await
}

/// Without a mail server there is nothing to offer.
fn offered(context: &Context) -> Result<(), Trouble> {
    match context.config.settings.mail {
        Some(_) => Ok(()),
        None => Err(Trouble::NotFound),
    }
}

fn client(context: &Ask, request: &Request) -> Client {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    Client::of(
        peer.map(|peer| peer.0),
        request.headers(),
        &context.config.settings.server.proxies,
    )
}

/// The page for a link whose subscription is no more.
fn gone_page(context: &Context) -> Result<Reply, Trouble> {
    let ui = context.ui;
    notice(
        context,
        ui.t("mail-gone-title"),
        vec![ui.t("mail-gone")],
        Vec::new(),
        None,
        StatusCode::NOT_FOUND,
    )
}

fn gone(context: &Ask) -> Response {
    match gone_page(context) {
        Ok(reply) => context.finish(reply),
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn confirmed(context: &Ask, one: &Subscriber) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let manage = Link {
        href: context.to(&format!("/mail/{}", one.token)),
        label: ui.t("mail-manage-title"),
        current: false,
    };
    let page = NoticePage {
        frame: quiet(context, ui.t("mail-confirmed-title")),
        sentences: vec![ui.t("mail-confirmed")],
        facts: facts(context, one),
        button: None,
        links: vec![manage],
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

fn facts(context: &Ask, one: &Subscriber) -> Vec<(String, String)> {
    let ui = context.ui;
    let mut facts = vec![
        (ui.t("mail-what"), one.title.clone()),
        (ui.t("mail-address"), one.address.clone()),
    ];
    if let Some(period) = period(context, one) {
        facts.push((ui.t("mail-pace"), capital(&ui.word("period", period))));
    }
    facts
}

/// How often a subscription sends.
fn period(context: &Ask, one: &Subscriber) -> Option<&'static str> {
    let named = context
        .config
        .digests
        .iter()
        .find(|spec| spec.id == one.digest)
        .map(|spec| spec.period);
    let search = || {
        let search = context.app.store.search_digest(&one.digest);
        search.ok().flatten().map(|search| search.period)
    };
    named.or_else(search).map(period_word)
}

/// A frame that search engines do not list.
fn quiet(context: &Context, title: String) -> Frame {
    let neutral = Context {
        pairs: Pairs::default(),
        ..context.clone()
    };
    let mut frame = Frame::new(&neutral, title).unlisted();
    frame.canonical = None;
    frame
}

fn notice(
    context: &Context,
    title: String,
    sentences: Vec<String>,
    facts: Vec<(String, String)>,
    button: Option<(String, String)>,
    status: StatusCode,
) -> Result<Reply, Trouble> {
    let page = NoticePage {
        frame: quiet(context, title),
        sentences,
        facts,
        button,
        links: Vec::new(),
    };
    Ok(Reply::html(page.render()?).status(status).keep(Keep::Never))
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

fn view_list(context: &Ask, own: &Subscriber, all: &[Subscriber]) -> Result<Reply, Trouble> {
    let ui = context.ui;
    let offered = &context.config.settings.server.languages;
    let rows = all
        .iter()
        .map(|one| Row {
            title: one.title.clone(),
            period: period(context, one)
                .map_or_else(String::new, |period| ui.word("period", period)),
            standing: ui.t(match one.state {
                Standing::Asked => "mail-state-asked",
                Standing::Active => "mail-state-active",
                Standing::Refused | Standing::Left => "mail-state-refused",
            }),
            since: ui.day(one.asked.to_zoned(context.zone().clone()).date()),
            end: context.to(&format!("/mail/unsubscribe/{}", one.token)),
            language: context.to(&format!("/mail/{}", one.token)),
            languages: Language::OURS
                .into_iter()
                .filter(|language| offered.contains(language))
                .map(|language| {
                    (
                        language.to_string(),
                        super::own_name(language),
                        language == one.lang,
                    )
                })
                .collect(),
        })
        .collect();
    let page = ListPage {
        frame: quiet(context, ui.t("mail-manage-title")),
        address: own.address.clone(),
        rows,
        end_all: context.to(&format!("/mail/{}", own.token)),
        export: context.link(&format!("/mail/{}", own.token), &[("export", "1")]),
    };
    Ok(Reply::html(page.render()?).keep(Keep::Never))
}

/// All that is kept about an address, as a file.
fn export(context: &Ask, own: &Subscriber, all: &[Subscriber]) -> Result<Reply, Trouble> {
    let subscriptions: Vec<serde_json::Value> = all
        .iter()
        .map(|one| {
            let search = context.app.store.search_digest(&one.digest)?;
            Ok(serde_json::json!({
                "digest": one.digest,
                "title": one.title,
                "search": search.map(|search| search.query),
                "language": one.lang,
                "asked": one.asked.to_string(),
                "confirmed": one.state != Standing::Asked,
                "sent_through": one.since.map(|since| since.to_string()),
            }))
        })
        .collect::<Result<_, Trouble>>()?;
    let body = serde_json::json!({ "address": own.address, "subscriptions": subscriptions });
    Ok(Reply::json(&body)?.keep(Keep::Never).header(
        axum::http::header::CONTENT_DISPOSITION,
        "attachment; filename=\"subscriptions.json\"",
    ))
}
