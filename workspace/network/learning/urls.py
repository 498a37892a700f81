"""Addresses under /<language>/workspace/network/learning/."""

from django.urls import path

from workspace.network.learning import after, centres, library, lists, trained, trainings

urlpatterns = [
    path("", library.index, name="network-learning"),
    path("materials/new/", library.create, name="network-material-new"),
    path("materials/<slug:material>/", library.show, name="network-material"),
    path("materials/<slug:material>/edit/", library.edit, name="network-material-edit"),
    path("materials/<slug:material>/press/", library.press, name="network-material-press"),
    path("materials/<slug:material>/file/", library.download, name="network-material-file"),
    path("trainings/", trainings.index, name="network-trainings"),
    path("trainings/calendar.ics", trainings.calendar_file, name="network-trainings-ics"),
    path("trainings/new/", trainings.create, name="network-training-new"),
    path("trainings/<slug:training>/", trainings.show, name="network-training"),
    path("trainings/<slug:training>/edit/", trainings.edit, name="network-training-edit"),
    path("trainings/<slug:training>/press/", lists.press, name="network-training-press"),
    path("trainings/<slug:training>/training.ics", trainings.training_file, name="network-training-ics"),
    path("trained/", trained.index, name="network-trained"),
    path("certificates/<slug:number>/", trained.certificate, name="network-certificate"),
    path("after/<slug:enrolment>/", after.show, name="network-training-after"),
    path("centres/", centres.index, name="network-centres"),
    path("centres/<slug:place>/", centres.show, name="network-centre"),
    path("centres/<slug:place>/press/", centres.press, name="network-centre-press"),
]
