"""What programs ask of the organisation: one module and one router per noun."""

from robust.organisation.api import account, unit

ROUTERS = (account.router, unit.router)
