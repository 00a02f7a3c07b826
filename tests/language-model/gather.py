#!/usr/bin/env python3
"""Gathers what the model learns from: gather.py OUT ROOT...

Each ROOT is searched for message catalogues (*/LC_MESSAGES/*.mo, */languages/*.mo), manuals (share/help/LANG/**/*.page), word
frequencies (wordfreq/data) and dictionaries (share/hunspell). docs/language-model.md names the packages. Needs msgpack, unmunch.
"""
import collections
import gzip
import pathlib
import random
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import msgpack

OUT, ROOTS = pathlib.Path(sys.argv[1]), [pathlib.Path(root) for root in sys.argv[2:]]
HERE = pathlib.Path(__file__).resolve().parents[2]

CLASSES = """ro lv ru uk lt et pl it fr es pt de hu tr hr cs sk sl nl sv da nb fi ca gl sq az eo is id vi bg be mk kk""".split()
LOCALES = {code: code for code in CLASSES}
LOCALES |= {"pt_BR": "pt", "pt_PT": "pt", "no": "nb", "sr@latin": "sr", "sr@Latn": "sr", "sr": "srcy", "sr_RS": "srcy"}
LOCALES |= {f"{code}_{code.upper()}": code for code in CLASSES}
LOCALES |= {"uk_UA": "uk", "et_EE": "et", "cs_CZ": "cs", "sl_SI": "sl", "sv_SE": "sv", "da_DK": "da", "nb_NO": "nb", "gl_ES": "gl"}
OTHERS = """ast an br wa fur mt gd fo jv su mg ht yo ig ha kab uz uz@Latn tk xh zu nso ve rw ku kmr ltg li nds sc hsb szl se cy ga af
    ms crh st ts tn mi sm haw tl fil lg ln wo ff om io ia vo kl kw gn ay qu sn ny ace min ban bug lld rm co gsc frp ang eu""".split()
OTHERS_CYRILLIC = "cv ab ba sah os mhr mn av ce udm kv tt tg ky".split()
LOCALES |= {code: "UND" for code in OTHERS} | {code: "UNDCY" for code in OTHERS_CYRILLIC}
CYRILLIC = {"ru", "uk", "bg", "be", "mk", "srcy", "kk", "UNDCY"}

SMALL = "ro lv ru en uk lt pl it fr es pt de hu tr cs sk sl nl sv da nb fi ca bg mk is id vi".split()
LARGE = "en de fr es it pl pt nl sv nb fi cs ca mk ru uk".split()
DICTIONARIES = {"ro": "ro_RO", "lv": "lv_LV", "be": "be_BY", "lt": "lt_LT", "bg": "bg_BG"}

ROMANISED = dict(zip("абвгдезийклмнопрстуфхыэіїєґёжцчшщъьюя", "a b v g d e z i y k l m n o p r s t u f kh y e i yi ye g yo zh ts ch sh shch - - yu ya".split()))
ROMANISED |= {"ъ": "", "ь": ""}
ROMANISED_TOO = ROMANISED | {"й": "j", "х": "h", "щ": "sch", "ю": "ju", "я": "ja", "ы": "i", "ь": "'"}


def messages(path):
    """Pairs of original and translation of a GNU message catalogue."""
    data = path.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack(order + "III", data[8:20])
    for place in range(count):
        pair = []
        for table in (originals, translations):
            length, start = struct.unpack_from(order + "II", data, table + 8 * place)
            pair.append(data[start : start + length].decode("utf8"))
        if pair[0]:
            yield pair[0].split("\x04")[-1].split("\0"), pair[1].split("\0")


def clean(text):
    """Without markup, placeholders, options, paths and marks of shortcut keys."""
    if len(text) > 1200:
        return ""
    text = re.sub(r"&[a-z]+;", " ", re.sub(r"<[^<>]*>", " ", text))
    words = [word for word in text.split() if not re.search(r"[%${}\\/@=|<>\[\]]|--|\w\.\w", word)]
    return re.sub(r"[&_~](?=\w)", "", " ".join(words))


def is_text(text):
    return 5 < len(text) < 1200 and len(re.findall(r"[^\W\d_]{2,}", text)) >= 2


def paragraphs(path):
    try:
        elements = list(ElementTree.parse(path).iter())
    except ElementTree.ParseError:
        return
    for element in elements:
        if element.tag.split("}")[-1] in ("p", "title", "desc"):
            text = " ".join("".join(element.itertext()).split())
            if is_text(text):
                yield text


