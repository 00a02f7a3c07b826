//! How long to wait before something is called a fault.

use jiff::SignedDuration;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The thresholds of all detectors. What they are in days was tuned on simulated years: `benches/health.rs`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience {
    /// A fault that hardly ever passes by itself (404, a name that does not resolve) must have lasted at least so long.
    pub certain: SignedDuration,
    /// An outage must have lasted so long, or a usual gap of the source, whichever is less…
    pub outage: SignedDuration,
    /// …but never less than this.
    pub outage_least: SignedDuration,
    /// How long before its end a certificate is told: most are renewed 30 days before.
    pub certificate: SignedDuration,
    /// How long vesti's own deeds stay among the findings, and how long “not modified” is distrusted.
    pub notes: SignedDuration,
    /// A source is not called silent before this.
    pub silence: SignedDuration,
    /// …nor while its pause is one that comes by chance more often than once in so many months: the natural logarithm of that…
    pub odds: f64,
    /// …nor before so many times the fourth longest pause of the last fourteen months.
    pub pauses: f64,
    /// The same for a source whose rhythm is not known yet.
    pub unknown: SignedDuration,
    /// How often the page of a site is looked at beside its feed, at most.
    pub look: SignedDuration,
    /// The same while the feed keeps its rhythm.
    pub rare_look: SignedDuration,
    /// How long a feed may take to have what its page has.
    pub settle: SignedDuration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            certain: SignedDuration::from_secs(HOUR),
            outage: SignedDuration::from_secs(20 * HOUR),
            outage_least: SignedDuration::from_secs(6 * HOUR),
            certificate: SignedDuration::from_secs(14 * DAY),
            notes: SignedDuration::from_secs(30 * DAY),
            silence: SignedDuration::from_secs(5 * DAY),
            odds: 4.2,
            pauses: 1.3,
            unknown: SignedDuration::from_secs(90 * DAY),
            look: SignedDuration::from_secs(DAY),
            rare_look: SignedDuration::from_secs(14 * DAY),
            settle: SignedDuration::from_secs(12 * HOUR),
        }
    }
}

impl Patience {
    /// The same in a hurry: whatever has to be seen again to be believed is believed after this part of the usual time.
    /// Rhythms, certificates and notes keep their time, since they are not ours to hurry.
    #[must_use]
    pub fn hurried(self, factor: f64) -> Self {
        let less = |time: SignedDuration| time.mul_f64(factor.clamp(0.0, 1.0));
        Self {
            certain: less(self.certain),
            outage: less(self.outage),
            outage_least: less(self.outage_least),
            look: less(self.look),
            rare_look: less(self.rare_look),
            settle: less(self.settle),
            ..self
        }
    }
}
