"""Writes root_digests.json beside this file: folders and what OpenSSF model-signing 1.1.1 makes of them.

Usage: python3 Tests/BundlesTests/Golden/make_root_digests.py
Needs model-signing and pyOpenSSL from PyPI. The root digest is that of the subject in the statement that a signature signs.
"""
import hashlib
import json
import pathlib
import tempfile

from model_signing import hashing
from model_signing._signing import signing

FOLDERS = {
    "one file": {"bundle.json": "{}\n"},
    "a bundle's names": {
        "bundle.json": "manifest\n", "chunks.json": "chunks\n", "config.yaml": "a: 1\n", "dataset_manifest.json": "{}\n",
        "evidence/test-0a.json": "one\n", "evidence/test-0b.json": "two\n", "model/config.json": "{}\n",
        "model/model.safetensors": "weights", "model/tokenizer.json": "{}\n", "probes.ndjson": "",
        "run_metadata.json": "{}\n",
    },
    # '-' and '.' stand before '/' in ASCII: ordered as whole texts, these names come in another order.
    "names around a slash": {"a/c": "1", "a-b": "2", "a.b/c": "3", "a/b/c": "4", "A": "5", "a0": "6", "a_": "7"},
}


def digests(folder: pathlib.Path) -> dict[str, str]:
    config = hashing.Config().use_file_serialization(hashing_algorithm="sha256")
    statement = signing.Payload(config.hash(folder)).statement
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    plain = hashlib.sha256(b"".join(hashlib.sha256((folder / name).read_bytes()).digest() for name in names))
    other = hashing.Config().use_file_serialization(hashing_algorithm="blake2")
    return {
        "root_digest": dict(statement.pb.subject[0].digest)["sha256"],
        "ordered_as_texts": plain.hexdigest(),
        "hashed_with_blake2": dict(signing.Payload(other.hash(folder)).statement.pb.subject[0].digest)["sha256"],
    }


def main() -> None:
    cases = []
    for name, files in FOLDERS.items():
        with tempfile.TemporaryDirectory() as place:
            for path, text in files.items():
                file = pathlib.Path(place, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            cases.append({"name": name, "files": files} | digests(pathlib.Path(place)))
    target = pathlib.Path(__file__).with_name("root_digests.json")
    target.write_text(json.dumps({"made_by": "model-signing 1.1.1", "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
