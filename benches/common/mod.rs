//! What the benches share: made-up announcements, and what the system says of this process.

#![allow(dead_code, reason = "each bench uses its part")]

use std::fmt::Write as _;

/// CPU seconds that this process has used so far (user and system), from `/proc/self/stat`; exact to a hundredth.
pub fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after = stat.rsplit(')').next().expect("a command name");
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ticks: u64 =
        fields[11].parse::<u64>().expect("utime") + fields[12].parse::<u64>().expect("stime");
    ticks as f64 / 100.0
}

/// Peak memory of this process in megabytes.
pub fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .expect("a peak");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse::<f64>().ok())
        .expect("a number")
        / 1_000.0
}

const RO: &str = "Primăria anunță lansarea unui apel de proiecte pentru organizațiile neguvernamentale care furnizează servicii sociale persoanelor cu dizabilități și familiilor vulnerabile din comunitate|\
Federația invită membrii la o consultare publică despre standardele minime de calitate ale locuințelor protejate și ale centrelor de zi|\
Ministerul a publicat ghidul solicitantului, iar termenul de depunere a cererilor de finanțare este luna viitoare|\
Asociația caută un asistent social pentru echipa mobilă care lucrează cu vârstnici singuri din mediul rural";
const LV: &str = "Biedrība aicina nevalstiskās organizācijas pieteikties projektu konkursam par sabiedrībā balstītiem sociālajiem pakalpojumiem cilvēkiem ar invaliditāti|\
Labklājības ministrija nodevusi sabiedriskajai apspriešanai grozījumus noteikumos par grupu dzīvokļu pakalpojumu un aprūpi mājās|\
Fonds organizē mācības sociālajiem darbiniekiem, kuri strādā ar ģimenēm krīzes situācijā un bērniem ārpusģimenes aprūpē|\
Tiesībsargs publicējis ziņojumu par vecāka gadagājuma cilvēku tiesībām reģionos";
const RU: &str = "Фонд объявляет конкурс проектов для общественных организаций, которые оказывают социальные услуги людям с инвалидностью и пожилым людям в сёлах|\
Министерство приглашает принять участие в общественных консультациях по проекту постановления о защищённом жилье и дневных центрах|\
Организация ищет социального работника в мобильную команду, которая помогает семьям с детьми в трудной ситуации|\
Опубликован отчёт о положении беженцев и доступе к медицинской помощи в районах республики";
const EN: &str = "The network invites non-governmental organisations to submit proposals for community-based services for persons with disabilities and older people|\
A public consultation on minimum standards for supported housing and day centres is open to members and partners|\
The report describes how families at risk of poverty reach social services in rural municipalities|\
Applications for the training of social workers close at the end of next month";

/// Language, title and text of announcement `number`: the same number gives the same text, different ones differ.
pub fn announcement(number: u64, words: usize) -> (&'static str, String, String) {
    let mut random = fastrand::Rng::with_seed(number);
    let (lang, pool) = [("ro", RO), ("lv", LV), ("ru", RU), ("en", EN)][(number % 4) as usize];
    let sentences: Vec<Vec<&str>> = pool
        .split('|')
        .map(|sentence| sentence.split(' ').collect())
        .collect();
    let first = &sentences[random.usize(..sentences.len())];
    let mut title = first[..first.len().min(7)].join(" ");
    let _ = write!(title, " {number}");
    let mut text = String::new();
    let mut count = 0;
    while count < words {
        let sentence = &sentences[random.usize(..sentences.len())];
        let from = random.usize(..sentence.len() / 2);
        text.push_str(&sentence[from..].join(" "));
        let _ = write!(text, " {}. ", random.u32(1..5_000));
        count += sentence.len() - from + 1;
    }
    (lang, title, text)
}
