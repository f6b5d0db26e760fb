"""A student's answers as one file, out of the folder that the server serves and into it: for the list of pages."""

from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from vermarkting import carrying
from vermarkting.text import t


class CarriedHandler(APIHandler):
    """Gives all answers as the file of ``carrying``, and takes in such a file; says in ``told`` what came of that.

    Both happen at once on the server's own thread, where no notebook can be saved in between.
    """

    @property
    def _folder(self) -> Path:
        return Path(self.settings["server_root_dir"]).expanduser()

    @authenticated
    def get(self) -> None:
        try:
            self.finish(carrying.pack(self._folder))
        except (ValueError, OSError) as error:
            self._refuse(error)

    @authenticated
    def post(self) -> None:
        try:
            count = carrying.unpack(self._folder, self.request.body)
        except (ValueError, OSError) as error:
            self._refuse(error)
        else:
            self.finish({"told": t("carrying.taken_here", count=count)})

    def _refuse(self, error: Exception) -> None:
        self.set_status(400)
        self.finish({"told": str(error) if isinstance(error, ValueError) else t("carrying.no_room")})
