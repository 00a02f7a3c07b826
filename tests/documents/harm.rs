//! Files that are damaged or were made to do harm: each costs itself, never the parent, and never hangs.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use vesti::crawling::documents::DocumentFault;
use vesti::reading::document::Document;

use super::{documents, fixture};

/// What the parent may be told: anything but that it took too long or could not be tried.
fn bounded(name: &str, answer: &Result<Document, DocumentFault>) {
    assert!(
        !matches!(
            answer,
            Err(DocumentFault::TooSlow | DocumentFault::NotNow(_))
        ),
        "{name}: {answer:?}"
    );
}

/// A PDF of these objects, the first of which is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", number + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dict} /Length {} >>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// A page with this content.
fn page(dict: &str, content: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
          /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
            .to_vec(),
        stream(dict, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    objects.extend(more.iter().cloned());
    pdf(&objects)
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Deflated zeros: a thousand times as many as there are bytes.
fn bomb(megabytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traps_cost_only_themselves() {
    let text = b"BT /F 12 Tf 72 700 Td (Text) Tj ET";
    let traps: Vec<(&str, Vec<u8>)> = vec![
        ("a page tree that is its own child", pdf(&[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2147483647 >>".to_vec(),
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 2 0 R >>".to_vec(),
        ])),
        ("a form that draws itself", page("", b"/X Do /X Do", &[stream("/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>", b"/X Do /X Do /X Do /X Do")])),
        ("content that inflates a thousandfold", page("/Filter /FlateDecode", &bomb(24), &[])),
        ("content inflated many times over", page(
            "/Filter [/FlateDecode /FlateDecode /FlateDecode]",
            &deflate(&deflate(&bomb(24))),
            &[],
        )),
        ("fifty thousand filters", page(&format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(50_000)), text, &[])),
        ("arrays in arrays", page("", &[&b"[".repeat(300_000)[..], text].concat(), &[])),
        ("dictionaries in dictionaries", page("", &[&b"<</A".repeat(300_000)[..], text].concat(), &[])),
        ("hundreds of thousands of saved states", page("", &[&b"q ".repeat(300_000)[..], text].concat(), &[])),
        ("hundreds of thousands of letters in one place", page("", &[b"BT /F 12 Tf (".as_slice(), &b"x".repeat(300_000), b") Tj ET"].concat(), &[])),
        ("hundreds of thousands of gaps", page("", &[b"BT /F 12 Tf [".as_slice(), &b"(a) -9000 ".repeat(100_000), b"] TJ ET"].concat(), &[])),
        ("letters of every direction", page("", &(0..20_000).flat_map(|n| format!("BT /F 9 Tf {} {} {} {} 300 400 Tm (ab) Tj ET\n", n % 7, n % 11, n % 13, n % 17).into_bytes()).collect::<Vec<u8>>(), &[])),
        ("numbers that are none", page("", b"BT /F 99999999999999999999999999999 Tf 1e400 -1e400 Td (Text) Tj 0 Tz (a) Tj ET", &[])),
        ("a cross-reference that points to itself", {
            let mut file = pdf(&[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()]);
            let at = file.windows(4).rposition(|four| four == b"xref").unwrap() - 5;
            let at = file[..at].windows(4).rposition(|four| four == b"xref").unwrap_or(at);
            let trailer = format!("trailer << /Size 2 /Root 1 0 R /Prev {at} >>\nstartxref\n{at}\n%%EOF");
            file.extend(trailer.bytes());
            file
        }),
        ("a cross-reference of two thousand million", b"%PDF-1.5\nxref\n0 2147483647\n0000000009 00000 n \ntrailer << /Size 2147483647 /Root 1 0 R >>\nstartxref\n9\n%%EOF".to_vec()),
        ("nothing but opening braces", [b"{\\rtf1".as_slice(), &b"{".repeat(500_000)].concat()),
    ];
    for (name, trap) in traps {
        let answer = documents().read(&trap).await;
        bounded(name, &answer);
    }
}

/// A DOCX of one part.
fn docx(body: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all(body).unwrap();
    zip.finish().unwrap().into_inner()
}

async fn words(body: &str) -> String {
    documents().read(&docx(body.as_bytes())).await.unwrap().text
}

#[tokio::test]
async fn zip_bombs_and_deep_xml_are_bounded() {
    let bombs = [
        ("spaces", docx(&vec![b' '; 24 << 20])),
        (
            "elements in elements",
            docx("<w:p><w:del>".repeat(100_000).as_bytes()),
        ),
        (
            "tables in tables",
            docx("<w:tbl><w:tr><w:tc>".repeat(60_000).as_bytes()),
        ),
        (
            "a long name",
            docx(format!("<{}", "a".repeat(4 << 20)).as_bytes()),
        ),
        (
            "a hundred thousand attributes",
            docx(format!("<w:sym {}/>", "a=\"b\" ".repeat(100_000)).as_bytes()),
        ),
        (
            "an entity",
            docx(b"<!DOCTYPE a [<!ENTITY b \"&b;&b;\">]><w:p><w:t>&b;</w:t></w:p>"),
        ),
    ];
    for (name, bomb) in bombs {
        bounded(name, &documents().read(&bomb).await);
    }
    let answer = documents().read(&docx(&vec![b' '; 24 << 20])).await;
    assert_eq!(answer.unwrap_err().to_string(), "is too large");
}

#[tokio::test]
async fn changes_notes_and_boxes_are_read_as_they_stand() {
    let text = words(
        "<w:document><w:body><w:p><w:r><w:t>Termenul este </w:t></w:r><w:del><w:r><w:delText>1 mai</w:delText></w:r></w:del>\
         <w:ins><w:r><w:t>15 mai</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> &amp; gata</w:t></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>În casetă</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:p><w:r><w:t>În casetă</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>\
         <w:p><w:r><w:instrText>HYPERLINK \"x\"</w:instrText></w:r><w:hyperlink><w:r><w:t>aici</w:t></w:r></w:hyperlink></w:p></w:body></w:document>",
    )
    .await;
    assert_eq!(text, "Termenul este 15 mai & gata\n\nÎn casetă\n\naici");
}

/// Hundreds of damaged copies of the fixtures, the same ones every time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn damaged_copies_cost_only_themselves() {
    let names = [
        "ro-chromium.pdf",
        "ro-writer.pdf",
        "ro-linearised.pdf",
        "lv-reportlab.pdf",
        "lv-weasyprint-columns.pdf",
        "ru-wkhtmltopdf.pdf",
        "en-fpdf.pdf",
        "scan.pdf",
        "ro.docx",
        "ru.odt",
        "ru.rtf",
    ];
    let mut random = fastrand::Rng::with_seed(20_261_122);
    let mut files = Vec::new();
    for round in 0..220 {
        let name = names[round % names.len()];
        let mut file = fixture(name);
        let at = random.usize(..file.len());
        match round % 4 {
            0 => file.truncate(at),
            1 => {
                for _ in 0..random.usize(1..200) {
                    let at = random.usize(..file.len());
                    file[at] = random.u8(..);
                }
            }
            2 => drop(file.drain(at..(at + random.usize(1..2_000)).min(file.len()))),
            _ => {
                for byte in &mut file {
                    if byte.is_ascii_digit() && random.usize(..100) == 0 {
                        *byte = b'9';
                    }
                }
            }
        }
        files.push((format!("{name}, damage {round}"), file));
    }
    let half = files.split_off(files.len() / 2);
    let both = [files, half].map(|files| {
        tokio::spawn(async move {
            for (name, file) in files {
                bounded(&name, &documents().read(&file).await);
            }
        })
    });
    for task in both {
        task.await.unwrap();
    }
}
