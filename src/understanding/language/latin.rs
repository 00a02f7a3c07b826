//! Languages in Latin letters.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::sample::Sample;
use super::scores::{Scores, Table, table};
use crate::domain::Language;

/// Those with lists of their own here, in the order of the lists.
static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    [
        "ro", "lv", "en", "lt", "et", "pl", "it", "fr", "es", "pt", "de", "hu", "tr", "gag", "hr",
        "sr", "cs", "nl",
    ]
    .iter()
    .filter_map(|code| code.parse().ok())
    .collect()
});

const RO: u32 = 1;
const LV: u32 = 1 << 1;
const EN: u32 = 1 << 2;
const LT: u32 = 1 << 3;
const ET: u32 = 1 << 4;
const PL: u32 = 1 << 5;
const IT: u32 = 1 << 6;
const FR: u32 = 1 << 7;
const ES: u32 = 1 << 8;
const PT: u32 = 1 << 9;
const DE: u32 = 1 << 10;
const HU: u32 = 1 << 11;
const TR: u32 = 1 << 12;
const GAG: u32 = 1 << 13;
const HR: u32 = 1 << 14;
const SR: u32 = 1 << 15;
const CS: u32 = 1 << 16;

/// Words that texts do not go without, folded, and some of the sector's own.
static WORDS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        // Romanian
        "si de la in cu pe din pentru care este sunt a al ale ai o un unei unui unor mai nu sa se ca prin dar ori sau fost am are au avea fi \
         ce cum cand unde dupa intre spre despre catre fara pana peste sub asupra acest aceasta acestei acestui acestor aceste acesti \
         lui ei lor noi voi ele eu tu el ea imi iti isi ne va le il ii iar daca doar numai tot toate toti toata foarte decat astfel fiind \
         intr dintr printr intru dintre privind conform cadrul fie doua trei primul prima nou noua noi mare mic cel cea cei cele lei ani anul zi zile \
         te ti mi ma m s n i l li si-a sa-i vom vor voi veti vei as ar poate pot putea trebuie face facut avem aveti esti era erau fusese fuse ce ceea cine nici inca apoi \
         atunci acum aici acolo asa asta astia oricine orice oricare fiecare altul alta alte alti alt nimic nimeni ceva cineva insa deci deoarece desi caci chiar \
         copii copiii copiilor persoane persoanelor sociale sociala social servicii serviciilor asociatia asociatiei fundatia proiect proiectul proiectului apel drepturile drepturi \
         dumneavoastra dumneata dvs nostru noastra nostri noastre vostru ta tale tau sale sau mea meu mele mei lucru lucruri om oameni oamenii oamenilor viata timp timpul \
         spune spus zis zise facea vrea vreau stie stiu merge mers dat pus luat vazut venit vine ajuns ramas ramane lasa lasat \
         asta ala aia aceea acela aceia acelea acelasi aceeasi jos sus bine rau mult multe multi multa putin putine cat cata cate cati \
         vă ora ore luna luni saptamana stire stiri anunt anunturi comunicat presa lege legea legii hotarare ordinul guvernul guvernului ministerul \
         telefon adresa numar numarul nume numele prenume introduceti trimite trimiteti vizualizati adauga alege cautare parola cont utilizator contul",
        // Latvian
        "un ir ar par no uz ka kas lai bet vai ari kura kuru kuri kuras kurs kur kad ko ta tas to tie tam tiem tos tai taja so sis si sie sos sai saja sim siem \
         nav bija bus but ne pie pec pirms lidz starp bez del apkart caur zem virs pret vel jau tikai loti jo ja gan tad ta tapec tacu nevis \
         es tu vins vina vini mes jus man tev mums jums vinu vinam vinai viniem sev savu sava savas savam savus savai mana manu musu jusu viss visi visa visu visas visiem viena vienu viens divi tris \
         gada gadu gads gadi gadiem dienu diena dienas latvijas latvija latviju rigas riga biedriba biedribas fonds fonda valsts socialo socialas sociala sociala socialais \
         bernu bernu berni berniem cilveku cilveki cilvekiem projekta projekts projektu atbalsts atbalsta atbalstu pakalpojumu pakalpojumi pasakums pasvaldibas pasvaldiba \
         tiek tika tikt var varetu vareja jabut kopa saka teica kluva kadu kada kads kadas kadam tapat tomer turklat kopuma saskana ipasi ieklausana \
         iespejams nepieciesams jauns jauna jauno jaunu jaunas liels liela lielu labs laba daudz vairak vairaki vairakas mazak nekad vienmer kapec turpat seit tagad toreiz siem kuram \
         itin bijusi bijis esot esam esmu esi ejot notiek notika notiks aicina aicinam pieteikties pieteiksanas iesniegt konkurss konkursu gadijuma laika laiks vieta vietu vietas \
         pats pasi pasa pasu pat ik katrs katru katra katram cits cita citu citi citas citiem dazi dazas dazadu dazadi nozime proti piemeram respektivi tatad vispar",
        // English
        "the of and to in for is on that with as by at from are be was were this it an or not have has had will can which their its our your his her they we you he she i but all more new \
         about into over after before between through during within without also other than when what who how where there these those been being do does did if so up out one two may must shall should would could \
         us him them my me no only any some such then now just very each every both first last many most much own same too under until against because while since people children rights support social \
         project services report call please enter your click here thank add email password number name organization organisation find information need welcome select \
         said says say get got go goes going went come came make made take took know see think want use used like good great time year years day days day's back even still well way work \
         don t s re ll isn didn wasn doesn couldn wouldn won m ve let off down again never always really something nothing anything everyone",
        // Lithuanian
        "ir kad yra su is i kaip bet apie nuo iki per uz prie tai jis ji jie jos jo ju ne nera buvo bus but buti savo siu si sis sie kuri kuris kurie kurios kuriu jau tik dar arba ar taip pat turi teise teises \
         visi visu visos kiekvienas zmogus zmogaus zmoniu zmones niekas nei negali gali bei del pagal pries po tarp be metu metai metais lietuvos lietuva lietuvoje salies mes jus as tu mano kai kur \
         vaiku vaikai socialines socialiniu paslaugu organizacija organizaciju projekto projektas atsizvelgdama bendradarbiaudamos jokiu jokios visiskai taciau todel tada kuriuo kuria kuriai \
         butu turetu kita kitu kiti kitos vienas viena du trys naujas nauja pirmas pirma daugiau labai",
        // Estonian
        "ja on ei see et ning oma mis kes kui aga ka selle seda ta nad me te ma sa oli olid olla olema tema nende nad iga inimesel inimese inimene oigus oiguse oiguste vabaduse igal igauks kedagi kellegi tohi voi ega \
         kuid veel juba nii siis kus kuidas miks pidades silmas peab olevat aasta aastal eesti eestis poolt kohta jaoks parast enne ule all kaasa koik koigi laste lapsed sotsiaal",
        // Polish
        "i w z na do nie sie ze jest o to jak po co dla od przez za ale czy tak ma byc byl byla bylo sa oraz lub ich jego jej tym tego ten ta te tej tych ktory ktora ktore ktorych przy pod nad bez ze \
         praw prawa prawo czlowieka kazdy ludzie wszyscy osoba swej swoje swego jako roku lat moze nikt wolno nikogo ani aby zwazywszy gdy juz tylko takze jesli miedzy przed polska polski polsce",
        // Italian
        "il di che e la per un una in del della dei delle degli dello nel nella nei nelle con non si sono da come ma anche piu al alla ai alle agli questo questa questi queste gli lo le ha hanno essere stato \
         suo sua suoi loro ogni individuo diritto diritti liberta nessun nessuno tutti tutte tutto sara potra dal dalla dai dalle sul sulla tra fra se o ed ad ne ci chi quando dove perche",
        // French
        "le la les de des du un une et est en que qui dans pour sur par au aux avec ne pas plus ce cette ces son sa ses leur leurs il elle ils nous vous je on ou mais sont ont etre ete a d l qu n s c \
         tout toute tous toutes droit droits personne nul sera comme si sans sous entre aussi fait deux considerant",
        // Spanish
        "el la los las de del y en que un una por con para no es se su sus lo al como mas pero sus le ha o este esta estos estas son fue ser sin sobre entre tambien muy todo toda todos todas derecho derechos persona tiene cada nadie",
        // Portuguese
        "o a os as de do da dos das e em no na nos nas que um uma por com para nao se seu sua seus suas ao aos pelo pela mais como mas foi ser sao tem este esta isso direito direitos pessoa todo toda todos ninguem ou",
        // German
        "der die das und in zu den von mit ist des im fur auf nicht ein eine einer eines einem einen dem sich auch als an es er sie wir ihr ich bei nach aus am um wie aber oder uber zum zur wird werden hat haben \
         sind war durch alle aller jeder jede hat anspruch recht rechte keine kein niemand menschen ihre seine diese dieser dieses da oder noch nur vor unter",
        // Hungarian
        "a az es hogy nem is egy van volt meg de ha mint csak minden ez el ki be fel azt vagy mar ezt ami aki amely amelyek sem senki senkit joga joganak szemelynek embernek ember szabad lehet kell valo szerint altal kozott \
         vagyis illetve annak ennek mas mind nemzeti jogok jogot emberi",
        // Turkish
        "ve bir bu da de ile icin olan olarak ne o ya veya her daha cok en gibi kadar sonra ise mi degil hakki hakkina haizdir herkes kimse herkesin sahsin hic hur bulunan hukuki insan haklari edilmis tarafindan",
        // Gagauz
        "hem bir bu da de icin nasil ani lääzim laazim diil kimsey yok yada cumla her herbir insan hakli haki var olsun kendi onun bütün butun hepsi serbestlik hakina",
        // Croatian, then Serbian
        "i u na da se je za su od ne kao koji koja koje ili iz do po sto to ali biti ce sve svi svih nitko tko ima pravo prava covjeka njegov njegova njegovo ovaj ova ovo oni mi vi on ona o pri kada gdje bez protiv ljudi sloboda slobode svatko moze treba bude nije nisu smije bilo ljudska uvijek djelo osim prije",
        "i u na da se je za su od ne kao koji koja koje ili iz do po sto to ali biti ce sve svi svih niko ko ima pravo prava coveka njegov njegova njegovo ovaj ova ovo oni mi vi on ona o pri kada gde bez protiv ljudi sloboda slobode svako moze treba bude nije nisu sme bilo ljudska uvek delo dela osim pre",
        // Czech and Slovak
        "a v se na je ze s z do o k i za to by ale pro jako po jeho jeji jsou byl byla bylo nebo ktery ktera ktere pri ve tak jen uz od az kazdy ma pravo nikdo clovek lidskych prav svobody vsichni lide nesmi byt podle proti mezi pred aj sa vo zo pre ako je su alebo ktory nikto ludia ludskych",
        // Dutch
        "de het een van en in is op te dat die voor met zijn niet aan er om ook als bij door naar uit over dan maar of ze zich hij was worden wordt heeft ieder een eenieder recht rechten niemand tot zal deze dit haar hun",
    ])
});

