"""JupyterHub for a class. ``vermarkting klas`` starts it; ``VERMARKTING_CLASS`` names the folder with ``klas.toml``."""

import os
import sys
from pathlib import Path

import vermarkting.hub
from vermarkting.hub import launches
from vermarkting.hub.settings import CONVERSATION, LESSONS, read
from vermarkting.hub.spawner import ClassSpawner
from vermarkting.text import sentences

NOBODY = "nobody"  # every Linux has it, and it owns nothing

c = get_config()  # noqa: F821
settings = read(Path(os.environ["VERMARKTING_CLASS"]))

scheme = "https" if settings.certificate else "http"
c.JupyterHub.bind_url = f"{scheme}://{settings.address}:{settings.port}"
c.JupyterHub.ssl_cert = settings.certificate
c.JupyterHub.ssl_key = settings.key
c.JupyterHub.hub_port = settings.hub_port
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{settings.proxy_port}"
c.ConfigurableHTTPProxy.command = settings.proxy
c.ConfigurableHTTPProxy.pid_file = str(settings.state / "proxy.pid")
c.JupyterHub.db_url = settings.database or f"sqlite:///{settings.state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(settings.state / "cookie_secret")
c.JupyterHub.cleanup_servers = True
c.JupyterHub.template_paths = [str(Path(vermarkting.hub.__file__).parent / "templates")]
c.JupyterHub.template_vars = {
    "klas": sentences("klas")["page"],
    "leads": settings.account,
    "conversation": f"{CONVERSATION}docent",
    "lessons": LESSONS if settings.site else "",
}

# Accounts of this server, with the password that the account has there, or sent by a learning platform.
if settings.platform:
    c.JupyterHub.authenticator_class = "vermarkting.hub.lti.PlatformAuthenticator"
    c.PlatformAuthenticator.issuer = settings.platform
    c.PlatformAuthenticator.client_id = {settings.client}
    c.PlatformAuthenticator.deployments = set(settings.deployments)
    c.PlatformAuthenticator.authorize_url = settings.platform_login
    c.PlatformAuthenticator.jwks_endpoint = settings.platform_keys
    c.PlatformAuthenticator.username_key = settings.account_claim
    c.PlatformAuthenticator.course_account = settings.account
    c.PlatformAuthenticator.lessons = LESSONS if settings.site else ""
    c.PlatformAuthenticator.group = lambda course: launches.group(settings.launches, course)
    c.PlatformAuthenticator.keys = lambda: launches.public_keys(settings.launches)
    c.PlatformAuthenticator.noted = launches.note(settings.launches, settings.account)
    # The last step of a launch comes from the platform's page: a browser sends these cookies along only like this.
    c.JupyterHub.tornado_settings = {"cookie_options": {"SameSite": "None", "Secure": True}}
else:
    c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = {*settings.students, settings.account}
c.Authenticator.allowed_groups = {settings.group} if settings.group else set()
c.Authenticator.admin_users = set()
c.LocalAuthenticator.create_system_users = False

c.JupyterHub.spawner_class = ClassSpawner
c.ClassSpawner.course_account = settings.account
c.ClassSpawner.course_folder = str(settings.course)
c.ClassSpawner.exchange = str(settings.exchange)
c.ClassSpawner.launches = str(settings.launches) if settings.platform else ""
c.ClassSpawner.inbound = str(settings.inbound)
c.ClassSpawner.processes = settings.processes
c.Spawner.mem_limit = f"{settings.memory_mb}M"
c.Spawner.disable_user_config = True
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.JupyterHub.allow_named_servers = False

# A server that lies idle stops. Every answer is on disk as soon as it says so, and prose is saved by itself.
c.JupyterHub.load_roles = [
    {
        "name": "stil-is-uit",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["stil-is-uit"],
    },
    # Who leads a conversation in class; taking part asks for its code and nothing else.
    {"name": "leidt-gesprek", "scopes": ["access:services!service=gesprek"], "users": [settings.account]},
]
seconds = settings.idle_minutes * 60
c.JupyterHub.services = [
    {
        "name": "stil-is-uit",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={seconds}"],
    },
    {
        "name": "gesprek",
        "url": f"http://127.0.0.1:{settings.conversation_port}",
        "command": [sys.executable, "-P", "-m", "vermarkting.hub.conversation"],
        "environment": {"VERMARKTING_CONVERSATIONS": str(settings.conversations)},
        "user": settings.account,
        "cwd": str(settings.conversations),
        "oauth_no_confirm": True,
        "display": False,
    },
]
if settings.site:
    # Who logs in gets the page with both ways; a server starts for who asks for it.
    c.JupyterHub.redirect_to_server = False
    c.JupyterHub.load_roles.append({"name": "user", "scopes": ["self", "access:services!service=lessen"]})
    c.JupyterHub.services.append(
        {
            "name": "lessen",
            "url": f"http://127.0.0.1:{settings.lessons_port}",
            "command": [sys.executable, "-P", "-m", "vermarkting.hub.lessons"],
            "environment": {"VERMARKTING_SITE": settings.site},
            "user": NOBODY,
            "cwd": "/",
            "oauth_no_confirm": True,
            "display": False,
        }
    )
