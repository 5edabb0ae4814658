"""Makes signatures.json: keys, signatures by public tools, and inputs that readers must refuse.

Usage: python3 Tests/Fixtures/signatures/make_signatures.py > Tests/Fixtures/signatures/signatures.json
Needs model-signing 1.1, cryptography and securesystemslib from PyPI. The keys are derived from small numbers and secure
nothing. Signatures are randomised: every run writes other ones.
"""
import base64
import copy
import hashlib
import json
import pathlib
import sys
import tempfile

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from model_signing import signing
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
TYPE = "application/vnd.in-toto+json"
# DER of the curve's name, as `openssl ecparam` writes it.
PARAMETERS = (
    "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
)


def private_pem(key, form=serialization.PrivateFormat.PKCS8, encryption=serialization.NoEncryption()) -> str:
    return key.private_bytes(serialization.Encoding.PEM, form, encryption).decode()


def public_pem(key) -> str:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


FIRST, SECOND = (ec.derive_private_key(number, ec.SECP256R1()) for number in (20260101, 20260102))
P384 = ec.derive_private_key(20260103, ec.SECP384R1())
ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def keys() -> dict:
    def of(key) -> dict:
        return {
            "pkcs8": private_pem(key),
            "sec1": private_pem(key, serialization.PrivateFormat.TraditionalOpenSSL),
            "public": public_pem(key),
        }
    return {"first": of(FIRST), "second": of(SECOND)}


def refused_private_keys() -> dict:
    pem = private_pem(FIRST)
    lines = pem.splitlines(keepends=True)
    return {
        "encrypted": private_pem(FIRST, encryption=serialization.BestAvailableEncryption(b"password")),
        "encrypted_sec1": private_pem(
            FIRST, serialization.PrivateFormat.TraditionalOpenSSL, serialization.BestAvailableEncryption(b"password")),
        "p384": private_pem(P384),
        "ed25519": private_pem(ED25519),
        "public": public_pem(FIRST),
        "two": pem + private_pem(SECOND),
        "text_before": "a key\n" + pem,
        "text_behind": pem + "a key\n",
        "no_end": "".join(lines[:-1]),
        "other_end": pem.replace("END PRIVATE", "END PUBLIC"),
        "line_cut": "".join([lines[0], lines[1][4:], *lines[2:]]),
        "line_missing": "".join([lines[0], *lines[2:]]),
        "space_in_base64": pem.replace(lines[1][:4], lines[1][:3] + " ", 1),
        "long_line": pem.replace("\n", "", 2).replace("KEY-----", "KEY-----\n", 1),
        "parameters_alone": PARAMETERS,
        "empty": "",
        "no_base64": lines[0] + lines[-1],
    }


def refused_public_keys() -> dict:
    pem = public_pem(FIRST)
    der = base64.b64decode("".join(pem.splitlines()[1:-1]))
    off_curve = bytearray(der)
    off_curve[-1] ^= 1

    def wrap(data: bytes) -> str:
        text = base64.b64encode(data).decode()
        body = "".join(text[at:at + 64] + "\n" for at in range(0, len(text), 64))
        return f"-----BEGIN PUBLIC KEY-----\n{body}-----END PUBLIC KEY-----\n"
    return {
        "p384": public_pem(P384),
        "ed25519": public_pem(ED25519),
        "private": private_pem(FIRST),
        "off_curve": wrap(bytes(off_curve)),
        "cut": wrap(der[:-1]),
        "longer": wrap(der + b"\0"),
        "two": pem + public_pem(SECOND),
    }


def pae(payload: bytes) -> bytes:
    return f"DSSEv1 {len(TYPE)} {TYPE} {len(payload)} ".encode() + payload


def sign(payload: bytes, key=FIRST) -> bytes:
    return key.sign(pae(payload), ec.ECDSA(hashes.SHA256()))


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def envelope(payload: bytes, key=FIRST, keyid: str = "") -> dict:
    return {"payload": b64(payload), "payloadType": TYPE, "signatures": [{"keyid": keyid, "sig": b64(sign(payload, key))}]}


def statement() -> dict:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "baseline-0123456789ab", "digest": {"sha256": "ab" * 32}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["M0/trace_coverage"]},
    }


def encoded(value) -> bytes:
    return json.dumps(value).encode()


