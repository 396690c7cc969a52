"""Pages about missions and pages that serve items of the lists; the agency's missions and contacts."""

from dataclasses import replace
from typing import Any

from portal.agencies import service as agencies
from portal.agencies.models import Agency, Mission
from portal.disclosures import service
from portal.disclosures.legal import service as legal
from portal.disclosures.legal.lists import by_code
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.legal.rules import Item, ListFile
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import SYSTEM
from tests.disclosures.making import OFFICE
from tests.participation.scores.histories.stage import Act, Stage


class Disclosed(Stage):
    """Acts of publishers and administrators."""

    def disclosed(self) -> list[Act]:
        """Some of them more often than others."""
        return [
            self.new_page, self.new_page, self.publish, self.publish, self.publish, self.edit_page, self.english, self.take_down,
            self.serve, self.serve, self.serve_no_more, self.hand_on, self.write_mission, self.write_mission, self.remove_mission,
            self.describe,
        ]  # fmt: skip

    def settings(self) -> PageSettings:
        """About a mission or about none, with somebody responsible or without."""
        missions = [mission.id for mission in self.office.agency.missions]
        person = self.office.users[self.chance.choice(["officer", "colleague"])].id
        return PageSettings(
            mission_id=self.chance.choice([None, *missions, *missions]),
            responsible_user_id=self.chance.choice([None, person]),
            responsible_unit_id=self.office.agency.id,
            **OFFICE,
        )

    def text(self) -> TextDraft:
        """Sometimes with a day of its own, as what was public before it came here."""
        words = TextDraft(title=f"หน้าที่ {self.chance.random()}", body="<p>เนื้อหา</p>", change_note="แก้ข้อมูล")
        before = self.at - (self.at - self.at.replace(month=1, day=1)) * self.chance.random()
        return replace(words, published_at=before, updated_at=before) if self.one_in(3) else words

    def new_page(self) -> None:
        place = self.chance.choice([self.office.agency, self.office.agency, self.office.unit])
        service.create_draft(self.session, SYSTEM, self.at, place, self.text(), settings=self.settings())

    def edit_page(self) -> None:
        row = self.any_of(DisclosureTranslation)
        settings = self.chance.choice([None, self.settings()])
        service.edit(self.session, SYSTEM, self.at, row, row.row_version, self.text(), settings)

    def publish(self) -> None:
        row = self.any_of(DisclosureTranslation)
        if row.published_number:  # another edition
            service.edit(self.session, SYSTEM, self.at, row, row.row_version, self.text())
        service.publish(self.session, SYSTEM, self.at, row)

    def english(self) -> None:
        service.add_language(self.session, SYSTEM, self.at, self.any_of(Disclosure), "en", self.text())

    def take_down(self) -> None:
        service.withdraw(self.session, SYSTEM, self.at, self.any_of(DisclosureTranslation), "ข้อมูลผิด")

    def serve(self) -> None:
        wanted, item = self.listed(self.chance.choice(["s7", "s9", "oit-2569-public-organisation"]))
        legal.link(self.session, SYSTEM, self.at, self.office.agency, wanted, item, self.any_of(Disclosure))

    def serve_no_more(self) -> None:
        row = self.any_of(LegalListPage)
        wanted, item = self.listed(row.list_code, row.item)
        legal.unlink(self.session, SYSTEM, self.at, self.office.agency, wanted, item, self.session.get_one(Disclosure, row.disclosure_id))

    def listed(self, code: str, item: str = "") -> tuple[ListFile, Item]:
        wanted = by_code(code)
        assert wanted is not None
        return wanted, wanted.item(item) or self.chance.choice(wanted.items[:4])

    def hand_on(self) -> None:
        users = self.office.users
        service.hand_on(self.session, SYSTEM, self.at, users["officer"], users["colleague"])

    def write_mission(self) -> None:
        """A new one, or one that gets another number."""
        missions = list(self.office.agency.missions)
        self.on_agency(
            agencies.write_mission,
            self.chance.choice([None, *missions]) if len(missions) < 4 else self.chance.choice(missions),
            {"code": f"m{self.chance.randrange(10**6)}", "text_th": "ภารกิจ", "text_en": ""},
            is_core=self.one_in(2),
        )

    def remove_mission(self) -> None:
        self.signed()  # it deletes in a savepoint, before its own row in the trail
        self.on_agency(agencies.remove_mission, self.any_of(Mission))

    def describe(self) -> None:
        """Contacts, by which the portal itself shows an item."""
        agency = self.office.agency
        values = {"name_th": agency.name_th, "name_en": agency.name_en, "phone": self.chance.choice(["", "02 000 0000"])}
        self.on_agency(agencies.describe, values, agency.level, agency.kind)

    def on_agency(self, verb: Any, *values: Any, **more: Any) -> None:
        """A verb for the present version of the agency."""
        agency = self.session.get_one(Agency, self.office.agency.id)
        self.session.refresh(agency)
        verb(self.session, SYSTEM, self.at, agency, *values, row_version=agency.row_version, **more)
