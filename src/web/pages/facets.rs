//! Filters as links with how many results each would leave.

use super::Link;
use crate::domain::SearchRequest;
use crate::search::Facets;
use crate::web::context::Context;
use crate::web::wording::capital;

/// Values of a filter shown at once; the rest is folded away.
const SHOWN: usize = 8;
/// Most values of a filter offered.
const OFFERED: usize = 40;

/// Values of one filter with their counts.
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) shown: Vec<Value>,
    pub(crate) more: Vec<Value>,
}

/// A value of a filter.
pub(crate) struct Value {
    pub(crate) label: String,
    pub(crate) count: String,
    pub(crate) href: String,
    pub(crate) active: bool,
}

/// The page whose address carries a search: the search page, or one that stands for a part of all searches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Its path.
    pub(crate) path: &'static str,
    /// What it adds to its address by itself: parameters and their values.
    pub(crate) implied: &'static [(&'static str, &'static str)],
}

/// The search page.
pub(crate) const EVERYWHERE: Place = Place {
    path: "/",
    implied: &[],
};

impl Place {
    /// The address of a search there.
    pub(crate) fn href(self, context: &Context, request: &SearchRequest) -> String {
        context.link(self.path, &self.pairs(request))
    }

    /// The parameters that its address needs.
    pub(crate) fn pairs(self, request: &SearchRequest) -> Vec<(&'static str, String)> {
        let mut pairs = request.to_pairs();
        pairs.retain(|(name, value)| !self.implied.contains(&(*name, value.as_str())));
        pairs
    }

    /// The same search with one value of a filter added, or taken away where it has it.
    pub(crate) fn toggled(
        self,
        context: &Context,
        request: &SearchRequest,
        name: &'static str,
        value: &str,
    ) -> String {
        let mut pairs = self.pairs(request);
        let before = pairs.len();
        pairs.retain(|(n, v)| !(*n == name && v == value));
        if pairs.len() == before {
            pairs.push((name, value.to_owned()));
        }
        context.link(self.path, &pairs)
    }

    /// The filters that are on, each as a link that takes it off.
    pub(crate) fn chips(self, context: &Context, request: &SearchRequest) -> Vec<Link> {
        context
            .filters(request)
            .into_iter()
            .filter(|(name, value, _)| !self.implied.contains(&(*name, value.as_str())))
            .map(|(name, value, label)| Link {
                href: self.toggled(context, request, name, &value),
                label,
                current: true,
            })
            .collect()
    }

    /// The filters that can be put on; those that the place implies are left out.
    pub(crate) fn groups(
        self,
        context: &Context,
        request: &SearchRequest,
        counts: &Facets,
    ) -> Vec<Group> {
        let active = request.to_pairs();
        [
            ("kind", &counts.kind),
            ("lang", &counts.lang),
            ("country", &counts.country),
            ("topic", &counts.topic),
            ("role", &counts.role),
            ("source", &counts.source),
        ]
        .into_iter()
        .filter(|(name, counts)| {
            !counts.is_empty() && !self.implied.iter().any(|(implied, _)| implied == name)
        })
        // One value that all have says nothing, unless it is what was chosen.
        .filter(|(name, counts)| counts.len() > 1 || active.iter().any(|(n, _)| n == name))
        .map(|(name, counts)| {
            let mut values: Vec<Value> = counts
                .iter()
                .take(OFFERED)
                .map(|(value, count)| Value {
                    label: capital(&context.label(name, value)),
                    count: context.ui.number(*count),
                    href: self.toggled(context, request, name, value),
                    active: active.iter().any(|(n, v)| *n == name && v == value),
                })
                .collect();
            // What is chosen is never folded away.
            values.sort_by_key(|value| !value.active);
            let more = values.split_off(values.len().min(SHOWN));
            Group {
                name,
                label: context.ui.word("facet", name),
                shown: values,
                more,
            }
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::samples;
    use crate::web::params::Pairs;

    #[test]
    fn a_filter_that_is_on_is_taken_off_by_its_link() {
        let context = samples::context("/", "");
        let request = Pairs::parse(Some("q=a&lang=ro&lang=lv")).request().unwrap();
        let toggled = |name, value| EVERYWHERE.toggled(&context, &request, name, value);
        assert_eq!(toggled("lang", "ro"), "/?q=a&lang=lv");
        assert_eq!(toggled("kind", "call"), "/?q=a&lang=ro&lang=lv&kind=call");
    }

    #[test]
    fn what_a_place_implies_is_neither_in_its_address_nor_a_filter_to_take_off() {
        const CALLS: Place = Place {
            path: "/calls",
            implied: &[("kind", "call")],
        };
        let context = samples::context("/calls", "");
        let request = Pairs::parse(Some("kind=call&country=MD"))
            .request()
            .unwrap();
        assert_eq!(CALLS.href(&context, &request), "/calls?country=MD");
        let chips = CALLS.chips(&context, &request);
        assert_eq!(chips.len(), 1);
        assert_eq!(chips[0].href, "/calls");
        let counts = Facets {
            kind: vec![("call".into(), 1)],
            lang: vec![("ro".into(), 1), ("ru".into(), 1)],
            role: vec![("member".into(), 2)],
            ..Facets::default()
        };
        let groups = CALLS.groups(&context, &request, &counts);
        let names: Vec<&str> = groups.iter().map(|group| group.name).collect();
        assert_eq!(names, ["lang"]);
        assert_eq!(groups[0].shown[0].href, "/calls?country=MD&lang=ro");
    }
}
