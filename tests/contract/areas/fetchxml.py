"""Bad input in FetchXML."""

from tests.contract.cases import Case, by_option
from tests.contract.world import MISSING

TABLE, COLUMN, TEXT = "0x80041102", "0x80041103", "0x80060888"


def _fetch(inside: str, **attributes: str) -> str:
    given = "".join(f" {name.replace('_', '-')}='{value}'" for name, value in attributes.items())
    return f"<fetch{given}><entity name='account'>{inside}</entity></fetch>"


def _condition(text: str) -> str:
    return _fetch(f"<filter><condition {text}/></filter>")


_BOMB = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 9))

_BAD = [
    # no FetchXML at all
    ("", TEXT, "well-formed"),
    ("nonsense", TEXT, "well-formed"),
    ("<fetch", TEXT, "well-formed"),
    ("<nonsense/>", TEXT, "<nonsense>"),
    ("<fetch/>", TEXT, "<entity>"),
    ("<!DOCTYPE f [<!ENTITY a 'b'>]><fetch>&a;</fetch>", TEXT, "entities"),
    ("<!DOCTYPE f SYSTEM 'file:///etc/passwd'><fetch/>", TEXT, "<entity>"),
    (f"<!DOCTYPE f [<!ENTITY e0 'x'>{_BOMB}]><fetch>&e8;</fetch>", TEXT, "entities"),
    ("<fetch>" * 5_000, TEXT, "FetchXML"),
    # elements and attributes
    ("<fetch><entity/></fetch>", TEXT, "name"),
    ("<fetch><entity name='nonsense'/></fetch>", TABLE, "nonsense"),
    ("<fetch><entity name='Account'/></fetch>", TABLE, "Account"),
    ("<fetch><entity name='contact'/></fetch>", TEXT, "contact"),
    ("<fetch><entity name='account'/><entity name='account'/></fetch>", TEXT, "<entity>"),
    ("<fetch><nonsense/></fetch>", TEXT, "nonsense"),
    (_fetch("<nonsense/>"), TEXT, "nonsense"),
    (_fetch("<filter><nonsense/></filter>"), TEXT, "nonsense"),
    (_fetch("<attribute/>"), TEXT, "name"),
    (_fetch("<attribute name='nonsense'/>"), COLUMN, "nonsense"),
    (_fetch("<order/>"), TEXT, "order"),
    (_fetch("<order attribute='nonsense'/>"), COLUMN, "nonsense"),
    (_fetch("<filter type='xor'/>"), TEXT, "xor"),
    (_fetch("", top="x"), TEXT, "'x'"),
    (_fetch("", top="-1"), TEXT, "-1"),
    (_fetch("", count="x"), TEXT, "'x'"),
    (_fetch("", page="x"), TEXT, "'x'"),
    (_fetch("", page="99999999999"), TEXT, "99999999999"),
    (_fetch("", distinct="x"), TEXT, "'x'"),
    (_fetch("", aggregate="x"), TEXT, "'x'"),
    (_fetch("", returntotalrecordcount="x"), TEXT, "'x'"),
    (_fetch("", page="2", paging_cookie="nonsense"), TEXT, "paging cookie"),
    (_fetch("", page="2", paging_cookie="&lt;cookie/&gt;"), TEXT, "paging cookie"),
    (_fetch("", page="2", paging_cookie="&lt;cookie page=&quot;x&quot;/&gt;"), TEXT, "paging cookie"),
    # links
    (_fetch("<link-entity name='nonsense' from='a' to='b'/>"), TABLE, "nonsense"),
    (_fetch("<link-entity name='contact' from='nonsense' to='accountid'/>"), COLUMN, "nonsense"),
    (_fetch("<link-entity name='contact' from='parentcustomerid' to='nonsense'/>"), COLUMN, "nonsense"),
    (_fetch("<link-entity name='contact' from='lastname' to='accountid'/>"), TEXT, "lastname"),
    (_fetch("<link-entity name='contact' from='contactid' to='primarycontactid' link-type='x'/>"), TEXT, "'x'"),
    (
        _fetch("<link-entity name='account' from='accountid' to='parentaccountid'>" * 40 + "</link-entity>" * 40),
        TEXT,
        "",
    ),
    # conditions
    (_condition(""), TEXT, "attribute"),
    (_condition("attribute='name'"), TEXT, "operator"),
    (_condition("attribute='name' operator='nonsense' value='1'"), TEXT, "nonsense"),
    (_condition("attribute='nonsense' operator='eq' value='1'"), COLUMN, "nonsense"),
    (_condition("entityname='nonsense' attribute='name' operator='eq' value='x'"), TEXT, "nonsense"),
    (_condition("attribute='name' operator='eq'"), TEXT, "eq"),
    (_condition("attribute='name' operator='today'"), TEXT, "name"),
    (_condition("attribute='name' operator='in'"), TEXT, "in"),
    (_condition("attribute='name' operator='eq' valueof='nonsense'"), COLUMN, "nonsense"),
    (_condition("attribute='name' operator='eq' valueof='revenue'"), TEXT, "revenue"),
    (_condition("attribute='revenue' operator='eq' value='x'"), TEXT, "revenue"),
    (_condition("attribute='revenue' operator='eq' value='NaN'"), TEXT, "NaN"),
    (_condition("attribute='revenue' operator='eq' value='1e999999999'"), TEXT, "1e999999999"),
    (_condition("attribute='createdon' operator='on' value='x'"), TEXT, "createdon"),
    (_condition("attribute='createdon' operator='last-x-days' value='0'"), TEXT, "from 1 on"),
    (_condition("attribute='createdon' operator='last-x-days' value='x'"), TEXT, "'x'"),
    (_condition("attribute='accountid' operator='eq' value='x'"), TEXT, "accountid"),
    (_condition("attribute='statecode' operator='eq' value='x'"), TEXT, "statecode"),
    (_condition("attribute='accountid' operator='under' value='x'"), TEXT, "'x'"),
    (_condition(f"attribute='name' operator='eq-userid' value='{MISSING}'"), TEXT, "eq-userid"),
    (
        _fetch("<filter><condition attribute='name' operator='between'><value>1</value></condition></filter>"),
        TEXT,
        "between",
    ),
    (
        _fetch("<filter><condition attribute='name' operator='in'><nonsense>1</nonsense></condition></filter>"),
        TEXT,
        "nonsense",
    ),
    (
        _fetch("<filter>" * 150 + "<condition attribute='name' operator='eq' value='x'/>" + "</filter>" * 150),
        TEXT,
        "deep",
    ),
    (_fetch("<filter>" + "<condition attribute='name' operator='eq' value='x'/>" * 6_000 + "</filter>"), TEXT, "5,000"),
    # aggregates
    (_fetch("<attribute name='revenue'/>", aggregate="true"), TEXT, "revenue"),
    (_fetch("<attribute name='revenue' alias='a' aggregate='median'/>", aggregate="true"), TEXT, "revenue"),
    (_fetch("<attribute name='name' alias='a' aggregate='sum'/>", aggregate="true"), TEXT, "name"),
    (
        _fetch("<attribute name='createdon' alias='a' groupby='true' dategrouping='century'/>", aggregate="true"),
        TEXT,
        "century",
    ),
    (
        _fetch("<attribute name='name' alias='a' groupby='true' dategrouping='month'/>", aggregate="true"),
        TEXT,
        "name",
    ),
    (_fetch("<attribute name='revenue' alias='a' aggregate='sum'/><order alias='b'/>", aggregate="true"), TEXT, "b"),
]

CASES: list[Case] = [by_option("fetchXml", text, names, code=code) for text, code, names in _BAD]
