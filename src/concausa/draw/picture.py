"""A chart as a picture: SVG text or PNG bytes, made without any network.

The drawing is Vega-Lite's. What comes back is cleaned: links lead only to places in the document or
to http(s) addresses, every picture has a title and a description, ids are its own, numbers are
rounded, and what a mark says is also its tooltip. Text of a study is data all the way through; it
never becomes markup or an expression.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

from concausa.core.chart import Chart
from concausa.core.errors import ConcausaError
from concausa.draw.fonts import drawer, foreign
from concausa.draw.palette import HATCH, INK

#: The Vega-Lite that draws: the last of the language in which charts are written.
VEGA_LITE = "5.21"

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
#: vl-convert resolves links against this address; it is taken off again.
_BASE = "https://vega.github.io/vega-datasets/"
_LONG = re.compile(r"-?\d*\.\d{2,}(?:e-?\d+)?")
_GEOMETRY = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r")
#: From this length on a path is an outline, for which a tenth of a unit is fine enough.
_OUTLINE = 400
#: What may not stand in XML, or turns the reading direction.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class ChartError(ConcausaError):
    """A chart that asks for something outside itself, or that cannot be drawn."""


def svg(chart: Chart, *, anchors: str = "#") -> str:
    """The chart as SVG text: transparent, in the colour of the text around it.

    Parameters
    ----------
    chart : Chart
        Its links to rows read ``#codings.C01``.
    anchors : str
        What stands before a row's anchor where the picture will be: ``#en-`` in the English half of
        a page, ``../report.html#en-`` in a file of its own.

    Returns
    -------
    str
        One ``<svg>`` element. The same chart gives the same text.

    Raises
    ------
    ChartError
        If the chart names data or images outside itself, or Vega-Lite refuses it.
    """
    return ElementTree.tostring(_picture(chart, anchors), encoding="unicode")


def png(chart: Chart, scale: float = 2) -> bytes:
    """The chart as a PNG picture, dark on white.

    Parameters
    ----------
    chart : Chart
    scale : float
        Pixels for one unit of the chart; 2 suits print and dense screens.
    """
    from concausa.draw.raster import raster

    return raster(svg(chart), scale)


def _picture(chart: Chart, anchors: str) -> ElementTree.Element:
    spec = _safe(chart.spec)
    words = _stand_ins(spec)
    root = _parsed(_drawn(json.dumps(spec, ensure_ascii=False), chart.name))
    _put_back(root, words)
    own = "c" + hashlib.sha256(json.dumps([chart.data(), anchors], sort_keys=True).encode()).hexdigest()[:8]
    _link(root, anchors)
    _tidy(root)
    _hatch(root, own)
    _rename_ids(root, own)
    _describe(root, chart, own)
    return root


def _safe(spec: Any) -> dict[str, Any]:
    """A copy without control characters, foreign addresses or doubtful links."""
    clean: dict[str, Any] = _cleaned(copy.deepcopy(dict(spec)))
    fields = {
        part["href"]["field"]
        for part in _parts(clean)
        if isinstance(part.get("href"), dict) and "field" in part["href"]
    }
    for part in _parts(clean):
        if isinstance(url := part.get("url"), str):
            raise ChartError(
                f"the chart asks for {url!r}", fix="put the data into the chart as values; nothing is fetched"
            )
        for field in fields & part.keys():
            if isinstance(part[field], (str, type(None))):
                part[field] = _address(part[field])
    return clean


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("", value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(item) for item in value]
    return value


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for key, item in value.items():
            if key != "coordinates":
                yield from _parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)


def _address(link: str | None) -> str:
    """The link if it may be followed, else ``#``: no link."""
    if link and (link.startswith("#") or re.match(r"https?://[^\s]+$", link)):
        return link
    return "#"


def _stand_ins(spec: dict[str, Any]) -> dict[str, str]:
    """Short stand-ins for the words of a chart of fixed size, put into *spec*; from stand-in to words.

    Vega-Lite measures every text that it draws, at a tenth of a millisecond a letter. In a chart
    whose size does not depend on its words that is half of the time, for nothing.
    """
    words: dict[str, str] = {}
    if spec.get("autosize") != {"type": "none"}:
        return words
    for part in _parts(spec):
        mark, told = part.get("mark"), part.get("encoding", {})
        if not isinstance(mark, dict) or mark.get("type") != "text" or "field" not in told.get("text", {}):
            continue
        for row in part["data"]["values"]:
            if text := row.get(told["text"]["field"]):
                stand_in = f"{len(words):x}"
                words[stand_in] = str(text)
                row[told["text"]["field"]] = stand_in
    return words


