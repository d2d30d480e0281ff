import pytest

from robust.cli.__main__ import main
from robust.cli.arguments import parser


def test_a_command_that_is_not_known_is_refused_with_what_can_be_written(capsys):
    code = main(["dmeo"])

    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert err.startswith("That was not understood.\nThis is how it is written: robust [-h] COMMAND")


def test_no_command_at_all_shows_what_can_be_written(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["robust"])

    with pytest.raises(SystemExit) as leaving:
        main()

    assert leaving.value.code == 0
    assert "start a demo hospital" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["65536", "-1", "http", ""])
def test_a_port_that_is_none_is_refused(port, capsys):
    code = main(["demo", f"--port={port}"])

    said = f"A port is a number from 0 to 65535, and {port} is not.\n"
    assert (code, capsys.readouterr().err) == (2, said)


def test_words_after_manage_belong_to_django():
    arguments = parser().parse_args(["manage", "migrate", "--plan", "-h"])

    assert arguments.rest == ["migrate", "--plan", "-h"]


def test_interrupting_is_no_error(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("robust.cli.__main__.parser", interrupted)

    assert main(["version"]) == 130


def test_the_sentences_are_danish_where_the_computer_is(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")

    main(["dmeo"])

    assert capsys.readouterr().err.startswith("Det blev ikke forstået.")
