"""Public pages of subscriptions; included beside the public map under the language."""

from django.urls import path

from doors.subscribing.views import EndView, SubscribeView, SubscriptionView

app_name = "subscribing"
urlpatterns = [
    path("news/letters/", SubscribeView.as_view(), name="subscribe"),
    path("news/letters/end/<str:note>/", EndView.as_view(), name="end"),
    path("news/letters/<str:note>/", SubscriptionView.as_view(), name="subscription"),
]
