"""Settings: a first try needs none, production needs its own keys, and what is wrong is said in one line without a secret in it."""

from pathlib import Path

import pytest

from portal.settings import DEVELOPMENT_DATA_KEY, DEVELOPMENT_INTEGRITY_KEY, DEVELOPMENT_SECRET, SettingsError, from_environment

LONG, OTHER, THIRD = "s" * 32, "d" * 40, "i" * 40
PRODUCTION = {"PORTAL_ENV": "production", "PORTAL_SECRET_KEY": LONG, "PORTAL_DATA_KEY": OTHER, "PORTAL_INTEGRITY_KEY": THIRD}


def test_without_any_setting_everything_lies_below_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = from_environment({})
    assert settings.database_url == f"sqlite:///{tmp_path}/var/portal.sqlite3"
    assert settings.files == tmp_path / "var/files"
    assert settings.mail_url == f"folder://{tmp_path}/var/mail"
    assert (settings.base_url, settings.home_agency, settings.trusted_proxies) == ("http://127.0.0.1:8000", "", 0)
    assert settings.limits
    assert not settings.is_production
    assert not settings.https


def test_an_empty_setting_is_no_setting() -> None:
    empty = dict.fromkeys(("PORTAL_ENV", "PORTAL_DATABASE_URL", "PORTAL_FILES", "PORTAL_DATA_KEY", "PORTAL_TRUSTED_PROXIES", "PORT"), "")
    assert from_environment(empty) == from_environment({})


def test_the_address_follows_the_port_and_loses_its_last_slash() -> None:
    assert from_environment({"PORT": "8123"}).base_url == "http://127.0.0.1:8123"
    assert from_environment({"PORTAL_BASE_URL": "https://voice.example.go.th/"}).base_url == "https://voice.example.go.th"
    assert from_environment({"PORTAL_BASE_URL": "https://voice.example.go.th/"}).https


def test_data_keys_are_a_list_newest_first() -> None:
    assert from_environment({"PORTAL_DATA_KEY": " new , old ,"}).data_keys == ("new", "old")


def test_production_starts_with_keys_of_its_own() -> None:
    assert from_environment(PRODUCTION).is_production


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": DEVELOPMENT_SECRET}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "s" * 31}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_DATA_KEY": ""}, "PORTAL_DATA_KEY"),
        ({"PORTAL_DATA_KEY": f"{OTHER},{DEVELOPMENT_DATA_KEY}"}, "PORTAL_DATA_KEY"),
        ({"PORTAL_DATA_KEY": f"{OTHER},short"}, "PORTAL_DATA_KEY"),
        ({"PORTAL_INTEGRITY_KEY": ""}, "PORTAL_INTEGRITY_KEY"),
        ({"PORTAL_INTEGRITY_KEY": f"{THIRD},{DEVELOPMENT_INTEGRITY_KEY}"}, "PORTAL_INTEGRITY_KEY"),
        ({"PORTAL_INTEGRITY_KEY": f"{THIRD},short"}, "PORTAL_INTEGRITY_KEY"),
        ({"PORTAL_LIMITS": "off"}, "PORTAL_LIMITS"),
    ],
)
def test_production_refuses_what_only_development_may_have(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        from_environment({**PRODUCTION, **changed})
    from_environment({**PRODUCTION, **changed, "PORTAL_ENV": "development"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ENV", "staging"),
        ("PORTAL_DATABASE_URL", "mysql://somebody:hidden@host/name"),
        ("PORTAL_DATABASE_URL", "postgresql://somebody:hidden@host:port/name"),
        ("PORTAL_REDIS_URL", "somebody:hidden@host:6379"),
        ("PORTAL_FILES", "s3://bucket/files"),
        ("PORTAL_DATA_KEY", ","),
        ("PORTAL_INTEGRITY_KEY", ","),
        ("PORTAL_INTEGRITY_KEY", f"{THIRD},{DEVELOPMENT_DATA_KEY}"),
        ("PORTAL_MAIL_URL", "pigeon://somebody:hidden@coop"),
        ("PORTAL_BASE_URL", "voice.example.go.th"),
        ("PORTAL_BASE_URL", "https://voice.example.go.th/portal"),
        ("PORTAL_TRUSTED_PROXIES", "-1"),
        ("PORTAL_TRUSTED_PROXIES", "one"),
        ("PORTAL_LIMITS", "no"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line_without_its_password(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment({name: value})
    said = str(refused.value)
    assert said.startswith(name)
    assert "\n" not in said
    assert "hidden" not in said
