"""The rules of a valid CSDL document (OData CSDL 4.0), each checked over the whole document.

`problems(document)` gives a sentence for everything that breaks one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from handsel.webapi.metadata.annotations import VOCABULARIES

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
EDMX = "{http://docs.oasis-open.org/odata/ns/edmx}"
PRIMITIVE = {
    *("Edm.Binary", "Edm.Boolean", "Edm.Byte", "Edm.Date", "Edm.DateTimeOffset", "Edm.Decimal", "Edm.Double"),
    *("Edm.Duration", "Edm.Guid", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.SByte", "Edm.Single", "Edm.Stream"),
    *("Edm.String", "Edm.TimeOfDay"),
}
KEY_TYPES = PRIMITIVE - {"Edm.Binary", "Edm.Double", "Edm.Single", "Edm.Stream"}
IDENTIFIER = re.compile(r"[^\W\d]\w{0,127}")
ATTRIBUTES = {
    "Schema": {"Namespace", "Alias"},
    "EnumType": {"Name", "UnderlyingType", "IsFlags"},
    "Member": {"Name", "Value"},
    "ComplexType": {"Name", "BaseType", "Abstract", "OpenType"},
    "EntityType": {"Name", "BaseType", "Abstract", "OpenType", "HasStream"},
    "Key": set(),
    "PropertyRef": {"Name", "Alias"},
    "Property": {"Name", "Type", "Nullable", "MaxLength", "Precision", "Scale", "SRID", "Unicode", "DefaultValue"},
    "NavigationProperty": {"Name", "Type", "Nullable", "Partner", "ContainsTarget"},
    "ReferentialConstraint": {"Property", "ReferencedProperty"},
    "Action": {"Name", "IsBound", "EntitySetPath"},
    "Function": {"Name", "IsBound", "IsComposable", "EntitySetPath"},
    "Parameter": {"Name", "Type", "Nullable", "MaxLength", "Precision", "Scale", "SRID"},
    "ReturnType": {"Type", "Nullable", "MaxLength", "Precision", "Scale", "SRID"},
    "EntityContainer": {"Name", "Extends"},
    "EntitySet": {"Name", "EntityType", "IncludeInServiceDocument"},
    "NavigationPropertyBinding": {"Path", "Target"},
    "ActionImport": {"Name", "Action", "EntitySet"},
    "FunctionImport": {"Name", "Function", "EntitySet", "IncludeInServiceDocument"},
}
EXPRESSIONS = {"Annotation", "Collection", "Record", "PropertyValue", "String"}


@dataclass
class Type:
    """A structured type with what it inherits."""

    element: etree._Element
    base: str | None
    properties: dict[str, etree._Element] = field(default_factory=dict)
    navigations: dict[str, etree._Element] = field(default_factory=dict)


def problems(document: bytes) -> list[str]:
    root = etree.fromstring(document)
    if root.tag != f"{EDMX}Edmx" or root.get("Version") != "4.0":
        return ["the document is no edmx:Edmx of version 4.0"]
    return list(Checker(root).problems())


class Checker:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        (self.schema,) = root.iter(f"{EDM}Schema")
        self.namespaces = {self.schema.get("Namespace"), self.schema.get("Alias")}
        self.enums = {each.get("Name") for each in self.schema.findall(f"{EDM}EnumType")}
        self.complex = self._types("ComplexType")
        self.entities = self._types("EntityType")
        (self.container,) = self.schema.findall(f"{EDM}EntityContainer")
        self.sets = {each.get("Name"): each for each in self.container.findall(f"{EDM}EntitySet")}

    def _types(self, tag: str) -> dict[str, Type]:
        return {
            each.get("Name"): Type(
                each,
                self.own(each.get("BaseType")),
                {inner.get("Name"): inner for inner in each.findall(f"{EDM}Property")},
                {inner.get("Name"): inner for inner in each.findall(f"{EDM}NavigationProperty")},
            )
            for each in self.schema.findall(f"{EDM}{tag}")
        }

    def own(self, name: str | None) -> str | None:
        """The simple name of a type of this schema, or None."""
        namespace, _, simple = (name or "").rpartition(".")
        return simple if namespace in self.namespaces else None

    def problems(self) -> Iterator[str]:
        for rule in (
            self.known_elements,
            self.unique_names,
            self.types_resolve,
            self.inheritance,
            self.keys,
            self.navigations,
            self.operations,
            self.container_children,
            self.bindings,
            self.annotations,
        ):
            yield from rule()

    def known_elements(self) -> Iterator[str]:
        for each in self.schema.iter():
            tag = etree.QName(each).localname
            if tag in EXPRESSIONS:
                continue
            if tag not in ATTRIBUTES:
                yield f"{tag} is no element of CSDL"
            elif set(each.keys()) - ATTRIBUTES[tag]:
                yield f"{tag} {each.get('Name')} has {set(each.keys()) - ATTRIBUTES[tag]}"
            name = each.get("Name")
            if name is not None and tag != "PropertyRef" and not IDENTIFIER.fullmatch(name):
                yield f"{name} is no identifier"
            for flag in ("Nullable", "Abstract", "OpenType", "IsBound", "IsComposable"):
                if each.get(flag, "true") not in ("true", "false"):
                    yield f"{tag} {name}: {flag} is {each.get(flag)}"

    def unique_names(self) -> Iterator[str]:
        parts = [*self.enums, *self.complex, *self.entities, self.container.get("Name")]
        operations = {each.get("Name") for each in self.each("Action", "Function")}
        yield from twice("the schema", [*parts, *operations])
        yield from twice("the container", [each.get("Name") for each in self.container if each.get("Name")])
        for kind in (self.complex, self.entities):
            for name, type in kind.items():
                members = [
                    inner.get("Name")
                    for each in self.line(kind, name)
                    for inner in (
                        *kind[each].element.findall(f"{EDM}Property"),
                        *kind[each].element.findall(f"{EDM}NavigationProperty"),
                    )
                ]
                yield from twice(name, members)
                if name in type.properties or name in type.navigations:
                    yield f"{name} has a property of its own name"
        for each in self.schema.findall(f"{EDM}EnumType"):
            yield from twice(str(each.get("Name")), [member.get("Name") for member in each])

    def types_resolve(self) -> Iterator[str]:
        for each in self.schema.iter():
            type = each.get("Type")
            if type is None or etree.QName(each).localname in EXPRESSIONS:
                continue
            inner = unwrapped(type)
            if inner not in PRIMITIVE and self.own(inner) not in {*self.enums, *self.complex, *self.entities}:
                yield f"{each.getparent().get('Name')}.{each.get('Name')}: there is no type {type}"
            if each.tag == f"{EDM}Property" and self.own(inner) in self.entities:
                yield f"{each.get('Name')} is a row, yet no navigation property"
            if inner == "Edm.Decimal" and each.get("Scale") is None:
                yield f"{each.getparent().get('Name')}.{each.get('Name')} has no decimals: Scale is 0 when left out"

    def inheritance(self) -> Iterator[str]:
        for kind in (self.complex, self.entities):
            for name, type in kind.items():
                if type.element.get("BaseType") is not None and type.base not in kind:
                    yield f"{name}: there is no base type {type.element.get('BaseType')}"
                if len(set(self.line(kind, name))) != len(list(self.line(kind, name))):
                    yield f"{name} derives from itself"

    def keys(self) -> Iterator[str]:
        for name, type in self.entities.items():
            keys = [each for other in self.line(self.entities, name) for each in self.custom_keys(other)]
            if len(keys) > 1:
                yield f"{name} has a key and inherits one"
            if not keys and type.element.get("Abstract") != "true":
                yield f"{name} has no key"
            for key in self.custom_keys(name):
                for part in key:
                    found = type.properties.get(part.get("Name"))
                    if found is None:
                        yield f"{name}: its key {part.get('Name')} is no property"
                    elif found.get("Nullable") != "false" or found.get("Type") not in KEY_TYPES:
                        yield f"{name}: its key {part.get('Name')} may be null or is no key type"

    def navigations(self) -> Iterator[str]:
        for name, type in self.entities.items():
            for way in type.navigations.values():
                yield from self.navigation(name, way)

    def navigation(self, name: str, way: etree._Element) -> Iterator[str]:
        where, kind = f"{name}.{way.get('Name')}", way.get("Type")
        target = self.own(unwrapped(kind))
        if target not in self.entities:
            yield f"{where} leads to no entity type"
            return
        if kind.startswith("Collection(") and way.get("Nullable") is not None:
            yield f"{where} is a collection and nullable"
        partner = way.get("Partner")
        if partner is not None:
            back = self.find(target, "navigations", partner)
            if back is None:
                yield f"{where}: {target} has no partner {partner}"
            elif self.own(unwrapped(back.get("Type"))) not in self.line(self.entities, name):
                yield f"{where}: its partner {partner} leads to {back.get('Type')}"
            elif back.get("Partner") not in (None, way.get("Name")):
                yield f"{where}: its partner {partner} has another one"
        for constraint in way:
            if etree.QName(constraint).localname != "ReferentialConstraint":
                continue
            mine = self.find(name, "properties", constraint.get("Property"))
            theirs = self.find(target, "properties", constraint.get("ReferencedProperty"))
            if mine is None or theirs is None or mine.get("Type") != theirs.get("Type"):
                yield f"{where}: its referential constraint does not fit"

    def operations(self) -> Iterator[str]:
        signatures = []
        for each in self.each("Action", "Function"):
            name, parameters = each.get("Name"), each.findall(f"{EDM}Parameter")
            yield from twice(name, [parameter.get("Name") for parameter in parameters])
            is_bound = each.get("IsBound") == "true"
            if is_bound and not parameters:
                yield f"{name} is bound, yet has no binding parameter"
            if is_bound and parameters and self.own(unwrapped(parameters[0].get("Type"))) not in self.entities:
                yield f"{name} is bound to what is no row"
            if etree.QName(each).localname == "Function" and each.find(f"{EDM}ReturnType") is None:
                yield f"the function {name} returns nothing"
            if each.find(f"{EDM}ReturnType") is None and each.get("IsComposable") == "true":
                yield f"{name} is composable, yet returns nothing"
            signatures.append(f"{name}({parameters[0].get('Type') if is_bound else ''})")
        yield from twice("overloads", signatures)

    def container_children(self) -> Iterator[str]:
        unbound = {each.get("Name"): each for each in self.each("Action", "Function") if each.get("IsBound") != "true"}
        imported = set()
        for each in self.container:
            kind = etree.QName(each).localname
            if kind in ("ActionImport", "FunctionImport"):
                name = self.own(each.get(kind.removesuffix("Import")))
                imported.add(name)
                if name not in unbound or etree.QName(unbound[name]).localname != kind.removesuffix("Import"):
                    yield f"{each.get('Name')} imports no unbound {kind.removesuffix('Import')}"
            elif kind == "EntitySet":
                type = self.entities.get(self.own(each.get("EntityType")))
                if type is None or type.element.get("Abstract") == "true":
                    yield f"the rows of {each.get('Name')} have no type of their own"
        for name in unbound.keys() - imported:
            yield f"{name} can be called nowhere"

    def bindings(self) -> Iterator[str]:
        for name, entity_set in self.sets.items():
            type = self.own(entity_set.get("EntityType"))
            found = entity_set.findall(f"{EDM}NavigationPropertyBinding")
            yield from twice(name, [binding.get("Path") for binding in found])
            for binding in found:
                way = self.find(type, "navigations", binding.get("Path"))
                target = self.sets.get(binding.get("Target"))
                if way is None or target is None:
                    yield f"{name}: the binding of {binding.get('Path')} to {binding.get('Target')} leads nowhere"
                elif self.own(unwrapped(way.get("Type"))) not in self.line(
                    self.entities, self.own(target.get("EntityType"))
                ):
                    yield f"{name}: {binding.get('Path')} is bound to a set of other rows"

    def annotations(self) -> Iterator[str]:
        included = {each.get("Namespace") for each in self.root.iter(f"{EDMX}Include")}
        for each in self.schema.iter(f"{EDM}Annotation"):
            vocabulary = each.get("Term").rpartition(".")[0]
            if vocabulary not in VOCABULARIES or vocabulary not in included:
                yield f"the term {each.get('Term')} comes from no vocabulary"
        for each in self.schema.iter(f"{EDM}PropertyValue"):
            path = each.get("PropertyPath")
            owner = next(up for up in each.iterancestors() if up.tag in (f"{EDM}EntityType", f"{EDM}EntitySet"))
            if path is not None and path not in self.entities[owner.get("Name")].properties:
                yield f"{owner.get('Name')} has no property {path}"

    def each(self, *tags: str) -> list[etree._Element]:
        return [each for tag in tags for each in self.schema.findall(f"{EDM}{tag}")]

    def custom_keys(self, name: str) -> list[etree._Element]:
        return self.entities[name].element.findall(f"{EDM}Key")

    def line(self, kind: dict[str, Type], name: str | None) -> list[str]:
        """A type and those it derives from."""
        found: list[str] = []
        while name in kind and name not in found:
            assert name is not None
            found.append(name)
            name = kind[name].base
        return found

    def find(self, name: str | None, kind: str, member: str | None) -> etree._Element | None:
        for each in self.line(self.entities, name):
            if member in getattr(self.entities[each], kind):
                found: etree._Element = getattr(self.entities[each], kind)[member]
                return found
        return None


def unwrapped(type: str) -> str:
    return type.removeprefix("Collection(").removesuffix(")")


def twice(where: str, names: Iterable[str | None]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{where}: {name} stands there {count} times"
