"""What one cannot see well on a page: words that are cut off, stick out of the screen, or lie over each other."""

from playwright.sync_api import Page

_LOOK = """() => {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const told = (what, node, more) => {
    const words = node.textContent.trim().slice(0, 40);
    found.push(`${what} ${node.tagName}.${node.getAttribute("class")}: ${more} «${words}»`);
  };
  const isSeen = { visibilityProperty: true, opacityProperty: true };
  const seen = (node) => node.checkVisibility(isSeen) && !node.closest(".vm-hidden, .skip");
  const scrolled = (node) => {
    for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
    }
    return false;
  };
  const pen = document.createElement("canvas").getContext("2d");
  for (const node of document.querySelectorAll("main *, .jp-Notebook *")) {
    if (node.closest("svg") && node.tagName !== "text") continue;
    const { left, right, width } = node.getBoundingClientRect();
    if (width < 2 || !seen(node)) continue;
    const beyond = left < -1 || right > wide + 1;
    if (beyond && !scrolled(node)) told("beyond the screen", node, `${Math.round(left)} to ${Math.round(right)}`);
    const { overflowX, display, font, paddingLeft } = getComputedStyle(node);
    const over = node.scrollWidth - node.clientWidth;
    if (/hidden|clip/.test(overflowX) && display !== "inline" && over > 1) told("cut off", node, over);
    if (node.matches("select")) {
      pen.font = font;
      const { width: asked } = pen.measureText(node.selectedOptions[0]?.text ?? "");
      const room = node.clientWidth - 2 * parseFloat(paddingLeft);
      if (asked > room) told("cut off", node, Math.round(asked - room));
    }
  }
  for (const picture of document.querySelectorAll(".vm-picture")) {
    const words = [...picture.querySelectorAll("svg text")].filter((node) => node.textContent.trim() && seen(node));
    const boxes = words.map((node) => node.getBoundingClientRect());
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other, j) => {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 4 && down > 8) told("under other words", words[i], words[i + 1 + j].textContent.trim());
    }));
  }
  return found;
}"""


def hard_to_see(page: Page) -> list[str]:
    """Give a line per element of the text that is cut off, beyond the screen or under other words."""
    return sorted(set(page.evaluate(_LOOK)))
