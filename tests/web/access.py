"""Who may open the shell's own pages."""

from tests.architecture.access import Access

ACCESS = {
    "web:home": Access(who="signed_in"),
    "web:search": Access(who="signed_in", query="words=vagt"),
    "web:settings": Access(who="signed_in"),
    "web:unit_list": Access(who="signed_in"),
    "web:unit_switch": Access(who="signed_in", method="post"),
    "web:accessibility": Access(who="anyone"),
    "web:language": Access(who="anyone", method="post", form=lambda _world: {"language": "da"}),
}
