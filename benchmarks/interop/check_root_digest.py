"""Computes the root digest of a bundle's folder with OpenSSF model-signing, and compares it with the folder's name.

Usage: python3 benchmarks/interop/check_root_digest.py artifacts/runs/EXPERIMENT/DIGEST...
Needs model-signing and pyOpenSSL from PyPI; without them it says SKIPPED on standard error and exits with 77.
"""
import pathlib
import sys

try:
    from model_signing import hashing
    from model_signing._signing import signing
except ImportError as missing:
    print(f"SKIPPED: {missing}. To run this cross-check: pip install model-signing pyOpenSSL", file=sys.stderr)
    sys.exit(77)


def root_digest(folder: pathlib.Path) -> str:
    """The digest of the subject that a signature of `folder` would name."""
    config = hashing.Config().use_file_serialization(hashing_algorithm="sha256")
    statement = signing.Payload(config.hash(folder)).statement
    return dict(statement.pb.subject[0].digest)["sha256"]


def main(folders: list[str]) -> int:
    if not folders:
        print(__doc__, file=sys.stderr)
        return 64
    failures = 0
    for folder in map(pathlib.Path, folders):
        got = root_digest(folder)
        print(f"{folder}: {got} {'ok' if got == folder.resolve().name else 'FAILED'}")
        failures += got != folder.resolve().name
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