def _put_back(root: ElementTree.Element, words: dict[str, str]) -> None:
    for group in root.iter("g"):
        if group.get("class", "").startswith("mark-text role-mark"):
            for element in group.iter("text"):
                element.text = words.get(element.text or "", element.text)


@lru_cache(maxsize=2)
def _drawn(spec: str, name: str) -> str:
    """Vega-Lite's SVG; kept for the next call, since a figure is wanted as SVG and PNG in turn."""
    try:
        text: str = drawer(system=foreign(spec)).vegalite_to_svg(
            spec, vl_version=VEGA_LITE, allowed_base_urls=[]
        )
    except ValueError as error:
        raise ChartError(f"Vega-Lite refuses the chart: {error}", where=f"chart {name}") from error
    return text


def _parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.replace(f' xmlns="{_SVG}"', "", 1))


def _link(root: ElementTree.Element, anchors: str) -> None:
    """Give links their address; take the element away where there is none."""
    for parent in list(root.iter()):
        for position, child in enumerate(list(parent)):
            if child.tag != "a":
                continue
            address = child.attrib.pop(f"{{{_XLINK}}}href", "").removeprefix(_BASE)
            if address in ("#", "", "null", "undefined"):
                parent[position] = child[0]
            elif address.startswith("#"):
                child.set("href", anchors + address[1:])
            else:
                child.set("href", address)
                child.set("rel", "noopener")


def _tidy(root: ElementTree.Element) -> None:
    """Round lengths, drop what draws nothing, turn what a mark says into its tooltip."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "path" and (child.get("display") == "none" or _is_blank(child)):
                parent.remove(child)
    for element in root.iter():
        for name in _GEOMETRY:
            if name in element.attrib:
                written = element.attrib[name]
                places = 1 if len(written) > _OUTLINE else 2
                element.set(name, _short(written, places))
        element.attrib.pop("pointer-events", None)
        if element.get("role") == "graphics-symbol" and (said := element.get("aria-label")):
            tip = ElementTree.Element("title")
            tip.text = said
            if element.tag in ("path", "rect", "line"):
                element.insert(0, tip)


def _is_blank(path: ElementTree.Element) -> bool:
    paint = {path.get("fill", "none"), path.get("stroke", "none")}
    return path.get("class") == "background" and paint <= {"none", "transparent"}


def _short(lengths: str, places: int) -> str:
    """The same lengths with at most *places* decimals."""

    def rounded(match: re.Match[str]) -> str:
        short = f"{float(match[0]):.{places}f}".rstrip("0").rstrip(".")
        return "0" if short == "-0" else short

    return _LONG.sub(rounded, lengths)


def _hatch(root: ElementTree.Element, own: str) -> None:
    hatched = [element for element in root.iter() if element.get("fill") == HATCH]
    if not hatched:
        return
    for element in hatched:
        element.set("fill", f"url(#{own}-hatch)")
    tile = {"id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
    pattern = ElementTree.Element("pattern", tile)
    line = {"d": "M-1,1L1,-1M0,6L6,0M5,7L7,5", "stroke": INK, "stroke-opacity": "0.34", "stroke-width": "1.1"}
    ElementTree.SubElement(pattern, "path", line)
    definitions = ElementTree.Element("defs")
    definitions.append(pattern)
    root.insert(0, definitions)


def _rename_ids(root: ElementTree.Element, own: str) -> None:
    """Ids that no other picture on the page has."""
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set("id", f"{own}-{value}")
            elif value.startswith("url(#") and value[5:-1] in ids:
                element.set(name, f"url(#{own}-{value[5:-1]})")


def _describe(root: ElementTree.Element, chart: Chart, own: str) -> None:
    root.set("xmlns", _SVG)
    root.set("role", "group" if root.find(".//a") is not None else "img")
    root.set("aria-labelledby", f"{own}-title {own}-desc")
    for position, (name, text) in enumerate((("title", chart.title), ("desc", chart.alt))):
        element = ElementTree.Element(name, {"id": f"{own}-{name}"})
        element.text = _CONTROL.sub("", text)
        root.insert(position, element)
