//! Stretches of time, counted as each language counts.

use crate::delivery::words::Ui;

/// What stands before the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// “for 40 days”
    During,
    /// “every 3 days”
    Every,
}

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// Seconds as days, or as hours where that is less than two days.
pub(super) fn counted(ui: Ui, seconds: u64, case: Case) -> String {
    if seconds >= 2 * DAY {
        number(ui, (seconds + DAY / 2) / DAY, case, true)
    } else {
        number(ui, ((seconds + HOUR / 2) / HOUR).max(1), case, false)
    }
}

fn number(ui: Ui, count: u64, case: Case, days: bool) -> String {
    let (tens, ones) = (count % 100, count % 10);
    let unit = match ui {
        Ui::Ro => match (count, days) {
            (1, true) => "zi",
            (1, false) => "oră",
            (_, true) if tens == 0 || tens >= 20 => "de zile",
            (_, false) if tens == 0 || tens >= 20 => "de ore",
            (_, true) => "zile",
            (_, false) => "ore",
        },
        Ui::Lv => {
            let one = ones == 1 && tens != 11;
            match (one, days, case) {
                (true, true, Case::During) => "dienu",
                (true, false, Case::During) => "stundu",
                (false, true, Case::During) | (true, true, Case::Every) => "dienas",
                (false, false, Case::During) | (true, false, Case::Every) => "stundas",
                (false, true, Case::Every) => "dienām",
                (false, false, Case::Every) => "stundām",
            }
        }
        Ui::Ru => match (ones, days) {
            (1, true) if tens != 11 => "день",
            (1, false) if tens != 11 => "час",
            (2..=4, true) if !(12..=14).contains(&tens) => "дня",
            (2..=4, false) if !(12..=14).contains(&tens) => "часа",
            (_, true) => "дней",
            (_, false) => "часов",
        },
        Ui::En => match (count, days) {
            (1, true) => "day",
            (1, false) => "hour",
            (_, true) => "days",
            (_, false) => "hours",
        },
    };
    format!("{count} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_counts_in_its_own_way() {
        let days = |ui, count: u64, case| counted(ui, count * DAY, case);
        assert_eq!(days(Ui::Ro, 3, Case::Every), "3 zile");
        assert_eq!(days(Ui::Ro, 40, Case::During), "40 de zile");
        assert_eq!(days(Ui::Ro, 101, Case::During), "101 zile");
        assert_eq!(days(Ui::Lv, 3, Case::Every), "3 dienām");
        assert_eq!(days(Ui::Lv, 21, Case::Every), "21 dienas");
        assert_eq!(days(Ui::Lv, 21, Case::During), "21 dienu");
        assert_eq!(days(Ui::Lv, 11, Case::During), "11 dienas");
        assert_eq!(days(Ui::Ru, 3, Case::Every), "3 дня");
        assert_eq!(days(Ui::Ru, 12, Case::During), "12 дней");
        assert_eq!(days(Ui::Ru, 41, Case::During), "41 день");
        assert_eq!(days(Ui::En, 40, Case::During), "40 days");
        assert_eq!(counted(Ui::En, 5 * HOUR, Case::Every), "5 hours");
        assert_eq!(counted(Ui::Ru, 22 * HOUR, Case::Every), "22 часа");
        assert_eq!(counted(Ui::En, 30, Case::Every), "1 hour");
    }
}
