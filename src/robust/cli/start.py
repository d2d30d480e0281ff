"""`robust start` and `robust demo`: run Robust until it is asked to stop, or look whether all of it works."""

from argparse import Namespace

from robust.cli import check
from robust.cli.installation import chosen
from robust.cli.supervisor import Supervisor, listening
from robust.config.words import gettext as _
from robust.config.words import say


def run(arguments: Namespace) -> int:
    """Serve until interrupted. Raises: Refused."""
    if arguments.command == "demo" and arguments.check:
        return check.run()
    kind = "demo" if arguments.command == "demo" else "real"
    installation = chosen(arguments.data, kind=kind)
    with listening(arguments.host, arguments.port) as listener:
        supervisor = Supervisor(
            installation=installation, listener=listener, preparation=_preparation(arguments)
        )
        try:
            with supervisor.running():
                _announce(supervisor)
                supervisor.look_after()
        except KeyboardInterrupt:
            say(_("Stopped."))
    return 0


def _preparation(arguments: Namespace) -> tuple[str, ...]:
    if arguments.command == "demo":
        return ("--demo",)
    if arguments.administrator_email:
        return ("--administrator-email", arguments.administrator_email)
    return ()


def _announce(supervisor: Supervisor) -> None:
    say("")
    if supervisor.people:
        say(
            _("The people of the demo hospital. Everybody's password is %s")
            % supervisor.people[0]["password"]
        )
        widest = max(len(person["email"]) for person in supervisor.people)
        for person in supervisor.people:
            say(f"  {person['email']:<{widest}}  {person['name']}, {person['does']}")
        say("")
    say(_("Robust runs at %s. Ctrl-C stops it.") % supervisor.address)