def attestations() -> dict:
    payload = encoded(statement())
    securesystemslib = Envelope(payload, TYPE, {})
    securesystemslib.sign(CryptoSigner(FIRST))
    r, s = utils.decode_dss_signature(sign(payload))
    low, high = sorted([s, ORDER - s])
    out = {"securesystemslib": securesystemslib.to_dict(), "cryptography": envelope(payload)}
    for name, value in (("low_s", low), ("high_s", high)):
        out[name] = envelope(payload)
        out[name]["signatures"][0]["sig"] = b64(utils.encode_dss_signature(r, value))
    out["second_of_two"] = envelope(payload, SECOND)
    out["second_of_two"]["signatures"] += envelope(payload)["signatures"]
    out["unknown_keys"] = envelope(payload) | {"extension": {"a": 1}}
    return {name: json.dumps(value) for name, value in out.items()}


def refused_envelopes() -> dict:
    good = envelope(encoded(statement()))
    payload = good["payload"]

    def changed(change) -> str:
        value = copy.deepcopy(good)
        change(value)
        return json.dumps(value)

    def setting(key, new):
        return changed(lambda value: value.update({key: new}))

    def signature(**new):
        return changed(lambda value: value["signatures"][0].update(new))
    text = json.dumps(good)
    return {
        "not_json": "DSSE",
        "empty": "",
        "array": "[]",
        "two_values": text + text,
        "cut": text[:-1],
        "byte_order_mark": "\ufeff" + text,
        "payload_twice": text.replace('{"payload":', '{"payload": "e30=", "payload":', 1),
        "signatures_twice": text.replace('{"payload":', '{"signatures": [], "payload":', 1),
        "sig_twice": text.replace('"sig":', '"sig": "AAAA", "sig":', 1),
        "other_payload_type": setting("payloadType", "application/json"),
        "payload_type_in_other_case": setting("payloadType", TYPE.upper()),
        "payload_type_is_number": setting("payloadType", 1),
        "no_payload_type": changed(lambda value: value.pop("payloadType")),
        "no_payload": changed(lambda value: value.pop("payload")),
        "empty_payload": setting("payload", ""),
        "payload_is_object": setting("payload", statement()),
        "payload_with_newline": setting("payload", payload[:4] + "\n" + payload[4:]),
        "payload_with_space": setting("payload", payload + " "),
        "payload_unpadded": setting("payload", b64(b"ab").rstrip("=")),
        "payload_padded_twice": setting("payload", payload + "===="),
        "padding_inside": setting("payload", "YQ==YQ=="),
        "unused_bits": setting("payload", "YR=="),
        "unused_bits_of_two": setting("payload", "YWJ="),
        "url_safe": setting("payload", base64.urlsafe_b64encode(b"\xfb\xff\xfe").decode()),
        "no_signatures": changed(lambda value: value.pop("signatures")),
        "zero_signatures": setting("signatures", []),
        "nine_signatures": setting("signatures", good["signatures"] * 9),
        "signatures_is_object": setting("signatures", good["signatures"][0]),
        "signature_is_string": setting("signatures", ["AAAA"]),
        "no_sig": changed(lambda value: value["signatures"][0].pop("sig")),
        "empty_sig": signature(sig=""),
        "long_sig": signature(sig=b64(bytes(73))),
        "sig_unpadded": signature(sig="AA"),
        "keyid_is_number": signature(keyid=1),
        "keyid_is_null": signature(keyid=None),
        "long_keyid": signature(keyid="k" * 1025),
        "too_deep": setting("extension", json.loads("[" * 16 + "]" * 16)),
    }


