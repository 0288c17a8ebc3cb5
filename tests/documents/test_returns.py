"""A document enters by its folder: a package brings return orders, and every surface has them.

Declarations live as long as the process, so each test starts separate processes.
"""

from pathlib import Path

from tests.documents.installed import run_in_chain, run_installed

CHECKS = "tests/documents/check_returns.py"


def test_return_orders_through_python_command_line_and_web_api(tmp_path: Path) -> None:
    ended = run_installed(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", CHECKS)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_same_folder_lies_in_the_chain_and_needs_nothing_else(tmp_path: Path) -> None:
    ended = run_in_chain(tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "not postgresql", CHECKS)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_sweeps_hold_for_return_orders_too(tmp_path: Path) -> None:
    """Except those that compare the tables with Dataverse's, which has no return orders."""
    published = "dataverse_columns or sales_process or hs_columns_are_listed"
    sweeps = [f"tests/sweep/test_{name}.py" for name in ("contracts", "tables")]
    ended = run_installed(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", f"not postgresql and not ({published})", *sweeps
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
