"""All settings of the programme. Every variable is read once, typed; an unknown one stops the start."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from csp.constants import NONE, SELF

from desmigratif.config.env import BadSetting, Environment, database_from_url
from desmigratif.shared.keyring import KeysUnreadable, load_or_create

env = Environment()

DATA_DIR = env.path("DESMIGRATIF_DATA", Path("data"))
DEMO = env.flag("DESMIGRATIF_DEMO") or (DATA_DIR / "demo.json").exists()
PUBLIC_URL = env.text("DESMIGRATIF_PUBLIC_URL", "http://localhost:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
BACKUP_DIR = env.path("DESMIGRATIF_BACKUPS", DATA_DIR / "backups")
DEBUG = env.flag("DESMIGRATIF_DEBUG")
DATABASES = {"default": database_from_url(env.text("DATABASE_URL"), DATA_DIR)}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ALLOWED_HOSTS = (
    list(_LOOPBACK)
    if DEMO
    else [*_LOOPBACK, *env.words("DESMIGRATIF_HOSTS"), PUBLIC_URL.split("//")[-1].split(":")[0].split("/")[0]]
)
if DEMO:
    env.words("DESMIGRATIF_HOSTS")
TRUSTED_PROXY = env.flag("DESMIGRATIF_BEHIND_PROXY")
IDLE_LOCK_MINUTES = env.number("DESMIGRATIF_IDLE_LOCK_MINUTES", 5)
if not 1 <= IDLE_LOCK_MINUTES <= 60:
    raise BadSetting(f"DESMIGRATIF_IDLE_LOCK_MINUTES harus 1 sampai 60; yang tertulis {IDLE_LOCK_MINUTES}.")
PADES_P12 = env.optional_path("DESMIGRATIF_PADES_P12")
PADES_PASSPHRASE_FILE = env.optional_path("DESMIGRATIF_PADES_PASSPHRASE_FILE")
env.text("DESMIGRATIF_TEST_POSTGRES_URL")
env.refuse_unknown("DESMIGRATIF_")

DATA_DIR.mkdir(parents=True, exist_ok=True)
try:
    KEYRING = load_or_create(DATA_DIR)
except KeysUnreadable:
    raise BadSetting(
        f"Berkas kunci {DATA_DIR / 'keys.json'} hilang atau rusak. Data tidak diubah. "
        "Pulihkan dari cadangan dengan lembar pemulihan: desmigratif restore."
    ) from None
SECRET_KEY = KEYRING.django_secret

INSTALLED_APPS = [
    "desmigratif.shared",
    "desmigratif.audit",
    "desmigratif.regions",
    "desmigratif.access",
    "desmigratif.documents",
    "desmigratif.people",
    "desmigratif.placement",
    "desmigratif.cases",
    "desmigratif.cooperative",
    "desmigratif.enterprises",
    "desmigratif.parenting",
    "desmigratif.programme",
    "desmigratif.indicators",
    "desmigratif.reports",
    "desmigratif.extracts",
    "desmigratif.analysis",
    "desmigratif.sync",
    "desmigratif.portal",
    "desmigratif.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",  # an ETag for whatever may be kept; personal pages may not
    "csp.middleware.CSPMiddleware",
    "desmigratif.shared.nul.WithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "desmigratif.access.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "desmigratif.config.urls"
WSGI_APPLICATION = "desmigratif.config.wsgi.application"
FORM_RENDERER = "desmigratif.desk.forms_renderer.DeskFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desmigratif.desk.context.desk",
                *(["desmigratif.config.demo_people.demo_people"] if DEMO else []),
            ],
        },
    },
]

# People and sign-in
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "desmigratif.access.entry_codes.EntryCodeBackend",
]
PASSWORD_HASHERS = ["desmigratif.access.signin.hashers.TunedArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "desmigratif.access.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "desmigratif.access.signin.adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "desmigratif.access.signin.factor_forms.AddPasskeyForm",
    "edit_webauthn": "desmigratif.access.signin.factor_forms.NamePasskeyForm",
    "activate_totp": "desmigratif.access.signin.factor_forms.ActivateTOTPForm",
    "authenticate": "desmigratif.access.signin.factor_forms.AuthenticateForm",
    "reauthenticate": "desmigratif.access.signin.factor_forms.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True  # such a passkey asks for a finger, a face or a PIN by itself: two factors in one
MFA_RATE_LIMITS = False  # a passkey cannot be guessed, and a whole office comes from one address
MFA_TOTP_ISSUER = "Desmigratif"
MFA_TOTP_TOLERANCE = 1  # the clock of an old PC without a network drifts, and typing six numbers takes time
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SECOND_FACTOR_REQUIRED = not DEMO
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "access/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["password", "username", "ip_address", "login", "code", "again"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# Sessions: locked after a few idle minutes (IDLE_LOCK_MINUTES), over after a working day (access.signin.sessions)
SESSION_ENGINE = "desmigratif.access.signin.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["desmigratif.shared.uploads.InMemoryOnly"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # all files of one request: a register sheet as large as a page takes

# Language, time, static files
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]  # one, whatever a browser asks for, until there is a whole English catalogue
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = ["desmigratif.config.formats"]
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APP_VERSION = version("desmigratif")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "desmigratif.config.logs.QuietFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "desmigratif": {"level": "INFO"},
    },
}
