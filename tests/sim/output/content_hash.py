#!/usr/bin/python3
"""content_hash.py FILE: recomputes every hash of a result with h5py and hashlib alone, as docs/format.md says how, and
runs what docs/howto/verify_a_result.md shows."""
import hashlib
import pathlib
import re
import sys

import h5py
import numpy as np

LEFT_OUT = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid", "_NCProperties", "moniac_version",
            "hdf5_version", "sha256", "content_sha256"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def type_name(dtype):
    return "text" if dtype.kind in "SO" else dtype.name


def attributes_hash(item):
    lines = ""
    for name in sorted(set(item.attrs) - LEFT_OUT):
        value = item.attrs[name]
        data = value if isinstance(value, bytes) else np.asarray(value).tobytes()
        lines += f"{name} {type_name(np.asarray(value).dtype)} {sha256(data)}\n"
    return sha256(lines.encode())


def axes(dataset):
    if dataset.attrs.get("CLASS") == b"DIMENSION_SCALE":
        names = [dataset.name.rsplit("/")[-1]]
    else:
        names = [axis[0].name.rsplit("/")[-1] for axis in dataset.dims]
    return ",".join(f"{name}={length}" for name, length in zip(names, dataset.shape)) or "scalar"


def contents(dataset):
    if dataset.dtype.kind != "O":
        return dataset[()].tobytes()
    texts = dataset[()]
    return texts if isinstance(texts, bytes) else b"\0".join(texts)


def line(path, item):
    if isinstance(item, h5py.Group):
        return f"group {path} {attributes_hash(item)}\n"
    if item.attrs.get("NAME", b"").startswith(b"This is a netCDF dimension"):
        return f"dimension {path} {axes(item)} {attributes_hash(item)}\n"
    digest = sha256(contents(item))
    if item.attrs["sha256"].decode() != digest:
        sys.exit(f"{path}: its attribute sha256 is not that of its data")
    return f"dataset {path} {type_name(item.dtype)} {axes(item)} {digest} {attributes_hash(item)}\n"


with h5py.File(sys.argv[1]) as file:
    lines = {"/": line("/", file)}
    file.visititems(lambda name, item: lines.__setitem__("/" + name, line("/" + name, item)))
    lines.pop("/provenance/manifest")
    manifest = "".join(lines[path] for path in sorted(lines))
    stored = file["provenance/manifest"].asstr()[()]
    if manifest != stored:
        here, there = set(manifest.splitlines()), set(stored.splitlines())
        sys.exit("the manifest differs:\n" + "\n".join(sorted(here ^ there)))
    if file.attrs["content_sha256"].decode() != sha256(manifest.encode()):
        sys.exit("content_sha256 is not the hash of the manifest")

guide = pathlib.Path(__file__).resolve().parents[3] / "docs" / "howto" / "verify_a_result.md"
snippet = re.search(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)[1]
exec(snippet.replace("hello.h5", sys.argv[1]).replace("us_short_rate_mean", "us_holdings_mean"))
