"""`handsel share`: rights on one record for a user or a team, besides those that roles give."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handsel.database.row import Reference
    from handsel.site.session import Session

HELP = """Share a record with a user or team, say with whom it is shared, or end that.

  handsel share 'Office move' bert read,write
  handsel share account 'Example Bakery' 'Big deals' read
  handsel share --list 'Office move'
  handsel share --revoke 'Office move' bert

The rights: read, write, append, appendto, delete, share, assign. What is shared also shares what belongs to it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    from handsel.site.cli.records import add_record_argument

    add_record_argument(parser, more=" [USER|TEAM] [RIGHTS]")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", help="say with whom the record is shared")
    what.add_argument("--revoke", action="store_true", help="end what was shared with a user or team")
    parser.add_argument("--json", action="store_true", help="the result as JSON")


def run(options: argparse.Namespace) -> int:
    """Share, list or end."""
    from handsel.errors import InvalidArgument
    from handsel.site.cli.opening import opened

    behind = 0 if options.list else 1 if options.revoke else 2
    words, further = options.words[: len(options.words) - behind], options.words[len(options.words) - behind :]
    if not words:
        raise InvalidArgument("Name a record, with whom to share it, and the rights. `handsel share --help` shows how.")
    with opened(options, writes=not options.list) as session:
        from handsel.site.cli.records import find_record, split_words

        table, text = split_words(session, words)
        record = find_record(session, text, table)
        if options.list:
            _list(session, record, as_json=options.json)
        elif options.revoke:
            _revoke(session, options, record, further[0])
        else:
            _share(session, options, record, further[0], _rights(further[1]))
    return 0


def _rights(text: str) -> Sequence[str]:
    """`ReadAccess, WriteAccess` from `read,write`. Raises InvalidArgument."""
    from handsel.chain.rights.explaining.questions import right_named
    from handsel.engine.access import Privilege
    from handsel.errors import InvalidArgument

    found = []
    for each in text.split(","):
        right = right_named(each)
        if right is None or right is Privilege.CREATE:
            known = ", ".join(known.value.lower() for known in Privilege if known is not Privilege.CREATE)
            raise InvalidArgument(f"'{each.strip()}' is no right on a record. Take {known}.")
        found.append(right.right_name)
    return found


def _share(
    session: Session, options: argparse.Namespace, record: Reference, principal: str, rights: Sequence[str]
) -> None:
    from handsel.engine.message import message_from
    from handsel.site.cli.people import find_principal, print_done, typed

    whom = find_principal(session, principal)
    access = {"AccessMask": ",".join(rights), "Principal": typed(whom)}
    session.execute(message_from("GrantAccess", {"Target": typed(record), "PrincipalAccess": access}))
    name = _name(session, whom)
    sentence = f"{_called(session, record)} is shared with {name}: {', '.join(rights)}."
    print_done(options, sentence, {"id": record.id, "principal": name, "rights": list(rights)})


def _revoke(session: Session, options: argparse.Namespace, record: Reference, principal: str) -> None:
    from handsel.engine.message import message_from
    from handsel.site.cli.people import find_principal, print_done, typed

    whom = find_principal(session, principal)
    session.execute(message_from("RevokeAccess", {"Target": typed(record), "Revokee": typed(whom)}))
    name = _name(session, whom)
    sentence = f"{_called(session, record)} is no longer shared with {name}."
    print_done(options, sentence, {"id": record.id, "principal": name, "rights": []})


def _list(session: Session, record: Reference, *, as_json: bool) -> None:
    from handsel.chain.rights.explain_messages import ExplainAccess
    from handsel.site.cli.display import columns, console
    from handsel.site.cli.people import print_objects

    shares = session.execute(ExplainAccess("Read", record))["Shares"]
    assert isinstance(shares, list)
    if as_json:
        print_objects(shares)
        return
    if not shares:
        print(f"{_called(session, record)} is shared with nobody.")
        return
    shown = columns("Shared with", "Rights", "Because of")
    for each in shares:
        why = f"{each['Shared']}, by {' of '.join(each['Through'])}" if each["Through"] else "a share of its own"
        shown.add_row(each["Principal"], each["Rights"], why)
    console().print(shown)


def _called(session: Session, record: Reference) -> str:
    from handsel.engine.rights import denial

    return denial.called(session.retrieve(record.table, record.id))


def _name(session: Session, principal: Reference) -> str:
    from handsel.site.cli.people import named

    return named(session.retrieve(principal.table, principal.id)).replace("User ", "user ").replace("Team ", "team ")
