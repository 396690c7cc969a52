"""The release that is running, for page caches, support and the footer."""

from importlib.metadata import PackageNotFoundError, version

try:
    RELEASE = version("suanruam")
except PackageNotFoundError:  # run from a checkout that was never installed
    RELEASE = "0"
