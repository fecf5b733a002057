"""The command line: `dive-assets`."""

from __future__ import annotations


def main() -> None:
    """Run the command line. Every spawned process imports this module again, hence the import inside."""
    from dive_assets.commands.app import app

    app()


if __name__ == "__main__":
    main()
