use super::super::tests::draft;
use super::*;
use proptest::prelude::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

const LONG: &str = "Asociația anunță deschiderea unui nou centru de zi pentru copii și tineri cu dizabilități, în care vor lucra asistenți sociali, psihologi, \
        logopezi și kinetoterapeuți, cu sprijinul autorităților locale și al voluntarilor din comunitate.";

#[test]
fn keys_come_strongest_first_and_never_none() {
    let mut entry = draft("Apel", LONG);
    entry.guid = Some("https://a.ro/?p=7".into());
    entry.url = Some(url("http://www.a.ro/apel/?utm_source=rss"));
    let found = keys(&entry, Some(&url("https://a.ro/")), &Shared::default());
    assert!(
        matches!(&found[..], [ItemKey::Guid(guid), ItemKey::Url(at), ItemKey::Text(_)] if guid == "https://a.ro/?p=7" && at == "https://a.ro/apel")
    );
    entry.guid = None;
    entry.url = Some(url("https://a.ro/"));
    assert!(matches!(
        &keys(&entry, None, &Shared::default())[..],
        [ItemKey::Text(_)]
    ));
    let bare = draft("Anunț", "");
    assert_eq!(keys(&bare, None, &Shared::default()).len(), 1);
}

#[test]
fn the_same_text_has_the_same_key_wherever_it_moves() {
    let (mut old, mut new) = (
        draft("Apel", LONG),
        draft("APEL", &LONG.replace(' ', "\n ")),
    );
    old.url = Some(url("https://a.ro/vechi"));
    new.url = Some(url("https://a.ro/nou"));
    let (old, new) = (
        keys(&old, None, &Shared::default()),
        keys(&new, None, &Shared::default()),
    );
    assert_eq!(old.last(), new.last());
    assert_ne!(old.first(), new.first());
}

#[test]
fn a_guid_of_several_entries_identifies_none() {
    let entry = |guid: &str, at: &str, title: &str| {
        let mut entry = draft(title, "");
        entry.guid = Some(guid.into());
        entry.url = Some(url(at));
        entry
    };
    let mut drafts = vec![
        entry("1", "https://a.ro/x", "Unu"),
        entry("1", "https://a.ro/y", "Doi"),
        entry("2", "https://a.ro/z", "Trei"),
        entry("2", "https://a.ro/z", "Trei, corectat"),
    ];
    drop_shared_guids(&mut drafts);
    let guids: Vec<Option<&str>> = drafts.iter().map(|draft| draft.guid.as_deref()).collect();
    assert_eq!(guids, [None, None, Some("2"), Some("2")]);
}

#[test]
fn an_address_of_several_entries_identifies_none() {
    let drafts: Vec<Draft> = ["Unu", "Doi"]
        .into_iter()
        .map(|title| {
            let mut entry = draft(title, "");
            entry.url = Some(url("https://a.ro/noutati"));
            entry
        })
        .collect();
    let shared = Shared::of(&drafts);
    let all: Vec<ItemKey> = drafts
        .iter()
        .flat_map(|draft| keys(draft, None, &shared))
        .collect();
    assert!(matches!(&all[..], [ItemKey::Text(one), ItemKey::Text(other)] if one != other));
}

#[test]
fn a_bare_title_with_another_date_is_another_entry() {
    let (mut one, mut other) = (draft("Anunț", ""), draft("Anunț", ""));
    one.published = Some("2026-01-01T00:00:00Z".parse().unwrap());
    other.published = Some("2026-02-01T00:00:00Z".parse().unwrap());
    assert_ne!(
        keys(&one, None, &Shared::default()),
        keys(&other, None, &Shared::default())
    );
}

#[test]
fn what_nobody_edited_is_no_edit() {
    let hash = |text: &str| content_hash(&draft("Titlu", text));
    let plain = hash("Un text despre servicii.");
    for same in [
        "Un  text\n despre\u{a0}servicii.",
        "acum 3 zile Un text despre servicii.",
        "acum 20 de minute Un text despre servicii.",
        "Un text 3 days ago despre servicii.",
        "Un text despre servicii. 1.234 vizualizări",
        "Vizualizări: 77 Un text despre servicii.",
        "Un text despre servicii. Просмотров: 15",
        "pirms 2 stundām Un text despre servicii.",
    ] {
        assert_eq!(hash(same), plain, "{same}");
    }
    for other in [
        "Un text despre 3 servicii.",
        "Un text despre Servicii.",
        "Un text despre servicii, până la 15 martie.",
    ] {
        assert_ne!(hash(other), plain, "{other}");
    }
    assert_ne!(hash("termen: 3 zile"), hash("termen: 5 zile"));
}

