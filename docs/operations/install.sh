#!/bin/sh
# Installs vesti on a machine with systemd, or brings it up to date: the program, a user, a folder for the data, the unit.
#
#   sudo docs/operations/install.sh                  builds vesti and installs it
#   sudo docs/operations/install.sh --binary FILE    installs a program that was built elsewhere
#   sudo docs/operations/install.sh --uninstall      removes the program and the unit; data and configuration stay
#
# Running it twice does no harm. A configuration that is there stays as it is. With DESTDIR set, files are put below that
# folder, and the system is left alone.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
dest=${DESTDIR:-}
binary=
uninstall=no

fail() {
    echo "install.sh: $*" >&2
    exit 1
}

while [ $# -gt 0 ]; do
    case $1 in
    --binary)
        [ $# -ge 2 ] || fail "--binary needs a file"
        binary=$2
        shift
        ;;
    --uninstall) uninstall=yes ;;
    -h | --help)
        sed -n '2,9s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
    *) fail "$1 is not known; see --help" ;;
    esac
    shift
done

if [ -z "$dest" ] && [ "$(id -u)" != 0 ]; then
    fail "this changes the system: run it with sudo"
fi

unit=$dest/usr/lib/systemd/system/vesti.service

if [ "$uninstall" = yes ]; then
    if [ -z "$dest" ] && [ -e "$unit" ]; then
        systemctl disable --now vesti.service || true
    fi
    rm -f "$unit" "$dest/usr/bin/vesti"
    [ -n "$dest" ] || systemctl daemon-reload
    echo "vesti is removed. Its data stay in $dest/var/lib/vesti, its configuration in $dest/etc/vesti."
    exit 0
fi

if [ -z "$binary" ]; then
    command -v cargo >/dev/null || fail "Rust is needed to build vesti: see https://rustup.rs, or give --binary"
    (cd "$root" && cargo build --locked --profile dist --bin vesti)
    binary=$root/target/dist/vesti
fi
[ -f "$binary" ] || fail "there is no $binary"

# The new one takes the place of the old one at once, also while that runs.
install -d "$dest/usr/bin" "$dest/usr/lib/systemd/system" "$dest/etc/vesti"
install -m 0755 "$binary" "$dest/usr/bin/.vesti.new"
mv -f "$dest/usr/bin/.vesti.new" "$dest/usr/bin/vesti"
install -m 0644 "$here/vesti.service" "$unit"
for file in vesti.toml sources.toml thesaurus.tsv digests.toml; do
    if [ ! -e "$dest/etc/vesti/$file" ]; then
        install -m 0640 "$root/config/$file" "$dest/etc/vesti/$file"
    fi
done
install -d -m 0700 "$dest/var/lib/vesti"

if [ -n "$dest" ]; then
    echo "vesti is installed below $dest."
    exit 0
fi

if ! getent passwd vesti >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/vesti --shell /usr/sbin/nologin vesti
fi
chown root:vesti /etc/vesti /etc/vesti/*
chown vesti:vesti /var/lib/vesti
systemctl daemon-reload
systemctl enable vesti.service
systemctl restart vesti.service
echo "vesti runs: http://127.0.0.1:8080/. Its configuration is in /etc/vesti; after a change: systemctl reload vesti."
echo "How it is: vesti doctor --config /etc/vesti/vesti.toml --data /var/lib/vesti"
