"""Shape of the self-assessment: a level and two reasons for each scale of the year."""

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import gettext as _
from wtforms import Field, RadioField, TextAreaField
from wtforms.fields import SelectChoice

from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.participation.claims.models import Claim
from portal.participation.claims.service import REASON_MOST, Typed
from portal.participation.rules.scales import Scale
from portal.web.forms import PortalForm
from portal.web.language import language


class ClaimForm(PortalForm):
    """The fields stand under ``level_<scale>``, ``reason_th_<scale>`` and ``reason_en_<scale>``."""

    most_reason = REASON_MOST

    def typed(self, scales: Sequence[Scale]) -> dict[str, Typed]:
        """What was typed, by scale."""
        return {scale.code: Typed(*(str(field.data or "") for field in self.of(scale))) for scale in scales}

    def of(self, scale: Scale) -> tuple[Field, Field, Field]:
        """Level and reasons of a scale."""
        return self[f"level_{scale.code}"], self[f"reason_th_{scale.code}"], self[f"reason_en_{scale.code}"]


def claim_form(scales: Sequence[Scale], typed: Any = None, earlier: Claim | None = None) -> ClaimForm:
    """For these scales; ``earlier`` fills it with what was handed in before."""
    fields: dict[str, Any] = {}
    for scale in scales:
        fields[f"level_{scale.code}"] = RadioField(N_("Level that the agency claims"), choices=_choices(scale), validate_choice=False)
        fields[f"reason_th_{scale.code}"] = TextAreaField(N_("Reason, in Thai"))
        fields[f"reason_en_{scale.code}"] = TextAreaField(N_("Reason, in English (optional)"))
    made = cast("type[ClaimForm]", type("ClaimFormOfYear", (ClaimForm,), fields))
    return made(typed, data=_data(earlier))


def _choices(scale: Scale) -> list[SelectChoice]:
    none = SelectChoice("0", _("0: not yet on level 1"))
    return [
        none,
        *(SelectChoice(str(level.number), f"{level.number}: {pick(language(), level.name.th, level.name.en)}") for level in scale.levels),
    ]


def _data(earlier: Claim | None) -> dict[str, str]:
    rows = earlier.levels if earlier else []
    return {
        name: value
        for row in rows
        for name, value in (
            (f"level_{row.scale}", str(row.level)),
            (f"reason_th_{row.scale}", row.reason_th),
            (f"reason_en_{row.scale}", row.reason_en),
        )
    }
