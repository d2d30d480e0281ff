"""Which colours a reader of a follow-up calls red, and how office files write their colours."""

import colorsys
from collections.abc import Iterable, Mapping

from lxml import etree

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
Rgb = tuple[float, float, float]

PRESETS = {
    "red": "FF0000",
    "darkRed": "8B0000",
    "dkRed": "8B0000",
    "crimson": "DC143C",
    "firebrick": "B22222",
}


def is_red(colour: Rgb | None) -> bool:
    """Say if a colour (shares of red, green, blue) reads as red, neither pink, orange nor burgundy."""
    if colour is None:
        return False
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    return (hue <= 15 / 360 or hue >= 345 / 360) and 0.2 <= lightness <= 0.72 and saturation >= 0.4


def from_hex(text: str | None) -> Rgb | None:
    """Read RRGGBB or AARRGGBB; anything else is no colour."""
    digits = (text or "").removeprefix("#")[-6:]
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return red / 255, green / 255, blue / 255


def theme_colours(theme: etree._Element | None) -> dict[str, Rgb]:
    """Read the named colours of an office theme."""
    if theme is None:
        return {}
    found: dict[str, Rgb] = {}
    for scheme in theme.iter(f"{{{DRAWING}}}clrScheme"):
        for entry in scheme:
            colour = from_hex(next((child.get("lastClr") or child.get("val") for child in entry), None))
            if colour is not None:
                found[etree.QName(entry).localname] = colour
    return found


def drawing_colour(fill: etree._Element | None, theme: Mapping[str, Rgb]) -> Rgb | None:
    """Read the colour inside a fill of DrawingML, its tints and shades included."""
    for node in fill if fill is not None else ():
        base = _base_colour(node, theme)
        if base is not None:
            return _adjusted(base, node)
    return None


def _base_colour(node: etree._Element, theme: Mapping[str, Rgb]) -> Rgb | None:
    kind, value = etree.QName(node).localname, node.get("val") or ""
    if kind == "schemeClr":
        return theme.get(value)
    if kind == "prstClr":
        return from_hex(PRESETS.get(value))
    if kind == "scrgbClr":
        red, green, blue = (_share(node.get(channel)) for channel in "rgb")
        return red, green, blue
    if kind == "hslClr":
        hue = float(node.get("hue") or 0) / 21_600_000
        return colorsys.hls_to_rgb(hue, _share(node.get("lum")), _share(node.get("sat")))
    return from_hex(node.get("lastClr") or value)


def _adjusted(colour: Rgb, changes: Iterable[etree._Element]) -> Rgb:
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    for change in changes:
        share = _share(change.get("val"))
        match etree.QName(change).localname:
            case "lumMod" | "shade":
                lightness *= share
            case "lumOff":
                lightness += share
            case "tint":
                lightness = 1 - (1 - lightness) * share
            case "satMod":
                saturation *= share
    return colorsys.hls_to_rgb(hue, min(1.0, lightness), min(1.0, saturation))


def _share(value: str | None) -> float:
    text = value or "0"
    return float(text.rstrip("%")) / 100 if text.endswith("%") else float(text) / 100_000


def tinted(colour: Rgb, tint: float) -> Rgb:
    """Lighten (above 0) or darken (below 0) a colour as spreadsheets and text documents do."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    return colorsys.hls_to_rgb(hue, lightness, saturation)
