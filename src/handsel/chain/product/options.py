"""Option sets of products, associations and properties."""

from __future__ import annotations

from handsel.tables.options import OptionSet


class ProductStructure(OptionSet):
    """Values of `productstructure`."""

    PRODUCT = 1, "Product"
    PRODUCT_FAMILY = 2, "Product Family"
    PRODUCT_BUNDLE = 3, "Product Bundle"


class ProductType(OptionSet):
    """Values of `producttypecode`."""

    SALES_INVENTORY = 1, "Sales Inventory"
    MISCELLANEOUS_CHARGES = 2, "Miscellaneous Charges"
    SERVICES = 3, "Services"
    FLAT_FEES = 4, "Flat Fees"


class ProductState(OptionSet):
    """`statecode` of `product`."""

    ACTIVE = 0, "Active"
    RETIRED = 1, "Retired"
    DRAFT = 2, "Draft"
    UNDER_REVISION = 3, "Under Revision"


class ProductStatus(OptionSet):
    """`statuscode` of `product`."""

    DRAFT = 0, "Draft", 2
    ACTIVE = 1, "Active", 0
    RETIRED = 2, "Retired", 1
    UNDER_REVISION = 3, "Under Revision", 3


class BundleItemRequired(OptionSet):
    """Values of `productisrequired`."""

    OPTIONAL = 0, "Optional"
    REQUIRED = 1, "Required"


class PropertyCustomization(OptionSet):
    """Values of `propertycustomizationstatus`."""

    NOT_AVAILABLE = 0, "Not Available"
    AVAILABLE = 1, "Available"


class AssociationState(OptionSet):
    """`statecode` of `productassociation`."""

    ACTIVE = 0, "Active"
    INACTIVE = 1, "Inactive"
    DRAFT = 2, "Draft"
    UNDER_REVISION = 3, "Under Revision"


class AssociationStatus(OptionSet):
    """`statuscode` of `productassociation`."""

    DRAFT = 0, "Draft", 2
    ACTIVE = 1, "Active", 0
    INACTIVE = 2, "Inactive", 1
    DRAFT_ACTIVE = 3, "DraftActive", 3


class Direction(OptionSet):
    """Values of `direction`."""

    UNI_DIRECTIONAL = 0, "Uni-Directional"
    BI_DIRECTIONAL = 1, "Bi-Directional"


class SalesRelationship(OptionSet):
    """Values of `salesrelationshiptype`."""

    UP_SELL = 0, "Up-sell"
    CROSS_SELL = 1, "Cross-sell"
    ACCESSORY = 2, "Accessory"
    SUBSTITUTE = 3, "Substitute"


class PropertyDataType(OptionSet):
    """Values of `datatype`."""

    OPTION_SET = 0, "Option Set"
    DECIMAL = 1, "Decimal"
    FLOATING_POINT_NUMBER = 2, "Floating Point Number"
    SINGLE_LINE_OF_TEXT = 3, "Single Line Of Text"
    WHOLE_NUMBER = 4, "Whole Number"


class PropertyState(OptionSet):
    """`statecode` of `dynamicproperty`."""

    ACTIVE = 0, "Active"
    DRAFT = 1, "Draft"
    RETIRED = 2, "Retired"


class PropertyStatus(OptionSet):
    """`statuscode` of `dynamicproperty`."""

    DRAFT = 0, "Draft", 1
    ACTIVE = 1, "Active", 0
    RETIRED = 2, "Retired", 2


class PropertyAssociationStatus(OptionSet):
    """Values of `associationstatus`."""

    ACTIVE = 0, "Active"
    DELETED = 1, "Deleted"
    DRAFT = 2, "Draft"
    DRAFT_ADDED = 3, "Draft Added"
    DRAFT_DELETED = 4, "Draft Deleted"


class PropertyInheritance(OptionSet):
    """Values of `inheritancestate`."""

    INHERITED = 0, "Inherited"
    OVERRIDDEN = 1, "Overridden"
    OWNED = 2, "Owned"
