"""The words printed on the papers of the awards, in English and Korean; no gettext, they stay."""

from members.letter_words import Phrase

TITLES = {
    "invitation": Phrase("Invitation to the award ceremony", "시상식 초청장"),
    "certificate": Phrase("Certificate of Award", "상 장"),
}
RANKS = {
    1: Phrase("Gold", "금상"),
    2: Phrase("Silver", "은상"),
    3: Phrase("Bronze", "동상"),
}
OTHER_RANK = Phrase("Prize {rank}", "{rank}등상")
CERTIFICATE = {
    "opening": Phrase("This is to certify that", ""),
    "wins": Phrase("has won the {rank} prize in the category", "위 도시는 {edition}"),
    "wins_person": Phrase("has won the {rank} prize in the category", "위 사람은 {edition}"),
    "category": Phrase("{category}", "「{category}」 부문에서"),
    "project": Phrase("with the project", "아래 사업으로 {rank}을 수상하였기에"),
    "closing": Phrase("of the {edition}", "이 상장을 드립니다."),
    "shared": Phrase("The jury awarded this prize jointly.", "심사위원단이 공동 수여한 상입니다."),
}
INVITATION = {
    "dear": Phrase("Dear {attention},", "{attention} 귀하"),
    "edition": Phrase("Award", "어워즈"),
    "category": Phrase("Category", "부문"),
    "prize": Phrase("Prize", "수상"),
    "project": Phrase("Project", "사업명"),
    "ceremony": Phrase("Ceremony", "시상식"),
    "congratulate": Phrase(
        "Congratulations. The international jury has chosen your project as a winner, and it is "
        "an honour to invite you to the award ceremony.",
        "축하드립니다. 국제 심사위원단이 출품하신 사업을 수상작으로 선정하였기에 시상식에 "
        "정중히 초청드립니다.",
    ),
    "present": Phrase(
        "Winners present their project and give a short speech at the ceremony; a joint press "
        "conference follows. Please let us know who will represent you, and whether we may help "
        "with a letter for the visa.",
        "수상 도시는 시상식에서 사업을 소개하고 짧은 수상 소감을 발표하며, 이어서 공동 기자회견이 "
        "열립니다. 대표로 참석하실 분과 비자 서류가 필요하신지를 알려 주시기 바랍니다.",
    ),
    "embargo": Phrase(
        "Please keep the result to yourselves until we announce it{result}.",
        "공식 발표{result} 전까지는 결과를 공개하지 말아 주시기 바랍니다.",
    ),
    "on_day": Phrase(" on {day}", "({day})"),
    "later": Phrase("Date and place follow", "일시와 장소는 추후 알려드립니다"),
}
