"""How streets, houses and doors are called in the languages of the network. Pieces of patterns; texts come folded.

A text is folded by `spotting.folded`: small letters, ё as е, plain spaces and apostrophes.
"""

from __future__ import annotations

#: Words that make an address of the name or number that follows: «ул. Речной», "ul. Młyńska", "rue des Lilas".
#: A name begins with a capital letter in the text itself, because «на улице» is also where people without a home live.
BEFORE_A_NAME = (
    # ru, uk, be
    r"улиц[аеуыио]\w{0,2}", r"проспект\w{0,3}", r"пр-?к?т\w?\.?", r"просп\.", r"переул\w+", r"пер\.",
    r"бульвар\w{0,3}", r"б-р\.?", r"шоссе", r"набережн\w+", r"наб\.", r"площад\w{1,3}", r"пл\.",
    r"проезд\w{0,3}", r"пр-д\.?", r"туп(?:ик\w{0,2}|\.)", r"алле[яеию]\w?", r"спуск\w{0,2}", r"микрорайон\w{0,2}",
    r"мкр-?н?\.?", r"квартал\w{0,2}", r"вулиц[яіюею]\w{0,2}", r"провул\w+", r"пров\.", r"площ[аіу]", r"узв[оі]\w+",
    r"шосе", r"набережн\w+", r"вуліц\w{1,3}", r"праспект\w{0,3}", r"завул\w+", r"зав\.", r"плошч\w{1,2}",
    r"набярэжн\w+", r"шаш[аы]",
    # tg, ky, kk (the name of these two mostly stands first)
    r"к[уӯ]ча[иҳ]\w{0,2}", r"хи[её]бон[иҳ]", r"гузаргоҳ[иҳ]", r"маҳалла[иҳ]",
    # pl
    r"ulic[aąyęe]\w?", r"alej[aiąę]\w?", r"al\.", r"plac\w{0,2}", r"pl\.", r"osiedl\w{1,2}", r"os\.",
    # ro
    r"str(?:ada|ăzii|azii|\.)", r"bulevard\w{0,3}", r"b-?dul", r"bd\.?", r"bld\.", r"alee\w{1,3}", r"șos(?:eaua|\.)",
    r"sos\.", r"calea", r"pia[țt]a", r"stradela", r"fundătura",
    # fr
    r"rue", r"avenue", r"av\.", r"boulevard", r"place", r"quai", r"impasse", r"all[ée]e", r"chemin", r"cours",
    r"passage",
)  # fmt: skip

#: Abbreviations that mean nothing else: they need no capital letter after them.
ALWAYS_BEFORE = (
    r"ул", r"вул", r"пр-к?т", r"просп", r"пер\.", r"б-р", r"наб\.", r"мкр-?н?", r"ul\.", r"str\.", r"al\.", r"os\.",
    r"b-?dul", r"șos\.", r"sos\.", r"көш\.",
)  # fmt: skip

#: Words that make an address of the name before them: «Мельничный переулок», "Abay көшесі", "Narva mnt".
AFTER_A_NAME = (
    r"ул\.?", r"вул\.?", r"улиц[аеуыио]\w{0,2}", r"проспект\w{0,3}", r"пр-?т\.?", r"переул\w+", r"бульвар\w{0,3}",
    r"шоссе", r"набережн\w+", r"площад\w{1,3}", r"тупик\w{0,2}", r"проезд\w{0,3}", r"алле[яеию]\w?", r"спуск\w{0,2}",
    r"вулиц[яіюею]\w{0,2}", r"провул\w+", r"вуліц\w{1,3}", r"завул\w+", r"праспект\w{0,3}", r"узв[оі]\w+",
    # et
    r"tänav\w{0,3}", r"tn\.?", r"puiestee\w{0,2}", r"pst\.?", r"maantee\w{0,2}", r"mnt\.?", r"põik", r"väljak\w{0,2}",
    # hy
    r"փող(?:ոց\w{0,4}|\.)", r"պող(?:ոտա\w{0,4}|\.)", r"նրբանցք\w{0,3}", r"խճուղի\w{0,3}", r"հրապարակ\w{0,3}",
    # en
    r"street", r"st\.", r"avenue", r"ave\.?", r"road", r"rd\.?", r"lane", r"boulevard", r"blvd\.?", r"square",
    r"embankment", r"highway", r"alley",
)  # fmt: skip

