//! When a simulated organisation publishes.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// An organisation's habits.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Occasions a week when it is at work, from one a month to several a day.
    rate: f64,
    /// How regular: gaps are Erlang-distributed with this shape; 1 is pure chance.
    shape: u32,
    /// How much of the rate is left on Saturdays and Sundays.
    weekend: f64,
    /// Chance of one more announcement within the hour, again and again.
    burst: f64,
    /// Days of the year from which to which it is on holiday in summer, if it is.
    summer: Option<(i16, i16)>,
    /// The same at Christmas: from December into January.
    christmas: Option<(i16, i16)>,
    /// What is left of the rate in July and August, when it is not on holiday.
    slow: f64,
    /// Seasons of calls: how much more in spring and autumn, and less between.
    season: f64,
}

impl Habits {
    pub fn any(rng: &mut fastrand::Rng) -> Self {
        let (least, most) = (0.25_f64.ln(), 20.0_f64.ln());
        let from = rng.i16(198..222);
        Self {
            rate: (least + (most - least) * rng.f64()).exp(),
            shape: rng.u32(1..=3),
            weekend: [0.0, 0.1, 0.3, 1.0][rng.usize(0..4)],
            burst: [0.0, 0.2, 0.5][rng.usize(0..3)],
            summer: (rng.f64() < 0.4).then(|| (from, (from + rng.i16(14..32)).min(244))),
            christmas: (rng.f64() < 0.9).then(|| (rng.i16(354..359), rng.i16(3..11))),
            slow: [0.5, 0.75, 1.0][rng.usize(0..3)],
            season: [0.0, 0.0, 0.3][rng.usize(0..3)],
        }
    }

    /// Whether it is on one of its yearly holidays.
    pub fn rests(&self, day: Date) -> bool {
        let of_year = day.day_of_year();
        let summer = self
            .summer
            .is_some_and(|(from, to)| (from..=to).contains(&of_year));
        let christmas = self
            .christmas
            .is_some_and(|(from, to)| of_year >= from || of_year <= to);
        summer || christmas
    }

    fn on(&self, day: Date) -> f64 {
        if self.rests(day) {
            return 0.0;
        }
        let of_year = day.day_of_year();
        let mut rate = self.rate / 7.0;
        if matches!(
            day.weekday(),
            jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
        ) {
            rate *= self.weekend;
        }
        if (182..244).contains(&of_year) {
            rate *= self.slow;
        }
        let spring_and_autumn = matches!(day.month(), 3..=5 | 9..=11);
        rate * if spring_and_autumn {
            1.0 + self.season
        } else {
            1.0 - self.season
        }
    }

    /// What it publishes between two moments: the times of its announcements, in order.
    pub fn publish(
        &self,
        rng: &mut fastrand::Rng,
        from: Timestamp,
        to: Timestamp,
    ) -> Vec<Timestamp> {
        let mut times = Vec::new();
        let mut left = self.gap(rng);
        let mut day = from.to_zoned(TimeZone::UTC).date();
        let last = to.to_zoned(TimeZone::UTC).date();
        while day < last {
            let rate = self.on(day);
            let mut room = rate;
            while left < room {
                // Offices work from six to seventeen o'clock, UTC.
                let share = 1.0 - (room - left) / rate;
                let seconds = 6 * 3600 + (share * 11.0 * 3600.0) as i64 + rng.i64(0..600);
                let at = day.to_zoned(TimeZone::UTC).unwrap().timestamp();
                let mut at = at + SignedDuration::from_secs(seconds);
                times.push(at);
                while rng.f64() < self.burst {
                    at += SignedDuration::from_secs(rng.i64(60..1800));
                    times.push(at);
                }
                room -= left;
                left = self.gap(rng);
            }
            left -= room;
            day = day.tomorrow().unwrap();
        }
        times.sort();
        times
    }

    /// A gap in occasions: Erlang with mean 1.
    fn gap(&self, rng: &mut fastrand::Rng) -> f64 {
        let sum: f64 = (0..self.shape).map(|_| -(1.0 - rng.f64()).ln()).sum();
        sum / f64::from(self.shape)
    }
}