def is_cyrillic(text):
    text = text.lower()
    return len(re.findall("[\u0400-\u052f]", text)) > len(re.findall("[a-z]", text))


FILES = sorted({path for root in ROOTS for path in root.rglob("*.*") if path.suffix in (".mo", ".page", ".gz", ".aff")})


def find(pattern):
    return [path for path in FILES if path.match(pattern)]


def sentences():
    found = collections.defaultdict(set)
    for path in find("locale/*/LC_MESSAGES/*.mo") + find("languages/*.mo"):
        locale = path.parts[-3] if path.parent.name == "LC_MESSAGES" else re.sub(r"^(admin-network-|admin-)", "", path.stem)
        lang = LOCALES.get(locale)
        if lang is None or path.stem.startswith(("iso_", "continents")):
            continue
        try:
            for originals, translations in messages(path):
                for text in map(clean, originals):
                    if is_text(text):
                        found["en"].add(text)
                found[lang].update(text for text in map(clean, translations) if is_text(text))
        except (UnicodeDecodeError, struct.error):
            continue
    for path in find("share/help/C/*/*.page"):
        found["en"].update(paragraphs(path))
    for path in find("share/help/*/*/*.page"):
        if lang := LOCALES.get(path.parts[-3]):
            found[lang].update(paragraphs(path))
    for lang, texts in own_texts():
        found[lang].update(texts)
    english = set(found["en"])
    for lang in found:
        kept = {text for text in found[lang] if is_cyrillic(text) == (lang in CYRILLIC)}
        found[lang] = sorted(kept if lang == "en" else kept - english)
        random.shuffle(found[lang])
    for lang, most in (("ru", 7000), ("uk", 3000), ("bg", 3000)):
        for text in found[lang][:most]:
            letters = random.choice((ROMANISED, ROMANISED_TOO))
            found["UND"].append("".join(letters.get(c, c) for c in text.lower()))
    random.shuffle(found["UND"])
    return found


def own_texts():
    """The concepts and the interface of vesti itself."""
    rows = [line.split("\t") for line in (HERE / "config/thesaurus.tsv").read_text().splitlines()]
    for column, lang in enumerate(rows[0]):
        if lang in ("ro", "lv", "ru", "en"):
            labels = [label for row in rows[1:] if len(row) > column for label in row[column].split("|")]
            yield lang, [label for label in labels if is_text(label)]
            lines = (HERE / f"src/web/messages/{lang}.ftl").read_text().splitlines()
            texts = [re.sub(r"\{[^}]*\}", " ", line.partition("=")[2]) for line in lines]
            yield lang, [text.strip() for text in texts if is_text(text.strip())]


def frequencies(size, lang):
    """Words in bins of a centibel, the most frequent first."""
    [path] = find(f"wordfreq/data/{size}_{lang}.msgpack.gz")
    for place, words in enumerate(msgpack.load(gzip.open(path), raw=False)[1:]):
        for word in words:
            if bool(re.search("[\u0400-\u052f]", word)) == (lang in CYRILLIC):
                yield place, word


def main():
    random.seed(7)
    OUT.mkdir(parents=True, exist_ok=True)
    for lang, texts in sentences().items():
        print(lang, len(texts))
        (OUT / f"{lang}.txt").write_text("\n".join(texts[:80000]) + "\n")
    for lang in SMALL + ["hr", "sr"]:
        with (OUT / f"{lang}.words").open("w") as out:
            for place, word in frequencies("small", {"hr": "sh", "sr": "sh"}.get(lang, lang)):
                if re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", word):
                    out.write(f"{word}\t{10 ** (-place / 100):.3e}\n")
    for lang in LARGE:
        rare = [word for place, word in frequencies("large", lang) if 600 <= place < 760 and re.fullmatch(r"[^\W\d_]{3,}", word)]
        random.shuffle(rare)
        (OUT / f"{lang}.forms").write_text("\n".join(rare[:250000]) + "\n")
    for lang, name in DICTIONARIES.items():
        [base] = [str(path)[: -len(".aff")] for path in find(f"share/hunspell/{name}.aff")]
        encoding = re.search(rb"SET (\S+)", open(base + ".aff", "rb").read()).group(1).decode()
        forms = subprocess.run(["unmunch", base + ".dic", base + ".aff"], capture_output=True, check=False).stdout
        forms = sorted({form for form in forms.decode(encoding, "replace").split("\n") if re.fullmatch(r"[^\W\d_]+", form)})
        random.shuffle(forms)
        (OUT / f"{lang}.forms").write_text("\n".join(forms[:300000]) + "\n")


main()
