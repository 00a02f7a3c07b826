//! What is known of where a text should be, beside its form: behind the title, begun as the head of the page quotes it, in
//! nothing that is named after furniture.

use super::names::Attr;
use super::tree::Tree;

/// Words in the names of what holds something other than an article, however long.
const SUSPECT: [&str; 24] = [
    "comment",
    "koment",
    "coment",
    "kommentar",
    "footer",
    "stopka",
    "subsol",
    "copy",
    "legal",
    "rules",
    "related",
    "similar",
    "teaser",
    "sidebar",
    "modal",
    "popup",
    "disclaimer",
    "review",
    "forum",
    "replies",
    "promo",
    "recommend",
    "banner",
    "login",
];

/// What else is known of where the text should be.
pub(super) struct Judge<'t, 'a> {
    tree: &'t Tree<'a>,
    title: Option<usize>,
    /// Texts that the head of the page quotes.
    leads: Vec<usize>,
    /// Characters of text before each node that are in no link.
    before: Vec<u32>,
}

impl<'t, 'a> Judge<'t, 'a> {
    pub fn new(tree: &'t Tree<'a>, title: Option<usize>, description: Option<&str>) -> Self {
        let mut before = Vec::with_capacity(tree.nodes.len() + 1);
        let mut sum = 0_u32;
        before.push(0);
        for node in &tree.nodes {
            if node.is_text() && !node.junk {
                sum += (node.chars - node.linked) as u32;
            }
            before.push(sum);
        }
        let lead: String = description
            .map(|text| {
                text.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .take(LEAD)
                    .collect()
            })
            .unwrap_or_default();
        let leads = if lead.chars().count() < LEAD {
            Vec::new()
        } else {
            tree.nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| !node.junk && node.is_text() && node.letters >= LEAD)
                .filter(|(_, node)| {
                    let mut letters = node
                        .text
                        .chars()
                        .filter(|c| c.is_alphanumeric())
                        .flat_map(char::to_lowercase);
                    lead.chars().all(|c| letters.next() == Some(c))
                })
                .map(|(index, _)| index)
                .take(5)
                .collect()
        };
        Self {
            tree,
            title,
            leads,
            before,
        }
    }

    /// The chosen parts with the paragraph between title and text that leads in to it, where it stands apart.
    pub fn with_lead(&self, mut chosen: Vec<usize>) -> Vec<usize> {
        let (Some(title), Some(first)) = (self.title, chosen.first().copied()) else {
            return chosen;
        };
        let (from, nodes) = (self.tree.nodes[title].end, &self.tree.nodes);
        if first <= from || first - from > FAR {
            return chosen;
        }
        let quoted_within = chosen.iter().any(|part| {
            self.leads
                .iter()
                .any(|lead| (*part..nodes[*part].end).contains(lead))
        });
        let mut found = None;
        let mut index = from;
        while index < first {
            let node = &nodes[index];
            if node.junk {
                index = node.end.max(index + 1);
                continue;
            }
            let apart = !node.is_text()
                && node.block == index
                && node.end <= first
                && node.own >= 40
                && node.own_linked * 5 < node.own
                && node.chars < 1_500;
            if apart {
                let quoted = !quoted_within
                    && self
                        .leads
                        .iter()
                        .any(|lead| (index..node.end).contains(lead));
                let named = node.own >= 60 && {
                    let mut at = index;
                    let mut named = false;
                    for _ in 0..3 {
                        named |= nodes[at].marks().take(20).any(|name| {
                            let name = name.to_ascii_lowercase();
                            LEADS.iter().any(|stem| name.contains(stem))
                        }) || nodes[at]
                            .attr(Attr::ItemProp)
                            .is_some_and(|prop| prop == "description");
                        at = nodes[at].parent;
                        if at <= title && nodes[at].end > title {
                            break;
                        }
                    }
                    named
                };
                if quoted || named {
                    found = Some(index);
                    break;
                }
            }
            index += 1;
        }
        if let Some(lead) = found.filter(|lead| !self.repeats(&chosen, *lead)) {
            chosen.insert(0, lead);
        }
        chosen
    }

    /// Whether the chosen parts say what a paragraph begins with.
    fn repeats(&self, chosen: &[usize], lead: usize) -> bool {
        let letters = |range: std::ops::Range<usize>, most: usize| -> String {
            self.tree.nodes[range]
                .iter()
                .filter(|node| node.is_text() && !node.junk)
                .flat_map(|node| node.text.chars())
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .take(most)
                .collect()
        };
        let begun = letters(lead..self.tree.nodes[lead].end, 50);
        chosen
            .iter()
            .any(|part| letters(*part..self.tree.nodes[*part].end, 4_000).contains(&begun))
    }

    /// By how much more or less a node is to be believed than its text makes it look.
    pub fn factor(&self, index: usize) -> f64 {
        let node = &self.tree.nodes[index];
        let mut factor = 1.0;
        if let Some(title) = self.title {
            if node.end <= title {
                factor *= 0.3;
            } else if index > title {
                let gap = f64::from(self.before[index] - self.before[title]);
                let own = (node.chars - node.linked) as f64;
                factor *= 1.0 / (1.0 + gap / (own + 200.0));
            }
        }
        if self
            .leads
            .iter()
            .any(|lead| (index..node.end).contains(lead))
        {
            factor *= 1.5;
        }
        let mut at = index;
        for _ in 0..5 {
            let node = &self.tree.nodes[at];
            if node.marks().take(20).any(|name| {
                let name = name.to_ascii_lowercase();
                SUSPECT.iter().any(|word| name.contains(word))
            }) && self
                .title
                .is_none_or(|title| !(at..node.end).contains(&title))
            {
                factor *= 0.5;
            }
            if node.parent == at {
                break;
            }
            at = node.parent;
        }
        factor
    }
}

/// Stems of names of the paragraph that stands apart before a text.
const LEADS: [&str; 16] = [
    "lead",
    "intro",
    "summary",
    "standfirst",
    "subtitle",
    "subhead",
    "subline",
    "excerpt",
    "chapo",
    "perex",
    "anons",
    "sapou",
    "deck",
    "sommario",
    "entradilla",
    "ingress",
];

/// Nodes between title and text beyond which a paragraph leads in to something else.
const FAR: usize = 400;

/// Letters of a description that must be found at the beginning of a text.
const LEAD: usize = 30;
