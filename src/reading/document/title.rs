//! Titles and authors of documents.

use super::Form;
use super::tidy::is_list_item;
use crate::domain::{MAX_AUTHOR, MAX_TITLE};
use crate::reading::text::{clean_line, cut};

/// Lines at the top that are looked at for a heading.
const LOOKED_AT: usize = 12;

/// The declared title if it is one, else the first line that looks like a heading.
pub(super) fn choose(declared: Option<&str>, text: &str) -> Option<String> {
    declared
        .map(clean_line)
        .filter(|title| is_title(title))
        .map(|title| cut(&title, MAX_TITLE))
        .or_else(|| heading(text))
}

/// Whether a declared title says something: most programmes write a file's name there, or their own.
fn is_title(title: &str) -> bool {
    let bare = title.trim_matches(|c: char| !c.is_alphanumeric());
    let small = bare.to_lowercase();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let programme = [
        "microsoft word",
        "microsoft powerpoint",
        "powerpoint presentation",
        "untitled",
        "document",
        "slide 1",
        "fără titlu",
        "fara titlu",
        "без имени",
        "без названия",
        "bez nosaukuma",
        "nosaukums",
        "titlu",
        "title",
        "scan",
        "print",
        "page 1",
        "layout 1",
        "anonymous",
        "about:blank",
        "wkhtmltopdf",
        "prezentare powerpoint",
        "презентация powerpoint",
        "bez virsraksta",
        "документ microsoft word",
        "word document",
        "new document",
        "pdf",
    ]
    .iter()
    .any(|known| {
        small == *known || small.starts_with(&format!("{known} - ")) || is_numbered(&small, known)
    });
    let file = Form::of_name(title).is_some()
        || [
            ".pub", ".indd", ".cdr", ".xls", ".xlsx", ".ppt", ".pptx", ".html", ".htm", ".tif",
            ".jpg", ".qxd", ".tmp", ".tex", ".dvi", ".md",
        ]
        .iter()
        .any(|ending| small.ends_with(ending));
    let one_word = !title.contains(' ')
        && (title.contains(['_', '/', '\\'])
            || title.chars().any(|c| c.is_ascii_digit())
            || title.matches('-').count() > 1);
    // Letters that the programme could not write.
    let spoilt = title.contains('\u{fffd}')
        || title
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0] == b'?' && pair[1].is_ascii_alphanumeric());
    letters >= 4 && !spoilt && !programme && !file && !one_word && !small.starts_with("http")
}

/// “Document3”, “scan 0012”.
fn is_numbered(title: &str, known: &str) -> bool {
    title.strip_prefix(known).is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '_' | '-' | '(' | ')' | '.'))
    })
}

/// The first line of the text that is neither a date, a number, an address nor an item of a list; the lines that go on
/// with it in capitals belong to it.
fn heading(text: &str) -> Option<String> {
    let mut first = None;
    for block in text.split("\n\n").take(LOOKED_AT) {
        for line in block.lines().map(str::trim) {
            let letters = line.chars().filter(|c| c.is_alphabetic()).count();
            let digits = line.chars().filter(char::is_ascii_digit).count();
            if letters < 4 || digits > letters || is_list_item(line) || line.contains(['@', '|']) {
                continue;
            }
            let small = line.to_lowercase();
            if [
                "nr.", "nr ", "tel", "str.", "www.", "http", "adresa", "№", "тел", "reg. nr",
                "cif", "cui",
            ]
            .iter()
            .any(|start| small.starts_with(start))
            {
                continue;
            }
            let words = line.split_whitespace().count();
            if words >= 3 || first.is_some() && letters >= 12 {
                return Some(cut(&clean_line(line), MAX_TITLE.min(200)));
            }
            // A word or two may be the letterhead; they are the title only of what has nothing better.
            first.get_or_insert(line);
        }
    }
    first.map(|line| cut(&clean_line(line), MAX_TITLE))
}

/// A declared author, unless it is a computer's account.
pub(super) fn author(declared: &str) -> Option<String> {
    let name = clean_line(declared);
    let small = name
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let account = matches!(
        small.as_str(),
        "user"
            | "admin"
            | "administrator"
            | "windows user"
            | "pc"
            | "home"
            | "owner"
            | "unknown"
            | "anonymous"
            | "author"
            | "utilizator"
            | "пользователь"
            | "lietotājs"
            | "root"
            | "microsoft"
            | "hp"
            | "lenovo"
            | "asus"
            | "dell"
            | "acer"
            | "office"
            | "un-named"
            | "python-docx"
    );
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 3 && !account && !name.contains(['\\', '{', '/'])).then(|| cut(&name, MAX_AUTHOR))
}

#[cfg(test)]
mod tests {
    use super::{author, choose};

    #[test]
    fn a_file_name_is_no_title() {
        for rubbish in [
            "Microsoft Word - doc1.docx",
            "untitled",
            "Document3",
            "apel_2024_final",
            "Untitled-1",
            "scan 0012",
            "C:\\temp\\x.pdf",
            "Anexa 1.doc",
            "PowerPoint Presentation",
            "",
            "(anonymous)",
            "2024",
        ] {
            assert_eq!(
                choose(Some(rubbish), "Apel pentru proiecte de tineret\n\nText.").as_deref(),
                Some("Apel pentru proiecte de tineret"),
                "{rubbish}"
            );
        }
        assert_eq!(
            choose(Some("Raport anual de activitate"), "x").as_deref(),
            Some("Raport anual de activitate")
        );
    }

    #[test]
    fn a_heading_is_found_below_the_letterhead() {
        let text = "PLECS\n\nNr. 123 / 12.03.2024\n\nProjektu konkurss nevalstiskajām organizācijām\n\nTeksts.";
        assert_eq!(
            choose(None, text).as_deref(),
            Some("Projektu konkurss nevalstiskajām organizācijām")
        );
        assert_eq!(choose(None, ""), None);
    }

    #[test]
    fn an_account_is_no_author() {
        assert_eq!(author("Windows User"), None);
        assert_eq!(author("(anonymous)"), None);
        assert_eq!(author("Maria Ionescu").as_deref(), Some("Maria Ionescu"));
    }
}
