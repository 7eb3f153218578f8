"""What becomes of a file that came in: a material or a version, by its page."""

from __future__ import annotations

import threading

import pytest
from django.urls import reverse

from experts import reference
from materials.domain import store
from materials.models import IncomingFile, Material, Version
from tests import factories as make
from tests.materials import files
from tests.materials.sending import LIST, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author_client):
    return author_client


def test_an_upload_becomes_a_material(client, author):
    row = ready(author)
    url = reverse("incoming_material", args=[row.key])
    page = client.get(url)
    assert page.context["form"].initial == {"title": "Mentor guide", "language": ""}
    data = {"title": "Guide", "type": "guide", "audience": "mentors", "licence": "CC0"}
    response = client.post(url, data | {"language": "en"})
    material = Material.objects.get()
    assert response.url == material.get_absolute_url()
    version = material.versions.get()
    assert (version.sha256, version.pages, version.original_name) == (row.sha256, 2, "guide.pdf")
    assert version.file.read() == files.pdf(2, mark="Mentor guide")
    assert not IncomingFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_first_name_of_the_bytes_goes_with_the_transaction(client, author):
    row = ready(author)
    data = {"title": "G", "type": "guide", "audience": "mentors", "licence": "CC0"}
    client.post(reverse("incoming_material", args=[row.key]), data | {"language": "en"})
    assert Version.objects.get().file.read()
    assert not store.incoming_path(row.key).exists()


def test_an_upload_becomes_a_version_of_a_material_one_may_edit(client, author):
    row = ready(author, files.mp4(75), "First meeting.mp4")
    own = make.material(owner=author.person)
    foreign = make.material("IT")
    url = reverse("incoming_version", args=[row.key])
    page = client.get(url).content.decode()
    assert f'<option value="{own.pk}"' in page
    assert f'<option value="{foreign.pk}"' not in page
    assert own.title in client.get(f"{url}?material={own.pk}").content.decode()
    data = {"language": "en", "what_changed": "A film."}
    assert client.post(url, data | {"material": foreign.pk}).status_code == 200
    assert client.post(url, data | {"material": own.pk}).url == own.get_absolute_url()
    version = own.versions.get()
    assert (version.seconds, version.what_changed) == (75, "A film.")
    assert not foreign.versions.exists()


def test_the_same_content_twice_is_said_and_the_file_stays(client, author):
    own = make.material(owner=author.person)
    for row in (ready(author), ready(author)):
        url = reverse("incoming_version", args=[row.key])
        data = {"language": "en", "material": own.pk, "what_changed": "The same."}
        response = client.post(url, data)
    assert "this is already version 1" in response.content.decode()
    assert own.versions.count() == 1
    assert IncomingFile.objects.get().is_ready


def test_bad_words_about_a_file_lose_nothing(client, author):
    url = reverse("incoming_material", args=[ready(author).key])
    response = client.post(url, {"title": "x" * 300, "summary": "Kept.", "code": "1"})
    page = response.content.decode()
    assert "Please shorten this to 200 characters" in page
    assert "Kept." in page
    data = {"title": "G", "type": "guide", "audience": "all", "licence": "CC0", "language": "en"}
    assert "A code begins with a letter" in client.post(url, data | {"code": "1"}).content.decode()
    assert IncomingFile.objects.get().is_ready


@pytest.mark.parametrize(
    ("data", "name", "known"),
    [
        (files.workbook(), "x.xlsx", {"title": "Arbeitsplan", "language": "de"}),
        (files.deck(), "first_steps.pptx", {"title": "first steps", "language": "en"}),
        (files.odt("Το βιβλίο είναι για όλους τους μέντορες της ομάδας", title="Οδηγός"), "a.odt",
         {"title": "Οδηγός", "language": "el"}),
        (files.mp4(), "A film.mp4", {"title": "A film", "language": "", "type": "video"}),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself_is_filled_in(client, author, data, name, known):
    row = ready(author, data, name)
    page = client.get(reverse("incoming_material", args=[row.key]))
    assert page.context["form"].initial == known


def test_the_list_takes_as_many_queries_for_three_files_as_for_one(
    client, author, django_assert_max_num_queries, django_assert_num_queries
):
    reference.countries()
    make.incoming_file(author.person)
    with django_assert_max_num_queries(12) as one:
        client.get(LIST)
    for _ in range(2):
        make.incoming_file(author.person)
    with django_assert_num_queries(len(one)):
        client.get(LIST)


@pytest.mark.django_db(transaction=True)
def test_a_file_becomes_one_material_however_often_the_form_is_sent(as_user, author):
    url = reverse("incoming_material", args=[ready(author).key])
    data = {"title": "G", "type": "guide", "audience": "all", "licence": "CC0", "language": "en"}
    answers: list[int] = []

    def send() -> None:
        from django.db import connection

        try:
            answers.append(as_user(author).post(url, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Material.objects.count() == 1
    assert sorted(answers)[0] < 400
    assert max(answers) < 500
