from django.apps import AppConfig
from django.utils.translation import pgettext_lazy

from robust.core.registry import ThreadKind, offer


class ThreadConfig(AppConfig):
    name = "robust.thread"
    label = "thread"

    def ready(self) -> None:
        # Models cannot be imported before the apps are loaded.
        from robust.thread.pages import AUDIT_WORDS  # noqa: PLC0415

        offer("audit_words", "thread", AUDIT_WORDS)
        for name, kind in KINDS.items():
            offer("thread_kind", name, kind)


KINDS = {
    "became": ThreadKind(
        onwards=pgettext_lazy("thread", "became"), back=pgettext_lazy("thread", "came from"), is_by_hand=True
    ),
    "answered": ThreadKind(
        onwards=pgettext_lazy("thread", "is answered by"),
        back=pgettext_lazy("thread", "answers"),
        is_by_hand=True,
    ),
    "relevant": ThreadKind(
        onwards=pgettext_lazy("thread", "goes with"),
        back=pgettext_lazy("thread", "goes with"),
        is_by_hand=True,
    ),
}
