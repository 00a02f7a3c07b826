//! The names of elements and attributes that reading a page asks for.

macro_rules! names {
    ($($(#[$meta:meta])* $name:ident $text:literal),* $(,)?) => {
        /// What a node of a page is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Name {
            /// A piece of text.
            Text,
            /// An element of any other name.
            Other,
            $($(#[$meta])* $name,)*
        }

        impl Name {
            /// By the name in small letters.
            pub fn of(text: &str) -> Self {
                match text {
                    $($text => Self::$name,)*
                    _ => Self::Other,
                }
            }

            /// The name of the element; empty for what has none here.
            pub fn text(self) -> &'static str {
                match self {
                    Self::Text | Self::Other => "",
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

names! {
    A "a", Abbr "abbr", Acronym "acronym", Address "address", Area "area", Article "article", Aside "aside", Audio "audio",
    B "b", Base "base", Bdi "bdi", Bdo "bdo", Big "big", Blockquote "blockquote", Body "body", Br "br", Button "button",
    Canvas "canvas", Caption "caption", Center "center", Cite "cite", Code "code", Col "col", Colgroup "colgroup",
    Datalist "datalist", Dd "dd", Del "del", Details "details", Dfn "dfn", Dialog "dialog", Dir "dir", Div "div", Dl "dl", Dt "dt",
    Em "em", Embed "embed", Fieldset "fieldset", Figcaption "figcaption", Figure "figure", Font "font", Footer "footer",
    Form "form", H1 "h1", H2 "h2", H3 "h3", H4 "h4", H5 "h5", H6 "h6", Head "head", Header "header", Hr "hr", Html "html",
    I "i", Iframe "iframe", Img "img", Input "input", Ins "ins", Kbd "kbd", Label "label", Legend "legend", Li "li", Link "link",
    Main "main", Mark "mark", Math "math", Menu "menu", Meta "meta", Nav "nav", Nobr "nobr", Noscript "noscript",
    Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p", Param "param", Picture "picture", Pre "pre", Q "q", Rp "rp", Rt "rt", Ruby "ruby",
    S "s", Samp "samp", Script "script", Section "section", Select "select", Small "small", Source "source", Span "span",
    Strike "strike", Strong "strong", Style "style", Sub "sub", Summary "summary", Sup "sup", Svg "svg", Table "table",
    Tbody "tbody", Td "td", Template "template", Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Time "time",
    Title "title", Tr "tr", Track "track", Tt "tt", U "u", Ul "ul", Var "var", Video "video", Wbr "wbr", Word "o:p",
}

impl Name {
    /// Whether it runs along within a line of text.
    pub fn is_inline(self) -> bool {
        use Name::{
            A, Abbr, Acronym, B, Bdi, Bdo, Big, Br, Cite, Code, Del, Dfn, Em, Font, I, Img, Ins,
            Kbd, Label, Mark, Nobr, Picture, Q, Rp, Rt, Ruby, S, Samp, Small, Source, Span, Strike,
            Strong, Sub, Sup, Time, Tt, U, Var, Wbr, Word,
        };
        matches!(
            self,
            A | Abbr
                | Acronym
                | B
                | Bdi
                | Bdo
                | Big
                | Br
                | Cite
                | Code
                | Del
                | Dfn
                | Em
                | Font
                | I
                | Img
                | Ins
                | Kbd
                | Label
                | Mark
                | Nobr
                | Picture
                | Q
                | Rp
                | Rt
                | Ruby
                | S
                | Samp
                | Small
                | Source
                | Span
                | Strike
                | Strong
                | Sub
                | Sup
                | Time
                | Tt
                | U
                | Var
                | Wbr
                | Word
        )
    }

    /// Whether it has no end tag and holds nothing.
    pub fn is_void(self) -> bool {
        use Name::{
            Area, Base, Br, Col, Embed, Hr, Img, Input, Link, Meta, Param, Source, Track, Wbr,
        };
        matches!(
            self,
            Area | Base
                | Br
                | Col
                | Embed
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Whether nothing in it is shown as text.
    pub fn is_hidden(self) -> bool {
        use Name::{
            Canvas, Iframe, Math, Noscript, Object, Script, Style, Svg, Template, Textarea,
        };
        matches!(
            self,
            Canvas | Iframe | Math | Noscript | Object | Script | Style | Svg | Template | Textarea
        )
    }

    /// Whether its start ends a paragraph, as the HTML standard has it.
    pub fn ends_paragraph(self) -> bool {
        use Name::{
            Address, Article, Aside, Blockquote, Center, Dd, Details, Dialog, Dir, Div, Dl, Dt,
            Fieldset, Figcaption, Figure, Footer, Form, Header, Hr, Li, Main, Menu, Nav, Ol, P,
            Pre, Section, Summary, Table, Ul,
        };
        self.is_heading()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Dir
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hr
                    | Li
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Pre
                    | Section
                    | Summary
                    | Table
                    | Ul
            )
    }

    /// `h1` to `h6`.
    pub fn is_heading(self) -> bool {
        use Name::{H1, H2, H3, H4, H5, H6};
        matches!(self, H1 | H2 | H3 | H4 | H5 | H6)
    }
}

macro_rules! attributes {
    ($($name:ident $text:literal),* $(,)?) => {
        /// An attribute that is asked for; `class` and `id` are fields of the node.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Attr { $($name,)* }

        impl Attr {
            pub fn of(text: &str) -> Option<Self> {
                $(if text.eq_ignore_ascii_case($text) { return Some(Self::$name); })*
                None
            }

            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Its bit in a set of them.
            pub fn bit(self) -> u32 {
                1 << self as u32
            }
        }
    };
}

attributes! {
    Href "href", Src "src", Rel "rel", Role "role", Alt "alt", Title "title", Lang "lang", Start "start", Style "style",
    Hidden "hidden", Pubdate "pubdate", Content "content", Colspan "colspan", Rowspan "rowspan", DataSrc "data-src",
    ItemProp "itemprop", ItemType "itemtype", Property "property", DateTime "datetime", AriaHidden "aria-hidden",
    DataLazySrc "data-lazy-src", DataOriginal "data-original", Open "open",
}
