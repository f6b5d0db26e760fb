"""JupyterLab's own words in Dutch, as far as its language pack does not have them."""

from jupyterlab_server import translations_handler

from vermarkting.text import sentences

DUTCH = "nl_NL"


def add_words() -> None:
    """Let the server hand them out with the Dutch language pack."""
    whole = translations_handler.get_language_pack

    def with_ours(locale: str) -> tuple[dict, str]:
        pack, message = whole(locale)
        if locale == DUTCH:
            ours = {word: [dutch] for word, dutch in sentences("jupyterlab").items()}
            pack = {**pack, "jupyterlab": {**ours, **pack.get("jupyterlab", {})}}
        return pack, message

    translations_handler.get_language_pack = with_ours
