"""The price methods, one module each. A module in this folder registers its method by a decorator of ``registry``."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