/// How words end, folded.
static ENDINGS: LazyLock<Table> = LazyLock::new(|| {
    table(&[
        "ica ice ici icul iale ial iali azie ozie uzie erie logie grafie ament amentul amente antul anta este uire esti aza uza isit init adit ului ilor elor atie atia atii atiei iilor tiei ului urile urilor arile elul ele eaza esc este easca andu and ind indu ata ate ati ute uta utul area erea irea uirea iune iuni iunea tate tatea tatii itate itatii \
         ism ismul mente mentul mentului torul torii torilor toare toarele esti este eau eam lui nta ntul ntului ntii ea oase oasa easa easca iei iile iul iului ori orii ar eaza oare asca uri ung ent enta ita eala eli elii ari aru ara",
        "iba ibas ibu sana sanas sanu sanai jums juma jumu jumi jumiem iem am as ajiem etajs tajs tajiem tajas taju ejs aja aji eja eju iski isks iska isko iskas iskais iskajiem sies ties sies josas jas jot dams dama dami \
         ums uma umi umu umam iga igs igo igi igas igu ais aja ajos ajas ot ejam ejas ojas ojums otaju otaja ijas ija iju ijam ijai kums kuma nieks nieki nieku niekiem niece ites itis inu ins ina ina ena ene enu eni ets ots its ta ti tu to tas tos tiem tam jusi jis usi usas usies ies am im iet aja anas anu ana anai amies",
        "tion tions ing ings ed ly ness ment ments ity ies ous ful less able ible ship ated ive ated ght ould ough ence ance ers ery ally ists ism est ry th ck ch sh ee ow ay ey wn",
        "imas imo ima imu imai ymas ymo ymu iai iu ius ais uose ose ams oms ems aus ius ybe ybes ystes yste umo umas umu iskas iskai tojas toju tojo amas amos ama iama iamas damas dama damos ineje ines iniu inis ciju cijos cija uoti oti eti yti auti us as ys os",
        "mine mise mist misel likud like likku lik likult dus duse dusi susele use ust usest ustele tud tav tava tavad vad des dest tes test ses sse st ks ga ga",
        "osc osci enie enia aniem anie ania ach ami ego emu ych ymi owac owania owanie owych owie iej owej ski ska skie skiej skich nosci dzie wac sze czy",
        "zione zioni mento menti ita ato ati ata ate ere are ire ando endo ezza ismo ista isti mente tore tori trice ello ella abile ibile anza enza ono ano",
        "tion tions ement ements eur eurs eux euse aire aires ait aient ique iques ite ites ois oire ance ence elle elles ent ees eront",
        "cion ciones dad dades miento mientos mente ando iendo ado ada ados adas idad ista istas ero era eros",
        "cao coes dade dades mento mentos mente ando endo ado ada ados adas agem agens eiro eira oes",
        "ung ungen heit heiten keit keiten lich liche lichen isch ische ischen schaft end ende enden ern chen stig igen iger ten ter sch cht ft",
        "nak nek ban ben hoz hez nal nel rol tol bol sag seg sagot segi sagi itas ites asa ese kat ket hat het unk juk tak tek ott ett atni etni ok ek",
        "lar ler lari leri larin lerin nin nun dan den dir dur mak mek maya meye lik luk masi mesi siniz yor yla iyle larda lerde arak erek ci cu",
        "lar lär nin nan lan lik luk maa mää sin sinlar",
        "anje enje anja enja stvo stva ost osti ijom ama ima ija ije iji avati ovati iti ati nost nosti ski ska sko",
        "anje enje anja enja stvo stva ost osti ijom ama ima ija ije iji avati ovati iti ati nost nosti ski ska sko",
        "ost osti ani eni ovat ych ymi eho emu ami ech nich stvi ickych skych ova",
        "ing ingen heid heden lijk lijke isch ische eren elen ende tie ties aar aars je jes",
    ])
});

