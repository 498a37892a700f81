"""What browsers may do with our pages."""

from csp.constants import NONCE, NONE, SELF

from tools.local.network_file import current

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "frame-src": [SELF],  # the embed, shown on a page of ours
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": ["/violations"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
NOBODY_MAY = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = {"geolocation": "(self)", **dict.fromkeys(NOBODY_MAY, "()")}

SESSION_ENGINE = "accounts.entering.sessions"  # 12 hours idle, 7 days at most
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
# In the session, not in a cookie of its own: nothing that a screen said stays on a shared computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = current().cookie("sessionid"), current().cookie("csrftoken")
LANGUAGE_COOKIE_NAME = current().cookie("django_language")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
