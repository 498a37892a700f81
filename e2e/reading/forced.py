"""What a page loses where the reader's own few colours take the place of ours (`forced-colors: active`).

The page is looked at twice, in our colours and in forced ones. What told something by a ground or a shadow alone is
found: what is chosen and then looks like what is not, shapes without words that vanish, boxes that lose their edge,
and what has the focus and does not show it.
"""

from __future__ import annotations

from playwright.sync_api import Page

#: Keeps the looks of the page under `name`; nothing of it is changed.
_LOOK = """(name) => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const clear = (colour) => /^rgba.*, 0\\)$/.test(colour) || colour === "transparent";
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const { backgroundColor, backgroundImage } = getComputedStyle(at);
            if (backgroundImage !== "none") return backgroundImage;
            if (!clear(backgroundColor)) return backgroundColor;
        }
        return "none";
    };
    // A transparent border is drawn in forced colours, and is told as transparent all the same.
    const edged = (style) => ["Top", "Right", "Bottom", "Left"].some((side) =>
        parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none" &&
        (name === "forced" || !clear(style[`border${side}Color`]))) ||
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0);
    const looks = (one) => {
        const of = (style) => ["backgroundColor", "backgroundImage", "color", "boxShadow", "fontWeight", "outlineStyle",
            "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "borderLeftWidth", "fill",
            "textDecorationLine"].map((what) => style[what]).join();
        const icon = one.querySelector("svg");
        const parts = [getComputedStyle(one), icon && getComputedStyle(icon), getComputedStyle(one, "::before")];
        return parts.map((style) => style && of(style)).join("|");
    };
    const store = (window.looks_ ??= { all: [...document.querySelectorAll("body *")] });
    store[name] = store.all.map((one) => {
        if (!shown(one)) return null;
        const box = one.getBoundingClientRect();
        if (box.width < 4 || box.height < 4) return null;
        const style = getComputedStyle(one);
        const around = ground(one.parentElement);
        const parts = ["::before", "::after"].map((which) => getComputedStyle(one, which))
            .filter((part) => part.content === '""' && part.display !== "none")
            .map((part) => ({ on: !clear(part.backgroundColor) && part.backgroundColor !== ground(one),
                edged: edged(part) }));
        return { on: ground(one) !== around, edged: edged(style), round: parseFloat(style.borderTopLeftRadius) > 0,
            looks: looks(one), parts, line: style.textDecorationLine };
    });
}"""
_LOST = """() => {
    const { all, ours, forced } = window.looks_;
    const said = new Set();
    const tell = (what, one) => said.add(
        `${what}: ${one.tagName.toLowerCase()}.${[...one.classList].join(".")} ${one.textContent.trim().slice(0, 30)}`);
    const states = ["aria-pressed", "aria-current", "aria-selected"];
    const hides = (input) => input && getComputedStyle(input).opacity === "0";
    const kept = "svg, img, canvas, iframe, input, select, textarea, progress, .leaflet-map-pane, .leaflet-map-pane *";
    const chosen = (one) => states.some((name) => one.hasAttribute(name) && one.getAttribute(name) !== "false") ||
        (one.matches("label:has(:checked)") && hides(one.querySelector(":checked")));
    all.forEach((one, at) => {
        const [before, after] = [ours[at], forced[at]];
        if (!before || !after) return;
        if (chosen(one)) {
            const above = one.parentElement.parentElement;
            const peer = all.findIndex((other, its) => ours[its] && forced[its] && other !== one && !chosen(other) &&
                other.tagName === one.tagName && other.parentElement.parentElement === above);
            if (peer >= 0 && ours[peer].looks !== before.looks && forced[peer].looks === after.looks) {
                tell("chosen, and looks like the others", one);
            }
        }
        if (one.matches("progress") && getComputedStyle(one).appearance === "none") tell("a bar that is gone", one);
        if (one.matches(kept) || one.closest("svg")) return;
        if (before.on && !before.edged && !after.edged && !after.on && one.children.length === 0 &&
            !one.textContent.trim()) tell("a shape that is gone", one);
        const drawn = after.line !== "none" && after.line !== before.line;
        if (before.on && before.round && !before.edged && !after.edged && !after.on && !drawn &&
            one.textContent.trim()) {
            tell("a box without an edge", one);
        }
        before.parts.forEach((part, which) => {
            const now = after.parts[which];
            if (part.on && now && !now.on && !now.edged) tell("a drawn shape that is gone", one);
        });
    });
    return [...said];
}"""
#: Of each kind of control once: what has the focus has an outline, or what stands for it has.
_FOCUS = """() => {
    const said = new Set();
    const seen = new Set();
    const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
        const kind = `${one.tagName} ${one.className} ${one.type} ${one.parentElement.className}`;
        if (seen.has(kind) || !one.checkVisibility({ visibilityProperty: true })) continue;
        one.focus({ preventScroll: true, focusVisible: true });
        if (document.activeElement !== one) continue;
        seen.add(kind);
        const styles = [one, ...one.children].flatMap((part) =>
            [null, "::before", "::after"].map((which) => getComputedStyle(part, which)));
        const around = [one.closest("label"), one.closest("tr")].filter(Boolean);
        styles.push(...around.map((part) => getComputedStyle(part)));
        if (!styles.some(outlined)) said.add(`no focus is seen: ${kind.slice(0, 60)}`);
    }
    document.activeElement?.blur();
    return [...said];
}"""


def lost(page: Page) -> list[str]:
    """What the page that is open tells no more in forced colours; it is left in forced colours."""
    page.mouse.move(0, 0)
    page.emulate_media(forced_colors="none")
    page.evaluate("delete window.looks_")
    page.evaluate(_LOOK, "ours")
    page.emulate_media(forced_colors="active")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.evaluate(_LOOK, "forced")
    found: list[str] = page.evaluate(_LOST)
    return found + list(page.evaluate(_FOCUS))
