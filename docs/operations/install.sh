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
# Where useradd is, which not every root has in its path.
PATH=$PATH:/usr/sbin:/sbin

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
if [ -z "$dest" ] && command -v dpkg >/dev/null && dpkg -S "$unit" >/dev/null 2>&1; then
    fail "vesti is installed as a package here: apt brings it up to date, and removes it"
fi
# Whether there is a systemd that can be spoken to: in an image that is being made, there is none.
running=no
if [ -z "$dest" ] && [ -d /run/systemd/system ]; then running=yes; fi

if [ "$uninstall" = yes ]; then
    if [ "$running" = yes ] && [ -e "$unit" ]; then
        systemctl disable --now --quiet vesti.service || true
    fi
    rm -f "$unit" "$dest/usr/bin/vesti" "$dest/etc/systemd/system/multi-user.target.wants/vesti.service"
    [ "$running" = no ] || systemctl daemon-reload
    echo "vesti is removed. Its data stay in $dest/var/lib/vesti, its configuration in $dest/etc/vesti."
    exit 0
fi

# Builds as whoever called sudo: Rust is installed for users, and what they build should stay theirs.
build() {
    set -- cargo build --locked --profile dist --bin vesti --manifest-path "$root/Cargo.toml"
    if [ "$(id -u)" = 0 ] && [ "${SUDO_USER:-root}" != root ]; then
        home=$(getent passwd "$SUDO_USER" | cut -d : -f 6)
        set -- runuser -u "$SUDO_USER" -- env HOME="$home" PATH="$home/.cargo/bin:$PATH" "$@"
        runuser -u "$SUDO_USER" -- env PATH="$home/.cargo/bin:$PATH" sh -c 'command -v cargo' >/dev/null || return 2
    else
        PATH=$PATH:${HOME:-/root}/.cargo/bin
        command -v cargo >/dev/null || return 2
    fi
    "$@"
}

if [ -z "$binary" ]; then
    status=0
    build || status=$?
    [ "$status" != 2 ] || fail "Rust is needed to build vesti: see https://rustup.rs, or give --binary"
    [ "$status" = 0 ] || fail "vesti could not be built; the lines above say why"
    binary=$root/target/dist/vesti
fi
[ -f "$binary" ] || fail "there is no $binary"

# The new one takes the place of the old one at once, also while that runs.
install -d "$dest/usr/bin" "$dest/usr/lib/systemd/system" "$dest/etc/vesti"
install -m 0755 "$binary" "$dest/usr/bin/.vesti.new"
mv -f "$dest/usr/bin/.vesti.new" "$dest/usr/bin/vesti"
install -m 0644 "$here/vesti.service" "$unit"
added=
for file in vesti.toml sources.toml thesaurus.tsv digests.toml; do
    if [ ! -e "$dest/etc/vesti/$file" ]; then
        install -m 0640 "$root/config/$file" "$dest/etc/vesti/$file"
        [ "$file" != vesti.toml ] || sed -i 's|^# dir = "index"$|dir = "/var/lib/vesti"|' "$dest/etc/vesti/$file"
        added="$added /etc/vesti/$file"
    fi
done
install -d -m 0700 "$dest/var/lib/vesti"

if [ -n "$dest" ]; then
    echo "vesti is installed below $dest."
    exit 0
fi

if ! getent passwd vesti >/dev/null; then
    useradd --system --user-group --home-dir /var/lib/vesti --no-create-home --shell /usr/sbin/nologin vesti
fi
# shellcheck disable=SC2086  # no name in it has a space
[ -z "$added" ] || chgrp vesti $added
chown vesti:vesti /var/lib/vesti
if [ "$running" = no ]; then
    ! command -v systemctl >/dev/null || systemctl enable --quiet vesti.service
    echo "vesti is installed. systemd does not run here, so nothing starts it; by hand: runuser -u vesti -- vesti serve"
    exit 0
fi
systemctl daemon-reload
# A package that was removed leaves the unit masked.
systemctl unmask --quiet vesti.service
systemctl enable --quiet vesti.service
if ! systemctl restart vesti.service; then
    fail "vesti is installed, but did not start. What is wrong: sudo -u vesti vesti doctor"
fi
echo "vesti runs: http://127.0.0.1:8080/. Its configuration is in /etc/vesti; after a change: systemctl reload vesti."
echo "How it is: sudo -u vesti vesti doctor"
