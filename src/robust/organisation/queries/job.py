"""The background jobs that an account has started."""

from django.db.models import QuerySet

from robust.organisation.models import Account, JobRun


def jobs_of(account: Account) -> QuerySet[JobRun]:
    """Give the account's jobs, newest first."""
    return JobRun.objects.filter(started_by=account).order_by("-created_at", "-id")
