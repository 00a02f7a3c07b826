//! `vesti.toml` and the environment above it.

use std::path::Path;
use std::time::Duration;

use vesti::config::{Config, Problems};
use vesti::domain::Language;

use super::{expect_problems, folder, load};

fn load_with(text: &str, variables: &[(&str, &str)]) -> Result<Config, Problems> {
    let (_folder, path) = folder(&[("vesti.toml", text.as_bytes())]);
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Config::load(&path, variables.iter().map(owned))
}

/// Keys that have no default that could be written down.
const EXAMPLES: [&str; 13] = [
    "bounces",
    "hub",
    "public_url",
    "user_agent",
    "contact",
    "host",
    "tls",
    "port",
    "user",
    "password",
    "from",
    "reply_to",
    "ca",
];

#[test]
fn what_the_shipped_settings_call_a_default_is_one() {
    let shipped = std::fs::read_to_string("config/vesti.toml").expect("the file");
    let mut uncommented = String::new();
    let mut keys = 0;
    for line in shipped.lines() {
        let key = line.strip_prefix("# ").filter(|rest| {
            rest.split_once(" = ")
                .is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
        });
        // These have no default that could be written down.
        let example = EXAMPLES
            .iter()
            .any(|key| line.starts_with(&format!("# {key} =")));
        keys += usize::from(key.is_some());
        uncommented.push_str(key.filter(|_| !example).unwrap_or(line));
        uncommented.push('\n');
    }
    assert!(keys >= 20, "the file explains every key");
    let config = load(&[("vesti.toml", uncommented.as_bytes())])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        format!("{:?}", config.settings),
        format!("{:?}", Config::default().settings)
    );
    // The commented examples are right as well.
    let mut all = shipped.clone();
    for key in EXAMPLES {
        all = all.replace(&format!("\n# {key} ="), &format!("\n{key} ="));
    }
    let config =
        load(&[("vesti.toml", all.as_bytes())]).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(config.settings.server.public_url.is_some());
    assert!(config.settings.server.contact.is_some());
    let mail = config.settings.mail.as_ref().expect("a mail server");
    assert_eq!((mail.host.as_str(), mail.port), ("smtp.example.org", 587));
    assert_eq!(mail.from.email.to_string(), "news@example.org");
    assert!(
        !format!("{:?}", config.settings).contains('…'),
        "passwords are not shown"
    );
    assert!(config.settings.feeds.hub.is_some());
    assert!(
        !config
            .warnings()
            .iter()
            .any(|warning| warning.contains("user_agent"))
    );
}

#[test]
fn settings_are_read_as_people_write_them() {
    let config = load_with(
        "\u{feff}[server]\r\nlisten = \"0.0.0.0:9\"\r\npublic_url = \"https://n.org/x/\"\r\ntitle = \"Știri\"\r\n\
         languages = [\"lv\", \"en\"]\r\ntime_zone = \"Europe/Riga\"\r\n[data]\r\ndir = \"/var/lib/vesti\"\r\n\
         [crawler]\r\nhost_delay = \"1500ms\"\r\ntimeout = \"5s\"\r\nmax_body = \"512KiB\"\r\nconcurrency = 1_0\r\n\
         min_interval = \"1h30m\"\r\nrobots = false\r\nallow_networks = [\"127.0.0.0/8\", \"::1\"]\r\n",
        &[("VESTI_CRAWLER__CONCURRENCY", "7"), ("VESTI_CRAWLER__MAX_INTERVAL", "2d"), ("PATH", "/bin"), ("VESTI_CRASH_KILLS", "3")],
    )
    .unwrap_or_else(|problems| panic!("{problems}"));
    let (server, crawler) = (&config.settings.server, &config.settings.crawler);
    assert_eq!(server.listen.to_string(), "0.0.0.0:9");
    assert_eq!(
        server.public_url.as_ref().map(url::Url::as_str),
        Some("https://n.org/x/")
    );
    assert_eq!(server.title, "Știri");
    assert_eq!(server.languages, [Language::LV, Language::EN]);
    assert_eq!(server.time_zone.iana_name(), Some("Europe/Riga"));
    assert_eq!(config.settings.data.dir, Path::new("/var/lib/vesti"));
    assert_eq!(crawler.host_delay, Duration::from_millis(1_500));
    assert_eq!(crawler.max_body, 524_288);
    assert_eq!(
        crawler.concurrency, 7,
        "the environment stands above the file"
    );
    assert_eq!(crawler.min_interval, Duration::from_mins(90));
    assert_eq!(crawler.max_interval, Duration::from_hours(48));
    assert!(!crawler.robots);
    assert!(
        crawler
            .allow_networks
            .iter()
            .any(|network| network.contains([127, 1, 2, 3].into()))
    );
    // The defaults of the parts give way to a shorter whole.
    assert_eq!(crawler.connect_timeout, Duration::from_secs(5));
}

