"""Settings of an installation: environment before file, faults in one sentence."""

from __future__ import annotations

import pytest

from samspill.errors import SamspillError
from samspill.web.configuration import read_configuration, suggest


@pytest.fixture
def given(tmp_path):
    return {"SAMSPILL_DATA": str(tmp_path / "data")}


def test_the_environment_goes_before_the_file(given, tmp_path):
    file = tmp_path / "samspill.toml"
    file.write_text('address = "https://file.example"\nemail_from = "a@file.example"\n')
    environment = {
        **given,
        "SAMSPILL_SETTINGS": str(file),
        "SAMSPILL_ADDRESS": "https://environment.example",
    }
    read = read_configuration(environment)
    assert (read.address, read.email_from) == ("https://environment.example", "a@file.example")
    assert read.secure
    assert "environment.example" in read.hosts


@pytest.mark.parametrize(
    ("content", "said"),
    [("adress = 'x'", "unknown key 'adress'"), ("address = ", "cannot be read")],
)
def test_a_fault_in_the_file_is_named(given, tmp_path, content, said):
    file = tmp_path / "samspill.toml"
    file.write_text(content)
    with pytest.raises(SamspillError, match=said):
        read_configuration({**given, "SAMSPILL_SETTINGS": str(file)})


@pytest.mark.parametrize(
    ("key", "value"), [("SAMSPILL_ADDRESS", "samspill.example"), ("SAMSPILL_DEMO", "perhaps")]
)
def test_a_value_that_cannot_be_is_refused(given, key, value):
    with pytest.raises(SamspillError):
        read_configuration({**given, key: value})


def test_the_secret_key_is_made_once_and_is_the_owners_alone(given, tmp_path):
    first = read_configuration(given).secret_key
    assert read_configuration(given).secret_key == first
    assert len(first) > 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


def test_what_is_suggested_gives_way_to_what_is_set(given, tmp_path):
    file = tmp_path / "samspill.toml"
    file.write_text('address = "https://file.example"\n')
    environment = {**given, "SAMSPILL_SETTINGS": str(file)}
    suggest("address", "http://127.0.0.1:9", environment)
    assert read_configuration(environment).address == "https://file.example"
    suggest("address", "http://127.0.0.1:9", given)
    assert read_configuration(given).address == "http://127.0.0.1:9"
