"""The application's settings for tests, with a data folder of its own for each process."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="samspill-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["SAMSPILL_DATA"] = _folder
for _name in [
    name for name in os.environ if name.startswith("SAMSPILL_") and name != "SAMSPILL_DATA"
]:
    del os.environ[_name]
os.environ["SAMSPILL_LOG_LEVEL"] = "ERROR"

from samspill.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
