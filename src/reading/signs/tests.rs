use super::*;

fn kind(html: &str) -> Option<SignKind> {
    sign_of(html).map(|sign| sign.what)
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html><head><meta charset=utf-8><title>{title}</title><style>p{{}}</style></head><body>{body}</body></html>"
    )
}

/// A site's frame around whatever stands on a page.
fn framed(title: &str, body: &str) -> String {
    let names = [
        "Acasă",
        "Despre noi",
        "Proiecte",
        "Noutăți",
        "Transparență",
        "Implică-te",
        "Donează",
        "Contact",
        "Presă",
        "Rapoarte",
        "Parteneri",
        "Echipa",
        "Arhiva",
    ];
    let mut menu = String::new();
    for name in names {
        menu += &["<li><a href=\"/", name, "\">", name, "</a></li>"].concat();
    }
    page(
        title,
        &format!(
            "<header><nav><ul>{menu}</ul></nav></header><main>{body}</main><footer><p>Asociația Exemplu, str. Lungă 3</p></footer>"
        ),
    )
}

const PROSE: &str = "<p>Asociația noastră lucrează de zece ani cu familii din zece sate ale județului, iar anul acesta a deschis al doilea centru de zi, \
    cu sprijinul primăriei și al voluntarilor care vin în fiecare sâmbătă. Povestea lor merită spusă pe larg, cu nume și cu fapte.</p>";

#[test]
fn error_pages_with_status_200_are_known_in_four_languages() {
    for html in [
        framed("Pagina nu a fost găsită – Asociația Exemplu", "<h1>Hopa! Pagina nu a fost găsită.</h1><p>Încercați o căutare?</p><form><input></form>"),
        framed("Lapa nav atrasta | Biedrība", "<h1>404</h1><p>Šāda lapa neeksistē.</p>"),
        framed("Страница не найдена — НКО", "<h1>Ошибка 404</h1>"),
        framed("Page not found - Example NGO", "<h1>Oops! That page can&rsquo;t be found.</h1>"),
        framed("404", "<h1>Not found</h1>"),
        page("Database Error", "<h1>Error establishing a database connection</h1>"),
        page("", "<div class=\"wp-die-message\"><p>There has been a critical error on this website.</p><p><a href=\"https://wordpress.org/\">Learn more about troubleshooting WordPress.</a></p></div>"),
        page("WordPress &rsaquo; Eroare", "<p>A apărut o eroare critică pe acest site. Verifică-ți emailul.</p>"),
        page("", "На сайте возникла критическая ошибка."),
        page("", "<h1>Ошибка установки соединения с базой данных</h1>"),
        page("Maintenance", "<h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1>"),
        page("Site în mentenanță", "<h1>Revenim în curând!</h1>"),
        page("Tehniskie darbi", "<p>Notiek tehniskie darbi, atvainojiet!</p>"),
        page("Технические работы", "<p>На сайте ведутся технические работы.</p>"),
        "<html><body><h1>It works!</h1></body></html>".to_owned(),
        page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p>"),
        page("Apache2 Ubuntu Default Page: It works", "<div>This is the default welcome page used to test the correct operation of the Apache2 server</div>"),
        page("Account Suspended", "<h1>This Account has been suspended.</h1><p>Contact your hosting provider for more information.</p>"),
        "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /home/ong/public_html/db.php:3".to_owned(),
        "Warning: mysqli_connect(): (HY000/1045): Access denied for user 'ong'@'localhost' in /var/www/index.php on line 12".to_owned(),
        page("Index of /", "<h1>Index of /</h1><a href=\"?C=N\">Name</a> <a href=\"cgi-bin/\">cgi-bin/</a>"),
        page("503 Service Unavailable", "<h1>Service Unavailable</h1><p>The server is temporarily unable to service your request.</p>"),
        page("Coming Soon", "<h1>Coming soon</h1>"),
    ] {
        assert_eq!(kind(&html), Some(SignKind::ErrorPage), "{html}");
    }
}

#[test]
fn parked_domains_are_known() {
    for html in [
        page(
            "fonpc.ro",
            "<h1>fonpc.ro</h1><p>This domain is for sale!</p><a href=\"/offer\">Make an offer</a>",
        ),
        page(
            "fonpc.ro",
            "<script src=\"https://img.sedoparking.com/js/jquery.min.js\"></script><div id=\"container\"></div>",
        ),
        page(
            "HugeDomains",
            "<script src=//hugedomains.com/x.js></script><h1>ApelSocial.com is for sale</h1><p>Domain name is for sale. Buy now for $2,895 or pay monthly.</p>",
        ),
        page(
            "Domeniu expirat",
            "<p>Domeniul exemplu.ro a expirat. Acest domeniu a expirat și poate fi reînnoit.</p>",
        ),
        page(
            "exemplu.ro",
            "<p>Acest domeniu este de vânzare. Contactați proprietarul.</p>",
        ),
        page("piemers.lv", "<h1>Šis domēns ir pārdošanā</h1>"),
        page(
            "Домен продается",
            "<h1>Домен primer.md продается</h1><p>Купить домен</p>",
        ),
        page(
            "Срок регистрации домена истёк",
            "<p>Если вы владелец, продлите.</p>",
        ),
        page(
            "example.md",
            "<p>This Web page is parked for FREE, courtesy of a registrar.</p>",
        ),
    ] {
        assert_eq!(kind(&html), Some(SignKind::Parked), "{html}");
    }
}

