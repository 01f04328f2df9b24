"""The command line of the catalogues: update, compile or check."""

import argparse
import sys

from config.environment import BASE_DIR
from config.languages import COMPLETE
from config.translation import catalogues
from config.translation.reading import messages_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.translation", description=__doc__)
    parser.add_argument("what", choices=["update", "compile", "check"])
    what = parser.parse_args().what
    if what == "compile":
        catalogues.compile_all(BASE_DIR)
    elif what == "update":
        for code, missing in catalogues.update(BASE_DIR):
            sys.stdout.write(f"{code}: {missing} to translate\n")
    else:
        messages = messages_of(BASE_DIR)
        wrong = [
            f"{code}: {fault}"
            for code in COMPLETE
            for fault in catalogues.faults(
                messages, catalogues.read(catalogues.path_of(BASE_DIR, code), code)
            )
        ]
        sys.stdout.writelines(f"{line}\n" for line in wrong)
        return bool(wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
