//! Values as people write them: durations, sizes, addresses, zones, languages, countries, mail addresses.

use std::fmt::Write as _;
use std::time::Duration;

use jiff::tz::TimeZone;
use url::Url;

use super::problem::{Wrong, nearest, quote};
use super::settings::Contact;
use crate::domain::{Country, Kind, Language, Role};

const DURATION_UNITS: [(&str, u64); 6] = [
    ("w", 604_800_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// A duration: one or more numbers with a unit, `500ms`, `2s`, `15m`, `1h30m`, `1d`, `2w`.
pub(super) fn duration(text: &str) -> Result<Duration, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is no duration", quote(text)),
            r#"write a number and a unit (ms, s, m, h, d, w), such as "500ms", "2s", "15m", "6h" or "1d""#,
        )
    };
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(wrong());
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: u64 = rest[..digits].parse().map_err(|_| wrong())?;
        rest = rest[digits..].trim_start();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (_, unit) = DURATION_UNITS
            .iter()
            .find(|(name, _)| *name == &rest[..letters])
            .ok_or_else(wrong)?;
        rest = rest[letters..].trim_start();
        total = count
            .checked_mul(*unit)
            .and_then(|more| total.checked_add(more))
            .ok_or_else(wrong)?;
    }
    Ok(Duration::from_millis(total))
}

/// A duration as a person would write it; reading it gives the same, to the millisecond.
pub(super) fn duration_text(duration: Duration) -> String {
    let mut rest = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    if rest == 0 {
        return "0s".into();
    }
    let mut text = String::new();
    for (name, unit) in DURATION_UNITS {
        // Weeks are read but not written: “14d” says more than “2w” beside “1d”.
        if name != "w" && rest >= unit {
            let _ = write!(text, "{}{name}", rest / unit);
            rest %= unit;
        }
    }
    text
}

const SIZE_UNITS: [(&str, u64); 8] = [
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("", 1),
];

/// A size in bytes: `10MB`, `512KiB`, `2 GB`.
pub(super) fn size(text: &str) -> Result<u64, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is no size", quote(text)),
            r#"write a number and a unit (B, kB, MB, GB, KiB, MiB, GiB), such as "10MB" or "512KiB""#,
        )
    };
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let count: u64 = text[..digits].parse().map_err(|_| wrong())?;
    let unit = text[digits..].trim_start().to_ascii_lowercase();
    SIZE_UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .and_then(|(_, unit)| count.checked_mul(*unit))
        .ok_or_else(wrong)
}

/// A size as a person would write it; reading it gives the same.
pub(super) fn size_text(bytes: u64) -> String {
    for (name, unit) in [
        ("GB", 1_000_000_000),
        ("GiB", 1 << 30),
        ("MB", 1_000_000),
        ("MiB", 1 << 20),
        ("kB", 1_000),
        ("KiB", 1 << 10),
    ] {
        if bytes >= unit && bytes.is_multiple_of(unit) {
            return format!("{}{name}", bytes / unit);
        }
    }
    format!("{bytes}B")
}

/// A web address: http or https, with a host, without name and password.
pub(super) fn web_address(text: &str) -> Result<Url, Wrong> {
    const EXAMPLE: &str = r#"write it in full, such as "https://www.example.org/news/""#;
    const MOST: usize = 2_000;
    if text.len() > MOST {
        return Err(Wrong::new("the address is longer than 2000 bytes", EXAMPLE));
    }
    // Whatever stands before an @ may be a password.
    let shown = || quote(text.rsplit('@').next().unwrap_or_default());
    let url = Url::parse(text.trim())
        .map_err(|error| Wrong::new(format!("{} is no web address ({error})", shown()), EXAMPLE))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Wrong::new(
            format!("{} begins with neither http:// nor https://", shown()),
            EXAMPLE,
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::new(
            "a name or a password stands in the address",
            "leave it out: addresses are shown to everybody",
        ));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(Wrong::new(format!("{} names no host", shown()), EXAMPLE));
    }
    Ok(url)
}

/// A time zone by its IANA name.
pub(super) fn time_zone(text: &str) -> Result<TimeZone, Wrong> {
    TimeZone::get(text).map_err(|_| {
        Wrong::new(
            format!("{} is no time zone", quote(text)),
            r#"write the name that the IANA database has, such as "Europe/Bucharest", "Europe/Riga", "Europe/Chisinau" or "UTC""#,
        )
    })
}

