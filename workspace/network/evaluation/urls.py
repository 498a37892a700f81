"""Addresses under /<language>/workspace/network/evaluation/."""

from django.urls import path

from workspace.network.evaluation import cycles, findings, survey, tables

urlpatterns = [
    path("", cycles.index, name="network-evaluation"),
    path("new/", cycles.create, name="network-cycle-new"),
    path("<slug:cycle>/", cycles.show, name="network-cycle"),
    path("<slug:cycle>/edit/", cycles.edit, name="network-cycle-edit"),
    path("<slug:cycle>/press/", cycles.press, name="network-cycle-press"),
    path("<slug:cycle>/write/", findings.write, name="network-cycle-write"),
    path("<slug:cycle>/compare/", cycles.compare, name="network-cycle-compare"),
    path("<slug:cycle>/survey/", survey.show, name="network-survey"),
    path("<slug:cycle>/figures.csv", tables.table, name="network-cycle-table"),
    path("<slug:cycle>/figures.xlsx", tables.workbook, name="network-cycle-book"),
    path("<slug:cycle>/figures.json", tables.machine, name="network-cycle-json"),
]
