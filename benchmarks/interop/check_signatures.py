"""Verifies codex's signatures with public tools, and theirs with codex, each with a control that must fail.

Usage: python3 benchmarks/interop/check_signatures.py --codex CODEX WORKSPACE
WORKSPACE holds a completed run that was evaluated (as `make demo` leaves it); a copy is worked on.
Needs model-signing, securesystemslib and cryptography from PyPI; without them it says SKIPPED on standard error and exits
with 77.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

try:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from google.protobuf import json_format
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement
    from model_signing import signing, verifying
    from securesystemslib.dsse import Envelope
    from securesystemslib.exceptions import VerificationError
    from securesystemslib.signer import CryptoSigner, SSlibKey
except ImportError as missing:
    print(
        f"SKIPPED: {missing}. To run this cross-check: pip install model-signing securesystemslib cryptography",
        file=sys.stderr)
    sys.exit(77)

PAYLOAD_TYPE = "application/vnd.in-toto+json"


class Key:
    """A fresh P-256 key, and its two files."""

    def __init__(self, folder: pathlib.Path, name: str):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.private, self.public = folder / f"{name}.pem", folder / f"{name}.public.pem"
        with os.fdopen(os.open(self.private, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        self.public.write_bytes(self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))


class Check:
    """Counts what does not come out as it must."""

    def __init__(self, codex: pathlib.Path, workspace: pathlib.Path):
        self.codex, self.workspace, self.failures = codex, workspace, 0

    def expect(self, what: str, holds: bool):
        print(f"{'ok    ' if holds else 'FAILED'} {what}")
        self.failures += not holds

    def run(self, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(self.codex), *map(str, arguments), "--workspace", str(self.workspace)], capture_output=True, text=True,
            check=False)

    def status(self, what: str, expected: int, *arguments):
        result = self.run(*arguments)
        self.expect(f"{what}: exit {expected}", result.returncode == expected)
        if result.returncode != expected:
            print(f"       got {result.returncode}: {result.stdout}{result.stderr}")


def model_signing_accepts(folder: pathlib.Path, signature: pathlib.Path, key: Key) -> bool:
    try:
        verifying.Config().use_elliptic_key_verifier(public_key=key.public).verify(folder, signature)
    except Exception as refusal:  # its verifiers raise ValueError and cryptography's own exceptions
        print(f"       model-signing: {str(refusal) or type(refusal).__name__}")
        return False
    return True


def check_bundle(check: Check, own: Key, other: Key):
    result = check.run("register", "--bundle", "latest", "--tag", "interop/check", "--sign", own.private, "--json")
    check.expect("codex register --sign", result.returncode == 0)
    if result.returncode != 0:
        print(result.stderr)
        return
    data = json.loads(result.stdout)["data"]
    folder = check.workspace / data["path"]
    signatures = check.workspace / "artifacts/signatures" / folder.name
    [signature] = signatures.iterdir()
    check.expect("model-signing verifies codex's signature", model_signing_accepts(folder, signature, own))
    check.expect("control: model-signing refuses another key", not model_signing_accepts(folder, signature, other))
    altered = check.workspace / "altered"
    shutil.copytree(folder, altered)
    (altered / "config.yaml").write_text("seed: 0\n")
    check.expect("control: model-signing refuses other files", not model_signing_accepts(altered, signature, own))
    check.status("codex verifies its own", 0, "registry", "verify", "interop/check", "--key", own.public)
    check.status("control: not yet signed by the other", 1, "registry", "verify", "interop/check", "--key", other.public)
    signing.Config().use_elliptic_key_signer(private_key=other.private).sign(folder, signatures / "theirs.json")
    check.status(
        "codex verifies model-signing's signature", 0, "registry", "verify", "interop/check", "--key", other.public)
    signing.Config().use_elliptic_key_signer(private_key=other.private).sign(altered, signatures / "theirs.json")
    check.status(
        "control: codex refuses theirs of other files", 1, "registry", "verify", "interop/check", "--key", other.public)


def securesystemslib_accepts(line: str, key: Key) -> bool:
    envelope = json.loads(line)
    claimed = envelope["signatures"][0]["keyid"]
    try:
        Envelope.from_dict(envelope).verify([SSlibKey.from_crypto(key.key.public_key(), keyid=claimed)], 1)
    except VerificationError:
        return False
    return True


def is_statement(line: str) -> bool:
    message = json_format.Parse(Envelope.from_dict(json.loads(line)).payload, statement_pb2.Statement())
    try:
        Statement.copy_from_pb(message).validate()
    except ValueError as refusal:
        print(f"       in-toto: {refusal}")
        return False
    return True


def check_verdicts(check: Check, own: Key, other: Key):
    file = check.workspace / "gates.intoto.jsonl"
    result = check.run("gate", "--all", "--sign", own.private, "--attest", file)
    check.expect("codex gate --sign --attest judged", result.returncode in (0, 1))
    lines = file.read_text().splitlines() if file.exists() else []
    check.expect(f"two statements for each milestone ({len(lines)})", len(lines) > 0 and len(lines) % 2 == 0)
    for number, line in enumerate(lines, 1):
        check.expect(f"securesystemslib verifies line {number}", securesystemslib_accepts(line, own))
        check.expect(f"control: not by another key, line {number}", not securesystemslib_accepts(line, other))
        check.expect(f"in-toto reads line {number}", is_statement(line))
    check.status("codex verifies its own verdicts", 0, "attestation", "verify", file, "--key", own.public)
    check.status("control: by another key", 1, "attestation", "verify", file, "--key", other.public)
    payload = json.dumps({
        "_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "m", "digest": {"sha256": "ab" * 32}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {"result": "PASSED", "configuration": []}})
    theirs = Envelope(payload.encode(), PAYLOAD_TYPE, {})
    theirs.sign(CryptoSigner(own.key))
    file.write_text(json.dumps(theirs.to_dict()) + "\n")
    check.status("codex verifies securesystemslib's envelope", 0, "attestation", "verify", file, "--key", own.public)
    theirs.payload = payload.replace("PASSED", "FAILED").encode()
    file.write_text(json.dumps(theirs.to_dict()) + "\n")
    check.status("control: with another payload", 1, "attestation", "verify", file, "--key", own.public)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codex", type=pathlib.Path, required=True)
    parser.add_argument("workspace", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / "workspace"
        shutil.copytree(arguments.workspace, copy, symlinks=True)
        check = Check(arguments.codex.resolve(), copy)
        own, other = Key(pathlib.Path(scratch), "own"), Key(pathlib.Path(scratch), "other")
        check_bundle(check, own, other)
        check_verdicts(check, own, other)
    print(f"{check.failures} failures")
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
