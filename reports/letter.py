"""The công văn that presses units for results of a period, as a document for the renderers.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mẫu 1.5 of Phụ lục III. It is printed for signing: number and date stay blank
for the clerk, and it is issued outside the portal.
"""

import datetime as dt

from accounts.models import Agency, Membership, Role, Unit, User
from danvan import clock
from plans.models import Plan
from reports.outline import TRAINING_WORDS
from reports.rendering.document import Appendix, BodyEntry, Document, Row, digest
from reports.services.document import authority_lines
from tasks import status
from tasks.models import Occurrence, Period

SIGN_OF_OFFICE = "VP"


def leaders(agency: Agency, on: dt.date) -> list[User]:
    """Who may sign, the chairman first. One query."""
    rows = Membership.objects.active(on).filter(agency=agency, role=Role.CHAIR, user__is_active=True)
    found = {row.user for row in rows.select_related("user")}
    return sorted(found, key=lambda user: (user.position.upper().startswith("PHÓ"), user.sort_key))


def pressing_letter(
    *, period: Period, missing: dict[Unit, list[Occurrence]], signer: User | None, on: dt.date
) -> Document:
    """`missing` as `pressing.missing_in` gives it, not empty; `period` with agency and plan loaded."""
    agency = period.agency
    document: Document = {
        "is_draft": False,
        "is_letter": True,
        "document_type": "Công văn",
        "code": f"{agency.sign}-{SIGN_OF_OFFICE}",
        "number": None,
        "subject": f"đôn đốc gửi kết quả công tác dân vận {period.title}",
        "superior_heading": agency.heading_superior,
        "agency_heading": [line for line in agency.heading.splitlines() if line.strip()],
        "agency_name": agency.name,
        "place": agency.place,
        "dated_on": None,
        "addressees": [unit.name for unit in missing],
        "bases": [],
        "opening": "",
        "parts": [{"numeral": "", "title": "", "body": _body(period, missing, on)}],
        "closing": "",
        "authority": authority_lines(agency, signer),
        "signer": signer.full_name if signer else "",
        "recipients": [
            "Như trên",
            f"Chủ tịch, các Phó Chủ tịch {agency.short_name} (để báo cáo)",
            "Lưu: VT, VP",
        ],
        "appendices": [_appendix(period, missing, on)],
        "illustrative": agency.is_training,
        "title": f"Công văn đôn đốc gửi kết quả {period.title}",
        "created": clock.now().replace(microsecond=0).isoformat(),
        "identifier": "",
    }
    document["identifier"] = digest(document)
    return document


def _body(period: Period, missing: dict[Unit, list[Occurrence]], on: dt.date) -> list[BodyEntry]:
    count = sum(len(rows) for rows in missing.values())
    name = period.agency.name
    training = f" {TRAINING_WORDS}" if period.agency.is_training else ""
    texts = [
        f"Thực hiện {_plan_words(period.plan)}, các đơn vị gửi kết quả {period.title} {_before(period.unit_due_on)}. "
        f"Đến ngày {on:%d/%m/%Y}, các đơn vị có tên trên còn {count} việc chưa gửi kết quả (chi tiết tại Phụ lục){training}.",
        f"{name} đề nghị các đơn vị:",
    ]
    entries: list[BodyEntry] = [{"kind": "paragraph", "label": "", "text": text} for text in texts]
    asks = [
        f"Gửi kết quả thực hiện từng việc trên Cổng công tác dân vận {_until(period, on)}; việc có thời hạn riêng thì theo thời hạn ghi tại Phụ lục.",
        "Việc không phát sinh trong kỳ thì ghi rõ “Không phát sinh”; việc có khó khăn, vướng mắc thì nêu nguyên nhân và đề xuất cách giải quyết.",
        "Bổ sung ngay những kết quả đã bị trả lại.",
    ]
    if not any(status.is_returned(one) for rows in missing.values() for one in rows):
        asks = asks[:-1]
    entries += [
        {"kind": "paragraph", "label": f"{number}.", "text": text}
        for number, text in enumerate(asks, start=1)
    ]
    closing = f"{name} yêu cầu thủ trưởng các đơn vị nghiêm túc thực hiện"
    return [*entries, {"kind": "paragraph", "label": "", "text": closing}]


def _plan_words(plan: Plan) -> str:
    number = f" số {plan.number}" if plan.number else ""
    dated = f" ngày {plan.dated_on:%d/%m/%Y}" if plan.dated_on else ""
    return f"Kế hoạch{number}{dated} của {plan.agency.name}"


def _before(day: dt.date) -> str:
    return f"chậm nhất ngày {day:%d/%m/%Y}"


def _until(period: Period, on: dt.date) -> str:
    """By the day that closes the data, while it lies ahead."""
    return _before(period.covers_to) if period.covers_to > on else "ngay sau khi nhận được công văn này"


def _appendix(period: Period, missing: dict[Unit, list[Occurrence]], on: dt.date) -> Appendix:
    rows: list[Row] = []
    number = 0
    for unit, work in missing.items():
        rows.append({"kind": "group", "cells": [unit.name]})
        for one in work:
            number += 1
            rows.append(
                {"kind": "row", "cells": [str(number), one.task.title, one.due_words, _stand(one, on)]}
            )
    return {
        "numeral": "",
        "title": f"Việc chưa gửi kết quả {period.title}",
        "landscape": False,
        "tables": [
            {
                "caption": "",
                "columns": [
                    {"title": "TT", "width": 7, "align": "center"},
                    {"title": "Nội dung công việc", "width": 50, "align": "left"},
                    {"title": "Thời hạn", "width": 18, "align": "center"},
                    {"title": "Tình trạng", "width": 25, "align": "left"},
                ],
                "header": [],
                "rows": rows,
            }
        ],
        "footnote": "",
    }


def _stand(one: Occurrence, on: dt.date) -> str:
    late = (on - one.shown_due_on).days
    words = "Đã trả lại, cần bổ sung" if status.is_returned(one) else "Chưa gửi kết quả"
    return f"{words}, quá hạn {late} ngày" if late > 0 else words
