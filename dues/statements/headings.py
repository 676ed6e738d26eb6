"""What banks write over their columns, in English, Korean and German. Pure, no Django."""

import re
import unicodedata

# For each part of a mapping, the likelier headings first; written as `as_heading` writes them.
WORDS = {
    "booked_on": (
        "bookingdate bookedon postingdate posteddate dateposted transactiondate completeddate date "
        "거래일자 거래일시 거래일 거래날짜 입금일자 일자 날짜 "
        "buchungstag buchungsdatum datumbuchung buchung datum"
    ),
    "value_on": (
        "valuedate effectivedate 기산일 기산일자 valuta valutadatum wertstellung "
        "wertstellungsdatum wert"
    ),
    "booked_at": "time transactiontime 거래시간 거래시각 시간 시각 uhrzeit",
    "amount": (
        "amount transactionamount netamount sum 거래금액 금액 betrag umsatz betrageur betragineur"
    ),
    "money_in": (
        "moneyin paidin credit credits creditamount deposit deposits depositamount receipts "
        "입금액 입금 입금금액 맡기신금액 haben gutschrift einzahlung eingang"
    ),
    "money_out": (
        "moneyout paidout debit debits debitamount withdrawal withdrawals withdrawalamount "
        "출금액 출금 출금금액 찾으신금액 지급액 지급금액 soll lastschrift auszahlung ausgang"
    ),
    "direction": (
        "dc crdr drcr debitcredit creditdebit creditdebitindicator cdtdbtind "
        "입출금구분 거래구분 구분 "
        "sollhaben sh sollhabenkennzeichen kennzeichen"
    ),
    "currency": "currency ccy currencycode 통화 통화코드 화폐 währung waehrung",
    "name": (
        "payername payer counterparty counterpartyname partnername partner payee beneficiary name "
        "remitter sender 보낸분받는분 보내는분 보낸분 의뢰인 의뢰인수취인 예금주 상대계좌예금주명 "
        "상대계좌예금주 입금자명 입금자 거래처 auftraggeberempfänger auftraggeberbegünstigter "
        "begünstigterzahlungspflichtiger beguenstigterzahlungspflichtiger namezahlungsbeteiligter "
        "auftraggeber zahlungspflichtiger zahlungsempfänger zahlungsbeteiligter empfänger"
    ),
    "account": (
        "payeraccount counterpartyaccount partneraccount partneriban counterpartyiban iban "
        "bankaccount accountnumber account 상대계좌번호 상대계좌 상대계좌번호계좌 입금계좌번호 "
        "kontonummeriban ibanzahlungsbeteiligter kontonummer gegenkonto"
    ),
    "reference": (
        "endtoendid endtoendreference paymentreference customerreference payerreference reference "
        "참조번호 endtoendreferenz kundenreferenzendtoend kundenreferenz referenz"
    ),
    "bank_reference": (
        "bankreference transactionid transactionreference fitid entryreference "
        "거래번호 거래고유번호 거래일련번호 bankreferenz transaktionsnummer"
    ),
    "text": (
        "remittanceinformation description details narrative purpose memo text label particulars "
        "통장표시내용 기재내용 거래내용 적요 내용 메모 비고 verwendungszweck "
        "vorgangverwendungszweck buchungstext"
    ),
    "balance": (
        "balance runningbalance accountbalance closingbalance 거래후잔액 잔액 "
        "saldo saldonachbuchung kontostand"
    ),
}
HEADINGS = {part: tuple(words.split()) for part, words in WORDS.items()}


def as_heading(name: str) -> str:
    """`입금액(원)` and `Debit / Credit` as the list above has them: 입금액, debitcredit."""
    text = re.sub(r"\(.*?\)|\[.*?\]", "", unicodedata.normalize("NFC", name)).casefold()
    return "".join(sign for sign in text if sign.isalnum())
