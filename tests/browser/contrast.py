"""Scripts for a page that measure how well what is on it stands out."""

# Any CSS colour as [r, g, b, alpha], and the contrast of two opaque ones (WCAG 2.2).
COLOUR = """
    const brush = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const known = {};
    const rgba = colour => [...known[colour] ??= painted(colour)];
    const painted = colour => {
        brush.clearRect(0, 0, 1, 1); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
    const luminance = rgb => rgb.map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const contrast = (a, b) => {
        const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (light + .05) / (dark + .05);
    };
    // Of an element, from what is known of the one around it.
    const inherited = (first, step) => {
        const known = new Map();
        const of = e => e ? known.get(e) ?? known.set(e, step(of(e.parentElement), getComputedStyle(e))).get(e) : first;
        return of;
    };
    const paper = inherited([255, 255, 255], (under, style) => over(rgba(style.backgroundColor), under));
    const opacity = inherited(1, (around, style) => around * style.opacity);
"""

FAINT_TEXT = f"""() => {{
    {COLOUR}
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {{
        const e = texts.currentNode.parentElement;
        const words = texts.currentNode.data.trim();
        if (!words || !e.checkVisibility() || e.closest('script, style, :disabled, annotation')) continue;
        if (!opacity(e)) continue; // folded away: the list of contents, beside a wide figure
        const style = getComputedStyle(e);
        const colour = rgba(e.closest('svg') ? style.fill : style.color);
        const under = paper(e);
        colour[3] *= opacity(e);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
        const ratio = contrast(over(colour, under), under);
        if (ratio >= (large ? 3 : 4.5)) continue;
        faint.push(`${{ratio.toFixed(2)}} ${{e.tagName}}.${{e.className}}: ${{words.slice(0, 40)}}`);
    }}
    return faint;
}}"""

# Icons are boxes with a mask, so their ink is the box's.
FAINT_ICONS = f"""() => {{
    {COLOUR}
    return [...document.querySelectorAll('[class*="fa-"]')].filter(icon => icon.checkVisibility()
        && contrast(rgba(getComputedStyle(icon).backgroundColor).slice(0, 3), paper(icon.parentElement)) < 3)
        .map(icon => icon.className);
}}"""

INKS = f"""names => {{
    {COLOUR}
    return [...document.querySelectorAll('figure.explorable')].flatMap(figure => {{
        const style = getComputedStyle(figure), under = paper(figure);
        return names.map(name => contrast(rgba(style.getPropertyValue('--xp-' + name)).slice(0, 3), under));
    }});
}}"""

BRIGHTNESS = f"() => {{ {COLOUR} return luminance(paper(document.querySelector('article'))); }}"
