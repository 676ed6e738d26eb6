"""The words printed on an invoice, in English and Korean side by side.

They belong to the document, not to the reader's screen: an invoice prints the same words for ever,
whatever language the person who renders it reads. Hence no gettext.
"""

from typing import NamedTuple


class Phrase(NamedTuple):
    """One printed text in both languages; `{fields}` are filled from the snapshot."""

    en: str
    ko: str


PHRASES = {
    "title": Phrase("Invoice {number}", "청구서 {number}"),
    "invoice": Phrase("Invoice", "청구서"),
    "demo": Phrase(
        "Demonstration: this document is a specimen and is not payable.",
        "시연용 견본이며 납부 대상이 아닙니다.",
    ),
    "to": Phrase("Invoice to", "수신"),
    "attention": Phrase("Attention: {attention}", "담당: {attention}"),
    "number": Phrase("Invoice number", "청구서 번호"),
    "issued_on": Phrase("Date of issue", "발행일"),
    "due_on": Phrase("Payment due", "납부 기한"),
    "reference": Phrase("Payment reference", "납부 참조번호"),
    "subject": Phrase("Annual membership dues {dues_year}", "{dues_year}년도 연회비"),
    "description": Phrase("Description", "내역"),
    "amount": Phrase("Amount", "금액"),
    "charge": Phrase(
        "Annual membership dues, 1 January to 31 December {dues_year}",
        "{dues_year}년도 연회비 ({dues_year}. 1. 1. ~ {dues_year}. 12. 31.)",
    ),
    "charge_part": Phrase(
        "Membership dues {dues_year}, {months} of 12 months",
        "{dues_year}년도 회비 (12개월 중 {months}개월분)",
    ),
    "city": Phrase("City member", "도시 회원"),
    "institution": Phrase("Institution member", "기관 회원"),
    "company": Phrase("Company member", "기업 회원"),
    "reduction": Phrase("Reduction by decision", "결정에 따른 감면"),
    "reduction_percent": Phrase(
        "Reduction of {percent}\u00a0% by decision", "결정에 따른 {percent}\u00a0% 감면"
    ),
    "decision": Phrase("{body}, {day} ({reference})", "{body}, {day} ({reference})"),
    "total": Phrase("Total due", "청구 금액"),
    "credit": Phrase(
        "Credit on your account: {credit}. It can be set off: please pay {rest}, or write to us.",
        "예치금 {credit}이 있습니다. 상계를 원하시면 {rest}를 납부하시거나 사무국에 알려 주십시오.",
    ),
    "credit_covers": Phrase(
        "Credit on your account: {credit}. It covers this invoice: to set it off, write to us.",
        "예치금 {credit}이 있어 이 청구 금액을 충당합니다. 상계를 원하시면 사무국에 알려 주십시오.",
    ),
    "basis": Phrase("How this amount was worked out", "금액 산정 근거"),
    "measure": Phrase("Measure and source", "기준과 출처"),
    "figure": Phrase("Figure used", "적용 수치"),
    "band": Phrase("Band of the fee table", "회비표 구간"),
    "figure_of": Phrase("{source} (figure\u00a0of\u00a0{year})", "{source} ({year}년\u00a0수치)"),
    "population": Phrase("Population", "인구"),
    "employees": Phrase("Employees", "고용자 수"),
    "gdp_ppp_per_capita": Phrase("GDP (PPP) per capita", "1인당 GDP(PPP)"),
    "population_value": Phrase("{value} persons", "{value}명"),
    "employees_value": Phrase("{value} employees", "{value}명"),
    "gdp_ppp_per_capita_value": Phrase("USD {value}", "USD {value}"),
    "population_band": Phrase("{lower} to under {upper} persons", "{lower}명 이상 {upper}명 미만"),
    "employees_band": Phrase("{lower} to under {upper} employees", "{lower}명 이상 {upper}명 미만"),
    "gdp_ppp_per_capita_band": Phrase(
        "USD {lower} to under {upper}", "USD {lower} 이상 {upper} 미만"
    ),
    "population_open": Phrase("{lower} persons or more", "{lower}명 이상"),
    "employees_open": Phrase("{lower} employees or more", "{lower}명 이상"),
    "gdp_ppp_per_capita_open": Phrase("USD {lower} or more", "USD {lower} 이상"),
    "thousands": Phrase("{band} thousand", "{band} (천 명)"),
    "result": Phrase("Yearly dues where these bands meet", "두 구간이 만나는 칸의 연회비"),
    "result_single": Phrase("Yearly dues of this band", "해당 구간의 연회비"),
    "result_part": Phrase(
        "{months} of 12 months of the yearly dues", "연회비의 12개월 중 {months}개월분"
    ),
    "schedule": Phrase(
        "Fee schedule: {name}, in force from dues year {first_dues_year} ({source}).",
        "회비표: {name}, {first_dues_year}년도부터 적용.",
    ),
    "reading": Phrase(
        "A band includes its lower figure and ends just below the next band’s.",
        "각 구간은 하한을 포함하고 다음 구간의 하한 바로 아래에서 끝납니다.",
    ),
    "payment": Phrase("How to pay", "납부 방법"),
    "beneficiary": Phrase("Beneficiary", "예금주"),
    "bank_name": Phrase("Bank", "은행"),
    "bank_address": Phrase("Bank address", "은행 주소"),
    "account": Phrase("Account number", "계좌번호"),
    "swift": Phrase("SWIFT/BIC", "SWIFT/BIC"),
    "no_bank": Phrase(
        "Bank details: please ask the secretariat before you pay.",
        "계좌 정보는 납부 전에 사무국에 문의해 주십시오.",
    ),
    "charges": Phrase(
        "Charges OUR: the payer bears all bank charges, so that the full amount arrives. "
        "Please quote the payment reference.",
        "송금 수수료는 송금인 부담(OUR)으로 하여 전액이 입금되도록 하고, "
        "납부 참조번호를 적어 주십시오.",
    ),
    "portal": Phrase("This invoice in the members’ portal", "회원 포털에서 이 청구서 보기"),
    "contact": Phrase("Questions about this invoice:", "문의"),
}
