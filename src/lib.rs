//! vesti: news and announcements of the social sector, from many sites, in several languages, in one place.
//!
//! Data flow one way: configuration → schedule → fetch → read → understand → store → index → serve.
//! The modules below stand in that order, and each uses only those above it (`tests/house.rs` fails otherwise;
//! the blank lines keep rustfmt from sorting them by name).

pub mod domain;

pub mod clock;

pub mod config;

pub mod reading;

pub mod understanding;

pub mod store;

pub mod search;

pub mod crawling;

pub mod delivery;

pub mod web;

pub mod demo;

pub mod cli;
