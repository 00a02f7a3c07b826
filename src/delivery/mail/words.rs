//! The sentences of mails, in the languages of the interface.

use crate::domain::Language;

/// What a mail says by itself. `{site}`, `{what}` and `{count}` stand for what they name.
pub(super) struct Words {
    pub confirm_subject: &'static str,
    pub confirm_lead: &'static str,
    pub confirm_do: &'static str,
    pub confirm_else: &'static str,
    pub already_subject: &'static str,
    pub already_lead: &'static str,
    pub count: &'static str,
    pub why: &'static str,
    pub unsubscribe: &'static str,
    pub manage: &'static str,
    pub contact: &'static str,
    pub online: &'static str,
    pub sign_in_subject: &'static str,
    pub sign_in_lead: &'static str,
    pub sign_in_do: &'static str,
    pub sign_in_else: &'static str,
}

const RO: Words = Words {
    confirm_subject: "Confirmați abonarea: {what}",
    confirm_lead: "Cineva, probabil dumneavoastră, a cerut ca noutățile de la {site} să fie trimise la această adresă: {what}.",
    confirm_do: "Confirmați abonarea",
    confirm_else: "Dacă nu ați cerut acest lucru, nu trebuie să faceți nimic: nu veți primi alte mesaje, iar adresa va fi ștearsă după șapte zile.",
    already_subject: "Abonarea este deja activă: {what}",
    already_lead: "Cineva, probabil dumneavoastră, a cerut ca noutățile de la {site} să fie trimise la această adresă: {what}. Abonarea este deja activă, așa că nu trebuie să faceți nimic.",
    count: "{what}: anunțuri noi ({count})",
    why: "Primiți acest mesaj pentru că această adresă este abonată la noutățile de la {site}: {what}.",
    unsubscribe: "Dezabonare",
    manage: "Abonările și datele dumneavoastră",
    contact: "Contact",
    online: "Citiți pe site",
    sign_in_subject: "Autentificare la {site}",
    sign_in_lead: "Cineva, probabil dumneavoastră, a cerut un link de autentificare la {site} pentru contul {what}. Linkul este valabil o singură dată, timp de 30 de minute.",
    sign_in_do: "Autentificare",
    sign_in_else: "Dacă nu ați cerut acest lucru, nu trebuie să faceți nimic: fără acest link nu se poate autentifica nimeni.",
};

const LV: Words = Words {
    confirm_subject: "Apstipriniet abonementu: {what}",
    confirm_lead: "Kāds, visticamāk, jūs, lūdza uz šo adresi sūtīt jaunumus no {site}: {what}.",
    confirm_do: "Apstiprināt abonementu",
    confirm_else: "Ja jūs to nelūdzāt, jums nekas nav jādara: citu vēstuļu nebūs, un pēc septiņām dienām adrese tiks dzēsta.",
    already_subject: "Abonements jau ir spēkā: {what}",
    already_lead: "Kāds, visticamāk, jūs, lūdza uz šo adresi sūtīt jaunumus no {site}: {what}. Abonements jau ir spēkā, tādēļ jums nekas nav jādara.",
    count: "{what}: jauni paziņojumi ({count})",
    why: "Jūs saņemat šo vēstuli, jo uz šo adresi ir abonēti jaunumi no {site}: {what}.",
    unsubscribe: "Atteikties no abonementa",
    manage: "Jūsu abonementi un dati",
    contact: "Saziņa",
    online: "Lasīt vietnē",
    sign_in_subject: "Pierakstīšanās: {site}",
    sign_in_lead: "Kāds, visticamāk, jūs, lūdza saiti, ar kuru pierakstīties vietnē {site} ar kontu {what}. Saite der vienu reizi, 30 minūtes.",
    sign_in_do: "Pierakstīties",
    sign_in_else: "Ja jūs to nelūdzāt, jums nekas nav jādara: bez šīs saites neviens nevar pierakstīties.",
};

const RU: Words = Words {
    confirm_subject: "Подтвердите подписку: {what}",
    confirm_lead: "Кто-то, вероятно вы, попросил присылать на этот адрес новости от {site}: {what}.",
    confirm_do: "Подтвердить подписку",
    confirm_else: "Если вы об этом не просили, ничего делать не нужно: других писем не будет, а адрес через семь дней будет удалён.",
    already_subject: "Подписка уже действует: {what}",
    already_lead: "Кто-то, вероятно вы, попросил присылать на этот адрес новости от {site}: {what}. Подписка уже действует, ничего делать не нужно.",
    count: "{what}: новые публикации ({count})",
    why: "Вы получаете это письмо, потому что на этот адрес оформлена подписка на новости от {site}: {what}.",
    unsubscribe: "Отписаться",
    manage: "Ваши подписки и данные",
    contact: "Связаться с нами",
    online: "Читать на сайте",
    sign_in_subject: "Вход: {site}",
    sign_in_lead: "Кто-то, вероятно вы, попросил ссылку для входа на {site} под именем {what}. Ссылка действует один раз, в течение 30 минут.",
    sign_in_do: "Войти",
    sign_in_else: "Если вы об этом не просили, ничего делать не нужно: без этой ссылки никто не войдёт.",
};

const EN: Words = Words {
    confirm_subject: "Confirm your subscription: {what}",
    confirm_lead: "Somebody, probably you, asked for news from {site} to be sent to this address: {what}.",
    confirm_do: "Confirm the subscription",
    confirm_else: "If you did not ask for it, there is nothing to do: no more mail will come, and the address will be deleted after seven days.",
    already_subject: "You are already subscribed: {what}",
    already_lead: "Somebody, probably you, asked for news from {site} to be sent to this address: {what}. The subscription is already in force, so there is nothing to do.",
    count: "{what}: {count} new announcements",
    why: "You get this mail because this address is subscribed to news from {site}: {what}.",
    unsubscribe: "Unsubscribe",
    manage: "Your subscriptions and data",
    contact: "Contact",
    online: "Read on the site",
    sign_in_subject: "Sign in to {site}",
    sign_in_lead: "Somebody, probably you, asked for a link to sign in to {site} as {what}. The link works once, within 30 minutes.",
    sign_in_do: "Sign in",
    sign_in_else: "If you did not ask for it, there is nothing to do: nobody can sign in without this link.",
};

impl Words {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::RO => &RO,
            Language::LV => &LV,
            Language::RU => &RU,
            _ => &EN,
        }
    }
}

/// A sentence with names put in.
pub(super) fn fill(sentence: &str, what: &str, site: &str) -> String {
    // One pass, so that a name that looks like a place for another stays what it is.
    let mut filled = String::with_capacity(sentence.len() + what.len() + site.len());
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{what}") {
            filled.push_str(what);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{site}") {
            filled.push_str(site);
            rest = after;
        } else {
            filled.push('{');
            rest = &rest[1..];
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_in_once_and_stay_what_they_are() {
        assert_eq!(
            fill("a {what} b {site} {x}", "{site}", "S"),
            "a {site} b S {x}"
        );
        for language in Language::OURS {
            let words = Words::of(language);
            for (sentence, site) in [
                (words.confirm_subject, false),
                (words.confirm_lead, true),
                (words.already_subject, false),
                (words.already_lead, true),
                (words.why, true),
                (words.count, false),
            ] {
                assert_eq!(sentence.matches("{what}").count(), 1, "{sentence}");
                assert_eq!(sentence.contains("{site}"), site, "{sentence}");
            }
            assert!(words.count.contains("{count}"));
        }
    }
}
