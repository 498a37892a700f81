import pytest

from core.geo.coordinates import PointNotRead, read_point

HERE = (41.72916, 44.77878)


@pytest.mark.parametrize(
    "text",
    [
        "41.72916, 44.77878",
        "  41.72916 44.77878 ",
        "41.72916;44.77878",
        "(41.72916, 44.77878)",
        "41,72916 44,77878",
        "41,72916; 44,77878",
        "41,72916, 44,77878",
        "41.72916° N, 44.77878° E",
        "N 41.72916° E 44.77878°",
        "44.77878E 41.72916N",
        "41°43'44.98\"N 44°46'43.61\"E",
        "41°43′44.98″ с.ш. 44°46′43.61″ в.д.",
        "41° 43.7496' N, 44° 46.7268' E",
        "N 41 43.7496 E 44 46.7268",
        "41,72916° с. ш., 44,77878° в. д.",
        "geo:41.72916,44.77878;u=20?z=17",
        "geo:0,0?q=41.72916,44.77878(Дом)",
        "https://www.openstreetmap.org/?mlat=41.72916&mlon=44.77878#map=18/41.7/44.7",
        "https://www.openstreetmap.org/#map=17/41.72916/44.77878",
        "openstreetmap.org/node/1#map=17/41.72916/44.77878&layers=N",
        "https://www.google.com/maps/@41.72916,44.77878,17z",
        "https://www.google.com/maps/place/Дом/@41.6,44.6,15z/data=!3m1!4b1!4m6!3m5!8m2!3d41.72916!4d44.77878",
        "https://www.google.com/maps/search/?api=1&query=41.72916%2C44.77878",
        "https://maps.google.com/?q=41.72916,44.77878&z=17",
        "https://www.google.com/maps/place/41.72916,+44.77878/@41.7,44.7,17z",
        "https://www.google.com/maps/dir/?api=1&destination=41.72916,44.77878",
        "https://yandex.ru/maps/?pt=44.77878,41.72916&z=17&l=map",
        "https://yandex.com/maps/10277/tbilisi/?ll=44.77878%2C41.72916&z=16",
        "https://yandex.kz/maps/?ll=44.1,41.1&whatshere%5Bpoint%5D=44.77878%2C41.72916",
        "https://yandex.ru/maps/?rtext=41.1,44.1~41.72916,44.77878",
        "https://2gis.ru/geo/44.77878,41.72916?m=44.1,41.1/17",
        "https://2gis.ge/tbilisi/geo/70000001067000000/44.77878,41.72916",
        "https://2gis.kz/almaty/firm/70000001?m=44.77878%2C41.72916%2F17.5",
        "https://maps.apple.com/?ll=41.72916,44.77878&q=x",
        "https://maps.apple.com/place?coordinate=41.72916,44.77878",
    ],
)
def test_what_people_paste_is_read(text):
    lat, lon = read_point(text)
    assert (round(lat, 5), round(lon, 5)) == HERE


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("-12.5, -77.25", (-12.5, -77.25)),
        ("−12,5 −77,25", (-12.5, -77.25)),
        ("12°30'S 77°15'W", (-12.5, -77.25)),
        ("41, 44", (41.0, 44.0)),
        ("90, 180", (90.0, 180.0)),
    ],
)
def test_south_and_west_and_whole_degrees(text, point):
    assert read_point(text) == point


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "none"),
        ("ул. Горная, 5", "none"),
        ("41.72916", "none"),
        ("95.1, 44.7", "none"),
        ("41.7, 244.7", "none"),
        ("0, 0", "none"),
        ("+995 322 12 34 56", "none"),
        ("https://example.org/about", "none"),
        ("https://[broken", "none"),
        ("https://maps.app.goo.gl/AbCdEf", "short"),
        ("https://yandex.ru/maps/-/CDabcd", "short"),
        ("go.2gis.com/abcd", "short"),
        ("https://maps.apple/p/abcd", "short"),
    ],
)
def test_what_holds_no_point_says_why(text, why):
    with pytest.raises(PointNotRead) as refused:
        read_point(text)
    assert refused.value.code == why
