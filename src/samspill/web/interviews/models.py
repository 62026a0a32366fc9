"""The coded material of a study, as ``samspill.qualitative.model`` describes it, and its history.

Positions are counts of Unicode codepoints, half-open. ``guid`` is the identity that REFI-QDA gives;
within the application rows are told apart by their keys, which an undone removal gives back.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.qualitative.model import ANONYMOUS, DOCUMENT, INTERVIEW, NAMED_QUOTE, NOT_QUOTED
from samspill.qualitative.model import OPEN_ANSWER as ANSWER
from samspill.web.fieldwork.models import Respondent
from samspill.web.studies.models import Study, Unit


def _guid(*, db_index: bool = False) -> models.UUIDField[uuid.UUID, uuid.UUID]:
    return models.UUIDField(default=uuid.uuid4, editable=False, db_index=db_index)


class Source(models.Model):
    """A text that is coded. ``revision`` counts its edits, so that two editors notice each other;
    ``respondent`` is whose open answer it is, ``digest`` the SHA-256 of the file or the answer that
    it was read from, by which the same is known again. ``pseudonymised`` says that names have been
    replaced in it."""

    KINDS: ClassVar = {
        INTERVIEW: _("Interview"),
        ANSWER: _("Open answer"),
        DOCUMENT: _("Document"),
    }
    SIDES: ClassVar = {"municipality": _("Municipality"), "organisation": _("Organisation")}
    CONSENTS: ClassVar = {
        NAMED_QUOTE: _("May be quoted by name"),
        ANONYMOUS: _("May be quoted without name"),
        NOT_QUOTED: _("Not to be quoted"),
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sources")
    guid = _guid()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KINDS, default=INTERVIEW)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="sources"
    )
    side = models.CharField(max_length=20, choices=SIDES, blank=True)
    fields = models.JSONField(default=list, blank=True)
    role = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    consent = models.CharField(max_length=20, choices=CONSENTS, default=ANONYMOUS)
    speakers = models.JSONField(default=list, blank=True)
    times = models.JSONField(default=list, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    invented = models.BooleanField(default=False)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, blank=True, related_name="sources"
    )
    digest = models.CharField(max_length=64, blank=True)
    pseudonymised = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "guid"), name="guid_of_source"),
            models.UniqueConstraint(
                fields=("study", "respondent", "name"),
                condition=models.Q(respondent__isnull=False),
                name="one_source_of_an_answer",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Code(models.Model):
    """A code in the study's tree; ``order`` is its place among those with the same parent."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="codes")
    guid = _guid()
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    colour = models.CharField(max_length=7, blank=True)
    codable = models.BooleanField(default=True)
    definition = models.TextField(blank=True)
    inclusion = models.TextField(blank=True)
    exclusion = models.TextField(blank=True)
    example = models.TextField(blank=True)
    concept = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("study", "order", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "guid"), name="guid_of_code"),)

    def __str__(self) -> str:
        return self.name


class Coder(models.Model):
    """Who codes. Projects made elsewhere bring coders who have no account here."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="coders")
    guid = _guid()
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=8, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="coders",
    )

    class Meta:
        ordering = ("study", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "guid"), name="guid_of_coder"),
            models.UniqueConstraint(
                fields=("study", "user"),
                condition=models.Q(user__isnull=False),
                name="one_coder_of_a_user",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Coding(models.Model):
    """A code given to ``[start, end)`` of a source by a coder."""

    guid = _guid(db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="codings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    coder = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, blank=True, related_name="codings"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("source", "start", "end", "pk")
        indexes = (models.Index(fields=("source", "start", "end")),)
        constraints = (models.UniqueConstraint(fields=("source", "guid"), name="guid_of_coding"),)


class Memo(models.Model):
    """A note on sources, codes, codings or other memos (their ``guid`` in ``about``), or on the
    whole where ``about`` is empty."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="memos")
    guid = _guid()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    about = models.JSONField(default=list, blank=True)
    coder = models.ForeignKey(
        Coder, on_delete=models.PROTECT, null=True, blank=True, related_name="memos"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "created_at", "pk")
        constraints = (models.UniqueConstraint(fields=("study", "guid"), name="guid_of_memo"),)

    def __str__(self) -> str:
        return self.title or self.text[:60]


class KnownName(models.Model):
    """A name that must not stand in a text, and what stands instead: a line of the key, which only
    those may read who hold ``Permission.READ_KEY``. ``used`` says that it has been replaced."""

    KINDS: ClassVar = {
        "person": _("Person"),
        "place": _("Place"),
        "organisation": _("Organisation"),
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="known_names")
    guid = _guid()
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KINDS)
    pseudonym = models.CharField(max_length=200, blank=True)
    used = models.BooleanField(default=False)

    class Meta:
        ordering = ("study", "text")
        constraints = (models.UniqueConstraint(fields=("study", "text"), name="name_once"),)

    def __str__(self) -> str:
        return self.pseudonym


