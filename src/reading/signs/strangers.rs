//! Words that no organisation of the social sector publishes: those of whoever took over its domain, or broke into its site.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};

use super::page::fold;
use crate::domain::first_chars;

/// What strangers sell, by trade: whole phrases, since single words stand in honest reports as well.
const WARES: &str = "
    casino online | online casino | casino bonus | bonus casino | best casino | casino games | free spins | no deposit bonus | slot machine | online slots | slot online | real money | jackpot
    crypto casino | live dealer | sportsbook | betting tips | online betting | betting odds | bookmaker | poker online | roulette | blackjack | welcome bonus | sign up bonus
    cazino online | cazinou online | cazinouri online | bonus de bun venit | bonus fara depunere | rotiri gratuite | runde gratuite | păcănele | sloturi | jocuri ca la aparate | pariuri sportive | cote pariuri | casa de pariuri | bani reali
    kazino tiešsaistē | tiešsaistes kazino | online kazino | kazino bonus | bezmaksas griezieni | spēļu automāti | sporta likmes | totalizators | bonuss bez depozīta | bez depozīta
    онлайн казино | казино онлайн | игровые автоматы | бездепозитный бонус | фриспины | вулкан казино | ставки на спорт | букмекер | на реальные деньги | бонус за регистрацию | слоты | рулетка | зеркало казино | джекпот
    1xbet | 1win | mostbet | pin-up casino | pin up | melbet | parimatch | vavada | betano | superbet bonus | stake.com | bet365 | casino | казино | cazinou | kazino
    slot gacor | situs slot | judi online | slot88 | togel | bandar bola | agen judi | link alternatif | rtp slot | maxwin | sbobet | scatter hitam | deposit pulsa | judi bola | gacor hari ini
    canlı bahis | deneme bonusu | casino siteleri | bahis siteleri | güncel giriş | nhà cái | cá cược | xổ số | คาสิโน | สล็อต | บาคาร่า | แทงบอล
    博彩 | 娱乐城 | 赌场 | 老虎机 | 彩票 | 体育投注 | 真人 | 开户 | オンラインカジノ | 카지노 | 토토사이트 | 바카라
    viagra | cialis | levitra | kamagra | sildenafil | tadalafil | buy xanax | buy tramadol | without prescription | online pharmacy | cheap pills | erectile dysfunction | виагра | сиалис | купить дженерик | potență
    payday loan | instant loan | loans online | bad credit loan | credit rapid online | imprumut rapid | credit doar cu buletinul | împrumut nebancar | ātrie kredīti | ātrais kredīts | kredīts bez ķīlas | микрозайм | займ онлайн | займы онлайн | кредит без отказа
    escort girls | escorts in | porn | xxx video | sex video | webcam sex | onlyfans leak | escorte | filme porno | проститутки | индивидуалки | порно | эскорт услуги | секс видео | eskorta | seksa video
    replica watches | louis vuitton outlet | cheap jerseys | essay writing service | buy essay | write my essay | buy backlinks | seo services | guest post | buy followers | crypto signals | forex robot | forex signals | bitcoin trading bot
";

/// What stands in honest reports on these things.
const HONEST: &str = "
    addiction | problem gambling | prevention | recovery | victims | trafficking | awareness | responsible gambling authority | regulation | survey | charity | volunteer | ngo | non-governmental
    dependenț | adicți | prevenire | prevenți | consilier | trafic de | victime | campanie | lege | minori | studiu | asociați | fundați | caritabil | voluntar | onpcsb | oficiul național | ong
    atkarīb | profilaks | cilvēktirdzniec | upur | kampaņ | pētījum | likum | biedrīb | nodibinājum | labdarīb | brīvprātīg | nevalstisk
    зависимост | лудоман | профилактик | жертв | кампани | торговл | исследован | закон | благотворит | волонтер | волонтёр | нко | нпо | общественн | помощ
";

struct Table {
    /// Their wares, as told and folded; in the order of the automaton's first patterns.
    wares: Vec<(&'static str, String)>,
    /// Finds whether there are any wares at all: nearly every text has none.
    quick: AhoCorasick,
    /// Finds the wares, and after them the honest words, in one pass.
    finder: AhoCorasick,
    /// How many patterns it has.
    patterns: usize,
}

/// `None` could only come of a table that is too large for an automaton, which ours is not.
static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let phrases = |lines: &'static str| {
        lines
            .split(['|', '\n'])
            .map(str::trim)
            .filter(|told| !told.is_empty())
    };
    let wares: Vec<_> = phrases(WARES).map(|told| (told, fold(told))).collect();
    let honest: Vec<_> = phrases(HONEST).map(fold).collect();
    let patterns = wares.iter().map(|(_, folded)| folded).chain(&honest);
    Some(Table {
        quick: AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(wares.iter().map(|(_, folded)| folded))
            .ok()?,
        finder: AhoCorasick::new(patterns).ok()?,
        patterns: wares.len() + honest.len(),
        wares,
    })
});

