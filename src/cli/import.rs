//! `vesti import`

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Context;
use crate::delivery::{OpmlEntry, Usual, adopted, entry_name, read_opml};
use crate::domain::{CanonicalUrl, Country, Role, Source, SourceId, slug};

/// Sources from an OPML file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file
    pub file: PathBuf,
    /// The country of sources whose address or folder does not tell (ISO 3166-1)
    #[arg(long, default_value = "EU")]
    pub country: Country,
    /// What the new sources are to the network: founder, member, partner, authority, media or eu
    #[arg(long, default_value = "partner")]
    pub role: Role,
}

/// Adds the feeds that are not known yet to `sources.toml`, and says of each what became of it.
pub(super) fn run(args: &Args, context: &Context) -> anyhow::Result<()> {
    let bytes = std::fs::read(&args.file)
        .with_context(|| format!("{} cannot be read", args.file.display()))?;
    let entries =
        read_opml(&bytes).with_context(|| format!("{} cannot be imported", args.file.display()))?;
    let folder = context.config.parent().unwrap_or(Path::new("."));
    let path = folder.join("sources.toml");
    let text = read(&path)?;
    let mut known = Known::of(&text)
        .with_context(|| format!("{} has a mistake; vesti check says where", path.display()))?;
    let mut blocks = String::new();
    let mut added = 0;
    for entry in &entries {
        let name = entry_name(entry);
        if known.has(entry) {
            println!("known    {name}  {}", entry.feed);
            continue;
        }
        let usual = Usual {
            country: args.country,
            role: args.role,
        };
        let source = adopted(usual, entry, known.id(&name)?);
        println!("added    {}  {}", source.id, entry.feed);
        blocks.push('\n');
        blocks.push_str(&crate::config::source_block(&source));
        known.add(&source);
        added += 1;
    }
    if added > 0 {
        append(&path, &text, &blocks)?;
    }
    println!(
        "{added} of {} added to {}; look at country, role and languages of the new ones",
        entries.len(),
        path.display()
    );
    Ok(())
}

/// What the file has already.
#[derive(Default)]
struct Known {
    ids: HashSet<String>,
    /// Canonical addresses of feeds.
    feeds: HashSet<CanonicalUrl>,
    /// Canonical addresses of sites whose feed is not given: vesti finds it.
    sites: HashSet<CanonicalUrl>,
}

impl Known {
    fn of(text: &str) -> anyhow::Result<Self> {
        let file: toml::Table = text.parse()?;
        let mut known = Self::default();
        let sources = file.get("source").and_then(toml::Value::as_array);
        for source in sources.into_iter().flatten() {
            let url = |key: &str| {
                let url = url::Url::parse(source.get(key)?.as_str()?).ok()?;
                Some(CanonicalUrl::of(&url))
            };
            if let Some(id) = source.get("id").and_then(toml::Value::as_str) {
                known.ids.insert(id.to_owned());
            }
            let feed = url("feed");
            if feed.is_none() {
                known.sites.extend(url("url"));
            }
            known.feeds.extend(feed);
            known.feeds.extend(url("url"));
        }
        Ok(known)
    }

    fn has(&self, entry: &OpmlEntry) -> bool {
        let site = entry.home.as_ref().map(CanonicalUrl::of);
        self.feeds.contains(&CanonicalUrl::of(&entry.feed))
            || site.is_some_and(|site| self.sites.contains(&site))
    }

    fn add(&mut self, source: &Source) {
        self.ids.insert(source.id.to_string());
        let addresses = [&source.feed, &source.url];
        self.feeds
            .extend(addresses.into_iter().flatten().map(CanonicalUrl::of));
    }

    /// An id made of a name that no source has yet.
    fn id(&self, name: &str) -> anyhow::Result<SourceId> {
        let stem = slug(name);
        for number in 1..=MOST_ALIKE {
            let id = if number == 1 {
                stem.clone()
            } else {
                format!("{stem}-{number}")
            };
            if !self.ids.contains(&id) {
                return Ok(id.parse()?);
            }
        }
        bail!("more than {MOST_ALIKE} sources are called “{name}”: give them different titles");
    }
}

/// Sources of one name that get ids of their own.
const MOST_ALIKE: u32 = 10_000;

