use super::*;
use proptest::prelude::*;

/// The tree as nested names, texts in quotes.
fn shown(html: &str) -> String {
    let (tree, _) = parse(html);
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        while open.last().is_some_and(|end| *end <= index) {
            out.push(')');
            open.pop();
        }
        if node.is_text() {
            out.extend(["“", &node.text, "”"]);
        } else {
            out.extend([node.name.text(), "("]);
            open.push(node.end);
        }
    }
    out + &")".repeat(open.len())
}

#[test]
fn end_tags_that_are_left_out_are_understood() {
    for (html, expected) in [
        ("<p>a<p>b", "html(body(p(“a”)p(“b”)))"),
        ("<p>a<div>b</div>c", "html(body(p(“a”)div(“b”)“c”))"),
        (
            "<ul><li>a<ul><li>b</ul><li>c</ul>",
            "html(body(ul(li(“a”ul(li(“b”)))li(“c”))))",
        ),
        (
            "<table><tr><td>a<td><p>b<tr><td>c</table>d",
            "html(body(table(tr(td(“a”)td(p(“b”)))tr(td(“c”)))“d”))",
        ),
        (
            "<dl><dt>a<dd>b<dt>c</dl>",
            "html(body(dl(dt(“a”)dd(“b”)dt(“c”))))",
        ),
        ("<a href=x>a<a href=y>b</a>", "html(body(a(“a”)a(“b”)))"),
    ] {
        assert_eq!(shown(html), expected, "{html}");
    }
}

#[test]
fn end_tags_without_a_start_end_nothing_else() {
    for (html, expected) in [
        ("<div>a</b></section>b</div>c", "html(body(div(“a”“b”)“c”))"),
        (
            "<table><tr><td>a</div></p>b</table>",
            "html(body(table(tr(td(“a”p()“b”)))))",
        ),
        // A link that ends before the block that it holds.
        ("<a href=x><div>a</a></div>b", "html(body(a(div(“a”))“b”))"),
        ("</body></html>a", "html(body(“a”))"),
    ] {
        assert_eq!(shown(html), expected, "{html}");
    }
}

#[test]
fn what_is_not_shown_is_left_out_and_the_head_is_kept() {
    let (tree, head) = parse(
        "<html lang=ro><head><title>A &amp; B</title><meta name=x content=y><script type='application/ld+json'>{}</script>
        <body><svg><title>no</title></svg><script>no</script><noscript><p>no</noscript><p>yes",
    );
    assert_eq!(head.title.as_deref(), Some("A & B"));
    assert_eq!(head.lang.as_deref(), Some("ro"));
    assert_eq!(head.described, ["{}"]);
    assert_eq!(head.tags.len(), 1);
    assert_eq!(tree.text(0), "yes");
}

#[test]
fn depth_and_number_are_bounded() {
    let deep = format!("{}x{}y", "<div>".repeat(10_000), "</div>".repeat(10_000));
    let (tree, _) = parse(&deep);
    assert!(tree.nodes.len() <= MAX_DEPTH + 2 && tree.text(0).ends_with("xy"));
    assert!(parse(&"</p>".repeat(MAX_NODES * 2)).0.nodes.len() <= MAX_NODES + 2);
    assert!(parse(&"<i>".repeat(MAX_TAGS * 2)).0.nodes.len() <= MAX_TAGS + 2);
}

proptest! {
    #[test]
    fn nodes_nest_whatever_the_page_is(html in "(<(/)?(p|div|a href=x|a|b|ul|li|table|tr|td|h2|br|svg|form|option|select)>|[a-z ]{0,3}){0,60}") {
        let (tree, _) = parse(&html);
        for (index, node) in tree.nodes.iter().enumerate() {
            prop_assert!(node.end > index && node.end <= tree.nodes.len());
            if index > 0 {
                prop_assert!(node.parent < index && node.end <= tree.nodes[node.parent].end);
            }
            prop_assert!(node.block <= index);
            prop_assert!(node.linked <= node.chars && node.own_linked <= node.own);
        }
    }
}
