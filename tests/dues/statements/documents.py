"""Small camt.053 documents, so that a test says only what it is about."""

ACCOUNT = "100032020201"


def camt(*statements, version="08", head="", declaration='<?xml version="1.0" encoding="UTF-8"?>'):
    return (
        f"{declaration}\n"
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><GrpHdr><MsgId>M-1</MsgId>{head}</GrpHdr>"
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    )


def stmt(*entries, name="S-1", currency="USD", balances="", extra=""):
    return (
        f"<Stmt><Id>{name}</Id>{extra}<Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id>"
        f"<Ccy>{currency}</Ccy></Acct>{balances}{''.join(entries)}</Stmt>\n"
    )


def bal(code, amount, *, currency="USD", mark="CRDT", on="2020-03-02", kind=""):
    kind = kind and f"<SubTp><Cd>{kind}</Cd></SubTp>"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry>{kind}</Tp>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'
        f"<Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def ntry(amount, *, on="2020-03-02", mark="CRDT", currency="USD", text="", ref="", inside=""):
    reference = ref and f"<AcctSvcrRef>{ref}</AcctSvcrRef>"
    details = inside or (
        text and f"<NtryDtls><TxDtls><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls>"
    )
    return (
        f'\n<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>'
        f"<Sts>BOOK</Sts><BookgDt><Dt>{on}</Dt></BookgDt>{reference}{details}</Ntry>"
    )


def txs(*payments):
    return f"<NtryDtls>{''.join(f'<TxDtls>{one}</TxDtls>' for one in payments)}</NtryDtls>"
