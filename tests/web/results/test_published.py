"""Whose results are shown, from which folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from samspill.errors import SamspillError
from samspill.web.results.published import edition, opened

PAGES = ["", "explore/", "fields/integration/", "downloads/", "origin/meeting_point/"]


@pytest.mark.parametrize("page", PAGES)
def test_results_are_for_members_until_they_are_published(client, client_of, founding, page):
    founding.published_at = None
    founding.save()
    address = f"/results/norway-2018/{page}"
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client_of("owner")
    assert client.get(address).status_code == 404


def test_a_member_reads_before_publication(client, make_user, founding):
    founding.published_at = None
    founding.save()
    client.force_login(make_user("reader", founding))
    assert client.get("/results/norway-2018/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_without_a_publication_the_page_says_what_will_stand_there(client, founding, heading, page):
    founding.publications.update(withdrawn_at=timezone.now())
    answer = client.get(f"/results/norway-2018/{page}")
    assert answer.status_code == 200
    assert heading(answer) == "Hva vil stå her?"
    with pytest.raises(SamspillError):
        opened(founding)


def test_an_edition_is_opened_once(founding):
    assert edition(founding) is edition(founding)


def test_a_folder_changed_after_publication_is_not_shown(client, founding, observed_folder):
    copy = Path(settings.DATA) / "studies" / "changed"
    shutil.copytree(observed_folder, copy)
    founding.publications.all().delete()
    founding.publications.create(folder="studies/changed")
    with (copy / "answers.csv").open("a") as file:
        file.write("\n")
    answer = client.get("/results/norway-2018/")
    assert answer.status_code == 503
    assert str(settings.DATA) not in answer.content.decode()
    shutil.rmtree(copy)
    assert client.get("/results/norway-2018/explore/").status_code == 503


@pytest.mark.parametrize("folder", ["../../etc", "/etc", "studies/../../..", "nowhere"])
def test_no_folder_outside_the_data_is_opened(founding, folder):
    founding.publications.update(folder=folder)
    with pytest.raises(SamspillError, match="not there"):
        opened(founding)
