"""The words printed on letters and certificates, in English and Korean.

They belong to the document, not to the reader's screen: a letter prints the same words for ever.
Hence no gettext. `{fields}` are filled from the letter's snapshot.
"""

from typing import NamedTuple


class Phrase(NamedTuple):
    """One printed text in both languages."""

    en: str
    ko: str

    def of(self, language: str) -> str:
        """The text in a language."""
        return self.ko if language == "ko" else self.en


FRAME = {
    "demo": Phrase(
        "Demonstration: this document is a specimen without effect.",
        "시연용 견본이며 효력이 없습니다.",
    ),
    "reference": Phrase("Reference", "문서 번호"),
    "date": Phrase("Date", "시행일"),
    "to": Phrase("To", "수신"),
    "attention": Phrase("Attention: {attention}", "참조: {attention}"),
    "dear": Phrase("Dear {attention},", "{attention} 귀하"),
    "dear_all": Phrase("Dear colleagues,", "안녕하십니까."),
    "closing": Phrase("Yours sincerely,", ""),
    "signer": Phrase("Secretary General", "사무총장"),
    "signature": Phrase("Signature and seal", "서명 또는 직인"),
    "contact": Phrase("Questions:", "문의:"),
    "city": Phrase("City", "도시"),
    "institution": Phrase("Institution", "기관"),
    "company": Phrase("Company", "기업"),
    "excom": Phrase("the Executive Committee (EXCOM)", "집행위원회(EXCOM)"),
    "assembly": Phrase("the General Assembly", "총회"),
    "none": Phrase("–", "–"),
}

TITLES = {
    "application_form": Phrase("Application for Membership", "회원 가입신청서"),
    "acceptance": Phrase("Acceptance of your application", "가입신청 수리 통지"),
    "approval": Phrase("Approval as a full member", "정회원 승인 통지"),
    "rejection": Phrase("Decision on your application", "가입신청 심사 결과 통지"),
    "certificate": Phrase("Certificate of Membership", "회원증서"),
    "withdrawal": Phrase("Confirmation of withdrawal", "탈퇴 확인"),
}

# Labels of the box of facts.
FACTS = {
    "member": Phrase("Member", "회원"),
    "applicant": Phrase("Applicant", "신청 기관"),
    "kind": Phrase("Kind of member", "회원 구분"),
    "application": Phrase("Application", "신청 번호"),
    "status": Phrase("Status", "지위"),
    "associate": Phrase("Associate member", "준회원"),
    "full": Phrase("Full member", "정회원"),
    "since": Phrase("Since", "발효일"),
    "fee": Phrase("Annual fee", "연회비"),
    "no_fee": Phrase("None while an associate", "준회원 기간에는 없음"),
    "next": Phrase("Decision", "심의"),
    "excom_of": Phrase("EXCOM {year}", "{year}년 집행위원회(EXCOM)"),
    "decision": Phrase("Decision", "의결"),
    "first_dues": Phrase("First dues year", "회비 시작 연도"),
    "dues_of": Phrase("{year}", "{year}년도"),
    "decided": Phrase("Date of the decision", "결정일"),
    "received": Phrase("Notice received", "탈퇴서 접수일"),
    "effective": Phrase("Membership ends on", "탈퇴 효력일"),
    "invoice": Phrase("Open invoice", "미납 청구서"),
    "due_on": Phrase("Due", "납부 기한"),
    "amount": Phrase("Amount", "금액"),
    "total": Phrase("Total", "합계"),
}