/// How much of a text is looked at, in characters.
const MOST: usize = 2000;

/// The words by which an announcement is known for a stranger's: at least two phrases of their trades, in its title and at
/// the beginning of its text, and more of them than of what honest reports say.
#[must_use]
pub fn strangers(title: &str, text: &str) -> Option<&'static str> {
    let table = TABLE.as_ref()?;
    let title = fold(first_chars(title, 300));
    let text = format!("{title} {}", fold(first_chars(text, MOST)));
    let is_told = |found: Match| begins_a_word(&text, found.start());
    if !table.quick.find_overlapping_iter(&text).any(is_told) {
        return None;
    }
    let (mut seen, mut titled) = (vec![false; table.patterns], vec![false; table.patterns]);
    for found in table.finder.find_overlapping_iter(&text) {
        let number = found.pattern().as_usize();
        let is_ware = number < table.wares.len();
        if is_ware && !begins_a_word(&text, found.start()) {
            continue;
        }
        seen[number] = true;
        titled[number] |= found.end() <= title.len();
    }
    let (wares, honest) = seen.split_at(table.wares.len());
    let kinds = wares.iter().filter(|seen| **seen).count();
    let honest = honest.iter().filter(|seen| **seen).count();
    // Two words say more than one, and a title more than a text.
    let points: usize = (0..wares.len())
        .filter(|number| wares[*number])
        .map(|number| worth(&table.wares[number].1) + usize::from(titled[number]))
        .sum();
    if kinds < 2 || points < 3 + 2 * honest {
        return None;
    }
    let first = titled.iter().position(|titled| *titled);
    let told = first.or_else(|| wares.iter().position(|seen| *seen))?;
    table.wares.get(told).map(|(told, _)| *told)
}

/// What a phrase counts for.
fn worth(folded: &str) -> usize {
    let says_more = folded.contains([' ', '.']) || !folded.is_ascii() && folded.chars().count() < 5;
    if says_more { 2 } else { 1 }
}

/// Whether no letter stands before this place; scripts without spaces have letters everywhere.
fn begins_a_word(text: &str, at: usize) -> bool {
    let spaced = text[at..].chars().next().is_some_and(|c| c < '\u{0e00}');
    !spaced
        || text[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_wares_are_known_in_many_languages() {
        for (title, text) in [
            (
                "Situs Slot Gacor Hari Ini Maxwin",
                "Daftar situs slot gacor dan judi online terpercaya dengan RTP slot tertinggi.",
            ),
            (
                "Cele mai bune cazinouri online din 2026",
                "Rotiri gratuite și bonus fără depunere pentru jucători noi. Păcănele pe bani reali.",
            ),
            (
                "Лучшее онлайн казино с бездепозитным бонусом",
                "Игровые автоматы на реальные деньги, фриспины за регистрацию.",
            ),
            (
                "Tiešsaistes kazino bonusi",
                "Bezmaksas griezieni un spēļu automāti, bonuss bez depozīta.",
            ),
            (
                "Best online casino bonus",
                "Claim your welcome bonus and free spins at the best casino.",
            ),
            (
                "Buy Viagra online",
                "Cheap pills without prescription: Cialis, Levitra, Kamagra at our online pharmacy.",
            ),
            ("澳门娱乐城 真人博彩", "体育投注 彩票 老虎机 开户送彩金"),
            (
                "Микрозайм на карту",
                "Займ онлайн без проверок, кредит без отказа.",
            ),
        ] {
            assert!(strangers(title, text).is_some(), "{title}");
        }
    }

    #[test]
    fn honest_reports_on_the_same_things_are_no_strangers() {
        for (title, text) in [
            (
                "Dependența de jocuri de noroc la tineri",
                "Asociația lansează o campanie de prevenire: păcănelele și cazinourile online au distrus mii de familii. Pariuri sportive la 15 ani.",
            ),
            (
                "Azartspēļu atkarība: kur meklēt palīdzību",
                "Biedrība aicina: spēļu automāti un online kazino rada atkarību. Bezmaksas konsultācijas.",
            ),
            (
                "Игровая зависимость у подростков",
                "Онлайн казино и ставки на спорт: НКО помогает семьям. Профилактика лудомании.",
            ),
            (
                "Concert caritabil la cazinoul din Constanța",
                "Fondurile merg la copii cu dizabilități.",
            ),
            (
                "Gambling harms survey",
                "Our survey of problem gambling finds online casino advertising reaches minors.",
            ),
            (
                "Rezultatele apelului de proiecte",
                "Au fost selectate 12 proiecte.",
            ),
            (
                "Ātrie kredīti un parādu slogs",
                "Pētījums par to, kā ātrie kredīti ietekmē ģimenes; likuma grozījumi.",
            ),
        ] {
            assert_eq!(strangers(title, text), None, "{title}");
        }
    }
}