def unverified_envelopes() -> dict:
    """Well formed, but no signature by the first key of these bytes."""
    good = encoded(statement())

    def changed(change, keyid="") -> str:
        value = envelope(good, keyid=keyid)
        change(value)
        return json.dumps(value)

    def sig(data):
        return changed(lambda value: value["signatures"][0].update(sig=b64(data)))
    valid = sign(good)
    r, s = utils.decode_dss_signature(valid)
    raw = FIRST.sign(good, ec.ECDSA(hashes.SHA256()))
    return {
        "other_key": json.dumps(envelope(good, SECOND)),
        "altered_payload": changed(lambda value: value.update(payload=b64(good.replace(b"PASSED", b"FAILED")))),
        "longer_payload": changed(lambda value: value.update(payload=b64(good + b" "))),
        "signed_without_type": sig(raw),
        "sig_cut": sig(valid[:-1]),
        "sig_longer": sig(valid + b"\0") if len(valid) < 72 else sig(valid[:-2]),
        "sig_changed": sig(valid[:-1] + bytes([valid[-1] ^ 1])),
        "sig_zero": sig(utils.encode_dss_signature(0, 0)),
        "sig_order": sig(utils.encode_dss_signature(r, ORDER)),
        "sig_raw": sig(r.to_bytes(32, "big") + s.to_bytes(32, "big")),
        "sig_swapped": sig(utils.encode_dss_signature(s, r)),
        "sig_negative": sig(utils.encode_dss_signature(r, -s % ORDER + 1)),
    }


def refused_statements() -> dict:
    """Signed by the first key, but nothing that can be relied on."""
    def setting(key, new) -> bytes:
        return encoded(statement() | {key: new})

    def without(key) -> bytes:
        value = statement()
        del value[key]
        return encoded(value)
    subject = statement()["subject"][0]
    text = encoded(statement())
    payloads = {
        "not_json": b"PASSED",
        "not_utf8": b'"\xff"',
        "key_twice": text.replace(b'{"_type"', b'{"predicateType": "x", "_type"', 1),
        "result_twice": text.replace(b'"result"', b'"result": "FAILED", "result"', 1),
        "other_type": setting("_type", "https://in-toto.io/Statement/v0.1"),
        "no_type": without("_type"),
        "no_subject": without("subject"),
        "empty_subject": setting("subject", []),
        "many_subjects": setting("subject", [subject] * 65),
        "subject_without_digest": setting("subject", [{"name": "m"}]),
        "subject_of_sha1": setting("subject", [{"name": "m", "digest": {"sha1": "ab" * 20}}]),
        "upper_case_digest": setting("subject", [{"name": "m", "digest": {"sha256": "AB" * 32}}]),
        "short_digest": setting("subject", [{"name": "m", "digest": {"sha256": "ab" * 31}}]),
        "no_predicate_type": without("predicateType"),
        "no_predicate": without("predicate"),
        "too_deep": setting("predicate", json.loads("[" * 16 + "]" * 16)),
    }
    return {name: json.dumps(envelope(payload)) for name, payload in payloads.items()}


FILES = {"bundle.json": b"{}\n", "model/a.safetensors": b"weights", "model-card.json": b"card", "model/z": b""}


