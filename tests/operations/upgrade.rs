//! An old data directory under a new vesti.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rusqlite::Connection;

use crate::place::{Place, free_port, text};

fn old_directory(data: &Path) {
    std::fs::create_dir_all(data.join("search/3")).unwrap();
    // An index of that time, of which nothing can be used.
    std::fs::write(data.join("search/CURRENT"), "3\n").unwrap();
    std::fs::write(data.join("search/3/meta.json"), "{\"index_settings\":{}}").unwrap();
    Connection::open(data.join("vesti.db"))
        .unwrap()
        .execute_batch(include_str!("format-1.sql"))
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_format_is_served_by_this_version_however_often_it_is_killed_on_the_way() {
    let place = Place::new(&["a"]).await;
    let data = place.folder.path().join("data");
    old_directory(&data);
    let refused = place.run(&["search", "consiliere"]);
    assert!(
        text(&refused.stderr).contains("of format 1, an older one"),
        "{}",
        text(&refused.stderr)
    );
    for round in 0..12_u64 {
        let mut child = place
            .command(&["serve", "--listen", &format!("127.0.0.1:{}", free_port())])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + round * 25));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let vesti = place.serve().await;
    // Those of then, and the three that the source lists today.
    vesti
        .until("/api/v1/search?q=consiliere&limit=1", |value| {
            value["total"] == 503
        })
        .await;
    let doctor = place.run(&["doctor", "--only", "store", "--deep"]);
    assert!(doctor.status.success(), "{}", text(&doctor.stdout));
    let kept = std::fs::read_dir(&data)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .find(|name| name.starts_with("vesti.db.before-format-"))
        .unwrap();
    vesti.stop().await;
    let kept = Connection::open(data.join(kept)).unwrap();
    let format: i64 = kept
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(format, 1);
    let versions: i64 = Connection::open(data.join("vesti.db"))
        .unwrap()
        .query_row("SELECT count(*) FROM version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(versions, 50);
}
