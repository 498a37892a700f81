from allauth import urls as allauth_urls
from django.urls import include, path

from accounts.views import ByInvitationView, ProfileView

urlpatterns = [
    path("", ProfileView.as_view(), name="account_profile"),
    path("signup/", ByInvitationView.as_view(), name="account_signup"),
    path("", include(allauth_urls)),
]