class CarriedProject(models.Model):
    """What an imported project held that has no place here, as the file it came in."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="carried_projects")
    guid = _guid()
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "created_at", "pk")


class Suggestion(models.Model):
    """A code that the program proposes for ``[start, end)``; a coding only once someone accepts it.

    ``why`` lists what weighed most, as ``{"words": …}``.
    """

    OPEN, ACCEPTED, REFUSED = "open", "accepted", "refused"
    STATES: ClassVar = {
        OPEN: _("Not decided"),
        ACCEPTED: _("Accepted"),
        REFUSED: _("Refused"),
    }

    guid = _guid(db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="suggestions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="suggestions")
    score = models.FloatField()
    why = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default=OPEN)
    decided_by = models.ForeignKey(
        Coder, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("source", "start", "pk")


class Settlement(models.Model):
    """A disagreement that coders have settled: about ``[start, end)`` of a source and a code, with
    the codings it was about (their ``guid``), whether the code stands, and why."""

    guid = _guid(db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="settlements")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="settlements")
    codings = models.JSONField(default=list, blank=True)
    stands = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="settlements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("source", "start", "pk")


class Judgement(models.Model):
    """A person's placing of a field, in a unit or (without one) in the country, among the ideal
    types of a typology, for a reason. The latest of the same place is the one that holds."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="judgements")
    guid = _guid()
    typology = models.CharField(max_length=40)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements"
    )
    field = models.CharField(max_length=60)
    ideal_type = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="judgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "at", "pk")


class Verdict(models.Model):
    """A person's word on whether the sides contradict each other: ``says_one`` says ``one``, the
    other side ``other``, of a field (empty: not known) in a unit (None: not known), and why.

    The latest of the same place is the one that holds; what is ``closed`` needs no more talk.
    """

    CONTRADICTION, NONE, UNDECIDED = "contradiction", "no contradiction", "undecided"
    VERDICTS: ClassVar = {
        CONTRADICTION: _("They contradict each other"),
        NONE: _("They do not contradict each other"),
        UNDECIDED: _("It cannot be told"),
    }

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="verdicts")
    guid = _guid()
    one = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="verdicts_as_one")
    other = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="verdicts_as_other")
    says_one = models.CharField(max_length=20, choices=Source.SIDES)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    field = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=20, choices=VERDICTS)
    reason = models.TextField()
    closed = models.BooleanField(default=False)
    by = models.ForeignKey(Coder, on_delete=models.PROTECT, related_name="verdicts")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "at", "pk")


class Training(models.Model):
    """What a model that suggests codes was taught or asked, and how it did on texts held out.

    ``codes`` are the rows of the library's ``Validation``, by the codes' ``guid``; ``passages``,
    ``folds`` and ``least`` (the least score that is suggested) are those of all rows. ``model`` is
    its name; ``left`` says whether the texts were sent to another machine.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="trainings")
    model = models.CharField(max_length=200)
    left = models.BooleanField(default=False)
    unit = models.CharField(max_length=20)
    passages = models.PositiveIntegerField()
    folds = models.PositiveIntegerField()
    least = models.FloatField()
    codes = models.JSONField(default=list)
    by = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "at", "pk")


class Change(models.Model):
    """One change of the material, with what it takes to undo it; see ``changes``.

    ``number`` counts within the study. ``source`` is the identity of the text it was made in, if in
    one. ``rows`` are ``{"table", "id", "guid", "before", "after"}``; ``before`` and ``after`` hold
    the columns that changed, or None where the row was not there. ``reverses`` is the change that
    this one undid or did again.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=40)
    source = models.UUIDField(null=True, blank=True)
    rows = models.JSONField(default=list)
    undoable = models.BooleanField(default=True)
    undone = models.BooleanField(default=False)
    reverses = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="reversals"
    )

    class Meta:
        ordering = ("study", "number")
        constraints = (
            models.UniqueConstraint(fields=("study", "number"), name="number_of_change"),
        )
        indexes = (models.Index(fields=("study", "user", "number")),)


class WaitingText(models.Model):
    """A text that someone is about to add, as it was read from a file: kept until it is added or
    left, or for a day.

    ``found`` are the names that stand before colons, as ``{"name", "turns", "example", "taken"}``;
    ``notes`` what was left out or guessed, as ``{"template", "fields"}``; ``known`` what is to be
    known of the source, by its columns.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="waiting_texts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    text = models.TextField()
    times = models.JSONField(default=list, blank=True)
    found = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    known = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "pk")
        constraints = (
            models.UniqueConstraint(fields=("study", "user", "digest"), name="a_file_waits_once"),
        )

    def __str__(self) -> str:
        return self.filename


class WaitingProject(models.Model):
    """A project of another program that someone is about to take in. ``policy`` is what its
    positions are to count, where a person has said so."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="waiting_projects")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    policy = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("study", "pk")

    def __str__(self) -> str:
        return self.filename
