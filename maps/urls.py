"""Addresses of the map's pages, under /<language>/."""

from django.urls import path

from maps.booklets import views as booklets
from maps.light import views as light
from maps.road import views as road
from maps.views import access, app, data, pages, seen
from maps.views.network import granted, lands, learning, news, press
from maps.views.taken import builder, download, embed, picked, sharing

app_name = "maps"

public = [
    path("", app.home, name="home"),
    path("search/", app.SearchView.as_view(), name="search"),
    path("download/", download.DownloadView.as_view(), name="download"),
    path("places/<slug:place_id>/", pages.place, name="place"),
    path("places/<slug:place_id>/qr.svg", pages.place_qr, name="place_qr"),
    path("organizations/<slug:slug>/", pages.organization, name="organization"),
    path("countries/", lands.countries, name="countries"),
    path("countries/<slug:country>/", lands.country, name="country"),
    path("countries/<slug:country>/<slug:other>/", lands.corridor, name="corridor"),
    path("light/", light.start, name="light"),
    path("light/search/", light.LightSearchView.as_view(), name="light_search"),
    path("light/places/<slug:place_id>/", light.place, name="light_place"),
    path("light/<slug:country>/", light.country, name="light_country"),
    path("light/<slug:country>/<slug:need>/", light.listings, name="light_listings"),
    path("road/", road.page, name="road"),
    path("road/worker.js", road.worker, name="road_worker"),
    path("road/app.webmanifest", road.manifest, name="road_manifest"),
    path("road/map/<slug:country>.pmtiles", road.ground_part, name="road_map"),
    path("booklets/", booklets.page, name="booklets"),
    path("booklets/booklet.pdf", booklets.file, name="booklet_pdf"),
    path("booklets/page-<int:sheet>.png", booklets.picture, name="booklet_picture"),
    path("forget/", road.forget, name="forget"),
    path("news/", news.news, name="news"),
    path("news/news.atom", news.news_atom, name="news_atom"),
    path("news/<slug:month>/", news.digest, name="digest"),
    path("documents/", news.papers, name="papers"),
    path("documents/<slug:document>/", news.paper, name="paper"),
    path("grants/", granted.grants, name="grants"),
    path("learning/", learning.learning, name="learning"),
    path("learning/calendar.ics", learning.learning_calendar, name="learning_calendar"),
    path("share.png", sharing.of_map, name="share"),
    path("places/<slug:place_id>/share.png", sharing.of_place, name="place_share"),
    path("press/", press.about, name="press"),
    path("press/map.svg", press.picture_svg, name="press_svg"),
    path("press/map.png", press.picture_png, name="press_png"),
    path("about/", pages.about, name="about"),
    path("accessibility/", access.accessibility, name="accessibility"),
    path("data/", data.data, name="data"),
    path("data/api/", data.reference, name="reference"),
    path("data/changes.atom", data.changes_atom, name="changes_atom"),
    path("data/changes.json", data.changes_json, name="changes_json"),
    path("data/use/", seen.use, name="use"),
    path("seen/", seen.seen, name="seen"),
    path("list/", picked.PickedView.as_view(), name="picked"),
    path("list/pdf/", picked.PickedPdfView.as_view(), name="picked_pdf"),
    path("embed/", embed.embed, name="embed"),
    path("embed/build/", builder.embed_build, name="embed_build"),
]
members = [
    path("members/", app.members, name="members"),
    path("members/search/", app.members_search, name="members_search"),
    path("members/download/", download.members_download, name="members_download"),
    path("members/list/", picked.members_picked, name="members_picked"),
    path("members/list/pdf/", picked.members_picked_pdf, name="members_picked_pdf"),
    path("members/places/<slug:place_id>/", pages.members_place, name="members_place"),
    path("members/organizations/<slug:slug>/", pages.members_organization, name="members_organization"),
]

urlpatterns = public + members
