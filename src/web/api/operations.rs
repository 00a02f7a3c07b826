//! The operations of the API: what each takes, an example of what it answers, and what leads from it.

/// An operation of the API: all are reads.
pub(super) struct Operation {
    /// As the router has it.
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    /// Names of what its query takes.
    pub(super) query: &'static [&'static str],
    /// The components for these, and for the path.
    pub(super) parameters: &'static [&'static str],
    pub(super) example: &'static str,
    /// Where to go from its answer: name, operation, parameter, and where in the answer its value is.
    pub(super) links: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

const LIST: &[&str] = &["limit", "cursor", "ui"];
const LIST_PARAMETERS: &[&str] = &["limit", "listCursor", "ui"];

pub(super) const SEARCH: Operation = Operation {
    path: "/api/v1/search",
    id: "search",
    query: &[
        "q", "lang", "country", "source", "role", "topic", "kind", "from", "to", "deadline",
        "event", "cross", "sort", "limit", "cursor", "ui",
    ],
    parameters: &[
        "q",
        "lang",
        "country",
        "source",
        "role",
        "topic",
        "kind",
        "from",
        "to",
        "deadline",
        "event",
        "cross",
        "sort",
        "limit",
        "searchCursor",
        "ui",
    ],
    example: include_str!("openapi/search.json"),
    links: &[("item", "item", "id", "$response.body#/items/0/id")],
};
pub(super) const ITEM: Operation = Operation {
    path: "/api/v1/items/{id}",
    id: "item",
    query: &["ui"],
    parameters: &["itemId", "ui"],
    example: include_str!("openapi/item.json"),
    links: &[("source", "source", "id", "$response.body#/source/id")],
};
pub(super) const SOURCES: Operation = Operation {
    path: "/api/v1/sources",
    id: "sources",
    query: LIST,
    parameters: LIST_PARAMETERS,
    example: include_str!("openapi/sources.json"),
    links: &[("source", "source", "id", "$response.body#/items/0/id")],
};
pub(super) const SOURCE: Operation = Operation {
    path: "/api/v1/sources/{id}",
    id: "source",
    query: &["ui"],
    parameters: &["sourceId", "ui"],
    example: include_str!("openapi/source.json"),
    links: &[],
};
pub(super) const TOPICS: Operation = Operation {
    path: "/api/v1/topics",
    id: "topics",
    query: LIST,
    parameters: LIST_PARAMETERS,
    example: include_str!("openapi/topics.json"),
    links: &[],
};
pub(super) const DIGESTS: Operation = Operation {
    path: "/api/v1/digests",
    id: "digests",
    query: LIST,
    parameters: LIST_PARAMETERS,
    example: include_str!("openapi/digests.json"),
    links: &[],
};

/// All of them.
pub(super) const ALL: [&Operation; 6] = [&SEARCH, &ITEM, &SOURCES, &SOURCE, &TOPICS, &DIGESTS];
