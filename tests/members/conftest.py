"""Kim's browser and a small register, for the staff pages of members."""

import pytest

from members.models import Member, MemberName
from tests.register import add_figure, add_member


@pytest.fixture
def kim(client, secretariat):
    client.force_login(secretariat)
    return client


@pytest.fixture
def staff(secretariat, finance, administrator):
    return {user.role: user for user in (secretariat, finance, administrator)}


@pytest.fixture
def register(db):
    seoul = add_member("Seoul", name_ko="서울", is_capital=True)
    add_member("Nur-Sultan", "KZ", name_ko="누르술탄", status_confirmed=False)
    add_member("Kathmandu", "NP", name_ko="카트만두", level="city", status_confirmed=False)
    add_member("Danfoss", "DK", kind="company", name_ko="댄포스")
    add_member("Berlin", "DE", region="europe", status="withdrawn")
    add_figure(seoul, 9_776_000)
    MemberName.objects.create(
        member=Member.objects.get(name_en="Nur-Sultan"), name_en="Astana", name_ko="아스타나"
    )
    return {member.name_en: member for member in Member.objects.all()}
