"""The background jobs that an account has started."""

from django.db.models import QuerySet

from robust.organisation.models import Account, JobRun


def jobs_of(account: Account) -> QuerySet[JobRun]:
    """Give the account's jobs, newest first."""
    return JobRun.objects.filter(started_by=account).order_by("-created_at", "-id")


def jobs_with(jobs: QuerySet[JobRun], *, words: str = "", state: str = "") -> QuerySet[JobRun]:
    """Keep the jobs in whose title every one of the words stands, and in this state, as far as asked for."""
    for word in words.split()[:10]:
        jobs = jobs.filter(title__icontains=word)
    return jobs.filter(state=state) if state else jobs