#[test]
fn addresses_and_files_belong_to_the_content_without_their_tracking() {
    let with = |at: &str, file: &str| {
        let mut entry = draft("Titlu", "Text");
        entry.url = Some(url(at));
        entry.attachments = vec![crate::domain::Attachment {
            url: url(file),
            r#type: None,
            title: None,
        }];
        content_hash(&entry)
    };
    let plain = with("https://a.ro/x", "https://a.ro/f.pdf");
    assert_eq!(
        with(
            "http://www.a.ro/x/?utm_medium=rss",
            "https://a.ro/f.pdf?fbclid=1"
        ),
        plain
    );
    assert_ne!(with("https://a.ro/x", "https://a.ro/g.pdf"), plain);
}

#[test]
fn ids_are_scoped_by_source_and_sort_of_key() {
    let id = |source: &str, key: ItemKey| key.item_id(&source.parse().unwrap());
    let all = [
        id("a", ItemKey::Guid("1".into())),
        id("b", ItemKey::Guid("1".into())),
        id("a", ItemKey::Url("1".into())),
    ];
    assert_ne!(all[0], all[1]);
    assert_ne!(all[0], all[2]);
    assert_eq!(all[0], id("a", ItemKey::Guid("1".into())));
}

/// As [`settled`], one word after the other. Hashes are kept: whatever it does, it does for good.
fn settled_slowly(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let folded = |index: usize| words.get(index).map(|word| fold(word)).unwrap_or_default();
    let number = |index: usize| words.get(index).is_some_and(|word| is_number(word));
    let starts = |index: usize, list: &[&str]| {
        let word = folded(index);
        list.iter().any(|start| word.starts_with(start))
    };
    let mut kept = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let skip = if number(index) {
            let de = usize::from(folded(index + 1) == "de");
            if starts(index + 1, &UNITS) && AGO_AFTER.contains(&folded(index + 2).as_str()) {
                3
            } else if starts(index + 1 + de, &COUNTED) {
                2 + de
            } else {
                0
            }
        } else if number(index + 1) {
            let de = usize::from(folded(index + 2) == "de");
            if AGO_BEFORE.contains(&folded(index).as_str()) && starts(index + 2 + de, &UNITS) {
                3 + de
            } else if words[index].ends_with(':') && starts(index, &COUNTED) {
                2
            } else {
                0
            }
        } else {
            0
        };
        if skip == 0 {
            kept.push(words[index]);
        }
        index += skip.max(1);
    }
    kept.join(" ")
}

proptest! {
    #[test]
    fn what_changes_by_itself_is_left_out_as_ever(words in proptest::collection::vec(
        prop_oneof![
            "acum|pirms|ago|назад|тому|de|De|3|15|1.234|7,|(9)|2026|zile|minute|dienas|часа|hours|views|vizualizări|Vizualizări:|skatījumi:|hits|text|în",
            "[0-9a-zș.,:]{1,4}",
            "\\PC{1,3}",
        ],
        0..14,
    ), blank in prop_oneof![Just(" "), Just("  "), Just("\u{a0}"), Just("\u{2003}"), Just("\n"), Just("\u{3000} "), Just("\u{1680}")]) {
        let text = words.join(blank);
        prop_assert_eq!(settled(&text), settled_slowly(&text));
        let text = words.join(" ");
        prop_assert_eq!(settled(&text), settled_slowly(&text));
    }

    #[test]
    fn white_space_never_is_an_edit(words in proptest::collection::vec("[a-zăș0-9:]{1,8}", 0..20)) {
        let one = content_hash(&draft("T", &words.join(" ")));
        let other = content_hash(&draft("T", &words.join("\n\t ")));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn any_entry_has_keys(title in "\\PC{0,40}", text in "\\PC{0,400}", guid in proptest::option::of("\\PC{0,40}")) {
        let mut entry = draft(&title, &text);
        entry.guid = guid;
        let drafts = vec![entry.clone(), entry];
        let shared = Shared::of(&drafts);
        prop_assert!(!keys(&drafts[0], None, &shared).is_empty());
        let _ = content_hash(&drafts[0]);
    }
}