def folder() -> list:
    return [
        {"path": path, "byte_count": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for path, data in sorted(FILES.items())]


def model_signatures() -> dict:
    """Files as OpenSSF model-signing writes them."""
    out = {}
    with tempfile.TemporaryDirectory() as scratch:
        model = pathlib.Path(scratch) / "model"
        for path, data in FILES.items():
            (model / path).parent.mkdir(parents=True, exist_ok=True)
            (model / path).write_bytes(data)
        for name, key in (("first", FIRST), ("second", SECOND)):
            private, signature = pathlib.Path(scratch) / "key.pem", pathlib.Path(scratch) / "signature"
            private.write_text(private_pem(key))
            signing.Config().use_elliptic_key_signer(private_key=private).sign(model, signature)
            out[name] = signature.read_text()
    return out


def sigstore(payload: bytes, key=FIRST, hint=None) -> dict:
    hint = hashlib.sha256(public_pem(key).encode()).hexdigest() if hint is None else hint
    return {
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {"publicKey": {"hint": hint}, "tlogEntries": []},
        "dsseEnvelope": envelope(payload, key),
    }


def model_payload(signature: str) -> dict:
    return json.loads(base64.b64decode(json.loads(signature)["dsseEnvelope"]["payload"]))


def refused_model_signatures(good: str) -> dict:
    """No signature file that codex reads."""
    def changed(change) -> str:
        value = json.loads(good)
        change(value)
        return json.dumps(value)
    return {
        "empty": "",
        "cut": good[:-1],
        "envelope_alone": json.dumps(json.loads(good)["dsseEnvelope"]),
        "older_media_type": changed(
            lambda value: value.update(mediaType="application/vnd.dev.sigstore.bundle+json;version=0.2")),
        "no_media_type": changed(lambda value: value.pop("mediaType")),
        "certificate": changed(
            lambda value: value.update(verificationMaterial={"certificate": {"rawBytes": "AAAA"}})),
        "no_material": changed(lambda value: value.pop("verificationMaterial")),
        "log_entry": changed(lambda value: value["verificationMaterial"].update(tlogEntries=[{"logIndex": "1"}])),
        "two_signatures": changed(
            lambda value: value["dsseEnvelope"].update(signatures=value["dsseEnvelope"]["signatures"] * 2)),
        "message_signature": changed(lambda value: value.update(messageSignature=value.pop("dsseEnvelope"))),
        "long_hint": changed(lambda value: value["verificationMaterial"]["publicKey"].update(hint="a" * 1025)),
        "media_type_twice": good.replace('{"mediaType"', '{"mediaType": "x", "mediaType"', 1),
    }


def wrong_model_signatures(good: str) -> dict:
    """Read, but not valid for the folder: the verdict that must come out, and the file."""
    def resigned(change) -> str:
        payload = model_payload(good)
        change(payload)
        return json.dumps(sigstore(encoded(payload)))

    def altered(change) -> str:
        value = json.loads(good)
        payload = model_payload(good)
        change(payload)
        value["dsseEnvelope"]["payload"] = b64(encoded(payload))
        return json.dumps(value)

    def rooted(change):
        def both(payload):
            change(payload["predicate"]["resources"])
            digests = b"".join(bytes.fromhex(one["digest"]) for one in payload["predicate"]["resources"])
            payload["subject"][0]["digest"]["sha256"] = hashlib.sha256(digests).hexdigest()
        return resigned(both)

    def serialization(**new):
        return resigned(lambda payload: payload["predicate"]["serialization"].update(new))
    payload = encoded(model_payload(good))
    own_hint = hashlib.sha256(public_pem(FIRST).encode()).hexdigest()
    extra = {"name": "z", "algorithm": "sha256", "digest": "00" * 32}
    return {
        "file_missing_in_signature": ["other_files", rooted(lambda files: files.pop())],
        "file_only_in_signature": ["other_files", rooted(lambda files: files.append(extra))],
        "other_digest": ["other_files", rooted(lambda files: files[0].update(digest="11" * 32))],
        "other_name": ["other_files", rooted(lambda files: files[0].update(name="bundle.jsonx"))],
        "path_twice": ["invalid", rooted(lambda files: files.append(files[0]))],
        "other_root": ["invalid", resigned(lambda value: value["subject"][0]["digest"].update(sha256="22" * 32))],
        "two_subjects": ["invalid", resigned(lambda value: value.update(subject=value["subject"] * 2))],
        "shards": ["invalid", serialization(method="shards")],
        "blake2b": ["invalid", serialization(hash_type="blake2b")],
        "other_predicate": ["invalid", resigned(lambda value: value.update(predicateType="https://slsa.dev/provenance/v1"))],
        "no_resources": ["invalid", resigned(lambda value: value["predicate"].pop("resources"))],
        "altered_payload": ["invalid", altered(lambda value: value["subject"][0].update(name="other"))],
        "other_key_under_own_hint": ["invalid", json.dumps(sigstore(payload, SECOND, own_hint))],
        "other_key_without_hint": ["invalid", json.dumps(sigstore(payload, SECOND, ""))],
        "other_hint_on_own_signature": ["other_key", json.dumps(sigstore(payload, FIRST, "33" * 32))],
        "other_key": ["other_key", json.dumps(sigstore(payload, SECOND))],
    }


def main() -> int:
    signatures = model_signatures()
    json.dump({
        "keys": keys(), "refused_private_keys": refused_private_keys(), "refused_public_keys": refused_public_keys(),
        "attestations": attestations(), "refused_envelopes": refused_envelopes(),
        "unverified_envelopes": unverified_envelopes(), "refused_statements": refused_statements(),
        "folder": folder(), "model_signatures": signatures,
        "refused_model_signatures": refused_model_signatures(signatures["first"]),
        "wrong_model_signatures": wrong_model_signatures(signatures["first"]),
    }, sys.stdout, indent=1, sort_keys=True)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