/// Letters that only some have, with who has them.
fn owners(c: char) -> u32 {
    match c {
        'ă' | 'ț' | 'ș' => RO,
        'ţ' => RO | GAG,
        'ş' => RO | TR | GAG,
        'â' => RO | FR | PT,
        'î' => RO | FR,
        'ā' | 'ē' | 'ī' | 'ģ' | 'ķ' | 'ļ' | 'ņ' | 'ŗ' => LV,
        'ū' => LV | LT,
        'č' | 'š' | 'ž' => LV | LT | HR | SR | CS,
        'đ' => HR | SR,
        'ě' | 'ř' | 'ů' | 'ý' | 'ď' | 'ť' | 'ň' => CS,
        'ė' | 'ų' | 'į' => LT,
        'ą' | 'ę' => LT | PL,
        'ł' | 'ń' | 'ś' | 'ź' | 'ż' => PL,
        'ć' => PL | HR | SR,
        'õ' => ET | PT,
        'ä' => ET | DE | GAG,
        'ö' | 'ü' => ET | DE | HU | TR | GAG,
        'ß' => DE,
        'ő' | 'ű' => HU,
        'ı' | 'ğ' => TR | GAG,
        'ç' => TR | GAG | FR | PT,
        'ê' => FR | PT | GAG,
        'è' => FR | IT,
        'é' => FR | HU | ES | PT | IT | CS,
        'à' => FR | IT | PT,
        'ò' | 'ù' | 'ì' => IT,
        'ó' => PL | HU | ES | PT | CS,
        'á' | 'í' | 'ú' => HU | ES | PT | CS,
        'ñ' => ES,
        'ã' => PT,
        'œ' | 'ë' | 'ï' | 'û' | 'ô' => FR,
        _ => 0,
    }
}

