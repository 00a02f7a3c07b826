//! Bytes to items: charset, feed, article, metadata, dates, discovery, sanitising. Pure: no clock, no network, no disk.

pub mod article;
pub mod charset;
pub mod dates;
pub mod discovery;
pub mod document;
pub mod feed;
pub mod hub;
pub mod listing;
mod markup;
pub mod sanitise;
pub mod signs;
pub mod sitemap;
pub mod text;
