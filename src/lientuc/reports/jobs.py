"""One's own jobs: what each does, in words, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lientuc.core.errors import Problem
from lientuc.core.phrases import Phrase
from lientuc.trail.enums import JobState
from lientuc.trail.models import Job
from lientuc.web.say import phrase, sentence, sentences

# What the queue calls a job by its function's path, a person by these words.
WORKS: Mapping[str, Phrase] = {
    "lientuc.credits.refresh.refresh_all": Phrase("Tính lại kết quả tích lũy", "Reckon standings anew"),
    "lientuc.credits.whatif.reckon": Phrase("Tính giả định thay đổi quy tắc", "Reckon a what-if"),
    "lientuc.credits.following.refresh_people": Phrase(
        "Tính lại kết quả của người vừa thay đổi", "Reckon changed people"
    ),
    "lientuc.credits.intake.work.judge": Phrase("Kiểm tra tệp giờ học", "Check a file of entries"),
    "lientuc.credits.intake.work.take": Phrase("Ghi nhận tệp giờ học", "Take a file of entries"),
    "lientuc.reports.reminders.mail.send_mails": Phrase("Gửi thư nhắc hạn", "Send reminders by mail"),
    "lientuc.registry.intake.work.read": Phrase("Đọc tệp nhân lực", "Read a staff list"),
    "lientuc.registry.intake.work.judge": Phrase("Kiểm tra tệp nhân lực", "Check a staff list"),
    "lientuc.registry.intake.work.take": Phrase("Ghi nhận tệp nhân lực", "Take a staff list"),
    "lientuc.registry.collecting.taking_in.read": Phrase("Đọc tệp gửi qua đường dẫn", "Read a file sent by link"),
    "lientuc.reports.review.summary.refresh": Phrase("Tính lại số liệu rà soát", "Reckon the review anew"),
    "lientuc.reports.review.work.freeze": Phrase("Chốt số liệu rà soát", "Freeze the review"),
    "lientuc.planning.improving.work.improve": Phrase("Tính phương án kế hoạch", "Look for a better plan"),
}


@dataclass(frozen=True)
class ShownJob:
    """A job with its name, and the sentence of its problem where it failed."""

    job: Job

    @property
    def name(self) -> str:
        """What it does; work without words is shown by its path."""
        words = WORKS.get(self.job.kind)
        return phrase(words) if words else self.job.kind

    @property
    def is_over(self) -> bool:
        """Nothing more will happen."""
        return self.job.state in {JobState.DONE, JobState.FAILED}

    @property
    def problem(self) -> str:
        """Why it failed; a code without words is shown as it is."""
        code = self.job.problem.get("code", "")
        if code not in sentences():
            return str(code)
        return sentence(Problem(code, values=self.job.problem.get("values", {})))


def jobs_of(user: Any) -> QuerySet[Job]:
    """A person's own jobs."""
    return Job.objects.filter(made_by=str(user.public_id))