/// What whatlang may answer: every language with a list here and the others likely on a European site.
static WHATLANG: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(vec![
        Lang::Ron,
        Lang::Lav,
        Lang::Eng,
        Lang::Lit,
        Lang::Est,
        Lang::Pol,
        Lang::Ita,
        Lang::Fra,
        Lang::Spa,
        Lang::Por,
        Lang::Deu,
        Lang::Hun,
        Lang::Tur,
        Lang::Nld,
        Lang::Ces,
        Lang::Slk,
        Lang::Hrv,
        Lang::Slv,
        Lang::Swe,
        Lang::Fin,
        Lang::Dan,
    ])
});

/// How much an ending says, by its length.
const ENDING_WEIGHT: [f32; 6] = [0.0, 0.0, 0.25, 0.5, 0.8, 1.0];

/// Letters together as English has them, and Latvian and Romanian only in names.
const ENGLISH_PAIRS: [&str; 8] = ["th", "wh", "ck", "sh", "ph", "oo", "ee", "gh"];

/// What speaks for each language.
pub(super) fn judge(sample: &Sample) -> Scores {
    let mut scores = Scores::new(&LANGUAGES);
    let mut letters = [0_f32; 32];
    for word in &sample.words {
        let folded = word.folded.as_str();
        if let Some(set) = WORDS.get(folded) {
            let weight: f32 = match folded.len() {
                1 => 0.35,
                2 => 1.0,
                _ => 1.6,
            };
            scores.add_set(*set, weight / set.count_ones() as f32);
        } else if folded.is_ascii() {
            // The longest ending that any language has.
            for length in (2..=5).rev() {
                if folded.len() < length + 2 {
                    continue;
                }
                if let Some(set) = ENDINGS.get(&folded[folded.len() - length..]) {
                    scores.add_set(*set, ENDING_WEIGHT[length] / set.count_ones() as f32);
                    break;
                }
            }
        }
        for pair in ENGLISH_PAIRS {
            if folded.contains(pair) {
                scores.add_set(EN, 0.3);
                scores.add_set(LV, -0.5);
                scores.add_set(RO, if pair == "gh" { 0.0 } else { -0.3 });
            }
        }
        for c in word.low.chars() {
            if c.is_ascii() {
                if matches!(c, 'w' | 'y' | 'q' | 'x') {
                    scores.add_set(LV, -0.25);
                    scores.add_set(RO, if c == 'x' { 0.0 } else { -0.15 });
                }
                continue;
            }
            let set = owners(c);
            if set == 0 {
                continue;
            }
            for (place, tally) in letters.iter_mut().enumerate().take(LANGUAGES.len()) {
                *tally += if set & (1 << place) == 0 {
                    -0.7
                } else {
                    0.9 / (set.count_ones() as f32).sqrt()
                };
            }
        }
    }
    // Letters speak clearly but a name or two must not drown the words: the tally is dampened, not capped.
    for (place, tally) in letters.iter().enumerate().take(LANGUAGES.len()) {
        let dampened = tally.signum() * 2.5 * (1.0 + tally.abs() / 2.0).ln();
        scores.add_set(1 << place, dampened);
    }
    if scores.is_clear() {
        return scores;
    }
    if let Some(info) = WHATLANG.detect(sample.start())
        && let Some(lang) = super::code(info.lang())
    {
        let weight = (sample.letters as f32 / 30.0).clamp(0.2, 1.2);
        scores.stranger(lang, weight * (0.5 + info.confidence() as f32));
    }
    scores
}
