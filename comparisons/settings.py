"""Every setting of the site, read from the environment and checked before anything starts.

`TAKES` says what each variable takes; a test compares it with the table in docs/operations.md. Wrong values
stop the start with a sentence for each.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, EnvValidationError, validate

from comparisons.mail_url import default_sender, is_mail_url, is_sender, mailer_options
from comparisons.settings_validators import (
    MOST_DAYS,
    MOST_MILLISECONDS,
    are_hosts,
    is_contact,
    is_database_url,
    is_header_name,
    is_secret,
    is_site_name,
    is_site_url,
    must,
)

BASE_DIR = Path(__file__).resolve().parent.parent

TAKES = {
    "ALLOWED_HOSTS": "host names separated by commas, such as panelship.example,www.panelship.example",
    "CLIENT_ADDRESS_HEADER": "the name of a header, in letters, digits and hyphens, such as X-Forwarded-For",
    "DATABASE_POOL_SIZE": "a whole number from 8 to 100",
    "DATABASE_STATEMENT_TIMEOUT_MS": (
        "a whole number of milliseconds, at most a day (86400000); 0 means no limit"
    ),
    "DATABASE_URL": "sqlite:///path/to/file or postgres://user:password@host:5432/name",
    "DEBUG": "true or false",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
    "SAMPLE_CATALOGUE": "true or false: whether the footer says that the catalogue is a sample",
    "LETTER_DRAFT_DAYS": "how many days before the next letter its draft opens: a whole number from 1 to 7",
    "LETTER_NEEDS_RELEASE": "true or false: whether a letter goes only after a publisher released it",
    "MAIL_FROM": "the sender of mails, such as Panelship <letter@panelship.example>, its address in ASCII",
    "MAIL_URL": (
        "smtp://user:password@host:587 or smtps://user:password@host:465, "
        "with ?tls=false for a server without TLS; the host in ASCII"
    ),
    "SECOND_FACTOR": (
        "true or false: whether everybody at the desk shows a second factor; unset: where SITE_URL is https"
    ),
    "SECURITY_CONTACT": "where to report a weakness: an e-mail address or an https address",
    "SECRET_KEY": (
        "a random text of at least 40 characters, blanks not counted (`make run` keeps one in .secret-key)"
    ),
    "SITE_NAME": "the name of the site, one line of up to 40 characters",
    "SITE_URL": "http:// or https:// and a host, without anything after it, such as https://panelship.example",
    "REQUESTS_PER_NETWORK": (
        "how often the visitors of one network may vote or bookmark in a minute: a whole number from 1"
    ),
    "REQUESTS_PER_VISITOR": "how often one visitor may vote or bookmark in a minute: a whole number from 1",
    "VERDICT_APART_DAYS": "a whole number of days from 1 to 36500",
    "VERDICT_STALE_DAYS": "a whole number of days from 1 to 36500",
    "TRUSTED_PROXIES": "how many proxies of yours stand in front of the site: a whole number from 0 to 5",
    "VOTES_PER_NETWORK": (
        "how many votes of one network on one tool count at once in 28 days: a whole number from 1"
    ),
}


def _stored_secret_key() -> str:
    key_file = BASE_DIR / ".secret-key"
    return key_file.read_text().strip() if key_file.exists() else ""


env = Env(eager=False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", _stored_secret_key(), validate=must(is_secret))
SECOND_FACTOR = env.bool("SECOND_FACTOR", None)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "", validate=must(is_contact))
SAMPLE_CATALOGUE = env.bool("SAMPLE_CATALOGUE", True)
SITE_NAME = env.str("SITE_NAME", "Panelship", validate=must(is_site_name))
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000", validate=must(is_site_url))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [], subcast=str.strip, validate=must(are_hosts))
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(0, 5))
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", "X-Forwarded-For", validate=must(is_header_name))
REQUESTS_PER_VISITOR = env.int("REQUESTS_PER_VISITOR", 30, validate=validate.Range(min=1))
REQUESTS_PER_NETWORK = env.int("REQUESTS_PER_NETWORK", 600, validate=validate.Range(min=1))
VOTES_PER_NETWORK = env.int("VOTES_PER_NETWORK", 30, validate=validate.Range(min=1))
VERDICT_STALE_DAYS = env.int("VERDICT_STALE_DAYS", 180, validate=validate.Range(1, MOST_DAYS))
VERDICT_APART_DAYS = env.int("VERDICT_APART_DAYS", 90, validate=validate.Range(1, MOST_DAYS))
LETTER_DRAFT_DAYS = env.int("LETTER_DRAFT_DAYS", 3, validate=validate.Range(1, 7))
LETTER_NEEDS_RELEASE = env.bool("LETTER_NEEDS_RELEASE", False)
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
_database_url = env.str(
    "DATABASE_URL", f"sqlite:///{BASE_DIR}/panelship.sqlite3", validate=must(is_database_url)
)
_pool_size = env.int("DATABASE_POOL_SIZE", 10, validate=validate.Range(8, 100))
_statement_timeout = env.int(
    "DATABASE_STATEMENT_TIMEOUT_MS", 3000, validate=validate.Range(0, MOST_MILLISECONDS)
)
_mail_url = env.str("MAIL_URL", "", validate=must(is_mail_url))
MAIL_FROM = env.str("MAIL_FROM", "", validate=must(is_sender))
try:
    env.seal()
except EnvValidationError as wrong:
    # Not a traceback: whoever starts the site should read what to change, and nothing else.
    raise SystemExit(
        "\n".join(
            ["Panelship cannot start with these settings:"]
            + [f"  {name} takes {TAKES[name]}." for name in wrong.error_messages]
        )
    ) from None

# --- Where the site lives -----------------------------------------------------------------------------------

SITE_URL = SITE_URL.rstrip("/").lower()
SITE_IS_SECURE = SITE_URL.startswith("https://")
if SECOND_FACTOR is None:
    SECOND_FACTOR = SITE_IS_SECURE
if not ALLOWED_HOSTS:
    # An http site is for trying things on one machine, under any of that machine's names for itself.
    ALLOWED_HOSTS = [
        str(urlsplit(SITE_URL).hostname),
        *([] if SITE_IS_SECURE else ["127.0.0.1", "localhost", "[::1]"]),
    ]
ROOT_URLCONF = "comparisons.urls"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"

# --- What it is made of -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "comparisons",
    "comparisons.newsletter",
    "reviews",
    "comparisons.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth.account",
    "allauth.mfa",
    "comparisons.desk.accounts",
]
MIDDLEWARE = [
    "comparisons.http.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "comparisons.http.middleware.PublicPageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "comparisons.http.null_characters.NullCharacterMiddleware",
    "comparisons.http.tidy_paths.TidyPathMiddleware",
    "comparisons.http.cross_site.CrossSiteMiddleware",
    "comparisons.http.middleware.DatabaseDownMiddleware",
    "comparisons.http.desk_cookies.DeskCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "comparisons.desk.accounts.middleware.DeskSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comparisons.http.null_characters.NullFieldMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comparisons.http.context_processors.site",
            ],
        },
    }
]
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# --- Database -----------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.parse(_database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer announces itself at once and waits its turn, instead of failing half-way through.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            # FULL: with NORMAL, write-ahead logging forgets acknowledged votes at a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }
else:
    from comparisons.database.postgresql import (
        DeadlineConnection,
        check,
    )  # psycopg is loaded where it is used

    DATABASES["default"] |= {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **DATABASES["default"].get("OPTIONS", {}),
            # The deadline on this side: the server's own limits do not help when the network swallows
            # packets.
            "connect_timeout": 2,
            "tcp_user_timeout": 5000,
            "options": f"-c statement_timeout={_statement_timeout} -c "
            f"lock_timeout={min(_statement_timeout, 2000)}",
            "pool": {
                "min_size": 1,
                "max_size": _pool_size,
                "timeout": 0.25,
                # A pool that has given up tries again when somebody asks; one that has not waits twice as
                # long each time.
                "reconnect_timeout": 1,
                "check": check,
                "connection_class": DeadlineConnection,
            },
        },
    }

# The longest that one call may take in a process that serves pages, whatever the network says: a little more
# than the server's own limit, so that the server speaks first.
DATABASE_CALL_SECONDS = (_statement_timeout or 59_000) / 1000 + 1

# --- Files --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "comparisons.static_bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- Safety: decided by the scheme of SITE_URL --------------------------------------------------------------

SECURE_SSL_REDIRECT = SITE_IS_SECURE
SECURE_HSTS_SECONDS = 63_072_000 if SITE_IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # SecurityHeadersMiddleware sets X-Frame-Options, on early answers too
    "mail.W001",  # without a mail server the letter is not available: the log and the form say so
]

_cookie_prefix = "__Host-" if SITE_IS_SECURE else ""
SESSION_COOKIE_NAME = f"{_cookie_prefix}session"
SESSION_COOKIE_SECURE = SITE_IS_SECURE
CSRF_COOKIE_NAME = f"{_cookie_prefix}csrf"
CSRF_COOKIE_SECURE = SITE_IS_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "comparisons.desk.kept_input.lost_token"

# --- Accounts at the desk -----------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["comparisons.desk.accounts.backends.DeskBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 12 * 3600  # a session ends after so many seconds of rest
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "comparisons.desk.accounts.validators.LengthValidator"},
    {"NAME": "comparisons.desk.accounts.validators.ListValidator"},
    {"NAME": "comparisons.desk.accounts.validators.SiteWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# allauth does the steps of a sign-in and the second factors. Its own limits and mails are off: the desk has
# better ones.
ACCOUNT_ADAPTER = "comparisons.desk.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "comparisons.desk.accounts.forms.ConfirmPasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "comparisons.desk.accounts.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "add_webauthn": "comparisons.desk.accounts.forms.AddPasskeyForm",
    "authenticate": "comparisons.desk.accounts.forms.CodeForm",
    "authenticate_webauthn": "comparisons.desk.accounts.forms.PasskeyForm",
    "reauthenticate": "comparisons.desk.accounts.forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "comparisons.desk.accounts.forms.ConfirmPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # the code before and the code after, for clocks that differ

if not SECURITY_CONTACT:
    SECURITY_CONTACT = f"security@{urlsplit(SITE_URL).hostname}"  # the mailbox that RFC 2142 names for it
if not SECURITY_CONTACT.startswith("https://"):
    SECURITY_CONTACT = f"mailto:{SECURITY_CONTACT}"

# --- Mail ---------------------------------------------------------------------------------------------------

MAIL_FROM = DEFAULT_FROM_EMAIL = MAIL_FROM or default_sender(name=SITE_NAME, host=urlsplit(SITE_URL).hostname)
MAIL_IS_SET_UP = bool(_mail_url)
if MAIL_IS_SET_UP:
    MAILERS = {
        "default": {
            "BACKEND": "comparisons.newsletter.emails.smtp.EmailBackend",
            "OPTIONS": mailer_options(_mail_url),
        }
    }
elif DEBUG:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
else:
    MAILERS = {}  # nothing is sent, and whatever would send says so

# --- Log ----------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"confidential": {"()": "comparisons.log_filter.ConfidentialFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["confidential"]},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
