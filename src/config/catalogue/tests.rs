use super::*;
use crate::domain::{Country, Role};
use jiff::Timestamp;
use proptest::prelude::*;

fn source(id: &str, path: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        name: id.to_uppercase(),
        url: Some(format!("https://{path}.ro/").parse().unwrap()),
        country: Country::RO,
        role: Role::Member,
        languages: Vec::new(),
        feed: None,
        listing: None,
        interval: None,
        topics: Vec::new(),
        paused: false,
        private: false,
    }
}

fn decided(source: &Source, base: Option<&Source>, fate: Fate) -> Managed {
    Managed {
        source: source.clone(),
        base: base.cloned(),
        fate,
        by: "ana".into(),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn named(source: &Source, name: &str) -> Source {
    Source {
        name: name.into(),
        ..source.clone()
    }
}

fn ids(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(|source| source.id.as_str()).collect()
}

#[test]
fn what_the_browser_changed_lies_over_what_the_file_says() {
    let (a, b, c) = (source("a", "a"), source("b", "b"), source("c", "c"));
    let file = [a.clone(), b.clone()];
    let managed = [
        decided(&c, None, Fate::Kept),
        decided(&named(&a, "Alta"), Some(&a), Fate::Kept),
        decided(&b, Some(&b), Fate::Retired),
    ];
    let done = catalogue(&file, &managed);
    assert_eq!(ids(&done.sources), ["a", "c"]);
    assert_eq!(done.sources[0].name, "Alta");
    assert_eq!(done.conflicts, []);
    assert_eq!(done.settled, []);
}

#[test]
fn changes_of_different_fields_go_together_and_of_the_same_one_are_a_conflict() {
    let base = source("a", "a");
    let edit = decided(&named(&base, "Browser"), Some(&base), Fate::Kept);
    let moved = source("a", "altundeva");
    let done = catalogue(std::slice::from_ref(&moved), std::slice::from_ref(&edit));
    assert_eq!(done.conflicts, []);
    assert_eq!(done.sources, [named(&moved, "Browser")]);

    let file = named(&moved, "Fișier");
    let done = catalogue(std::slice::from_ref(&file), std::slice::from_ref(&edit));
    assert_eq!(done.sources[0].name, "Browser");
    assert_eq!(done.sources[0].url, moved.url);
    assert_eq!(done.conflicts.len(), 1);
    assert_eq!(done.conflicts[0].clash, Clash::Changed(vec![Field::Name]));
    assert!(done.conflicts[0].to_string().contains("(name)"));

    let conflict = &done.conflicts[0];
    assert_eq!(
        conflict.settle(&edit, Choice::File),
        Settlement::Forget("a".parse().unwrap())
    );
    let Settlement::Keep(kept) = conflict.settle(&edit, Choice::Browser) else {
        panic!("the browser's stays");
    };
    let done = catalogue(std::slice::from_ref(&file), &[*kept]);
    assert_eq!(done.conflicts, []);
    assert_eq!(done.sources, [named(&moved, "Browser")]);
}

#[test]
fn what_the_file_says_itself_is_settled() {
    let base = source("a", "a");
    let changed = named(&base, "Nou");
    let added = source("b", "b");
    let managed = [
        decided(&changed, Some(&base), Fate::Kept),
        decided(&added, None, Fate::Kept),
    ];
    let file = [changed, added];
    let done = catalogue(&file, &managed);
    assert_eq!(
        (done.sources.as_slice(), done.settled.len()),
        (&file[..], 2)
    );
    assert_eq!(done.conflicts, []);
    // Retired, and gone from the file as well.
    let retired = decided(&base, Some(&base), Fate::Retired);
    assert_eq!(catalogue(&[], &[retired]).settled.len(), 1);
}

#[test]
fn a_file_that_has_lost_or_gained_a_source_disagrees() {
    let base = source("a", "a");
    let edit = decided(&named(&base, "Nou"), Some(&base), Fate::Kept);
    let gone = catalogue(&[], std::slice::from_ref(&edit));
    assert_eq!(gone.conflicts[0].clash, Clash::Gone);
    assert_eq!(gone.sources, std::slice::from_ref(&edit.source));
    let Settlement::Keep(kept) = gone.conflicts[0].settle(&edit, Choice::Browser) else {
        panic!("the browser's stays");
    };
    assert_eq!(catalogue(&[], &[*kept]).conflicts, []);

    let added = decided(&source("a", "altul"), None, Fate::Kept);
    let same = catalogue(std::slice::from_ref(&base), std::slice::from_ref(&added));
    assert_eq!(same.conflicts[0].clash, Clash::SameId(vec![Field::Url]));
    assert_eq!(same.sources, std::slice::from_ref(&added.source));

    let retired = decided(&base, Some(&base), Fate::Retired);
    let back = catalogue(&[named(&base, "Nou")], &[retired]);
    assert_eq!(back.conflicts[0].clash, Clash::Retired(vec![Field::Name]));
    assert_eq!(back.sources, []);
}

#[test]
fn an_added_source_whose_address_the_file_has_too_waits() {
    let added = decided(&source("b", "a"), None, Fate::Kept);
    let done = catalogue(&[source("a", "a")], std::slice::from_ref(&added));
    assert_eq!(ids(&done.sources), ["a", "b"]);
    assert!(done.sources[1].paused && !done.sources[0].paused);
    let conflict = &done.conflicts[0];
    let (a, b): (SourceId, SourceId) = ("a".parse().unwrap(), "b".parse().unwrap());
    assert_eq!(conflict.clash, Clash::SameAddress(a.clone()));
    assert_eq!(
        conflict.settle(&added, Choice::File),
        Settlement::Merge(b.clone(), a.clone())
    );
    assert_eq!(
        conflict.settle(&added, Choice::Browser),
        Settlement::Merge(a, b)
    );
}

#[test]
fn merged_sources_are_found_at_the_end_of_the_chain_and_rings_end_nowhere() {
    let [a, b, c] = ["a", "b", "c"].map(|id| source(id, id));
    let into = |one: &Source, other: &Source| decided(one, None, Fate::Merged(other.id.clone()));
    let done = catalogue(std::slice::from_ref(&c), &[into(&a, &b), into(&b, &c)]);
    assert_eq!(done.moved.len(), 2);
    assert!(done.moved.values().all(|end| *end == c.id));
    assert_eq!(done.settled, []);
    let ring = catalogue(&[], &[into(&a, &b), into(&b, &a), into(&c, &a)]);
    assert!(ring.moved.is_empty());
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    let one =
        ("[a-e]", "[p-u]", "[M-O]", any::<bool>()).prop_map(|(id, path, name, paused)| Source {
            paused,
            ..named(&source(&id, &path), &name)
        });
    proptest::collection::vec(one, 0..6).prop_map(|list| {
        let (mut seen, mut taken) = (HashSet::new(), HashSet::new());
        list.into_iter()
            .filter(|one| seen.insert(one.id.clone()) && taken.insert(one.url.clone()))
            .collect()
    })
}

fn fates() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(0_u8..5, 8)
}

/// Decisions made over an earlier file.
fn decisions(before: &[Source], wanted: &[Source], fates: &[u8]) -> Vec<Managed> {
    wanted
        .iter()
        .zip(fates)
        .filter_map(|(wanted, fate)| {
            let base = before.iter().find(|one| one.id == wanted.id);
            let fate = match fate {
                0 => Fate::Retired,
                1 => Fate::Merged("z".parse().unwrap()),
                _ => Fate::Kept,
            };
            (base != Some(wanted) || fate != Fate::Kept).then(|| decided(wanted, base, fate))
        })
        .collect()
}

proptest! {
    #[test]
    fn an_exported_catalogue_put_into_the_file_is_the_same_and_leaves_nothing_over_it(
        before in sources(), file in sources(), wanted in sources(), fates in fates()
    ) {
        let managed = decisions(&before, &wanted, &fates);
        let done = catalogue(&file, &managed);
        let mut seen = HashSet::new();
        prop_assert!(done.sources.iter().all(|one| seen.insert(one.id.clone())));
        if done.conflicts.is_empty() {
            let again = catalogue(&done.sources, &managed);
            prop_assert_eq!(&again.sources, &done.sources);
            prop_assert_eq!(&again.conflicts, &[]);
            let left = managed.iter().filter(|one| !again.settled.contains(&one.source.id));
            prop_assert!(left.into_iter().all(|one| matches!(one.fate, Fate::Merged(_))));
        }
    }

    #[test]
    fn one_decision_settles_a_conflict(
        before in sources(), file in sources(), wanted in sources(), fates in fates(), browser in any::<bool>()
    ) {
        let choice = if browser { Choice::Browser } else { Choice::File };
        let mut managed = decisions(&before, &wanted, &fates);
        for conflict in catalogue(&file, &managed).conflicts {
            // A source may disagree twice, of which one decision may settle both.
            let Some(at) = managed.iter().position(|one| one.source.id == conflict.id) else {
                continue;
            };
            match conflict.settle(&managed[at], choice) {
                Settlement::Keep(kept) => managed[at] = *kept,
                Settlement::Forget(_) => { managed.remove(at); }
                Settlement::Merge(..) => {}
            }
        }
        for conflict in catalogue(&file, &managed).conflicts {
            prop_assert!(matches!(conflict.clash, Clash::SameAddress(_)), "{conflict}");
        }
    }

    #[test]
    fn no_two_sources_in_force_read_one_address(
        before in sources(), file in sources(), wanted in sources(), fates in fates()
    ) {
        let managed = decisions(&before, &wanted, &fates);
        let done = catalogue(&file, &managed);
        let mut seen = HashSet::new();
        for source in done.sources.iter().filter(|one| !one.paused) {
            prop_assert!(seen.insert(source.url.clone()), "{source:?}");
        }
    }
}
