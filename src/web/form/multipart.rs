//! Forms with files (`multipart/form-data`, RFC 7578), read whole from memory: they are short here.

use axum::http::{HeaderMap, header};

/// Most parts that are looked at.
const MOST: usize = 100;
/// Longest boundary (RFC 2046, 5.1.1).
const LONGEST: usize = 70;

/// The boundary of a form with files; `None` for any other.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let mut parts = value.split(';').map(str::trim);
    if !parts.next()?.eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.eq_ignore_ascii_case("boundary")
            .then(|| value.trim_matches('"').to_owned())
    })?;
    (!boundary.is_empty() && boundary.len() <= LONGEST).then_some(boundary)
}

/// Name and value of each part; what is not UTF-8 is replaced.
pub(super) fn parts(bytes: &[u8], boundary: &str) -> Vec<(String, String)> {
    let line = format!("\r\n--{boundary}").into_bytes();
    // The first one stands at the very beginning.
    let Some(mut rest) = bytes.strip_prefix(&line[2..]) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some(part) = rest.strip_prefix(b"\r\n") else {
            break;
        };
        let Some(head) = memchr::memmem::find(part, b"\r\n\r\n") else {
            break;
        };
        let body = &part[head + 4..];
        let Some(end) = memchr::memmem::find(body, &line) else {
            break;
        };
        if let Some(name) = name(&part[..head]) {
            let value = String::from_utf8_lossy(&body[..end]);
            found.push((name, value.into_owned()));
        }
        rest = &body[end + line.len()..];
    }
    found
}

/// What a part is called: `Content-Disposition: form-data; name="file"; filename="a.opml"`.
fn name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let line = head.lines().find(|line| {
        line.get(..20)
            .is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:"))
    })?;
    let after = line.split("; name=\"").nth(1)?;
    Some(after.split('"').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"a; name=.opml\"\r\nContent-Type: text/xml\r\n\r\n<opml>\r\n--y\r\n</opml>\r\n--x--\r\n";

    #[test]
    fn parts_have_names_and_values() {
        assert_eq!(
            parts(FORM.as_bytes(), "x"),
            [
                ("csrf".to_owned(), "abc".to_owned()),
                ("file".to_owned(), "<opml>\r\n--y\r\n</opml>".to_owned()),
            ]
        );
    }

    #[test]
    fn what_breaks_off_anywhere_gives_what_came_before() {
        for end in 0..FORM.len() {
            assert!(parts(&FORM.as_bytes()[..end], "x").len() <= 2);
        }
        assert_eq!(parts(b"", "x"), []);
        assert_eq!(parts(b"--x--", "x"), []);
    }

    #[test]
    fn the_boundary_is_found_in_the_type() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, value.parse().unwrap());
            boundary(&headers)
        };
        assert_eq!(of("multipart/form-data; boundary=x").as_deref(), Some("x"));
        assert_eq!(
            of("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"").as_deref(),
            Some("a b")
        );
        for none in [
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=",
        ] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
