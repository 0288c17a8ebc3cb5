"""The price methods, one module each. A module dropped in here enters its method by the decorator in ``registry``."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
