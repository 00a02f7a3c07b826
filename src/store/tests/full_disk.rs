//! A store that may grow no further stands in for a full disk: this works on any machine. tests/disk.rs does it for real.

use super::*;

/// Allows the store so many pages more than it has.
async fn allow(store: &Store, more: i64) {
    store
        .write(move |connection| {
            let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            connection.pragma_update_and_check(None, "max_page_count", pages + more, |_| Ok(()))?;
            Ok(())
        })
        .await
        .unwrap();
}

fn long(guid: &str) -> Intent {
    let mut item = understood(guid, guid);
    item.draft.text = format!("{guid} ").repeat(30_000);
    Intent::Insert(Box::new(item))
}

#[tokio::test]
async fn what_finds_no_space_is_refused_whole_and_the_rest_stands() {
    let (_dir, store) = store_with_a().await;
    let held = lease(&store).await;
    let first = visit(&held, vec![insert("1", "Unu")]);
    store.record(&held, first).await.unwrap();
    let head = store.head().unwrap();
    let history = store.visits(&held.source.id, 10).unwrap();

    allow(&store, 3).await;
    let held = lease(&store).await;
    for _ in 0..3 {
        let visit = visit(&held, vec![insert("2", "Doi"), long("3")]);
        let error = store.record(&held, visit).await.unwrap_err();
        assert!(matches!(error, StoreError::DiskFull(_)), "{error}");
        let message = error.to_string();
        assert!(message.contains("free some space"), "{message}");
        assert!(!message.contains('\n'), "{message}");
        assert_eq!(store.head().unwrap(), head, "nothing of it was written");
        assert_eq!(store.changes_after(Seq(0), 10).unwrap().len(), 1);
        assert_eq!(store.visits(&held.source.id, 10).unwrap(), history);
    }

    allow(&store, 1_000_000).await;
    let again = visit(&held, vec![insert("2", "Doi"), long("3")]);
    let recorded = store.record(&held, again).await.unwrap();
    assert_eq!(recorded.inserted.len(), 2, "the lease still holds");
    assert_eq!(store.changes_after(Seq(0), 10).unwrap().len(), 3);
}

#[tokio::test]
async fn whoever_shares_a_transaction_with_it_is_refused_too_and_told_so() {
    let (_dir, store) = store_with_a().await;
    let sources = vec![source("a"), source("b")];
    store.set_sources(sources, now()).await.unwrap();
    allow(&store, 3).await;
    let leases = store.lease_due(now(), LEASE, 10).await.unwrap();
    let [a, b] = &leases[..] else {
        panic!("{leases:?}")
    };
    let (large, small) = (visit(a, vec![long("1")]), visit(b, Vec::new()));
    let (large, small) = tokio::join!(store.record(a, large), store.record(b, small));
    assert!(matches!(large, Err(StoreError::DiskFull(_))), "{large:?}");
    let told = matches!(small, Ok(_) | Err(StoreError::DiskFull(_)));
    assert!(told, "{small:?}");
    let visited = store.visits(&b.source.id, 10).unwrap().len();
    assert_eq!(visited, usize::from(small.is_ok()), "what was said is so");
}
