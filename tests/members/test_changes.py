import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from members.biography import tell_standing
from members.changes import change_facts, change_kind, rename_member
from members.models import Member, MemberName
from tests.register import add_member
from wego.models import AuditEntry

ON = dt.date(2022, 9, 20)


@pytest.fixture
def city(db):
    return add_member("Nur-Sultan", "KZ", name_ko="누르술탄", is_capital=True)


def rename(member, name_en="Astana", name_ko="아스타나", **facts):
    return rename_member(
        member,
        **{
            "name_en": name_en,
            "name_ko": name_ko,
            "on": ON,
            "reason": "Decree",
            "by": None,
            **facts,
        },
    )


def refusal_of(act, *arguments, **facts):
    def everything():
        return [list(model.objects.values()) for model in (Member, MemberName, AuditEntry)]

    before = everything()
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        act(*arguments, **facts)
    assert everything() == before
    return refusal.value.messages[0]


def called(member, day):
    return tell_standing(Member.objects.get(pk=member.pk), dt.date.fromisoformat(day)).name_en


class TestRenaming:
    def test_is_audited_old_and_new(self, city, secretariat):
        rename(city, name_en="  Astana ", used_from=dt.date(2022, 9, 17), by=secretariat)

        assert city.name_en == "Astana"
        entry = AuditEntry.objects.get()
        assert (entry.act, entry.by, entry.file, entry.why) == (
            "member.renamed",
            secretariat,
            f"member:{city.pk}",
            "Decree",
        )
        assert entry.facts == {
            "name_en": ["Nur-Sultan", "Astana"],
            "name_ko": ["누르술탄", "아스타나"],
            "from": "2022-09-17",
        }

    def test_again_and_back_keeps_every_name_and_its_days(self, city):
        rename(city, used_from=dt.date(2022, 9, 17))
        rename(city, "Nur-Sultan", "누르술탄", on=dt.date(2024, 1, 1))

        names = city.other_names.order_by("used_until")
        assert list(names.values_list("name_en", "used_from", "used_until")) == [
            ("Nur-Sultan", None, dt.date(2022, 9, 16)),
            ("Astana", dt.date(2022, 9, 17), dt.date(2023, 12, 31)),
        ]
        days = ("2022-09-16", "2022-09-17", "2023-12-31", "2024-01-01")
        assert [called(city, day) for day in days] == [
            "Nur-Sultan",
            "Astana",
            "Astana",
            "Nur-Sultan",
        ]

    def test_from_the_same_day_corrects_the_name(self, city):
        rename(city, "Astanna", used_from=dt.date(2022, 9, 17))
        rename(city, "Astana", used_from=dt.date(2022, 9, 17))

        assert [name.name_en for name in city.other_names.all()] == ["Nur-Sultan"]
        assert called(city, "2022-09-17") == "Astana"

    def test_leaves_spellings_without_days_alone(self, city):
        MemberName.objects.create(member=city, name_en="Aqmola", note="seen in 2010")

        rename(city, used_from=dt.date(2022, 9, 17))

        assert called(city, "2019-12-31") == "Nur-Sultan"
        assert city.other_names.count() == 2

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"name_en": " "}, "Enter the name in English."),
            ({"name_en": "Nur-Sultan", "name_ko": "누르술탄"}, "Nur-Sultan is called so already."),
            ({"name_en": "ALMATY"}, "Almaty is in the register already (City, Kazakhstan)."),
            ({"reason": " "}, "Say why."),
            ({"name_en": "x" * 201}, "Ensure this value has at most 200 characters (it has 201)."),
            (
                {"used_from": dt.date(2022, 9, 21)},
                "2022-09-21 is still to come: "
                "rename on that day, or name the day it was decided for.",
            ),
        ],
    )
    def test_refuses_with_a_sentence(self, city, facts, sentence):
        add_member("Almaty", "KZ")

        assert refusal_of(rename, city, **facts) == sentence

    def test_not_before_the_name_it_bears(self, city):
        rename(city, used_from=dt.date(2022, 9, 17))

        assert refusal_of(rename, city, "Aqmola", used_from=dt.date(2022, 9, 16)) == (
            "Astana bears its name since 2022-09-17: another one cannot begin before that."
        )

    def test_may_take_the_name_of_a_merged_duplicate(self, city):
        add_member("Astana", "KZ", merged_into=city)

        assert rename(city).name_en == "Astana"


class TestKind:
    def test_changes_with_its_reason(self, city, secretariat):
        change_kind(city, "institution", on=ON, reason="It is the chamber", by=secretariat)

        member = Member.objects.get()
        assert (member.kind, member.is_capital, city.kind) == ("institution", False, "institution")
        entry = AuditEntry.objects.get()
        assert (entry.act, entry.why) == ("member.kind_changed", "It is the chamber")
        assert entry.facts == {
            "kind": ["city", "institution"],
            "is_capital": [True, False],
            "on": "2022-09-20",
        }

    @pytest.mark.parametrize(
        ("kind", "reason", "sentence"),
        [
            ("kingdom", "x", "Choose city, institution or company."),
            ("city", "x", "Nur-Sultan is of this kind already."),
            ("company", "", "Say why."),
            (
                "company",
                "x",
                "Nur-Sultan is in the register already (Company, Kazakhstan).",
            ),
        ],
    )
    def test_refuses_with_a_sentence(self, city, kind, reason, sentence):
        add_member("Nur-Sultan", "KZ", kind="company")

        assert refusal_of(change_kind, city, kind, on=ON, reason=reason, by=None) == sentence


class TestFacts:
    def test_change_and_keep_old_and_new(self, city):
        change_facts(
            city,
            {"level": "city", "region": "asia", "country_code": "KG"},
            on=ON,
            reason="Letter",
            by=None,
        )

        member = Member.objects.get()
        assert (member.level, member.country_code, city.level) == ("city", "KG", "city")
        assert AuditEntry.objects.get().facts == {
            "level": ["", "city"],
            "country_code": ["KZ", "KG"],
            "on": "2022-09-20",
        }

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"region": "asia"}, "Nothing is different from what stands here."),
            ({"region": "atlantis"}, "Value 'atlantis' is not a valid choice."),
            ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
            (
                {"country_code": "KG"},
                "Nur-Sultan is in the register already (City, Kyrgyzstan).",
            ),
        ],
    )
    def test_refuse_with_a_sentence(self, city, facts, sentence):
        add_member("Nur-Sultan", "KG")

        assert refusal_of(change_facts, city, facts, on=ON, by=None) == sentence

    def test_only_a_city_is_a_capital(self, db):
        danfoss = add_member("Danfoss", "DK", kind="company")

        assert refusal_of(change_facts, danfoss, {"is_capital": True}, on=ON, by=None) == (
            "Only a city can be a capital."
        )

    @pytest.mark.parametrize("name", ["name_en", "kind", "status_confirmed", "merged_into", "pk"])
    def test_other_fields_are_not_theirs(self, city, name):
        with pytest.raises(ValueError, match=name):
            change_facts(city, {name: "x"}, on=ON, by=None)