/// The file's text; none where there is no file yet.
fn read(path: &Path) -> anyhow::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Writes the file anew with the blocks after what it had, byte for byte: whole, or not at all.
fn append(path: &Path, text: &str, blocks: &str) -> anyhow::Result<()> {
    let mut whole = text.to_owned();
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push('\n');
    }
    whole.push_str(if whole.is_empty() {
        blocks.trim_start()
    } else {
        blocks
    });
    if whole.parse::<toml::Table>().is_err() {
        bail!(
            "{} cannot be added to: write its sources as [[source]] blocks",
            path.display()
        );
    }
    // Through a link to where the file is, and beside it, so that the renaming is one step.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside: PathBuf = folder.join(format!(".sources.toml.{}", std::process::id()));
    let written =
        write_synced(&beside, &path, &whole).and_then(|()| std::fs::rename(&beside, &path));
    if let Err(error) = written {
        let _ = std::fs::remove_file(&beside);
        return Err(error).with_context(|| format!("{} cannot be written", path.display()));
    }
    Ok(())
}

fn write_synced(beside: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = std::fs::File::create(beside)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = std::fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opml(body: &str) -> String {
        format!("<opml version='2.0'><body>{body}</body></opml>")
    }

    fn import(config: &Path, body: &str) -> anyhow::Result<String> {
        let file = config.with_file_name("in.opml");
        std::fs::write(&file, opml(body)).unwrap();
        let args = Args {
            file,
            country: Country::EU,
            role: Role::Media,
        };
        let context = Context {
            config: config.to_owned(),
            data: None,
        };
        run(&args, &context)?;
        Ok(std::fs::read_to_string(config.with_file_name("sources.toml")).unwrap())
    }

    #[test]
    fn new_feeds_are_added_and_the_rest_stays_byte_for_byte() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("vesti.toml");
        let before = "# ours\r\n[[source]]\nid = \"fonss\"   # first\nname='FONSS'\nurl = \"https://www.fonss.ro/\"\ncountry = \"RO\"\nrole = \"member\"\nlanguages = [\"ro\"]";
        std::fs::write(folder.path().join("sources.toml"), before).unwrap();
        let body = "<outline text='LV'><outline text='Biedrība “Ēka”' xmlUrl='https://eka.lv/feed' htmlUrl='https://eka.lv/'/></outline>
            <outline text='FONSS' xmlUrl='http://fonss.ro/feed/' htmlUrl='http://fonss.ro'/>
            <outline text='fonss' xmlUrl='https://other.md/rss' language='ru'/>
            <outline text='again' xmlUrl='https://other.md/rss'/>
            <outline text='Новости &quot;О&quot;' xmlUrl='https://news.example.com/rss'/>";
        let after = import(&config, body).unwrap();
        assert!(after.starts_with(before));
        let file: toml::Table = after.parse().unwrap();
        let sources = file["source"].as_array().unwrap();
        let ids: Vec<&str> = sources.iter().map(|s| s["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["fonss", "biedriba-eka", "fonss-2", "novosti-o"]);
        assert_eq!(sources[1]["country"].as_str(), Some("LV"));
        assert_eq!(sources[1]["feed"].as_str(), Some("https://eka.lv/feed"));
        assert_eq!(sources[2]["country"].as_str(), Some("MD"));
        assert_eq!(sources[2]["languages"][0].as_str(), Some("ru"));
        assert_eq!(sources[2]["url"].as_str(), Some("https://other.md/rss"));
        assert_eq!(sources[3]["name"].as_str(), Some("Новости \"О\""));
        assert_eq!(sources[3]["country"].as_str(), Some("EU"));
        // Once more changes nothing, and leaves nothing behind.
        assert_eq!(import(&config, body).unwrap(), after);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_was_added_is_a_valid_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("vesti.toml");
        std::fs::write(&config, "").unwrap();
        let body = "<outline text='A' xmlUrl='https://a.ro/feed' htmlUrl='https://a.ro/'/><outline text='' xmlUrl='https://b.lv/feed'/>";
        import(&config, body).unwrap();
        let loaded = crate::config::Config::load(&config, std::iter::empty()).unwrap();
        let names: Vec<&str> = loaded
            .sources
            .iter()
            .map(|source| source.name.as_str())
            .collect();
        assert_eq!(names, ["A", "b.lv"]);
    }

    #[test]
    fn a_file_that_cannot_be_added_to_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("vesti.toml");
        let path = folder.path().join("sources.toml");
        for before in ["source = []\n", "[[source]\n"] {
            std::fs::write(&path, before).unwrap();
            assert!(import(&config, "<outline text='A' xmlUrl='https://a.ro/feed'/>").is_err());
            assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
        }
    }
}
