"""The form of a provider."""

from wtforms import BooleanField, HiddenField, PasswordField, StringField, TextAreaField

from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.service import ProviderValues
from portal.kernel.messages import N_
from portal.web.forms import PortalForm


class ProviderForm(PortalForm):
    """What the provider gave, and what it is trusted with."""

    version = HiddenField(default="0")
    slug = StringField(
        N_("Short name for addresses"),
        description=N_("Small letters, digits and hyphens; part of the address that you enter at the provider"),
    )
    name_th = StringField(N_("Name on the button, in Thai"))
    name_en = StringField(N_("Name on the button, in English"))
    issuer = StringField(
        N_("Address of the provider (issuer)"),
        description=N_("To the letter as the provider gives it, such as https://id.agency.go.th/realms/staff"),
    )
    client_id = StringField(N_("Client id"))
    client_secret = PasswordField(N_("Client secret"))
    domains = TextAreaField(
        N_("Domains of addresses it answers for"),
        description=N_(
            "One a line. Invited people whose address ends so may come in by the provider; without domains only linked accounts may"
        ),
    )
    trusted_second_factor = BooleanField(N_("Its second factor is enough, ours is not asked as well"))
    enabled = BooleanField(N_("People may sign in by it"), default=True)

    def values(self) -> ProviderValues:
        """What was typed, for the service to judge."""
        texts = {
            name: (getattr(self, name).data or "").strip()
            for name in ("slug", "name_th", "name_en", "issuer", "client_id", "client_secret", "domains")
        }
        return ProviderValues(**texts, trusted_second_factor=bool(self.trusted_second_factor.data), enabled=bool(self.enabled.data))

    @property
    def seen_version(self) -> int:
        """The version that the form was opened with."""
        return int(self.version.data) if (self.version.data or "").isdecimal() else 0


def filled(provider: IdentityProvider) -> ProviderForm:
    """The form as it stands; the secret is never written back."""
    names = ("slug", "name_th", "name_en", "issuer", "client_id", "trusted_second_factor", "enabled")
    said = {name: getattr(provider, name) for name in names}
    return ProviderForm(data={**said, "domains": "\n".join(provider.domains), "version": str(provider.row_version)})
