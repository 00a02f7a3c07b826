//! Text to knowledge: normalising, language, analysis, topics, kind, deadline, identity. Pure.

pub mod changes;
pub mod deadline;
pub mod event;
pub mod excerpt;
pub mod identity;
pub mod kind;
pub mod language;
pub mod matters;
pub mod published;
pub mod stories;
pub mod topics;

mod fnv;
mod moments;
mod phrases;
mod scan;
mod sentences;
mod understand;
mod words;

pub use understand::{topics as topics_of_item, understand};
pub mod analysis;
pub mod normalise;

#[cfg(test)]
mod tests;
