//! `/monitor/sources/{id}/edit`: a source said differently; another address moves it.

use askama::Template;
use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::Response;

use super::form::{SourceForm, typed};
use super::{Desk, Frame, managing, refusal, source_id, source_page};
use crate::config::{Mistake, Typed};
use crate::crawling::managing::Change;
use crate::domain::{SourceId, StaffRole};
use crate::web::access;
use crate::web::context::{Ask, Face};
use crate::web::pages::sign_in::see_other;
use crate::web::reply::{Keep, Reply};
use crate::web::trouble::Trouble;

#[derive(Template)]
#[template(path = "monitor/source_edit.html")]
struct EditPage {
    frame: Frame,
    desk: Desk,
    action: String,
    back: String,
    /// Whether the file has it too.
    in_file: bool,
    form: SourceForm,
}

/// What was typed and is wrong.
struct Wrong {
    typed: Typed,
    mistakes: Vec<Mistake>,
    fault: String,
}

/// `GET /monitor/sources/{id}/edit`
pub(super) async fn page(Path(id): Path<String>, context: Ask) -> Response {
    context
        .serve(Face::Page, move |context| {
            view(context, &source_id(&id)?, None)
        })
        .await
}

/// `POST /monitor/sources/{id}/edit`
pub(super) async fn change(Path(id): Path<String>, context: Ask, request: Request) -> Response {
    let done = async {
        let (staff, form) = access::form(&context, request, StaffRole::Editor).await?;
        let id = source_id(&id)?;
        let before = context.config.sources.iter().find(|one| one.id == id);
        let before = before.ok_or(Trouble::NotFound)?;
        let typed = Typed {
            id: id.to_string(),
            ..typed(&form)
        };
        let (mistakes, fault) = match typed.read(&context.config.thesaurus, Some(before)) {
            Ok(source) => {
                let moved = source.url != before.url;
                let change = Change::Edit(Box::new(source));
                let by = staff.name.as_str();
                match managing(&context)?.change(change, by, context.now).await {
                    Ok(()) => {
                        let word = if moved { "moved" } else { "edited" };
                        return Ok(Ok(source_page(&context, &id, word)));
                    }
                    Err(why) => (Vec::new(), refusal(context.ui, why)?),
                }
            }
            Err(mistakes) => (mistakes, context.ui.t("manage-mistakes")),
        };
        let wrong = Wrong {
            typed,
            mistakes,
            fault,
        };
        Ok::<_, Trouble>(Err((id, wrong)))
    };
    match done.await {
        Ok(Ok(to)) => context.finish(see_other(&to)),
        Ok(Err((id, wrong))) => {
            context
                .serve(Face::Page, move |context| view(context, &id, Some(wrong)))
                .await
        }
        Err(trouble) => context.fail(Face::Page, &trouble),
    }
}

fn view(context: &Ask, id: &SourceId, wrong: Option<Wrong>) -> Result<Reply, Trouble> {
    let ui = context.ui;
    context.need(StaffRole::Editor)?;
    let source = context.config.sources.iter().find(|one| one.id == *id);
    let source = source.ok_or(Trouble::NotFound)?;
    let title = ui.tw("edit-title", "name", &source.name);
    let (frame, desk) = Desk::new(context, StaffRole::Editor, title)?;
    let (typed, mistakes, fault) = match wrong {
        Some(wrong) => (wrong.typed, wrong.mistakes, Some(wrong.fault)),
        None => (Typed::of(source), Vec::new(), None),
    };
    let status = if fault.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = EditPage {
        frame,
        desk: Desk { fault, ..desk },
        action: context.to(&format!("/monitor/sources/{id}/edit")),
        back: context.to(&format!("/monitor/sources/{id}")),
        in_file: context
            .config
            .file_sources()
            .iter()
            .any(|one| one.id == *id),
        form: SourceForm::new(ui, &typed, &mistakes, false),
    };
    Ok(Reply::html(page.render()?).status(status).keep(Keep::Never))
}
