"""Every message of the pages stands in every language, with its fields kept."""

import re

import polib
import pytest
from django.apps import apps

from samspill.language import language, languages
from samspill.web.assets import CATALOGUES
from samspill.web.messages import messages

APPS = [app.label for app in apps.get_app_configs() if app.name.startswith("samspill.web.")]
TRANSLATED = [code for code in languages() if not language(code).source]
FIELD = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}")


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("app", APPS)
def test_every_message_is_translated_and_none_is_left_over(app, code):
    path = CATALOGUES / code / f"{app}.po"
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    entries = {entry.msgid: entry for entry in catalogue}
    wanted = messages(app)

    untranslated = [
        m.text for m in wanted if not getattr(entries.get(m.text), "translated", bool)()
    ]
    assert untranslated == [], "write them, after `samspill manage messages`"
    assert set(entries) == {message.text for message in wanted}
    for message in wanted:
        entry = entries[message.text]
        assert entry.msgid_plural == message.plural
        forms = list(entry.msgstr_plural.values()) or [entry.msgstr]
        for form in forms:
            allowed = set(FIELD.findall(message.text + message.plural))
            assert set(FIELD.findall(form)) <= allowed
        assert set(FIELD.findall(message.plural or message.text)) == set(FIELD.findall(forms[-1]))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_message_that_several_apps_share_says_the_same_in_all(code):
    """The catalogues are merged, so one message has one translation."""
    said: dict[str, dict[str, str]] = {}
    for path in sorted((CATALOGUES / code).glob("*.po")):
        for entry in polib.pofile(str(path)):
            form = entry.msgstr or repr(entry.msgstr_plural)
            said.setdefault(entry.msgid, {})[path.stem] = form
    torn = {text: apps for text, apps in said.items() if len(set(apps.values())) > 1}
    assert torn == {}
