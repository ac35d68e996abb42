#!/usr/bin/python3
"""format_document_test.py FILE: every attribute and data set of the example is named in docs/format.md."""
import pathlib
import re
import sys

import h5py

document = (pathlib.Path(__file__).resolve().parents[3] / "docs" / "format.md").read_text(encoding="utf-8")
documented = set(re.findall(r"`([^`]+)`", document))
scales = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST"}  # HDF5's own, "dimension scale" in the document
unknown = set()


def visit(name, item):
    name = name.rsplit("/")[-1]
    name = re.sub(r"^us_(policy_rate|y10|holdings|issuance|short_rate)(?=_|$)", "us_x", name)
    name = re.sub(r"^trade_flow(?=_|$)", "us_x", name)
    name = re.sub(r"^us_x_difference_", "us_x_", name)
    name = re.sub(r"^outcome_(ten_year_5|bank_failure|ten_year|high|end)_", "outcome_crash_", name)
    name = re.sub(r"^trigger_fed_steps_in_", "trigger_fed_", name)
    labels = "moniac_dimension" in item.attrs
    without_coordinate = item.attrs.get("NAME", b"").startswith(b"This is a netCDF dimension")
    groups = {f"/{name}"} if isinstance(item, h5py.Group) else {name}
    if not labels and not without_coordinate and not groups & documented:
        unknown.add(name)
    unknown.update(set(item.attrs) - documented - scales)


with h5py.File(sys.argv[1]) as file:
    unknown.update(set(file.attrs) - documented)
    file.visititems(visit)
if unknown:
    sys.exit(f"docs/format.md does not document {sorted(unknown)}")