#[test]
fn wrong_settings_are_named_with_their_line() {
    expect_problems(
        "vesti.toml",
        &[],
        &[
            (
                "[server]\ncontact = \"call us\"\n",
                &[(
                    2,
                    "server.contact: “call us” is neither a mail address nor a web address",
                )],
            ),
            (
                "[server]\n\nlisten = 8080\n",
                &[(
                    3,
                    "server.listen: must be a text in quotation marks, not a number",
                )],
            ),
            (
                "[server]\nlisten = \"localhost\"\n",
                &[(2, "127.0.0.1:8080")],
            ),
            (
                "[server]\nlisten = \"1.2.3.4:70000\"\n",
                &[(2, "no address to listen on")],
            ),
            (
                "[server]\npublic_url = \"ftp://x.org\"\n",
                &[(2, "neither http:// nor https://")],
            ),
            (
                "[server]\npublic_url = \"https://u:p@x.org\"\n",
                &[(2, "password")],
            ),
            (
                "[server]\npublic_url = \"https://x.org/?a\"\n",
                &[(2, "“?”")],
            ),
            (
                "[server]\nlanguages = [\n  \"ro\",\n  \"de\",\n  \"lv\",\n]\n",
                &[(4, "does not speak “de”")],
            ),
            ("[server]\nlanguages = []\n", &[(2, "names no language")]),
            (
                "[server]\ntime_zone = \"Moldova\"\n",
                &[(2, "Europe/Chisinau")],
            ),
            ("[server]\ntitle = \"\"\n", &[(2, "is empty")]),
            ("[server]\ntitle = \"a\\nb\"\n", &[(2, "line break")]),
            (
                "[crawler]\nhost_dely = \"2s\"\n",
                &[(
                    2,
                    "unknown key “host_dely” in [crawler]: did you mean “host_delay”?",
                )],
            ),
            ("[crawler]\nhost_delay = 2\n", &[(2, "\"2s\"")]),
            (
                "[crawler]\nhost_delay = \"2 sec\"\n",
                &[(2, "“2 sec” is no duration")],
            ),
            (
                "[crawler]\nhost_delay = \"2d\"\n",
                &[(2, "2d is out of range: write a duration from 0s to 1h")],
            ),
            ("[crawler]\ntimeout = \"0s\"\n", &[(2, "out of range")]),
            (
                "[crawler]\ntimeout = \"5s\"\nconnect_timeout = \"6s\"\n",
                &[(3, "6s is longer than crawler.timeout, which is 5s")],
            ),
            ("[crawler]\nmax_body = \"ten MB\"\n", &[(2, "\"10MB\"")]),
            ("[crawler]\nmax_body = \"10B\"\n", &[(2, "from 1kB to 1GB")]),
            ("[crawler]\nconcurrency = 0\n", &[(2, "from 1 to 10000")]),
            ("[crawler]\nconcurrency = -3\n", &[(2, "out of range")]),
            (
                "[crawler]\nconcurrency = 1.5\n",
                &[(2, "a number with a fraction")],
            ),
            ("[crawler]\nconcurrency = \"many\"\n", &[(2, "not a text")]),
            ("[crawler]\nrobots = \"no\"\n", &[(2, "true or false")]),
            (
                "[crawler]\nmin_interval = \"2d\"\n",
                &[(2, "crawler.max_interval is 1d (the default)")],
            ),
            (
                "[crawler]\nmax_interval = \"1m\"\n",
                &[(2, "crawler.min_interval is 15m (the default)")],
            ),
            (
                "[crawler]\nallow_networks = [\"10.0.0.0/8\", \"10.0.0.0/33\"]\n",
                &[(2, "“10.0.0.0/33” is not a network")],
            ),
            (
                "[crawler]\nallow_networks = \"10.0.0.0/8\"\n",
                &[(2, "in brackets")],
            ),
            ("[crawler]\nuser_agent = \"știri\"\n", &[(2, "unaccented")]),
            (
                "host_delay = \"2s\"\n",
                &[(1, "it belongs under [crawler]")],
            ),
            (
                "[srever]\n",
                &[(1, "unknown key “srever”: did you mean “server”?")],
            ),
            (
                "server = 5\n",
                &[(1, "write [server] in a line of its own")],
            ),
            (
                "[server]\ntitle = \"a\"\ntitle = \"b\"\n",
                &[(3, "duplicate key")],
            ),
            (
                "a = 1\nb =\nc = [\nd = \"x\n",
                &[(2, "not TOML"), (4, "not TOML")],
            ),
            (
                "[server]\nlisten = 1\nx = 2\n[retention]\nvisits_days = 0\n",
                &[(2, "listen"), (3, "“x”"), (5, "retention.visits_days")],
            ),
        ],
    );
}

