from robust import __version__
from robust.cli.__main__ import main


def test_version_is_printed_alone(capsys):
    code = main(["version"])

    assert (code, *capsys.readouterr()) == (0, f"{__version__}\n", "")
