"""Pages of second factors: the second step of signing in, confirming, and what a person has."""

from portal.accounts.second_factor.views import account, app, confirming, passkeys, resetting, second_step
from portal.accounts.second_factor.views.blueprint import bp

__all__ = ["account", "app", "bp", "confirming", "passkeys", "resetting", "second_step"]
