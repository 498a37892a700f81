"""The page behind the QR at a desk; under the language."""

from django.urls import path

from doors.voice.views import VoiceView

app_name = "voice"
urlpatterns = [path("voice/<slug:code>/", VoiceView.as_view(), name="voice")]
