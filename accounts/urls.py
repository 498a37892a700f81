from allauth import urls as allauth_urls
from django.urls import include, path

from accounts.views import ByInvitationView, EndSessionsView, ProfileView, SignOutView

urlpatterns = [
    path("", ProfileView.as_view(), name="account_profile"),
    path("signup/", ByInvitationView.as_view(), name="account_signup"),
    path("logout/", SignOutView.as_view(), name="account_logout"),
    path("sessions/end/", EndSessionsView.as_view(), name="account_sessions_end"),
    path("", include(allauth_urls)),
]
