"""Of what the portal keeps no records yet: a level that asks for it tells nothing about an agency, and pages say so."""

from portal.kernel.messages import N_

#: By scale and level: of what the portal keeps no records yet, so that nothing an agency does passes these checks. English source text.
NOT_KEPT = {
    ("2549", 4): N_("advisory committees and their resolutions"),
    ("2549", 5): N_("rounds in which the public follows and checks the work"),
    ("2550", 1): N_("joint working groups"),
    ("2550", 2): N_("consultations and consensus of joint working groups"),
    ("2550", 3): N_("targets and indicators that both sides set"),
    ("2550", 4): N_("rounds of measuring that both sides acknowledge"),
    ("2550", 5): N_("series of reports on issues and indicators"),
}
