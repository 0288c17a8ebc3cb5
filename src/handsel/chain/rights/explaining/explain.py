"""Explaining one question for one user: each check with what it found, and what would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from handsel.chain.rights.explaining.answer import Check, Explanation, GrantFound, ShareFound
from handsel.chain.rights.explaining.questions import Question
from handsel.chain.rights.explaining.standing import Source, Standing, standing_of
from handsel.database.context import Actor
from handsel.database.row import Row
from handsel.engine.access import Need, Privilege
from handsel.engine.rights import denial
from handsel.engine.rights.grants import Grant, Rights, rights_of, rights_with
from handsel.engine.rights.privileges import Coverage, RowsBy, coverage_of, privilege_name
from handsel.engine.rights.requirements import missing, ways
from handsel.engine.row_rights import counting, unreached_with
from handsel.engine.work import Work
from handsel.errors import enumerated
from handsel.tables.info import table_info


def explain(work: Work, actor: Actor, question: Question, *, is_disabled: bool, with_cure: bool) -> Explanation:
    """Why a user may do something, or may not. Names of rows that the acting user may not see are left out.

    with_cure  whether the acting user may assign roles, and so is told which would be enough
    """
    asked = Asked(work, rights_of(actor), question)
    lacking, beyond = asked.lacking(), asked.beyond()
    is_allowed = not (is_disabled or lacking or beyond)
    cure: tuple[str, ...] | None = None
    if with_cure:
        cure = () if is_allowed or is_disabled else tuple(asked.cures(actor.business_unit_id))
    table = next((need.table for need in question.needs), "") if question.row is None else question.row.table
    hidden = asked.rights.columns.hidden(table)
    return Explanation(
        user=actor.domain_name,
        user_id=actor.user_id,
        is_allowed=is_allowed,
        sentence=f"User {actor.domain_name} {asked.verdict(is_disabled, lacking, beyond)}.",
        checks=tuple(asked.checks(is_disabled)),
        grants=tuple(asked.grants()),
        shares=tuple(asked.shares()),
        missing=tuple(lacking),
        cure=cure,
        hidden_columns=tuple(sorted(hidden)),
        read_only_columns=tuple(sorted(asked.rights.columns.unchanged.get(table, frozenset()) - hidden)),
    )


class Asked:
    """One question about the rights of one user, with the rows whose rights count for it."""

    def __init__(self, work: Work, rights: Rights, question: Question) -> None:
        self.work, self.rights, self.question = work, rights, question
        rows = () if question.row is None else (question.row,)
        self._deciding = [
            (each, row)
            for verb in question.on_row
            for _row, row, verbs in counting(work.as_system, verb, rows)
            for each in verbs
        ]
        self._standing = {row.id: standing_of(work.as_system, row) for _verb, row in self._deciding if _is_owned(row)}

    def lacking(self, rights: Rights | None = None) -> list[str]:
        """The privileges that are missing, with the user's rights or with others."""
        return missing(rights or self.rights, self.question.needs)

    def beyond(self, rights: Rights | None = None) -> list[tuple[Row, Row, Privilege]]:
        """The rights on the row that are missing: the row, the one that counts for it, the right."""
        row = self.question.row
        if row is None:
            return []
        return [
            lacked
            for verb in self.question.on_row
            for lacked in unreached_with(rights or self.rights, self.work.as_system, verb, [row])
        ]

    def verdict(self, is_disabled: bool, lacking: Sequence[str], beyond: Sequence[tuple[Row, Row, Privilege]]) -> str:
        """Whether the user may, and for what reason."""
        doing = self.question.doing
        if is_disabled:
            return f"may not {doing}: the user is disabled"
        if lacking and not self.rights.roles:
            return f"may not {doing}: the user holds no role"
        if lacking:
            return f"may not {doing}: no role of theirs has {enumerated(lacking)}"
        if beyond:
            _row, deciding, verb = beyond[0]
            on_row = denial.doing_to(verb, deciding)
            what = doing if doing == on_row else f"{doing}, as they may not {on_row}"
            return (
                f"may not {what}{denial.beyond(self.rights, verb, deciding)}, and it is not shared with them for that"
            )
        return f"may {doing}: {self.reason()}"

    def reason(self) -> str:
        """Why it is allowed, in short."""
        if self.rights.is_administrator:
            return "as System Administrator they may do everything"
        if self._deciding:
            verb, row = self._deciding[-1]
            return next(_clause(each.sentence) for each in self._on_row(verb, row) if each.is_passed)
        grants = [grant for need in self.question.needs for _name, grant in _grants(self.rights, need)]
        return self._how_far(max(grants, key=lambda each: each.depth)) if grants else "everybody may"

    def checks(self, is_disabled: bool) -> Iterator[Check]:
        """Each check, in the order in which they are made."""
        yield Check("user", "", "", not is_disabled, "The user is disabled" if is_disabled else "The user is enabled")
        for need in self.question.needs:
            lacking = missing(self.rights, [need])
            grants = [grant for _name, grant in _grants(self.rights, need)]
            if lacking:
                found = f"No role has {enumerated(lacking)}"
            elif self.rights.is_administrator:
                found = "System Administrator has every privilege"
            else:
                farthest = max(grants, key=lambda each: each.depth, default=None)
                found = "It takes no privilege" if farthest is None else _sentence(self._how_far(farthest))
            yield Check("privilege", str(need.privilege), need.table, not lacking, found)
        for verb, row in self._deciding:
            yield from self._on_row(verb, row)

    def _on_row(self, verb: Privilege, row: Row) -> Iterator[Check]:
        """The ways to a right on one row; where rows have no owner, there is one."""
        rights = self.rights
        if not _is_owned(row) or rights.is_administrator:
            is_reached = not unreached_with(rights, self.work.as_system, verb, [row])
            yield Check("role", verb, row.table, is_reached, self._by_role(verb, row, is_reached))
            return
        reach = rights.reach(privilege_name(verb, coverage_of(row.table).stem))
        owner, unit = row.get("ownerid"), row.get("owningbusinessunit")
        is_own = not reach.nothing and owner in (reach.owners or rights.principals)
        whose = self._whom(owner) if owner in rights.principals else denial.principal_name(owner)
        it = "It" if row is self.question.row else denial.called(row)
        yield Check("ownership", verb, row.table, is_own, f"{it} belongs to {whose}")
        is_reached = reach.everything or unit in reach.units
        yield Check("role", verb, row.table, is_reached, self._by_role(verb, row, is_reached))
        shared = [] if reach.nothing else self._shared(verb, self._standing[row.id])
        text = shared[0] if shared else "Neither it nor a row above is shared with the user or a team of theirs"
        yield Check("share", verb, row.table, bool(shared), text)
        if rights.caller is not None:
            is_reached = not unreached_with(rights.caller, self.work.as_system, verb, [row])
            by = denial.principal_name(rights.caller.user)
            found = f"{by}, who acts for the user, {'has the right, too' if is_reached else 'lacks the right'}"
            yield Check("caller", verb, row.table, is_reached, found)

    def _by_role(self, verb: Privilege, row: Row, is_reached: bool) -> str:
        if self.rights.is_administrator:
            return "System Administrator reaches every row"
        covered = coverage_of(row.table)
        if covered.rows_by is RowsBy.OPEN and verb is Privilege.READ:
            return "Everybody who holds a role reads it" if is_reached else "Who holds no role reads nothing"
        grants = self.rights.grants.get(privilege_name(verb, covered.stem), ())
        if not grants:
            return f"No role has {privilege_name(verb, covered.stem)}"
        if is_reached:
            reaching = [each for each in grants if self._covers(each, covered, row)] or grants
            return _sentence(self._how_far(max(reaching, key=lambda each: each.depth)))
        return _sentence(enumerated(dict.fromkeys(map(self._how_far, grants))))

    def _shared(self, verb: Privilege, standing: Standing) -> list[str]:
        principals = self.rights.principals
        found = [
            f"It is shared with {self._whom(share.principal)}"
            if not share.source.through
            else f"{self._named(share.source)}, to which it belongs, is shared with {self._whom(share.principal)}"
            for share in standing.shares_with(principals, verb)
        ]
        return found + [
            f"{self._named(source)}, to which it belongs, is owned by {self._whom(source.row['ownerid'])}"
            for source in standing.owned_above(principals)
        ]

    def _how_far(self, grant: Grant) -> str:
        return denial.how_far(self.rights, grant)

    def _whom(self, principal: UUID) -> str:
        return "the user" if principal == self.rights.user else f"team {denial.principal_name(principal)}"

    def _named(self, source: Source) -> str:
        """A row above, by its name only for who may see it."""
        if self.work.as_user.sees(source.row):
            return denial.called(source.row)
        label = table_info(source.row.table).label.lower()
        return f"A row ({label}) that you may not see"

    def grants(self) -> Iterator[GrantFound]:
        """Every grant of the privileges that are asked for."""
        by_privilege = {privilege_name(verb, coverage_of(row.table).stem): row for verb, row in self._deciding}
        pairs = dict.fromkeys(pair for need in self.question.needs for pair in _grants(self.rights, need))
        for name, grant in pairs:
            row = by_privilege.get(name)
            yield GrantFound(
                privilege=name,
                role=grant.role_name,
                team=None if grant.team is None else self.rights.tables.team_names[grant.team],
                depth=grant.depth.name.capitalize(),
                unit=self.rights.tables.unit_names[grant.unit],
                reaches=None if row is None else self._covers(grant, coverage_of(row.table), row),
            )

    def _covers(self, grant: Grant, covered: Coverage, row: Row) -> bool:
        """Whether one grant covers the row's owner or unit."""
        if covered.rows_by is RowsBy.UNIT:
            has_unit = covered.unit in table_info(row.table).columns
            return self.rights.united([grant]).covers(row.id, row.get(covered.unit) if has_unit else row.id)
        return self.rights.united([grant]).covers(row.get("ownerid"), row.get("owningbusinessunit"))

    def shares(self) -> Iterator[ShareFound]:
        """Every share of the rows that count, and of those above them."""
        for standing in self._standing.values():
            for share in standing.shares:
                yield ShareFound(
                    principal=denial.principal_name(share.principal),
                    principal_id=share.principal,
                    rights=", ".join(verb.right_name for verb in Privilege if share.mask & verb.right),
                    mask=share.mask,
                    shared=self._named(share.source),
                    through=share.source.through,
                    is_for_user=share.principal in self.rights.principals,
                )

    def cures(self, unit: UUID | None) -> Iterator[str]:
        """The roles that can be held in the user's unit of which one more would be enough, smallest first."""
        tables = self.rights.tables
        in_unit = {role[0]: id for id, role in tables.roles.items() if role[2] == unit}
        held = {each.id for each in self.rights.roles if each.team is None}
        for original in tables.smallest_first():
            id = in_unit.get(original)
            if id is None or id in held:
                continue
            would = rights_with(self.rights, id)
            if not self.lacking(would) and not self.beyond(would):
                yield tables.roles[id][1]


def _is_owned(row: Row) -> bool:
    return coverage_of(row.table).rows_by is RowsBy.OWNER


def _grants(rights: Rights, need: Need) -> Iterator[tuple[str, Grant]]:
    """The grants of every privilege that gives a right."""
    for name in dict.fromkeys(name for way in ways(need) for name in way):
        for grant in rights.grants.get(name, ()):
            yield name, grant


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clause(text: str) -> str:
    """A sentence inside another one: what begins with a word of ours goes on in lower case."""
    return text[:1].lower() + text[1:] if text.startswith(("It ", "Role ", "Everybody ")) else text