BODIES: dict[str, tuple[Phrase, ...]] = {
    "acceptance": (
        Phrase(
            "Thank you for applying to join the World Smart Sustainable Cities Organization "
            "(WeGO). We are glad to confirm that the Secretariat has accepted your application. "
            "{name} is an associate member of WeGO from {since}.",
            "세계스마트시티기구(WeGO)에 가입을 신청해 주셔서 감사합니다. 사무국은 귀 기관의 "
            "가입신청을 수리하였으며, {name}은(는) {since}부터 WeGO의 준회원입니다.",
        ),
        Phrase(
            "As an associate you are welcome at our meetings, where you may give your opinion, "
            "and in our trainings, programmes and awards. Associates pay no fee and do not vote.",
            "준회원은 회의에 참석하여 의견을 제시하고 교육, 사업, 시상에 참여할 수 있습니다. "
            "준회원은 회비를 납부하지 않으며 투표권은 없습니다.",
        ),
        Phrase(
            "Your application now goes to the Executive Committee (EXCOM) of {excom_year}. With "
            "its approval you become a full member. We shall write to you as soon as it has "
            "decided, and name the first year for which dues are owed.",
            "귀 기관의 신청은 {excom_year}년 집행위원회(EXCOM)에 상정되며, 승인되면 정회원이 "
            "됩니다. 결과가 나오는 대로 회비 시작 연도와 함께 알려 드리겠습니다.",
        ),
        Phrase(
            "We look forward to working with you.", "앞으로 함께하게 되어 매우 기쁘게 생각합니다."
        ),
    ),
    "approval": (
        Phrase(
            "We are delighted to inform you that {body} approved the membership of {name}. "
            "{name} is a full member of WeGO from {since}.",
            "{body}가 {name}의 회원 가입을 승인하였음을 기쁜 마음으로 알려 드립니다. "
            "{name}은(는) {since}부터 WeGO의 정회원입니다.",
        ),
        Phrase("{rights}", "{rights}"),
        Phrase("{fee}", "{fee}"),
        Phrase(
            "Your certificate of membership comes with this letter. Welcome to WeGO.",
            "회원증서를 함께 보내 드립니다. WeGO의 정회원이 되신 것을 진심으로 환영합니다.",
        ),
    ),
    "rejection": (
        Phrase(
            "Thank you for your interest in the World Smart Sustainable Cities Organization "
            "(WeGO). {outcome}",
            "세계스마트시티기구(WeGO)에 관심을 보여 주셔서 감사합니다. {outcome}",
        ),
        Phrase("{reason}", "{reason}"),
        Phrase(
            "Nothing is owed. You are welcome to apply again when circumstances have changed; "
            "the Secretariat is glad to advise you.",
            "납부하실 금액은 없습니다. 여건이 달라지면 언제든지 다시 신청하실 수 있으며, "
            "사무국이 기꺼이 도와드리겠습니다.",
        ),
    ),
    "withdrawal": (
        Phrase(
            "We confirm the withdrawal of {name} from the World Smart Sustainable Cities "
            "Organization (WeGO). Membership ends on {effective}.",
            "{name}의 세계스마트시티기구(WeGO) 탈퇴를 확인합니다. 회원 자격은 {effective}에 "
            "종료됩니다.",
        ),
        Phrase("{open}", "{open}"),
        Phrase(
            "Thank you for the years we worked together. The door stays open: a new application "
            "is welcome at any time.",
            "그동안 함께해 주셔서 감사합니다. 언제든지 다시 가입을 신청하실 수 있습니다.",
        ),
    ),
}

# Sentences that depend on the facts.
SENTENCES = {
    "rights_city": Phrase(
        "A full member city votes in the General Assembly, may stand for office, and may bid to "
        "host our meetings.",
        "정회원 도시는 총회에서 투표하고 임원 도시에 입후보할 수 있으며 회의 유치를 신청할 수 "
        "있습니다.",
    ),
    "rights_other": Phrase(
        "Full membership opens our meetings, programmes and services to you. Institutions and "
        "companies have no vote.",
        "정회원은 회의와 사업, 서비스에 참여할 수 있습니다. 기관과 기업 회원은 투표권이 없습니다.",
    ),
    "fee_known": Phrase(
        "Annual dues are owed from {year} on. By today’s figures they would be {amount} a year; "
        "the invoice names the final amount and how it was worked out.",
        "연회비는 {year}년도부터 납부합니다. 현재 수치로는 연 {amount}이며, 확정 금액과 산정 "
        "근거는 청구서에 기재됩니다.",
    ),
    "fee_later": Phrase(
        "Annual dues are owed from {year} on; the invoice names the amount and how it was worked "
        "out.",
        "연회비는 {year}년도부터 납부하며, 금액과 산정 근거는 청구서에 기재됩니다.",
    ),
    "fee_institution": Phrase(
        "There is no fee table for institutions at present. The Secretariat writes to you before "
        "any dues are asked for.",
        "현재 기관 회원의 회비표는 없습니다. 회비가 정해지면 사무국이 미리 알려 드립니다.",
    ),
    "refused_by_secretariat": Phrase(
        "We regret that the Secretariat could not accept the application of {name}.",
        "유감스럽게도 사무국은 {name}의 가입신청을 수리하지 못하였습니다.",
    ),
    "refused_by_body": Phrase(
        "We regret that {body} did not approve the membership of {name}; associate status ended "
        "with the decision.",
        "유감스럽게도 {body}는 {name}의 회원 가입을 승인하지 않았으며, 준회원 지위는 결정과 함께 "
        "종료되었습니다.",
    ),
    "reason": Phrase("The reason: {reason}", "사유: {reason}"),
    "nothing_open": Phrase(
        "According to our books no invoice is overdue today.",
        "장부상 현재 연체된 청구서는 없습니다.",
    ),
    "open": Phrase(
        "Invoices already issued stay payable. According to our books these are overdue today:",
        "이미 발행된 청구서는 계속 납부 대상입니다. 장부상 현재 연체된 청구서는 다음과 같습니다.",
    ),
}

