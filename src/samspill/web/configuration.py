"""What an installation can set: environment variables, or one TOML file that they override."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from samspill.errors import SamspillError

PREFIX = "SAMSPILL_"
SETTINGS_FILE = "SAMSPILL_SETTINGS"
KEYS = frozenset(
    {
        "data",
        "database_url",
        "address",
        "hosts",
        "email_url",
        "email_from",
        "demo",
        "debug",
        "oidc_issuer",
        "oidc_client_id",
        "oidc_client_secret",
        "oidc_name",
        "trusted_proxy",
        "log_level",
        "suggestion_endpoint",
        "suggestion_elsewhere",
    }
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one installation.

    ``data`` is the folder of everything stored outside the database; ``address`` the public
    address that links in e-mails begin with.
    """

    data: Path
    secret_key: str
    database_url: str = ""
    address: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()
    email_url: str = ""
    email_from: str = ""
    demo: bool = False
    debug: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = ""
    trusted_proxy: bool = False
    log_level: str = "INFO"
    suggestion_endpoint: str = ""
    suggestion_elsewhere: bool = False

    @property
    def secure(self) -> bool:
        """Whether the application is reached over TLS."""
        return self.address.startswith("https://")


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """The configuration that the environment, and the file it names, ask for.

    Makes the data folder and its secret key where they are missing. Raises SamspillError for an
    unknown key, an unreadable file, or an address that is none.
    """
    given = {**_from_file(environment.get(SETTINGS_FILE, "")), **_from_environment(environment)}
    address = given.get("address", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SamspillError(
            f"'{address}' is no web address.", "Set SAMSPILL_ADDRESS as https://samspill.example."
        )
    data = Path(given.get("data") or _data_home(environment)).expanduser().resolve()
    hosts = tuple(name.strip() for name in given.get("hosts", "").split(",") if name.strip())
    return Configuration(
        data=data,
        secret_key=_secret_key(data),
        database_url=given.get("database_url", ""),
        address=address,
        hosts=hosts or (parts.hostname, "127.0.0.1", "localhost", "[::1]"),
        email_url=given.get("email_url", ""),
        email_from=given.get("email_from", "") or f"samspill@{_mail_domain(parts.hostname)}",
        demo=_truth(given, "demo"),
        debug=_truth(given, "debug"),
        oidc_issuer=given.get("oidc_issuer", ""),
        oidc_client_id=given.get("oidc_client_id", ""),
        oidc_client_secret=given.get("oidc_client_secret", ""),
        oidc_name=given.get("oidc_name", ""),
        trusted_proxy=_truth(given, "trusted_proxy"),
        log_level=given.get("log_level", "INFO").upper(),
        suggestion_endpoint=given.get("suggestion_endpoint", ""),
        suggestion_elsewhere=_truth(given, "suggestion_elsewhere"),
    )


def suggest(key: str, value: str, environment: MutableMapping[str, str] = os.environ) -> None:
    """Set a key for this run where neither the environment nor its file says anything of it."""
    given = {**_from_file(environment.get(SETTINGS_FILE, "")), **_from_environment(environment)}
    if key not in given:
        environment[PREFIX + key.upper()] = value


def parse_url(url: str) -> tuple[SplitResult, str, str]:
    """The parts of a service's address, with user name and password decoded."""
    parts = urlsplit(url)
    return parts, unquote(parts.username or ""), unquote(parts.password or "")


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    given = {
        key: environment[PREFIX + key.upper()]
        for key in KEYS
        if PREFIX + key.upper() in environment
    }
    if "DATABASE_URL" in environment:
        given["database_url"] = environment["DATABASE_URL"]
    return given


def _from_file(name: str) -> dict[str, str]:
    if not name:
        return {}
    try:
        values = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SamspillError(
            f"The settings file '{name}' cannot be read: {error}.",
            f"Correct it, or take {SETTINGS_FILE} away.",
        ) from error
    unknown = sorted(set(values) - KEYS)
    if unknown:
        raise SamspillError(
            f"The settings file '{name}' has an unknown key '{unknown[0]}'.",
            f"Use: {', '.join(sorted(KEYS))}.",
        )
    return {
        key: ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in values.items()
    }


def _mail_domain(host: str) -> str:
    """What an e-mail address may end in: a number alone is no name of a host."""
    return "localhost" if ":" in host or host.replace(".", "").isdigit() else host


def _truth(given: Mapping[str, str], key: str) -> bool:
    value = given.get(key, "").strip().lower()
    if value in {"", "0", "false", "no"}:
        return False
    if value in {"1", "true", "yes"}:
        return True
    raise SamspillError(f"{PREFIX}{key.upper()} is '{value}'.", "Write 1 or 0.")


def _data_home(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base) / "samspill"


def _secret_key(data: Path) -> str:
    path = data / "secret-key"
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
        except FileExistsError:
            pass
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise SamspillError(
            f"The data folder '{data}' cannot be used: {error.strerror}.",
            "Set SAMSPILL_DATA to a folder that you may write in.",
        ) from error
