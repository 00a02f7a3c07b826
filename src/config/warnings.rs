use super::Config;

impl Config {
    /// What is allowed but perhaps not meant, a line each.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let agent = &self.settings.crawler.user_agent;
        if !(agent.contains('@') || agent.contains("://")) {
            warnings.push(
                "crawler.user_agent names no contact: add a mail or web address, so that the owner of a site can \
                 reach you before blocking you"
                    .into(),
            );
        }
        if !self.settings.crawler.robots {
            warnings.push(
                "crawler.robots is false: pages are read that their owners ask robots to leave alone".into(),
            );
        }
        if self.settings.feeds.hub.is_some() && self.settings.server.public_url.is_none() {
            warnings.push(
                "feeds.hub is set and server.public_url is not: the hub cannot fetch what changed, as it does not know from where"
                    .into(),
            );
        }
        if self.sources.iter().all(|source| source.paused) {
            warnings.push("there is no source to visit: add one to sources.toml".into());
        }
        for digest in self
            .digests
            .iter()
            .filter(|digest| !digest.recipients.is_empty() && self.settings.mail.is_none())
        {
            warnings.push(format!(
                "digest “{}” has recipients, but no mail server is named: set mail.host, or offer them its feed",
                digest.id
            ));
        }
        warnings
    }
}
