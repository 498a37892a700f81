"""The words of the paper that a person takes along, by language.

They are few, and never say what the network is, what illness or medicine there is, or where the person goes. The page
says under each text whether a native speaker has looked at it.
"""

from __future__ import annotations

from typing import Literal, TypedDict


class Paper(TypedDict):
    name: str
    direction: Literal["ltr", "rtl"]
    title: str
    code: str
    say: str
    carry: str
    things: list[str]
    keep: str
    is_checked: bool


#: Only languages in which somebody has written with care; more are added with their texts.
PAPERS: dict[str, Paper] = {
    "ru": {
        "name": "Русский",
        "direction": "ltr",
        "title": "Памятка",
        "code": "Ваш код",
        "say": "Назовите этот код там, куда вас направили. Если вы не там или планы изменились, "
        "назовите его в любой организации сети: вас найдут.",
        "carry": "Возьмите с собой",
        "things": ["лекарства с запасом, в их упаковке", "выписку и рецепт", "документы, какие есть",
                   "телефон и зарядку"],
        "keep": "По коду никто не узнает ни имени, ни причины. Не показывайте его тем, кому не доверяете.",
        "is_checked": False,
    },
    "en": {
        "name": "English",
        "direction": "ltr",
        "title": "Reminder",
        "code": "Your code",
        "say": "Say this code where you were sent. If you are somewhere else or your plans changed, say it at any "
        "organisation of the network: they will find out what to do.",
        "carry": "Take with you",
        "things": ["medicine with a reserve, in its packing", "medical summary and prescription",
                   "whatever documents you have", "phone and charger"],
        "keep": "The code tells nobody your name or your reason. Do not show it to people you do not trust.",
        "is_checked": False,
    },
    "uz": {
        "name": "Oʻzbekcha",
        "direction": "ltr",
        "title": "Eslatma",
        "code": "Sizning kodingiz",
        "say": "Sizni yuborishgan joyda shu kodni ayting. Boshqa joyda boʻlsangiz yoki rejangiz oʻzgargan boʻlsa, "
        "uni tarmoqning istalgan tashkilotida ayting: nima qilishni aytishadi.",
        "carry": "Oʻzingiz bilan oling",
        "things": ["dorilar, zaxirasi bilan, oʻz qutisida", "tibbiy koʻchirma va retsept", "bor hujjatlaringiz",
                   "telefon va quvvatlagich"],
        "keep": "Koddan hech kim ismingizni ham, sababini ham bilib ololmaydi. Uni ishonmaydigan odamlaringizga "
        "koʻrsatmang.",
        "is_checked": False,
    },
    "tg": {
        "name": "Тоҷикӣ",
        "direction": "ltr",
        "title": "Ёддошт",
        "code": "Рамзи шумо",
        "say": "Ин рамзро дар ҷое, ки шуморо фиристодаанд, гӯед. Агар дар ҷои дигар бошед ё нақшаатон дигар шуда "
        "бошад, онро дар ҳар як ташкилоти шабака гӯед: мегӯянд, ки чӣ кор кардан лозим аст.",
        "carry": "Бо худ гиред",
        "things": ["доруҳо бо захира, дар қуттиашон", "хулосаи тиббӣ ва дорухат", "ҳуҷҷатҳое, ки доред",
                   "телефон ва барқдиҳанда"],
        "keep": "Аз рӯи ин рамз касе на номи шуморо мефаҳмад ва на сабабро. Онро ба касоне, ки бовар надоред, "
        "нишон надиҳед.",
        "is_checked": False,
    },
    "ky": {
        "name": "Кыргызча",
        "direction": "ltr",
        "title": "Эстеткич",
        "code": "Сиздин кодуңуз",
        "say": "Сизди жөнөткөн жерде ушул кодду айтыңыз. Башка жерде болсоңуз же планыңыз өзгөрсө, аны тармактын "
        "каалаган уюмунда айтыңыз: эмне кылуу керегин айтышат.",
        "carry": "Өзүңүз менен алыңыз",
        "things": ["дары-дармек, запасы менен, өз кутусунда", "медициналык көчүрмө жана рецепт",
                   "колуңузда болгон документтер", "телефон жана кубаттагыч"],
        "keep": "Код боюнча эч ким атыңызды да, себебин да биле албайт. Аны ишенбеген адамдарыңызга көрсөтпөңүз.",
        "is_checked": False,
    },
    "kk": {
        "name": "Қазақша",
        "direction": "ltr",
        "title": "Ескертпе",
        "code": "Сіздің кодыңыз",
        "say": "Осы кодты сізді жіберген жерде айтыңыз. Басқа жерде болсаңыз немесе жоспарыңыз өзгерсе, оны желінің "
        "кез келген ұйымында айтыңыз: не істеу керегін айтады.",
        "carry": "Өзіңізбен бірге алыңыз",
        "things": ["дәрі-дәрмек, қорымен, өз қорабында", "медициналық үзінді және рецепт", "қолыңыздағы құжаттар",
                   "телефон және қуаттағыш"],
        "keep": "Код бойынша ешкім атыңызды да, себебін де біле алмайды. Оны сенбейтін адамдарыңызға көрсетпеңіз.",
        "is_checked": False,
    },
    "ka": {
        "name": "ქართული",
        "direction": "ltr",
        "title": "შეხსენება",
        "code": "თქვენი კოდი",
        "say": "თქვით ეს კოდი იქ, სადაც გამოგაგზავნეს. თუ სხვა ადგილას ხართ ან გეგმა შეგეცვალათ, თქვით ის ქსელის "
        "ნებისმიერ ორგანიზაციაში: გეტყვიან, რა უნდა გააკეთოთ.",
        "carry": "თან წაიღეთ",
        "things": ["წამლები მარაგით, თავის შეფუთვაში", "სამედიცინო ამონაწერი და რეცეპტი", "საბუთები, რაც გაქვთ",
                   "ტელეფონი და დამტენი"],
        "keep": "კოდით ვერავინ გაიგებს ვერც თქვენს სახელს და ვერც მიზეზს. ნუ აჩვენებთ მას, ვისაც არ ენდობით.",
        "is_checked": False,
    },
    "uk": {
        "name": "Українська",
        "direction": "ltr",
        "title": "Пам’ятка",
        "code": "Ваш код",
        "say": "Назвіть цей код там, куди вас направили. Якщо ви не там або плани змінилися, назвіть його в "
        "будь-якій організації мережі: вам підкажуть, що робити.",
        "carry": "Візьміть із собою",
        "things": ["ліки із запасом, у їхній упаковці", "виписку та рецепт", "документи, які є",
                   "телефон і зарядку"],
        "keep": "За кодом ніхто не дізнається ні імені, ні причини. Не показуйте його тим, кому не довіряєте.",
        "is_checked": False,
    },
    "fa-af": {
        "name": "دری",
        "direction": "rtl",
        "title": "یادداشت",
        "code": "کد شما",
        "say": "این کد را در جایی که شما را فرستاده‌اند بگویید. اگر در جای دیگری هستید یا برنامه‌تان تغییر کرده است، "
        "آن را در هر سازمان شبکه بگویید: به شما می‌گویند چه باید کرد.",
        "carry": "با خود ببرید",
        "things": ["دوا با ذخیره، در بسته‌بندی خودش", "خلاصهٔ طبی و نسخه", "هر سندی که دارید", "تلفون و چارجر"],
        "keep": "از روی این کد کسی نه نام شما را می‌فهمد و نه دلیل را. آن را به کسانی که به آن‌ها اعتماد ندارید "
        "نشان ندهید.",
        "is_checked": False,
    },
    "ar": {
        "name": "العربية",
        "direction": "rtl",
        "title": "تذكير",
        "code": "رمزك",
        "say": "قل هذا الرمز في المكان الذي أُرسلت إليه. إذا كنت في مكان آخر أو تغيّرت خططك، قله في أي منظمة من "
        "الشبكة: سيخبرونك بما يجب فعله.",
        "carry": "خذ معك",
        "things": ["الأدوية مع كمية احتياطية، في عبواتها", "التقرير الطبي والوصفة", "ما لديك من وثائق",
                   "الهاتف والشاحن"],
        "keep": "لا يعرف أحد من الرمز اسمك ولا السبب. لا تُره لمن لا تثق به.",
        "is_checked": False,
    },
}  # fmt: skip


def paper_in(language: str) -> Paper:
    return PAPERS[language]
