"""Instruments as versioned data; waves, invitations, and answers under a pseudonym."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lientuc.core.ids import new_public_id
from lientuc.core.names import fold
from lientuc.places.models import Organisation
from lientuc.places.scope import ScopedManager, ScopedRow
from lientuc.registry.models import HealthWorker
from lientuc.trail.rows import ImmutableRow, Row, one_of, paired, period

from .ballots.models import BallotBox as BallotBox
from .ballots.models import IssuedBallot as IssuedBallot
from .ballots.models import PrintedBallot as PrintedBallot
from .ballots.models import SpentBallot as SpentBallot
from .ballots.models import WaitingAnswers as WaitingAnswers
from .enums import (
    InterviewRole,
    InterviewState,
    InvitationState,
    ItemType,
    RecordLayout,
    ResponseState,
    VersionState,
    WaveMode,
    WavePurpose,
    WaveState,
)
from .paper.models import PaperSheet as PaperSheet
from .paper.models import PaperTyping as PaperTyping


class Instrument(Row):
    """A questionnaire by name; what it asks is in its versions."""

    code = models.CharField(max_length=40, unique=True)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code


class InstrumentVersion(Row):
    """One wording of an instrument; once published, neither it nor anything in it changes (triggers say so too)."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    state = models.CharField(max_length=10, default=VersionState.DRAFT)
    content_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = (
            one_of("state", VersionState, table="surveys_instrumentversion"),
            paired("published", table="surveys_instrumentversion"),
            models.UniqueConstraint(fields=["instrument", "number"], name="surveys_instrumentversion_number"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, content_hash="")
                | (Q(state="published", published_at__isnull=False) & ~Q(content_hash="")),
                name="surveys_instrumentversion_published_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"


class Section(Row):
    """One page of a form; a `repeated` one is asked once for each label its wave names."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="sections")
    position = models.IntegerField()
    code = models.CharField(max_length=40)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    relevant = models.CharField(max_length=1000, blank=True)
    repeated = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["version", "code"], name="surveys_section_code"),
            models.UniqueConstraint(fields=["version", "position"], name="surveys_section_position"),
        )

    def __str__(self) -> str:
        return self.title_vi


class ChoiceList(Row):
    """A named list of answers of one version."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="choice_lists")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["version", "name"], name="surveys_choicelist_name"),)

    def __str__(self) -> str:
        return self.name


class Choice(Row):
    """One answer of a list; `paper_code` maps it to the category of the study the instrument reproduces."""

    choice_list = models.ForeignKey(ChoiceList, on_delete=models.CASCADE, related_name="choices")
    position = models.IntegerField()
    value = models.CharField(max_length=40)
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300)
    paper_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["choice_list", "value"], name="surveys_choice_value"),
            models.UniqueConstraint(fields=["choice_list", "position"], name="surveys_choice_position"),
        )

    def __str__(self) -> str:
        return self.value


class Item(Row):
    """One question. `item_set` is empty for what is always asked, else the set a wave must turn on.

    `group_id` is the row group of the table the item reproduces (T3.confident), `why` the reason it is asked.
    """

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    position = models.IntegerField()
    name = models.CharField(max_length=60)
    type = models.CharField(max_length=16)
    label_vi = models.CharField(max_length=500)
    label_en = models.CharField(max_length=500)
    choice_list = models.ForeignKey(ChoiceList, on_delete=models.CASCADE, related_name="+", null=True)
    required = models.BooleanField(default=False)
    relevant = models.CharField(max_length=1000, blank=True)
    constraint = models.CharField(max_length=1000, blank=True)
    item_set = models.CharField(max_length=20, blank=True)
    group_id = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=4, blank=True)
    hint_vi = models.CharField(max_length=500, blank=True, default="")
    hint_en = models.CharField(max_length=500, blank=True, default="")
    message_vi = models.CharField(max_length=300, blank=True, default="")
    message_en = models.CharField(max_length=300, blank=True, default="")
    missing_vi = models.CharField(max_length=300, blank=True, default="")
    missing_en = models.CharField(max_length=300, blank=True, default="")
    appearance = models.CharField(max_length=16, blank=True, default="")
    calculation = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = (
            one_of("type", ItemType, table="surveys_item"),
            models.UniqueConstraint(fields=["version", "name"], name="surveys_item_name"),
            models.UniqueConstraint(fields=["version", "position"], name="surveys_item_position"),
            models.CheckConstraint(
                condition=Q(type__in=["select_one", "select_multiple"], choice_list__isnull=False)
                | (~Q(type__in=["select_one", "select_multiple"]) & Q(choice_list__isnull=True)),
                name="surveys_item_choices_where_chosen",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Wave(ScopedRow, Row):
    """One round of asking: a version, a mode, a time, and what it is about (references to rows of any floor).

    `open_token` is the public link of an open wave. `audience_size` is how many people an open link was given to,
    as its organiser states it. `item_sets` and `repeat_labels` fill the version's switches and repeated sections.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    name_fold = models.CharField(max_length=200, db_index=True)
    mode = models.CharField(max_length=14)
    purpose = models.CharField(max_length=12)
    information = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    item_sets = models.JSONField(default=list)
    repeat_labels = models.JSONField(default=list)
    about = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField()
    audience_size = models.IntegerField(null=True)
    open_token = models.CharField(max_length=60, null=True, unique=True)
    state = models.CharField(max_length=10, default=WaveState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("mode", WaveMode, table="surveys_wave"),
            one_of("purpose", WavePurpose, table="surveys_wave"),
            one_of("state", WaveState, table="surveys_wave"),
            period(table="surveys_wave", first="opens_on", last="closes_on"),
            paired("closed", table="surveys_wave"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="surveys_wave_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(mode="open", open_token__isnull=False) | (~Q(mode="open") & Q(open_token__isnull=True)),
                name="surveys_wave_link_where_open",
            ),
        )
        indexes = (models.Index(fields=["-opens_on", "-id"], name="surveys_wave_list"),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_fold = fold(self.name)
        super().save(*args, **kwargs)


class Invitation(ScopedRow, Row):
    """One person asked to answer one wave; days only, no times. `stratum` holds codes by name (sex, title, course…)."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="invitations")
    worker = models.ForeignKey(HealthWorker, on_delete=models.PROTECT, related_name="+", null=True)
    pseudonym = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, default=InvitationState.INVITED)
    stratum = models.JSONField(default=dict)
    invited_on = models.DateField()
    delivered_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("state", InvitationState, table="surveys_invitation"),
            models.UniqueConstraint(fields=["wave", "worker"], name="surveys_invitation_once"),
        )
        indexes = (models.Index(fields=["wave", "state"], name="surveys_invitation_monitor"),)

    def __str__(self) -> str:
        return f"{self.wave}: {self.state}"