#: The same where the word itself says that a name went before: "Abay's street".
OF_A_NAME = (
    # kk, ky, uz, az, tr
    r"көше(?:сі|сін|нің)\w{0,4}", r"даңғыл(?:ы)\w{0,4}", r"дңғ\.?", r"тұйығы\w{0,4}", r"ықшам\s?аудан\w{0,5}",
    r"шағын\s?аудан\w{0,5}", r"көчө(?:сү)\w{0,5}", r"проспекти(?:си)?\w{0,4}", r"ko'?chasi\w{0,4}", r"kuchasi\w{0,4}",
    r"prospekti\w{0,4}", r"mavzesi\w{0,4}", r"kücəsi\w{0,4}", r"küçəsi\w{0,4}", r"soka(?:k|ğı)\w{0,4}",
    r"cad(?:desi|\.)\w{0,4}", r"mahallesi\w{0,4}",
)  # fmt: skip

#: Georgian has no capital letters: a name stands in the genitive.
GEORGIAN = (
    r"\w{2,}ს\s+(?:\d+\s+)?"
    r"(?:ქუჩ(?:ა|ის|აზე|იდან)|ქ\.|გამზირ\w{0,3}|გამზ\.|ჩიხ\w{0,3}|შესახვევ\w{0,3}|მოედან\w{0,3}|მოედნ\w{0,3})"
)

#: German names grow together with the word; some of these words mean other things without a number.
GERMAN = (
    r"(?:\w{3,}(?:straße|strasse|str\.|gasse)(?!\w)|"
    r"\w{3,}(?:allee|platz|weg|damm|ufer|ring|chaussee|markt)\s+\d{1,3}\s?[a-z]?(?!\w))"
)

#: What stands before the number of a house, a flat, an entrance: the number follows at once.
HOUSE = (
    r"дом[ауе]?", r"д\.", r"корпус\w{0,2}", r"корп\.", r"строени\w{1,2}", r"стр\.", r"квартир\w{1,2}", r"кв\.?",
    r"подъезд\w{0,2}", r"владени\w", r"будин\w{2,4}", r"буд\.", r"квартир\w", r"п[iі]д'?їзд\w{0,2}",
    r"пад'?езд\w{0,2}", r"дам[уа]", r"кватэр\w", r"үй", r"пәтер\w{0,2}", r"кіреберіс", r"үйү", r"батир", r"хона[иҳ]",
    r"uy", r"xonadon", r"house", r"building", r"bldg\.?", r"apartment", r"apt\.?", r"flat", r"entrance", r"haus",
    r"hausnummer", r"wohnung", r"bloc(?:ul)?", r"bl\.", r"sc(?:ara|\.)", r"ap\.", r"apartamentul", r"blok",
    r"m(?:ieszkanie|\.)", r"klatk[aię]", r"appartement", r"appt\.?", r"bâtiment", r"bât\.?", r"korter", r"maja",
    r"շենք", r"տուն", r"բնակարան", r"մուտք", r"ბინა", r"სახლი", r"კორპუსი", r"სადარბაზო", r"mənzil", r"daire",
)  # fmt: skip

#: Doors that open by a code, and bells with a number.
ENTRY = (
    r"домофон\w{0,3}",
    r"код\w{0,2}\s+(?:от\s+|на\s+|до\s+|з\s+|д?ля\s+)?(?:двер\w+|домофон\w*|подъезд\w*|калитк\w+|замк\w+|вход\w*|ворот\w*|хвіртк\w+|під'?їзд\w*|пад'?езд\w*|брам\w+|дзвяр\w+)",
    r"код\s+двер\w+", r"на\s+двер\w+\s+код", r"ключниц\w+\s+код", r"entry\s?phone", r"intercom", r"door\s+code",
    r"gate\s+code", r"entry\s+code", r"key\s?pad(?:\s+code)?", r"buzzer", r"türcode",
    r"klingel\w{0,2}(?:\s+(?:bei|nr\.))?", r"digicode", r"interphone", r"code\s+(?:d'entrée|de\s+la\s+porte|porte)",
    r"domofon\w{0,3}", r"kod\s+(?:do\s+)?(?:drzwi|bramy|klatki|domofonu|furtki)", r"interfon\w{0,3}",
    r"cod(?:ul)?\s+(?:de\s+la\s+)?(?:ușă|ușii|intrare|poartă|interfon)", r"fonoluk\w{1,2}", r"uksekood\w{0,2}",
    r"ukse\s+kood", r"դոմոֆոն\w{0,3}", r"դռան\s+կոդ\w{0,2}", r"დომოფონ\w{0,3}", r"კარის\s+კოდ\w{0,2}",
    r"есік\w{0,3}\s+код\w{0,2}", r"эшик\w{0,4}\s+код\w{0,2}", r"eshik\s+kod\w{0,2}", r"коди\s+дар", r"qapı\s+kodu",
    r"kapı\s+(?:kodu|şifresi)",
)  # fmt: skip

