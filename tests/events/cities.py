"""Members that the history names, as the roster knows them."""

from members.models import MemberName
from tests.register import add_member

ROWS = (
    ("Seoul", "KR", "서울"),
    ("Goyang", "KR", "고양"),
    ("Seongnam", "KR", "성남"),
    ("Makati", "PH", "마카티"),
    ("Chengdu", "CN", "청두"),
    ("Mexico City", "MX", "멕시코시티"),
    ("Ulyanovsk", "RU", "울라놉스크"),
    ("Penang Island", "MY", "페낭아일랜드"),
    ("Moscow", "RU", "모스크바"),
)


def add_history_cities():
    """Nine cities by name, one of them known by another name, and an institution."""
    found = {name: add_member(name, country, name_ko=ko) for name, country, ko in ROWS}
    MemberName.objects.create(member=found["Penang Island"], name_en="George Town")
    add_member("Seoul Business Agency (SBA)", kind="institution", name_ko="SBA서울산업진흥원")
    return found
