//! Words that say little: they may be missing where a query has others.

/// Folded, in Romanian, Latvian, Russian and English.
const WORDS: &str = "\
a ai al ale alor am ar are as asupra au ca care cat ce cei cel cele ci cine cu cum cand da daca dar de decat \
deja din dintre doar dupa ea ei ele este eu fara fi fie fost i ii il in intr intre isi la le li lor lui mai \
ne ni nici nu o ori pe pentru pot poate prin s sa sau se si sub sunt te tot un una unde unei unor unui va \
vor cat cate cati \
aiz ar ari bet bija bus caur cik da es gan gar ir ja jau jo ka kad kada kadi kads kam kapec kas kaut ko kur lai \
lidz ne nav no pa par pari pec pie pirms pret pus tad tai tam tas te tiek to tur un uz vai var vel vina \
visi zem \
без бы был была были было быть в вам вас весь во вот все всех вы где да для до его ее если есть еще же за и из или им их \
к как какая какие какой кого который которая которые кто ли мы на над нас не него нее нет ни них но ну о об однако он она они оно от \
по под при с со так также там те тем то того тоже той только том ты у уже чего чем что чтобы эта эти это этого я \
a about an and any are as at be been but by can do does for from had has have how i if in into is it its my not of on or our \
so than that the their them then there these they this those to was we were what when where which who whom whose why will \
with you your";

/// Whether a folded word is one of them.
pub(super) fn is_stop(folded: &str) -> bool {
    use std::sync::OnceLock;
    static SET: OnceLock<rustc_hash::FxHashSet<&str>> = OnceLock::new();
    SET.get_or_init(|| WORDS.split_whitespace().collect())
        .contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_folded() {
        use crate::understanding::normalise::{exact, fold};
        for word in WORDS.split_whitespace() {
            assert_eq!(fold(&exact(word)), word);
        }
        assert!(is_stop("pentru") && !is_stop("locuinte"));
    }
}