#[test]
fn walls_against_robots_are_known() {
    for html in [
        page("Just a moment...", "<noscript><div>Enable JavaScript and cookies to continue</div></noscript><script>window._cf_chl_opt={cvId:'3'};</script>"),
        page("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><h2>You are unable to access exemplu.ro</h2><p>This website is using a security service to protect itself from online attacks. The action you just performed triggered the security solution. There are several actions that could trigger this block including submitting a certain word or phrase, a SQL command or malformed data.</p>"),
        "<html><head><META NAME=\"robots\" CONTENT=\"noindex,nofollow\"></head><body><iframe src=\"/_Incapsula_Resource?CWUDNSAI=5\">Request unsuccessful. Incapsula incident ID: 448-1</iframe></body></html>".to_owned(),
        page("DDoS-Guard", "<h1>Checking your browser before accessing exemplu.md</h1>"),
        page("Sucuri WebSite Firewall - Access Denied", "<h1>Access Denied - Sucuri Website Firewall</h1>"),
        page("Access Denied", "<h1>Access Denied</h1>You don't have permission to access \"http://exemplu.ro/\" on this server.<p>Reference #18.6d641402</p><script src=https://errors.edgesuite.net/18></script>"),
        page("One moment, please...", "<h1>Please wait while your request is being verified...</h1>"),
        page("Verificare", "<h1>Confirmați că nu sunteți robot</h1><div class=g-recaptcha></div>"),
        page("Проверка", "<p>Подтвердите, что вы не робот</p>"),
        page("Pārbaude", "<p>Lūdzu, apstipriniet, ka neesat robots</p>"),
    ] {
        assert_eq!(kind(&html), Some(SignKind::BotWall), "{html}");
    }
}

#[test]
fn walls_that_ask_for_consent_are_known() {
    for html in [
        page(
            "Exemplu",
            "<div><h2>Înainte de a continua</h2><p>Folosim cookie-uri pentru a îmbunătăți experiența dumneavoastră.</p><button>Accept toate</button><button>Respinge</button></div>",
        ),
        page(
            "Piemērs",
            "<p>Šī vietne izmanto sīkdatnes. Lai turpinātu, piekrītiet sīkdatņu izmantošanai.</p><form><input type=submit value=Piekrītu>Piekrītu</form>",
        ),
        page(
            "Пример",
            "<p>Сайт использует файлы cookie. Продолжая, вы соглашаетесь.</p><button>Принять</button>",
        ),
        page(
            "Example",
            "<h1>Before you continue</h1><p>We use cookies and similar technologies.</p><button>Accept all</button>",
        ),
    ] {
        assert_eq!(kind(&html), Some(SignKind::CookieWall), "{html}");
    }
}

#[test]
fn pages_that_write_about_such_things_show_no_sign() {
    for html in [
        framed(
            "Domeniul nostru vechi este de vânzare",
            &format!(
                "<h1>Domeniul nostru vechi este de vânzare</h1>{PROSE}{PROSE}{PROSE}<p>This domain is for sale, scrie acum pe pagina veche.</p>"
            ),
        ),
        framed(
            "Politica de cookie-uri",
            &format!(
                "<h1>Politica de cookie-uri</h1><p>Folosim cookie-uri. Acceptați sau respingeți.</p><button>Accept</button>{PROSE}{PROSE}{PROSE}{PROSE}{PROSE}{PROSE}"
            ),
        ),
        framed(
            "404 de copii fără școală: raportul anului",
            &format!("<h1>404 de copii fără școală</h1>{PROSE}"),
        ),
        framed(
            "De ce apare „Pagina nu a fost găsită” pe site-urile ONG-urilor",
            &format!("<h1>De ce apare „Pagina nu a fost găsită”</h1>{PROSE}{PROSE}{PROSE}"),
        ),
        framed(
            "Asociația Exemplu",
            &format!(
                "<h1>Noutăți</h1>{PROSE}<p>Acest site folosește cookie-uri.</p><button>Accept</button><button>Respinge</button>"
            ),
        ),
        framed(
            "Atacuri DDoS asupra presei",
            &format!(
                "<h1>Atacuri DDoS</h1><p>Cititorii au văzut „Checking your browser before accessing”.</p>{PROSE}{PROSE}{PROSE}{PROSE}"
            ),
        ),
        framed(
            "Lucrări de mentenanță la centrul de zi",
            &format!("<h1>Lucrări de mentenanță la centrul de zi</h1>{PROSE}"),
        ),
        framed(
            "Contact",
            "<h1>Contact</h1><p>Scrieți-ne.</p><form><label>Nume<input></label><div class=\"g-recaptcha\">Nu sunt robotul nimănui</div></form>",
        ),
        page("", ""),
        page(
            "Asociația Exemplu",
            "<div id=root></div><script src=/app.js></script>",
        ),
    ] {
        let sign = sign_of(&html);
        assert_eq!(sign, None, "{html}");
    }
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    for html in [
        "<".repeat(300_000),
        "<!--".repeat(100_000),
        "<script>".repeat(50_000),
        "<title>".repeat(50_000),
        "<h1>ș".repeat(90_000),
        "&amp;".repeat(100_000),
        "ă".repeat(400_000),
        "<a".repeat(200_000),
    ] {
        let _ = sign_of(&html);
    }
}
