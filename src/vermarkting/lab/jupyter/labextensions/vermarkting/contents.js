// "Inhoud" follows the page: the heading under which one reads is marked, whichever cell JupyterLab calls active.

const LINE_PX = 80; // a heading counts as passed a little below the top edge

/** Give the last heading above the reading line, else the first. */
function headingAt(headings, top) {
  const shown = headings.filter(({ cellRef }) => cellRef?.node.isConnected);
  return shown.findLast(({ cellRef }) => cellRef.node.getBoundingClientRect().top <= top) ?? shown[0];
}

export function followContents(tracker, contents) {
  const follow = async panel => {
    await panel.revealed;
    const page = panel.node.querySelector(".jp-WindowedPanel-outer");
    if (panel.isDisposed || !page) return;
    let asked = false;
    const mark = () => {
      asked = false;
      const model = contents.get(panel);
      if (panel.isDisposed || !model?.headings.length) return;
      const atEnd = page.scrollTop + page.clientHeight >= page.scrollHeight - 2;
      const heading = atEnd && page.scrollTop > 0 ? model.headings.at(-1) : headingAt(model.headings, page.getBoundingClientRect().top + LINE_PX);
      if (heading && heading !== model.activeHeading) model.setActiveHeading(heading, false);
    };
    page.addEventListener("scroll", () => {
      if (!asked) requestAnimationFrame(mark);
      asked = true;
    }, { passive: true });
  };
  tracker.forEach(follow);
  tracker.widgetAdded.connect((_, panel) => follow(panel));
}
