"""Who belongs where: units, people, accounts, roles and the audit trail."""