#[test]
fn the_environment_is_checked_as_the_file_is() {
    for (name, value, part) in [
        ("VESTI_CRAWLER__HOST_DELAY", "soon", "“soon” is no duration"),
        (
            "VESTI_CRAWLER__HOSTDELAY",
            "2s",
            "did you mean “VESTI_CRAWLER__HOST_DELAY”?",
        ),
        (
            "VESTI_CRAWLR__TIMEOUT",
            "2s",
            "did you mean “VESTI_CRAWLER__TIMEOUT”?",
        ),
        (
            "VESTI_CRAWLER__ALLOW_NETWORKS",
            "10.0.0.0/8, x",
            "“x” is not a network",
        ),
        ("VESTI_CRAWLER__CONCURRENCY", "12.5", "no whole number"),
        ("VESTI_CRAWLER__ROBOTS", "nope", "neither true nor false"),
        ("VESTI_CRAWLER__MIN_INTERVAL", "3d", "shortest interval"),
        ("VESTI_SERVER__LANGUAGES", ",", "names no language"),
    ] {
        let problems = load_with("", &[(name, value)]).expect_err(name);
        let [problem] = problems.as_slice() else {
            panic!("{problems}");
        };
        assert_eq!((problem.file.as_str(), problem.line), (name, None));
        assert!(problem.to_string().contains(part), "{problem}");
    }
    let config = load_with(
        "",
        &[
            ("VESTI_SERVER__LANGUAGES", "ru, en"),
            ("VESTI_CRAWLER__MAX_BODY", "1MB"),
        ],
    );
    let config = config.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        config.settings.server.languages,
        [Language::RU, Language::EN]
    );
    assert_eq!(config.settings.crawler.max_body, 1_000_000);
}

#[test]
fn a_mail_server_is_complete_or_says_what_is_missing() {
    let base = "[server]\npublic_url = \"https://n.org/\"\n[mail]\nhost = \"smtp.n.org\"\n";
    for (more, part) in [
        ("", "not whom mails are from"),
        ("from = \"nobody\"\n", "is no sender"),
        ("from = \"a@n.org\"\nuser = \"a\"\n", "no password"),
        (
            "from = \"a@n.org\"\npassword = \"x\"\n",
            "no name to sign in",
        ),
        (
            "from = \"a@n.org\"\ntls = \"ssl\"\n",
            "is no way to encrypt",
        ),
        (
            "from = \"a@n.org\"\ntls = \"none\"\nuser = \"a\"\npassword = \"x\"\n",
            "in the clear",
        ),
        (
            "from = \"a@n.org\"\nserver = \"x\"\n",
            "did you mean “host”?",
        ),
    ] {
        let problems = load_with(&format!("{base}{more}"), &[])
            .expect_err(more)
            .to_string();
        assert!(problems.contains(part), "{more}: {problems}");
        assert!(!problems.contains("\"x\""), "a password is never shown");
    }
    let whole = format!("{base}from = \"Știri <a@n.org>\"\ntls = \"implicit\"\nuser = \"a\"\n");
    let config = load_with(&whole, &[("VESTI_MAIL__PASSWORD", "geheim")])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        config.settings.mail.as_ref().map(|mail| mail.port),
        Some(465)
    );
    assert!(!format!("{config:?}").contains("geheim"));
    let without = load_with("[mail]\nfrom = \"a@n.org\"\n", &[]);
    assert!(
        without
            .unwrap_or_else(|problems| panic!("{problems}"))
            .settings
            .mail
            .is_none()
    );
}