CERTIFICATE = {
    "opening": Phrase("This is to certify that", "다음 회원이"),
    "member_city": Phrase("is a full member city of the", "정회원 도시임을 증명합니다."),
    "member_institution": Phrase(
        "is a full member institution of the", "정회원 기관임을 증명합니다."
    ),
    "member_company": Phrase("is a full member company of the", "정회원 기업임을 증명합니다."),
    "of": Phrase("World Smart Sustainable Cities Organization", "세계스마트시티기구(WeGO)의"),
    "since": Phrase("since {since}", "{since}부터"),
    "decision": Phrase("by decision of {body}", "{body} 의결"),
    "seal": Phrase("Seal", "직인"),
}

FORM = {
    "intro": Phrase(
        "We apply for membership of the World Smart Sustainable Cities Organization (WeGO) with "
        "the particulars below.",
        "아래와 같이 세계스마트시티기구(WeGO) 회원 가입을 신청합니다.",
    ),
    "organisation": Phrase("The organisation", "신청 기관"),
    "kind": Phrase("Kind", "구분"),
    "name_en": Phrase("Name in English", "영문 명칭"),
    "name_ko": Phrase("Name in Korean", "국문 명칭"),
    "name_local": Phrase("Name in the local script", "현지어 명칭"),
    "country": Phrase("Country", "국가"),
    "level": Phrase("Level", "행정 단위"),
    "address": Phrase("Postal address", "우편 주소"),
    "website": Phrase("Website", "웹사이트"),
    "population": Phrase("Population", "인구"),
    "employees": Phrase("Employees", "고용자 수"),
    "source": Phrase("Source", "출처"),
    "people": Phrase("Contacts", "담당자"),
    "role": Phrase("Role", "구분"),
    "person": Phrase("Name and position", "성명과 직위"),
    "reach": Phrase("E-mail and telephone", "이메일과 전화"),
    "head": Phrase("Head of the organisation", "기관장"),
    "liaison": Phrase("Liaison officer", "실무 담당자"),
    "finance": Phrase("Finance contact", "회비 담당자"),
    "note": Phrase("Message to the Secretariat", "사무국에 전하는 말"),
    "declaration": Phrase("Declaration", "확인"),
    "declared": Phrase(
        "The particulars are true to the best of our knowledge. We know that membership begins "
        "with associate status when the Secretariat accepts this application, that EXCOM decides "
        "on full membership, and that annual dues follow from it.",
        "위 내용은 사실과 다름없습니다. 사무국이 신청을 수리하면 준회원이 되고, 정회원 여부는 "
        "집행위원회(EXCOM)가 결정하며, 정회원이 되면 연회비를 납부한다는 점을 알고 있습니다.",
    ),
    "signed_by": Phrase(
        "Mayor, head or authorised representative", "단체장, 기관장 또는 권한을 위임받은 사람"
    ),
    "signed_name": Phrase("Name", "성명"),
    "signed_position": Phrase("Position", "직위"),
    "signed_date": Phrase("Date", "날짜"),
    "signed": Phrase("Signature and official seal", "서명 및 직인"),
    "send": Phrase(
        "Please sign this page, scan it and upload it with your application {application}.",
        "서명한 뒤 스캔하여 신청 {application}에 올려 주십시오.",
    ),
}
