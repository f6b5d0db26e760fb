"""A lecturer's page as one HTML file that prints well, with the sources of its codes written out below."""

from html import escape

from vermarkting import data
from vermarkting.references import CODE
from vermarkting.teaching.pages import Page
from vermarkting.text import t

_STYLE = """
body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin-bottom: 1.5rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #bbb; padding-bottom: .15rem; }
h1, h2 { break-after: avoid; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; hyphens: auto; }
th { background: #f0f0f0; }
tr, li, section { break-inside: avoid; }
thead { display: table-header-group; }
code { font-size: .9em; overflow-wrap: anywhere; }
td:has(code) { min-width: 6.5rem; }
@media (max-width: 30rem) { th, td { padding: .25rem; } body { margin: 1rem auto; } }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } a { color: inherit; } }
@page { size: A4; margin: 18mm 16mm; }
"""


def html(page: Page) -> str:
    """Give the page as an HTML document that needs nothing else."""
    import mistune  # only who prints waits for it

    body = mistune.create_markdown(plugins=["table"])(page.text)
    return _whole(page.title, f"{body}{_sources(page)}")


def document(title: str, body: str) -> str:
    """Give other HTML in the same form, under a heading with its title."""
    return _whole(title, f"<h1>{escape(title)}</h1>\n{body}\n")


def _whole(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="nl-BE">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def _sources(page: Page) -> str:
    """List what the codes stand for: an argument's claim, a source's author, year and title."""
    used = sorted(set(CODE.findall(page.text)))
    told = {row["id"]: row["claim"] for row in data.rows("arguments")}
    for row in data.rows("sources"):
        year = row["year"] or t("sources.no_year")
        told[row["id"]] = f"{row['author']} ({year}). {row['title']}."
    items = "".join(f"<li><strong>{code}</strong> {escape(told[code])}</li>\n" for code in used if code in told)
    return f"<h2>{t('teaching.kit.codes')}</h2>\n<ul>\n{items}</ul>\n" if items else ""