class Response(ScopedRow, Row):
    """One person's answers to one wave under a pseudonym; the week is all that is known of the time.

    Keys are random, so that neither numbers nor order tell when somebody answered. `token_hash` belongs to the resume
    link of an open wave; a confidential response is found through its invitation's pseudonym.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="responses")
    pseudonym = models.CharField(max_length=32, unique=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    state = models.CharField(max_length=10, default=ResponseState.STARTED)
    week = models.DateField()
    cleared = models.IntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("state", ResponseState, table="surveys_response"),)
        indexes = (models.Index(fields=["wave", "state"], name="surveys_response_monitor"),)

    def __str__(self) -> str:
        return self.pseudonym


class Answer(ScopedRow):
    """One answer as its code or text; an empty value is a question that was shown and left open.

    `index` is 0, or the place (from 1) of the label in a repeated section. Several choices stand in the order of
    their list, one space between.
    """

    mutable: ClassVar[bool] = True
    scope_organisations: ClassVar[tuple[str, ...]] = ("response__wave__organisation",)

    id = models.UUIDField(primary_key=True, default=new_public_id, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    index = models.IntegerField(default=0)
    value = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["response", "item", "index"], name="surveys_answer_once"),
            models.CheckConstraint(condition=Q(index__gte=0), name="surveys_answer_index_from_0"),
        )

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class RecordFile(ScopedRow, ImmutableRow):
    """A file of records taken into a wave: which items it held, what was left out and why, what could not be true.

    `dropped` counts records by reason, `unanswered` by item; `compared` sets the dropped beside the kept by item and code;
    `impossible` lists line, item and value of answers to questions that did not concern the person.
    """

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="record_files")
    layout = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    items = models.JSONField(default=list)
    read = models.IntegerField()
    kept = models.IntegerField()
    complete_cases = models.BooleanField(default=False)
    dropped = models.JSONField(default=dict)
    unanswered = models.JSONField(default=dict)
    compared = models.JSONField(default=list)
    impossible = models.JSONField(default=list)
    assumed = models.JSONField(default=list)
    taken_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        constraints = (one_of("layout", RecordLayout, table="surveys_recordfile"),)

    def __str__(self) -> str:
        return f"{self.wave}: {self.kept}"


class RecordCodes(Row):
    """What values of files with one header mean in an instrument, confirmed once by a person."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="+")
    header = models.CharField(max_length=64)
    rows = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["instrument", "header"], name="surveys_recordcodes_once"),)

    def __str__(self) -> str:
        return f"{self.instrument}: {len(self.rows)}"


class Interviewee(ScopedRow, Row):
    """One person of a wave's interview register; `facts` are codes by item name, never a name."""

    scope_organisations: ClassVar[tuple[str, ...]] = ("wave__organisation",)

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="interviewees")
    number = models.IntegerField()
    role = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=InterviewState.DONE)
    facts = models.JSONField(default=dict)

    objects = ScopedManager()

    class Meta:
        constraints = (
            one_of("role", InterviewRole, table="surveys_interviewee"),
            one_of("state", InterviewState, table="surveys_interviewee"),
            models.UniqueConstraint(fields=["wave", "number"], name="surveys_interviewee_number"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.number}"
