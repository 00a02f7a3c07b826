//! What a service manager hears.

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use crate::place::{Place, SOON, Vesti};

#[tokio::test(flavor = "multi_thread")]
async fn the_manager_hears_that_it_is_up_alive_hung_and_going() {
    let place = Place::new(&["a"]).await;
    let path = place.folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    let next = |wait: Duration| -> Option<String> {
        let mut buffer = [0; 100];
        socket.set_read_timeout(Some(wait)).unwrap();
        let length = socket.recv(&mut buffer).ok()?;
        Some(String::from_utf8(buffer[..length].to_vec()).unwrap())
    };
    let mut command = place.command(&["serve"]);
    command
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "900000");
    let vesti = Vesti::start(command, place.folder.path()).await;
    assert_eq!(next(SOON).unwrap(), "READY=1");
    assert_eq!(next(SOON).unwrap(), "WATCHDOG=1");
    assert_eq!(next(SOON).unwrap(), "WATCHDOG=1");
    vesti.signal("-STOP");
    while next(Duration::from_millis(1)).is_some() {}
    assert_eq!(
        next(Duration::from_secs(2)),
        None,
        "it hangs, and says nothing"
    );
    vesti.signal("-CONT");
    assert_eq!(next(SOON).unwrap(), "WATCHDOG=1");
    vesti.stop().await;
    let mut last = None;
    while let Some(said) = next(Duration::from_millis(1)) {
        last = Some(said);
    }
    assert_eq!(last.as_deref(), Some("STOPPING=1"));
}
