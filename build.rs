//! The demo's sites are bundled: a new or changed file among them makes a new binary.

fn main() {
    println!("cargo::rerun-if-changed=tests/fixtures/web");
}
