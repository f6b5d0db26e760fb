"""The course account's server on a hub: JupyterLab with nbgrader's own parts, in the course folder.

nbgrader reads the course's settings from the folder where it runs.
"""

import os

if __name__ == "__main__":
    os.chdir(os.environ["VERMARKTING_COURSE"])
    os.environ["JUPYTERHUB_ROOT_DIR"] = os.environ["VERMARKTING_COURSE"]
    os.environ["JUPYTERHUB_DEFAULT_URL"] = "/vermarkting/nakijken"
    from jupyterhub.singleuser import main

    main()