/// A language code.
pub(super) fn language(text: &str) -> Result<Language, Wrong> {
    const EXAMPLE: &str = r#"write a code of ISO 639, such as "ro", "lv", "ru" or "en""#;
    const NAMES: [(&str, Language); 5] = [
        ("romanian", Language::RO),
        ("latvian", Language::LV),
        ("russian", Language::RU),
        ("english", Language::EN),
        ("ukrainian", Language::UK),
    ];
    let meant = Language::from_tag(text).or_else(|| {
        let named = |(name, _): &&(&str, Language)| text.eq_ignore_ascii_case(name);
        NAMES.iter().find(named).map(|(_, language)| *language)
    });
    match text.parse::<Language>() {
        Ok(language) if meant == Some(language) && is_known(language) => Ok(language),
        _ => Err(Wrong::new(
            format!("{} is no language code", quote(text)),
            match meant.filter(|meant| is_known(*meant)) {
                Some(meant) => format!("did you mean “{meant}”?"),
                None => EXAMPLE.into(),
            },
        )),
    }
}

/// ISO 639-1. Codes of three letters are taken as they are: there are thousands.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv \
cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn \
so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

fn is_known(language: Language) -> bool {
    let code = language.as_str();
    code.len() == 3 || LANGUAGES.split(' ').any(|known| known == code)
}

/// ISO 3166-1 alpha-2, with EU, which is reserved there, and XK, which is in common use.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET EU \
FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN \
MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR \
TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// A country code.
pub(super) fn country(text: &str) -> Result<Country, Wrong> {
    const EXAMPLE: &str =
        r#"write a code of ISO 3166-1, such as "RO", "LV" or "MD" ("EU" for the Union)"#;
    let wrong = |hint: &str| Wrong::new(format!("{} is no country code", quote(text)), hint);
    match text.parse::<Country>() {
        Ok(country) if COUNTRIES.split(' ').any(|known| known == country.as_str()) => Ok(country),
        Ok(country) if country.as_str() == "UK" => Err(wrong("did you mean “GB”?")),
        Ok(country) if country.as_str() == "EL" => Err(wrong("did you mean “GR”?")),
        _ => Err(wrong(EXAMPLE)),
    }
}

/// A word of a closed list.
pub(super) fn word<T: Copy>(text: &str, what: &str, words: &[(&str, T)]) -> Result<T, Wrong> {
    let names = || words.iter().map(|(name, _)| *name);
    match words.iter().find(|(name, _)| *name == text) {
        Some((_, value)) => Ok(*value),
        None => Err(Wrong::new(
            format!("{} is no {what}", quote(text)),
            match nearest(text, names()) {
                Some(name) => format!("did you mean “{name}”?"),
                None => format!("write one of {}", names().collect::<Vec<_>>().join(", ")),
            },
        )),
    }
}

/// What an organisation is to the network.
pub(super) fn role(text: &str) -> Result<Role, Wrong> {
    let words: Vec<_> = Role::ALL
        .iter()
        .map(|role| (role.as_str(), *role))
        .collect();
    word(text, "role", &words)
}

/// What an announcement is.
pub(super) fn kind(text: &str) -> Result<Kind, Wrong> {
    let words: Vec<_> = Kind::ALL
        .iter()
        .map(|kind| (kind.as_str(), *kind))
        .collect();
    word(text, "kind", &words)
}

/// A mail address: `local@domain` as RFC 5321 limits it, without quoted local parts and address literals, which no
/// mailing list uses.
pub(super) fn mail_address(text: &str) -> Result<String, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is no mail address", quote(text)),
            r#"write it bare, such as "office@example.org""#,
        )
    };
    let (local, domain) = text.rsplit_once('@').ok_or_else(wrong)?;
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let local_good = (1..=64).contains(&local.len())
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let labels = || domain.split('.');
    let domain_good = domain.len() <= 253
        && labels().count() >= 2
        && labels().all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && !labels()
            .next_back()
            .is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    if local_good && domain_good {
        Ok(text.to_owned())
    } else {
        Err(wrong())
    }
}