#: What somebody is told to press: the number follows at once.
PRESS = (
    r"звонок\s+(?:no|номер)", r"набери(?:те)?", r"набирайте", r"наберіть", r"набярыце", r"нажмите", r"натисніть",
    r"ring\s+(?:bell|flat|number|no\.?)", r"press(?:\s+(?:button|key|bell|number))?", r"klingeln\s+(?:sie\s+)?bei",
    r"sonnez\s+(?:au|à)", r"sunați\s+la", r"vajutage", r"басыңыз", r"bosing",
)  # fmt: skip

#: Before a number in degrees.
DEGREES = (
    r"широт\w{1,2}", r"долгот\w{1,2}", r"довгот\w{1,2}", r"шырат\w{1,2}", r"даўгат\w{1,2}", r"координат\w{0,3}",
    r"каардынат\w{0,3}", r"gps", r"lat(?:itude)?", r"lon(?:g|gitude)?", r"lng", r"coord(?:inate)?s?", r"breite",
    r"länge", r"szerokość", r"długość", r"latitudine", r"longitudine", r"laius(?:kraad)?", r"pikkus(?:kraad)?",
    r"լայնություն", r"երկայնություն", r"կոորդինատ\w{0,3}", r"განედი", r"გრძედი", r"კოორდინატ\w{0,3}", r"ендік",
    r"бойлық", r"kenglik", r"uzunlik",
)  # fmt: skip

#: What follows a number that counts something: then it is no number of a house.
COUNTED = (
    r"лет", r"год", r"мест", r"час", r"мин", r"чел", r"дн", r"дней", r"день", r"раз", r"этаж", r"руб", r"₽", r"лари",
    r"драм", r"тенге", r"грн", r"гривен", r"злот", r"лей", r"евро", r"€", r"\$", r"км", r"м\b", r"шаг", r"%",
    r"недел", r"месяц", r"мужчин", r"женщин", r"детей", r"ребен", r"доз", r"штук", r"шт", r"групп", r"встреч",
    r"сеанс", r"консульт", r"поколен", r"процент", r"years", r"people", r"places", r"beds", r"hours", r"min",
    r"days", r"times", r"steps", r"osób", r"miejsc", r"godz", r"jahre", r"plätze", r"personen", r"uhr", r"ans",
    r"lits", r"heures", r"locuri", r"ani", r"ore", r"zile", r"kohta", r"tundi", r"місць", r"роки", r"років",
    r"годин", r"гадоў", r"месцаў", r"орын", r"адам", r"жас", r"kishi",
)  # fmt: skip

#: Where maps live. A link there is a place, whatever its text says.
MAP_LINKS = (
    r"google\.[a-z.]{2,6}/maps", r"maps\.google\.", r"maps\.app\.goo\.gl", r"goo\.gl/maps", r"g\.co/maps",
    r"g\.page/", r"(?:yandex|ya)\.[a-z.]{2,6}/(?:maps|navi)", r"maps\.yandex\.", r"2gis\.[a-z.]{2,6}",
    r"go\.2gis\.com", r"openstreetmap\.", r"osm\.org", r"osmand\.net", r"waze\.com", r"maps\.apple\.com",
    r"bing\.com/maps", r"here\.com", r"mapy\.c(?:z|om)", r"maps\.me", r"ge0\.me", r"omaps\.app", r"organicmaps\.app",
    r"wikimapia\.org", r"mapcarta\.com", r"w3w\.co", r"what3words\.com", r"plus\.codes", r"maps\.mail\.ru",
)  # fmt: skip
