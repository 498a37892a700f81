"""Addresses under /<language>/workspace/network/gaps/."""

from django.urls import path

from workspace.network.gaps import cell, gap, layer, tables, views

urlpatterns = [
    path("", views.index, name="network-gaps"),
    path("cell/", cell.show, name="network-gap-cell"),
    path("changes/", views.changed, name="network-gap-changes"),
    path("layer.json", layer.layer, name="network-gaps-layer"),
    path("table.csv", tables.table, name="network-gaps-table"),
    path("table.xlsx", tables.workbook, name="network-gaps-book"),
    path("work/", gap.index, name="network-gap-list"),
    path("work/<slug:gap>/", gap.show, name="network-gap"),
    path("work/<slug:gap>/press/", gap.press, name="network-gap-press"),
]
