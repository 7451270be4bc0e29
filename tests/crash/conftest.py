"""What these tests share says what it found, as they do."""

import pytest

pytest.register_assert_rewrite("tests.crash.kept", "tests.crash.scene")
