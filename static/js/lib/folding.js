// Words are compared here as the server compares them (core/spelling/folding.py); core/tests/folding.json holds both to it.

const UNSEEN =
  /[\p{Cf}\p{Cc}\p{Cs}]|\u034f|\u115f|\u1160|[\u17b4\u17b5]|[\u180b-\u180f]|\u3164|\uffa0|[\ufe00-\ufe0f]/gu;
const LINE_ENDS = /[\t\n\v\f\r\u0085]/g;
const APOSTROPHES =
  /['`\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u0374\u0384\u055a\u055b\u05f3\u2018\u2019\u201b\u2032\u2035\ua78b\ua78c\uff07]/g;
const LATIN_MARKS = /([a-z])\p{Mn}+/gu;
const READING_MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const SAME = { ё: "е", ѐ: "е", ѝ: "и", ł: "l", ß: "ss", ı: "i", ي: "ی", ى: "ی", ك: "ک" };

export function folded(text) {
  const plain = text
    .replace(LINE_ENDS, " ")
    .replace(UNSEEN, "")
    .replace(APOSTROPHES, "")
    .normalize("NFKC")
    .toLowerCase();
  const latin = plain.normalize("NFD").replace(LATIN_MARKS, "$1").normalize("NFC");
  return latin.replace(READING_MARKS, "").replace(/[ёѐѝłßıيىك]/g, (letter) => SAME[letter]);
}

// Letters that people type for each other, as `alike` of the server has them.
const TYPED_FOR = new Map(
  [..."ўқғҳҷӣӯәіңүұөһəةۀأإآٱؤئ"].map((letter, at) => [letter, [..."окгхчиуаинууохeههااااوی"][at]]),
);

export function alike(text) {
  return [...text]
    .map((letter) => TYPED_FOR.get(letter) ?? letter)
    .join("")
    .replaceAll("եվ", "եւ");
}

// The words of a text as they are searched, without punctuation.
export function words(text) {
  return alike(folded(text))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

// The words of a question, null for one of which nothing can be read: it is not the question for everything.
export function askedWords(question) {
  const found = words(question);
  return found.length || !question.trim() ? found : null;
}