/// A mail address or a web address.
pub(super) fn contact(text: &str) -> Result<Contact, Wrong> {
    let text = text.trim();
    mail_address(text)
        .map(Contact::Mail)
        .or_else(|_| web_address(text).map(Contact::Web))
        .map_err(|_| {
            Wrong::new(
                // Whatever stands before an @ of a web address may be a password.
                if text.contains("://") {
                    "the contact is no address that can be shown to everybody".to_owned()
                } else {
                    format!("{} is neither a mail address nor a web address", quote(text))
                },
                r#"write one of them, such as "office@example.org" or "https://www.example.org/contact""#,
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_numbers_with_units() {
        for (text, millis) in [
            ("2s", 2_000),
            ("15m", 900_000),
            ("6h", 21_600_000),
            ("1d", 86_400_000),
            ("2w", 1_209_600_000),
            ("500ms", 500),
            ("1h30m", 5_400_000),
            (" 90 s ", 90_000),
            ("0s", 0),
        ] {
            assert_eq!(duration(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for text in [
            "",
            "2",
            "s",
            "2 apples",
            "-2s",
            "1.5h",
            "2S",
            "99999999999999999999s",
            "18446744073709551615w",
            "2ș",
        ] {
            let wrong = duration(text).unwrap_err();
            assert!(wrong.hint.unwrap().contains("\"2s\""), "{text}");
        }
    }

    #[test]
    fn sizes_are_numbers_with_units() {
        for (text, bytes) in [
            ("10MB", 10_000_000),
            ("512KiB", 524_288),
            ("2 GB", 2_000_000_000),
            ("1gib", 1 << 30),
            ("77", 77),
            ("5kb", 5_000),
            ("0B", 0),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in [
            "",
            "MB",
            "10 apples",
            "-1MB",
            "1.5MB",
            "99999999999GB",
            "10 MB ",
        ] {
            assert_eq!(size(text).is_ok(), text == "10 MB ", "{text}");
        }
    }

    #[test]
    fn codes_are_checked_and_common_slips_put_right() {
        assert_eq!(country("md"), Ok(Country::MD));
        assert_eq!(
            country("UK").unwrap_err().hint.unwrap(),
            "did you mean “GB”?"
        );
        for bad in ["", "R", "ROU", "XX", "ŠČ"] {
            assert!(country(bad).is_err(), "{bad}");
        }
        assert_eq!(language("lv"), Ok(Language::LV));
        for (bad, hint) in [
            ("ron", "“ro”"),
            ("RO", "“ro”"),
            ("ro-MD", "“ro”"),
            ("mo", "“ro”"),
            ("Latvian", "“lv”"),
            ("xx", "ISO 639"),
        ] {
            assert!(
                language(bad).unwrap_err().hint.unwrap().contains(hint),
                "{bad}"
            );
        }
    }

    #[test]
    fn addresses_are_of_the_web_and_bare() {
        for good in [
            "https://fonss.ro/stiri/",
            "http://[::1]:8080/",
            "https://живу.md/",
        ] {
            assert!(web_address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "fonss.ro",
            "ftp://fonss.ro/",
            "javascript:alert(1)",
            "https://a:b@fonss.ro/",
            "https://",
            "/stiri",
            "mailto:a@b.ro",
        ] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
        for good in ["office@fonss.ro", "a.b+c@x-y.example.lv", "info@žurnāls.lv"] {
            assert!(mail_address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "office",
            "@fonss.ro",
            "a@b",
            "a b@c.ro",
            "Ion <ion@a.ro>",
            "a@b..ro",
            "a@-b.ro",
            "a..b@c.ro",
            "a@1.2.3.4",
            "a@b.ro, c@d.ro",
        ] {
            assert!(mail_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_contact_is_a_mail_or_a_web_address() {
        for (good, href) in [
            ("office@fonss.ro", "mailto:office@fonss.ro"),
            (" a?b%c@x.lv ", "mailto:a%3Fb%25c@x.lv"),
            ("https://fonss.ro/contact", "https://fonss.ro/contact"),
        ] {
            let contact = contact(good).unwrap();
            assert_eq!(contact.href(), href);
            assert!(good.contains(&contact.to_string()), "{good}");
        }
        for bad in [
            "",
            "FONSS",
            "+40 21 000 00 00",
            "mailto:a@b.ro",
            "javascript:alert(1)",
            "https://a:b@fonss.ro/",
        ] {
            let wrong = contact(bad).unwrap_err();
            assert!(wrong.hint.unwrap().contains("office@example.org"), "{bad}");
            assert!(!wrong.message.contains("a:b"), "{bad}");
        }
    }

    #[test]
    fn zones_are_those_of_the_database() {
        assert!(time_zone("Europe/Chisinau").is_ok());
        for bad in [
            "",
            "Romania time",
            "Europe/Cluj",
            "+02:00",
            "../../etc/passwd",
        ] {
            assert!(time_zone(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn durations_and_sizes_read_back_as_written(millis in 0_u64..u64::MAX / 2) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(duration(&duration_text(span)), Ok(span));
            prop_assert_eq!(size(&size_text(millis)), Ok(millis));
        }

        #[test]
        fn no_text_is_too_odd(text in ".{0,40}") {
            let _ = (duration(&text), size(&text), web_address(&text), language(&text), country(&text), mail_address(&text), time_zone(&text));
        }
    }
}
